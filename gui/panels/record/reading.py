"""What the pages of one record share: it is read, changed in a form, its parts are saved one after the other."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget

from gui import shortcuts
from gui.drafts import EDIT, Draft
from gui.page import Page
from gui.panels.record.acts import RecordActs
from gui.panels.record.adding import Adder
from gui.panels.record.draft_offer import DraftOffer
from gui.panels.record.edit import RecordEdit
from gui.panels.record.form import RecordForm
from gui.panels.record.photos import Photos
from gui.places import BACK, Place
from gui.session import Session
from gui.widgets.neighbours import Neighbours
from models.errors import LedgerError
from models.services.views.home import Touched
from models.services.views.lists import Record


class Reading(Page):
    """A record of a table that is read until somebody asks to change it. Each page builds its own story and parts."""

    neighbours: Neighbours
    acts: RecordActs
    offer: DraftOffer
    middle: QStackedWidget
    editing: RecordEdit
    photos: Photos
    adder: Adder
    story: Any  # what is read: RecordStory or SourceStory
    parts: Any  # its short forms: RecordParts or SourceParts

    def __init__(self, session: Session, table: str, title: str, *, back: str) -> None:
        super().__init__(session, title, back=back)
        self._table = table
        self._place = Place(f"{table}/record")
        self._shown: Any = None  # what the story shows: `record`, `writable` and more
        self._may: frozenset[str] = frozenset()  # what may be written of a new record
        self._after: Callable[[], Any] | None = None  # what is done when all is saved

    def _join(self) -> None:
        """Connect what both pages have, and the keys."""
        self.acts.change_asked.connect(self.begin_edit)
        self.neighbours.wanted.connect(self._step)
        self.story.edit_asked.connect(self.begin_edit)
        self.story.exhibits_shown.connect(self.photos.ask_pictures)
        self.editing.saved.connect(self._saved)
        self.editing.partly.connect(self._partly)
        self.editing.ended.connect(self._ended)
        self.parts.saved.connect(self._saved_part)
        self.parts.refused.connect(self._refuse_part)
        self.parts.late.connect(self.notice.refuse_late)
        self.offer.taken.connect(self._take_up)
        self.notice.acted.connect(self.acts.act)
        shortcuts.within(self, {
            "PgUp": self.neighbours.go_back, "PgDown": self.neighbours.go_on, "Esc": self._escape,
            "F2": self.begin_edit, "Ctrl+V": self._paste,
        })  # fmt: skip

    @abstractmethod
    def _step(self, at: int) -> None:
        """Go to a neighbour in the list that one came from."""

    @abstractmethod
    def _escape(self) -> None:
        """One step back, and nothing is lost by it: a short form, the form, the page."""

    @abstractmethod
    def _show_photos(self) -> None:
        """Scroll to the photos and documents."""

    @abstractmethod
    def _not_yet_sent(self) -> str:
        """What is said beside 已保存."""

    # ------------------------------------------------------------------------------------- being shown

    @property
    def form(self) -> RecordForm | None:
        """The form, while the record is changed."""
        return self.editing.form

    @property
    def is_dirty(self) -> bool:
        return self.editing.is_dirty or self.story.is_dirty

    def _stand(self, place: Place) -> None:
        """Another record is shown, or a new one has its id now: all that writes knows which."""
        self._place = place
        self.photos.stand(place.id)
        self.adder.stand(place.id)

    def _begin(self, place: Place) -> None:
        """Forget the record before."""
        self._after = None
        self.notice.hide()
        self.offer.end()
        self.setFocus()
        self._shown, self._stale = None, False
        self.editing.close_form()
        self.parts.stand(place.id, "")
        self._stand(place)
        self._show_story()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whatever hides the page, be it the end of the program: what was typed is written."""
        if self.is_built:
            self.editing.typing.now()
            for one in self.parts.typing.values():
                one.now()
        super().hideEvent(event)

    def _show_story(self) -> None:
        if self.isVisible() and self.middle.currentWidget() is not self.story:
            self.setFocus()  # the form had it: it must not fall to whatever is next
        self.middle.setCurrentWidget(self.story)
        self._show_where()

    def _show_where(self) -> None:
        place, reads = self._place, self.form is None
        self.neighbours.stand(place.at if reads else -1, len(place.rows))
        self.acts.button.setVisible(not place.new and reads)

    # ------------------------------------------------------------------------------------- drafts

    def _offer_drafts(self, record: Record) -> None:
        typing = self.parts.names | {self.editing.typing.name}
        self.offer.offer(self._table, self._place.id, typing, record)

    def _offer_again(self) -> None:
        if self._shown is not None:
            self._offer_drafts(self._shown.record)

    @Slot(object)
    def _take_up(self, draft: Draft) -> None:
        if draft.part != EDIT:
            self.story.finish()
            self.parts.take_up(draft)
        elif self._place.new:
            self._open(self._blank(), self._may, draft=draft)
        elif self._shown is not None:
            self._open(self._shown.record, self._shown.writable, draft=draft)

    # ------------------------------------------------------------------------------------- changing

    @Slot()
    def begin_edit(self, focus: str = "") -> None:
        """Show the form of the record that is read."""
        shown = self._shown
        if shown is not None and self.form is None and shown.writable and not shown.record.get("void"):
            self._open(shown.record, shown.writable, focus=focus)

    def make_new(self) -> None:
        self.go(Place(self._place.page, new=True))

    def _ask_new(self) -> None:
        self.ask(lambda _: self.session.office.records.writable(self._table, None), self._show_new)

    @Slot(object)
    def _show_new(self, writable: frozenset[str]) -> None:
        if self._place.new:
            self._may = writable
            self._open(self._blank(), writable)
            self._offer_drafts({})

    def _blank(self) -> Record:
        return {"township_name": "" if self.session.is_county else self.session.here.name}

    def _open(self, record: Record, writable: frozenset[str], *, focus: str = "", draft: Draft | None = None) -> None:
        self.editing.begin(record, writable, focus=focus, draft=draft)
        self.middle.setCurrentWidget(self.editing)
        self._show_where()

    @property
    def takes_files(self) -> bool:
        """Whether photos and documents may be added to what is shown."""
        return self._shown is not None and self.form is None and not self.story.exhibits.add_one.isHidden()

    def take_files(self, paths: Sequence[Path]) -> None:
        """Add photos and documents that were dragged here."""
        self._show_photos()
        self.adder.look(paths)

    @Slot()
    def _paste(self) -> None:
        if self.takes_files and self.adder.paste():
            self._show_photos()

    @Slot()
    def _ended(self) -> None:
        if self._place.new:
            self.go(BACK)
            return
        self._show_story()
        self._offer_again()
        self.refresh()

    @Slot()
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
        """Leave without saving: the forms close, the drafts stay."""
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
            self._stand(Place(self._place.page, id=str(record["id"])))
            self.moved.emit(self._place)
            self.offer.end()
        self.session.tell(Touched(self._table, frozenset({str(record.get("id"))})))

    @Slot(object)
    def _refuse_part(self, error: LedgerError) -> None:
        self._after = None
        self.notice.refuse(error)

    @Slot(str)
    def _saved_part(self, sentence: str) -> None:
        self.session.tell(Touched(self._table, frozenset({self._place.id})))
        self.notice.say("success", sentence, self._not_yet_sent())
        after, self._after = self._after, None
        if after is not None:
            self.save_then(after)
