"""The demo as a person starts it, once and whole; and what it does when something is not as it must be."""

from __future__ import annotations

import base64
import json
import re
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cli import demo, demo_acts, demo_stage
from cli.main import parse, run
from models.services.opening import open_office

ROOT = Path(__file__).resolve().parents[2]
PAGES = 16
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Played:
    out: Path
    answer: dict[str, Any]
    log: str
    noise: bytes

    @property
    def told(self) -> list[str]:
        return [line for step in self.answer["steps"] for line in step["told"]]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    out = tmp_path_factory.mktemp("demo") / "out"
    command = [sys.executable, "main.py", "--json", "demo", "--towns", "2", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace") + done.stdout.decode(errors="replace")[-2_000:]
    log = (out / "reports" / "log.txt").read_text(encoding="utf-8")
    return Played(out, json.loads(done.stdout), log, done.stderr)


def test_every_artifact_is_there_and_nothing_else_is_said(played: Played) -> None:
    artifacts = [Path(path) for path in played.answer["artifacts"]]
    assert all(path.stat().st_size > 0 for path in artifacts)
    assert len(set(artifacts)) == len(artifacts) == 6 + 2 * PAGES
    assert {path.name for path in played.out.iterdir()} == {*demo_stage.FOLDERS, demo_stage.MARKER}
    assert played.noise == b""


@pytest.mark.parametrize("who", ["county", "township"])
def test_there_is_a_picture_of_every_page(played: Played, who: str) -> None:
    pictures = sorted((played.out / "pictures" / who).glob("*.png"))
    assert len(pictures) == PAGES
    for picture in pictures:
        head = picture.read_bytes()[:24]
        assert head[:8] == PNG
        assert struct.unpack(">II", head[16:24]) == (1366, 768)
    assert len({p.read_bytes() for p in pictures}) == PAGES  # no page is a copy of another


def test_the_figures_are_those_of_the_speech_then_and_now(played: Played) -> None:
    figures = json.loads((played.out / "reports" / "tally.json").read_text(encoding="utf-8"))
    then = figures["speech_as_known_then"]["problems"]
    assert [then[n] for n in ("total", "time_limited", "long_term")] == [99, 64, 35]
    assert [then[n] for n in ("completed", "closed", "closing", "remaining")] == [50, 46, 4, 14]
    assert figures["speech_as_known_then"]["petitions"]["closed"] == 101
    assert figures["today"]["problems"]["total"] == 99 + 24 + 5
    assert figures["today"]["problems"]["closed"] == 47


@pytest.mark.parametrize(("name", "rows"), [("county_problems", 128), ("county_petitions", 102)])
def test_the_ledgers_hold_every_record(played: Played, name: str, rows: int) -> None:
    sheet = load_workbook(played.out / "reports" / f"{name}.xlsx").active
    assert sheet is not None
    numbered = [row[0] for row in sheet.iter_rows(values_only=True) if re.fullmatch(r"\d+", str(row[0]))]
    assert len(numbered) == rows


def test_what_was_bad_was_refused_in_words(played: Played) -> None:
    said = "\n".join(played.told)
    for code in ("S101", "S102", "S104", "S106", "S108"):
        assert f"（{code}）" in said
    assert said.count("本机数据未改动") >= 5
    assert "没有接收，请与对方核实" in said
    assert "这是较早的包" in said
    assert "可能恢复过备份" in said


def test_the_homes_agree_when_somebody_else_looks(played: Played) -> None:
    offices = {path.name: open_office(path) for path in (played.out / "homes").iterdir()}
    try:
        county = offices["county"]
        for name in ("361021101", "361021101-2", "361021201"):
            unit = name[:9]
            assert offices[name].exchange.digest(unit) == county.exchange.digest(unit)
        assert offices["361021101-2-backup"].exchange.digest() != county.exchange.digest("361021101")
        assert len(offices["361021101"].conflicts.list()) == 1
    finally:
        for office in offices.values():
            office.close()


def test_no_secret_is_told(played: Played) -> None:
    secrets = set()
    for path in (played.out / "homes").glob("*/keys/*.key"):
        content = base64.b64decode(json.loads(path.read_text(encoding="utf-8"))["content"])
        secrets |= set(re.findall(r"[0-9a-f]{64}|AGE-SECRET-KEY-\w+", content.decode()))
    assert len(secrets) >= 10
    assert not [secret for secret in secrets if secret in played.log or secret in json.dumps(played.answer)]


def test_the_log_is_what_was_said(played: Played) -> None:
    assert [line for line in played.told if line not in played.log] == []


# ------------------------------------------------------------------------------------- what does not go well


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsysbinary) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "homes").mkdir()
    (out / "homes" / "letter.txt").write_text("keep me", encoding="utf-8")
    assert run(parse(["--json", "demo", "--out", str(out)])) == 3
    assert json.loads(capsysbinary.readouterr().out)["error"]["code"] == "H120"
    assert [p.name for p in out.rglob("*")] == ["homes", "letter.txt"]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path, capsysbinary) -> None:
    out = tmp_path / "file"
    out.write_text("x", encoding="utf-8")
    assert run(parse(["--json", "demo", "--out", str(out)])) == 3
    assert json.loads(capsysbinary.readouterr().out)["error"]["code"] == "H120"


def test_a_place_below_a_file_is_refused_in_words(tmp_path: Path, capsysbinary) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert run(parse(["--json", "demo", "--out", str(tmp_path / "file" / "out")])) == 3
    assert json.loads(capsysbinary.readouterr().out)["error"]["code"] == "H121"


def test_what_an_earlier_demo_left_is_taken_away_and_no_more(tmp_path: Path) -> None:
    out = tmp_path / "out"
    demo_stage.Stage(out, aloud=False)
    for kept in (out / "homes" / "old", out / "notes.txt"):
        kept.write_text("x", encoding="utf-8")
    demo_stage.Stage(out, aloud=False)
    assert not (out / "homes" / "old").exists()
    assert (out / "notes.txt").exists()


@pytest.mark.parametrize("towns", [0, 13])
def test_there_are_twelve_towns(tmp_path: Path, towns: int) -> None:
    assert demo.play(tmp_path / "out", towns, as_json=True) == 2
    assert not (tmp_path / "out").exists()


def test_a_wrong_figure_ends_the_play_as_a_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(demo_acts.SPEECH, "closed", 45)
    with pytest.raises(demo_stage.WentWrong, match="99 = 64"):
        demo.play(tmp_path / "out", 1, as_json=True)
    log = (tmp_path / "out" / "reports" / "log.txt").read_text(encoding="utf-8")
    assert "不符合预期" in log
    assert "登记乡镇" not in log


def test_a_refusal_that_nobody_expected_is_a_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_acts, "COUNTY", demo_acts.COUNTY._replace(code="not a code"))
    with pytest.raises(demo_stage.WentWrong, match="S220"):
        demo.play(tmp_path / "out", 1, as_json=True)
