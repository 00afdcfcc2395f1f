"""The one maker of operations: it knows the heads, the Lamport number and what a verdict must have seen."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from models.domain.limits import HEAD_NAMES, SAW_NAMES
from models.domain.operation import GRANT, PREFIX, REMARK, SET, VOID, Value, next_lam
from models.domain.reduce import VERDICTS, Reduced
from models.progress import Progress
from models.services.base.desk import Desk
from models.store import fold, operations
from models.store.holding import NO_STAMP, Incoming, hold

_EMPTY_SAW: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where an operation is written: a record, the history that it belongs to, and what is known of that history."""

    table: str
    record: str | None = None  # None: a new record
    history: Reduced | None = None  # None: a new history

    @property
    def top(self) -> str | None:
        """The id of the record at the top, if there is one yet."""
        return self.history.top if self.history else None


class Pen:
    """Collects the operations of one verb and puts them into the log together."""

    def __init__(self, desk: Desk, connection: Connection) -> None:
        self._desk = desk
        self._connection = connection
        self._incoming: list[Incoming] = []
        self._lams: dict[str, int] = {}  # top → the Lamport number of the newest operation written here
        self.registry = desk.registry(connection)
        self._wall = desk.wall()
        self._stamp = desk.county_keys.stamp if desk.has_county_keys else None

    def set(self, place: Place, values: Mapping[str, Value], aud: Sequence[str], why: str = "") -> str:
        """Write fields of a record; returns the record's id."""
        return self._write(SET, place, values, aud, why)

    def void(self, place: Place, day: str | None, aud: Sequence[str], why: str) -> str:
        """Mark a record void from a day, or take that back."""
        return self._write(VOID, place, {"void": day}, aud, why)

    def remark(self, history: Reduced, text: str, aud: Sequence[str]) -> str:
        """Append an entry to the remarks that both sides see."""
        return self._write(REMARK, Place("remark", None, history), {"text": text}, aud)

    def first_remark(self, top: str, text: str, aud: Sequence[str]) -> str:
        """A remark on a record that this pen has just made."""
        return self._write(REMARK, Place("remark"), {"text": text}, aud, top=top)

    def grant(self, history: Reduced, unit: str, of: Sequence[str], aud: Sequence[str]) -> str:
        """Let a unit hold the operations of a history whose audience meets `of`."""
        return self._write(GRANT, Place("grant", None, history), {"unit": unit, "of": sorted(of)}, aud)

    def plain(self, kind: str, table: str, values: Mapping[str, Value], aud: Sequence[str]) -> str:
        """An operation that stands alone and has no heads: a certificate, a revocation."""
        return self._write(kind, Place(table), values, aud)

    def _write(
        self, kind: str, place: Place, values: Mapping[str, Value], aud: Sequence[str], why: str = "",
        top: str | None = None,
    ) -> str:  # fmt: skip
        history = place.history
        of = top or place.top
        known = history.lam if history else 1 if top else 0
        lam = next_lam(max(known, self._lams.get(of or "", 0)))  # what this pen wrote before is known too
        body = operations.make(
            kind=kind,
            table=place.table,
            fields={name: (value, self._heads(place, kind, name)) for name, value in values.items()},
            aud=tuple(aud),
            lam=lam,
            device=self._desk.settings["device"],
            nonce=secrets.randbits(63),
            user=self._desk.user,
            wall=self._wall,
            why=why,
            record=place.record,
            top=of,
            after=_verdict_heads(history),
            saw=self._saw(kind, values, history),
        )
        sha = operations.digest_of(body)
        self._lams[of or sha[:16].hex()] = lam
        stamp = self._stamp(body) if self._stamp and aud else NO_STAMP
        self._incoming.append(Incoming(operations.read(body, sha), body, sha, stamp))
        return place.record or sha[:16].hex()

    def _heads(self, place: Place, kind: str, name: str) -> tuple[str, ...]:
        if kind not in (SET, VOID) or place.history is None or place.record is None:
            return ()
        record = place.history.records.get(place.record)
        return tuple(head.prefix for head in record.heads.get(name, ())[-HEAD_NAMES:]) if record else ()

    def _saw(self, kind: str, values: Mapping[str, Value], history: Reduced | None) -> tuple[str, ...] | None:
        if kind != VOID and not any(name in VERDICTS for name in values):
            return None
        if history is None:
            return _EMPTY_SAW
        held = fold.held_ids(self._connection, bytes.fromhex(history.top), SAW_NAMES)
        return tuple(sorted(i.hex()[:PREFIX] for i in held))

    def put(self, progress: Progress | None = None) -> set[bytes]:
        """Put all that was written into the log and fold it. Returns the tops of the histories touched."""
        tops = hold(self._connection, self._incoming, self.registry, self._desk.utc())
        fold.refold(self._connection, tops, progress, decoded={i.sha: i.operation for i in self._incoming})
        self._incoming = []
        self.registry = self._desk.registry(self._connection)
        return tops


def _verdict_heads(history: Reduced | None) -> tuple[str, ...]:
    """The heads of verdict and void on the record at the top: what the author knew to be decided."""
    record = history.records.get(history.top) if history else None
    if record is None:
        return ()
    return tuple(head.prefix for name in ("void", *VERDICTS) for head in record.heads.get(name, ())[-HEAD_NAMES:])
