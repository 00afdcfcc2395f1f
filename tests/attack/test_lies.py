"""What an enrolled unit may say of others in its own genuine packages, and is not believed: receipts, forks, files."""

from __future__ import annotations

from hashlib import sha256

import pytest
from sqlalchemy import func, select

from models.domain.limits import WANTS
from models.store.schema import conflict, file, file_lack, fork_told, pkg_out
from models.sync.frames import FILE
from tests.attack.forging import Scene
from tests.offices import OTHER, TOWN
from tests.packages_by_hand import frame
from tests.services.problems import a_problem


def _out(scene: Scene, unit: str) -> tuple[str, str | None]:
    """The newest package of the county to a unit: its id, and when that acknowledged it."""
    with scene.world["county"].desk.ledger.read() as connection:
        row = connection.execute(
            select(pkg_out.c.id, pkg_out.c.acknowledged).where(pkg_out.c.unit == unit).order_by(pkg_out.c.pk.desc())
        ).first()
    assert row is not None
    return row.id.hex(), row.acknowledged


def _summary(package: str, **said: object) -> dict[str, object]:
    known: dict[str, object] = {"pkg_id": package, "no": 1, "imported": "2024-06-30", "message": "谎话"}
    return known | dict.fromkeys(("created", "updated", "conflicts", "held"), 0) | said


def test_nobody_acknowledges_what_was_written_for_another_unit(scene: Scene):
    """The ids of all packages on a stick can be read: what was to go to another township has not arrived by that."""
    world = scene.world
    record = a_problem(world, township="青石镇")
    world.written("county", "other")  # and lies somewhere
    package, _ = _out(scene, OTHER)
    lie = scene.package(
        [], meta={"acks": [scene.devices["county"] + package], "reports": [_summary(package, fork=True)]}
    )
    assert world.taken("county", lie).result == "imported"
    assert _out(scene, OTHER) == (package, None)
    assert world["county"].records.show("problem", record)["exchange"] == "exported"
    with world["county"].desk.ledger.read() as connection:
        assert not connection.scalars(select(fork_told.c.package)).all()
    assert world.written("county", "other").operations > 0  # it is written again until it says so itself
    for _ in range(2):
        world.round("other")
    assert world["county"].records.show("problem", record)["exchange"] == "received"


def test_what_another_packed_is_not_sent_on_behind_a_header_of_ones_own(scene: Scene):
    """Its receipts and its digest would count for the wrong writer."""
    world = scene.world
    before = world.dump("county")
    for said in ({"device": scene.devices["other"], "unit": OTHER}, {"pkg_id": "ab" * 16}, {"to_unit": OTHER}):
        assert world.taken("county", scene.package([], meta=said)).code == "S108"
    assert world.dump("county") == before


def test_files_that_another_packed_are_not_sent_on_either(scene: Scene):
    frames = [frame(FILE, b"%PDF-1.4 of another")]
    about = {"kind": "files", "fmt": "hgf", "n_files": 1, "bases": [], "complete_for": []}
    before = scene.world.dump("county")
    for said, code in (({"device": scene.devices["other"], "unit": OTHER}, "S108"), ({}, "")):
        lie = scene.package([], raw_frames=frames, meta=said, **about)
        assert scene.world.taken("county", lie).code == code
        assert (scene.world.dump("county") == before) == bool(code)


def test_no_receipt_is_for_a_package_of_another_pc(scene: Scene):
    """A package is a device and an id: whoever writes under the id of ours has nothing of ours acknowledged."""
    world = scene.world
    record = world["town"].records.add("problem", {"description": "还没送到"})["id"]
    ours = world["town"].exchange.read(world.written("town").path).header.pkg_id
    lie = scene.package([], "town2", pkg_id=ours, meta={"pkg_id": ours})
    assert world.taken("county", lie).result == "imported"
    world.send("county", "town")
    assert world["town"].records.show("problem", record)["exchange"] == "exported"


def test_the_secret_of_the_county_is_learned_of_the_county_alone(scene: Scene):
    """Else a township could stamp what it likes, and forge a 销号."""
    county = scene.world["county"]
    before = county.desk.county_keys
    lie = scene.package([], meta={"secrets": [[before.current, "ab" * 32], [before.current + 1, "cd" * 32]]})
    assert scene.world.taken("county", lie).result == "imported"
    after = county.desk.county_keys
    assert (after.all_secrets, after.current) == (before.all_secrets, before.current)


def test_a_made_up_stamp_uses_up_no_numbers_of_the_county(scene: Scene):
    """There are 255, and one goes with every PC of the county that is stopped."""
    county = scene.world["county"]
    before = county.desk.county_keys
    lie = scene.package([(bytes([200]) + bytes(15), scene.op({"progress": "还在清运"}, r=scene.own))])
    assert scene.world.taken("county", lie).result == "imported"
    assert county.desk.county_keys.current == before.current


def test_a_receipt_for_other_bytes_than_were_written_says_so(scene: Scene):
    world = scene.world
    world.written("county", "town")
    package, _ = _out(scene, TOWN)
    lie = scene.package([], meta={"reports": [_summary(package, sha256="ab" * 32)]})
    assert world.taken("county", lie).result == "imported"
    assert "与写出时不一致" in repr(world["county"].papers.receipt(package, got=True))


def test_the_other_pc_of_a_unit_brings_the_work_of_that_unit_alone(scene: Scene):
    """What others wrote comes through the county, which looks at it first."""
    verdict = scene.op({"closing_stage": [["2024-06-01", "closed"]]}, by="county", r=scene.own)
    strange = scene.op({"progress": "冒充"}, by="other", r=scene.own)
    report = scene.world.taken("town2", scene.package([verdict, strange], "town", "town2"))
    assert (report.result, report.refused_operations) == ("imported", 2)
    assert not scene.is_held("town2", verdict)
    assert not scene.is_held("town2", strange)


