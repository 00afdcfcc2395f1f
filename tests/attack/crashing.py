"""Verbs that are broken off at the calls that change a file: run under crash_at.c by test_crash.py, which says how.

`python -m tests.attack.crashing FOLDER RECORD ENDS FAULTS SEED PLAY…`: FOLDER holds homes that have exchanged
(forging.Scene), RECORD is one of the township's own, ENDS at how many calls each of PLAYS is ended, and FAULTS at how
many the disk fails (-1: at all of them). Prints one line of JSON.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.attack.hatch import ask, calm
from tests.attack.plays import PLAYS, Stage, Words, once_more, state

END = "end"
ENDED, REFUSED = 137, 3
THROUGH = 5  # one of so many trials, the last one too, goes on to exchanges
FIRST = 20  # of the calls of whoever opens a home after a crash, at one of which he is ended too

# What a disk answers: the error, whether it goes on answering so, and whose: the whole PC's, or the stick's alone.
FAULTS: dict[str, tuple[int, bool, str]] = {
    "full": (errno.ENOSPC, True, ""),
    "broken once": (errno.EIO, False, ""),
    "broken": (errno.EIO, True, ""),
    "read-only": (errno.EROFS, True, ""),
    "full stick": (errno.ENOSPC, True, "stick"),
    "pulled stick": (errno.EIO, True, "stick"),
}


@dataclass(frozen=True)
class Ending:
    """How a verb ended in a process of its own: its exit status, 137 where it was ended; what it had done by then."""

    status: int
    calls: int = 0
    failed: int = 0
    said: str = ""


class Trial:
    """A verb, tried again and again on copies of the same homes."""

    def __init__(self, folder: Path, record: str, play: str) -> None:
        self.shim = ctypes.CDLL(None)
        self.name, self.play, self.folder, self.record = play, PLAYS[play], folder, record
        self.ends: Counter[str] = Counter()
        (folder / "stick").mkdir(exist_ok=True)
        self.play.before(Stage(folder, record))
        self.old, self.new = state(self.play, Stage(folder, record)), None
        done = self._copy()
        measured = self._run(done, self.play.verb(done), lambda: self.shim.crash_at(ctypes.c_long(1 << 40)))
        assert measured.status == 0, (play, measured)
        self.calls = measured.calls
        self.new = state(self.play, done)

    def _copy(self) -> Stage:
        target = self.folder.parent / "trial"
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        for name in ("county", "town", "new", "stick", *self.play.homes):
            if (self.folder / name).exists():
                shutil.copytree(self.folder / name, target / name)
        return Stage(target, self.record)

    def _run(self, stage: Stage, words: Words, arm: Callable[[], object]) -> Ending:
        """Run a verb in a process of its own, in which the shim is armed."""
        out, into = os.pipe()
        child = os.fork()
        if not child:
            arm()
            answer = ask(stage.folder / self.play.at, *words)
            calls, failed = self.shim.calls_seen(), self.shim.calls_failed()
            self.shim.crash_at(ctypes.c_long(0))
            said = json.dumps([answer.status, calls, failed, (answer.err + answer.out)[-3_000:]])
            os.write(into, said.encode())
            os._exit(0)
        os.close(into)
        with os.fdopen(out) as told:
            said = told.read()
        _, ending = os.waitpid(child, 0)
        if not said:
            return Ending(os.waitstatus_to_exitcode(ending))
        return Ending(*json.loads(said))

    def broken_off(self, how: str, call: int, chance: random.Random, *, through: bool = True) -> None:
        """Break it off at one call; then all is old or new, nothing is half, and the verb can be done again.

        `through`: and exchanges go on with it.
        """
        stage, at = self._copy(), (self.name, how, call)
        stage.through = through
        words = self.play.verb(stage)
        if how == END:
            ended = self._run(stage, words, lambda: self.shim.crash_at(ctypes.c_long(call)))
            assert ended.status == ENDED, (at, ended)
            self._open_and_crash(stage, chance)
        else:
            self._fail(stage, words, how, call)
        was_done = self._sound(stage, at)
        once_more(self.play, stage, was_done)
        if not (self.play.grows and was_done):
            assert state(self.play, stage) == self.new, at
        self.play.after(stage)

    def _open_and_crash(self, stage: Stage, chance: random.Random) -> None:
        """Whoever opens the home next is ended as well, while he puts it in order."""
        again = self._run(stage, ("check",), lambda: self.shim.crash_at(ctypes.c_long(chance.randint(1, FIRST))))
        self.ends[f"opened: {again.status}"] += 1

    def _fail(self, stage: Stage, words: Words, how: str, call: int) -> None:
        """The verb is done all the same, or refused in words; it is never a bug, and never says done when it is not."""
        number, stays, below = FAULTS[how]
        where = str(stage.folder / below) if below else ""
        ended = self._run(
            stage, words, lambda: self.shim.fail_at(ctypes.c_long(call), number, int(stays), where.encode())
        )
        at = (self.name, how, call, ended)
        log = stage.folder / self.play.at / "log" / "huangai.log"
        assert not log.exists(), f"{at}\n{log.read_text(encoding='utf-8')[-3_000:]}"  # first: it says where
        assert ended.status in (0, REFUSED), at
        assert "Traceback" not in ended.said, at
        now = state(self.play, stage)
        partly = self.play.steps and '"refused": 0' not in ended.said  # and it says so
        if ended.status == 0 and not partly:
            assert now == self.new, at
        self.ends[f"{'nothing failed' if not ended.failed else 'done' if not ended.status else 'refused'}"] += 1

    def _sound(self, stage: Stage, at: tuple[str, str, int]) -> bool:
        """Whether the verb counts; the home is whole, and so is all that has its name."""
        home, now = stage.folder / self.play.at, state(self.play, stage)
        if not self.play.steps:
            assert now in (self.old, self.new), (at, now)
        if now is None:
            return False
        if not (self.play.ill and now == self.old):
            assert calm(home, "check", "--deep", endings=(0,)).json["ok"], at
        assert not list((home / "staging").iterdir()), at
        for written in (*stage.stick.glob("*.hg?"), *(home / "outbox").glob("*.hgb")):
            assert calm(stage.county, "exchange", "inspect", written, endings=(0,)).json["genuine"], at
        done = now == self.new != self.old
        self.ends["new" if done else "old"] += 1
        return done


def tried(play: str, folder: Path, record: str, counts: tuple[int, int], seed: int) -> dict[str, Any]:
    """Try one verb on a copy of the homes; what was tried, and how it ended."""
    chance, stage = random.Random(seed), folder.parent / "stage"
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(folder, stage)
    trial = Trial(stage, record, play)
    every = range(1, trial.calls + 1)
    ends, faults = (list(every) if n < 0 else sorted(chance.sample(every, min(n, len(every)))) for n in counts)
    hows = [(END, call) for call in ends] + [(chance.choice(list(FAULTS)), call) for call in faults]
    for left, (how, call) in zip(reversed(range(len(hows))), hows, strict=True):
        trial.broken_off(how, call, chance, through=not left % THROUGH)
    return {"calls": trial.calls, "ended": ends, "failed": faults, "then": trial.ends}


if __name__ == "__main__":
    folder, record, ends, faults, seed, *plays = sys.argv[1:]
    counts = int(ends), int(faults)
    print(json.dumps({play: tried(play, Path(folder), record, counts, int(seed)) for play in plays}))
