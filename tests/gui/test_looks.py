"""Every page in its states, at the sizes it must work at: nothing cut off, every mark has a name, one blue button.

With HUANGAI_PICTURES set to a folder the pictures are saved there, to be looked at by a person.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.app import dress
from gui.first_start import FirstStart
from gui.pictures import picture, take_pictures
from gui.places import Place
from tests.gui import fakes
from tests.gui.looks import cut_off, nameless, primaries

ID = f"{0:032x}"
STICK = Path("/media/u")


def _record(**where):
    return Place("problem/record", id=ID, rows=tuple(range(22)), at=0, **where)


def _preview(page):
    page.read.look_at([STICK / "a.hgb"])


# fmt: off
# name → office, place, what is done there
STATES = {
    "overview-empty":      (lambda: fakes.township(0, enrolled=False), Place("overview"), None),
    "overview-township":   (fakes.township, Place("overview"), None),
    "overview-county":     (fakes.county, Place("overview"), None),
    "list-empty":          (lambda: fakes.township(0), Place("problem"), None),
    "list":                (fakes.township, Place("problem"), None),
    "list-county":         (fakes.county, Place("problem"), None),
    "list-nothing":        (fakes.township, Place("problem", words="没有这样的", view=""), None),
    "list-refused":        (fakes.township, Place("problem"), lambda p: p.notice.refuse(fakes.Refused())),
    "petitions":           (fakes.township, Place("petition"), None),
    "record":              (fakes.township, _record(), None),
    "record-bottom":       (fakes.township, _record(), lambda p: p.story.show_section("history")),
    "record-dispatch":     (fakes.township, _record(), lambda p: p._do_step("dispatch")),
    "record-measure":      (fakes.township, _record(), lambda p: p._do_step("measure")),
    "record-edit":         (fakes.township, _record(), lambda p: p.begin_edit()),
    "record-new":          (fakes.county, Place("problem/record", new=True), None),
    "record-petition":     (fakes.township, Place("petition/record", id=ID), None),
    "write-unknown":       (lambda: fakes.township(enrolled=False), Place("exchange", tab="write"), None),
    "write-township":      (fakes.township, Place("exchange", tab="write"), None),
    "write-county":        (fakes.county, Place("exchange", tab="write"), None),
    "write-done":          (fakes.township, Place("exchange", tab="write"), lambda p: p.write.write_to(STICK)),
    "write-done-county":   (fakes.county, Place("exchange", tab="write"), lambda p: p.write.write_to(STICK)),
    "write-refused":       (fakes.township, Place("exchange", tab="write"),
                            lambda p: p.write._show_refusal(fakes.Refused(text="U 盘中途断开，数据包没有写完。"))),
    "read":                (fakes.township, Place("exchange", tab="read"), None),
    "read-list":           (fakes.county, Place("exchange", tab="read"), lambda p: p.read.look_at([STICK, STICK])),
    "read-preview":        (fakes.township, Place("exchange", tab="read"), _preview),
    "conflicts":           (fakes.township, Place("exchange", tab="conflicts"), None),
    "conflicts-empty":     (lambda: fakes.township(0), Place("exchange", tab="conflicts"), None),
    "enrol-township":      (lambda: fakes.township(enrolled=False), Place("exchange", tab="enrol"),
                            lambda p: p.enrol.look_at(STICK / "欢迎包.hgb")),
    "enrol-county":        (fakes.county, Place("exchange", tab="enrol"),
                            lambda p: p.enrol.look_at(STICK / "登记申请.hgb")),
    "excel":               (fakes.township, Place("problem/excel"), None),
    "excel-look":          (fakes.township, Place("problem/excel", id="/tmp/整改台账20261120.xlsx"), None),
    "excel-done":          (fakes.township, Place("problem/excel", id="/tmp/整改台账20261120.xlsx"),
                            lambda p: p._take()),
    "settings-township":   (fakes.township, Place("settings"), lambda p: p._check()),
    "settings-county":     (fakes.county, Place("settings"), None),
    "help":                (fakes.township, Place("help"), None),
}
# fmt: on


def keep(widget, name: str, ratio: float = 1) -> None:
    """Save a picture for a person to look at, if one wants to."""
    if folder := os.environ.get("HUANGAI_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        picture(widget, Path(folder) / f"{name}.png", ratio)


def arrange(desk, state: str, width: int = 1366, height: int = 768):
    make, place, deed = STATES[state]
    one = desk(make())
    one.window.resize(width, height)
    one.start()
    one.window.go(place)
    one.settle()
    if deed is not None:
        deed(one.window.page)
        one.settle()
    return one


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_cut_off_and_everything_has_a_name(desk, state):
    one = arrange(desk, state)
    keep(one.window, state)
    keep(one.window, f"{state}@2", 2)
    assert cut_off(one.window) == []
    assert nameless(one.window) == []
    blue = primaries(one.window.page)
    assert len(blue) <= 1, blue
    least = one.window.minimumSizeHint()
    assert least.width() <= 1024
    assert least.height() <= 640


@pytest.mark.parametrize("size", [(1366, 697), (1024, 640), (1920, 1040)], ids=str)
@pytest.mark.parametrize("state", ["overview-township", "overview-county", "list", "record", "conflicts", "excel-look"])
def test_pages_work_on_small_and_wide_screens(desk, state, size):
    one = arrange(desk, state, *size)
    keep(one.window, f"{state}-{size[0]}x{size[1]}")
    assert cut_off(one.window) == []
    assert one.window.width() == size[0]


@pytest.mark.parametrize("look", [theme.Look(large=True), theme.Look(contrast=True)], ids=["large", "contrast"])
@pytest.mark.parametrize(
    "state", ["overview-township", "overview-county", "list", "record", "read-preview", "write-county"]
)
def test_pages_work_in_other_looks(desk, state, look):
    app = QApplication.instance()
    dress(app, look)
    try:
        one = arrange(desk, state)
        keep(one.window, f"{state}-{'large' if look.large else 'contrast'}")
        assert cut_off(one.window) == []
        one.close = lambda close=one.close: (close(), None)[1]
    finally:
        dress(app, theme.Look())


def test_the_first_start_is_one_page(qtbot, dressed, tmp_path):
    first = FirstStart(lambda *_: fakes.township(0), tmp_path / "环改台账")
    qtbot.addWidget(first)
    first.resize(1366, 768)
    first.show()
    keep(first, "first-start")
    assert cut_off(first) == []
    assert nameless(first) == []
    first.close()


def test_pictures_of_every_page_can_be_taken_for_the_manual(qapp, tmp_path):
    made = take_pictures(fakes.county(), tmp_path / "pictures")
    assert len(made) == 12
    assert all(path.stat().st_size > 10_000 for path in made)
    few = take_pictures(fakes.township(0, enrolled=False), tmp_path / "few", ratio=2)
    assert len(few) == 10, "an empty ledger has no record to show"