def test_nobody_writes_to_another_unit_than_the_county_and_its_own(scene: Scene):
    world = scene.world
    before = world.dump("other")
    body = scene.op({"description": "冒充县里下发"})
    report = world.taken("other", scene.package([body], "town", "other"))
    assert (report.result, report.code) == ("refused", "S104")
    assert world.dump("other") == before


def test_nobody_is_sent_a_file_of_another_by_asking_or_ends_the_asking_for_it(scene: Scene, tmp_path):
    world = scene.world
    paper = tmp_path / "单.pdf"
    paper.write_bytes(b"%PDF-1.4 " + b"x" * 500)
    hash_ = sha256(paper.read_bytes()).hexdigest()
    world["other"].evidence.add("problem", scene.strange, [paper])
    text = world["other"].exchange.export(world.stick(), with_files=False).packages[0]
    assert world.taken("county", text).missing_files == 1
    lie = scene.package([], meta={"wants": [hash_], "have_not": [hash_]})
    assert world.taken("county", lie).result == "imported"
    with world["county"].desk.ledger.read() as connection:
        assert not connection.scalars(select(file.c.lost).where(file.c.sha256 == hash_, file.c.lost == 1)).all()
    packages = world["other"].exchange.export(world.stick()).packages
    assert [p.files for p in packages] == [0, 1], "it was not given up"
    assert world["county"].exchange.bring_in([p.path for p in packages])[-1].files == 1
    assert [p.files for p in world["county"].exchange.export(world.stick(), [TOWN]).packages] == [0]


@pytest.mark.parametrize("name", ["wants", "have_not"])
def test_nobody_asks_for_more_files_than_a_package_may(scene: Scene, name: str):
    world = scene.world
    before = world.dump("county")
    lie = [f"{number:064x}" for number in range(WANTS + 1)]
    assert world.taken("county", scene.package([], meta={name: lie})).result == "refused"
    assert world.dump("county") == before
    assert world.taken("county", scene.package([], meta={name: lie[1:]})).result == "imported"
    with world["county"].desk.ledger.read() as connection:
        assert connection.scalar(select(func.count()).select_from(file_lack)) == WANTS


@pytest.mark.parametrize("count", [-5, 10**30])
@pytest.mark.parametrize("name", ["no", "created", "updated", "conflicts", "held", "unchanged", "refused"])
def test_a_receipt_of_numbers_that_count_nothing_is_none(scene: Scene, name: str, count: int):
    package, _ = _out(scene, TOWN)
    world = scene.world
    before = world.dump("county")
    lie = scene.package([], meta={"reports": [_summary(package, **{name: count})]})
    assert world.taken("county", lie).result == "refused"
    assert world.dump("county") == before


def test_nobody_hides_a_conflict_behind_one_of_the_same_name_in_his_own_record(scene: Scene):
    """A part that nobody made there is not shown, so its two values are no choice; and they are not taken for others."""
    world = scene.world
    shadow = [scene.op({"text": text}, t="measure", r=scene.measure, root=scene.own) for text in ("假", "更假")]
    report = world.taken("county", scene.package(shadow))
    assert (report.result, report.conflicts) == ("imported", 0)
    assert world["county"].conflicts.list() == ()
    assert world["county"].records.show("problem", scene.own)["conflicts"] == []
    real = scene.op({"text": "建四级沉淀池"}, t="measure", r=scene.measure, root=scene.given)
    assert world.taken("county", scene.package([real], name="real.hgb")).conflicts == 1
    with world["county"].desk.ledger.read() as connection:
        assert set(connection.scalars(select(conflict.c.top))) == {bytes.fromhex(scene.given)}
    [one] = world["county"].conflicts.list()
    [mine] = [n for n, head in enumerate(one.heads) if head.value == "建三级沉淀池"]
    world["county"].conflicts.settle(one.id, head=mine)
    assert world["county"].conflicts.list() == ()
    assert world["county"].records.show("problem", scene.given)["measures"][0]["text"] == "建三级沉淀池"
    world.round("town", "other")
    assert world.agree("town", "other")
    assert world.sound("county", "town") == []


@pytest.mark.parametrize("zero", ["true", None])
def test_no_township_looks_or_finds_nothing_in_the_name_of_another(scene: Scene, zero: str | None):
    """Whom an inspection names is where it was; who was silent is told by who made it."""
    world = scene.world
    county = world["county"]
    plan = county.campaigns.add(
        {"title": "散乱污排查", "checklists": "scrap_cars", "responsible_units": "白水镇；青石镇", "from_on": "2024-06-10",
         "until_on": "2024-06-30"}
    )["id"]  # fmt: skip
    lie = scene.op(
        {"number": "假", "campaign": plan, "township": "青石镇", "inspected_on": "2024-06-14", "zero": zero,
         "checklists": "scrap_cars-shipped-1", "finished_on": "2024-06-14"}, t="inspection",
    )  # fmt: skip
    assert world.taken("county", scene.package([lie])).created == 1
    for figures in (
        county.campaigns.show(plan)["units"],
        county.inspections.figures()["units"],
        county.inspections.figures(known_by=county.desk.today())["units"],
    ):
        states = {one["unit"]: one["state"] for one in figures}
        assert (states[OTHER], states[TOWN]) == ("silent", "zero" if zero else "reported")
    assert county.campaigns.show(plan)["missed"]["units"] == [OTHER]
