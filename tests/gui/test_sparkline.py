"""Sparklines: in scale, gaps left open, the last value in words."""

from __future__ import annotations

import pytest

from gui import theme
from gui.widgets.sparkline import Sparkline


@pytest.fixture
def line(qtbot, dressed):
    def _make(values, name="完成", unit=""):
        made = Sparkline(values, name, unit=unit)
        qtbot.addWidget(made)
        made.resize(200, 24)
        made.show()
        return made

    return _make


def test_values_lie_in_order_and_in_scale(line):
    [piece] = line([0, 5, 10]).points()
    assert [at.x() for at in piece] == sorted(at.x() for at in piece)
    low, middle, high = (at.y() for at in piece)
    assert low > middle > high, "upwards is more"
    assert middle == pytest.approx((low + high) / 2)
    assert 0 < high < low < 24


def test_a_missing_month_is_a_gap_and_not_a_zero(line):
    pieces = line([3, 2, None, 2, 1]).points()
    assert [len(piece) for piece in pieces] == [2, 2]
    step = pieces[0][1].x() - pieces[0][0].x()
    assert pieces[1][0].x() - pieces[0][1].x() == pytest.approx(2 * step)


def test_one_level_lies_in_the_middle(line):
    [piece] = line([7, 7, 7]).points()
    assert {at.y() for at in piece} == {12}


@pytest.mark.parametrize(
    ("values", "last", "name"),
    [
        ([1, 2], "2 个", "完成：1 个、2 个"),
        ([1, None], "—", "完成：1 个、—"),
        ([], "—", "完成：还没有数"),
        ([0.5], "0.5 个", "完成：0.5 个"),
    ],
)
def test_it_says_what_it_draws(line, values, last, name):
    made = line(values, unit=" 个")
    assert made.last == last
    assert made.accessibleName() == name
    assert made.toolTip() == name
    made.grab()


def test_the_line_ends_before_the_figure(line):
    made = line([1, 2, 30_000])
    [piece] = made.points()
    assert piece[-1].x() < 200 - made.fontMetrics().horizontalAdvance("30000")
    assert made.minimumSizeHint().width() <= made.sizeHint().width()
    assert made.sizeHint().height() == theme.px(24)


def test_other_values_are_another_line(line):
    made = line([1, 2])
    before = made.grab().toImage()
    made.show_values([2, 1])
    assert made.last == "1"
    assert made.grab().toImage() != before
