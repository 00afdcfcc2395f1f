"""What is shown of a sealed month, and of what became otherwise since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from models.domain import words


class Seal(NamedTuple):
    """One sealed month. With `as_of` and `at` its figures can be counted again, whatever came later."""

    number: int  # of this home: 1, 2, …
    as_of: str  # a day: ISO
    at: str  # UTC, ISO: what had arrived by then was known, and nothing else
    wall: str  # the same moment as this PC stated it, with its zone
    user: str
    note: str
    program: str
    problems: Mapping[str, Any]  # the figures as in a tally
    petitions: Mapping[str, Any]
    penalties: Mapping[str, float]
    paragraph: str

    @property
    def known_by(self) -> str:
        """The moment as people write it: 2024-06-15 09:30."""
        return self.wall[:16].replace("T", " ")


class Difference(NamedTuple):
    """One figure as it was sealed and as it is now, as of the same day."""

    table: str
    name: str  # as in a tally
    heading: str
    then: int
    now: int


class Cause(NamedTuple):
    """One operation that came after the seal."""

    kind: str  # late: written before the seal, and came after · brought: written and came after · here: written here
    at: str  # when it came, as this PC states it
    wall: str  # when it was written, as its PC stated it
    user: str
    unit: str
    unit_name: str
    why: str


class Otherwise(NamedTuple):
    """One thing that a record says otherwise, in words."""

    name: str
    label: str
    old: str
    new: str


class ChangedRecord(NamedTuple):
    """One record that counts otherwise than when it was sealed."""

    table: str
    id: str
    number: str
    title: str
    unit: str
    unit_name: str
    what: str  # new gone changed
    fields: tuple[Otherwise, ...]
    causes: tuple[Cause, ...]  # empty: the list of units or the rules of the lights changed

    @property
    def why(self) -> str:
        """Why it counts otherwise, in one sentence for each thing that came."""
        if not self.causes:
            return "没有新的填报，是单位名册或亮灯规则改了"
        return "；".join(dict.fromkeys(map(_said, self.causes)))


class SealChanges(NamedTuple):
    """What became otherwise since a seal, as of its day."""

    seal: Seal
    figures: tuple[Difference, ...]
    records: tuple[ChangedRecord, ...]
    paragraph: str  # as it would be said now of the same day


def _said(cause: Cause) -> str:
    came = f"{cause.unit_name} {cause.user}，{cause.wall[:10]} 填写，{cause.at[:10]} 到本机"
    return f"{words.SEAL_CAUSE[cause.kind]}：{came}{f'，{cause.why}' if cause.why else ''}"
