"""What every tab of 自查自纠 is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from gui.panel import Panel
from gui.places import Place

CHECKS = "checks"  # the tab of the list
SEEK = "seek"  # a view of a place: one comes to find something


class Tab(Panel):
    """A panel that answers to the keys of the page, where it has something to say to them."""

    tools: Sequence[QWidget] = ()  # what stands in the header of the page while this tab is seen

    @property
    def is_dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return False

    def drop(self) -> None:
        """The page is left: it waits as a draft."""

    def save_then(self, after: Callable[[], Any]) -> None:
        """Save it, and call when it is saved; not at all where it is refused."""
        self.save()
        after()

    def reach(self, place: Place) -> None:
        """Show what a place names."""

    def seek(self) -> None:
        """Ctrl+F."""

    def make_new(self) -> None:
        """Ctrl+N."""

    def save(self) -> None:
        """Ctrl+S."""
