"""The style sheet and its colours: all letters can be read on their grounds."""

from __future__ import annotations

import pytest

from gui import theme
from gui.app import dress


def test_the_style_sheet_has_no_open_ends(dressed):
    text = theme.style_sheet()
    assert "$" not in text
    for line in text.splitlines():
        assert line.count("{") == line.count("}")


def luminance(colour):
    parts = [part / 255 for part in (colour.red(), colour.green(), colour.blue())]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, second):
    high, low = sorted((luminance(theme.colour(first)), luminance(theme.colour(second))), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", [theme.Look(), theme.Look(contrast=True)], ids=["plain", "high contrast"])
def test_all_letters_can_be_read_on_their_grounds(qapp, look):
    dress(qapp, look)
    try:
        for tone in ("red", "orange", "yellow", "green", "grey"):
            assert contrast(f"{tone}Ink", tone) >= 4.5, tone
            assert contrast(f"{tone}Text", f"{tone}Tint") >= 4.5, tone
            assert contrast(f"{tone}Text", "surface") >= 4.5, tone
            assert contrast(f"{tone}Text", "sel") >= 4.5, tone
        for ground in ("surface", "canvas", "nav", "sel", "tint", "head"):
            for letters in ("text", "text2", "hint"):
                assert contrast(letters, ground) >= 4.2, (letters, ground)
        assert contrast("onAccent", "accent") >= 4.5
        assert contrast("control", "surface") >= 3
    finally:
        dress(qapp, theme.Look())
