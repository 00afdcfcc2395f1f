"""What a person would see at once: words that are cut off, lights without a name, two blue buttons, overlaps."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QTableView,
    QWidget,
)

from gui import theme
from gui.tables.sheet import SheetView
from gui.tables.view import LineView
from gui.widgets.chips import Light
from gui.widgets.counts import CountButton
from gui.widgets.labels import Elided, Prose
from gui.widgets.thumbnails import Thumbnails

EDGE = 24  # where everything on a page begins


def seen(root: QWidget, kind: type = QWidget) -> list:
    return [one for one in root.findChildren(kind) if one.isVisible()]


# ------------------------------------------------------------------------------------- words


def cut_off(root: QWidget) -> list[str]:
    """Visible words that have less room than they need."""
    return [f"{type(one).__name__} {said!r} {one.width()}x{one.height()} needs {one.sizeHint()}"
            for one in seen(root) if (said := _cut(one))] + list(_headings(root))  # fmt: skip


def _cut(one: QWidget) -> str:  # noqa: PLR0911 - a table of kinds
    match one:
        case Prose():
            return one.text if one.height() < one.heightForWidth(one.width()) else ""
        case Elided():
            return ""
        case QLabel() if one.wordWrap():
            return one.text() if one.height() < one.heightForWidth(one.width()) else ""
        case QLabel() | QCheckBox() | QRadioButton():
            return one.text() if one.text() and one.width() < one.sizeHint().width() else ""
        case CountButton():
            return ""
        case QPushButton():
            return one.text() if one.text() and one.width() < one.sizeHint().width() else ""
        case QLineEdit() if one.placeholderText() and not one.text():
            room = one.contentsRect().width() - 2 * theme.px(8) - 4
            return one.placeholderText() if _wide(one, one.placeholderText()) > room else ""
        case QComboBox() if not one.isEditable():
            return one.currentText() if _wide(one, one.currentText()) > one.width() - theme.px(28) else ""
    return ""


def _wide(one: QWidget, text: str) -> int:
    return QFontMetrics(one.font()).horizontalAdvance(text)


def _headings(root: QWidget) -> Iterator[str]:
    for header in seen(root, QHeaderView):
        view, model = header.parent(), header.model()
        if model is None or header.orientation() != Qt.Orientation.Horizontal or not isinstance(view, LineView):
            continue
        metrics = QFontMetrics(theme.font("cell"))
        for at in range(header.count()):
            text = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
            room = header.sectionSize(at) - theme.px(view.pad(at)) - theme.px(4)
            if not header.isSectionHidden(at) and metrics.horizontalAdvance(text) > room:
                yield f"heading {text!r} of {view.accessibleName()}: {header.sectionSize(at)}"


def nameless(root: QWidget) -> list[str]:
    """Visible controls that say nothing to somebody who cannot see them."""
    kinds = (Light, QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
    buddies = {label.buddy() for label in root.findChildren(QLabel) if label.buddy() is not None}
    return [
        f"{type(one).__name__} in {type(one.parent()).__name__}"
        for one in seen(root)
        if isinstance(one, kinds)
        and not one.accessibleName()
        and not (isinstance(one, QAbstractButton) and one.text())
        and one not in buddies
        and not _inner(one)
    ]


def _inner(one: QWidget) -> bool:
    """A part that Qt itself puts into a control: the corner of a table, the line of a combo box."""
    return isinstance(one, QHeaderView) or (
        isinstance(one.parent(), QComboBox | QTableView | QLineEdit) and not isinstance(one, QPushButton)
    )


def primaries(root: QWidget) -> list[str]:
    """The blue buttons on the screen."""
    return [one.text().strip() for one in seen(root, QPushButton)
            if one.isEnabled() and one.property("kind") == "primary"]  # fmt: skip


# ------------------------------------------------------------------------------------- places


def overlapping(root: QWidget) -> list[str]:
    """Parts that one layout has put over each other, because there was no room for them."""
    found = []
    for parent in [root, *seen(root)]:
        if parent.layout() is None:
            continue
        parts = [one for one in _laid_out(parent.layout()) if one.isVisible() and one.parent() is parent]
        boxes = [(one, one.geometry()) for one in parts]
        for at, (one, box) in enumerate(boxes):
            for other, others in boxes[at + 1 :]:
                common = box.intersected(others)
                if common.width() > 1 and common.height() > 1:
                    found.append(f"{_say(one)} and {_say(other)} in {type(parent).__name__}: {common}")
    return found


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        if item.widget() is not None:
            yield item.widget()
        elif item.layout() is not None:
            yield from _laid_out(item.layout())


def _say(one: QWidget) -> str:
    text = one.text() if isinstance(one, QLabel | QAbstractButton) else one.accessibleName()
    return f"{type(one).__name__} {text[:20]!r}"


def sideways(root: QWidget) -> list[str]:
    """Scroll bars at the bottom of anything but a sheet or a strip of photos, which are as wide as they are."""
    return [
        f"{type(one.parent().parent()).__name__} scrolls sideways by {one.maximum()}"
        for one in seen(root, QScrollBar)
        if one.orientation() == Qt.Orientation.Horizontal and one.maximum() > 0 and not _may_be_wide(one)
    ]


def _may_be_wide(one: QWidget) -> bool:
    while one is not None:
        if isinstance(one, SheetView | Thumbnails):
            return True
        one = one.parentWidget()
    return False


def edges(page: QWidget) -> list[str]:
    """Parts that begin left of the line on which everything begins; "" if nothing begins on it."""
    line = theme.px(EDGE)
    left: dict[str, int] = {}
    for one in seen(page):
        if not _begins_something(one):
            continue
        x = one.mapTo(page, QPoint(0, 0)).x()
        left[f"{_say(one)} at {x}"] = x
    early = [said for said, x in left.items() if x < line - theme.px(10)]  # quiet buttons have a margin of their own
    if left and not any(abs(x - line) <= 1 for x in left.values()):
        early.append(f"nothing begins at {line}: {sorted(set(left.values()))[:4]}")
    return early


def _begins_something(one: QWidget) -> bool:
    if isinstance(one, QLabel | QLineEdit | QPushButton | QCheckBox | QRadioButton):
        return not (isinstance(one, QLabel) and not one.text())
    return isinstance(one, QFrame) and one.objectName() == "card"


# ------------------------------------------------------------------------------------- the way of Tab


def reachable(window: QWidget) -> list[QWidget]:
    """The visible controls that Tab must come to; of choices that exclude each other one is enough."""
    return [
        one
        for one in seen(window)
        if one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
    ]


def tab_through(window: QWidget) -> list[QWidget]:
    """The controls in the order in which Tab comes to them, once around."""
    first = QApplication.focusWidget()
    visited: list[QWidget] = []
    for _ in range(300):
        now = QApplication.focusWidget()
        if now in visited:
            break
        if now is not None and now is not first:
            visited.append(now)
        elif now is first and visited:
            break
        if isinstance(now, QTableView) and now.model() is not None:  # Tab may lead through its cells
            now.setCurrentIndex(now.model().index(now.model().rowCount() - 1, now.model().columnCount() - 1))
        (now or window).focusNextPrevChild(True)
    if first is not None and first.focusPolicy() & Qt.FocusPolicy.TabFocus:
        visited.append(first)
    return visited


def missed(window: QWidget, visited: list[QWidget]) -> list[str]:
    """Controls that Tab never comes to."""
    return [_say(one) for one in reachable(window) if one not in visited and not _one_of_many(one, visited)]


def _one_of_many(one: QWidget, visited: list[QWidget]) -> bool:
    if not isinstance(one, QAbstractButton):
        return False
    group = one.group()
    if group is not None and group.exclusive():
        return any(other in visited for other in group.buttons())
    beside = (other for other in visited if isinstance(other, type(one)) and other.parent() is one.parent())
    return one.autoExclusive() and any(beside)


def zone(window: QWidget, one: QWidget) -> int:
    """Where a control stands on the way that the design gives: page from header to foot, then the navigation."""
    page = window.page
    inside = one
    while inside is not None:
        if inside is window.navigation:
            return 4
        if inside is window.status:
            return 5
        if inside is page.header:
            return 0
        if inside.objectName() == "foot":
            return 3
        if inside is page:
            return 1
        inside = inside.parentWidget()
    return 2


def unseen_focus(controls: list[QWidget]) -> list[str]:
    """Controls that look the same with the focus and without it."""
    found = []
    for one in controls:
        scroll(one)
        one.clearFocus()
        without = one.grab().toImage()
        one.setFocus(Qt.FocusReason.TabFocusReason)
        if one.grab().toImage() == without:
            found.append(_say(one))
    return found


def scroll(one: QWidget) -> None:
    """Bring a control into view, as Tab does."""
    parent = one.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(one)
        parent = parent.parentWidget()


def inside(window: QWidget) -> list[str]:
    """Parts of the frame that reach beyond the window."""
    whole = QRect(QPoint(0, 0), window.size())
    return [_say(one) for one in (window.navigation, window.desk, window.status)
            if not whole.contains(QRect(one.mapTo(window, QPoint(0, 0)), one.size()))]  # fmt: skip
