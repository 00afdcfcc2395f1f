"""Which versions of the checklists are here, and what units added for themselves: read only."""

from __future__ import annotations

import json
from functools import cache

from sqlalchemy import Connection, RowMapping, select

import resources
from models.domain import checklists, words
from models.domain.checklists import SHIPPED, Checklist, Item
from models.services.base.checklist_refusals import NoChecklist
from models.services.views.lists import Record
from models.store.schema import checklist, local_item

_OF_LOCAL = ("theme", "text", "how", "basis", "evidence", "severity", "unit")


@cache
def shipped(theme: str) -> Checklist:
    """The version that the program carries along."""
    told = json.loads(resources.path(f"checklists/{theme}.json").read_text(encoding="utf-8"))
    return Checklist(theme, SHIPPED, told["version"], tuple(Item(**one) for one in told["items"]))


def versions(connection: Connection, theme: str) -> tuple[Checklist, ...]:
    """Every version of a theme that is here, the shipped one first, then the county's, the newest last."""
    wanted = select(checklist.c.code, checklist.c.content).where(
        checklist.c.void_from.is_(None), checklist.c.code.startswith(f"{theme}-", autoescape=True)
    )
    issued = connection.execute(wanted)
    found = [made for code, content in issued if (made := _read(code, content)) is not None and made.theme == theme]
    return (shipped(theme), *sorted(found, key=lambda one: one.version))


def _read(code: str | None, content: str | None) -> Checklist | None:
    try:
        return checklists.of(code or "", json.loads(content or "null"))
    except (ValueError, RecursionError):
        return None


def named(connection: Connection, name: str) -> Checklist:
    """The version with this code; of a theme, by its name or its word, the newest."""
    parts = checklists.parts_of(name)
    theme = parts[0] if parts else theme_of(name)
    every = versions(connection, theme)
    found = next((one for one in every if one.code == name), None) if parts else every[-1]
    if found is None:
        raise NoChecklist(name)
    return found


def known(connection: Connection, codes: str | None) -> list[Checklist]:
    """The versions that a record names; one that is not here, of a newer program, is left out."""
    found: list[Checklist] = []
    for code in (codes or "").split("；"):
        parts = checklists.parts_of(code)
        if parts is not None:
            found += [one for one in versions(connection, parts[0]) if one.code == code]
    return found


def theme_of(name: str) -> str:
    """The theme of this name, or that people call so."""
    theme = next((one for one, word in words.THEME.items() if name in (one, word)), None)
    if theme is None:
        raise NoChecklist(name)
    return theme


def local_items(connection: Connection, theme: str) -> list[Record]:
    """What units added to a theme for themselves, retired ones too (`void`)."""
    wanted = select(local_item).where(local_item.c.theme == theme).order_by(local_item.c.pk)
    return [item_of(row) for row in connection.execute(wanted).mappings()]


def item_of(row: RowMapping) -> Record:
    """One of them."""
    return {"id": row["id"].hex(), **{name: row[name] for name in _OF_LOCAL}, "void": row["void_from"]}
