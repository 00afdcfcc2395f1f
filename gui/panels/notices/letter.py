"""One notice: the paper, the problems it speaks of, and what is written to it: an answer, or how it ends."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent

from gui import saying, theme
from gui.dialogs.question import Question
from gui.drafts import NOTICE, REPLY
from gui.handing import HandingPanel
from gui.jobs import Kind
from gui.session import Session
from gui.tables.columns import Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.unsaved import Typing, Unsaved
from gui.widgets.buttons import button
from gui.widgets.frames import Foot, column, row
from gui.widgets.labels import Elided, label
from gui.widgets.long_text import LongText
from gui.widgets.paper_view import PaperView
from models.domain import words
from models.domain.paper import Paper
from models.progress import Progress
from models.services.views.lists import Record

WITHDRAWN = "这份通知单已经撤回，不用再回复。"
ANSWER, CLOSE, VOID = "reply", "close", "void"
# What may be written below the paper: its name, an example, the button, what is missing.
WRITE = {
    ANSWER: ("写回复", "做了什么、到什么程度、下一步怎么办", "回复", "还没有写回复。"),
    CLOSE: ("办结意见", "如：已按要求整改到位，予以办结", "办结", "还没有写办结意见。"),
}
WAITING = ("open", "overdue")
ROW, SHOWN, LINES = 34, 4, 3
ABOUT = (
    Column("number", "涉及的问题", lambda p: p["number"] or "", 150, small=True, tip=lambda p: p["number"] or ""),
    Column("title", "", lambda p: p["title"], tip=lambda p: f"{p['title']}\n按 Enter 打开"),
)


class Letter(HandingPanel):
    """What is typed and not sent stays as a draft of this notice."""

    done = Signal(str, object)  # ANSWER, CLOSE or VOID; the notice
    opened = Signal(str)  # id of a problem

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._record: Record = {}
        self._mode = ""
        self._filling = False
        self.drafts = Typing(session.drafts, REPLY, self, self)
        self.number, self.whose = label("", "bold"), Elided("", "quiet")
        self.paper = PaperView("通知单全文")
        self.about = LineView("涉及的问题", row=ROW)
        self._problems = PlainTable(ABOUT, self)
        self.about.show_model(self._problems)
        self.name = label("", "bold")
        self.text = LongText(LINES)
        self.print = button("打印…", "quiet", tip="写成 PDF 打印，或写成 Word 文件接着改")
        self.void = button("作废…", "quiet", tip="发错了的，收回这份通知单")
        self.other = button("")
        self.do = button("", "primary")
        head = row(self.number, self.whose, gap=10)
        head.setStretch(1, 1)
        body = column(self.notice, head, self.paper, self.about, self.name, self.text, gap=8)
        body.setContentsMargins(theme.px(16), theme.px(10), theme.px(24), theme.px(10))
        body.setStretch(2, 1)
        self.foot = Foot(self.print, self.void, None, self.other, self.do)
        layout = column(body, self.foot, gap=0)
        self.setLayout(layout)
        self.setFocusProxy(self.paper)
        self.hide()  # until there is one
        self.about.opened.connect(self._open)
        self.text.textChanged.connect(self._typed)
        self.text.left.connect(self.drafts.now)
        self.print.clicked.connect(self._print)
        self.void.clicked.connect(self._void)
        self.other.clicked.connect(self._other)
        self.do.clicked.connect(self.write)

    @property
    def id(self) -> str:
        """The notice that is read; "" for none."""
        return str(self._record.get("id") or "")

    # ------------------------------------------------------------------------------------- showing

    def stand(self, record: Record | None) -> None:
        """Show another notice, or the same as it is now."""
        if record is None or record == self._record:
            return
        self.show()
        another = record["id"] != self.id
        self._record = record
        if another:
            self.notice.hide()
        self.number.setText(f"{words.NOTICE_KIND.get(record['kind'], '')} {record['number'] or ''}".strip())
        whose = record["township_name"] if self.session.is_county else ""
        issued = f"{saying.on_day(record['issued_on'], self.session.today)} 发出" if record["issued_on"] else ""
        until = f"{saying.on_day(record['answer_by'], self.session.today)} 前回复" if record["answer_by"] else ""
        self.whose.say(saying.SPACE.join(part for part in (whose, issued, until) if part))
        self._problems.show(record["about"])
        lines = len(record["about"])
        self.about.setVisible(bool(lines))
        self.about.setFixedHeight(theme.px(ROW) * (min(lines, SHOWN) + 1) + theme.px(4))
        self.about.fit()
        self.void.setVisible(self.session.is_county and record["state"] != "void")
        if record["state"] == "void":
            self.notice.say("warning", WITHDRAWN, f"{record['void_on']}，原因：{record['void_why'] or saying.MISSING}")
        if another or not self.unsaved().values:
            self._write_as(self._first_mode)
        self.ask(partial(self._read, self.id), self._show_paper)

    @property
    def _first_mode(self) -> str:
        state = self._record["state"]
        if self.session.is_county:
            return CLOSE if state not in ("closed", "void") else ""
        return ANSWER if state in WAITING else ""

    def _write_as(self, mode: str) -> None:
        """Have one write an answer, the end, or nothing; what was typed last time is there again."""
        self.drafts.close()
        self._mode = mode
        county, state = self.session.is_county, self._record["state"]
        for part in (self.name, self.text, self.do):
            part.setVisible(bool(mode))
        said = ""
        if mode:
            name, example, verb, _ = WRITE[mode]
            behalf = county and mode == ANSWER
            self.name.setText(f"代 {self._record['township_name']} 登记回复" if behalf else name)
            self.text.setAccessibleName(self.name.text())
            self.text.setPlaceholderText(example)
            self.do.setText("登记回复" if behalf else verb)
            self.drafts.stand(NOTICE, self.id, str(self._record["title"] or ""))
            kept = next((one for one in self.session.drafts.of(NOTICE, self.id) if one.piece == mode), None)
            said = kept.values.get("text", "") if kept is not None else ""
            if kept is not None:
                self.drafts.take_up(kept)
        self._put(said)
        other = ""
        if county and state in WAITING:
            other = "代为登记回复" if mode == CLOSE else "不登记了"
        elif not county and state == "replied" and not mode:
            other = "修改回复"
        self.other.setText(other)
        self.other.setVisible(bool(other))

    def _put(self, text: str) -> None:
        self._filling = True
        self.text.setPlainText(text)
        self._filling = False

    def _read(self, id_: str, _: Progress) -> tuple[str, Paper]:
        return id_, self.session.office.notices.paper(id_)

    @Slot(object)
    def _show_paper(self, found: tuple[str, Paper]) -> None:
        if found[0] == self.id:
            self.paper.show_paper(found[1])

    # ------------------------------------------------------------------------------------- writing

    def unsaved(self) -> Unsaved:
        """What is typed and not sent."""
        text = self.text.toPlainText().strip() if self._mode else ""
        return Unsaved({"text": text} if text else {}, {}, self._mode)

    @Slot()
    def _typed(self) -> None:
        if not self._filling:
            self.drafts.typed()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.drafts.now()

    @Slot()
    def _other(self) -> None:
        """Write the other thing: an answer for the unit, or again what was answered."""
        if self.session.is_county and self._mode == ANSWER:
            self._write_as(CLOSE)
            return
        self._write_as(ANSWER)
        if not self.text.toPlainText():
            self._put(str(self._record["reply"] or ""))
        self.text.setFocus()

    @Slot()
    def write(self) -> None:
        """Send what is typed."""
        said = self.unsaved().values.get("text", "")
        if not self._mode or not self.id:
            return
        if not said:
            self.notice.say("warning", WRITE[self._mode][3], "写在下面的框里，再点一次。")
            self.text.setFocus()
            return
        self.notice.hide()
        self.do.setEnabled(False)
        self.ask(partial(self._send, self._mode, self.id, said), self._sent, ended=self._ready, kind=Kind.SAVE)

    def _send(self, mode: str, id_: str, said: str, _: Progress) -> tuple[str, Record]:
        notices = self.session.office.notices
        return mode, notices.close(id_, said) if mode == CLOSE else notices.reply(id_, {"reply": said})

    @Slot(object)
    def _sent(self, done: tuple[str, Record]) -> None:
        self._put("")
        self.drafts.saved()
        self.done.emit(*done)

    @Slot()
    def _ready(self) -> None:
        self.do.setEnabled(True)

    @Slot()
    def _void(self) -> None:
        text = "收回以后不再等回复，也不再计入；会随下一个数据包告诉接收单位。文号不再用，历史都保留。"
        question = Question(
            "作废这份通知单？", text, "不作废", ("作废这份通知单", "danger"),
            reason="作废原因", hint="会写进变更历史，接收单位也能看到", parent=self.window(),
        )  # fmt: skip
        if question.ask():
            why, notices, id_ = question.reason.text().strip(), self.session.office.notices, self.id
            self.ask(lambda _: (VOID, notices.void(id_, why)), self._sent, kind=Kind.SAVE)

    # ------------------------------------------------------------------------------------- leaving

    @Slot(int)
    def _open(self, at: int) -> None:
        one = self._problems.line(at)
        if one is not None:
            self.opened.emit(str(one["id"]))

    @Slot()
    def _print(self) -> None:
        id_, notices = self.id, self.session.office.notices
        name = f"{words.NOTICE_KIND.get(self._record['kind'], '通知单')}{self._record['number'] or ''}"
        self.hand_over(name, lambda: notices.paper(id_))
