"""The icons: each that is named is there, each that is there is named, all drawn alike, their licence beside them."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import resources
from gui import icons, theme

ROOT = Path(__file__).resolve().parents[2]
FOLDER = resources.path("icons")
NAMES = sorted(path.stem for path in FOLDER.glob("*.svg"))
IN_STYLE = ("arrow", "tick")  # named by the style sheet; it cannot colour them


def _words() -> set[str]:
    """Every string of the window, docstrings included: an icon is named by one of them."""
    found: set[str] = set()
    for path in (ROOT / "gui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def _named() -> set[str]:
    """Icons named where only an icon can be meant."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "gui").rglob("*.py"))
    calls = r"(?:icons\.(?:icon|pixmap)|\bpicture|\bEmpty)\(\s*\"([a-z]+)\"|\bicon=\"([a-z]+)\""
    sheet = resources.path("style/window.qss").read_text(encoding="utf-8")
    return {one or other for one, other in re.findall(calls, text)} | set(re.findall(r"icons/([a-z]+)\.svg", sheet))


def test_every_icon_that_is_named_is_there():
    assert _named() - set(NAMES) == set()


def test_every_icon_that_is_there_is_named():
    words = _words() | set(IN_STYLE)
    assert [name for name in NAMES if name not in words] == []


@pytest.mark.parametrize("name", NAMES)
def test_icons_are_drawn_alike_and_take_their_colour_from_a_token(dressed, name):
    drawn = ET.fromstring((FOLDER / f"{name}.svg").read_text(encoding="utf-8"))  # noqa: S314 - our own file
    assert drawn.get("viewBox") == "0 0 24 24"
    if name in IN_STYLE:
        assert re.fullmatch("#[0-9A-F]{6}", drawn.get("stroke") or "")
    elif name == "more":  # three dots
        assert drawn.get("fill") == "currentColor"
    else:
        assert drawn.get("fill") == "none"
        assert drawn.get("stroke") == "currentColor"
        assert drawn.get("stroke-width") == "1.75"
    image = icons.pixmap(name, "accent", 20, 2).toImage()
    inked = [image.pixelColor(x, y) for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() > 250]
    assert len(inked) > 5
    if name not in IN_STYLE:
        assert all(abs(one.blue() - theme.colour("accent").blue()) < 8 for one in inked)


def test_the_licence_lies_beside_them():
    text = resources.path("licences/icons.txt").read_text(encoding="utf-8")
    assert "resources/icons" in text
    assert "licence" in text


def test_no_other_pictures_lie_among_them():
    assert {path.suffix for path in FOLDER.iterdir()} <= {".svg", ".ico"}


def test_every_icon_that_is_named_is_there_and_drawn(dressed):
    named = set()
    for file in (ROOT / "gui").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        named |= set(re.findall(r'icon="(\w+)"', text))
        named |= set(re.findall(r'(?:picture|icon|Empty)\("(\w+)"', text))
    assert len(named) > 20
    for name in sorted(named):
        assert resources.path(f"icons/{name}.svg").is_file(), name
        image = icons.pixmap(name, "text", 18, 2).toImage()
        drawn = [image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height())]
        assert max(drawn) > 200, name
