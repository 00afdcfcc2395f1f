"""Two programs at one home, and what a failed transaction must not leave in memory."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from models.errors import LedgerError
from models.services.opening import open_office, set_up
from tests.attack.forging import Scene
from tests.attack.hatch import calm
from tests.offices import OTHER, World


def test_two_set_ups_at_once_make_one_home_with_its_own_keys(tmp_path: Path):
    home, ends, together = tmp_path / "home", [], threading.Barrier(2)

    def one(code: str) -> None:
        together.wait()
        try:
            set_up(home, "county", "临江县环委办", code).close()
            ends.append(code)
        except LedgerError as refused:
            ends.append(refused.code)

    threads = [threading.Thread(target=one, args=(code,)) for code in ("361021", "361022")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(ends)[1] == "H107", ends
    at = open_office(home)
    assert at.desk.keys.id.hex() == at.desk.settings["device"]
    assert at.desk.county_keys.root_public.hex() == at.desk.settings["root"]
    at.close()


def test_a_set_up_where_the_ledger_was_moved_away_keeps_the_countys_old_keys(tmp_path: Path):
    home = tmp_path / "home"
    set_up(home, "county", "临江县环委办", "361021").close()
    old = (home / "keys" / "county.key").read_bytes()
    (home / "ledger.db").rename(tmp_path / "moved.db")

    set_up(home, "county", "临江县环委办", "361021").close()

    assert old in [path.read_bytes() for path in (home / "keys").iterdir()]


def test_grants_of_an_export_that_failed_are_written_by_the_next(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    world = scene.world
    world["town"].records.edit("problem", scene.own, {"lead_unit": "青石镇", "progress": "请青石镇配合"})
    world.send("town", "county")

    class Broken(Exception):
        pass

    def break_off(*_: object) -> None:
        raise Broken

    exchange = world["county"].exchange
    with monkeypatch.context() as patch:
        patch.setattr(type(world["county"].desk), "registry", break_off)
        with pytest.raises(Broken):
            exchange.export(world.stick(), [OTHER])
    world.taken("other", world.written("county", "other"))

    assert world["other"].records.show("problem", scene.own)["progress"] == "请青石镇配合"


def test_a_home_enrolled_by_another_window_takes_no_second_county(tmp_path: Path):
    (tmp_path / "a").mkdir()
    world = World(tmp_path / "a")
    world._open["county"] = set_up(world.home("county"), "county", "临江县环委办", "361021")
    world._open["second"] = set_up(world.home("second"), "county", "临江县环委办", "361021")
    world._open["town"] = set_up(world.home("town"), "township", "白水镇", "361021101")
    for name in ("county", "second"):
        world[name].units.add("township", "白水镇", "361021101")
    asked = world["town"].enrolment.request(world.stick())
    answers = [world[name].enrolment.approve(asked, "361021101", world.stick()) for name in ("county", "second")]
    window = open_office(world.home("town"))
    assert not window.here.enrolled  # it has looked before the other accepts

    world["town"].enrolment.accept(answers[0].path)

    with pytest.raises(LedgerError) as refused:
        window.enrolment.accept(answers[1].path)
    assert refused.value.code == "S212"
    window.close()
    world.close()
    assert calm(world.home("town"), "check", "--deep", endings=(0,)).json["ok"]
    shutil.rmtree(tmp_path / "a")


def test_a_record_with_very_many_heads_and_operations_can_still_be_decided(scene: Scene):
    """No operation can block its home for ever (law 15): names of what was seen must fit into one operation."""
    bodies = [scene.op({"progress": f"{n}"}, r=scene.given, n=n) for n in range(15_000)]
    package = scene.package(bodies)
    scene.world.taken("county", package)
    home = scene.world.home("county")
    scene.world.close()
    edit = ("records", "edit", "problems", scene.given, "--set")
    calm(home, *edit, "closing_stage=closed", endings=(0,))
    calm(home, *edit, "progress=县里统一", endings=(0,))
    calm(home, "records", "void", "problems", scene.given, "--why", "重复", endings=(0,))
    assert calm(home, "check", "--deep", endings=(0,)).json["ok"]
