"""What a dishonest program of an enrolled township can try, with its own genuine keys: none of it enters (law 12)."""

from __future__ import annotations

import secrets
from hashlib import sha256

import pytest
from sqlalchemy import delete, func, select

from models.domain.reduce import reduce
from models.store import fold, operations, relation
from models.store.holding import NO_STAMP, Incoming, hold
from models.store.schema import device, known, op, op_aud, refused
from tests.offices import COUNTY, OTHER, TOWN, lived_in

CLOSED = [["2024-06-01", "closed"]]


def smuggle(
    office, values, *, as_, record=None, top=None, kind="set", table="problem", stamp=NO_STAMP, aud=None, lam=9
):
    """Put an operation into a home's own log that says another device wrote it; the home believes it and sends it."""
    body = operations.make(
        kind=kind,
        table=table,
        fields={n: (v, ()) for n, v in values.items()},
        aud=(COUNTY, TOWN) if aud is None else aud,
        lam=lam,
        device=as_,
        nonce=secrets.randbits(63),
        user="县里",
        wall="2024-06-15T09:00:00+08:00",
        record=record,
        top=top,
        saw=() if kind == "void" or "closing_stage" in values else None,
    )
    sha = operations.digest_of(body)
    with office.desk.ledger.write() as connection:
        incoming = Incoming(operations.read(body, sha), body, sha, stamp)
        fold.refold(connection, hold(connection, [incoming], fold.registry(connection), office.desk.utc()))
    return sha[:16]


def holds(office, id_):
    with office.desk.ledger.read() as connection:
        return connection.scalar(select(func.count()).select_from(op).where(op.c.id == id_)) == 1


def device_of(world, name):
    return world[name].desk.settings["device"]


@pytest.fixture(scope="module")
def lived(county_folder):
    """A record of which the county knows that it arrived."""

    def live(world):
        made = world["county"].records.add("problem", {"description": "坏", "township": "白水镇"})["id"]
        for _ in range(2):
            world.round("town", "town2", "other")
        return made

    with lived_in(county_folder, live) as world:
        yield world


@pytest.fixture
def record(lived):
    return lived.told


def test_a_verdict_of_the_county_forged_by_a_township_is_not_held(world, record):
    before = world["county"].exchange.digest()
    forged = smuggle(world["town"], {"closing_stage": CLOSED}, as_=device_of(world, "county"), record=record)
    assert world["town"].records.show("problem", record)["closing_stage"] == "closed"  # it deceives itself
    report = world.send("town", "county")
    assert (report.result, report.refused_operations, report.updated, report.held) == ("imported", 1, 0, 0)
    assert "没有接收" in report.message
    assert not holds(world["county"], forged)
    assert world["county"].exchange.digest() == before
    assert world["county"].records.show("problem", record)["closing_stage"] == "none"
    assert world["county"].figures.tally()["problems"]["closed"] == 0
    assert world.sound("county") == []


def test_only_the_forger_is_troubled(world, record):
    """Honest work of the same package arrives, nobody else notices, and the county does not send everything again."""
    forged = smuggle(world["town"], {"closing_stage": CLOSED}, as_=device_of(world, "county"), record=record)
    world["town"].records.edit("problem", record, {"progress": "真的进展"})
    for n in range(3):
        report = world.send("town", "county")
        assert (report.refused_operations > 0, report.fork) == (True, False) or n
        back = world["county"].exchange.export(world.stick(), [TOWN]).packages[0]
        assert back.operations <= (1 if n == 0 else 0)  # nothing but what the other PC of the unit lacks
        assert world.taken("town", back).result == world.taken("town2", back).result == "imported"
        assert [r.refused_operations for r in world.round("other", "office", "town2")] == [0] * 6
    assert world["county"].records.show("problem", record)["progress"] == "真的进展"
    assert world.agree("other", "town2", "office")
    assert not holds(world["county"], forged)
    assert not holds(world["town2"], forged)


@pytest.mark.parametrize("fake", [bytes([1]) + b"x" * 15, bytes([200]) * 16, bytes([0]) + b"y" * 15])
def test_a_made_up_stamp_convinces_nobody(world, record, fake):
    forged = smuggle(
        world["town"], {"closing_stage": CLOSED}, as_=device_of(world, "county"), record=record, stamp=fake
    )  # fmt: skip
    assert world.send("town", "county").refused_operations == 1
    assert not holds(world["county"], forged)


