from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QRegion

from gui import theme
from gui.panels.record.history import History
from gui.panels.record.measures import points
from gui.widgets.log import Entry, Log
from gui.widgets.timeline import AXIS, ROW, Span, Stretch, Timeline
from models.services.views.lists import Change
from tests.gui.watch import slowness

TODAY = date(2026, 11, 23)


def rows(count: int = 4) -> list[Stretch]:
    start = date(2026, 3, 9)
    some = [
        Stretch("a", "规模较小的拆解点清场", "王秀兰", start, date(2026, 4, 30), date(2026, 4, 28)),
        Stretch("b", "规模较大的拆解点清场", "周海平", start, date(2026, 11, 15), None),
        Stretch("c", "油污土壤清运", "李志强", start, date(2026, 9, 1), date(2026, 9, 14)),
        Stretch("d", "签订承诺书", "", start, date(2026, 12, 20), None),
    ]
    return [some[number % 4] for number in range(count)]


@pytest.fixture
def line(qtbot, dressed):
    made = Timeline()
    qtbot.addWidget(made)
    made.resize(760, 200)
    made.show_rows(rows(), TODAY, editable=True)
    made.show()
    return made


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Stretch(1, "x", due=date(2026, 11, 15)), "逾期 8 天"),
        (Stretch(1, "x", due=TODAY), "今天到期"),
        (Stretch(1, "x", due=date(2026, 12, 20)), "12月20日到期"),
        (Stretch(1, "x"), "没有写时限"),
        (Stretch(1, "x", due=date(2026, 4, 30), done=date(2026, 4, 28)), "4月28日完成"),
        (Stretch(1, "x", due=date(2026, 9, 1), done=date(2026, 9, 14)), "9月14日完成，晚 13 天"),
        (Stretch(1, "x", done=date(2026, 9, 14)), "9月14日完成"),
    ],
)
def test_every_row_says_in_words_how_it_stands(row, said):
    assert row.said(TODAY) == said


def test_the_span_holds_all_days_and_today(line):
    span = line._span
    assert span.first == date(2026, 3, 1)
    assert span.at(date(2026, 3, 1)) == 0
    assert 0.7 < span.at(TODAY) < 1
    long = Span.of([Stretch(1, "x", date(1998, 1, 1), date(2090, 1, 1))], TODAY)
    assert len(long.months) <= 26
    assert long.first <= TODAY < long.end


def test_the_keyboard_reaches_every_row_and_opens_it(line, qtbot):
    line.setFocus()
    assert line.accessibleName() == "措施时间线，共 4 项，今天 11月23日"
    assert line.accessibleDescription() == "第 1 项：规模较小的拆解点清场，王秀兰，4月28日完成"
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert line.accessibleDescription() == "第 2 项：规模较大的拆解点清场，周海平，逾期 8 天"
    with qtbot.waitSignal(line.opened) as opened:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert opened.args == ["b"]
    qtbot.keyClick(line, Qt.Key.Key_End)
    assert line.current == 3
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert line.current == 3


def test_a_double_click_opens_and_a_line_that_is_only_read_does_not(line, qtbot):
    at = QPoint(40, theme.px(AXIS) + theme.px(ROW) * 2 + 5)
    with qtbot.waitSignal(line.opened) as opened:
        qtbot.mouseDClick(line, Qt.MouseButton.LeftButton, pos=at)
    assert opened.args == ["c"]
    line.show_rows(rows(), TODAY, editable=False)
    with qtbot.assertNotEmitted(line.opened):
        qtbot.mouseDClick(line, Qt.MouseButton.LeftButton, pos=at)
        qtbot.keyClick(line, Qt.Key.Key_Return)


def colours(widget, box) -> set[str]:
    taken = QImage(widget.size(), QImage.Format.Format_RGB32)
    widget.render(taken)
    return {taken.pixelColor(x, y).name() for x in range(*box[0]) for y in range(*box[1])}


def test_overdue_is_red_done_is_green_and_the_future_pale(line):
    tall, top = theme.px(ROW), theme.px(AXIS)
    seen = [colours(line, ((300, 740), (top + tall * at + 12, top + tall * at + 22))) for at in range(4)]
    red, green, rest = (theme.colour(name).name() for name in ("red", "green", "rest"))
    assert [red in one for one in seen] == [False, True, False, False]
    assert [green in one for one in seen] == [True, False, True, False]
    assert rest in seen[3]


def test_no_row_is_no_accident(line):
    line.show_rows([], TODAY, editable=True)
    assert line.accessibleDescription() == ""
    line.render(QImage(760, 60, QImage.Format.Format_RGB32))


# ------------------------------------------------------------------------------------------------- the log


def quickest(deed) -> float:
    """The processor time that a deed takes when nothing comes between."""
    spent = []
    for _ in range(3):
        began = time.thread_time()
        deed()
        spent.append(time.thread_time() - began)
    return min(spent)


def entries(count: int) -> list[Entry]:
    return [Entry(f"11-{number % 30:02}", (f"责任人\u2003李志强 → 王秀兰 {number} " + "长" * (number % 90),), "白水镇")
            for number in range(count)]  # fmt: skip


