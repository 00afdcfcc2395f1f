from __future__ import annotations

import os
import sys

import pytest


@pytest.mark.parametrize(
    ("status", "out", "err", "complaints"),
    [
        (0, b'{"ok": true}', b"", 0),
        (0, b'{"ok": true}', b"\n", 0),
        (1, b'{"ok": true}', b"", 1),
        (0, b'{"ok": false}', b"", 1),
        (0, b"ok", b"", 1),
        (0, b"[]", b"", 1),
        (0, b'{"ok": true}', b"Warning: late", 1),
        (1, b"", b"Traceback", 3),
    ],
)
def test_a_self_check_says_ok_and_nothing_else(smoke, status, out, err, complaints):
    assert len(smoke.judge_self_check(status, out, err)) == complaints


@pytest.mark.parametrize(
    ("status", "err", "complaints"),
    [
        (None, b"", 0),
        (None, b"This plugin does not support raise()\n", 0),
        (None, b"This plugin does not support raise()\nqt.svg: broken\n", 1),
        (0, b"", 1),
        (1, b"Traceback\n", 2),
    ],
)
def test_a_window_stays_open_and_silent(smoke, status, err, complaints):
    assert len(smoke.judge_window(status, err)) == complaints


def test_the_size_counts_a_linked_file_once(smoke, tmp_path, monkeypatch):
    (tmp_path / "lib.so").write_bytes(b"x" * 2_000_000)
    os.link(tmp_path / "lib.so", tmp_path / "again.so")
    assert smoke.size_of(tmp_path) == pytest.approx(2.0)
    monkeypatch.setitem(smoke.BUDGET, sys.platform, 3)
    assert smoke.try_size(tmp_path) == []
    monkeypatch.setitem(smoke.BUDGET, sys.platform, 1)
    assert len(smoke.try_size(tmp_path)) == 1


@pytest.mark.skipif(os.name == "nt", reason="a script stands in for the program")
def test_both_programs_of_the_folder_are_started(smoke, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(smoke, "WINDOW_SECONDS", 0.5)
    for name, body in (("huangai-cli", """echo '{"ok": true}'; echo "$@" >> called"""), ("huangai", "exec sleep 30")):
        (tmp_path / name).write_text(f'#!/bin/sh\ncd "$(dirname "$0")"\n{body}\n', encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    assert smoke.main(tmp_path) == 0
    first, second = (tmp_path / "called").read_text(encoding="utf-8").splitlines()
    assert first.endswith("--json self-check")
    assert "setup --kind township" in second, "the window is tried over a ledger too"
    assert "fine" in capsys.readouterr().out
    (tmp_path / "huangai").write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    assert smoke.main(tmp_path) == 1
    assert "closed by itself with 3" in capsys.readouterr().out


def resource(**strings):
    """Strings as they lie in the version resource of a program for Windows."""
    content = b"MZ" + bytes(50)
    for name, value in strings.items():
        words = f"{name}\0".encode("utf-16-le")
        content += bytes(6) + words + bytes(-(len(words) + 6) % 4) + f"{value}\0".encode("utf-16-le")
        content += bytes(-len(content) % 4)
    return content


def test_the_names_of_a_program_are_read_from_its_version_resource(smoke):
    content = resource(ProductName="环改台账", FileVersion="0.1.0")
    assert smoke.names_of(content, ["ProductName", "FileVersion"]) == {
        "ProductName": "环改台账",
        "FileVersion": "0.1.0",
    }
    assert smoke.names_of(content, ["ProductVersion"]) == {}
    assert smoke.names_of(b"MZ", ["ProductName"]) == {}


def test_a_program_of_windows_that_has_no_name_is_complained_of(smoke, tmp_path, monkeypatch):
    version = smoke.runpy.run_path(str(smoke.ROOT / "models" / "version.py"))["VERSION"]
    good = resource(ProductName="环改台账", ProductVersion=version, FileVersion=version)
    for name in ("huangai", "huangai-cli"):
        smoke.program(tmp_path, name).write_bytes(good)
    assert smoke.try_names(tmp_path) == []
    monkeypatch.setattr(smoke.sys, "platform", "win32")
    assert smoke.try_names(tmp_path) == []
    smoke.program(tmp_path, "huangai").write_bytes(resource(ProductName="环改台账"))
    assert len(smoke.try_names(tmp_path)) == 1
