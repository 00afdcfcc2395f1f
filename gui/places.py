"""Where one can go in the window: what a page asks for when it wants to be left."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A page, and what it is to show."""

    page: str  # key of a page: overview problem petition exchange settings help …
    id: str = ""  # a record
    rows: tuple[int, ...] = ()  # the list that the record was opened from
    at: int = -1  # its place in that list
    view: str | None = None  # a named view of a list
    where: tuple[tuple[str, str], ...] = ()  # filters of a list
    words: str = ""  # search words of a list
    tab: str = ""  # a part of the page
    new: bool = False  # a new record


BACK = Place("<back>")  # to where we came from
THIS_MONTH = (("month", ""), ("unit", ""))  # of 月调度: `Place.where` of the present month, of all units