def test_a_thousand_changes_stay_smooth(qtbot, dressed):
    log = Log()
    qtbot.addWidget(log)
    log.resize(700, 400)
    many = entries(1000)
    assert quickest(lambda: log.show_entries(many)) < 0.02 * slowness()
    log.show()
    taken = QImage(700, 400, QImage.Format.Format_RGB32)
    middle = QRect(0, log.height() // 2, 700, 400)
    assert quickest(lambda: log.render(taken, QPoint(), QRegion(middle))) < 0.04 * slowness()


def test_a_history_of_a_thousand_changes_is_shown_at_once(qtbot, dressed):
    card = History()
    qtbot.addWidget(card)
    card.resize(800, 600)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    changes = [
        Change((at + timedelta(hours=number)).isoformat(), "王秀兰", "1", ("白水镇", "临江县环委办")[number % 2], "d",
               "r", "problem", "person", "责任人", f"李{number}", f"王{number}", "核实" if number % 7 == 0 else "")
        for number in range(1000)
    ]  # fmt: skip
    assert quickest(lambda: card.show_history(changes, TODAY)) < 0.05 * slowness()
    assert len(card.log.entries) == 12
    card.show()
    card.all.click()
    assert len(card.log.entries) == 1000
    card.seek.setText("李77")
    assert {line for one in card.log.entries for line in one.lines} == {
        f"责任人\u2003李{number} → 王{number}" for number in (77, *range(770, 780))
    }
    card.who.setCurrentIndex(card.who.findData("白水镇"))
    assert len(card.log.entries) == 5
    card.seek.setText("没有这样的")
    assert card._nothing.isVisible()
    assert not card.log.isVisible()


def test_an_entry_is_opened_to_be_read_in_full_and_closed_again(qtbot, dressed):
    log = Log()
    qtbot.addWidget(log)
    log.resize(500, 400)
    log.show_entries(
        [
            *entries(3),
            Entry("11-20", ("目前进展\u2003" + "很长的一段话，" * 40,), "白水镇", "原因：核实后更正", "未应用"),
        ]
    )
    log.show()
    low = log.height()
    for _ in range(3):
        qtbot.keyClick(log, Qt.Key.Key_Down)
    qtbot.keyClick(log, Qt.Key.Key_Return)
    assert log.height() > low + 100
    assert "未应用" in log.accessibleDescription()
    log.resize(800, 400)
    assert log.height() > low
    qtbot.keyClick(log, Qt.Key.Key_Return)
    assert log.height() == low


def test_many_fields_changed_at_once_are_one_line_until_it_is_opened(qtbot, dressed):
    card = History()
    qtbot.addWidget(card)
    card.resize(800, 600)
    at = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
    changes = [
        Change(at, "王秀兰", "1", "白水镇", "d", "r", "problem", name, name, f"旧{name}", f"新{name}")
        for name in "甲乙丙丁"
    ]
    card.show_history(changes, TODAY)
    card.show()
    (entry,) = card.log.entries
    assert entry.lines == ("改动 4 处：甲、乙、丙、丁",)
    low = card.log.height()
    qtbot.keyClick(card.log, Qt.Key.Key_Return)
    assert entry.whole[3] == "丁\u2003旧丁 → 新丁"
    assert card.log.height() >= 4 * low


def test_days_before_the_first_month_do_not_paint_outside(line):
    early = Stretch("e", "早年的措施", "", TODAY - timedelta(days=4000), TODAY + timedelta(days=10), None)
    line.show_rows([early], TODAY, editable=True)
    line.render(QImage(760, 100, QImage.Format.Format_RGB32))
    assert line._span.at(early.start) == 0


def test_a_milestone_is_a_point_and_the_deadline_a_line(line):
    some = [
        Stretch("a", "开工", due=date(2026, 5, 8), done=date(2026, 5, 6), milestone=True),
        Stretch("b", "过半", due=date(2026, 9, 9), milestone=True),
        Stretch(None, "县级验收", due=date(2027, 1, 8), milestone=True),
    ]
    line.show_rows(some, TODAY, editable=True, deadline=date(2026, 12, 31))
    assert line.accessibleName().endswith("时限 12月31日")
    image = line.grab().toImage()
    bars = line._line()

    def colour(at: int, day: date) -> str:
        return image.pixelColor(bars.x() + round(line._span.at(day) * bars.width()), line._box(at).center().y()).name()

    assert [colour(0, date(2026, 5, 6)), colour(1, date(2026, 9, 9)), colour(2, date(2027, 1, 8))] == [
        theme.colour(name).name() for name in ("green", "red", "chart")
    ]
    opened: list[object] = []
    line.opened.connect(opened.append)
    for at in (0, 2):
        line._open(at)
    assert opened == ["a"], "what only tells cannot be opened"


def test_acceptances_and_lookbacks_are_points_of_a_record():
    record = {
        "acceptances": [
            {"stage": "county", "conclusion": "returned", "unit": "县住建局", "actual_on": "2026-05-06", "id": "a1"},
            {"stage": "public_notice", "conclusion": "passed", "until_on": "2026-06-05", "actual_on": "2026-05-20"},
            {"stage": "sign_off"},
        ],
        "lookbacks": [{"due": "2026-12-01", "people": "张三"}],
    }
    told = [
        (one.text, one.who, one.due and one.due.isoformat(), one.done and one.done.isoformat(), one.files)
        for one in points(record, Counter(a1=2))
    ]
    assert told == [
        ("县级验收（退回）", "县住建局", None, "2026-05-06", 2), ("公示", "", "2026-06-05", "2026-05-20", 0),
        ("回头看", "张三", "2026-12-01", None, 0),
    ]  # fmt: skip
