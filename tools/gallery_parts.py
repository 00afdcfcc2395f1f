"""Sheets of the gallery: marks, buttons, filters, forms, tables, each in every state.

A part that shows a state only while it has the mouse or the focus is posed: pressed and off are set here, mouse and
focus are given by gallery.py while it draws.
"""

from __future__ import annotations

from collections.abc import Sequence

from gallery_sheet import FOCUS, HOVER, POSES, card, framed, pose, sheet
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from gui import theme
from gui.panels.records.bulk_bar import BulkBar
from gui.tables.columns import Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.buttons import CountRow, button
from gui.widgets.chips import EXCHANGE_TONE, ORDER, Light, State
from gui.widgets.counts import Strip, light_counts
from gui.widgets.filter_button import FilterButton
from gui.widgets.form import FormField
from gui.widgets.frames import column, row
from gui.widgets.labels import label
from gui.widgets.search_box import SearchBox
from gui.widgets.tabs import Tabs
from models.domain import words
from models.domain.fields import TABLES

# ---------------------------------------------------------------------------------------------- marks


def lights() -> QWidget:
    """The six lights, alone and as figures."""
    why = {"red": "逾期 8 天", "orange": "还有 6 天", "yellow": "还有 17 天", "grey": "长期推进"}
    line = row(gap=12)
    for one in ORDER:
        line.addLayout(row(Light(one, why.get(one, "")), label(words.LIGHT_MEANING[one], "small"), gap=8))
    line.addStretch(1)
    strip, empty = Strip(), Strip()
    strip.show_counts(light_counts(dict(zip(ORDER, (2, 2, 3, 3, 2, 10), strict=True)), ORDER))
    empty.show_counts(light_counts({}, ORDER))
    return sheet(card("灯", line), strip, empty)


def states() -> QWidget:
    """States of the exchange and of the work; all tones."""
    exchange = row(*(State(words.EXCHANGE[one], tone) for one, tone in EXCHANGE_TONE.items()), None)
    work = row(
        State("已填", "green"), State("未填", "yellow"), State("冲突", "yellow"), State("损坏", "red"),
        State("未报送", "orange"), State("未登记设备", "red"), State("作废", "grey"), None,
    )  # fmt: skip
    return sheet(card("状态", exchange, work, quiet="淡底的字；灯是实底，两者不会看混"))


# ---------------------------------------------------------------------------------------------- buttons


