"""The steps of a problem's way as the window and scripts see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Asked(NamedTuple):
    """One field that a step asks for."""

    name: str
    label: str
    required: bool
    value: str  # what is said already, or today
    either: bool = False  # of the fields of which this is true one must be said


class StepView(NamedTuple):
    """One step as it stands."""

    verb: str
    stage: str  # of the route, where the step is one of it: "county"
    label: str
    who: str  # "unit" or "county"
    mine: bool  # this desk's turn
    possible: bool  # may be taken at this desk, by the county also on behalf of a unit
    missing: tuple[str, ...]  # what must be there first, in words
    done_on: str | None  # "" done, day unknown; None: not yet
    table: str  # whose fields are asked for
    fields: tuple[Asked, ...]

    @property
    def unsaid(self) -> tuple[str, ...]:
        """The fields that must be said and are not, by their labels; the step may be possible all the same."""
        if self.done_on is not None:
            return ()
        either = [one for one in self.fields if one.either]
        none = () if any(one.value for one in either) else ("或".join(one.label for one in either),)
        return (*(one.label for one in self.fields if one.required and not one.value), *filter(None, none))


class PaperView(NamedTuple):
    """One paper of 一问题一档."""

    name: str
    must: bool
    here: bool
    files: tuple[str, ...] = ()  # ids of the entries that are it


class WayView(NamedTuple):
    """The way of one problem."""

    route: str
    quick: bool  # straight from completion to closing
    steps: tuple[StepView, ...]
    papers: tuple[PaperView, ...]
    standards: tuple[str, ...]  # of closing, to be ticked
    phrases: tuple[str, ...]  # for a return
    doubts: tuple[str, ...] = ()  # of what was made public: told, never refused


class ManyStep(NamedTuple):
    """A step that some of several problems can take."""

    verb: str
    stage: str
    label: str
    can: int  # how many of them
    table: str
    fields: tuple[Asked, ...]


class ManyWay(NamedTuple):
    """What several problems can be done with at once."""

    steps: tuple[ManyStep, ...]
    standards: tuple[str, ...]
    phrases: tuple[str, ...]


class StepLine(NamedTuple):
    """What a step does to one of several problems."""

    row: int
    id: str  # "" where the problem is gone
    number: str
    title: str
    unit_name: str
    state: str  # goes stays
    why: str = ""  # it stays


@dataclass(frozen=True)
class StepPlan:
    """One step for several problems, looked at before anything is written."""

    verb: str
    label: str
    values: tuple[tuple[str, str], ...]
    lines: tuple[StepLine, ...]
    at: int  # how long the log was

    @property
    def going(self) -> tuple[StepLine, ...]:
        """Those that the step is taken for."""
        return tuple(one for one in self.lines if one.state == "goes")


@dataclass(frozen=True)
class Taken:
    """A step that was taken for several problems, and the token by which it is undone as one."""

    label: str
    ids: tuple[str, ...]
    token: str
