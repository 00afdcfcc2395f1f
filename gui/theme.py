"""The look of the window: tokens, sizes and fonts, made into a palette and one style sheet.

All colours come from TOKENS, all sizes through `px`, so that large letters and high contrast are one switch each.
Where the system has a high-contrast theme of its own in force (Windows), the tokens are taken from its palette.
"""

from __future__ import annotations

import atexit
import re
from dataclasses import dataclass, replace
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory
from typing import ClassVar

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

import resources
from gui import system_look

# fmt: off
TOKENS = {
    "text": "#1B2430", "text2": "#566273", "hint": "#5B6778",
    "canvas": "#F5F7FA", "surface": "#FFFFFF", "nav": "#EBEFF4", "head": "#F5F7FA",
    "line": "#E2E7ED", "line2": "#CBD3DD", "control": "#8A95A5", "scroll": "#C3CBD6", "off": "#EEF1F5",
    "accent": "#1F5FA8", "accentHover": "#184E8C", "accentDown": "#123E70", "onAccent": "#FFFFFF",
    "tint": "#E8F0FA", "tintLine": "#BBD2EC", "sel": "#DCE9F8", "hover": "#F0F4F9",
    "red": "#C62F2A", "redInk": "#FFFFFF", "redText": "#B3261E", "redTint": "#FDEEEC", "redLine": "#F3C6C1",
    "orange": "#F29339", "orangeInk": "#331A00", "orangeText": "#A34700", "orangeTint": "#FEF1E4",
    "orangeLine": "#F5CFA6",
    "yellow": "#F5CB45", "yellowInk": "#3F2E00", "yellowText": "#7A5900", "yellowTint": "#FFF7DC",
    "yellowLine": "#F0DC9C",
    "green": "#2C7A4B", "greenInk": "#FFFFFF", "greenText": "#1E6B3C", "greenTint": "#E9F5ED", "greenLine": "#BFDFCB",
    "grey": "#697485", "greyInk": "#FFFFFF", "greyText": "#566273", "greyTint": "#EEF1F5", "greyLine": "#CBD3DD",
    "accentText": "#1F5FA8", "accentTint": "#E8F0FA", "accentLine": "#BBD2EC",
    "accentEdge": "#E8F0FA", "redEdge": "#FDEEEC", "orangeEdge": "#FEF1E4", "yellowEdge": "#FFF7DC",
    "greenEdge": "#E9F5ED", "greyEdge": "#EEF1F5",
    "chart": "#2F6FB5", "rest": "#D5DDE7", "restEdge": "#D5DDE7",
    "mine": "#FCE3B0", "theirs": "#CFE0F5", "strip": "#B31B2430", "stripInk": "#FFFFFF",
}
# What high contrast puts in their place: white grounds, black letters and borders, no tints.
CONTRAST = {
    "text": "#000000", "text2": "#000000", "hint": "#333333", "greyText": "#000000",
    "canvas": "#FFFFFF", "nav": "#FFFFFF", "head": "#FFFFFF", "hover": "#FFFFFF",
    "line": "#6B6B6B", "line2": "#000000", "control": "#000000", "scroll": "#6B6B6B", "off": "#EEEEEE",
    "accent": "#003A8C", "accentHover": "#002A66", "accentDown": "#001D47", "accentText": "#003A8C",
    "tint": "#FFFFFF", "accentTint": "#FFFFFF", "redTint": "#FFFFFF", "orangeTint": "#FFFFFF",
    "yellowTint": "#FFFFFF", "greenTint": "#FFFFFF", "greyTint": "#FFFFFF",
    "tintLine": "#003A8C", "accentLine": "#003A8C", "redLine": "#A30000", "orangeLine": "#7A3300",
    "yellowLine": "#5C4300", "greenLine": "#00522B", "greyLine": "#000000", "sel": "#CFE3FF",
    "red": "#A30000", "redText": "#A30000", "orangeText": "#7A3300", "yellowText": "#5C4300",
    "green": "#00522B", "greenText": "#00522B", "grey": "#333333",
    "accentEdge": "#003A8C", "redEdge": "#A30000", "orangeEdge": "#7A3300", "yellowEdge": "#5C4300",
    "greenEdge": "#00522B", "greyEdge": "#000000",
    "chart": "#003A8C", "rest": "#FFFFFF", "restEdge": "#000000", "strip": "#000000",
}
# Letters: role → size in pixels and boldness (五号 = 14 px is the body, so the screen looks like the paper).
LETTERS = {
    "display": (28, True), "title": (20, True), "h2": (16, True), "body": (14, False), "bold": (14, True),
    "cell": (13, False), "cellBold": (13, True), "small": (12, False), "chip": (13, True),
}
# fmt: on

# Windows; UOS and Debian; Kylin; old images.
FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "思源黑体",
    "方正黑体_GBK",
    "FZHei-B01",
    "WenQuanYi Micro Hei",
    "sans-serif",
)
LARGE = 1.25
LINE = 1.6  # height of a line of running text, in em
COLOURED = ("arrow", "tick")  # icons that the style sheet names: it cannot colour them by itself


