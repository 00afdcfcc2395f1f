"""The gallery of parts: whole in every look, named, told apart by those who see no colours, focus always visible."""

from __future__ import annotations

import importlib.util
import re
import sys
from itertools import combinations
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QTableView

from gui import system_look, theme
from gui.app import dress
from gui.system_look import luminance, ratio
from gui.widgets.chips import ORDER, SIDE, paint_light
from models.domain import words
from tests.gui.looks import cut_off, nameless

TOOLS = Path(__file__).resolve().parents[2] / "tools"


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


sheets = _load("gallery_sheet")
for one in ("gallery_parts", "gallery_states"):
    _load(one)
gallery = _load("gallery")
LOOKS = pytest.mark.parametrize("look", gallery.LOOKS)


@pytest.fixture
def worn(qapp, look):
    """The application in a look."""
    with gallery.dressed(qapp, gallery.LOOKS[look]):
        yield


# ---------------------------------------------------------------------------------------------- the sheets


@LOOKS
@pytest.mark.parametrize("sheet", gallery.SHEETS)
def test_every_part_is_whole_and_has_a_name(worn, sheet):
    with gallery.shown(sheet) as made:
        assert cut_off(made) == []
        assert nameless(made) == []
        for one in made.findChildren(QLineEdit) + made.findChildren(QComboBox) + made.findChildren(QPlainTextEdit):
            inner = isinstance(one.parent(), QComboBox)  # the line of a box that can be typed into
            assert inner or not one.isVisible() or one.accessibleName(), one


def test_the_gallery_is_a_folder_of_pictures_for_both_kinds_of_screens(qapp, tmp_path):
    made = gallery.build(tmp_path / "new", ["normal"], (1, 2))
    assert len(made) == 2 * len(gallery.SHEETS)
    for path in made:
        picture = QImage(str(path))
        twin = QImage(str(path.with_name(path.name.replace("@2", ""))))
        assert picture.width() == twin.width() * (2 if "@2" in path.name else 1)
        colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
        assert len(colours) > 3, path


def test_large_letters_make_everything_larger_by_a_quarter(qapp):
    sizes = []
    for look in ("normal", "large"):
        with gallery.dressed(qapp, gallery.LOOKS[look]), gallery.shown("buttons") as made:
            sizes.append((made.width(), made.height()))
    (wide, tall), (wider, taller) = sizes
    assert wider == wide * 1.25
    assert 1.2 < taller / tall < 1.3


@LOOKS
@pytest.mark.parametrize("sheet", ["buttons", "views-and-filters", "fields", "choices", "tables", "ways", "photos"])
def test_the_focus_is_visible(worn, sheet):
    with gallery.shown(sheet) as made:
        parts_ = [one for one in gallery.posed(made) if one.property(sheets.POSED) == sheets.FOCUS]
        assert parts_
        for part in parts_:
            before = _snap(part)
            with gallery.as_posed(part):
                assert part.hasFocus() or isinstance(part, QTableView)
                after = _snap(part)
            assert _differing(before, after) >= (part.width() + part.height()) // 4, part


@pytest.mark.parametrize("sheet", ["buttons", "views-and-filters"])
def test_the_mouse_is_answered(qapp, sheet):
    dress(qapp, theme.Look())
    with gallery.shown(sheet) as made:
        for part in gallery.posed(made):
            if part.property(sheets.POSED) != sheets.HOVER:
                continue
            before = _snap(part)
            with gallery.as_posed(part):
                assert _differing(before, _snap(part)) > 20, part


def _snap(part) -> QImage:
    return part.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def _differing(one: QImage, other: QImage) -> int:
    pixels = (memoryview(cast("bytes", picture.constBits())).cast("I") for picture in (one, other))
    return sum(a != b for a, b in zip(*pixels, strict=True))


# ---------------------------------------------------------------------------------------------- contrast


# fmt: off
# What the design promises of the normal look: letters, ground, least contrast.
PROMISED = (
    ("text", "surface", 15.5), ("text2", "surface", 6.1), ("accent", "surface", 6.4), ("control", "surface", 3.0),
    ("redInk", "red", 5.4), ("redText", "surface", 6.4), ("orangeInk", "orange", 6.9), ("orangeText", "surface", 6.0),
    ("yellowInk", "yellow", 8.4), ("yellowText", "surface", 6.3), ("greenInk", "green", 5.2),
    ("greenText", "surface", 6.4), ("greyInk", "grey", 4.7), ("onAccent", "chart", 5.0),
)
# fmt: on
GROUNDS = ("surface", "canvas", "nav", "head", "tint", "sel", "off")


