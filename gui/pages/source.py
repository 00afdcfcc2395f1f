"""One pollution source: read it, change it, its permits, photos, inspections and problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from gui.drafts import EDIT, Draft
from gui.page import Page
from gui.panels.record.acts import UNVOID, RecordActs
from gui.panels.record.adding import Adder
from gui.panels.record.draft_offer import DraftOffer
from gui.panels.record.edit import RecordEdit
from gui.panels.record.form import RecordForm
from gui.panels.record.photos import Photos
from gui.panels.sources.parts import SourceParts
from gui.panels.sources.story import Shown, SourceStory
from gui.places import BACK, Place
from gui.session import Session
from gui.widgets.neighbours import Neighbours
from models.domain import words
from models.errors import LedgerError
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.lists import Record

TABLE = "source"


class SourcePage(Page):
    """Shows one source; it is read until somebody asks to change it."""

    tables: ClassVar[frozenset[str]] = frozenset(
        {TABLE, "permit", "problem", "inspection", "answer", "remark", "dictionary", "exchange"}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session, "污染源", back="污染源")
        self._place = Place("source/record")
        self._shown: Shown | None = None
        self._may: frozenset[str] = frozenset()  # what may be written of a new one
        self._after: Callable[[], Any] | None = None

    def build(self) -> Iterator[None]:
        session = self.session
        self.neighbours = Neighbours()
        self.acts = RecordActs(self, TABLE)
        self.header.add(self.neighbours, self.acts.button)
        yield
        self.story = SourceStory(session.pictures)
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
        self._connect()

    def _connect(self) -> None:
        self.neighbours.wanted.connect(self._step)
        self.acts.change_asked.connect(self.begin_edit)
        self.story.edit_asked.connect(self.begin_edit)
        self.story.asked.connect(self._do)
        self.story.exhibits_shown.connect(self.photos.ask_pictures)
        self.story.problems.opened.connect(self._open_problem)
        self.story.visits.opened.connect(self._open_visit)
        self.editing.saved.connect(self._saved)
        self.editing.partly.connect(self._partly)
        self.editing.ended.connect(self._ended)
        self.parts.saved.connect(self._saved_part)
        self.parts.refused.connect(self._refuse_part)
        self.offer.taken.connect(self._take_up)
        self.notice.acted.connect(self.acts.act)
        keys: tuple[tuple[str, Callable[[], Any]], ...] = (
            ("PgUp", self.neighbours.go_back), ("PgDown", self.neighbours.go_on), ("Esc", self._escape),
            ("F2", self.begin_edit), ("Ctrl+V", self._paste),
        )  # fmt: skip
        for key, deed in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    # ------------------------------------------------------------------------------------- being shown

    @property
    def form(self) -> RecordForm | None:
        """The form, while the source is changed."""
        return self.editing.form

    @property
    def keeps_drafts(self) -> bool:
        return True

    @property
    def is_dirty(self) -> bool:
        return self.editing.is_dirty or self.story.is_dirty

    def enter(self, place: Place) -> None:
        self._after = None
        self.notice.hide()
        self.offer.end()
        self.setFocus()
        self._place, self._shown, self._stale = place, None, False
        self.editing.close_form()
        self.parts.stand(place.id, "")
        self.photos.stand(place.id)
        self.adder.stand(place.id)
        self._show_story()
        if place.new:
            self.header.title.say("登记污染源")
            self.ask(lambda _: self.session.office.records.writable(TABLE, None), self._show_new)
            return
        self.story.to_top()
        self.refresh()

    def refresh(self) -> None:
        if not self._place.new and self._place.id:
            self.ask(partial(self._read, self._place.id), self._show)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whatever hides the page: what was typed is written."""
        if self.is_built:
            self.editing.typing.now()
            for one in self.parts.typing.values():
                one.now()
        super().hideEvent(event)

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

    @Slot(object)
    def _show_new(self, writable: frozenset[str]) -> None:
        if self._place.new:
            self._may = writable
            self._open(self._blank(), writable)
            self._offer_drafts({})

    def _blank(self) -> Record:
        return {"township_name": "" if self.session.is_county else self.session.here.name}

    def _show_story(self) -> None:
        if self.isVisible() and self.middle.currentWidget() is not self.story:
            self.setFocus()  # the form had it: it must not fall to whatever is next
        self.middle.setCurrentWidget(self.story)
        self._show_where()

    def _show_where(self) -> None:
        place, reads = self._place, self.form is None
        self.header.quiet.setVisible(not place.new)
        self.neighbours.stand(place.at if reads else -1, len(place.rows))
        self.acts.button.setVisible(not place.new and reads)

    # ------------------------------------------------------------------------------------- drafts

    def _offer_drafts(self, record: Record) -> None:
        typing = self.parts.names | {self.editing.typing.name}
        self.offer.offer(TABLE, self._place.id, typing, record)

    @Slot(object)
    def _take_up(self, draft: Draft) -> None:
        if draft.part != EDIT:
            self.story.finish()
            self.parts.take_up(draft)
        elif self._place.new:
            self._open(self._blank(), self._may, draft=draft)
        elif self._shown is not None:
            self._open(self._shown.record, self._shown.writable, draft=draft)

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
        else:
            self.begin_edit(name)

    def make_new(self) -> None:
        self.go(Place("source/record", new=True))

    # ------------------------------------------------------------------------------------- changing

    @Slot()
    def begin_edit(self, focus: str = "") -> None:
        """Show the form of the source that is read."""
        shown = self._shown
        if shown is not None and self.form is None and shown.writable and not shown.record.get("void"):
            self._open(shown.record, shown.writable, focus=focus)

    def _open(self, record: Record, writable: frozenset[str], *, focus: str = "", draft: Draft | None = None) -> None:
        self.editing.begin(record, writable, focus=focus, draft=draft)
        self.middle.setCurrentWidget(self.editing)
        self._show_where()

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

    @property
    def takes_files(self) -> bool:
        return self._shown is not None and self.form is None and not self.story.exhibits.add_one.isHidden()

    def take_files(self, paths: Sequence[Path]) -> None:
        self.story.show_exhibits()
        self.adder.look(paths)

    @Slot()
    def _paste(self) -> None:
        if self.takes_files and self.adder.paste():
            self.story.show_exhibits()

    @Slot()
    def _ended(self) -> None:
        if self._place.new:
            self.go(BACK)
            return
        self._show_story()
        self._offer_again()
        self.refresh()

    def _offer_again(self) -> None:
        if self._shown is not None:
            self._offer_drafts(self._shown.record)

    def save(self) -> None:
        if self.form is not None:
            self.editing.save()
        elif not self.parts.save():
            self.notice.say("success", "已保存。", "")

    def save_then(self, after: Callable[[], Any]) -> None:
        """Save what was typed, one part after the other, and then call; what cannot be saved keeps one here."""
        self._after = None
        if self.editing.is_dirty:
            self.editing.save_then(partial(self.save_then, after))
        elif self.is_dirty:
            self.parts.save()
            self._after = after if self.has_saves else None
        else:
            after()

    def drop(self) -> None:
        self._after = None
        self.editing.close_form()
        self.parts.close()
        self._show_story()

    @Slot(object)
    def _saved(self, record: Record) -> None:
        self._partly(record)
        self._show_story()
        self.notice.say("success", "已保存到本机。", self._not_yet_sent())

    @Slot(object)
    def _partly(self, record: Record) -> None:
        if self._place.new:
            self._place = Place("source/record", id=str(record["id"]))
            self.moved.emit(self._place)
            self.parts.stand(self._place.id, str(record.get("name") or ""))
            self.photos.stand(self._place.id)
            self.adder.stand(self._place.id)
            self.offer.end()
        self.session.tell(Touched(TABLE, frozenset({str(record.get("id"))})))

    @Slot(object)
    def _refuse_part(self, error: LedgerError) -> None:
        self._after = None
        self.notice.refuse(error)

    @Slot(str)
    def _saved_part(self, sentence: str) -> None:
        self.session.tell(Touched(TABLE, frozenset({self._place.id})))
        self.notice.say("success", sentence, self._not_yet_sent())
        after, self._after = self._after, None
        if after is not None:
            self.save_then(after)

    def _not_yet_sent(self) -> str:
        whom = "各单位" if self.session.is_county else "县里"
        return f"会随下一个数据包带给{whom}。"
