"""What every page is: a header, room for a notice, a middle, and the keys that work on it.

A page is shown at once with its header; its other parts follow in slices, so that the window never waits for it. What
is asked of it meanwhile, and what is typed, waits until it is whole, in the order in which it came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QLayout, QVBoxLayout, QWidget

from gui.panel import Panel
from gui.places import BACK, Place
from gui.session import Session
from gui.slices import Slices
from gui.widgets.buttons import GAP, button
from gui.widgets.frames import Header
from models.services.views.home import Touched


class Page(Panel):
    """A whole page. It looks again when something of its tables was touched, at once or when it is next seen."""

    built = Signal()  # all its parts are there
    moved = Signal(object)  # Place: what it shows has another place now, as a new record that was saved
    tables: ClassVar[frozenset[str]] = frozenset()  # whose changes concern it
    notice_margins = (24, 12, 24, 0)

    def __init__(self, session: Session, title: str, *, back: str = "") -> None:
        super().__init__(session)
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab then goes on to its first part
        self.back = button(back, "quiet", icon="back", tip="返回（Alt+←）") if back else None
        if self.back is not None:
            self.back.clicked.connect(self._go_back)
        self.header = Header(title, self.back)
        self._stale = True
        self._top = 1  # where a part right below the header goes
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.header, 0, Qt.AlignmentFlag.AlignTop)  # also while nothing is below it yet
        self._layout.addWidget(self.notice)
        session.touched.connect(self._touched)
        self._waiting: list[Callable[[], object]] = []  # what is asked of it before it is whole
        self._slices = Slices("next part of the page", self)
        self._slices.done.connect(self._whole)
        self.build_more(self.build())

    # ------------------------------------------------------------------------------------- being built

    @property
    def is_built(self) -> bool:
        """Whether all its parts are there."""
        return self._slices.are_done

    def build_more(self, steps: Iterator[None]) -> None:
        """Have parts built in slices, while the page is seen."""
        self._slices.add(steps)
        if self.isVisible():
            self.session.unbuilt.add(self)
        else:
            self._slices.pause()

    def when_built(self, deed: Callable[[], object]) -> None:
        """Do something now, or as soon as all parts are there; not at all if the page is left before."""
        if self.is_built:
            deed()
        else:
            self._waiting.append(deed)

    def come(self, place: Place) -> None:
        """Be shown. Whoever went into a part before the last one was there stays in it."""
        if self.is_built:
            self.enter(place)
        else:
            self.setFocus()
            self._waiting.append(partial(self._enter_late, place))

    def _enter_late(self, place: Place) -> None:
        kept = QApplication.focusWidget()
        self.enter(place)
        if kept is not None and kept is not self and kept.isVisible():
            kept.setFocus()

    @Slot()
    def _whole(self) -> None:
        self.session.unbuilt.discard(self)
        self.built.emit()
        while self._waiting and self.is_built:
            self._waiting.pop(0)()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.is_built:
            self.session.unbuilt.add(self)
            self._slices.go_on()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody waits for the rest: it is built when the page is seen again."""
        self.session.unbuilt.discard(self)
        self._waiting.clear()
        self._slices.pause()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is typed before the part that takes it is there waits for it."""
        if self.is_built:
            super().keyPressEvent(event)
        else:
            self._waiting.append(partial(self._type, event.clone()))

    def _type(self, event: QKeyEvent) -> None:
        pressed = QKeySequence(event.keyCombination())
        for one in self.findChildren(QShortcut):
            if one.key() == pressed:
                one.activated.emit()
                return
        QApplication.sendEvent(QApplication.focusWidget() or self, event)

    # ------------------------------------------------------------------------------------- being used

    @property
    def title(self) -> str:
        """What the page is called, for the title of the window."""
        return self.header.title.accessibleName()

    def say_back(self, where: str) -> None:
        """Say where the way back leads: to where one came from."""
        if self.back is not None:
            self.back.setText(f"{GAP}{where}")
            self.back.setAccessibleName(where)

    @property
    def keeps_drafts(self) -> bool:
        """Whether what is not saved is still there when one comes back."""
        return False

    @property
    def is_dirty(self) -> bool:
        """Whether something would be lost by leaving."""
        return False

    @property
    def may_lose(self) -> bool:
        """Whether it may not be left without asking."""
        return self.is_built and self.is_dirty

    def put(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Add a part below."""
        if isinstance(part, QWidget):
            self._layout.addWidget(part, stretch)
        else:
            self._layout.addLayout(part, stretch)

    def put_above_notice(self, part: QWidget) -> None:
        """Add a part right below the header: tabs, filters."""
        self._layout.insertWidget(self._top, part)
        self._top += 1

    def enter(self, place: Place) -> None:
        """Be shown; look again if something changed since the last time."""
        del place
        self.setFocus()
        if self._stale:
            self._stale = False
            self.refresh()

    @property
    def takes_files(self) -> bool:
        """Whether photos and documents may be added to what is shown."""
        return False

    def take_files(self, paths: Sequence[Path]) -> None:
        """Add photos and documents that were dragged here."""

    def save_then(self, after: Callable[[], Any]) -> None:
        """Save what is dirty, and then call."""
        after()

    def drop(self) -> None:
        """Let what is dirty go."""

    def seek(self) -> None:
        """Ctrl+F."""

    def make_new(self) -> None:
        """Ctrl+N."""

    def save(self) -> None:
        """Ctrl+S."""

    @Slot(object)
    def _touched(self, touched: Touched) -> None:
        if touched.table != "*" and touched.table not in self.tables:
            return
        if self.isVisible() and self.is_built:
            self.refresh()
        else:
            self._stale = True

    @Slot()
    def _go_back(self) -> None:
        self.go(BACK)