def test_the_normal_look_keeps_what_the_design_promises(dressed):
    for letters, ground, least in PROMISED:
        assert _contrast(letters, ground) >= least, (letters, ground, _contrast(letters, ground))
    for ground in GROUNDS:
        assert _contrast("hint", ground) >= 4.6, ground
    for tone in ("red", "orange", "yellow", "green", "accent"):
        assert _contrast(f"{tone}Text", "sel") >= 4.9, tone
    assert _contrast("text", "sel") >= 4.9
    assert _contrast("text2", "sel") >= 4.9


@LOOKS
def test_letters_can_be_read_in_every_look(worn, look):
    for ground in GROUNDS:
        assert _contrast("text", ground) >= 7, ground
        assert _contrast("text2", ground) >= 4.5, ground
    for ground in ("surface", "canvas", "sel"):
        assert _contrast("accent", ground) >= 4.5, ground
    for tone in ("red", "orange", "yellow", "green", "grey", "accent"):
        assert _contrast(f"{tone}Text", f"{tone}Tint") >= 4.5, tone
        assert _contrast(f"{tone}Text", "surface") >= 4.5, tone
        if tone != "accent":
            assert _contrast(f"{tone}Ink", tone) >= 4.5, tone
    for ground in ("accent", "accentHover", "accentDown", "chart"):
        assert _contrast("onAccent", ground) >= 4.5, ground
    assert _contrast("control", "surface") >= 3, "borders of fields"
    assert _contrast("mine", "text") >= 7
    assert _contrast("theirs", "text") >= 7


@pytest.mark.parametrize("look", ["contrast", "system"])
def test_high_contrast_is_high(worn):
    for letters in ("text", "text2", "accent", "redText", "orangeText", "yellowText", "greenText", "hint"):
        assert _contrast(letters, "surface") >= 7, letters
    for border in ("control", "line2", "redEdge", "greyEdge", "restEdge", "tintLine"):
        assert _contrast(border, "surface") >= 4.5, border


def _contrast(one: str, other: str) -> float:
    return ratio(theme.colour(one), theme.colour(other))


def test_contrast_is_counted_as_the_standard_does():
    assert ratio(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert ratio(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.01)
    assert ratio(QColor("#FFFFFF"), QColor("#777777")) == ratio(QColor("#777777"), QColor("#FFFFFF"))


# ---------------------------------------------------------------------------------------------- without colours


# fmt: off
# How those see who lack one kind of cones (Machado, Oliveira and Fernandes 2009, severity 1), in linear light.
EYES = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "grey":   ((0.2126, 0.7152, 0.0722),) * 3,
}
# fmt: on


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _seen(colour: QColor, eyes: str) -> QColor:
    light = [_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF())]
    made = []
    for row in EYES[eyes]:
        part = min(max(sum(share * one for share, one in zip(row, light, strict=True)), 0.0), 1.0)
        made.append(part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055)
    return QColor.fromRgbF(*(min(max(part, 0.0), 1.0) for part in made))


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("look", ["normal", "contrast"])
def test_characters_stand_out_from_their_lights_for_all_eyes(worn, eyes):
    for light in ("red", "orange", "yellow", "green", "grey"):
        ink, ground = _seen(theme.colour(f"{light}Ink"), eyes), _seen(theme.colour(light), eyes)
        assert ratio(ink, ground) >= 4.5, light


@pytest.mark.parametrize("eyes", ["protan", "deutan", "grey"])
def test_urgent_lights_differ_in_lightness_from_the_calm_ones_and_from_each_other(dressed, eyes):
    shade = {one: luminance(_seen(theme.colour(one), eyes)) for one in ("red", "orange", "yellow", "green", "grey")}
    for one, other in combinations(("red", "orange", "yellow"), 2):
        low, high = sorted((shade[one], shade[other]))
        assert (high + 0.05) / (low + 0.05) >= 1.3, (one, other)
    for calm in ("green", "grey"):
        for urgent in ("orange", "yellow"):
            assert (shade[urgent] + 0.05) / (shade[calm] + 0.05) >= 1.6, (urgent, calm)


@LOOKS
def test_lights_are_told_apart_in_grey_by_their_characters_alone(worn):
    shapes = {light: _shape(light) for light in ORDER}
    for one, other in combinations(ORDER, 2):
        differing = sum(a != b for a, b in zip(shapes[one], shapes[other], strict=True))
        assert differing >= 40, (one, other, differing)
    assert len({words.LIGHT.get(one, "✓") for one in ORDER}) == len(ORDER)


