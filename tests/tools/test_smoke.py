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
