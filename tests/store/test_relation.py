"""What a device lacks and the digest of what it has, against the same said of sets."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from models.store import relation
from models.store.relation import Digest, Side
from models.store.schema import granted, known, op, op_aud, pkg_out, pkg_out_op, refused
from models.store.sqlite import insert_many

SIDE = Side("361021", "county", bytes(16))
PEERS = [bytes([number]) * 16 for number in (7, 200, 255)]
ODD = [bytes(32), b"\xff" * 32, b"'" * 32, b"\xc3" * 32, b"\n\x00" * 16, b"\x00" * 31 + b"\x01"]  # as text: ends, signs


@pytest.fixture
def connection(ledger):
    with ledger.write(keep=False) as connection:
        yield connection


def _held(connection, hashes, *, travels=1):
    """Operations with these hashes, numbered from 1 on."""
    rows = [
        {
            "pk": pk, "id": pk.to_bytes(16), "sha": sha, "top": bytes(16), "device": bytes(16), "unit": "",
            "body": b"", "stamp": b"", "travels": travels, "is_data": 1, "arrived": "",
        }
        for pk, sha in enumerate(hashes, 1)
    ]  # fmt: skip
    insert_many(op, rows, connection)


def _of(hashes):
    hashes = list(hashes)
    return Digest(len(hashes), f"{sum(map(int.from_bytes, hashes)) % (1 << 256):064x}")


_hashes = st.lists(st.binary(min_size=32, max_size=32) | st.sampled_from(ODD), max_size=12, unique=True)
_sets = st.sets(st.integers(1, 12))
_again = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


@_again
@given(hashes=_hashes, has=st.lists(_sets, max_size=3))
def test_lacking_is_what_one_of_the_devices_has_not(connection, hashes, has):
    for table in (op, known):
        connection.execute(delete(table))
    _held(connection, hashes)
    every = set(range(1, len(hashes) + 1))
    peers = PEERS[: len(has)]
    insert_many(known, [{"device": p, "op": pk} for p, pks in zip(peers, has, strict=True) for pk in pks], connection)
    asked = relation.lacking(SIDE, SIDE.unit, peers)
    found = list(connection.scalars(asked))
    assert len(found) == len(set(found))
    assert set(found) == (every - set.intersection(*has) if has else every)


@_again
@given(hashes=_hashes, has=_sets, no=_hashes)
def test_the_digest_of_what_a_device_has_counts_what_was_refused_from_it_once(connection, hashes, has, no):
    for table in (op, known, refused):
        connection.execute(delete(table))
    _held(connection, hashes)
    insert_many(known, [{"device": PEERS[0], "op": pk} for pk in has if pk <= len(hashes)], connection)
    insert_many(refused, [{"device": PEERS[0], "sha": sha} for sha in no], connection)
    insert_many(refused, [{"device": PEERS[1], "sha": bytes([9]) * 32}], connection)
    both = {sha for pk, sha in enumerate(hashes, 1) if pk in has} | set(no)
    assert relation.known_digest(connection, PEERS[0]) == _of(both)


@pytest.mark.parametrize("count", [0, 1, 999, 1_000, 1_001, 2_500])
def test_a_digest_is_the_sum_of_hashes_whatever_bytes_they_have(connection, count):
    hashes = [*ODD, *((number << 240 | number).to_bytes(32) for number in range(1, count + 1))][:count]
    _held(connection, hashes)
    assert relation.digest(connection, select(op.c.pk).where(op.c.travels == 1)) == _of(hashes)


def test_what_does_not_travel_is_in_no_share(connection):
    _held(connection, ODD, travels=0)
    assert list(connection.scalars(relation.lacking(SIDE, SIDE.unit, PEERS[:1]))) == []
    assert relation.digest(connection, relation.share(SIDE, SIDE.unit)) == Digest(0, "0" * 64)


_units = st.sampled_from(["361021101", "361021102", "361021901", "*"])


@_again
@given(
    tops=st.lists(st.integers(1, 3), min_size=8, max_size=8),
    concerned=st.sets(st.tuples(st.integers(1, 8), _units)),
    given_=st.sets(st.tuples(st.integers(1, 3), _units, _units)),
)
def test_what_a_unit_may_hold_is_the_same_whether_one_looks_for_it_or_asks_of_each(connection, tops, concerned, given_):
    for table in (op, op_aud, granted):
        connection.info["folding"] = True
        connection.execute(delete(table))
    _held(connection, [bytes([n]) * 32 for n in range(8)])
    for pk, top in enumerate(tops, 1):
        connection.execute(op.update().where(op.c.pk == pk).values(top=bytes([top]) * 16))
    insert_many(op_aud, [{"op": pk, "unit": unit} for pk, unit in concerned], connection)
    grants = [{"top": bytes([top]) * 16, "unit": unit, "of_unit": of} for top, unit, of in given_]
    insert_many(granted, grants, connection)
    connection.info["folding"] = False
    to = "361021101"
    aud = {pk: {unit for one, unit in concerned if one == pk} for pk in range(1, 9)}
    of = {top: {of for one, unit, of in given_ if (one, unit) == (top, to)} for top in tops}
    may = {pk for pk, top in enumerate(tops, 1) if aud[pk] & ({to, "*"} | of[top])}
    assert set(connection.scalars(relation.scope(to))) == may
    assert set(connection.scalars(select(op.c.pk).where(relation.in_share(SIDE, to)))) == may


def test_lists_of_packages_count_from_after_the_last_loss(connection):
    _held(connection, ODD[:2])
    for pk in (1, 2):
        connection.execute(
            pkg_out.insert().values(
                pk=pk, id=bytes([pk]) * 16, unit="361021101", number=pk, name="", sha256=b"", operations=1, made=""
            )
        )
        connection.execute(pkg_out_op.insert().values(package=pk, op=pk))
    packages = [bytes([pk]) * 16 for pk in (1, 2)]
    assert list(connection.scalars(relation.listed(packages, 1))) == [2]
    assert set(connection.scalars(relation.listed(packages, 0))) == {1, 2}
