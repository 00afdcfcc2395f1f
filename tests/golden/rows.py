"""The rows of golden ledgers as sums: `python -m tests.golden.rows` writes them down, after RULES was raised."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from models.services.office import Office
from models.store import fold_version
from models.store.schema import FOLDED
from tests.offices import Clock, World

HERE = Path(__file__).parent
SUMS = HERE / "rows.json"
HOMES = [home for schema in sorted((HERE / "ledgers").iterdir()) for home in sorted(schema.iterdir())]


def name_of(home: Path) -> str:
    return f"{home.parent.name}/{home.name}"


def world_of(schema: Path, folder: Path) -> World:
    """The homes of a golden folder, as that program left them."""
    for home in sorted(schema.iterdir()):
        unpack(home, folder / home.name)
    said: dict[str, Any] = json.loads((schema / "town" / "said.json").read_text(encoding="utf-8"))
    return World(folder, Clock(datetime.fromisoformat(said["now"])))


def unpack(golden: Path, home: Path) -> None:
    """A golden home as it was."""
    for part in ("keys", "files"):
        if (golden / part).is_dir():
            shutil.copytree(golden / part, home / part)
    (home / "ledger.db").write_bytes(gzip.decompress((golden / "ledger.db.gz").read_bytes()))


def columns(home: Path) -> dict[str, list[str]]:
    """The columns of the folded tables that the old program knew: later ones are no business of an old ledger."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        path.write_bytes(gzip.decompress((home / "ledger.db.gz").read_bytes()))
        with closing(sqlite3.connect(path)) as file:
            found = {name: file.execute(f"SELECT name FROM pragma_table_info('{name}')").fetchall() for name in FOLDED}
    return {table: sorted(row[0] for row in rows if row[0] != "pk") for table, rows in found.items() if rows}


def sums(home: Path, office: Office) -> dict[str, str]:
    """The rows of an opened golden home, a sum for each table."""
    out: dict[str, str] = {}
    with office.desk.ledger.read() as connection:
        for table, names in columns(home).items():
            wanted = [FOLDED[table].c[name] for name in names if name in FOLDED[table].c]
            rows = sorted(repr(tuple(row)) for row in connection.execute(select(*wanted)))
            out[table] = hashlib.sha256("\n".join([*names, *rows]).encode()).hexdigest()[:16]
    return out


if __name__ == "__main__":
    written: dict[str, Any] = {"rules": fold_version.RULES}
    for schema in sorted((HERE / "ledgers").iterdir()):
        with tempfile.TemporaryDirectory() as place:
            world = world_of(schema, Path(place))
            written |= {name_of(home): sums(home, world[home.name]) for home in HOMES if home.parent == schema}
            world.close()
    SUMS.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