def buttons() -> QWidget:
    """Four kinds in five states."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(16))
    grid.setVerticalSpacing(theme.px(10))
    kinds = (
        ("主要", "primary", "导入 17 条"),
        ("次要", "", "先不导入"),
        ("安静", "quiet", "申请延期"),
        ("危险", "danger", "作废"),
    )
    for across, how in enumerate(POSES, 1):
        grid.addWidget(label(POSES[how], "small"), 0, across)
    for down, (name, kind, text) in enumerate(kinds, 1):
        grid.addWidget(label(name, "small"), down, 0)
        for across, how in enumerate(POSES, 1):
            grid.addWidget(pose(button(text, kind), how), down, across, Qt.AlignmentFlag.AlignLeft)
    grid.setColumnStretch(len(POSES) + 1, 1)
    sizes = row(
        button("小", size="slim"), button("带图标", icon="sheet"), button("读入", "primary", icon="read"),
        button("去报送", "quiet", icon="forward"), button("作废", "danger", icon="close"),
        pose(button("导出", icon="sheet"), "off"), button("", icon="more", size="square", tip="更多"),
        button("大", "primary", size="big"), None,
    )  # fmt: skip
    return sheet(card("按钮", grid), card("大小和图标", sizes))


def views_and_filters() -> QWidget:
    """Tabs, filters, rows of choices, the search box."""
    tabs = Tabs(
        [("all", "全部"), ("late", "逾期"), ("soon", "7 天内到期"), ("none", "未填 11月调度"), ("done", "已销号")]
    )
    for key, count in (("all", 22), ("late", 2), ("soon", 2), ("none", 4), ("done", 8)):
        tabs.count(key, count)
    tabs.choose("all")
    pose(tabs.buttons["late"], HOVER)
    pose(tabs.buttons["soon"], FOCUS)
    plain, chosen, many, hover, focus = (FilterButton(*pair) for pair in (
        ("light", "灯"), ("stage", "阶段"), ("source", "来源"), ("person", "责任人"), ("pace", "进度")
    ))  # fmt: skip
    chosen.put(("未销号",))
    many.put(("省督察二轮", "长江警示片", "自查"))
    pose(hover, HOVER)
    pose(focus, FOCUS)
    search, full = SearchBox("在督察整改中查找，如 bfqc"), SearchBox("在督察整改中查找")
    full.setText("报废汽车")
    rows = [CountRow(n, text, count) for n, (text, count) in enumerate((("新增", 3), ("更新", 14), ("冲突", 1)))]
    rows[1].setChecked(True)
    pose(rows[2], FOCUS)
    choices = column(*rows, gap=2)
    return sheet(
        tabs,
        card("筛选", row(plain, chosen, many, hover, focus, None), quiet="生效的筛选说出它的值"),
        card("查找", row(search, full, None)),
        card("分组", choices),
    )


# ---------------------------------------------------------------------------------------------- forms


def fields() -> QWidget:
    """Fields of a form: right, with a hint, wrong, locked, off, with the focus; choices."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(24))
    grid.setVerticalSpacing(theme.px(8))
    person, wrong, locked = (
        _field("person", "王秀兰"),
        _field("deadline", "2024.2.30"),
        _field("supervising_unit", "县环委办"),
    )
    wrong.mark("2月没有 30 日，是不是 2024-02-29？")
    locked.lock("这一栏由县环委办填写。需要改，请在备注里说明。")
    focused, choice, off = _field("phone", "0796-8440112"), _field("pace", ""), _field("place", "白水镇下洲村")
    pose(focused.editor, FOCUS)
    pose(off.editor, "off")
    goal = FormField(TABLES["problem"]["goal"], lines=4)
    goal.put("7 个拆解点全部清场，油污土壤规范处置，建立防反弹机制。")
    for at, one in enumerate(
        (FormField(TABLES["problem"]["found_on"], required=True), wrong, person, locked, focused, choice, off)
    ):
        grid.addWidget(one, at // 2, at % 2)
    grid.addWidget(goal, 4, 0, 1, 2)
    return sheet(card("表单", grid, quiet="标 * 的要填；没填完也会保存"))


def _field(name: str, value: str) -> FormField:
    made = FormField(TABLES["problem"][name])
    made.put(value)
    return made


def choices() -> QWidget:
    """Boxes, rounds, combo boxes and lines in their states."""
    boxes = [QCheckBox(f"含已销号，{POSES[how]}") for how in ("", FOCUS, "off")]
    ticked = [QCheckBox(f"显示灯，{POSES[how]}") for how in ("", FOCUS, "off")]
    rounds = [QRadioButton(f"用本机的，{POSES[how]}") for how in ("", FOCUS, "off")]
    chosen = [QRadioButton(f"用县里的，{POSES[how]}") for how in ("", FOCUS, "off")]
    for group in (boxes, ticked, rounds, chosen):
        for one, how in zip(group, ("", FOCUS, "off"), strict=True):
            one.setAutoExclusive(False)
            one.setChecked(group is ticked or group is chosen)
            pose(one, how)
    combos: list[QWidget] = []
    for how in ("", FOCUS, "off"):
        combo = QComboBox()
        combo.addItems(["达到序时进度", "未达到序时进度"])
        combo.setAccessibleName("序时进度")
        combos.append(pose(combo, how))
    lines: list[QWidget] = []
    for how in ("", FOCUS, "off"):
        line = QLineEdit()
        line.setPlaceholderText("可不填")
        line.setAccessibleName(f"备注，{POSES[how]}")
        lines.append(pose(line, how))
    return sheet(
        card(
            "选择",
            row(*boxes, None, gap=24),
            row(*ticked, None, gap=24),
            row(*rounds, None, gap=24),
            row(*chosen, None, gap=24),
        ),
        card("下拉和单行", row(*combos, None, gap=16), row(*lines, gap=16)),
    )


# ---------------------------------------------------------------------------------------------- tables


def _lines() -> list[tuple[str, ...]]:
    return [
        ("red", "报废汽车拆解点未按期清场，油污渗入沟渠", "2026-11-15", "逾期 8 天", "待报送", "accent", "1"),
        ("orange", "下洲村 36 户生活污水直排，管网未应收尽收", "2026-11-29", "还有 6 天", "已导出待回执", "yellow", ""),
        ("yellow", "集镇餐饮店 7 家未装油烟净化器", "2026-12-15", "还有 22 天", "县已接收", "grey", ""),
        ("green", "上坪村非正规垃圾堆放点清理与围挡", "2027-03-31", "还有 128 天", "县已接收", "grey", ""),
        ("done", "永利新材料废气设施未开启，排放口冒黑烟", "2026-10-31", "已完成", "县已接收", "grey", ""),
    ]


_COLUMNS = (
    Column("tick", "", lambda one: one[6] or "0", 40, "tick"),
    Column("light", "灯", lambda one: one[0], 48, "light", tip=lambda one: words.light(one[0], one[3]), sort="light"),
    Column("title", "问题", lambda one: one[1]),
    Column("deadline", "整改时限", lambda one: one[2], 110, small=True, sort="deadline"),
    Column("left", "剩余", lambda one: one[3], 90, small=True,
           tone=lambda one: {"red": "red", "orange": "orange"}.get(one[0], "quiet"), bold=lambda one: one[0] == "red"),
    Column("exchange", "报送", lambda one: one[4], 124, "state", tone=lambda one: one[5]),
)  # fmt: skip


def _table(name: str, lines: Sequence[tuple[str, ...]], *, chosen: Sequence[int] = (), by: str = "") -> LineView:
    view = LineView(name, many=True)
    model = PlainTable(_COLUMNS, view)
    view.show_model(model)
    model.show(lines)
    view.setFixedHeight(theme.px(34 + 37 * max(len(lines), 2) + 2))
    view.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
    for at in chosen:
        view.selectRow(at)
    if by:
        view.sort_mark(by, descending=True)
    return view


def tables() -> QWidget:
    """Lists: full, sorted with chosen rows, with the focus, empty."""
    focused = _table("有焦点的名单", _lines()[:3])
    focused.setCurrentIndex(focused.model().index(1, 2))
    focused.clearSelection()
    bulk = BulkBar("问题", "person", "责任人", steps=True)
    bulk.say(3, 2)
    return sheet(
        framed("名单", _table("名单", _lines())),
        framed("选中了几行，按时限排", _table("选中的名单", _lines(), chosen=(1, 2), by="deadline")),
        framed("键盘在第 2 行", pose(focused, FOCUS)),
        framed("没有符合的", _table("空的名单", [])),
        bulk,
        wide=980,
    )


SHEETS = (lights, states, buttons, views_and_filters, fields, choices, tables)