@dataclass(frozen=True)
class Look:
    """What the user chose of the look, and what the system asks for."""

    large: bool = False
    contrast: bool = False
    system: bool = False  # a high-contrast theme of the system: its palette instead of our colours


class _Now:
    """The look in force. There is one application, so there is one look."""

    look = Look()
    tokens = TOKENS
    families: tuple[str, ...] = FAMILIES
    fonts: ClassVar[dict[str, QFont]] = {}
    icons: Path = resources.path("icons")
    drawn: TemporaryDirectory[str] | None = None  # icons of the style sheet in the colours of the system


def px(size: float) -> int:
    """A size of the design in pixels of this look."""
    return round(size * (LARGE if _Now.look.large else 1))


def token(name: str) -> str:
    """The value of a colour token."""
    return _Now.tokens[name]


def colour(name: str) -> QColor:
    """A colour token as a colour."""
    return QColor(_Now.tokens[name])


def look() -> Look:
    """The look in force."""
    return _Now.look


def font(role: str = "body") -> QFont:
    """The font of a role, its figures of equal width. Lists ask for it at every cell, so it is made once a look."""
    made = _Now.fonts.get(role)
    if made is None:
        size, bold = LETTERS[role]
        made = _Now.fonts[role] = QFont()
        made.setFamilies(list(_Now.families))
        made.setPixelSize(px(size))
        made.setBold(bold)
        made.setFeature(QFont.Tag("tnum"), 1)
    return QFont(made)  # whoever changes his own does not change ours


def line_percent(role: str = "body") -> float:
    """The line height of running text as Qt counts it: in percent of the font's own height."""
    made = font(role)
    return 100 * LINE * made.pixelSize() / QFontMetrics(made).height()


def apply(app: QApplication, chosen: Look | None = None) -> None:
    """Dress the application as the user chose, or as the system asks."""
    look = chosen or Look()
    asked = system_look.wanted(app)
    look = replace(look, contrast=look.contrast or asked.contrast, system=look.system or asked.theme)
    there = set(QFontDatabase.families())
    # A family that is not there costs Qt a slow search for a stand-in; the last one is generic and always kept.
    _Now.families = (*(name for name in FAMILIES[:-1] if name in there), FAMILIES[-1])
    app.setStyle(QStyleFactory.create("Fusion"))
    _Now.look, _Now.tokens = look, _tokens(app, look)
    _Now.fonts.clear()
    _forget_icons()
    _Now.icons = _draw_icons() if look.system else resources.path("icons")
    app.setPalette(_palette())
    app.setFont(font())
    app.setStyleSheet(style_sheet())


def _tokens(app: QApplication, look: Look) -> dict[str, str]:
    if look.system:
        return system_look.tokens(system_look.palette(app), TOKENS)
    return TOKENS | (CONTRAST if look.contrast else {})


@atexit.register
def _forget_icons() -> None:
    if _Now.drawn is not None:
        _Now.drawn.cleanup()
        _Now.drawn = None


def _draw_icons() -> Path:
    """The icons that the style sheet names, in the colours of the system."""
    _Now.drawn = TemporaryDirectory(prefix="huangai-look-")
    folder = Path(_Now.drawn.name)
    for name, tone in zip(COLOURED, ("text", "onAccent"), strict=True):
        drawn = resources.path(f"icons/{name}.svg").read_text(encoding="utf-8")
        (folder / f"{name}.svg").write_text(
            re.sub(r'stroke="#\w+"', f'stroke="{token(tone)}"', drawn), encoding="utf-8"
        )
    return folder


def style_sheet() -> str:
    """The one style sheet, its tokens filled in and its sizes scaled."""
    text = resources.path("style/window.qss").read_text(encoding="utf-8")
    scaled = re.sub(
        r"(?<![\w#])(\d+)px", lambda found: f"{px(int(found[1])) if int(found[1]) > 3 else found[1]}px", text
    )
    return Template(scaled).substitute(_Now.tokens, icons=_Now.icons.as_posix())


def _palette() -> QPalette:
    made = QPalette()
    role = QPalette.ColorRole
    # fmt: off
    for part, name in (
        (role.Window, "canvas"), (role.WindowText, "text"), (role.Base, "surface"), (role.AlternateBase, "canvas"),
        (role.Text, "text"), (role.Button, "surface"), (role.ButtonText, "text"), (role.Highlight, "accent"),
        (role.HighlightedText, "onAccent"), (role.ToolTipBase, "surface"), (role.ToolTipText, "text"),
        (role.PlaceholderText, "hint"), (role.Link, "accent"), (role.Mid, "line2"), (role.Light, "surface"),
        (role.Midlight, "line"), (role.Dark, "control"), (role.BrightText, "onAccent"),
    ):
        made.setColor(part, colour(name))
    # fmt: on
    for part in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, part, colour("hint"))
    return made
