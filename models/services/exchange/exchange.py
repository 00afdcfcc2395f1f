"""The exchange, whole: packages out, packages in, and how far each peer is (sync.md 5.4 to 5.6)."""

from __future__ import annotations

from sqlalchemy import select

from models.domain.roles import Deed
from models.services.base import register
from models.services.exchange import journal, outlook, peers, receipts, reports
from models.services.exchange.enrolment import NotEnrolled
from models.services.exchange.incoming import Incoming
from models.services.exchange.outgoing import Outgoing
from models.services.views.exchange import Journal, Lost, Outlook, Peer, PreviewLine, Register
from models.store import exchanged, relation
from models.store.schema import op


class Exchange(Outgoing, Incoming):
    """Everything the window and the hatch may ask of the exchange."""

    def digest(self, unit: str | None = None) -> dict[str, str | int]:
        """The scope of a unit as one value: equal on two homes exactly when they hold the same operations of it."""
        side = self._desk.side
        with self._desk.ledger.read() as connection:
            if unit is None and side.is_county:
                rows, name = select(op.c.pk).where(op.c.travels == 1), side.unit
            else:
                name = unit or side.unit
                rows = relation.scope(name)
            found = relation.digest(connection, rows)
        return {"scope": name, "operations": found.n, "digest": found.text}

    def outlook(self, unit: str | None = None) -> Outlook:
        """What the next package to a unit (none: to the county) would hold."""
        desk = self._desk
        if not desk.enrolled:
            raise NotEnrolled
        with desk.ledger.read() as connection:
            code = unit or desk.registry(connection).county
            return outlook.outlook(desk, connection, code)

    def journal(self, unit: str | None = None, *, skip: int = 0, most: int = journal.PAGE) -> Journal:
        """The packages that left and came, newest first."""
        with self._desk.ledger.read() as connection:
            return journal.journal(self._desk, connection, unit, skip, most)

    def register(self, *, skip: int = 0, most: int | None = register.PAGE, since: str = "") -> Register:
        """The register of media, newest line first; `since`: from this day (ISO) on."""
        with self._desk.ledger.read() as connection:
            return register.page(self._desk, connection, skip, most, since)

    def hand(self, name: str) -> None:
        """Who carries packages from now on; it stands in the register."""
        with self._desk.ledger.write(deed=Deed.EXCHANGE) as connection:
            register.hand(self._desk, connection, name)

    def changes(self, package: str) -> tuple[PreviewLine, ...]:
        """All that was listed when a package came in, by its id."""
        with self._desk.ledger.read() as connection:
            return reports.lines(connection, receipts.find_in(connection, package).pk)

    def lost(self) -> tuple[Lost, ...]:
        """The units that may have put an old backup back, until they have acknowledged again what they lost."""
        with self._desk.ledger.read() as connection:
            found = exchanged.going_again(connection, self._desk.side)
            names = self._desk.registry(connection).units
        return tuple(Lost(unit, names.get(unit, unit), count) for unit, count in found.items())

    def peers(self) -> tuple[Peer, ...]:
        """Every unit that this home exchanges with."""
        with self._desk.ledger.read() as connection:
            return peers.peers(self._desk, connection)