def test_the_stamp_of_another_operation_convinces_nobody(world, record):
    with world["county"].desk.ledger.read() as connection:
        genuine = connection.scalar(select(op.c.stamp).where(op.c.top == bytes.fromhex(record)).limit(1))
    assert genuine != NO_STAMP
    forged = smuggle(
        world["town"], {"closing_stage": CLOSED}, as_=device_of(world, "county"), record=record, stamp=genuine
    )  # fmt: skip
    assert world.send("town", "county").refused_operations == 1
    assert not holds(world["county"], forged)


@pytest.mark.parametrize("name", ["other", "office"])
def test_nobody_writes_as_another_unit(world, record, name):
    forged = smuggle(world["town"], {"progress": "我是别人"}, as_=device_of(world, name), record=record)
    assert world.send("town", "county").refused_operations == 1
    assert not holds(world["county"], forged)


def test_a_device_that_nobody_knows_is_not_believed(world, record):
    forged = smuggle(world["town"], {"progress": "无名"}, as_="f" * 32, record=record)
    assert world.send("town", "county").refused_operations == 1
    assert not holds(world["county"], forged)


@pytest.mark.parametrize(
    ("kind", "table", "values"),
    [
        ("grant", "grant", {"unit": TOWN, "of": [COUNTY, OTHER]}), ("revoke", "certificate", {"device": "0" * 32}),
        ("set", "problem", {"closing_stage": CLOSED}), ("void", "problem", {"void": "2024-06-01"}),
    ],
)  # fmt: skip
def test_what_is_the_countys_is_held_and_not_applied_where_a_township_says_it_itself(
    world, record, kind, table, values
):
    theirs = world["other"].records.add("problem", {"description": "青石镇的"})["id"]
    world.round("other")
    target = theirs if kind == "grant" else record
    own = smuggle(
        world["town"], values, as_=device_of(world, "town"), kind=kind, table=table,
        record=None if kind in ("grant", "revoke") else target, top=None if kind == "revoke" else target,
    )  # fmt: skip
    report = world.send("town", "county")
    assert (report.refused_operations, report.held) == (0, 1)
    assert holds(world["county"], own)
    assert world["county"].records.show("problem", record)["closing_stage"] == "none"
    assert world["county"].records.show("problem", record)["void"] is None
    world.round("town", "other")
    assert not holds(world["town"], bytes.fromhex(theirs))
    assert world["county"].units.list()[1].devices == 2
    assert world.agree("town", "other")
    assert world.sound("county", "town") == []


@pytest.mark.parametrize("aud", [("*",), (COUNTY, OTHER, TOWN)])
def test_a_township_shares_with_nobody_by_itself(world, record, aud):
    """Only its own unit counts in what it says of the audience (law 5)."""
    loud = smuggle(
        world["town"], {"description": "给所有人看", "township": "青石"}, as_=device_of(world, "town"), aud=aud
    )  # fmt: skip
    world.round("town")
    assert holds(world["county"], loud)
    world.round("other", "office")
    assert not holds(world["other"], loud)
    assert not holds(world["office"], loud)
    assert world.agree("town", "other", "office")


@pytest.mark.parametrize("table", ["campaign", "notice"])
def test_what_the_county_issues_is_not_handed_on_for_a_township_that_issues_it(world, table):
    named = {"title": "冒充县里发的", "township": "青石镇"}
    named |= {"responsible_units": "青石镇；县住建局"} if table == "campaign" else {}
    fake = smuggle(world["town"], named, as_=device_of(world, "town"), table=table)
    world.round("town")
    assert holds(world["county"], fake)
    world.round("other", "office")
    assert not holds(world["other"], fake)
    assert not holds(world["office"], fake)
    assert world.agree("town", "other", "office")


