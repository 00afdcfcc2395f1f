"""The players of the demo: the county, the PCs of its townships, and the sticks that go between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from cli.demo_data import TOWNS, Unit
from cli.demo_stage import Stage, WentWrong
from models.errors import LedgerError
from models.services.office import Office
from models.services.views.lists import Record
from models.services.views.workbooks import WorkbookView

ROUNDS = 3  # trips there and back after which all homes must agree, whatever happened


class Play:
    """Who plays, and what several acts do."""

    def __init__(self, stage: Stage, towns: int) -> None:
        self.stage = stage
        self.towns = TOWNS[:towns]
        self.first = self.towns[0]
        self.last = self.towns[min(1, towns - 1)]  # the second township, where there is one
        self.pcs: dict[str, Unit] = {}  # every PC of a township by the name of its home
        self.speech: dict[str, Any] = {}  # the figures of the first day

    @property
    def county(self) -> Office:
        """The county's desk."""
        return self.stage.office("county")

    @property
    def pc(self) -> Office:
        """The first PC of the first township."""
        return self.stage.office(self.first.code)

    @property
    def second(self) -> str:
        """The home of the second PC of the first township."""
        return f"{self.first.code}-2"

    def offices(self) -> Iterator[tuple[str, Unit, Office]]:
        """Every PC of a township."""
        for name, unit in self.pcs.items():
            yield name, unit, self.stage.office(name)

    def title(self, name: str) -> str:
        """What people call a PC."""
        return f"{self.pcs[name].name}{'二号机' if name.endswith('-2') else ''}"

    def open_problems(self, unit: Unit) -> list[Record]:
        """The unfinished problems that the county gave a township, those that are due first in front."""
        _, found = self.county.records.list(
            "problem", where=[("township", unit.code), ("stage", "open"), ("created_by", self.county.here.unit)]
        )
        return sorted(found, key=lambda r: (r["deadline"] or "9999", r["id"]))

    def tally(self, as_of: str | None = None, known_by: date | None = None) -> dict[str, Any]:
        """The county's figures."""
        return self.county.figures.tally(date.fromisoformat(as_of) if as_of else None, known_by)

    # ------------------------------------------------------------------------------------- sticks

    def up(self, *names: str) -> None:
        """PCs write to the county (none named: all), each on a stick of its own; the county takes the sticks in."""
        for name in names or tuple(self.pcs):
            stick = self.stage.stick()
            self.stage.office(name).exchange.export(stick)
            self.stage.taken_in("县里", self.county.exchange.bring_in([stick]), quietly=True)

    def down(self, *names: str) -> None:
        """The county writes for all townships on one stick, which goes from PC to PC."""
        stick = self.stage.stick()
        self.county.exchange.export(stick)
        for name in names or tuple(self.pcs):
            reports = self.stage.office(name).exchange.bring_in([stick])
            self.stage.taken_in(self.title(name), reports, quietly=True)

    def differing(self) -> list[str]:
        """The PCs that do not hold just what the county holds for their unit."""
        return [
            name for name, unit, office in self.offices()
            if office.exchange.digest(unit.code) != self.county.exchange.digest(unit.code)
        ]  # fmt: skip

    def meet(self) -> None:
        """As many trips as it takes until all homes agree."""
        trips = 0
        while different := self.differing():
            if trips == ROUNDS:
                raise WentWrong(f"交换 {trips} 个来回以后仍不一致：{'、'.join(different)}")
            trips += 1
            self.up()
            self.down()
        self.stage.tell(f"各台电脑与县里一致，用了 {trips} 个来回。")


def counts(seen: WorkbookView) -> str:
    """What became of the rows of a workbook."""
    unsure = f"，{len(seen.flagged)} 处按原文保留待核对" if seen.flagged else ""
    return f"新增 {seen.new} 行，更新 {seen.changed} 行，无变化 {seen.same} 行，未采用 {seen.refused} 行{unsure}"


def refusal(deed: Callable[[], object]) -> LedgerError | None:
    """How a deed was refused; None where it was done."""
    try:
        deed()
    except LedgerError as error:
        return error
    return None
