from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from gui import theme, unit_lines
from gui.app import dress
from gui.first_start import SECRECY, FirstStart
from models.errors import LedgerError
from models.progress import Silent
from models.services import opening
from models.services.base.desk import LEDGER
from models.services.views.lists import Query
from tests.gui import fakes
from tests.gui.looks import cut_off, nameless, primaries
from tests.offices import quick_folder

UNITS = "白水镇 361021101\n云岭乡\t361021201\n县水利局，361021901\n"


class Made:
    """Sets up what the test says, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple] = []
        self.office = fakes.county(0)

    def set_up(self, home, kind, name, code):
        self.asked.append((kind, name, code))
        return self.office

    def samples(self, home, kind, progress):
        self.asked.append((home, kind))
        return fakes.township(enrolled=False)


@pytest.fixture
def made() -> Made:
    return Made()


@pytest.fixture
def first(qtbot, dressed, tmp_path, made) -> Iterator[FirstStart]:
    window = FirstStart(made.set_up, tmp_path / "huangai", made.samples)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.close()


def said(window) -> list[str]:
    return [one.text() for one in window.findChildren(QLabel) if one.isVisible()]


def press(qtbot, window, key=Qt.Key.Key_Return) -> None:
    qtbot.keyClick(window.focusWidget() or window, key)


def test_five_steps_by_enter_alone_for_a_township(first, made, qtbot):
    opened = []
    first.opened.connect(opened.append)
    for number in range(1, 6):
        assert f"第 {number} 步，共 5 步" in said(first)
        assert SECRECY in said(first)
        if first.at == 2:
            first.name.insert("白水镇")
        if first.at == 3:
            qtbot.keyClicks(first.code, "361021101")
        if number < 5:
            press(qtbot, first)
    assert "白水镇" in said(first)
    assert "361021101" in said(first)
    press(qtbot, first)
    qtbot.waitUntil(lambda: bool(opened))
    assert made.asked == [("township", "白水镇", "361021101")]


def test_what_was_typed_stays_when_going_back(first, qtbot):
    first.go(2)
    first.name.setText("白水镇")
    first.go_on()
    first.code.setText("361021101")
    for _ in range(3):
        press(qtbot, first, Qt.Key.Key_Escape)
    assert first.at == 0
    press(qtbot, first, Qt.Key.Key_Escape)
    assert first.at == 0, "Esc on the first step does no harm"
    first.go(4)
    assert first.at == 4
    assert (first.name.text(), first.code.text()) == ("白水镇", "361021101")
    first.side.findChildren(type(first.side._rows.itemAt(0).widget()))[2].click()
    assert first.at == 2, "a step at the left leads back to it"


def test_nobody_goes_on_without_the_answer(first, qtbot):
    first.go(4)
    assert first.at == 2, "as far as it is answered"
    assert first.reason.text() == "还差单位名称"
    assert not first.on.isEnabled()
    press(qtbot, first)
    assert first.at == 2
    first.name.setText("   ")
    assert not first.on.isEnabled()


def test_an_odd_code_is_doubted_and_not_refused(first):
    first.name.setText("白水镇")
    first.go(3)
    first.code.setText("3610211")
    first.coded._check()
    assert first.coded.odd.text().startswith("一般是 9 位数字，现在是 7 位。")
    assert first.on.isEnabled()
    first.on.click()
    assert first.at == 3, "who presses Enter sees the doubt too"
    first.on.click()
    assert first.at == 4
    first.go(3)
    first.code.setText("361021101")
    first.coded._check()
    assert not first.coded.odd.isVisible()
    first.kind.kinds.buttons()[1].click()
    first.named.of("county")
    first.named.text.setText("环委办")
    first.named._check()
    assert "没有认出县名" in first.named.odd.text()


def test_the_county_gives_its_units_in_lines(first, made, qtbot):
    opened = []
    first.opened.connect(opened.append)
    first.kind.kinds.buttons()[1].click()
    first.name.setText("临江县环委办")
    first.code.setText("361021")
    first.go(4)
    first.units.box.text.setPlainText(f"{UNITS}某镇 361021\n")
    assert first.units.box.found.text() == "认出 2 个乡镇、1 个部门。"
    assert first.units.box.wrong.text() == "第 4 行：代码 361021 是县里自己的。"
    assert first.reason.text() == "请先改好 1 行"
    assert not first.start.isEnabled()
    first.units.box.text.setPlainText(UNITS)
    before = len(made.office.units.units)
    first.start.click()
    qtbot.waitUntil(lambda: bool(opened))
    added = made.office.units.units[before:]
    assert [(one.kind, one.name, one.code) for one in added] == [
        ("township", "白水镇", "361021101"),
        ("township", "云岭乡", "361021201"),
        ("department", "县水利局", "361021901"),
    ]  # fmt: skip


def test_the_list_of_units_may_stay_empty(first, made, qtbot):
    opened = []
    first.opened.connect(opened.append)
    first.kind.kinds.buttons()[1].click()
    first.name.setText("临江县环委办")
    first.code.setText("361021")
    first.go(4)
    assert first.start.isEnabled()
    first.start.click()
    qtbot.waitUntil(lambda: bool(opened))


def test_units_that_are_refused_are_named_and_the_ledger_opens_all_the_same(first, made, qtbot):
    opened = []
    first.opened.connect(opened.append)
    made.office.units.refusal = fakes.Refused(text="这个单位没有添加。")
    first.kind.kinds.buttons()[1].click()
    first.name.setText("临江县环委办")
    first.code.setText("361021")
    first.go(4)
    first.units.box.text.setPlainText(UNITS)
    first.start.click()
    qtbot.waitUntil(first.notice.isVisible)
    assert first.notice.message.text() == "台账已经建好，有 3 个单位没有添加。"
    assert not opened
    first.begin()
    assert opened == [made.office]


def test_the_samples_lie_beside_and_never_in_the_real_folder(first, made, qtbot):
    tried = []
    first.sampled.connect(lambda office, home: tried.append(home))
    first.try_out.click()
    qtbot.waitUntil(lambda: bool(tried))
    assert tried[0].parent == first._home.parent
    assert tried[0].name == "huangai-示例-乡镇"
    assert made.asked == [(tried[0], "township")]


def test_the_samples_are_real_and_open_faster_the_second_time():
    with quick_folder() as folder:
        home = folder / "huangai-示例-县"
        office = opening.open_samples(home, "county", Silent())
        assert office.records.count(Query("problem")) == 99 + 5, "of the workbook, and found in inspections"
        (campaign,) = office.campaigns.list()
        assert {one["state"] for one in campaign["units"]} == {"reported", "zero", "silent"}
        assert {one.expiry for one in office.sources.list()} == {"", "soon", "ended"}
        assert {one.total > 0 for one in office.figures.overview().units} == {True}
        assert office.here.name.endswith("（示例）")
        office.close()
        again = opening.open_samples(home, "county", Silent())
        assert again.records.count(Query("problem")) == 99 + 5, "not taken in twice"
        again.close()


def test_the_samples_of_a_township_show_what_self_inspection_is_for():
    with quick_folder() as folder:
        office = opening.open_samples(folder / "huangai-示例-乡镇", "township", Silent())
        (repeated,) = [one for one in office.sources.list() if one.repeated]
        assert repeated.problems > 0
        assert [one.state for one in office.inspections.lines()].count("zero") == 3
        assert {one["state"] for one in office.campaigns.list()} == {"running"}
        fates = office.campaigns.show(office.campaigns.list()[1]["id"])["problems"]
        assert {one["fate"] for one in fates} == {"open", "completed"}
        office.close()


def test_half_a_sample_is_not_kept(monkeypatch):
    from models.services.home import samples

    monkeypatch.setitem(samples.WORKBOOKS, "township", (("no_such.xlsx", "problems"),))
    with quick_folder() as folder:
        with pytest.raises(LedgerError):
            opening.open_samples(folder / "x", "township", Silent())
        assert not (folder / "x" / LEDGER).exists()


@pytest.mark.parametrize(("size", "large"), [((1366, 768), False), ((1366, 697), True), ((1024, 640), False)])
@pytest.mark.parametrize("kind", [0, 1, 2])
def test_every_step_fits_and_has_one_blue_button(qtbot, dressed, tmp_path, made, size, large, kind):
    app = QApplication.instance()
    dress(app, theme.Look(large=large))
    try:
        window = FirstStart(made.set_up, tmp_path / "huangai", made.samples)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.kind.kinds.buttons()[kind].click()
        window.name.setText("临江县")
        window.code.setText("361021")
        window.units.box.text.setPlainText(UNITS)
        for at in range(5):
            window.go(at)
            assert window.at == at
            assert cut_off(window) == []
            assert nameless(window) == []
            assert len(primaries(window)) == 1
        window.close()
    finally:
        dress(app, theme.Look())


# ------------------------------------------------------------------------------------- lines of units


@pytest.mark.parametrize(
    ("line", "kind", "name", "code"),
    [
        ("白水镇 361021101", "township", "白水镇", "361021101"),
        ("白水镇人民政府\t361021101", "township", "白水镇人民政府", "361021101"),
        ("1、白水镇、361021101", "township", "白水镇", "361021101"),
        ("361021101，白水镇", "township", "白水镇", "361021101"),
        ("县住建局：361021901", "department", "县住建局", "361021901"),
        ("临江县工业园区管委会 361021400", "township", "临江县工业园区管委会", "361021400"),
        ("城关街道办 361021100", "township", "城关街道办", "361021100"),
        ("县融媒体 361021902 部门", "department", "县融媒体", "361021902"),
    ],
)
def test_a_line_is_read_however_it_was_pasted(line, kind, name, code):
    (found,) = unit_lines.read(line)
    assert (found.kind, found.name, found.code, found.wrong) == (kind, name, code, "")


def test_what_is_wrong_with_lines_is_said_with_their_numbers():
    typed = f"\n白水镇\n361021101\n甲镇 1\n乙镇 1\n丙镇 9\n丁{'镇' * 100} 77"
    lines = unit_lines.read(typed, {"9": "丙镇", "77": "旧名"})
    assert [(one.number, one.wrong) for one in lines if one.wrong] == [
        (2, "没有写代码"), (3, "没有写单位名称"), (5, "代码与第 4 行相同"), (6, "这个单位已经有了"),
        (7, "名称有 101 字，最多 100 字"),
    ]  # fmt: skip
    assert unit_lines.complaints(lines).endswith("另有 1 行要改。")
    assert unit_lines.said([]) == ""
