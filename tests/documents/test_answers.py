"""A child that stops in the middle of its answer holds nobody up: who waits for it lets it die."""

from __future__ import annotations

import multiprocessing
import os
import struct
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from models.documents import answers
from models.documents.reading import read_workbook
from models.documents.refusals import WorkbookTooHard
from models.progress import Silent
from models.services.evidence.apart import Apart
from tests.documents import hostile

LONG, WHOLE = 60, b"X" * 1000

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pipe of Windows passes whole messages")


def speaks_half(connection: Connection, _: object) -> None:
    """In the child: half an answer now, and the other half when nobody should wait any more."""
    message = struct.pack("!i", len(WHOLE)) + WHOLE
    os.write(connection.fileno(), message[:500])
    time.sleep(LONG)
    os.write(connection.fileno(), message[500:])


def echo(question: str) -> bytes:
    return question.encode()


def test_a_workbook_whose_reader_stops_in_the_middle_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(answers, "_ARRIVING_SECONDS", 0.1)
    monkeypatch.setattr("models.documents.child.serve", speaks_half)
    path = tmp_path / "a.xlsx"
    path.write_bytes(hostile.workbook())
    with pytest.raises(WorkbookTooHard):
        read_workbook(path, progress=Silent())
    assert not multiprocessing.active_children()


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
