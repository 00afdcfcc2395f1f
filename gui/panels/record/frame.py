"""What the page of one record is made of: its header, the story that is read, the form that changes it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget

from gui.panels.record.acts import RecordActs
from gui.panels.record.adding import Adder
from gui.panels.record.backplanning import Backplanning
from gui.panels.record.draft_offer import DraftOffer
from gui.panels.record.edit import ONE, RecordEdit
from gui.panels.record.parts import RecordParts
from gui.panels.record.photos import Photos
from gui.panels.record.reading import Reading
from gui.panels.record.story import RecordStory, Shown
from gui.session import Session
from gui.taking_back import TakingBack
from gui.widgets.chips import Light
from gui.widgets.neighbours import Neighbours

BACK_TO = {"problem": "督察整改", "petition": "信访件"}


class RecordFrame(Reading):
    """The parts, and which of them is seen. What is done with a record is the page's: `gui/pages/record.py`."""

    def __init__(self, session: Session, table: str) -> None:
        super().__init__(session, table, ONE[table], back=BACK_TO[table])
        self.tables = frozenset({table, "measure", "dispatch", "remark", "conflict", "exchange"})  # pyright: ignore[reportAttributeAccessIssue]
        self._shown: Shown | None = None
        self._came_for = ""  # a step that is to be begun as soon as all is shown
        self._scroll: int | None = None  # where the neighbour before was read

    def build(self) -> Iterator[None]:
        session, table = self.session, self._table
        self.light = Light()
        self.header.lead(self.light)
        self.neighbours = Neighbours()
        self.acts = RecordActs(self, table)
        self.more = self.acts.button
        self.header.add(self.neighbours, self.more)
        yield
        self.story = RecordStory(table, session.pictures)
        yield from self.story.build()
        yield
        self.offer = DraftOffer(session.drafts)
        self.put(self.offer)
        self.middle = QStackedWidget()
        self.put(self.middle, 1)
        self.middle.addWidget(self.story)
        yield
        self.editing = RecordEdit(session, table, self.notice)
        self.middle.addWidget(self.editing)
        self.parts = RecordParts(self, self.story, table)
        self.photos = Photos(self, self.story.exhibits, table)
        self.taking_back = TakingBack(self)
        self.adder = Adder(self, self.story.exhibits, table)
        self.backplanning = Backplanning(self)

    # What others look at: the form, and the bar below it.

    @property
    def keep(self) -> QPushButton:
        """The button that saves."""
        return self.editing.keep

    @property
    def leave(self) -> QPushButton:
        """The button that closes the form."""
        return self.editing.leave

    @property
    def reassure(self) -> QLabel:
        """What the form says of itself."""
        return self.editing.reassure
