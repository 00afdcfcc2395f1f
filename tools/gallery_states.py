"""Sheets of the gallery: notices, progress, outcomes, empty places, ways, figures, photos, frames, letters, colours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gallery_sheet import FOCUS, card, framed, pose, sheet
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPolygonF
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QWidget,
)

from gui import theme
from gui.dialogs.question import Question
from gui.widgets.bars import Bar, MonthBars, RateBar
from gui.widgets.buttons import button
from gui.widgets.chips import Light
from gui.widgets.drop import Drop
from gui.widgets.empty import Empty
from gui.widgets.facts import Facts
from gui.widgets.frames import Card, Foot, Header, column, row
from gui.widgets.labels import Prose, label
from gui.widgets.notice import Notice
from gui.widgets.outcome import Outcome, Refusal
from gui.widgets.sparkline import Sparkline
from gui.widgets.steps import Station, Stations, Steps
from gui.widgets.thumbnails import Pair, Photo, Thumbnails
from gui.widgets.timeline import Stretch, Timeline
from gui.widgets.working import Working
from models.errors import LedgerError


@dataclass(eq=False)
class Example(LedgerError):
    """A refusal to show."""

    code = "S312"
    title = "U 盘中途断开"

    @property
    def message(self) -> str:
        return "U 盘中途断开，数据包没有写完。"

    @property
    def way_out(self) -> str:
        return "请重新插好 U 盘，再写一次；不用先删掉没写完的文件。"


# ---------------------------------------------------------------------------------------------- words


def notices() -> QWidget:
    """The four notices."""
    good, wrong, warning, info = Notice(), Notice(), Notice(), Notice()
    good.say("success", "导入成功：新增 3 条，更新 14 条；1 处需要您选择。", "", "去选择", "看变化")
    wrong.say(
        "refusal",
        "第 7 行 整改时限“2024.2.30”不是有效日期：2月没有 30 日。",
        "本机数据未改动。请改成 2024-02-29 或别的日子。",
        "去改",
    )
    warning.say(
        "warning",
        "第 6 包已写出 9 天，还没有收到县里回执。",
        "请问问县环委办是否收到；下一包会自动带上这 5 条，不会漏。",
    )
    info.say("info", "恢复备份后，请与县里交换一次。", "县里已有而本机缺少的内容会自动补回。")
    return sheet(good, warning, wrong, info)


def progress() -> QWidget:
    """Long work: not known how much, half done, stopping."""
    begun, half, stopping = (
        Working("正在写入 U 盘，请不要拔出", "取消写入", "取消后 U 盘上没有半个包，本机数据不变。") for _ in range(3)
    )
    begun.begin()
    begun.bar.setRange(0, 100)  # the moving bar would make every picture another
    half.begin()
    half.report(130_000_000, 214_000_000, "正在写盘并校验")
    half.left.setText("大约还要 1 分 20 秒")
    stopping.begin()
    stopping.report(12, 40, "第 12 行")
    stopping.stop.click()
    return sheet(begun, half, stopping)


def outcomes() -> QWidget:
    """How something long ended."""
    good = Outcome(True, button("再写一份"), button("完成", "primary"))
    good.say("可以拔出 U 盘了", "第 7 包已写好，写完后又读回来核对过。")
    facts = Facts(label_width=90)
    facts.show_facts(
        [("文件", "白水镇_第7包_20261123.hgb"), ("里面有", "19 条改动，46.2 MB"), ("收件", "临江县环委办")]
    )
    good.hold(facts)
    good.next.say(
        "info", "接下来：把 U 盘交给县环委办。", "县里读入后会把回执写在同一个 U 盘上，带回来读入，就知道收到了哪些。"
    )
    bad = Refusal((button("先不写"), button("再写一次", "primary", icon="refresh")))
    bad.refuse(Example())
    return sheet(good, bad)


def empties() -> QWidget:
    """Empty places, and where to drop files."""
    first = Empty(
        "clipboard", "还没有督察整改问题",
        "把县里交办的台账（Excel）导进来，或者一个一个登记。读入县里的数据包，新交办的问题也会出现在这里。",
        button("导入 Excel", "primary", icon="sheet"), button("新增问题", icon="plus"),
    )  # fmt: skip
    second = Empty("search", "没有符合筛选的问题", "换几个字，或者清除筛选。", button("清除筛选"))
    drop = Drop("inbox", "把数据包拖到这里", "也可以选一个文件或 U 盘。", [button("选择文件", icon="file")])
    return sheet(framed("空的页面", first), framed("筛选没有结果", second), drop)


# ---------------------------------------------------------------------------------------------- ways and figures


def ways() -> QWidget:
    """Steps of an assistant and stations of a record."""
    parts: list[QWidget] = []
    for at in range(4):
        one = Steps(["检查", "生成", "写盘并校验"])
        one.go(at)
        parts.append(one)
    stations = Stations()
    stations.show_stations([
        Station("交办", "2024-05-09", "done"), Station("整改方案", "2024-06-03", "done"),
        Station("整改中", "逾期 8 天", "now"), Station("县级验收"), Station("公示"), Station("销号"),
    ])  # fmt: skip
    line, focused = Timeline(), Timeline()
    rows = (
        Stretch("a", "规模较小的 5 个拆解点清场", "王秀兰", date(2026, 3, 9), date(2026, 4, 30), date(2026, 4, 28)),
        Stretch("b", "规模较大的 2 个拆解点清场", "周海平", date(2026, 5, 1), date(2026, 11, 15)),
        Stretch("c", "按户建档、签订不复开承诺书", "王秀兰", date(2026, 10, 1), date(2026, 12, 20)),
    )
    line.show_rows(rows, date(2026, 11, 23), editable=True)
    focused.show_rows(rows[:1], date(2026, 11, 23), editable=True)
    pose(focused, FOCUS)
    return sheet(card("步骤", *parts), card("经过", stations), card("措施", line, focused))


def figures() -> QWidget:
    """Bars, rates and sparklines."""
    bars = MonthBars()
    bars.setFixedHeight(theme.px(150))
    totals = (9, 11, 12, 15, 16, 16, 18, 19, 20, 22, 22, 22)
    done = (0, 1, 2, 4, 5, 7, 7, 8, 9, 9, 10, 10)
    bars.show_bars(
        [
            Bar(f"{(at + 11) % 12 + 1}月", ready, total, now=at == 11)
            for at, (ready, total) in enumerate(zip(done, totals, strict=True))
        ]
    )
    rates = QGridLayout()
    rates.setHorizontalSpacing(theme.px(12))
    for at, (name, rate) in enumerate((("白水镇", 1.0), ("河口镇", 0.55), ("石坪乡", 0.0))):
        rates.addWidget(label(name), at, 0)
        rates.addWidget(RateBar(rate), at, 1)
        rates.addWidget(label(f"{rate:.0%}", "bold"), at, 2, Qt.AlignmentFlag.AlignRight)
    rates.setColumnStretch(1, 1)
    lines = QGridLayout()
    lines.setHorizontalSpacing(theme.px(12))
    runs: tuple[tuple[str, tuple[float | None, ...]], ...] = (
        ("上升", (1, 2, 2, 4, 5, 8, 9, 10)), ("中间缺一个月", (9, 8, 8, None, 6, 6, 4, 3)), ("没有变化", (5, 5, 5, 5)),
        ("只有一个月", (None, None, 7)), ("这个月还没有数", (2, 3, 4, None)), ("还没有数", ()),
    )  # fmt: skip
    for at, (name, values) in enumerate(runs):
        lines.addWidget(label(name), at, 0)
        lines.addWidget(Sparkline(values, name, unit=" 个"), at, 1)
    lines.setColumnStretch(1, 1)
    return sheet(card("各月", bars), card("完成率", rates), card("走势", lines))


def photos() -> QWidget:
    """Pairs of photos: both, one missing, one without a picture."""
    strip = Thumbnails()
    strip.show_pairs([
        Pair("1 号点位", Photo("a", _scene(dirty=True), "2026-03-12 09:41 下洲村"),
             Photo("b", _scene(dirty=False), "2026-11-20 15:06 下洲村"), "同角度", "green"),
        Pair("3 号点位", Photo("c", None, "2026-03-12 09:41 白水镇下洲村 316 国道旁拆解点北侧"), None,
             "缺整改后", "yellow"),
    ])  # fmt: skip
    alone = Thumbnails()
    alone.show_pairs([Pair("5 号点位")])
    pose(alone.pairs[0].halves["after"], FOCUS)
    return sheet(card("照片", strip), card("还没有照片", alone), wide=880)


def _scene(*, dirty: bool) -> QImage:
    """A landscape to show: hills, a shed, rubbish or grass."""
    made = QImage(376, 282, QImage.Format.Format_RGB32)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sky = QLinearGradient(0, 0, 0, 160)
    sky.setColorAt(0, QColor("#B9BEC6" if dirty else "#9CC6E8"))
    sky.setColorAt(1, QColor("#D8DBDF" if dirty else "#E4F0F8"))
    painter.fillRect(made.rect(), sky)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#7C8C74" if dirty else "#6DA36A"))
    painter.drawPolygon(
        QPolygonF(
            [QPointF(*at) for at in ((0, 150), (90, 90), (190, 140), (290, 80), (376, 145), (376, 282), (0, 282))]
        )
    )
    painter.setBrush(QColor("#8A7B68" if dirty else "#B7AE93"))
    painter.drawRect(0, 180, 376, 102)
    painter.setBrush(QColor("#C9CCD1"))
    painter.drawRect(36, 120, 96, 66)
    painter.setBrush(QColor("#4A4F57" if dirty else "#4E9A4A"))
    for at in range(9):
        painter.drawEllipse(QPointF(60 + at * 34, 214 + at % 3 * 18), 15 if dirty else 7, 10 if dirty else 5)
    painter.end()
    return made


# ---------------------------------------------------------------------------------------------- frames and letters


def frames() -> QWidget:
    """The header of a page, its foot bar, a card with tools."""
    header = Header("报废汽车拆解点未按期清场", button("督察整改", "quiet", icon="back"))
    header.lead(Light("red", "逾期 8 天"))
    header.quiet.say("361021-2024-0017A")
    header.add(button("上一条", size="slim", icon="left"), button("", icon="more", size="square", tip="更多"))
    foot = Foot(
        label("导入前会先留一份备份，可以整个退回。", "small"),
        None,
        button("先不导入"),
        button("导入 17 条", "primary"),
    )
    tools = Card("与县交换", "11月22日 17:05")
    tools.tools.addWidget(button("去报送", "quiet", size="slim"))
    facts = Facts(align_right=True)
    facts.show_facts([("待报送", "12 条", "accent"), ("已导出待回执", "5 条"), ("冲突", "1 处", "yellow")])
    tools.add(facts)
    return sheet(header, tools, foot)


def dialogs() -> QWidget:
    """A decision, and one that asks for a reason."""
    plain = Question("作废 3 个问题？", "历史和照片都保留，随时可以恢复。", "不作废", ("作废 3 个问题", "danger"))
    asks = Question(
        "作废这个问题？",
        "历史都保留，随时可以恢复。",
        "不作废",
        ("作废", "danger"),
        reason="原因",
        hint="如：与 2024-0017 重复",
    )
    made = sheet(wide=600)
    for one in (plain, asks):
        one.setWindowFlags(Qt.WindowType.Widget)
        layout = made.layout()
        assert layout is not None  # noqa: S101 - given by sheet
        layout.addWidget(one)
        one.show()
    return made


def letters() -> QWidget:
    """The roles of letters, and running text."""
    prose = Prose(
        "14 正文，行距 1.6。数字 0123456789 等宽；2026-11-23、11月23日 10:42。“引号”、（括号）用全角。"
        "一行最多 46 个字：截至 11月23日，全县重点生态环境问题共 99 个，其中限期整改 64 个、长期坚持 35 个。"
    )
    tones = {"红": "red", "橙": "orange", "黄": "yellow", "绿": "green", "蓝": "accent", "静": "quiet", "淡": "hint"}
    roles = (
        ("28\u2003一眼看见的数", "display"), ("20\u2003页面标题", "title"), ("16\u2003段落标题", "h2"),
        ("14\u2003加粗", "bold"), ("13\u2003表格里的数字、日期", "cell"), ("12\u2003说明、时间、页脚", "small"),
        ("1F60-77A2-9C04-B3D8", "code"),
    )  # fmt: skip
    return sheet(
        card(
            "字",
            *(label(text, role) for text, role in roles),
            prose,
            row(*(label(name, "bold", tone) for name, tone in tones.items()), None),
            column(label("111,111.10", "cell"), label("888,888.88", "cell"), gap=0),
        )
    )


def colours() -> QWidget:
    """The tokens."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(8))
    grid.setVerticalSpacing(theme.px(8))
    for at, name in enumerate(theme.TOKENS):
        patch = QFrame()
        patch.setFixedSize(theme.px(24), theme.px(24))
        patch.setObjectName("patch")
        patch.setStyleSheet(
            f"QFrame#patch {{ background: {theme.token(name)}; border: 1px solid {theme.token('line2')}; }}"
        )
        said = column(label(name, "cell"), label(theme.token(name), "small"), gap=0)
        grid.addLayout(row(patch), at // 4, at % 4 * 2)
        grid.addLayout(said, at // 4, at % 4 * 2 + 1)
    return sheet(card("色", grid))


SHEETS = (
    notices, progress, outcomes, empties, ways, figures, photos, frames, dialogs, letters, colours,
)  # fmt: skip
