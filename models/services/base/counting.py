"""What figures are counted from, read in one transaction: records, units, rules, of now or as known on a past day."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from models.domain import breakdown, light
from models.domain.breakdown import Seen, Sight, Way
from models.domain.dictionaries import fitting
from models.domain.tally import Item
from models.domain.unit import Registry
from models.services.base import dictionaries
from models.services.base.desk import Desk
from models.store import figures, fold


@dataclass(frozen=True)
class Counted:
    """Every record of a ledger, and from where it is looked at."""

    sight: Sight
    who: Registry
    items: dict[str, list[Item]]  # problem, petition
    monthly: tuple[str, ...] = ()  # kinds of deadlines whose problems are told of month by month

    @property
    def day(self) -> str:
        """As of which day: ISO."""
        return self.sight.day.isoformat()

    def seen(
        self, table: str, *, unit: str | None = None, sources: Collection[str] | None = None, merged_once: bool = False
    ) -> list[Seen]:
        """The records that are there on the day; of one unit, of some sources where asked."""
        wanted = self.who.resolve(unit) or unit if unit else None
        some = (i for i in self.items[table] if wanted in (None, i.unit) and (sources is None or i.source in sources))
        return breakdown.seen(table, some, self.day, merged_once=merged_once)

    def name(self, way: Way, key: str) -> str:
        """What a value of a way is called."""
        if way.key == "unit":
            return self.who.units.get(key, key) or breakdown.NOT_SAID
        return breakdown.named(way, key)


def read(desk: Desk, connection: Connection, as_of: date | None = None, known_by: date | None = None) -> Counted:
    """Read all of it. `known_by`: only what had arrived here by the end of that day."""
    day = as_of or desk.today()
    if known_by is not None:
        return known(connection, day, desk.end_of_day(known_by))
    every = {table: figures.items(connection, table, whole=True) for table in ("problem", "petition")}
    monthly = _kinds(dictionaries.content(connection, "dispatch_rules"))
    return Counted(Sight(day, dictionaries.thresholds(connection)), desk.registry(connection), every, monthly)


def known(connection: Connection, day: date, until: str) -> Counted:
    """The same from what had arrived here by a moment: UTC."""
    who = fold.registry_then(connection, until)
    rules = light.thresholds(_content_then(connection, until, "thresholds", who))
    monthly = _kinds(_content_then(connection, until, "dispatch_rules", who))
    return Counted(Sight(day, rules), who, figures.known_items(connection, until, who), monthly)


def _kinds(rules: dict[str, Any]) -> tuple[str, ...]:
    return tuple(rules["kinds"])


def _content_then(connection: Connection, until: str, name: str, who: Registry) -> Any:
    """The content of a dictionary, as known then."""
    said = figures.known_content(connection, until, name, who)
    try:
        content = json.loads(said) if said else None
    except (ValueError, RecursionError):
        content = None
    return fitting(name, content)
