"""Campaigns as the window sees them: a list, who said what, what is left, and the matrix of findings. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.domain import words
from models.services.views.lists import Record


class CampaignLine(NamedTuple):
    """One campaign in a list. Days are ISO text, "" where none is written."""

    id: str
    number: str
    title: str
    kind: str  # of words.INSPECTION_KIND
    repeat: str  # of words.REPEAT; "" once
    state: str  # of words.CAMPAIGN_STATE
    until: str  # last day of its round
    days_left: int | None
    asked: int  # units
    reported: int
    zero: int
    silent: int
    left: int  # villages and sources that were missed
    inspections: int
    findings: int
    begun_by: str  # the unit whose own it is; "" where the county issued it

    @property
    def is_due(self) -> bool:
        """Whether something is to be looked at now."""
        return self.state == "running" and self.kind != "visit" and bool(self.silent or self.left)


class Left(NamedTuple):
    """A village or a source that nobody has looked at yet."""

    field: str  # village or source
    value: str  # what an inspection names
    name: str
    whose: str


@dataclass(frozen=True)
class Wanted:
    """Which findings: of what time, and of one campaign, unit, theme or fate ("" any; theme None any)."""

    as_of: date | None = None
    known_by: date | None = None
    since: date | None = None
    campaign: str = ""
    unit: str = ""
    theme: str | None = None
    fate: str = ""


class MatrixRow(NamedTuple):
    """A unit, or a theme: counts by column."""

    key: str
    name: str
    said: str  # of words.SAID; "" where nobody is asked
    counts: Mapping[str, int]


# What a matrix may count, and what people call it.
COUNTS = {"findings": "查出", "waiting": "没有整改好", "inspections": "检查次数"}
WAITING = ("unregistered", "open", "overdue")


def line(one: Record) -> CampaignLine:
    """One of a list of campaigns."""
    states, kind = [unit["state"] for unit in one["units"]], one["kind"] or "campaign"
    return CampaignLine(
        one["id"], one["number"] or "", one["title"] or "", kind, one["repeat"] or "", one["state"],
        one["round"]["last"], one["days_left"], len(states), states.count("reported"), states.count("zero"),
        states.count("silent"), len(one["missed"]["villages"]) + len(one["missed"]["sources"]), one["inspections"],
        one["findings"], one["begun_by"],
    )  # fmt: skip


def left(one: Record, names: Mapping[str, str]) -> list[Left]:
    """What of a campaign's scope nobody has looked at; `names` of units."""
    villages = [Left("village", village, village, "") for village in one["missed"]["villages"]]
    sources = [
        Left("source", at["id"], "，".join(filter(None, (at["name"], at["village"]))), names.get(at["unit"], ""))
        for at in one["missed"]["sources"]
    ]
    return villages + sources


def by_unit(figures: Record, count: str) -> list[MatrixRow]:
    """主题 × 乡镇: every unit with what is counted of each theme, "" the sum of all."""
    cells: dict[str, dict[str, int]] = {}
    for cell in figures["matrix"]:
        cells.setdefault(cell["unit"], {})[cell["theme"] or "?"] = _number(cell, count)
    return [
        MatrixRow(one["unit"], one["name"], one["state"], _with_sum(cells.get(one["unit"], {}), _whole(one, count)))
        for one in figures["units"]
    ]


def by_theme(figures: Record) -> list[MatrixRow]:
    """Every theme that was looked at, with what became of its findings."""
    names = ("inspections", "findings", *words.FATE)
    return [MatrixRow(one["theme"], one["name"], "", {name: one[name] for name in names}) for one in figures["themes"]]


def total(rows: Iterable[MatrixRow], name: str) -> MatrixRow:
    """The sum of rows."""
    sums: dict[str, int] = {}
    for one in rows:
        for key, number in one.counts.items():
            sums[key] = sums.get(key, 0) + number
    return MatrixRow("", name, "", sums)


def _number(cell: Record, count: str) -> int:
    return sum(cell[fate] for fate in WAITING) if count == "waiting" else cell[count]


def _whole(unit: Record, count: str) -> int | None:
    """How often a unit looked at all: with several themes, or with none, that is not the sum of its cells."""
    return unit["inspections"] if count == "inspections" else None


def _with_sum(cells: dict[str, int], whole: int | None) -> dict[str, int]:
    return {**cells, "": sum(cells.values()) if whole is None else whole}
