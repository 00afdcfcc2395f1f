"""kill -9 at any moment of a verb: the home opens, is sound, the verb can be done again, and both sides still agree."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.attack.forging import Scene
from tests.attack.hatch import Answer, ask, calm
from tests.offices import TOWN

Verb = tuple[Path, tuple[str | Path, ...]]  # home, words


def _killed(verb: Verb, after: float | None) -> float:
    """Run a verb in a process of its own; kill it after so many seconds. Returns how long it ran."""
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
    ended = 0
    while not ended and (after is None or time.monotonic() - start < after):
        ended, _ = os.waitpid(child, os.WNOHANG)
        time.sleep(0.001)
    ran = time.monotonic() - start
    if not ended:
        for kill in (os.killpg, os.kill):
            try:
                kill(child, signal.SIGKILL)
            except ProcessLookupError:
                continue
        os.waitpid(child, 0)
    return ran


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
    def __init__(self, scene: Scene, seed: int) -> None:
        self.scene, self.rng, self.stick, self.turn = scene, random.Random(seed), scene.world.folder / "stick", 0
        self.stick.mkdir()
        self.county, self.town = (scene.world.home(name) for name in ("county", "town"))
        self.lasts: dict[str, float] = {}

    def do_edit(self) -> Verb:
        return self.town, (
            "records",
            "edit",
            "problems",
            self.scene.own,
            "--set",
            f"progress=第{self.turn}次" + "长" * 3_000,
        )

    def do_workbook(self) -> Verb:
        return self.county, ("records", "import", "problems", _workbook(self.scene.world.folder / "in.xlsx", self.turn))

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
        return self.county, ("restore", copy)

    def kill(self) -> None:
        verbs: list[Callable[[], Verb]] = [
            self.do_edit, self.do_workbook, self.do_export, self.do_import, self.do_undo,
            self.do_restore,
        ]  # fmt: skip
        make = verbs[self.turn % len(verbs)]
        self.turn += 1
        verb = make()
        home = verb[0]
        last = self.lasts.get(make.__name__)
        ran = _killed(verb, None if last is None else self.rng.uniform(0, last * 1.05))
        self.lasts[make.__name__] = max(last or 0, ran)
        assert calm(home, "check", "--deep", endings=(0,)).json["ok"], (verb, ran)
        assert not list((home / "staging").iterdir()), (verb, ran)
        again = calm(home, *verb[1], endings=(0, 3) if make == self.do_undo else (0,))
        self._settled(make.__name__, again)

    def _settled(self, verb: str, again: Answer) -> None:
        if verb == "do_undo":
            undone = again.status == 0 or again.json["error"]["code"] in {"S130", "S131"}  # or killed when it was done
            assert undone, again
        elif verb == "do_import":
            assert again.json["packages"][0]["result"] in {"imported", "already"}
        elif verb == "do_export":
            calm(self.town, "exchange", "import", again.json["packages"][0]["path"], endings=(0,))
        elif verb == "do_workbook":
            assert again.json["new"] in {0, 8}
            assert again.json["refused_rows"] == 0


def _played(scene: Scene, kills: int, seed: int) -> None:
    scene.world.close()
    play = _Play(scene, seed)
    for _ in range(kills):
        play.kill()
    world = scene.world
    for _ in range(2):
        world.round("town", "other")
    assert world.agree("town", "other")
    assert world.sound("county", "town") == []
    total, _ = world["county"].records.list("problem")
    books = sum(1 for turn in range(kills) if turn % 6 == 1)
    assert total == 3 + 8 * books  # no row twice, none lost


def test_a_verb_killed_at_any_moment_can_be_done_again(scene: Scene):
    _played(scene, 36, 20240630)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5))
def test_500_kills(scene: Scene, seed: int):
    _played(scene, 100, seed)
