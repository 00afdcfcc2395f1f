"""逐件审核: what waits for a decision, one after the other; what is asked, what is there, and yes or no."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QBoxLayout

from gui import saying, shortcuts, theme
from gui.done import Done
from gui.jobs import Kind
from gui.panel import Panel
from gui.panels.deciding.material import Material
from gui.panels.deciding.told import told
from gui.panels.record.step_form import StepForm
from gui.places import Place
from gui.session import Session
from gui.turn import Turn
from gui.widgets.buttons import button
from gui.widgets.chips import Light, State
from gui.widgets.empty import Empty
from gui.widgets.facts import Facts
from gui.widgets.frames import Card, Foot, Scroller, column, row
from gui.widgets.labels import Elided, Prose, label
from gui.widgets.phrase_line import PhraseLine
from models.domain import words
from models.errors import LedgerError
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.lists import Record
from models.services.views.queue import WaitingLine, WaitingSheet
from models.services.views.workflow import StepView, WayView

Detail = tuple[tuple[str, str], Record, WayView]
LINES = 2  # of a long text
KEPT = ("unit", "people")  # that the next one most often has in common
NO_ROLE = "您现在的角色只办理、不审核；要审核的，请审核人或领导登录。"
OTHERS = "另有 {} 件是您自己办的，要换一位用户来审核。"
UNSAID = "在下面写一句为什么，或按 ↓ 选一条常用语，再点一次。"


class Deciding(Panel):
    """A queue. PgUp and PgDn go without deciding; Ctrl+S agrees, and the next one comes."""

    notice_margins = (24, 12, 24, 0)

    decided = Signal(str)  # what was decided, in one sentence

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._turn = Turn[WaitingLine](lambda one: one.key, "件")
        self._record: Record = {}
        self._kept: dict[str, str] = {}
        self._doing: WaitingLine | None = None
        self._back: frozenset[str] = frozenset()  # problems whose decision was taken back just now
        self.asking: StepForm | None = None
        self.place, self.whose = label("", "bold"), Elided("", "quiet")
        self.light, self.title, self.what = Light(), Prose("", "text", "bold"), State()
        self.since = label("", "quiet")
        self.about, self.material = Card("请审核", " "), Material()
        self.facts = Facts(label_width=84)
        self.form_at = Card("审核意见", " ")
        self.scroller = Scroller(margins=(24, 12, 24, 12))
        self.about.add(self.facts)
        self.opinion = PhraseLine()
        self.opinion.setAccessibleName("退回或不同意的原因")
        self.opinion.setPlaceholderText("要退回、不同意的，写明为什么；按 ↓ 列出常用语")
        self.refusing = button("退回", tip="写明原因后退回")
        self.skip = button("先跳过", "quiet", tip="这一件以后再审（PgDn）；PgUp 回到上一件")
        self.open = button("打开这个问题", "quiet")
        self.agree = button("同意", "primary", key="Ctrl+S")
        self.why = label("退回原因")
        self.foot = Foot(self.why, self.opinion, self.refusing, self.open, self.skip, self.agree)
        self.empty = Empty("done", "没有等着审核的", "报来提请验收的、申请延期的，读入数据包以后就排到这里。")
        self._lay()
        self.agree.clicked.connect(self.say_yes)
        self.refusing.clicked.connect(self.say_no)
        self.opinion.returnPressed.connect(self.say_no)
        self.open.clicked.connect(self._open)
        self.skip.clicked.connect(self._next)
        shortcuts.within(self, {"PgDown": self._next, "PgUp": self._before})  # the scroller would take them
        self.show_sheet(WaitingSheet(()))

    def _lay(self) -> None:
        self.about.body.addStretch(1)
        self.form_at.body.addStretch(1)
        sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        sides.setSpacing(theme.px(12))
        sides.addWidget(self.about, 1)
        sides.addLayout(column(self.material, self.form_at, gap=theme.px(12)), 1)
        head = row(self.light, self.title, gap=10)
        head.setStretch(1, 1)
        for part in (row(self.place, self.whose, None), head, row(self.what, self.since, None), sides):
            self.scroller.body.addLayout(part)
        self.scroller.body.addStretch(1)
        layout = column(self.notice, self.scroller, self.empty, self.foot, gap=0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setStretch(1, 1)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    @property
    def line(self) -> WaitingLine | None:
        """The one that is shown."""
        return self._turn.now

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not decided."""
        typed = self.asking.form.changes() if self.asking else {}
        return self.line is not None and bool(self.opinion.text().strip() or set(typed) - set(KEPT))

    # ------------------------------------------------------------------------------------- showing

    def show_sheet(self, sheet: WaitingSheet) -> None:
        """The queue; whoever is in the middle of one stays there."""
        same = self._turn.put(sheet.lines) and self.line is not None and self._record
        if self._back and not self.is_dirty:
            same = not self._turn.stand(lambda one: one.problem in self._back) and same
        self._back = frozenset()
        said = NO_ROLE if not sheet.role else OTHERS.format(sheet.others) if sheet.others else ""
        if said:
            self.notice.say("info", said, "")
        if same:
            self._say_place()
        else:
            self._show()

    @Slot(object)
    def come_back(self, done: Done) -> None:
        """What was taken back waits again: it is shown, unless one is in the middle of another one."""
        self._back = done.ids

    def _say_place(self) -> None:
        self.place.setText(self._turn.said)

    def _show(self) -> None:
        line = self.line
        for part in (self.scroller, self.foot):
            part.setVisible(line is not None)
        self.empty.setVisible(line is None)
        self._record = {}
        self._drop_form()
        if line is None:
            return
        self._say_place()
        self.whose.say(f"{line.unit_name}{saying.SPACE}{line.number}")
        self.light.show_light(line.light, line.light_why)
        self.title.say(line.title)
        self.what.say(line.label, "accent")
        self.since.setText(f"{line.since} 起等着" if line.since else "")
        self.refusing.setText("不同意" if line.request else "退回")
        self.why.setText("意见" if line.request else "退回原因")
        self.agree.setText("同意")
        self.agree.setEnabled(False)
        self.opinion.clear()
        self.facts.show_facts([])
        self.material.start_over()
        self.form_at.setVisible(not line.request)
        records, workflow = self.session.office.records, self.session.office.workflow

        def work(_: Progress) -> Detail:
            return line.key, records.show("problem", line.problem), workflow.steps(line.problem)

        self.ask(work, self._show_detail)

    @Slot(object)
    def _show_detail(self, found: Detail) -> None:
        key, record, way = found
        line = self.line
        if line is None or line.key != key:
            return
        self._record = record
        self.opinion.offer(way.phrases)
        self.facts.show_facts(told(record, line))
        self.material.show_record(record, () if line.request else way.papers, judged=not line.request)
        step = next((one for one in way.steps if (one.stage or one.verb) == (line.stage or line.verb)), None)
        if step is not None and not line.request:
            self._show_form(step, way)
        self.agree.setEnabled(bool(line.request) or (step is not None and step.possible))
        self._ask_pictures()

    def _show_form(self, step: StepView, way: WayView) -> None:
        self.asking = StepForm(step, self.session.today, way.standards, (), lines=LINES)
        for name in KEPT:
            if name in self.asking.form.fields and self._kept.get(name):
                self.asking.form.fields[name].rewrite(self._kept[name])
        self.form_at.body.insertWidget(1, self.asking)
        self.agree.setText(f"同意{step.label}")

    def _drop_form(self) -> None:
        if self.asking is not None:
            self.form_at.body.removeWidget(self.asking)
            self.asking.hide()
            self.asking.deleteLater()
            self.asking = None

    def _ask_pictures(self) -> None:
        session, line, wanted = self.session, self.line, self.material.wanted
        if wanted and line is not None:
            make = partial(session.pictures.make, session.office.evidence, wanted)
            self.ask(lambda progress: (line.key, make(progress)), self._put_pictures, kind=Kind.COUNT)

    @Slot(object)
    def _put_pictures(self, made: tuple[tuple[str, str], Mapping[str, QImage | None]]) -> None:
        if self.line is not None and self.line.key == made[0]:
            self.material.show_pictures(made[1])

    # ------------------------------------------------------------------------------------- going

    @Slot()
    def _next(self) -> None:
        self._step(1)

    @Slot()
    def _before(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        if self.is_dirty:
            self.notice.say("warning", "这一件填了还没有办。", "办了自动看下一件；不要了的，清空以后再翻。")
            return
        self.notice.hide()
        self._turn.step(by)
        self._show()

    @Slot()
    def _open(self) -> None:
        if self.line is not None:
            self.go(Place("problem/record", id=self.line.problem))

    # ------------------------------------------------------------------------------------- deciding

    @Slot()
    def say_yes(self) -> None:
        """Take the step, or grant the request."""
        line = self.line
        if line is None or not self.agree.isEnabled():
            return
        if line.request:
            said = {"decision": "approved"} | ({"opinion": text} if (text := self.opinion.text().strip()) else {})
            self._decide(line, partial(self._answer, line, said))
            return
        wrong = self.asking.wrong() if self.asking else []
        if wrong:
            wrong[0].editor.setFocus()
            self.scroller.ensureWidgetVisible(wrong[0])
        elif self.asking is not None:
            self._kept = {name: one.value for name, one in self.asking.form.fields.items() if name in KEPT}
            self._decide(line, partial(self._take, line, line.verb, self.asking.values))

    @Slot()
    def say_no(self) -> None:
        """Return the problem, or refuse the request; both say why."""
        line, why = self.line, self.opinion.text().strip()
        if line is None:
            return
        if not why:
            self.notice.say("warning", "还没有写原因。", UNSAID)
            self.opinion.setFocus()
        elif line.request:
            self._decide(line, partial(self._answer, line, {"decision": "refused", "opinion": why}))
        else:
            self._decide(line, partial(self._take, line, "return", {"opinion": why}))

    def _decide(self, line: WaitingLine, work: Callable[[Progress], Any]) -> None:
        if self._doing is None:
            self._doing = line
            self.notice.hide()
            self.foot.setEnabled(False)
            self.ask(work, self._done, refused=self._refuse, ended=self._ready, kind=Kind.SAVE)

    def _take(self, line: WaitingLine, verb: str, values: Mapping[str, str], _: Progress) -> tuple[str, str]:
        record = self.session.office.workflow.step(line.problem, verb, values)
        return f"{line.label}：已退回整改。" if verb == "return" else f"{line.label}：已同意。", str(record["undo"])

    def _answer(self, line: WaitingLine, values: Mapping[str, str], _: Progress) -> tuple[str, str]:
        record = self.session.office.requests.decide(line.problem, line.request, values)
        return f"{line.label}：{words.DECISION[values['decision']]}。", str(record["undo"])

    @Slot(object)
    def _done(self, found: tuple[str, str]) -> None:
        line, (said, undo) = self._doing, found
        if line is None:
            return
        self.session.done.add(said.rstrip("。"), undo, frozenset((line.problem,)))
        self.opinion.clear()
        self._turn.take([line.key])
        self._show()
        self.decided.emit(said)
        self.session.tell(Touched("problem", frozenset((line.problem,))))

    @Slot(object)
    def _refuse(self, error: LedgerError) -> None:
        if self.asking is None or not self.asking.mark(error):
            self.notice.refuse(error)

    @Slot()
    def _ready(self) -> None:
        self._doing = None
        self.foot.setEnabled(True)
        self.opinion.setFocus()

    def drop(self) -> None:
        """Let go of what was typed."""
        self.opinion.clear()
        self._drop_form()
