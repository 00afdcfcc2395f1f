"""The steps of a problem's way as the window and scripts see them."""

from __future__ import annotations

from typing import NamedTuple


class Asked(NamedTuple):
    """One field that a step asks for."""

    name: str
    label: str
    required: bool
    value: str  # what is said already, or today


class StepView(NamedTuple):
    """One step as it stands."""

    verb: str
    stage: str  # of the route, where the step is one of it: "county"
    label: str
    who: str  # "unit" or "county"
    mine: bool  # taken at this desk
    possible: bool
    missing: tuple[str, ...]  # what must be there first, in words
    done_on: str | None  # "" done, day unknown; None: not yet
    table: str  # whose fields are asked for
    fields: tuple[Asked, ...]


class PaperView(NamedTuple):
    """One paper of 一问题一档."""

    name: str
    must: bool
    here: bool


class WayView(NamedTuple):
    """The way of one problem."""

    route: str
    quick: bool  # straight from completion to closing
    steps: tuple[StepView, ...]
    papers: tuple[PaperView, ...]
    standards: tuple[str, ...]  # of closing, to be ticked
    phrases: tuple[str, ...]  # for a return
    doubts: tuple[str, ...] = ()  # of what was made public: told, never refused
