"""One inspection: begun, filled in, completed; its findings become problems; the next one follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QHideEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from gui import shortcuts
from gui.dialogs.paper import Paper
from gui.dialogs.question import Question
from gui.handing import HandingPanel
from gui.jobs import Kind
from gui.page import Page
from gui.panels.inspections.beginning import HEAD, KEPT, Beginning
from gui.panels.inspections.below import Registered
from gui.panels.inspections.filling import Filling
from gui.panels.inspections.tab import CHECKS, SEEK
from gui.places import BACK, Place
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.drop import paths_of
from gui.widgets.empty import Empty
from models.domain import checklists, words
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.lists import Record

OPEN, NEXT = "打开这个问题", "下一个检查对象"
NEW = "新检查"
PICTURES = "照片 (*.jpg *.jpeg *.png *.heic *.webp *.bmp)"
EDITED = (*HEAD[1:], "opinion")


class InspectionPage(Page, HandingPanel):
    """`Place.new`: one is begun, with what `Place.where` says of it (source_id, campaign, checklists, people …)."""

    tables: ClassVar[frozenset[str]] = frozenset({"inspection", "answer", "problem", "evidence", "source"})

    def __init__(self, session: Session) -> None:
        super().__init__(session, words.TABLE["inspection"], back="自查自纠")
        self._place = Place("")
        self._problem = ""  # that was registered last
        self._after: Callable[[], Any] | None = None
        self._head: tuple[str, dict[str, str]] = ("", {})  # what was filled in at the head of one: not typed twice

    def build(self) -> Iterator[None]:
        self.following = button(NEXT, icon="forward", size="slim", tip="同样的检查表和人，换一个地方接着查")
        self.void = button("作废", "quiet", icon="void", size="slim", tip="登记错了的，作废以后不计入任何数字")
        self.out = button("打印", "quiet", icon="file", size="slim", tip="PDF 用笔打勾；Excel 表在 WPS 里填好，再读入")
        self.header.add(self.void)
        self.header.add(self.out)
        self.header.add(self.following)
        self.middle = QStackedWidget()
        self.put(self.middle, 1)
        yield
        self.filling = Filling(self.session)
        self.middle.addWidget(self.filling)
        yield
        self.beginning = Beginning(self.session)
        self.middle.addWidget(self.beginning)
        yield
        self.nothing = Empty("done", words.INSPECTION_STATE["zero"], "这一天查过，没有发现问题。")
        self.middle.addWidget(self.nothing)
        self._connect()

    def _connect(self) -> None:
        filling, below, beginning = self.filling, self.filling.below, self.beginning
        filling.changed.connect(self._say_state)
        filling.saved.connect(self._saved)
        filling.finished.connect(self._finished)
        below.registered.connect(self._registered)
        below.late.connect(self.notice.say)
        filling.next_asked.connect(self.make_new)
        filling.head_asked.connect(self._edit_head)
        filling.rest_asked.connect(self._ask_rest)
        below.photos_asked.connect(self._choose_photos)
        below.mended_asked.connect(self._choose_mended)
        below.opened.connect(self._open)
        below.photo_opened.connect(self._open_photo)
        filling.notice.acted.connect(self._act)
        self.notice.acted.connect(self._act)
        beginning.begun.connect(self._begun)
        beginning.leave.clicked.connect(self._back)
        self.following.clicked.connect(self.make_new)
        self.out.clicked.connect(self._print)
        self.void.clicked.connect(self._ask_void)
        shortcuts.within(self, {"Esc": self._back, "Ctrl+V": self._paste})

    # ------------------------------------------------------------------------------------- being shown

    def enter(self, place: Place) -> None:
        self.drop()
        self.notice.hide()
        self._place, self._stale = place, False
        for one in (self.following, self.void, self.out):
            one.setVisible(False)
        if place.new:
            self.header.title.say(NEW)
            self.header.quiet.say("")
            self.middle.setCurrentWidget(self.beginning)
            self.beginning.start(dict(place.where))
            self.beginning.setFocus()
        else:
            self.middle.setCurrentWidget(self.filling)
            self.filling.setFocus()
            self.refresh()

    def refresh(self) -> None:
        if self._place.id and not self._place.new:
            self.ask(partial(self._read, self._place.id), self._show)

    def _read(self, id_: str, _: Progress) -> tuple[str, Record, frozenset[str]]:
        records = self.session.office.records
        return id_, records.show("inspection", id_), records.writable("inspection", id_)

    @Slot(object)
    def _show(self, found: tuple[str, Record, frozenset[str]]) -> None:
        id_, record, writable = found
        if id_ != self._place.id:
            return  # one went on meanwhile
        is_zero = record.get("zero") == "true"
        self.middle.setCurrentWidget(self.nothing if is_zero else self.filling)
        brought = self.filling.show_record(record, writable="people" in writable)
        codes = [one for one in str(record.get("checklists") or "").split("；") if one]
        named = [checklists.parts_of(code) for code in codes]
        themes = "、".join(words.THEME[one[0]] if one else "检查表" for one in named)
        versions = "；".join(
            f"{'县里' if one[1] == checklists.COUNTY else '程序自带'}第 {one[2]} 版" for one in named if one
        )
        self.filling.say_version(themes, f"检查表{versions}" if versions else "")
        self._say_state()
        day = str(record.get("inspected_on") or "")
        self.nothing.say(
            words.INSPECTION_STATE["zero"], f"{day} 查过，没有发现问题。检查人：{record.get('people') or '没有写'}。"
        )
        may = "people" in writable and not record.get("void")
        self.following.setVisible(may and not is_zero)
        self.void.setVisible(may)
        self.out.setVisible(not is_zero)
        if record.get("void"):
            self.notice.say("warning", "这次检查已作废，不计入任何数字。", "")
        elif brought:
            self.notice.say("info", f"上次没有保存的 {brought} 项已经带回来，接着填就行。", "保存以后才计入台账。")
        if self.focusWidget() is None or self.focusWidget() is self:
            self.filling.setFocus()

    @Slot()
    def _say_state(self) -> None:
        record = self.filling.record
        if record and not self._place.new:
            at = record.get("source_record")
            where = str(at["title"]) if at else str(record.get("place") or record.get("village") or "没有写地点")
            self.header.title.say(words.INSPECTION_KIND.get(str(record.get("kind")), words.TABLE["inspection"]))
            state = words.INSPECTION_STATE[str(record["stage"])]
            self.header.quiet.say(f"{where}\u2003{state}")

    def hideEvent(self, event: QHideEvent) -> None:
        """Whatever hides the page, be it the end of the program: what was typed is written."""
        if self.is_built:
            self.filling.typing.now()
            self.beginning.typing.now()
        super().hideEvent(event)

    # ------------------------------------------------------------------------------------- leaving

    @property
    def keeps_drafts(self) -> bool:
        return True

    @property
    def is_dirty(self) -> bool:
        return self.is_built and not self._place.new and self.filling.is_dirty

    def save(self) -> None:
        if self._place.new:
            self.beginning.save()
        else:
            self.filling.save()

    def save_then(self, after: Callable[[], Any]) -> None:
        self.filling.save_then(after)

    def drop(self) -> None:
        """Leave without saving: what is typed waits as a draft."""
        self.filling.let_go()
        self.beginning.let_go()

    @Slot()
    def _back(self) -> None:
        """Esc: out of the note, back to the grid; from anywhere else, off the page."""
        if self.filling.finding.note.hasFocus():
            self.filling.finding.left.emit()
        else:
            self.go(BACK)

    def make_new(self) -> None:
        """The next one, with what it most often has in common with this one."""
        record = self.filling.record
        names = (*KEPT, "checklists", "campaign")
        self.go(Place("inspection/record", new=True, where=tuple((n, str(record[n])) for n in names if record.get(n))))

    # ------------------------------------------------------------------------------------- what came of it

    @Slot(object)
    def _begun(self, record: Record) -> None:
        self.go(Place("inspection/record", id=str(record["id"])))

    @Slot(object)
    def _saved(self, _: Record) -> None:
        self.notice.hide()
        self.filling.said.say("已保存到本机")

    @Slot(object)
    def _finished(self, record: Record) -> None:
        counts = record["counts"]
        left = sum(1 for one in record["answers"] if one["answer"] == "no" and not one["problem"])
        rest = (f"其中 {left} 项还没有登记为问题。" if left else "") + "再按 Enter 接着查下一个。"
        self.notice.say(
            "success", f"检查完成：是 {counts['yes']}，否 {counts['no']}，不适用 {counts['na']}。", rest, NEXT
        )

    @Slot(object)
    def _registered(self, made: Registered) -> None:
        self._problem = str(made.problem["id"])
        more = (
            "已当场整改完成，照片也带过去了。"
            if made.fixed
            else f"整改时限 {made.problem.get('deadline') or '没有写'}，照片也带过去了。"
        )
        here = made.inspection == self.filling.record.get("id")
        whose = "" if here else "刚才那次检查查出的"
        self.notice.say("success", f"{whose}已登记为问题 {made.problem['number']}。", more, OPEN)
        if here:
            self.filling.setFocus()

    @Slot(str)
    def _act(self, word: str) -> None:
        if word == OPEN:
            self._open(self._problem)
        elif word == NEXT:
            self.make_new()

    @Slot(str)
    def _open(self, problem: str) -> None:
        self.go(Place("problem/record", id=problem))

    @Slot(str)
    def _open_photo(self, entry: str) -> None:
        evidence = self.session.office.evidence
        self.ask(lambda _: evidence.open_copy(entry), self._opened_photo, kind=Kind.COPY)

    @Slot(object)
    def _opened_photo(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.notice.say("warning", "电脑上没有能打开它的程序。", f"文件在 {path}")

    # ------------------------------------------------------------------------------------- asked

    @Slot()
    def _edit_head(self) -> None:
        record = self.filling.record
        now = {name: str(record.get(name) or "") for name in EDITED}
        id_, (of, refused) = str(record["id"]), self._head
        paper = Paper(
            "检查的基本情况", "每次检查填一次，各项都用它。", ("inspection", EDITED), ("inspected_on",), "保存",
            values=now | (refused if of == id_ else {}), today=self.session.today, parent=self,
        )  # fmt: skip
        if paper.ask():
            values = {name: one.value for name, one in paper.form.fields.items() if one.value != now[name]}
            self._head = id_, values
            inspections = self.session.office.inspections
            self.ask(lambda _: inspections.edit(id_, values), self._edited, kind=Kind.SAVE)

    @Slot(object)
    def _edited(self, record: Record) -> None:
        if self._head[0] == record["id"]:
            self._head = "", {}
        self.session.tell(Touched("inspection", frozenset({str(record["id"])})))

    @Slot()
    def _ask_rest(self) -> None:
        left = self.filling.answers.count("")
        question = Question(
            f"其余 {left} 项都答“是”？", "会记下这些是一次答完的，不是逐项看的。答错了的，以后还可以逐项改。", "逐项答",
            (f"{left} 项都答“是”", "primary"), parent=self,
        )  # fmt: skip
        if question.ask():
            self.filling.answer_rest()
        self.filling.setFocus()

    @Slot()
    def _ask_void(self) -> None:
        text = "作废后不计入任何数字，历史都保留。已经登记的问题不受影响。"
        question = Question("作废这次检查？", text, "不作废", ("作废这次检查", "danger"), reason="作废原因",
                            hint="会写进变更历史，对方也能看到", parent=self)  # fmt: skip
        if question.ask():
            records, id_, why = self.session.office.records, str(self.filling.record["id"]), question.reason.text()
            self.ask(lambda _: records.void("inspection", id_, why.strip()), self._edited, kind=Kind.SAVE)

    @Slot()
    def _print(self) -> None:
        """What is typed is saved first: the paper says what the ledger says."""
        self.filling.save_then(self._hand_over)

    def _hand_over(self) -> None:
        papers, id_ = self.session.office.papers, str(self.filling.record["id"])
        self.hand_over(f"检查表_{self.filling.record['number']}", lambda: papers.inspection(id_))

    def _chosen(self, title: str) -> list[Path]:
        names, _ = QFileDialog.getOpenFileNames(self, title, "", PICTURES)
        return [Path(name) for name in names]

    @Slot()
    def _choose_photos(self) -> None:
        self.take_files(self._chosen("选这一项的照片，可以一次选几张"))

    @Slot()
    def _choose_mended(self) -> None:
        if paths := self._chosen("选整改后的照片"):
            self.filling.below.register(paths)

    @property
    def takes_files(self) -> bool:
        """Whether photos may be added: below stands a finding."""
        return self.is_built and self.filling.below.takes_photos

    def take_files(self, paths: Sequence[Path]) -> None:
        """Add photos that were chosen, dragged here or copied to the finding that is shown."""
        if paths and self.takes_files:
            self.filling.below.add_photos(paths)

    @Slot()
    def _paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        if paths := paths_of(data):
            self.take_files(paths)
        elif data.hasImage() and self.takes_files:
            self.filling.below.add_photos(image=QGuiApplication.clipboard().image())

    def seek(self) -> None:
        """Ctrl+F: the next paper of a pile is found by its number, in the list."""
        self.go(Place("inspection", tab=CHECKS, view=SEEK))
