"""The hatch itself: one object out, four ways to end, secrets, the lock, and no window behind it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli import home as home_module
from cli import main as hatch
from models.services.records.records import Records
from tests.offices import COUNTY, TOWN

ROOT = Path(__file__).parents[2]

HOLDER = """
import sys, time
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""

# Runs commands as main.py would, in one process, and says which forbidden modules were loaded after each.
WATCHER = """
import contextlib, io, json, sys
sys.path.insert(0, sys.argv[1])
import main
seen = {}
for line in json.loads(sys.stdin.read()):
    sys.argv[1:] = line
    status = 0
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out):
        try:
            status = main.main()
        except SystemExit as left:
            status = left.code
    loaded = {name.partition(".")[0] for name in sys.modules} & {"PySide6", "shiboken6", "gui", "pytest", "alembic"}
    seen[" ".join(line[2:4])] = [status, sorted(loaded)]
print(json.dumps(seen))
"""


# ------------------------------------------------------------------------------------------- no window


def test_no_command_brings_the_window_in(bare):
    """Nor does any but the making of a ledger bring in the migrations."""
    c, t, u = (str(bare.folder / name) for name in ("c", "t", "u"))
    bare("c", "setup", "--kind", "county", "--name", "临江县环委办", "--code", COUNTY)
    bare("t", "setup", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    bare("c", "unit", "add", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    answer = bare("c", "enrol", "approve", bare("t", "enrol", "request", "--to", u)["path"], "--unit", TOWN, "--to", u)
    bare("t", "enrol", "accept", answer["path"])
    made = bare("t", "records", "add", "problems", "--set", "description=坏")["id"]
    package = bare("t", "exchange", "export", "--to", u)["packages"][0]["path"]
    commands = [
        ["--home", c, "unit", "list"],
        ["--home", c, "unit", "add", "--kind", "township", "--name", "东镇", "--code", "2"],
        ["--home", c, "enrol", "request", "--to", u],
        ["--home", t, "records", "add", "problems", "--set", "description=二"],
        ["--home", t, "records", "edit", "problems", made, "--set", "progress=x"],
        ["--home", t, "records", "list", "problems"],
        ["--home", t, "records", "show", "problems", made],
        ["--home", t, "records", "history", "problems", made],
        ["--home", t, "records", "void", "problems", made, "--why", "x"],
        ["--home", t, "records", "unvoid", "problems", made],
        ["--home", t, "measure", "add", made, "--set", "text=x"],
        ["--home", t, "dispatch", "add", made, "--set", "month=2024-05"],
        ["--home", c, "exchange", "import", package],
        ["--home", c, "exchange", "inspect", package],
        ["--home", c, "exchange", "export", "--to", u, "--all"],
        ["--home", c, "exchange", "status"],
        ["--home", c, "conflict", "list"],
        ["--home", c, "conflict", "settle", "x", "--head", "0"],
        ["--home", c, "double", "list", "problems"],
        ["--home", c, "tally"],
        ["--home", c, "tally", "--known-by", "2024-06-30"],
        ["--home", c, "digest"],
        ["--home", c, "check", "--deep"],
        ["--home", c, "backup", "--to", u],
        ["--home", c, "records", "--help"],
        ["--home", c, "records", "export", "problems", "--out", str(bare.folder / "a.xlsx")],
        ["--home", t, "records", "import", "problems", str(bare.folder / "a.xlsx"), "--preview"],
    ]
    done = subprocess.run(
        [sys.executable, "-c", WATCHER, str(ROOT)],
        input=json.dumps(commands),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        cwd=bare.folder,
    )
    seen = json.loads(done.stdout)
    assert len(seen) >= 22
    assert {name: loaded for name, (_, loaded) in seen.items() if loaded} == {}
    refused = {"enrol request", "conflict settle"}
    assert {name for name, (status, _) in seen.items() if status != 0} == refused
    setup = [["--home", str(bare.folder / "new"), "setup", "--kind", "township", "--name", "东镇", "--code", "1"]]
    done = subprocess.run(
        [sys.executable, "-c", WATCHER, str(ROOT)],
        input=json.dumps(setup),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert json.loads(done.stdout) == {"setup --kind": [0, ["alembic"]]}


def test_help_is_everywhere(bare):
    for words in (
        (),
        ("records",),
        ("records", "add"),
        ("exchange", "import"),
        ("enrol", "approve"),
        ("tally",),
        ("check",),
    ):
        answer = bare.raw("x", *words, "--help", json=False)
        assert answer.status == 0
        assert answer.out.startswith(b"usage: ")


# ------------------------------------------------------------------------------------------- how a command ends


def test_without_a_home_it_is_said(bare):
    error = bare.refused("nowhere", "records", "list", "problems")
    assert error["code"] == "H101"
    assert str(bare.folder / "nowhere") in error["message"]
    assert not (bare.folder / "nowhere").exists()


def test_a_refusal_without_json_is_two_sentences(bare):
    answer = bare.raw("nowhere", "records", "list", "problems", json=False)
    assert answer.status == 3
    message, way_out = answer.out.decode().strip().split("\n")
    assert "没有做任何改动" in message
    assert way_out.endswith("。")


@pytest.mark.parametrize("json_", [True, False])
def test_a_bug_ends_with_1_one_line_and_a_log(county, monkeypatch, json_):
    def broken(*_args, **_words):
        raise ZeroDivisionError("出了意外")

    monkeypatch.setattr(Records, "list", broken)
    answer = county.raw("town", "records", "list", "problems", json=json_)
    assert answer.status == 1
    assert answer.out == b""
    assert answer.err.count("\n") == 1
    log = county.folder / "town" / "log" / "huangai.log"
    assert str(log) in answer.err
    assert "ZeroDivisionError: 出了意外" in log.read_text(encoding="utf-8")
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("json_", [True, False])
def test_a_key_that_is_pressed_to_stop_is_no_bug(county, monkeypatch, json_):
    def stopped(*_args, **_words):
        raise KeyboardInterrupt

    monkeypatch.setattr(Records, "list", stopped)
    answer = county.raw("town", "records", "list", "problems", json=json_)
    assert answer.status == 3
    if json_:
        assert json.loads(answer.out)["error"]["code"] == "H130"
    else:
        assert answer.out == b""
    assert "已取消" in answer.err
    assert "未改动" not in answer.err  # of several packages the first may have been taken in already


def test_global_options_stand_before_or_after_the_command(county):
    before = county("town", "digest")
    after = hatch.parse(["digest", "--home", str(county.folder / "town"), "--json"])
    assert (after.home, after.json) == (county.folder / "town", True)
    assert county.raw("town", "digest", json=False).out.decode().split() == [
        before["scope"], str(before["operations"]), "条", before["digest"],
    ]  # fmt: skip


def test_the_home_is_found_by_its_variable_or_beside_the_program(monkeypatch, tmp_path):
    monkeypatch.setenv("HUANGAI_HOME", str(tmp_path / "甲"))
    assert home_module.default_home() == tmp_path / "甲"
    monkeypatch.delenv("HUANGAI_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert home_module.default_home() == tmp_path / "huangai"
    frozen = tmp_path / "程序" / "huangai"
    (frozen.parent / "data").mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(frozen))
    assert home_module.default_home() == frozen.parent / "data"


@pytest.mark.parametrize(
    "text", ["长" * 40_000, "a" * 300, "=cmd|'/C calc'!A0", "<img src=file:///etc/passwd>", "\u202egpj.exe"]
)
def test_odd_words_end_with_0_or_3(county, text):
    for words in (
        ("records", "add", "problems", "--set", f"description={text}"),
        ("records", "list", "problems", "--search", text),
        ("records", "list", "problems", "--where", f"person={text}"),
        ("records", "show", "problems", text),
        ("tally", "--unit", text),
        ("digest", "--unit", text),
        ("conflict", "settle", text, "--value", text),
        ("records", "history", "petitions", text),
    ):
        answer = county.raw("town", *words)
        assert answer.status in (0, 3), (words[:3], answer)
        assert answer.object is not None
    for words in (("exchange", "import", text), ("exchange", "inspect", text), ("enrol", "accept", text)):
        assert county.raw("other", *words).status == 3, words


def test_what_is_no_text_is_wrong_usage_but_a_file_may_be_called_anything(county, tmp_path):
    """Half characters are what Python makes of bytes that are not UTF-8."""
    for words in (
        ("records", "add", "problems", "--set", "description=\udcff"),
        ("records", "list", "problems", "--search", "\udcff"),
        ("records", "list", "problems", "--where", "person=\udcff"),
        ("records", "show", "problems", "\udcff"),
        ("tally", "--unit", "\udcff"),
        ("digest", "--unit", "\udcff"),
        ("exchange", "export", "--to", "u", "--unit", "\udcff"),
    ):
        assert "UTF-8" in county.usage("town", *words)
    folder = tmp_path / "\udcff\udcfe"
    written = Path(county("town", "exchange", "export", "--to", folder)["packages"][0]["path"])
    odd = folder / "\udcff.hgb"
    next(folder.glob("*.hgb")).rename(odd)
    assert written.name.startswith("hg_")
    assert county("county", "exchange", "import", odd)["packages"][0]["result"] == "imported"
    assert county.refused("county", "exchange", "import", folder / "\udcfe.hgb")["code"] == "S304"


def test_a_list_can_be_cut_and_counts_all(county):
    for n in range(4):
        county("town", "records", "add", "problems", "--set", f"description={n}")
    listed = county("town", "records", "list", "problems", "--limit", "2")
    assert listed["total"] == 4
    assert [r["description"] for r in listed["records"]] == ["0", "1"]
    assert county("town", "records", "list", "problems", "--limit", "0")["records"] == []
    county.usage("town", "records", "list", "problems", "--limit", "-1")


def test_a_number_that_fits_several_is_refused_with_the_list(county):
    for content in ("臭味", "噪声"):
        county("town", "records", "add", "petitions", "--set", f"content={content}", "receipt_number=D001")
    error = county.refused("town", "records", "show", "petitions", "D001")
    assert error["code"] == "R108"
    assert "臭味" in error["message"]
    assert "噪声" in error["message"]


# ------------------------------------------------------------------------------------------- secrets


def test_keys_under_a_passphrase(bare, monkeypatch):
    error = bare.refused("c", "setup", "--kind", "county", "--name", "临江县", "--code", COUNTY, "--passphrase")
    assert error["code"] == "S201"
    assert not (bare.folder / "c" / "ledger.db").exists()
    monkeypatch.setenv("HUANGAI_PASSPHRASE", "春江花月夜")
    bare("c", "setup", "--kind", "county", "--name", "临江县", "--code", COUNTY, "--passphrase")
    assert not any("口令" in f["text"] for f in bare("c", "check")["findings"])
    bare("c", "unit", "add", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    signs = (
        ("records", "add", "problems", "--set", "description=坏"),
        ("unit", "add", "--kind", "township", "--name", "东镇", "--code", "2"),
        ("exchange", "export", "--to", bare.folder / "u", "--all"),
    )
    monkeypatch.setenv("HUANGAI_PASSPHRASE", "错的")
    before = bare("c", "digest")
    for words in signs[:2]:
        assert bare.refused("c", *words)["code"] == "S202"
    monkeypatch.delenv("HUANGAI_PASSPHRASE")
    for words in signs[:2]:
        assert bare.refused("c", *words)["code"] == "S201"
    assert bare("c", "digest") == before  # looking needs no keys, and nothing was changed
    assert bare("c", "tally")["problems"]["total"] == 0
    monkeypatch.setenv("HUANGAI_PASSPHRASE", "春江花月夜")
    for words in signs:
        bare("c", *words)
    assert bare("c", "tally")["problems"]["total"] == 1


def test_a_township_under_a_passphrase_signs_and_opens_with_it_alone(bare, monkeypatch):
    bare("c", "setup", "--kind", "county", "--name", "临江县", "--code", COUNTY)
    bare("c", "unit", "add", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    monkeypatch.setenv("HUANGAI_PASSPHRASE", "白水")
    bare("t", "setup", "--kind", "township", "--name", "白水镇", "--code", TOWN, "--passphrase")
    stick = bare.folder / "u"
    asked = bare("t", "enrol", "request", "--to", stick)["path"]
    monkeypatch.delenv("HUANGAI_PASSPHRASE")
    assert bare.refused("t", "enrol", "request", "--to", stick)["code"] == "S201"
    answer = bare("c", "enrol", "approve", asked, "--unit", TOWN, "--to", stick)["path"]
    assert bare.refused("t", "enrol", "accept", answer)["code"] == "S201"
    monkeypatch.setenv("HUANGAI_PASSPHRASE", "白水")
    bare("t", "enrol", "accept", answer)
    monkeypatch.delenv("HUANGAI_PASSPHRASE")
    bare("t", "records", "add", "problems", "--set", "description=照常填写")  # writing down needs no keys
    assert bare.refused("t", "exchange", "export", "--to", stick)["code"] == "S201"
    package = bare("c", "exchange", "export", "--to", stick, "--unit", TOWN)["packages"][0]["path"]
    assert bare.refused("t", "exchange", "import", package)["code"] == "S201"
    assert bare("t", "exchange", "inspect", package)["genuine"]
    monkeypatch.setenv("HUANGAI_PASSPHRASE", "白水")
    assert bare("t", "exchange", "import", package)["packages"][0]["result"] == "imported"
    assert bare("t", "exchange", "export", "--to", stick)["packages"][0]["operations"] == 1


def test_no_key_is_ever_printed_logged_or_packed(county):
    secret = json.loads((county.folder / "town" / "keys" / "device.key").read_text(encoding="utf-8"))["content"]
    for words in (("check",), ("unit", "list"), ("exchange", "status"), ("digest",)):
        assert secret[:40].encode() not in county.raw("town", *words).out
    stick = county.folder / "u"
    county("town", "exchange", "export", "--to", stick)
    county("town", "backup", "--to", stick)
    for path in stick.iterdir():
        assert secret[:40].encode() not in path.read_bytes()


# ------------------------------------------------------------------------------------------- the lock


def test_a_second_writer_waits_five_seconds_and_is_told_who_holds_the_home(county):
    lock = county.folder / "town" / "lock"
    county("town", "records", "add", "problems", "--set", "description=一")  # leaves its name in lock.txt
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout.readline() == b"held\n"
        (county.folder / "town" / "lock.txt").write_text("环改台账窗口（进程 4711）", encoding="utf-8")
        before = time.monotonic()
        error = county.refused("town", "records", "add", "problems", "--set", "description=二")
        assert 4.5 < time.monotonic() - before < 60
        assert error["code"] == "H102"
        assert "环改台账窗口（进程 4711）" in error["message"]
        assert county("town", "records", "list", "problems")["total"] == 1, "reading does not ask for the lock"
        assert county("town", "exchange", "status")["peers"]
        holder.stdin.close()
    county("town", "records", "add", "problems", "--set", "description=二")


def test_who_holds_it_names_itself(county):
    county("town", "records", "add", "problems", "--set", "description=一")
    assert f"进程 {os.getpid()}" in (county.folder / "town" / "lock.txt").read_text(encoding="utf-8")


def test_ten_writers_at_once_all_get_their_turn(bare):
    bare("t", "setup", "--kind", "township", "--name", "白水镇", "--code", TOWN)
    words = ["--home", str(bare.folder / "t"), "records", "add", "problems", "--set", "description=同时"]
    running = [
        subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(6)
    ]
    for process in running:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, (out, err)
    listed = bare("t", "records", "list", "problems")
    assert listed["total"] == 6
    assert len({r["number"] for r in listed["records"]}) == 6
    assert bare("t", "check", "--deep")["ok"]


def test_who_wrote_is_written_down(county):
    made = county.raw("town", "--as", "王五", "records", "add", "problems", "--set", "description=一").object
    county("town", "records", "edit", "problems", made["id"], "--set", "person=张三")
    changes = county("town", "records", "history", "problems", made["id"])["changes"]
    assert [(c["field"], c["by"]) for c in changes if c["field"] in ("description", "person")] == [
        ("description", "王五"), ("person", "本机"),
    ]  # fmt: skip
