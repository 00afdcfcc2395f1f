"""A child that stops in the middle of its answer, or does not even die, holds nobody up."""

from __future__ import annotations

import multiprocessing
import os
import signal
import struct
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from models.documents import answers
from models.documents.answers import Child
from models.documents.reading import read_workbook
from models.documents.refusals import WorkbookTooHard
from models.progress import Cancelled, Silent
from models.services.evidence.apart import Apart
from tests.documents import hostile

LONG, WHOLE = 60, b"X" * 1000
ROOT = Path(__file__).resolve().parents[2]

halves = pytest.mark.skipif(sys.platform == "win32", reason="a pipe of Windows passes whole messages")


def speaks_half(connection: Connection, where: object) -> None:
    """In the child: half an answer now, and the other half when nobody should wait any more."""
    message = struct.pack("!i", len(WHOLE)) + WHOLE
    os.write(connection.fileno(), message[:500])
    if isinstance(where, str):
        begun(where).touch()
    time.sleep(LONG)
    os.write(connection.fileno(), message[500:])


def begun(path: object) -> Path:
    """Is there when the child has begun to answer about this file."""
    return Path(f"{path}.begun")


def speaks_whole_and_stays(connection: Connection) -> None:
    """In the child: an answer, and then no end."""
    connection.send_bytes(WHOLE)
    time.sleep(LONG)


def echo(question: str) -> bytes:
    return question.encode()


@halves
def test_a_workbook_whose_reader_stops_in_the_middle_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(answers, "_ARRIVING_SECONDS", 0.1)
    monkeypatch.setattr("models.documents.child.serve", speaks_half)
    path = tmp_path / "a.xlsx"
    path.write_bytes(hostile.workbook())
    with pytest.raises(WorkbookTooHard):
        read_workbook(path, progress=Silent())
    assert not multiprocessing.active_children()


@halves
def test_a_photo_whose_reader_stops_in_the_middle_is_nothing_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch):
    child = Apart(echo, LONG)
    with monkeypatch.context() as first:
        first.setattr(answers, "_ARRIVING_SECONDS", 0.1)
        first.setattr("models.services.evidence.apart.serve", speaks_half)
        assert child.ask("first", Silent()) == b""
    try:
        assert child.ask("second", Silent()) == b"second"
    finally:
        child.close()
    assert not multiprocessing.active_children()


@halves
def test_cancel_is_heard_while_an_answer_arrives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "a.xlsx"
    path.write_bytes(hostile.workbook())
    monkeypatch.setattr("models.documents.child.serve", speaks_half)
    asked = []

    class ImpatientThen:
        def step(self, done: int, total: int, what: str = "") -> None:
            if begun(path).exists():
                asked.append(time.monotonic())
                raise Cancelled

    with pytest.raises(Cancelled):
        read_workbook(path, progress=ImpatientThen())
    assert time.monotonic() - asked[0] < 5, "a second, on a machine that has one left"
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("serve", [speaks_whole_and_stays, pytest.param(speaks_half, marks=halves)])
def test_a_child_that_does_not_die_is_left_to_the_system(monkeypatch: pytest.MonkeyPatch, serve):
    """As one in the uninterruptible sleep of a broken disk, which hears no signal."""
    monkeypatch.setattr(answers, "_DYING_SECONDS", 0.2)
    monkeypatch.setattr(answers, "_ARRIVING_SECONDS", 0.2)
    given = () if serve is speaks_whole_and_stays else (None,)
    child = Child(serve, *given)
    [process] = multiprocessing.active_children()
    kill = process.kill
    try:
        with monkeypatch.context() as deaf:
            deaf.setattr(type(process), "kill", lambda _: None)
            if given:
                with pytest.raises(TimeoutError):
                    child.answer(2000, LONG, lambda: None)
            else:
                assert child.answer(2000, LONG, lambda: None) == WHOLE
            before = time.monotonic()
            child.end()
            assert time.monotonic() - before < LONG / 4
        assert process.is_alive()
        assert not multiprocessing.active_children(), "the end of the program does not wait for it either"
    finally:
        kill()
        process.join()
        process.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there nobody can be deaf to what ends a process")
def test_the_program_ends_though_a_child_does_not(tmp_path: Path):
    script = tmp_path / "program.py"
    script.write_text(
        f"""
import signal, sys, time
sys.path.insert(0, {str(ROOT)!r})
from multiprocessing.context import SpawnProcess
from models.documents import answers

def deaf(connection):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    connection.send_bytes(str(__import__("os").getpid()).encode())
    time.sleep({LONG})

if __name__ == "__main__":
    answers._DYING_SECONDS = 0.2
    SpawnProcess.kill = lambda _: None
    child = answers.Child(deaf)
    print(child.answer(100, {LONG}, lambda: None).decode(), flush=True)
    child.end()
""",
        encoding="utf-8",
    )
    with (tmp_path / "pid").open("w+", encoding="ascii") as out:
        program = subprocess.Popen([sys.executable, str(script)], stdout=out)
        try:
            assert program.wait(LONG / 2) == 0
        finally:
            program.kill()
            program.wait()
            out.seek(0)
            os.kill(int(out.read()), signal.SIGKILL)
