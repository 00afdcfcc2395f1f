"""Operations in the log, and whom they concern once it is known who wrote them."""

from __future__ import annotations

from sqlalchemy import select

from models.domain.unit import Author
from models.store import holding
from models.store.schema import op, op_aud
from tests.disks import OTHER, TOWN, device
from tests.store.conftest import Log


def _written(connection):
    """Of every operation: its unit, and the units it concerns."""
    both = op.outerjoin(op_aud, op_aud.c.op == op.c.pk)
    rows = connection.execute(select(op.c.top, op.c.unit, op_aud.c.unit).select_from(both).order_by(op.c.pk))
    return [(top.hex(), unit, audience) for top, unit, audience in rows]


def test_what_came_before_its_certificate_gets_its_unit_when_that_comes(ledger):
    """Nobody is known here yet: what a stranger wrote is held and concerns nobody."""
    log = Log(ledger)
    mine = log.write("problem", {"description": "河道有垃圾"}, by="town")
    others = log.write("problem", {"description": "沟渠有油污"}, by="other")
    with ledger.write() as connection:
        assert _written(connection) == [(mine, "", None), (others, "", None)]
        again = holding.learned(connection, bytes.fromhex(device("town")), Author(TOWN, "township"))
        assert again == {bytes.fromhex(mine)}
        assert _written(connection) == [(mine, TOWN, TOWN), (others, "", None)]


def test_of_the_countys_late_operations_those_are_meant_whom_it_names(ledger):
    log = Log(ledger)
    given = log.write("problem", {"description": "河道有垃圾"}, by="county")
    with ledger.write() as connection:
        holding.learned(connection, bytes.fromhex(device("county")), Author("361021", "county"))
        assert _written(connection) == [(given, "361021", "361021")]
        assert holding.learned(connection, bytes.fromhex(device("other")), Author(OTHER, "township")) == set()


def test_a_stamp_that_is_there_is_replaced_by_none_that_comes_later(ledger):
    """The county's own vouches for its work after a restore; the other PC of a unit could bring any."""
    given = bytes.fromhex(Log(ledger).write("problem", {"description": "河道有垃圾"}, by="county"))
    with ledger.write() as connection:
        for stamp in (b"\1" * 16, b"\2" * 16):
            holding.stamp_late(connection, [(given, stamp)])
        assert connection.scalar(select(op.c.stamp).where(op.c.id == given)) == b"\1" * 16
