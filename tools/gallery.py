"""The gallery: every part of the window in every state as PNG, for a person to look at.

`python tools/dev.py gallery [FOLDER]` draws the sheets of gallery_parts.py and gallery_states.py in the looks normal,
large, contrast and system (a dark high-contrast theme of Windows), each for screens of the ratios 1 and 2.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import gallery_parts
import gallery_states
from gallery_sheet import HOVER, POSED
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPalette, QPixmap, QRegion
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from gui import offscreen, system_look, theme
from gui.app import dress
from gui.pictures import application

ROOT = Path(__file__).resolve().parent.parent
LOOKS = {
    "normal": theme.Look(),
    "large": theme.Look(large=True),
    "contrast": theme.Look(contrast=True),
    "system": theme.Look(system=True),
}
SHEETS = {made.__name__.replace("_", "-"): made for made in (*gallery_parts.SHEETS, *gallery_states.SHEETS)}
RATIOS = (1, 2)
OUT = ROOT / "gallery-out"
# The theme that Windows calls “高对比度黑色”: ground, letters, chosen, letters on it, disabled letters.
WINDOWS_BLACK = ("#000000", "#FFFFFF", "#1AEBFF", "#000000", "#3FF23F")


def windows_palette(colours: Iterable[str] = WINDOWS_BLACK) -> QPalette:
    """The palette that a high-contrast theme of Windows gives."""
    ground, text, chosen, on_chosen, off = (QColor(one) for one in colours)
    made, role = QPalette(ground), QPalette.ColorRole
    for part in (role.Window, role.Base, role.Button):
        made.setColor(part, ground)
    for part in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(part, text)
        made.setColor(QPalette.ColorGroup.Disabled, part, off)
    made.setColor(role.Highlight, chosen)
    made.setColor(role.HighlightedText, on_chosen)
    return made


@contextmanager
def dressed(app: QApplication, look: theme.Look) -> Iterator[None]:
    """Wear a look for a while."""
    of_system = system_look.palette
    system_look.palette = lambda _app: windows_palette()
    try:
        dress(app, look)
        yield
    finally:
        system_look.palette = of_system
        dress(app, theme.Look())


@contextmanager
def shown(name: str) -> Iterator[QWidget]:
    """A sheet on the screen, laid out."""
    made = SHEETS[name]()
    try:
        made.show()
        made.activateWindow()
        rest()
        layout = made.layout()
        assert layout is not None  # noqa: S101 - every sheet has one
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        made.setMinimumHeight(0)
        for _ in range(2):  # wrapped words know their height only when they know their width
            tall = layout.heightForWidth(made.width()) if layout.hasHeightForWidth() else layout.sizeHint().height()
            made.resize(made.width(), tall)
            rest()
        if (first := made.focusWidget()) is not None:
            first.clearFocus()
        yield made
    finally:
        made.close()
        made.deleteLater()
        QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)  # outside of a loop it would only pile up


def rest() -> None:
    """Let Qt do what is due."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()


def draw(made: QWidget, ratio: float = 1) -> QPixmap:
    """A sheet as a picture; parts that are posed are drawn once more, with the mouse over them or with the focus."""
    taken = QPixmap(made.size() * ratio)
    taken.setDevicePixelRatio(ratio)
    made.render(taken)
    for part in posed(made):
        with as_posed(part):
            box = QRect(part.mapTo(made, QPoint()), part.size())
            painter = QPainter(taken)
            made.render(painter, box.topLeft(), QRegion(box))
            painter.end()
    return taken


def posed(made: QWidget) -> list[QWidget]:
    """The parts that are to be drawn as if they had the mouse or the focus."""
    return [part for part in made.findChildren(QWidget) if part.property(POSED)]


@contextmanager
def as_posed(part: QWidget) -> Iterator[None]:
    """Give a part the mouse or the focus for a while."""
    if part.property(POSED) == HOVER:
        part.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        _move_mouse(part, part.rect().center())
        yield
        part.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
        _move_mouse(part, QPoint(-9, -9))
    else:
        part.setFocus(Qt.FocusReason.TabFocusReason)
        rest()
        yield
        part.clearFocus()
        rest()


def _move_mouse(part: QWidget, to: QPoint) -> None:
    """Buttons know of the mouse by its moves alone."""
    none = Qt.MouseButton.NoButton
    where = (QPointF(to), QPointF(part.mapToGlobal(to)))
    QCoreApplication.sendEvent(
        part, QMouseEvent(QEvent.Type.MouseMove, *where, none, none, Qt.KeyboardModifier.NoModifier)
    )


def build(folder: Path, looks: Iterable[str] = LOOKS, ratios: Iterable[float] = RATIOS) -> list[Path]:
    """Draw all sheets."""
    folder.mkdir(parents=True, exist_ok=True)
    app = application()
    made: list[Path] = []
    for look in looks:
        with dressed(app, LOOKS[look]):
            for name in SHEETS:
                with shown(name) as one:
                    for ratio in ratios:
                        path = folder / f"{name}-{look}{f'@{ratio:g}' if ratio != 1 else ''}.png"
                        draw(one, ratio).save(str(path))
                        made.append(path)
    return made


def main() -> int:
    """Draw the gallery into a folder."""
    given = argparse.ArgumentParser(description="把窗口的每一种部件、每一种状态画成图片")
    given.add_argument("folder", type=Path, nargs="?", default=OUT)
    asked = given.parse_args()
    offscreen.choose_platform()
    made = build(asked.folder)
    print(f"{len(made)} 张图片在：{asked.folder.resolve()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
