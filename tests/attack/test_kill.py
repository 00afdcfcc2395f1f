"""kill -9 at any moment of a verb: the home opens, is sound, the verb can be done again, and both sides still agree."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook

from models.services.opening import open_office
from tests.attack.forging import Scene
from tests.attack.hatch import Answer, ask, calm
from tests.offices import TOWN

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process begins and dies in another way here")

Verb = tuple[Path, tuple[str | Path, ...]]  # home, words


@dataclass
class _Count:
    """What became of the kills of one verb."""

    hit: int = 0  # while it was at work
    late: int = 0  # it had ended by itself
    done: int = 0  # of those hit: it counted all the same


def _killed(verb: Verb, after: float | None) -> tuple[float, int | None]:
    """Run a verb in a process of its own; kill it after so many seconds. How long it ran; how it ended by itself."""
    home, words = verb
    child = os.fork()
    if not child:  # pragma: no cover - its coverage dies with it
        status = 1
        try:
            os.setpgid(0, 0)
            status = ask(home, *words).status
        finally:
            os._exit(status)
    start = time.monotonic()
    ended = status = 0
    while not ended and (after is None or time.monotonic() - start < after):
        ended, status = os.waitpid(child, os.WNOHANG)
        time.sleep(0.001)
    ran = time.monotonic() - start
    if ended:
        return ran, os.waitstatus_to_exitcode(status)
    for kill in (os.killpg, os.kill):
        try:
            kill(child, signal.SIGKILL)
        except ProcessLookupError:
            continue
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return ran, None if code == -signal.SIGKILL else code


def _workbook(path: Path, number: int) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "问题来源", "问题描述", "责任乡镇", "整改时限"])
    for row in range(8):
        sheet.append([row, "省级督察", f"第{number}本第{row}条问题，河道两侧堆放建筑垃圾", "白水镇", "2024-12-31"])
    book.save(path)
    return path


class _Play:
    """A county and a township that go on working whatever is killed."""

    def __init__(self, scene: Scene, seed: int) -> None:
        self.scene, self.rng, self.turn, self.books = scene, random.Random(seed), 0, 0
        self.county, self.town = (scene.world.home(name) for name in ("county", "town"))
        self.lasts: dict[str, float] = {}
        self.counts: defaultdict[str, _Count] = defaultdict(_Count)

    @property
    def stick(self) -> Path:
        """One for each turn."""
        path = self.scene.world.folder / f"stick-{self.turn}"
        path.mkdir(exist_ok=True)
        return path

    def do_edit(self) -> Verb:
        text = f"第{self.turn}次" + "长" * 3_000
        return self.town, ("records", "edit", "problems", self.scene.own, "--set", f"progress={text}")

    def do_workbook(self) -> Verb:
        self.books += 1
        return self.county, ("records", "import", "problems", _workbook(self.stick / "in.xlsx", self.turn))

    def do_export(self) -> Verb:
        return self.county, ("exchange", "export", "--to", self.stick, "--unit", TOWN)

    def do_import(self) -> Verb:
        calm(self.town, "records", "edit", "problems", self.scene.own, "--set", f"place=地点{self.turn}", endings=(0,))
        sent = calm(self.town, "exchange", "export", "--to", self.stick, endings=(0,)).json
        return self.county, ("exchange", "import", sent["packages"][0]["path"])

    def do_undo(self) -> Verb:
        _, words = self.do_import()
        calm(self.county, *words, endings=(0,))
        return self.county, ("exchange", "undo")

    def do_restore(self) -> Verb:
        copy = calm(self.county, "backup", "--to", self.stick, endings=(0,)).json["path"]
        calm(self.county, "records", "edit", "problems", self.scene.given, "--set", f"leader={self.turn}", endings=(0,))
        return self.county, ("restore", copy)

    def do_photos_out(self) -> Verb:
        photo = self.stick / "photo.jpg"
        photo.write_bytes(b"\xff\xd8\xff\xe0" + self.rng.randbytes(400_000))
        with closing(open_office(self.town)) as office:
            office.evidence.add("problem", self.scene.own, [photo])
        return self.town, ("exchange", "export", "--to", self.stick)

    def do_photos_in(self) -> Verb:
        _, words = self.do_photos_out()
        calm(self.town, *words, endings=(0,))
        return self.county, ("exchange", "import", self.stick)

    def do_backup(self) -> Verb:
        return self.county, ("backup", "--to", self.stick)

    def do_export_all(self) -> Verb:
        return self.county, ("exchange", "export", "--to", self.stick, "--all")

    def do_approve(self) -> Verb:
        self.new = self.scene.world.home(f"new-{self.turn}")
        calm(self.new, "setup", "--kind", "township", "--code", TOWN, "--name", "白水镇", endings=(0,))
        asked = calm(self.new, "enrol", "request", "--to", self.stick, endings=(0,)).json["path"]
        return self.county, ("enrol", "approve", asked, "--unit", TOWN, "--to", self.stick)

    def do_accept(self) -> Verb:
        _, words = self.do_approve()
        welcome = calm(self.county, *words, endings=(0,)).json["path"]
        return self.new, ("enrol", "accept", welcome)

    def do_revoke(self) -> Verb:
        _, words = self.do_accept()
        calm(self.new, *words, endings=(0,))
        device = calm(self.new, "device", "list", endings=(0,)).json["devices"]
        return self.county, ("device", "revoke", next(one["id"] for one in device if one["this"]))

    def kill(self, verbs: Sequence[Callable[[_Play], Verb]]) -> None:
        make = verbs[self.turn % len(verbs)]
        name = make.__name__
        self.turn += 1
        verb = make(self)
        home = verb[0]
        last, before = self.lasts.get(name), self._digest(home)
        ran, ended = _killed(verb, None if last is None else self.rng.uniform(0, last * 1.05))
        if ended is not None:  # the newest: how long it takes is the machine's affair
            self.lasts[name] = ran
        assert ended in (None, 0), (verb, ran)
        assert calm(home, "check", "--deep", endings=(0,)).json["ok"], (verb, ran)
        assert not list((home / "staging").iterdir()), (verb, ran)
        was_done = self._digest(home) != before
        if last is not None:
            count = self.counts[name]
            count.late += ended is not None
            count.hit += ended is None
            count.done += ended is None and was_done
        if name in CHANGING and ended == 0:
            assert was_done, (verb, "what was said to be done is there")
        code = CHANGING.get(name, "") if was_done else ""
        again = calm(home, *verb[1], endings=(0, 3) if code else (0,))
        if again.status:
            assert again.json["error"]["code"] in code.split(), again
        self._settled(name, again, was_done)

    def _digest(self, home: Path) -> str:
        return str(calm(home, "digest", endings=(0,)).json)

    def _settled(self, verb: str, again: Answer, was_done: bool) -> None:
        match verb:
            case "do_import":
                assert again.json["packages"][0]["result"] == ("already" if was_done else "imported")
            case "do_export":
                calm(self.town, "exchange", "import", again.json["packages"][0]["path"], endings=(0,))
            case "do_export_all":  # what the broken run left under its name is read too
                said = calm(self.town, "exchange", "import", self.stick, endings=(0,)).json["packages"]
                assert {one["result"] for one in said} <= {"imported", "already", "skipped"}
            case "do_photos_out" | "do_photos_in":
                said = calm(self.county, "exchange", "import", self.stick, endings=(0,)).json["packages"]
                assert {one["result"] for one in said} <= {"imported", "already"}
                with closing(open_office(self.county)) as office:
                    assert {one.state for one in office.evidence.list("problem", self.scene.own)} == {"here"}
            case "do_workbook":
                assert again.json["new"] in {0, 8}
                assert again.json["refused_rows"] == 0
            case "do_backup":
                for copy in self.stick.glob("*.db"):
                    calm(self.county, "restore", copy, endings=(0,))
            case "do_approve":
                calm(self.new, "enrol", "accept", again.json["path"], endings=(0,))


# The verbs after which a home holds something else, and with what they may be refused when they were done.
CHANGING = {
    "do_workbook": "", "do_import": "", "do_undo": "S130 S131", "do_restore": "", "do_photos_in": "",
    "do_approve": "", "do_accept": "S212", "do_revoke": "S231",
}  # fmt: skip
OFTEN = (
    _Play.do_edit, _Play.do_workbook, _Play.do_export, _Play.do_import, _Play.do_undo, _Play.do_restore,
    _Play.do_photos_out, _Play.do_photos_in,
)  # fmt: skip
ALL = (*OFTEN, _Play.do_backup, _Play.do_export_all, _Play.do_approve, _Play.do_accept, _Play.do_revoke)


def _played(scene: Scene, kills: int, seed: int, verbs: Sequence[Callable[[_Play], Verb]]) -> None:
    scene.world.close()
    play = _Play(scene, seed)
    while sum(one.hit for one in play.counts.values()) < kills:
        play.kill(verbs)
    for name, count in play.counts.items():
        print(f"{name[3:]}: {count.hit} killed at work, {count.done} of them had counted; {count.late} had ended")
    world = scene.world
    for _ in range(2):
        world.round("town", "other")
    assert world.agree("town", "other")
    assert world.sound("county", "town") == []
    total, _ = world["county"].records.list("problem")
    assert total == 3 + 8 * play.books  # no row twice, none lost


def test_a_verb_killed_at_any_moment_can_be_done_again(scene: Scene):
    _played(scene, 36, 20240630, OFTEN)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5))
def test_500_kills(scene: Scene, seed: int):
    _played(scene, 100, seed, ALL)
