"""Townships × lights: the columns, their order, and the list behind each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from gui import saying
from gui.places import Place
from gui.tables.columns import CENTER, Column
from gui.tables.delegates import CLOSE
from models.domain import words
from models.services.views.figures import UnitFigures

SUM = "合计"
NOWHERE = "（没有写单位）"
# The list behind a figure that is no light.
BEHIND = {"completed": ("light", "done"), "closed": ("stage", "closed")}
LOUD = {"red", "orange", "yellow"}
DIGIT = 8.5  # width of a bold digit, the widest letter of a figure


def rate(unit: UnitFigures) -> float:
    """The part of its problems that a unit has completed, long-term ones too."""
    return unit.completed / unit.total if unit.total else 0.0


def sum_of(units: Sequence[UnitFigures]) -> UnitFigures:
    """The line 合计."""
    lights = {light: sum(one.lights.get(light, 0) for one in units) for light in words.LIGHT}
    return UnitFigures(
        "", SUM, lights, sum(one.total for one in units), sum(one.completed for one in units),
        sum(one.closed for one in units), sum(one.no_dispatch for one in units), None,
        sum(one.told_monthly for one in units),
    )  # fmt: skip


def state(unit: UnitFigures, today: date) -> str:
    """Whether a unit reported this month, in words."""
    if unit.name == SUM:
        return ""
    if not unit.is_listed:
        return "未添加"
    return "已接收" if saying.came_this_month(unit.last_in, today) else "未报送"


def key(unit: UnitFigures, field: str, today: date) -> Any:
    """What a unit sorts by."""
    if field in words.LIGHT:
        return unit.lights.get(field, 0)
    if field == "rate":
        return rate(unit)
    if field == "state":
        return (unit.is_listed, saying.came_this_month(unit.last_in, today))
    value = getattr(unit, field)
    return (value is not None, value if value is not None else "")


def whose(unit: UnitFigures) -> tuple[tuple[str, str], ...]:
    """The filter that finds the problems of one line; none for the total."""
    if unit.name == SUM:
        return ()
    if unit.is_listed:
        return (("township", unit.unit),)
    return (("unit", ""), ("township", unit.unit))  # of no unit on the list, but so named


def place_of(unit: UnitFigures, column: str) -> Place:
    """The list behind a cell: of one light, completed or closed where there are any, else all problems of the unit."""
    where = whose(unit)
    if column in BEHIND and getattr(unit, column):
        return Place("problem", where=(*where, BEHIND[column]), view="")
    if unit.lights.get(column):
        return Place("problem", where=(*where, ("light", column)), view="")
    return Place("problem", where=where, view="")


def _light(light: str) -> Column:
    loud = light in LOUD
    return Column(
        light, words.LIGHT[light], lambda u: str(u.lights.get(light, 0)), 40, align=CENTER, sort=light,
        tone=lambda u: "hint" if not u.lights.get(light) else light if loud else "",
        bold=lambda u: (bool(u.lights.get(light)) and loud) or u.name == SUM,
        ground=lambda u: f"{light}Tint" if u.lights.get(light) and u.name != SUM else "",
        tip=lambda u: f"{words.LIGHT_MEANING[light]} {n} 个，点开看名单" if (n := u.lights.get(light)) else "",
    )  # fmt: skip


def _is_sum(unit: UnitFigures) -> bool:
    return unit.name == SUM


def _dispatched(unit: UnitFigures) -> str:
    asked = unit.told_monthly
    gap = " " if asked < 1000 else ""
    return f"{asked - unit.no_dispatch}{gap}/{gap}{asked}" if asked else saying.MISSING


def _dispatch_tip(unit: UnitFigures) -> str:
    return f"每月要报的 {unit.told_monthly} 个问题中，{unit.no_dispatch} 个缺本月调度" if unit.no_dispatch else ""


def columns(today: date, units: Sequence[UnitFigures] = ()) -> tuple[Column, ...]:
    """The columns of townships × lights, those of figures wide enough for the largest, which stands in the total."""
    total = sum_of(units)
    return tuple(
        replace(one, width=max(one.width, _width(one.text(total)))) if one.align is CENTER else one
        for one in _columns(today)
    )


def _width(figure: str) -> int:
    return round(2 * CLOSE + DIGIT * len(figure))


def _columns(today: date) -> tuple[Column, ...]:

    def late(unit: UnitFigures) -> bool:
        return unit.is_listed and not saying.came_this_month(unit.last_in, today)

    def last_in(unit: UnitFigures) -> str:
        return "" if _is_sum(unit) else saying.moment(unit.last_in, today)[:-6] if unit.last_in else saying.MISSING

    # fmt: off
    return (
        Column("name", "单位", lambda u: u.name or NOWHERE, bold=_is_sum, sort="name", tip=lambda u: u.name),
        Column("total", "总数", lambda u: str(u.total), 48, align=CENTER, bold=_is_sum, sort="total"),
        *(_light(light) for light in words.LIGHT),
        Column("completed", "完成", lambda u: str(u.completed), 48, align=CENTER, bold=_is_sum, sort="completed"),
        Column("closed", "销号", lambda u: str(u.closed), 48, align=CENTER, bold=_is_sum, sort="closed"),
        Column("rate", "完成率", lambda u: f"{rate(u):.0%}" if u.total else saying.MISSING, 64, align=CENTER,
               bold=_is_sum, sort="rate"),
        Column("no_dispatch", f"{today.month}月调度", _dispatched, 92, align=CENTER,
               tone=lambda u: "red" if u.no_dispatch and u.no_dispatch == u.told_monthly and not _is_sum(u) else "",
               bold=lambda u: bool(u.no_dispatch) or _is_sum(u), sort="no_dispatch", tip=_dispatch_tip),
        Column("last_in", "上次收到", last_in, 88, align=CENTER, small=True, sort="last_in",
               tone=lambda u: "orange" if late(u) else ""),
        Column("state", "本月", lambda u: state(u, today), 72, "state", sort="state",
               tone=lambda u: "orange" if late(u) else "grey"),
    )
    # fmt: on
