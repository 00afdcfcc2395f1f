"""The way of the Tab key: as the page reads, whatever was built first or last.

Qt walks widgets in the order in which they were made. Here parts of pages are made when they are first needed, so the
order is read from the layouts instead, each time the key is pressed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLayout, QScrollArea, QSplitter, QWidget


def step(roots: Sequence[QWidget], *, forward: bool) -> bool:
    """Give the focus to the next control of these parts of the window, or to the one before. False: there is none."""
    way = list(chain.from_iterable(_walk(root) for root in roots))
    now = QApplication.focusWidget()
    at = way.index(now) if now in way else -1 if forward else len(way)
    later = [*way[at + 1 :], *way[: max(at, 0)]]
    earlier = [*reversed(way[: max(at, 0)]), *reversed(way[at + 1 :])]
    target = next((one for one in (later if forward else earlier) if _takes_focus(one)), None)
    if target is None:
        return False
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    reveal(target)
    return True


def reveal(target: QWidget) -> None:
    """Bring a part into sight, whatever scrolls around it."""
    around = target.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(target)
        around = around.parentWidget()


def _takes_focus(one: QWidget) -> bool:
    tabbed = one.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(tabbed) and one.isVisible() and one.isEnabled() and one.focusProxy() is None


def _walk(widget: QWidget) -> Iterator[QWidget]:
    """A widget and all that is in it and can be seen, in the order in which it is read."""
    if not widget.isVisible():
        return
    yield widget
    for part in _parts(widget):
        yield from _walk(part)


def _parts(widget: QWidget) -> list[QWidget]:
    layout = widget.layout()
    laid = [] if layout is None else list(_laid(layout))
    if isinstance(widget, QSplitter):
        laid = [part for at in range(widget.count()) if (part := widget.widget(at)) is not None]
    others = (one for one in widget.children() if isinstance(one, QWidget) and not one.isWindow())
    return list(dict.fromkeys([*laid, *others]))


def _laid(layout: QLayout) -> Iterator[QWidget]:
    places = range(layout.count())
    if isinstance(layout, QGridLayout):
        grid = layout
        places = sorted(places, key=lambda at: grid.getItemPosition(at)[:2])  # pyright: ignore[reportIndexIssue]
    for at in places:
        item = layout.itemAt(at)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:  # pyright: ignore[reportUnnecessaryComparison]
            yield widget
        elif inner is not None:  # pyright: ignore[reportUnnecessaryComparison]
            yield from _laid(inner)
