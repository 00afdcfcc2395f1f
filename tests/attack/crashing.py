"""One verb, ended at each of the calls that change a file: run under crash_at.c by test_crash.py, which says how.

`python -m tests.attack.crashing FOLDER RECORD PLAY MOST SEED`: FOLDER holds homes that have exchanged (forging.Scene),
RECORD is one of the township's own, MOST how many calls to try (0: all). Prints one line of JSON.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.attack.hatch import Answer, ask, calm
from tests.offices import TOWN

Words = tuple[str | Path, ...]


class Stage:
    """Homes in a folder of their own; `at` is the one that a verb is tried on."""

    def __init__(self, folder: Path, record: str) -> None:
        self.folder, self.record = folder, record
        self.county, self.town, self.stick = (folder / name for name in ("county", "town", "stick"))

    def brought(self) -> Path:
        """The township's last stick."""
        return max(self.stick.glob("*.hgb"), key=lambda path: path.name)

    def copy(self) -> Path:
        """The copy of the ledger that lies there."""
        return next(self.stick.glob("*.db"))

    def edited(self, home: Path, text: str) -> None:
        calm(home, "records", "edit", "problems", self.record, "--set", f"progress={text}", endings=(0,))

    def exported(self, home: Path, *words: str) -> None:
        calm(home, "exchange", "export", "--to", self.stick, *words, endings=(0,))

    def take_in(self) -> Answer:
        return calm(self.county, "exchange", "import", self.brought(), endings=(0,))


# What is done before, at which home, and the verb itself.
def _import(stage: Stage) -> None:
    stage.edited(stage.town, "已清一半" * 50)
    stage.exported(stage.town)


def _export(stage: Stage) -> None:
    stage.edited(stage.county, "县里代填")


def _undo(stage: Stage) -> None:
    _import(stage)
    stage.take_in()


def _restore(stage: Stage) -> None:
    calm(stage.county, "backup", "--to", stage.stick, endings=(0,))
    stage.edited(stage.county, "备份以后")


def _nothing(_: Stage) -> None:
    """All is ready."""


PLAYS: dict[str, tuple[Callable[[Stage], None], str, Callable[[Stage], Words]]] = {
    "edit": (
        _nothing,
        "town",
        lambda s: ("records", "edit", "problems", s.record, "--set", "progress=" + "长" * 9_000),
    ),
    "export": (_export, "county", lambda s: ("exchange", "export", "--to", s.stick, "--unit", TOWN)),
    "import": (_import, "county", lambda s: ("exchange", "import", s.brought())),
    "undo": (_undo, "county", lambda _: ("exchange", "undo")),
    "restore": (_restore, "county", lambda s: ("restore", s.copy())),
    "backup": (_nothing, "county", lambda s: ("backup", "--to", s.stick)),
}


class Trial:
    """A verb, tried again and again on copies of the same homes."""

    def __init__(self, folder: Path, record: str, play: str) -> None:
        self.shim = ctypes.CDLL(None)
        self.play, self.folder, self.record = play, folder, record
        prepare, self.name, self.verb = PLAYS[play]
        (folder / "stick").mkdir(exist_ok=True)
        prepare(Stage(folder, record))
        self.old, self.new = self._state(Stage(folder, record)), ""
        done = self._copy()
        self.calls = self._run(done, 1 << 40)
        self.new = self._state(done)

    def _copy(self) -> Stage:
        target = self.folder.parent / "trial"
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        for name in {self.name, "stick", "town"}:
            shutil.copytree(self.folder / name, target / name)
        return Stage(target, self.record)

    def _run(self, stage: Stage, crash_at: int) -> int:
        """Run the verb in a process of its own; returns the calls that it made, 0 where it was ended."""
        out, into = os.pipe()
        child = os.fork()
        if not child:
            self.shim.crash_at(ctypes.c_long(crash_at))
            answer = ask(stage.folder / self.name, *self.verb(stage))
            os.write(into, str(self.shim.calls_seen()).encode())
            if answer.status:
                os.write(2, (answer.err + answer.out).encode())
            os._exit(answer.status)
        os.close(into)
        with os.fdopen(out) as said:
            calls = int(said.read() or 0)
        _, ending = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(ending) == (0 if calls else 137), (self.play, crash_at, ending)
        return calls

    def _state(self, stage: Stage) -> str:
        said = calm(stage.folder / self.name, "digest", endings=(0,)).json
        return str(said["operations"] if self.play == "edit" else said["digest"])  # an edit is another one every time

    def crash(self, call: int) -> None:
        """End it at one call; then all is old or new, nothing is half, and the verb can be done again."""
        stage, at = self._copy(), (self.play, call)
        assert self._run(stage, call) == 0, at
        home = stage.folder / self.name
        assert calm(home, "check", "--deep", endings=(0,)).json["ok"], at
        assert self._state(stage) in {self.old, self.new}, at
        assert not list((home / "staging").iterdir()), at
        for written in (*stage.stick.glob("*.hgb"), *(home / "outbox").glob("*.hgb")):  # what has its name is whole
            assert calm(stage.town, "exchange", "inspect", written, endings=(0,)).json["genuine"], at
        self._again(stage, at)
        assert self._state(stage) == self.new, at

    def _again(self, stage: Stage, at: tuple[str, int]) -> None:
        home, was_done = stage.folder / self.name, self._state(stage) == self.new
        answer = calm(home, *self.verb(stage), endings=(0, 3) if self.play == "undo" and was_done else (0,))
        if self.play == "undo":
            assert answer.status == 0 or answer.json["error"]["code"] in {"S130", "S131"}, at
        elif self.play == "backup":
            for copy in stage.stick.glob("*.db"):  # that of the broken run too, if it has its name already
                calm(home, "restore", copy, endings=(0,))
        elif self.play == "import":
            assert answer.json["packages"][0]["result"] == ("already" if was_done else "imported"), at
        elif self.play == "export":
            sent = answer.json["packages"][0]["path"]
            assert (
                calm(stage.town, "exchange", "import", sent, endings=(0,)).json["packages"][0]["result"] == "imported"
            )


def main(folder: Path, record: str, play: str, most: int, seed: int) -> dict[str, Any]:
    """Try a verb; what was tried."""
    trial = Trial(folder, record, play)
    calls = range(1, trial.calls + 1)
    tried = sorted(random.Random(seed).sample(calls, min(most, len(calls)))) if most else list(calls)
    for call in tried:
        trial.crash(call)
    return {"play": play, "calls": trial.calls, "tried": tried}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))))