def test_a_campaign_that_a_township_gives_out_as_the_countys_is_asked_of_nobody_but_itself(world):
    day = {"from_on": "2024-06-01", "until_on": "2024-06-30"}
    named = {"title": "县里部署的专项排查", "township": "青石镇", "responsible_units": "青石镇；县住建局"}
    fake = smuggle(world["town"], named | day, as_=device_of(world, "town"), table="campaign")
    world.round("town")
    [listed] = world["county"].campaigns.list()
    shown = world["county"].campaigns.show(fake.hex())
    assert [(one["begun_by"], [unit["unit"] for unit in one["units"]]) for one in (listed, shown)] == [
        ("白水镇人民政府", [TOWN])
    ] * 2
    assert listed["missed"]["units"] == [TOWN]


def test_what_says_it_never_travels_and_travels_all_the_same_is_not_held(world, record, monkeypatch):
    quiet = smuggle(
        world["town"], {"internal_note": "县里写的？"}, as_=device_of(world, "town"), record=record, aud=()
    )  # fmt: skip
    genuine = relation.share
    everything = select(op.c.pk)
    with monkeypatch.context() as patched:
        patched.setattr(relation, "share", lambda *_: everything)
        package = world.written("town")
    assert relation.share is genuine
    assert world.taken("county", package).refused_operations == 1
    assert not holds(world["county"], quiet)


def test_an_unreadable_operation_is_not_held_and_the_rest_is(world, record):
    with world["town"].desk.ledger.write() as connection:
        body = b'{"v":1,"k":"set"'
        sha = sha256(body).digest()
        connection.execute(op.insert().values(
            id=sha[:16], sha=sha, top=bytes.fromhex(record), device=bytes(16), unit=TOWN, body=body, stamp=NO_STAMP,
            travels=1, is_data=1, arrived="2024-06-15",
        ))  # fmt: skip
    new = secrets.token_hex(4)
    # The town's own fold cannot read it any more, so the honest work is written first-hand.
    honest = operations.make(
        kind="set", table="problem", fields={"description": (new, ())}, aud=(TOWN,), lam=1,
        device=device_of(world, "town"), nonce=1, user="", wall="",
    )  # fmt: skip
    whole = operations.digest_of(honest)
    with world["town"].desk.ledger.write() as connection:
        hold(connection, [Incoming(operations.read(honest, whole), honest, whole)], fold.registry(connection), "x")
    report = world.send("town", "county")
    assert (report.refused_operations, report.created) == (1, 1)
    assert holds(world["county"], whole[:16])
    assert not holds(world["county"], sha[:16])


def test_an_operation_over_the_limits_refuses_the_package_whole(world, record, monkeypatch):
    world["town"].records.edit("problem", record, {"progress": "真的"})
    with monkeypatch.context() as patched:
        patched.setattr(operations, "FIELD_CHARS", 10**6)
        smuggle(world["town"], {"progress": "长" * 40_000}, as_=device_of(world, "town"), record=record)
        package = world.written("town")
    before = world.dump("county")
    report = world.taken("county", package)
    assert (report.result, report.code) == ("refused", "S109")
    assert world.dump("county") == before


def test_lamport_numbers_at_the_limit_and_odd_values_stop_nobody(world, record):
    town = device_of(world, "town")
    smuggle(world["town"], {"progress": "顶"}, as_=town, record=record, lam=2**53 - 1, aud=(TOWN,))
    smuggle(
        world["town"],
        {"closing_stage": [[]], "pace": [1, [2]], "person": [["x"]]},
        as_=town,
        record=record,
        aud=(TOWN,),
    )
    smuggle(world["town"], {"deadline": 5, "odour": None}, as_=town, record=record, aud=(TOWN,))
    smuggle(world["town"], {"text": "x"}, as_=town, kind="remark", table="remark", top=record, aud=(TOWN,))
    assert world.send("town", "county").result == "imported"
    county = world["county"].records
    county.edit("problem", record, {"goal": "照常"})
    assert county.show("problem", record)["goal"] == "照常"
    fields = {c.field for c in county.history("problem", record) if not c.applied}
    assert {"closing_stage", "pace", "person", "deadline", "odour"} <= fields
    world.round("town")
    assert world.agree("town")
    assert world.sound("county", "town") == []


