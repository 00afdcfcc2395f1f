"""What the answers of inspections amount to: marks, coverage, findings that come again. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from models.domain.checklists import Item

# Days that a finding is given by default, by its severity; the person who registers it may say another day.
DAYS_TO_MEND = {"general": 30, "serious": 30, "major": 15}


@dataclass(frozen=True)
class Question:
    """One question as an inspection asks it. `checklist` "": the unit's own."""

    id: str
    theme: str
    checklist: str
    group: str
    text: str
    how: str
    basis: str
    evidence: str
    severity: str
    score: int | None = None

    @classmethod
    def of_item(cls, item: Item, theme: str, code: str) -> Question:
        """A question of a version of a checklist."""
        return cls(
            item.id, theme, code, item.group, item.text, item.how, item.basis, item.evidence, item.severity, item.score
        )

    def about(self) -> dict[str, Any]:
        """All but its id."""
        return {name: value for name, value in asdict(self).items() if name != "id"}


@dataclass(frozen=True)
class Marks:
    """Points of one checklist. `full`: of the questions that apply here; `percent` None: none of them has points."""

    full: int
    got: int

    @property
    def percent(self) -> float | None:
        """The mark on a scale of 100: what does not apply here takes nothing away."""
        return round(100 * self.got / self.full, 1) if self.full else None


def marks(items: Iterable[Item], answers: Mapping[str, str]) -> Marks:
    """The points of a checklist: 是 earns them, 否 and no answer do not, 不适用 leaves the full mark."""
    counted = [one for one in items if one.score and answers.get(one.id) != "na"]
    got = sum(one.score or 0 for one in counted if answers.get(one.id) == "yes")
    return Marks(sum(one.score or 0 for one in counted), got)


@dataclass(frozen=True)
class Coverage:
    """Of what was to be inspected, in the order of the scope: what was, and what was missed."""

    done: tuple[str, ...]
    missed: tuple[str, ...]


def coverage(scope: Iterable[str], inspected: Collection[str]) -> Coverage:
    """What of a scope was inspected."""
    wanted = list(dict.fromkeys(scope))
    return Coverage(
        tuple(one for one in wanted if one in inspected), tuple(one for one in wanted if one not in inspected)
    )


def repeated(found: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How often a question was answered 否 in different inspections, where more than once.

    `found`: item and inspection of each 否 at one source.
    """
    by_item: dict[str, set[str]] = {}
    for item, inspection in found:
        by_item.setdefault(item, set()).add(inspection)
    return {item: len(some) for item, some in by_item.items() if len(some) > 1}


def finding(text: str, note: str, basis: str) -> str:
    """What a problem says that comes of a question answered 否: what was seen, else the question; and the ground."""
    seen = note.strip() or f"检查“{text}”，结果为“否”"
    return f"{seen}（依据：{basis}）" if basis else seen


def mend_by(day: date, severity: str) -> date:
    """Until when a finding is proposed to be mended."""
    return day + timedelta(days=DAYS_TO_MEND.get(severity, DAYS_TO_MEND["general"]))


def campaign_state(from_on: str | None, until_on: str | None, today: date) -> str:
    """Whether a campaign is coming, running or ended; without days it runs."""
    day = today.isoformat()
    if from_on and day < from_on:
        return "coming"
    return "ended" if until_on and day > until_on else "running"
