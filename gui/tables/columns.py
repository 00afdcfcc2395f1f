"""A list is a tuple of columns: what stands in them, how it looks, and by what it sorts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from gui import saying
from gui.widgets.chips import EXCHANGE_TONE, PACE_TONE, name_of
from models.domain import words
from models.services.views.campaigns import CampaignLine
from models.services.views.inspections import InspectionLine
from models.services.views.lists import BulkLine, Line

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FOR_EVER_TOO = re.compile(r"(?<=.)[，,；;]?\s*并长期坚持$")
CENTER = Qt.AlignmentFlag.AlignCenter


def _plain(_: Any) -> str:
    return ""


@dataclass(frozen=True)
class Column:
    """One column: its heading, what a line shows in it, and how."""

    key: str
    heading: str
    text: Callable[[Any], str]
    width: int = 0  # 0: takes the rest
    kind: str = "text"  # text light state tick bar; a text may have a second, small line below
    tone: Callable[[Any], str] = _plain  # colour of the letters, or of the state
    bold: Callable[[Any], bool] | None = None
    below: Callable[[Any], str] | None = None  # the second line of kind "two"
    tip: Callable[[Any], str] | None = None
    ground: Callable[[Any], str] | None = None  # a tint behind the cell
    small: bool = False  # 13 px and quiet: numbers, dates, sources
    align: Qt.AlignmentFlag = LEFT
    sort: str = ""  # field of Query.sort; "" does not sort
    leaves: int = 0  # 1 leaves first when the window is narrow; 0 never leaves
    about: str = ""  # what its heading means, beyond its words
    share: Callable[[Any], float] | None = None  # between 0 and 1: drawn as a bar below the words of kind "bar"


def _left_tone(line: Line) -> str:
    if line.stage != "open" or line.days_left is None:
        return "quiet"
    if line.days_left < 0:
        return "red"
    return "orange" if line.days_left <= 15 else ""


def _pace_tone(line: Line) -> str:
    return "red" if PACE_TONE.get(line.pace) == "red" and line.stage == "open" else ""


def _exchange(line: Line) -> str:
    return "冲突" if line.conflicts else line.exchange_said


def _exchange_tone(line: Line) -> str:
    return "yellow" if line.conflicts else EXCHANGE_TONE.get(line.exchange, "grey")


def _deadline_tip(line: Line) -> str:
    return f"时限原文：{line.deadline_text}" if line.deadline_text else ""


def _verified_tone(line: Line) -> str:
    return "quiet" if line.verified == "false" else ""


def _short_deadline(line: Line) -> str:
    """The deadline in as few letters as say it; the tip has the county's wording."""
    return _FOR_EVER_TOO.sub("并长期", saying.deadline(line))


def short_number(line: Line | BulkLine | InspectionLine | CampaignLine) -> str:
    """A number without the code of the unit, which the column of townships says in words."""
    unit, _, rest = line.number.partition("-")
    return rest if unit.isdigit() and len(unit) >= 6 and rest else line.number


# fmt: off
TICK = Column("tick", "选", _plain, 44, "tick")
PROBLEMS = (
    TICK,
    Column("light", "灯", lambda p: p.light, 46, "light", tip=lambda p: name_of(p.light, p.light_why), sort="light"),
    Column("number", "编号", short_number, 108, small=True, tip=lambda p: p.number, sort="number", leaves=3),
    Column("title", "问题", lambda p: p.title, tip=lambda p: p.title, sort="title"),
    Column("source", "来源", lambda p: p.source, 98, small=True, tip=lambda p: p.source, sort="source", leaves=1),
    Column("township_name", "乡镇", lambda p: p.township_name, 92, sort="township_name"),
    Column("person", "责任人", lambda p: p.person, 70, sort="person", leaves=4),
    Column("deadline", "整改时限", _short_deadline, 132, tip=_deadline_tip, sort="deadline"),
    Column("days_left", "剩余", saying.left, 100, tone=_left_tone, bold=lambda p: _left_tone(p) == "red",
           sort="days_left"),
    Column("pace", "序时进度", lambda p: words.say("pace", p.pace) or saying.MISSING, 116, tone=_pace_tone,
           sort="pace"),
    Column("stage", "阶段", lambda p: saying.stage("problem", p.stage), 62, sort="stage", leaves=2),
    Column("exchange", "报送", _exchange, 106, "state", tone=_exchange_tone),
)
PETITIONS = (
    TICK,
    Column("number", "受理编号", lambda p: p.number, 160, small=True, sort="number", leaves=4),
    Column("title", "反映情况", lambda p: p.title, tip=lambda p: p.title, sort="title"),
    Column("source", "批次", lambda p: p.source, 84, small=True, tip=lambda p: p.source, sort="source", leaves=1),
    Column("township_name", "行政区域", lambda p: p.township_name, 114, sort="township_name"),
    Column("kinds", "污染类型", lambda p: p.kinds, 100, small=True, tip=lambda p: p.kinds, sort="kinds", leaves=3),
    Column("verified", "是否属实", lambda p: words.say("verified", p.verified) or saying.MISSING, 92,
           tone=_verified_tone, sort="verified"),
    Column("person", "联络人", lambda p: p.person, 74, sort="person", leaves=2),
    Column("stage", "办理", lambda p: saying.stage("petition", p.stage), 102, sort="stage"),
    Column("exchange", "报送", _exchange, 106, "state", tone=_exchange_tone),
)
# fmt: on

LISTS = {"problem": PROBLEMS, "petition": PETITIONS}