def test_what_was_refused_is_remembered_by_its_hash_and_no_longer_matters(world, record):
    forged = smuggle(world["town"], {"closing_stage": CLOSED}, as_=device_of(world, "county"), record=record)
    world.send("town", "county")
    with world["county"].desk.ledger.read() as connection:
        (sha,) = connection.scalars(select(refused.c.sha))
        assert sha[:16] == forged
        told = relation.known_digest(connection, bytes.fromhex(device_of(world, "town")))
    with world["town"].desk.ledger.read() as connection:
        stated = relation.digest(connection, relation.share(world["town"].desk.side, COUNTY))
    assert told == stated


def test_a_restored_county_gets_its_own_work_back_by_its_stamp(world, record):
    with world.restored("county"):
        world["county"].records.edit("problem", record, {"closing_stage": "closed", "goal": "先前定的"})
        verdicts = world["county"].records.show("problem", record)
        world.round("town")
    assert world["county"].records.show("problem", record)["closing_stage"] == "none"
    for _ in range(3):
        world.round("town")
    again = world["county"].records.show("problem", record)
    assert (again["closing_stage"], again["goal"]) == ("closed", "先前定的")
    assert again["closed_on"] == verdicts["closed_on"]
    assert world.agree("town")


def test_what_the_county_took_in_comes_back_through_anybody_who_holds_it(world):
    """It stamped what it took in: a department brings back the work of a township to a county that was restored."""
    values = {"description": "坏", "township": "白水镇", "cooperating_units": "县住建局"}
    given = world["county"].records.add("problem", values)["id"]
    world.round("town", "office")
    with world.restored("county"):
        world["town"].records.edit("problem", given, {"progress": "只有住建局还知道县里收到过"})
        for _ in range(2):
            world.round("town", "office")
    reports = [report for _ in range(3) for report in world.round("office")]
    assert not any(report.refused_operations for report in reports)
    assert world["county"].records.show("problem", given)["progress"] == "只有住建局还知道县里收到过"


def test_the_restored_disk_of_a_forger_is_not_written_to_for_ever(world, record):
    """What was refused from it counts no more once its digest shows that it has it no more."""
    with world.restored("town"):
        smuggle(world["town"], {"closing_stage": CLOSED}, as_=device_of(world, "county"), record=record)
        assert world.round("town")[0].refused_operations == 1
    for _ in range(2):
        world.round("town")
    assert world.written("county", "town").operations == 0
    assert world.agree("town")


def test_a_package_of_a_revoked_device_is_set_aside_whole(world, record):
    world["town"].records.edit("problem", record, {"progress": "x"})
    package = world.written("town")
    world["county"].devices.revoke(world["town"].here.device)
    before = world.dump("county")
    report = world.taken("county", package)
    assert (report.result, report.code) == ("refused", "S122")
    assert world.dump("county") == before
    assert [u.devices for u in world["county"].units.list()][1] == 1


def test_a_certificate_that_comes_late_gives_its_operations_their_unit(world, record):
    """Operations of a device that was not known here yet are understood when its certificate comes."""
    other = world["other"].records.add("problem", {"description": "早到的"})["id"]
    world.round("other")
    county = world["county"]
    with county.desk.ledger.read() as connection:
        body, stamp = connection.execute(select(op.c.body, op.c.stamp).where(op.c.id == bytes.fromhex(other))).one()
    town = world["town"]
    with town.desk.ledger.write() as connection:
        connection.execute(delete(device).where(device.c.id == world["other"].desk.side.device))
        sha = operations.digest_of(body)
        incoming = Incoming(operations.read(body, sha), body, sha, stamp)
        fold.refold(connection, hold(connection, [incoming], fold.registry(connection), town.desk.utc()))
        assert reduce(other, [incoming.operation], fold.registry(connection)).held
    with county.desk.ledger.write() as connection:
        connection.execute(delete(known).where(known.c.device == town.desk.side.device))
    world.send("county", "town")
    with town.desk.ledger.read() as connection:
        (late,) = connection.execute(select(op.c.pk, op.c.unit).where(op.c.id == bytes.fromhex(other))).all()
        assert late.unit == OTHER
        assert connection.scalars(select(op_aud.c.unit).where(op_aud.c.op == late.pk)).all() == [OTHER]
    assert world.sound("town") == []
