"""The row that is being read: what has been taken so far, what was not, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from models.documents.cells import Place, Source
from models.documents.columns import Use, fields_of
from models.documents.dictionary import ASIDE
from models.documents.facts_in import Told
from models.documents.rows import Cell, Note
from models.documents.states import CLOSING, COMPLETED, FINISH
from models.domain.field import Type

_JOINED = frozenset({"progress", "handling", "investigation", "measures_text", "goal"})


@dataclass(frozen=True)
class Setting:
    """What the rows of one table have in common."""

    kind: str
    uses: tuple[Use, ...]
    source: Source
    as_of: date | None
    types: dict[str, Type]
    several: frozenset[str]  # long texts that more than one column brings
    done_told: bool  # a column of its own says whether a matter is done
    day_told: bool  # a column says when a matter was done
    unit_told: bool  # a column says whose matter it is
    made_here: bool = False  # exported by this program: every cell means what it says, and no more
    today: date = date.max  # what happens later has not happened

    def ahead(self, day: date) -> str:
        """Why a day on which something happened cannot be; "" where it can: the running month means its last day."""
        later = (day.year, day.month) > (self.today.year, self.today.month)
        return f"日期（{day.isoformat()}）还没有到" if later else ""

    @property
    def subject(self) -> str:
        """The field without which a row is no record."""
        return "description" if self.kind == "problems" else "content"

    @property
    def done(self) -> str:
        """The facts field that says whether a matter is done."""
        return COMPLETED if self.kind == "problems" else FINISH


def setting(kind: str, uses: list[Use], source: Source, as_of: date | None, *, made_here: bool, today: date) -> Setting:
    """The setting that the uses of the columns make."""
    told = [use.field for use in uses]
    says_done = {use.field for use in uses if use.states_too}
    return Setting(
        kind, tuple(uses), source, as_of, fields_of(kind),
        several=frozenset(name for name in _JOINED if told.count(name) > 1),
        done_told=bool({COMPLETED, FINISH} & says_done),
        day_told=bool({COMPLETED, FINISH, "finished_on", CLOSING} & set(told)),
        unit_told=bool({"lead_unit", "township"} & set(told)),
        made_here=made_here,
        today=today,
    )  # fmt: skip


@dataclass
class Draft:
    """One row under way."""

    at: Setting
    told: Told
    values: dict[str, str | int | float] = field(default_factory=dict[str, str | int | float])
    cells: dict[str, Cell] = field(default_factory=dict[str, Cell])
    kept: list[str] = field(default_factory=list[str])  # for the remark
    refused: list[Note] = field(default_factory=list[Note])
    rejected: list[Note] = field(default_factory=list[Note])
    flagged: list[Note] = field(default_factory=list[Note])
    limit: Place | None = None
    phone: str = ""  # what the column of telephone numbers says, wherever it stands
    exact: bool = False  # a row that this program wrote

    def set(self, name: str, value: str | float, place: Place) -> None:
        """Take a value."""
        self.values[name] = value
        self.came_from(name, place)

    def came_from(self, name: str, place: Place) -> None:
        """Remember the cell that a field was read from."""
        self.cells.setdefault(name, Cell(place.address, place.text))

    def keep(self, label: str, text: str) -> None:
        """Put words that have no field into the remark."""
        self.kept.append(f"{label}：{text}")

    def reject(self, use: Use, place: Place, why: str) -> None:
        """Do not take a cell; its words stay in the remark."""
        if use.field != ASIDE:
            self.came_from(use.field, place)
        self.reject_text(place, why, use.leaf)

    def reject_text(self, place: Place, why: str, label: str) -> None:
        """Do not take what a cell says; its words stay in the remark."""
        self.rejected.append(Note(place.address, place.text, f"{why}，原文记入备注"))
        self.keep(f"{label}原文", place.text)

    def flag(self, place: Place, why: str) -> None:
        """Ask a person to look."""
        self.flagged.append(Note(place.address, place.text, why))
