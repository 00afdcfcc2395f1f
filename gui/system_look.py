"""What the system asks of the look: more contrast, or a high-contrast theme of its own whose palette is to be taken."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

_SPI_GETHIGHCONTRAST, _HCF_ON = 0x42, 1
LEGIBLE = 4.5  # WCAG AA for text


@dataclass(frozen=True)
class Wanted:
    """What the system asks for."""

    contrast: bool = False  # more contrast, in colours of our own
    theme: bool = False  # the colours of the system and no others


class _HighContrast(ctypes.Structure):
    _fields_ = (("size", ctypes.c_uint), ("flags", ctypes.c_uint), ("scheme", ctypes.c_wchar_p))


def wanted(app: QApplication) -> Wanted:
    """What the system asks for now."""
    if windows_theme():
        return Wanted(theme=True)
    hints: Any = app.styleHints()
    if not hasattr(hints, "accessibility"):  # Qt below 6.10 cannot tell
        return Wanted()
    return Wanted(contrast=hints.accessibility().contrastPreference().name == "HighContrast")


def windows_theme() -> bool:
    """Whether one of the high-contrast themes of Windows is in force."""
    if sys.platform != "win32":
        return False
    asked = _HighContrast(ctypes.sizeof(_HighContrast), 0, None)
    told = ctypes.windll.user32.SystemParametersInfoW(_SPI_GETHIGHCONTRAST, asked.size, ctypes.byref(asked), 0)
    return bool(told) and bool(asked.flags & _HCF_ON)


def palette(app: QApplication) -> QPalette:
    """The palette of the system, without what we put over it."""
    app.setPalette(QPalette())
    return app.palette()


def tokens(found: QPalette, ours: Iterable[str]) -> dict[str, str]:
    """All tokens out of a palette: its ground, its letters, and its pair for what is chosen; no tints, no tones."""
    role = QPalette.ColorRole
    ground, text = found.color(role.Window), found.color(role.WindowText)
    chosen, on_chosen = found.color(role.Highlight), found.color(role.HighlightedText)
    quiet = found.color(QPalette.ColorGroup.Disabled, role.WindowText)
    hint = quiet if ratio(quiet, ground) >= LEGIBLE else text
    accent = chosen if ratio(chosen, ground) >= LEGIBLE else text
    ink = on_chosen if accent == chosen else ground
    mixed = _mix(ground, chosen)
    marked = mixed if ratio(text, mixed) >= LEGIBLE else ground
    made: dict[str, str] = {}
    for name in ours:
        if name in _GROUNDS or name.endswith("Tint"):
            value = ground
        elif name in _MARKED:
            value = marked
        elif name == "hint":
            value = hint
        elif name in _CHOSEN or name == "tintLine":
            value = accent
        elif name == "onAccent":
            value = ink
        elif name.endswith("Ink"):
            value = ground
        else:
            value = text
        made[name] = value.name()
    return made


_GROUNDS = {"canvas", "surface", "nav", "head", "off", "tint", "rest", "stripInk"}
_MARKED = {"sel", "hover", "mine", "theirs"}  # grounds that must be told from the others
_CHOSEN = {"accent", "accentHover", "accentText", "accentLine", "accentEdge"}


def _mix(ground: QColor, over: QColor, share: float = 0.25) -> QColor:
    """A ground with a breath of another colour."""
    pairs = ((ground.redF(), over.redF()), (ground.greenF(), over.greenF()), (ground.blueF(), over.blueF()))
    return QColor.fromRgbF(*(low * (1 - share) + high * share for low, high in pairs))


def ratio(one: QColor, other: QColor) -> float:
    """The contrast of two colours as WCAG counts it: 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: QColor) -> float:
    """The relative luminance of a colour as WCAG counts it: 0 to 1."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())
