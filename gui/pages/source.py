"""One pollution source: read it, change it, its permits, photos, inspections and problems."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from gui.jobs import Kind
from gui.panels.record.acts import UNVOID, RecordActs
from gui.panels.record.adding import Adder
from gui.panels.record.draft_offer import DraftOffer
from gui.panels.record.edit import RecordEdit
from gui.panels.record.photos import Photos
from gui.panels.record.reading import Reading
from gui.panels.sources.parts import SourceParts
from gui.panels.sources.story import Shown, SourceStory
from gui.places import BACK, Place
from gui.session import Session
from gui.widgets.neighbours import Neighbours
from models.domain import words
from models.progress import Progress
from models.services.views.home import Touched

TABLE = "source"
AGAIN = "重新提示"


class SourcePage(Reading):
    """Shows one source; it is read until somebody asks to change it."""

    tables: ClassVar[frozenset[str]] = frozenset(
        {TABLE, "permit", "problem", "inspection", "answer", "remark", "dictionary", "exchange"}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, TABLE, "污染源", back="污染源")
        self._shown: Shown | None = None
        self._apart = ("", "")  # the two of which it was said last that they are two

    def build(self) -> Iterator[None]:
        session = self.session
        self.neighbours = Neighbours()
        self.acts = RecordActs(self, TABLE)
        self.header.add(self.neighbours, self.acts.button)
        yield
        self.story = SourceStory(session.pictures, county=session.is_county)
        yield from self.story.build()
        yield
        self.offer = DraftOffer(session.drafts)
        self.put(self.offer)
        self.middle = QStackedWidget()
        self.put(self.middle, 1)
        self.middle.addWidget(self.story)
        self.editing = RecordEdit(session, TABLE, self.notice)
        self.middle.addWidget(self.editing)
        yield
        self.parts = SourceParts(self, self.story)
        self.photos = Photos(self, self.story.exhibits, TABLE)
        self.adder = Adder(self, self.story.exhibits, TABLE)
        self._join()
        self.story.asked.connect(self._do)
        self.notice.acted.connect(self._act)
        self.story.problems.opened.connect(self._open_problem)
        self.story.visits.opened.connect(self._open_visit)

    # ------------------------------------------------------------------------------------- being shown

    @property
    def keeps_drafts(self) -> bool:
        return True

    def enter(self, place: Place) -> None:
        self._begin(place)
        if place.new:
            self.header.title.say("登记污染源")
            self._ask_new()
            return
        self.story.to_top()
        self.refresh()

    def refresh(self) -> None:
        if not self._place.new and self._place.id:
            self.ask(partial(self._read, self._place.id), self._show)

    def _read(self, id_: str, _: Progress) -> tuple[str, Shown]:
        records, sources = self.session.office.records, self.session.office.sources
        record = records.show(TABLE, id_)
        doubles = () if record.get("void") else sources.doubles_of(id_)
        return id_, Shown(record, records.history(TABLE, id_), records.writable(TABLE, id_), doubles)

    @Slot(object)
    def _show(self, found: tuple[str, Shown]) -> None:
        id_, shown = found
        if id_ != self._place.id:
            return  # the user went on meanwhile
        first, self._shown = self._shown is None, shown
        record = shown.record
        self.acts.stand(record, shown.writable)
        self.adder.know(record, ())
        self.header.title.say(str(record.get("name") or ""))
        self.header.quiet.say(words.SOURCE_KIND.get(str(record.get("kind")), ""))
        self.story.show_record(shown, self.session.today)
        if record.get("void"):
            self.notice.say("warning", "这个污染源已作废，不再列出和提醒。", "历史都保留，需要时可以恢复。", UNVOID)
        elif self.notice.first.text() == UNVOID:
            self.notice.hide()
        if first:
            self.parts.stand(id_, str(record.get("name") or ""))
            self._offer_drafts(record)
        self.editing.renew(record, shown.writable)

    def _show_where(self) -> None:
        self.header.quiet.setVisible(not self._place.new)
        super()._show_where()

    # ------------------------------------------------------------------------------------- going elsewhere

    @Slot(int)
    def _step(self, at: int) -> None:
        row, sources = self._place.rows[at], self.session.office.sources
        self.ask(lambda _: (at, sources.id_of(row)), self._go_to)

    @Slot(object)
    def _go_to(self, found: tuple[int, str]) -> None:
        at, id_ = found
        if id_:
            self.go(Place("source/record", id=id_, rows=self._place.rows, at=at))

    @Slot(object)
    def _open_problem(self, id_: str) -> None:
        self.go(Place("problem/record", id=id_))

    @Slot(object)
    def _open_visit(self, id_: str) -> None:
        self.go(Place("inspection/record", id=id_))

    @Slot(str)
    def _do(self, what: str) -> None:
        kind, _, name = what.partition(":")
        if kind == "open":
            self.go(Place("source/record", id=name))
        elif kind == "apart":
            self._tell_apart(name)
        else:
            self.begin_edit(name)

    # ------------------------------------------------------------------------------------- told apart

    def _tell_apart(self, other: str) -> None:
        """不是同一件: of this source and another."""
        pair, doubles = (self._place.id, other), self.session.office.doubles
        self.ask(lambda _: (doubles.tell_apart(TABLE, *pair), pair)[1], self._told_apart, kind=Kind.SAVE, once=pair)

    @Slot(object)
    def _told_apart(self, pair: tuple[str, str]) -> None:
        self._apart = pair
        self.session.tell(Touched(TABLE))
        if pair[0] == self._place.id:
            self.notice.say("success", "以后不再提示这一对。", "点错了的，可以重新提示。", AGAIN)

    @Slot(str)
    def _act(self, word: str) -> None:
        if word != AGAIN:
            return
        pair, doubles = self._apart, self.session.office.doubles
        self.ask(lambda _: doubles.ask_again(TABLE, *pair), self._asked_again, kind=Kind.SAVE, once=("again", pair))

    @Slot(object)
    def _asked_again(self, _: object) -> None:
        self.notice.hide()
        self.session.tell(Touched(TABLE))

    # ------------------------------------------------------------------------------------- changing

    @Slot()
    def _escape(self) -> None:
        """One step back, and nothing is lost by it: the form, a short form, the page."""
        if self.form is not None:
            self.editing.end()
        elif self.story.permits.form is not None:
            self.story.permits.end()
            self._offer_again()
        else:
            self.go(BACK)

    def _show_photos(self) -> None:
        self.story.show_exhibits()

    def _not_yet_sent(self) -> str:
        whom = "各单位" if self.session.is_county else "县里"
        return f"会随下一个数据包带给{whom}。"
