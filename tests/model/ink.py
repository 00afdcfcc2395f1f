"""Operations of the program as the model reads them, and the laws with the tables and fields of the program."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from models.domain.field import Owner
from models.domain.fields import TABLES
from models.domain.unit import split_names
from models.store import operations
from models.sync.certificate import check_certificate
from tests.model.laws import (
    BY_ANYONE,
    BY_COUNTY,
    BY_CREATOR,
    BY_RESPONSIBLE,
    CERT,
    COUNTY,
    GRANT,
    SET,
    Fold,
    Op,
    Value,
)
from tests.model.package import Package
from tests.offices import COUNTY as COUNTY_CODE

_OWNERS = MappingProxyType({
    Owner.COUNTY: BY_COUNTY, Owner.CREATOR: BY_CREATOR, Owner.RESPONSIBLE: BY_RESPONSIBLE, Owner.LOCAL: BY_ANYONE,
})  # fmt: skip


@dataclass(frozen=True, eq=False, slots=True)
class RealOp(Op):
    """An operation of the program, as the model reads it."""

    table: str = ""


class RealFold(Fold):
    """The laws, with the tables and fields of the program."""

    verdict = "closing_stage"

    def owner_of(self, op: Op, name: str) -> int | None:
        """As models/domain/fields.py has it."""
        field = TABLES.get(op.table, {}).get(name) if isinstance(op, RealOp) else None
        return None if field is None else BY_COUNTY if op.table == "unit" else _OWNERS[field.owner]

    def _find_ties(self) -> None:
        for op in self.operations:
            author = self.author(op)
            namers = (COUNTY, self.creators.get(self.top, 0))
            if op.kind == SET and op.record == self.top and op.aud and author in namers:
                for name in ("township", "lead_unit"):
                    self.responsible.update(split_names(str(op.value(name) or "")))
                for name in ("cooperating_units", "supervising_unit", "responsible_units"):
                    self.helping.update(split_names(str(op.value(name) or "")))


def unit_of(code: str) -> str:
    """The model calls the county by its kind."""
    return COUNTY if code == COUNTY_CODE else code


class Ink:
    """All operations of one world, in the words of the model: each once, whatever disk it is read from."""

    def __init__(self, root: bytes) -> None:
        self._root = root
        self._known: dict[bytes, Op] = {}
        self.paths: dict[Package, Path] = {}  # where the packages lie that were written
        self.volumes: dict[Path, tuple[Path, ...]] = {}  # and beside them their photos

    def read(self, body: bytes, sha: bytes) -> Op:
        """The operation with these bytes."""
        if sha not in self._known:
            self._known[sha] = self._translate(body, sha)
        return self._known[sha]

    def _translate(self, body: bytes, sha: bytes) -> Op:
        real = operations.read(body, sha)
        values: dict[str, Value] = {name: plain(value) for name, (value, _) in real.fields.items()}
        if real.kind == CERT:
            certificate = check_certificate(b64decode(str(values["certificate"])), self._root)
            values |= {"device": certificate.device.hex(), "unit": unit_of(certificate.unit), "signed": 1}
        if real.kind == GRANT:
            of = real.fields["of"][0]
            assert isinstance(of, list)
            values |= {"unit": unit_of(str(values["unit"])), "of": frozenset(unit_of(str(u)) for u in of)}
        before = {name: tuple(int(p, 16) for p in prev) for name, (_, prev) in real.fields.items()}
        return RealOp(
            int.from_bytes(sha, "big"), real.kind, int(real.top, 16), int(real.record, 16),
            {name: (value, before.get(name, ())) for name, value in values.items()},
            frozenset(map(unit_of, real.aud)), real.lam, real.device, frozenset(int(p, 16) for p in real.after),
            None if real.saw is None else frozenset(int(p, 16) for p in real.saw), real.table,
        )  # fmt: skip


def plain(value: object) -> Value:
    """A value as the model compares it: lists as their text."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
