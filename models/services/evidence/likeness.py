"""One photo used twice: the very same file, or one that looks the same. Flagged, never refused."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, RowMapping, func, or_, select

from models.domain import shots
from models.domain.fields import TOPS
from models.services.views.files import Twice
from models.store.schema import FOLDED, evidence

MOST = 50  # that are told of one record
_TITLE = {"problem": ("number", "description"), "petition": ("receipt_number", "content")}
_LIVE = (evidence.c.void_from.is_(None), evidence.c.sha256.is_not(None))


def twice(connection: Connection, top: bytes, hashes: Iterable[str] | None = None) -> tuple[Twice, ...]:
    """The files of a record that other records have too, or that look like theirs; `hashes`: of these alone.

    Within one record a photo counts as used twice where it stands for two stages.
    """
    own = select(evidence).where(evidence.c.top == top, *_LIVE).order_by(evidence.c.pk)
    chosen = None if hashes is None else set(hashes)
    found: dict[tuple[str, bytes], Twice] = {}
    for row in connection.execute(own).mappings():
        if chosen is not None and row["sha256"] not in chosen:
            continue
        for other in _others(connection, row, top):
            key = (row["sha256"], other["top"])
            if key not in found and len(found) < MOST:
                found[key] = _told(connection, row, other)
    return tuple(found.values())


def _others(connection: Connection, row: RowMapping, top: bytes) -> list[RowMapping]:
    """Entries that may be of the same photo, the very same first."""
    same = select(evidence).where(
        evidence.c.sha256 == row["sha256"], evidence.c.id != row["id"], *_LIVE,
        or_(evidence.c.top != top, evidence.c.stage != row["stage"]),
    )  # fmt: skip
    found = list(connection.execute(same.limit(MOST)).mappings())
    looks = row["looks"] or ""
    if not shots.is_looks(looks):
        return found
    parts = [
        func.substr(evidence.c.looks, 1 + number * len(band), len(band)) == band
        for number, band in enumerate(shots.bands(looks))
    ]
    alike = select(evidence).where(
        evidence.c.looks.is_not(None), evidence.c.top != top, evidence.c.sha256 != row["sha256"], *_LIVE, or_(*parts)
    )
    return found + [one for one in connection.execute(alike).mappings() if shots.near(one["looks"], looks)]


def _told(connection: Connection, row: RowMapping, other: RowMapping) -> Twice:
    near = other["sha256"] != row["sha256"]
    for table in TOPS:
        source = FOLDED[table]
        number, title = (source.c[name] for name in _TITLE[table])
        record = connection.execute(select(number, title).where(source.c.id == other["top"])).first()
        if record is not None:
            return Twice(
                row["name"] or "", table, other["top"].hex(), record[0] or "", record[1] or "", near, row["sha256"]
            )
    return Twice(row["name"] or "", "", other["top"].hex(), "", "", near, row["sha256"])
