"""The list of campaigns: until when, who has said what, what is left."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QStackedWidget

from gui import saying
from gui.tables.columns import Column, short_number
from gui.tables.plain import PlainTable
from gui.tables.sorting import Sorting
from gui.tables.view import LineView
from gui.widgets.empty import Empty
from models.domain import words
from models.services.views.campaigns import CampaignLine

TONE = {"coming": "grey", "running": "accent", "ended": "grey"}
LINE, SOON = 52, 7
VISIT = "visit"
EMPTY = ("还没有专项排查", "县里下发的、自己发起的、定期要查的和上级来查的，都排在这里。")


def _left(one: CampaignLine) -> str:
    """How much time is left; nothing of what is over or has no end."""
    if one.days_left is None or one.state != "running":
        return saying.MISSING
    return f"还有 {one.days_left} 天" if one.days_left else "今天截止"


def _left_tone(one: CampaignLine) -> str:
    near = one.state == "running" and one.days_left is not None and one.days_left <= SOON
    return "orange" if near and one.is_due else ""


def kind(one: CampaignLine) -> str:
    """What it is, and how often it comes."""
    named = words.INSPECTION_KIND.get(one.kind, "")
    return f"{named}（{words.REPEAT[one.repeat]}）" if one.repeat in words.REPEAT else named


def begun(one: CampaignLine) -> str:
    """Whose own it is, where the county did not issue it."""
    return f"{one.begun_by}自己发起" if one.begun_by else ""


def _said(one: CampaignLine) -> str:
    """Who reported, who reported zero and who was silent; of a visit nobody is asked to."""
    if one.kind == VISIT:
        return saying.MISSING
    parts = ((one.reported, "已排查"), (one.zero, "零报告"), (one.silent, "没有报"))
    return "，".join(f"{many} 个{said}" for many, said in parts if many)


def columns(today: date, drafts: Callable[[], Collection[str]], *, county: bool) -> tuple[Column, ...]:
    """What stands in the list. A township is alone: it says what it did itself.

    `drafts`: ids of those of which something is typed and not saved.
    """

    def until(one: CampaignLine) -> str:
        return saying.on_day(one.until, today) if one.until else "没有写"

    def below(one: CampaignLine) -> str:
        if one.id in drafts():
            return "有没保存的草稿"
        return saying.SPACE.join(filter(None, (begun(one) if county else "", kind(one))))

    def own(one: CampaignLine) -> str:
        if one.kind == VISIT:
            return saying.MISSING
        return "已排查" if one.reported else "零报告" if one.zero else "没有报"

    # fmt: off
    return (
        Column("state", "进行", lambda c: words.CAMPAIGN_STATE[c.state], 92, "state", tone=lambda c: TONE[c.state],
               sort="state"),
        Column("title", "名称", lambda c: c.title, below=below, sort="title", tip=lambda c: f"{c.title}\n{kind(c)}"),
        Column("until", "截止", until, 116, sort="until"),
        Column("days_left", "剩余", _left, 96, tone=_left_tone, bold=lambda c: bool(_left_tone(c))),
        Column("silent", "各单位" if county else "本单位", _said if county else own, 250 if county else 90,
               tone=lambda c: "orange" if c.silent and c.state != "coming" and c.kind != VISIT else "", sort="silent"),
        Column("left", "还没查到", lambda c: f"{c.left} 处" if c.left else saying.MISSING, 92,
               tone=lambda c: "orange" if c.left and c.state != "coming" else "quiet", sort="left"),
        Column("inspections", "检查", lambda c: f"{c.inspections} 次", 80, sort="inspections"),
        Column("findings", "查出", lambda c: f"{c.findings} 项", 80, sort="findings"),
        Column("number", "编号", short_number, 128, small=True, tip=lambda c: c.number, sort="number"),
    )
    # fmt: on


class CampaignLines(QStackedWidget):
    """The list, or why there is none. Enter opens a campaign."""

    opened = Signal(str)  # id of a campaign

    def __init__(self, today: date, begin: QPushButton, drafts: Callable[[], Collection[str]], *, county: bool) -> None:
        super().__init__()
        self.table = LineView("专项排查名单", row=LINE, edge=24, least=190)
        self._model = PlainTable(columns(today, drafts, county=county), self)
        self.table.show_model(self._model)
        self._sorting = Sorting(self.table)
        self.empty = Empty("checks", *EMPTY, begin)
        self.addWidget(self.table)
        self.addWidget(self.empty)
        self.setFocusProxy(self.table)
        self.table.opened.connect(self._open)

    def show_rows(self, rows: Sequence[CampaignLine]) -> None:
        """Show other lines, those first of which something is left."""
        self._sorting.show(sorted(rows, key=lambda one: (not one.is_due, one.until or "9")))
        self.setCurrentWidget(self.table if rows else self.empty)

    @Slot(int)
    def _open(self, at: int) -> None:
        one = self._model.line(at)
        if one is not None:
            self.opened.emit(one.id)
