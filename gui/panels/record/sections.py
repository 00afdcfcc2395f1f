"""The sections of a story: a tab leads to each, and follows the scroll. Sections are never hidden by a tab."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QPoint, QTimer, Slot
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.widgets.frames import Card, Scroller
from gui.widgets.tabs import Tabs

BUTTONS = 56  # below a form: its buttons, and a little room


class Sections(QObject):
    """Scrolls to sections, cards and forms."""

    def __init__(self, tabs: Tabs, scroller: Scroller, cards: Mapping[str, QWidget]) -> None:
        super().__init__(scroller)
        self._tabs, self._scroller, self._cards = tabs, scroller, cards
        self.elsewhere = ""  # the section that stands outside the scroller now
        self._card: QWidget | None = None  # that is scrolled to
        self._wanted = 0
        tabs.chosen.connect(self.go_to)
        scroller.verticalScrollBar().valueChanged.connect(self._follow)

    def to_top(self) -> None:
        """Begin at the top again."""
        self._scroll_to(0)
        self._tabs.choose(self._first())

    def return_to(self, value: int) -> None:
        """Be where the record before was read, as far as this one goes."""
        self._wanted = value
        QTimer.singleShot(0, self, self._return)

    @Slot()
    def _return(self) -> None:
        self._scroll_to(self._wanted)

    @Slot(str)
    def go_to(self, key: str) -> None:
        """Scroll to a section."""
        self._tabs.choose(key)
        QTimer.singleShot(0, self, self._go)  # after what was just opened has its size

    @Slot()
    def _go(self) -> None:
        card = self._cards[self._tabs.current]
        first = self._tabs.current == self._first()
        self._scroll_to(0 if first else _above(card))

    def go_to_card(self, card: QWidget) -> None:
        """Scroll to a card that has no tab: the tabs would not fit."""
        self._card = card
        QTimer.singleShot(0, self, self._go_to_card)

    @Slot()
    def _go_to_card(self) -> None:
        if self._card is not None:
            self._scroll_to(_above(self._card))

    @Slot(bool)
    def show_form(self, opened: bool) -> None:  # noqa: FBT001 - a slot
        """A form stands where its button was: all of it is to be seen."""
        card = self.sender()
        if opened and isinstance(card, Card):
            self._card = card
            QTimer.singleShot(0, self, self._show_form)

    @Slot()
    def _show_form(self) -> None:
        """To the card; where the form in it would end below the window, as far as shows its end and its buttons."""
        card = self._card
        form: QWidget | None = getattr(card, "form", None)
        if card is not None and form is not None:
            end = card.y() + form.mapTo(card, QPoint(0, form.height())).y() + theme.px(BUTTONS)
            self._scroll_to(max(_above(card), end - self._scroller.viewport().height()))

    @Slot(int)
    def _follow(self, value: int) -> None:
        """The tab follows the scroll; at the very bottom it stays, because several sections are on the screen."""
        bar = self._scroller.verticalScrollBar()
        if value < bar.maximum() or not value:
            told = [(key, card) for key, card in self._cards.items() if self._is_told(key, card)]
            passed = [key for key, card in told if card.y() - theme.px(40) <= value]
            self._tabs.choose(passed[-1] if passed else self._first())

    def _first(self) -> str:
        """The first section that is shown."""
        return next(key for key, card in self._cards.items() if self._is_told(key, card))

    def _is_told(self, key: str, card: QWidget) -> bool:
        return key != self.elsewhere and not card.isHidden()

    def _scroll_to(self, value: int) -> None:
        self._scroller.verticalScrollBar().setValue(value)


def _above(card: QWidget) -> int:
    """Where a card stands at the top, a little below the edge."""
    return card.y() - theme.px(8)
