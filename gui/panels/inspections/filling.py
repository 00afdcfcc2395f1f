"""Filling in an inspection: its head, the list of questions, what is left of them; saving, drafts of what is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot

from gui import saying, theme
from gui.drafts import ANSWERS
from gui.jobs import Kind, about
from gui.panel import Panel
from gui.panels.inspections.answers import ANSWER, NOTE, NOTHING, SentAnswers
from gui.panels.inspections.below import Below, Then
from gui.panels.inspections.finding import Finding
from gui.panels.inspections.grid import AnswerGrid
from gui.panels.inspections.themes import Themes
from gui.session import Session
from gui.unsaved import Typing, Unsaved
from gui.widgets.buttons import button
from gui.widgets.frames import Card, Foot, column, row
from gui.widgets.labels import Elided
from models.domain import words
from models.errors import LedgerError
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.lists import Record

KEYS = saying.SPACE.join(f"{key} {deed}" for key, deed in (
    *((str(n), word) for n, word in enumerate(words.ANSWER.values(), 1)), ("↑ ↓", "换项"), ("Enter", "下一个没答的"),
    ("F2", "写说明"), ("Ctrl+V", "贴照片"),
))  # fmt: skip


class Filling(Panel):
    """Whoever was there answers here. The page loads the inspection and says what came of saving."""

    notice_margins = (24, 12, 24, 0)

    changed = Signal()  # something was typed, kept or saved
    saved = Signal(object)  # the inspection: answers are in the ledger
    finished = Signal(object)  # the inspection is completed
    head_asked = Signal()
    next_asked = Signal()  # Enter after it was completed
    rest_asked = Signal()  # all that is left is to be answered 是

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.record: Record = {}
        self.writable = False
        self.head, self.change = (
            Elided(),
            button("修改", "quiet", icon="edit", size="slim", tip="检查日期、地点、检查人"),
        )
        self.themes, self.grid, self.finding = Themes(), AnswerGrid(), Finding()
        self.below = Below(self, self.finding, self.grid, self.write)
        self.rest = button("其余都答“是”", "quiet", size="slim", tip="没有答的一次都答成“是”，并记下是一次答完的")
        self.hint, self.said = Elided(KEYS, "small"), Elided("", "quiet")
        self.keep = button("保存", tip="先保存到本机，以后接着填", key="Ctrl+S")
        self.finish = button("完成本次检查", "primary", icon="check")
        self.foot = Foot(self.said, None, self.keep, self.finish)
        self._build()
        self.typing = Typing(session.drafts, ANSWERS, self, self)
        self._connect()

    def _build(self) -> None:
        top = row(self.head, self.change)
        top.setStretch(0, 1)
        bar = Card(pad=8)
        bar.add(top)
        inner = Card(pad=1, gap=0)
        tools = row(self.hint, self.rest)
        tools.setStretch(0, 1)
        tools.setContentsMargins(theme.px(14), theme.px(6), theme.px(14), theme.px(6))
        inner.body.addLayout(tools)
        inner.body.addWidget(self.grid, 1)
        inner.add(self.finding)
        right = column(bar, inner, gap=12)
        right.setStretch(1, 1)
        both = row(self.themes, gap=12)
        both.addLayout(right, 1)
        both.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        layout = column(self.notice, both, self.foot, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.finding.hide()
        self.setFocusProxy(self.grid)

    def _connect(self) -> None:
        self.grid.table.typed_into.connect(self._typed)
        self.grid.moved.connect(self._moved)
        self.grid.none_left.connect(self._none_left)
        self.themes.wanted.connect(self._go_to)
        self.finding.left.connect(self._back)
        self.rest.clicked.connect(self.rest_asked)
        self.change.clicked.connect(self.head_asked)
        self.keep.clicked.connect(self.save)
        self.finish.clicked.connect(self.complete)

    # ------------------------------------------------------------------------------------- showing

    @property
    def answers(self) -> Any:
        """Questions, and what is answered."""
        return self.grid.table.answers

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return bool(self.answers.typed)

    def show_record(self, record: Record, *, writable: bool, saved: Mapping[str, Mapping[str, str]] = NOTHING) -> int:
        """Show an inspection, in which `saved` was written from here; how many answers of a draft were brought back."""
        again = record.get("id") == self.record.get("id")
        at = self.grid.row
        self.record, self.writable = record, writable and not record.get("void") and record.get("zero") != "true"
        self.grid.may_answer = self.writable
        if not self.writable:
            self.typing.close()  # nobody can save it here: it waits as a draft
        asked = set(self._changed().values()) if again else set[str]()
        self.grid.table.show(list(record["answers"]), again=again and self.writable, saved=saved)
        self.grid.fit()
        brought = 0
        if not again:
            brought = self._take_up_draft()
            at = max(self.answers.next_open(-1), 0)
        elif self.typing.name and not self.is_dirty:
            self.typing.saved()  # what is saved by now is no draft any more
        if record.get("void"):
            self._forget_drafts()
        self.grid.stand(at)
        self._say_head()
        for one in (self.rest, self.keep, self.finish, self.change, self.hint):
            one.setVisible(self.writable)
        self.finish.setVisible(self.writable and record.get("stage") == "open")
        self.below.stand(record, writable=self.writable)
        if rows := [row for row, item in self._changed().items() if item not in asked]:
            self._say_changed(rows)
        self._say()
        return brought

    def _changed(self) -> dict[int, str]:
        """Questions, by row, of which the ledger says something else by now than when they were typed into."""
        return {row: line["item"] for row, line in enumerate(self.answers.lines) if self.answers.changed(row)}

    def _say_changed(self, rows: Sequence[int]) -> None:
        self.notice.say(
            "warning", f"有 {len(rows)} 项在台账里也改过，您填的还在。",
            "两个结果都列在那一项：保存就用您填的，按 Delete 就用台账里的。",
        )  # fmt: skip
        self.grid.stand(rows[0])
        self.below.go_to(rows[0])

    def _say_head(self) -> None:
        record = self.record
        at = record.get("source_record")
        place = " ".join(str(part) for part in (record.get("village"), record.get("place")) if part)
        told = (
            f"检查对象：{at['title']}" if at else "", f"地点：{place}" if place else "",
            f"日期：{record.get('inspected_on') or saying.MISSING}",
            f"检查人：{record.get('people') or saying.MISSING}",
            f"带队：{record['leader']}" if record.get("leader") else "", f"编号：{record.get('number')}",
        )  # fmt: skip
        self.head.say(saying.SPACE.join(part for part in told if part))

    def say_version(self, title: str, version: str) -> None:
        """Say by what is gone."""
        self.themes.title.say(title)
        self.themes.version.setText(version)

    def _say(self) -> None:
        answers = self.answers
        left = answers.count("")
        all_ = len(answers.lines)
        self.themes.show_groups(answers.groups(), self.grid.row)
        self.themes.say_counts(all_ - left, all_, answers.count("no"))
        self.themes.say_marks(self.record.get("marks") or ())
        count = len(answers.typed)
        self.said.say(f"{count} 项没有保存，已留草稿" if count else f"还有 {left} 项没有答" if left else "都答完了")
        self.rest.setEnabled(bool(left))
        self.changed.emit()

    # ------------------------------------------------------------------------------------- drafts

    def unsaved(self) -> Unsaved:
        """Every answer that is not in the ledger."""
        return Unsaved(self.answers.unsaved(), self.answers.base())

    def _take_up_draft(self) -> int:
        id_ = str(self.record["id"])
        self.typing.stand("inspection", id_, str(self.record.get("title") or self.record.get("number") or ""))
        kept = next((one for one in self.session.drafts.of("inspection", id_) if one.part == ANSWERS), None)
        if kept is None or not self.writable:
            return 0
        self.typing.take_up(kept)
        self.answers.restore(kept.values, kept.base)
        if not self.answers.typed:
            self.typing.saved()
        return len(self.answers.typed)

    def _forget_drafts(self) -> None:
        """What was typed into an inspection that is void by now is wanted no more."""
        for kept in self.session.drafts.of("inspection", str(self.record["id"])):
            self.session.drafts.forget(kept)

    def let_go(self) -> None:
        """What was typed waits as a draft, and is here again when the inspection is opened."""
        self.typing.close()
        self._after, self._is_done = None, False
        self.notice.hide()
        self.record, self.writable = {}, False
        self.grid.table.show([], again=False)
        self.below.stand({}, writable=False)

    # ------------------------------------------------------------------------------------- being used

    @Slot()
    def _typed(self) -> None:
        self._asked_twice = self._is_done = False
        self.typing.typed()
        self._say()

    @Slot()
    def _moved(self) -> None:
        self.below.go_to(self.grid.row)
        self._say()

    @Slot()
    def _none_left(self) -> None:
        """Enter where nothing is left: said once, done when it is pressed again; then on to the next inspection."""
        if self._is_done:
            self.next_asked.emit()
        elif not self.finish.isHidden():
            if self._asked_twice:
                self.complete()
            else:
                self.said.say("都答完了，再按一次 Enter 完成本次检查")
            self._asked_twice = not self._asked_twice

    _asked_twice = False
    _is_done = False  # it was completed here just now

    @Slot(int)
    def _go_to(self, at: int) -> None:
        self.grid.stand(at)
        self._moved()
        self.grid.setFocus()

    @Slot()
    def _back(self) -> None:
        self.typing.now()
        self.grid.setFocus()

    # ------------------------------------------------------------------------------------- saving

    def write(self, then: Then | None, done: Callable[[Any], None], kind: Kind = Kind.SAVE, rest: str = "") -> None:
        """Save what is typed, and then do more with the inspection; `done` is a slot."""
        inspections = self.session.office.inspections
        sent = SentAnswers(str(self.record["id"]), self.answers, rest, self._under_way)
        answers, notes = self.answers.to_save(ANSWER), self.answers.to_save(NOTE)

        def work(progress: Progress) -> Any:
            some = answers or notes or rest
            record = inspections.answer(sent.inspection, answers, notes, rest, sent.seen()) if some else None
            sent.is_written = True
            return then(record, sent.inspection, progress) if then is not None else record

        self._under_way = [*self._under_way, sent]
        self.ask(work, done, refused=self._refuse, ended=self._save_ended, kind=kind).about = sent

    _under_way: Sequence[SentAnswers] = ()  # that may not be told yet

    @Slot()
    def _save_ended(self) -> None:
        sent = about(self.sender())
        self._under_way = [one for one in self._under_way if one is not sent]

    @Slot(object)
    def _refuse(self, error: LedgerError) -> None:
        """Nothing was saved; what the ledger says by now is looked at."""
        self._after, id_ = None, about(self.sender()).inspection
        if id_ == self.record.get("id"):
            self.notice.refuse(error)
        else:
            self.notice.refuse_late(error)
        self.session.tell(Touched("inspection", frozenset({id_})))

    @Slot()
    def save(self) -> None:
        """Save what is typed."""
        self.save_then(None)

    def save_then(self, after: Callable[[], Any] | None) -> None:
        """Save, and then call."""
        self._after = after
        if not self.is_dirty:
            self._go_after()
            return
        self.notice.hide()
        self.write(None, self._saved)

    _after: Callable[[], Any] | None = None

    @Slot(object)
    def _saved(self, record: Record) -> None:
        if self._told(record):
            self.saved.emit(record)
            self._go_after()

    def _told(self, record: Record) -> bool:
        """Answers are in the ledger; whether their inspection is still the one that is shown."""
        shown, sent = record["id"] == self.record.get("id"), about(self.sender())
        if shown:
            self.show_record(record, writable=self.writable, saved=sent.writes)
            if self.is_dirty:
                self.typing.typed()  # since the save was asked: its draft goes on from what is saved by now
        else:
            for kept in self.session.drafts.of("inspection", sent.inspection):
                self.session.drafts.keep_rest(kept, sent.values, sent.inspection)
        self.session.tell(Touched("inspection", frozenset({str(record["id"])})))
        return shown

    def _go_after(self) -> None:
        after, self._after = self._after, None
        if after is not None:
            after()

    def answer_rest(self) -> None:
        """Answer all that is left 是, marked as given at once."""
        self.write(None, self._saved, rest="yes")

    @Slot()
    def complete(self) -> None:
        """Save and complete; where questions are left, go to the first of them."""
        left = self.answers.count("")
        if left:
            self.notice.say(
                "warning", f"还有 {left} 项没有答，检查还没有完成。", "下面是第一项；其余都一样的，点“其余都答“是””。"
            )
            self._go_to(self.answers.next_open(-1))
            return
        inspections = self.session.office.inspections
        self.write(lambda _, id_, __: inspections.finish(id_), self._finished)

    @Slot(object)
    def _finished(self, record: Record) -> None:
        if self._told(record):
            self._is_done = True
            self.grid.setFocus()
            self.finished.emit(record)