def _shape(light: str) -> list[bool]:
    """Where the character of a light is, whatever its colours: what differs from the ground around it."""
    side = SIDE * 2
    made = QImage(side, side, QImage.Format.Format_RGB32)
    made.fill(theme.colour("surface"))
    painter = QPainter(made)
    painter.scale(2, 2)
    paint_light(painter, QRectF(0, 0, SIDE, SIDE), light)
    painter.end()
    grey = made.convertToFormat(QImage.Format.Format_Grayscale8)
    ground = grey.pixelColor(side // 2, 5).lightness()
    return [
        abs(grey.pixelColor(x, y).lightness() - ground) > 60 for x in range(8, side - 8) for y in range(8, side - 8)
    ]


# ---------------------------------------------------------------------------------------------- what the system asks


def test_a_theme_of_windows_takes_our_colours_away(qapp, monkeypatch):
    monkeypatch.setattr(system_look, "windows_theme", lambda: True)
    monkeypatch.setattr(system_look, "palette", lambda _app: gallery.windows_palette())
    try:
        dress(qapp, theme.Look())
        assert theme.look().system
        assert theme.colour("canvas") == QColor("#000000")
        assert theme.colour("text") == QColor("#FFFFFF")
        assert theme.colour("accent") == QColor("#1AEBFF")
        sheet = theme.style_sheet()
        used = {QColor(word).name() for word in re.findall(r"#[0-9A-Fa-f]{6}\b", sheet)}
        assert used <= {QColor(theme.token(name)).name() for name in theme.TOKENS}
        assert not used & {"#1f5fa8", "#c62f2a", "#f5f7fa", "#2c7a4b"}
        tick = Path(sheet.partition("image: url(")[2].partition("arrow.svg")[0]) / "tick.svg"
        assert 'stroke="#000000"' in tick.read_text(encoding="utf-8"), "a black tick on cyan, not a white one"
    finally:
        monkeypatch.undo()
        dress(qapp, theme.Look())
    assert not theme.look().system
    assert theme.colour("accent") == QColor("#1F5FA8")


def test_more_contrast_asked_by_the_system_is_ours(qapp, monkeypatch):
    monkeypatch.setattr(system_look, "wanted", lambda _app: system_look.Wanted(contrast=True))
    try:
        dress(qapp, theme.Look(large=True))
        assert theme.look() == theme.Look(large=True, contrast=True)
        assert theme.colour("text") == QColor("#000000")
    finally:
        monkeypatch.undo()
        dress(qapp, theme.Look())


def _app(style_hints) -> Any:
    return SimpleNamespace(styleHints=style_hints)


@pytest.mark.parametrize(("told", "contrast"), [("HighContrast", True), ("NoPreference", False)])
def test_the_hints_of_qt_are_read(told, contrast):
    preference = SimpleNamespace(contrastPreference=lambda: SimpleNamespace(name=told))
    hints = SimpleNamespace(accessibility=lambda: preference)
    asked = system_look.wanted(_app(lambda: hints))
    assert asked == system_look.Wanted(contrast=contrast)
    assert system_look.wanted(_app(SimpleNamespace)) == system_look.Wanted(), "Qt below 6.10"


def test_a_chosen_pair_that_cannot_be_read_is_not_taken():
    found = system_look.tokens(
        gallery.windows_palette(("#FFFFFF", "#000000", "#FFFF80", "#000000", "#E0E0E0")), theme.TOKENS
    )
    assert found["accent"] == "#000000", "pale yellow letters on white"
    assert found["onAccent"] == "#ffffff"
    assert found["hint"] == "#000000"


# ---------------------------------------------------------------------------------------------- letters


def test_figures_are_of_equal_width_and_fonts_fall_back(dressed):
    made = theme.font("cell")
    assert [tag.toString().toStdString() for tag in made.featureTags()] == ["tnum"]
    assert made.families()[-1] == "sans-serif"
    assert theme.FAMILIES.index("Microsoft YaHei UI") < theme.FAMILIES.index("Noto Sans CJK SC")
    assert theme.FAMILIES.index("Noto Sans CJK SC") < theme.FAMILIES.index("方正黑体_GBK") < len(theme.FAMILIES) - 1
    metrics = QFontMetrics(made)
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_lines_of_running_text_are_16_tenths_of_an_em(dressed):
    tall = QFontMetrics(theme.font()).height() * theme.line_percent() / 100
    assert tall == pytest.approx(1.6 * 14, abs=0.01)


def test_no_size_below_the_smallest_and_only_two_weights(dressed):
    assert min(size for size, _ in theme.LETTERS.values()) == 12
    sheet = theme.style_sheet()
    assert min(int(size) for size in re.findall(r"font-size: (\d+)px", sheet)) >= 12
    assert set(re.findall(r"font-weight: (\d+)", sheet)) <= {"400", "700"}
    assert "italic" not in sheet
    assert "underline" not in sheet
