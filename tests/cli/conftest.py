"""The hatch, run in this process: a command with its words, its one JSON object, and its exit status."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli import main as hatch
from tests.offices import COUNTY, TOWN, World, quick_folder


@dataclass(frozen=True)
class Answer:
    """What one command said and how it ended."""

    status: int
    out: bytes
    err: str

    @property
    def object(self) -> dict[str, Any]:
        """The one JSON object on stdout: nothing before it, nothing behind."""
        found = json.loads(self.out.decode("utf-8"))
        assert isinstance(found, dict)
        return found


class Hatch:
    """Runs commands on the homes of a folder."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[bytes]) -> None:
        self.folder = folder
        self._capture = capture

    def raw(self, home: str, *words: object, json: bool = True) -> Answer:
        self._capture.readouterr()
        given = ["--home", str(self.folder / home), *(["--json"] if json else []), *map(str, words)]
        try:
            status = hatch.run(hatch.parse(given))
        except SystemExit as left:
            status = int(left.code or 0)
        caught = self._capture.readouterr()
        return Answer(status, caught.out, caught.err.decode())

    def __call__(self, home: str, *words: object) -> dict[str, Any]:
        """A command that is done."""
        answer = self.raw(home, *words)
        assert answer.status == 0, answer
        assert answer.err == ""
        return answer.object

    def refused(self, home: str, *words: object) -> dict[str, Any]:
        """A command that is refused; its error."""
        answer = self.raw(home, *words)
        assert answer.status == 3, answer
        error = answer.object["error"]
        assert set(error) == {"code", "message", "way_out"}
        assert error["way_out"].endswith("。")
        return error

    def usage(self, home: str, *words: object) -> str:
        """A command that nobody understands."""
        answer = self.raw(home, *words)
        assert answer.status == 2, answer
        assert answer.out == b""
        return answer.err


@pytest.fixture
def bare(capsysbinary: pytest.CaptureFixture[bytes]) -> Iterator[Hatch]:
    """A folder without any home."""
    with quick_folder() as folder:
        yield Hatch(folder, capsysbinary)


@pytest.fixture
def enrolled(bare: Hatch) -> Hatch:
    """A county and a township, made and enrolled by commands."""
    bare("county", "setup", "--kind", "county", "--name", "临江县环委办", "--code", COUNTY)
    bare("town", "setup", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    bare("county", "unit", "add", "--kind", "township", "--name", "白水镇人民政府", "--code", TOWN)
    asked = bare("town", "enrol", "request", "--to", bare.folder / "u1")
    answer = bare("county", "enrol", "approve", asked["path"], "--unit", TOWN, "--to", bare.folder / "u1")
    bare("town", "enrol", "accept", answer["path"], "--fingerprint", answer["fingerprint"])
    return bare


@pytest.fixture
def county(world: World, capsysbinary: pytest.CaptureFixture[bytes]) -> Hatch:
    """The homes of tests/offices.py: county, town, town2, other, office."""
    world.close()
    return Hatch(world.folder, capsysbinary)
