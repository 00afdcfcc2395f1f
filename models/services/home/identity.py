"""Whose a ledger is: a backup of this office goes on under the keys that this PC has now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select

from models.services.base.desk import Desk
from models.store import sqlite
from models.store.ledger import NotALedger, rewriting
from models.store.schema import device, setting
from models.store.sqlite import put

_OWN = ("device", "public", "replaces", "former", "root", "county", "forks_from")


def goes_on(desk: Desk, backup: Mapping[str, str]) -> bool:
    """Whether a backup of another device is this office's: of this PC under former keys, or of the county's lost PC."""
    try:
        own = desk.settings if desk.ledger.path.is_file() and sqlite.is_ledger(desk.ledger.path) else {}
    except NotALedger:
        return False
    if backup.get("device") in own.get("former", "").split():
        return True
    same = all(own.get(name) and own.get(name) == backup.get(name) for name in ("kind", "unit", "root"))
    return same and desk.has_county_keys and desk.county_keys.has_root


def carry_over(desk: Desk, copy: Path) -> None:
    """Let a backup say that it is this PC's, under the keys of now."""
    with desk.ledger.read() as connection:
        row = connection.execute(select(device).where(device.c.id == desk.side.device)).mappings().one()
    with rewriting(copy) as connection:
        for name in _OWN:
            put(setting, {"name": name, "value": desk.settings.get(name, "")}, connection)
        put(device, {**row, "heard": 0, "newest": None, "forks": 0, "lists_from": 0}, connection)
