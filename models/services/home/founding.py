"""Making a home: ledger and keys under names that nobody opens, until all of it is there."""

from __future__ import annotations

from pathlib import Path

from models import files
from models.domain.unit import COUNTY
from models.services.base import units
from models.services.base.desk import LEDGER, Desk
from models.services.exchange.devices import certify_here
from models.store import fold_version, upgrade
from models.store.ledger import in_words
from models.store.schema import device
from models.sync.keyfile import save_keys
from models.sync.keys import make_county_keys, make_device_keys


def build(desk: Desk, fresh: Path, unit: tuple[str, str, str], passphrase: str | None, *, join: bool) -> None:
    """Fill `fresh` and the keys of a unit (kind, name, code); the ledger gets its own name last.

    `join`: a further PC of a county that has its root key elsewhere.
    """
    (kind, name, code), home, ledger = unit, desk.home, desk.ledger
    keys = make_device_keys()
    county = make_county_keys() if kind == COUNTY and not join else None
    for leftover in (fresh, home / "ledger.new-wal", home / "ledger.new-shm"):
        files.remove(leftover)
    with in_words():
        upgrade.create(fresh)
    desk.__dict__.update(settings={}, keys=keys)
    if county:
        desk.__dict__["county_keys"] = county
    try:
        with ledger.write() as connection:
            desk.remember(
                connection, unit=code, kind=kind, name=name.strip(), device=keys.id.hex(), public=keys.public.hex(),
                root=county.root_public.hex() if county else "", county=name.strip() if county else "",
            )  # fmt: skip
            fold_version.remember(connection)
            connection.execute(
                device.insert().values(
                    id=keys.id, unit=code, kind=kind, certificate=b"", revoked=0, heard=0, forks=0, lists_from=0
                )
            )
            if county:
                certify_here(desk, connection, keys)
                units.write(desk, connection, kind, name.strip(), code)
        ledger.settle()
    finally:
        ledger.close()
    _keep_aside(desk)
    save_keys(desk.device_file, keys, passphrase)
    if county:
        save_keys(desk.county_file, county, passphrase)
    files.rename_new(fresh, home / LEDGER)


def _keep_aside(desk: Desk) -> None:
    """Keys that lie here without a ledger: of a set-up that broke off, or of a county whose ledger somebody moved."""
    stamp = desk.wall()[:19].replace(":", "").replace("T", "-")
    for path in (desk.device_file, desk.county_file):
        if path.exists():
            files.rename_new(path, path.with_name(f"{path.stem}-{stamp}.old"))
