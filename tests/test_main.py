"""The front door where something is missing behind it: the clerk is told what, in words."""

from __future__ import annotations

import multiprocessing
import runpy
import sys

import pytest

import main


def test_a_window_that_cannot_be_loaded_says_what_to_look_at(monkeypatch, capsys):
    """A virus scanner took a library away, half the folder was copied, or the system is too old."""
    monkeypatch.setattr(sys, "argv", ["huangai"])
    monkeypatch.setattr("cli.home.screen_missing", lambda: False)
    monkeypatch.setitem(sys.modules, "gui.app", None)
    assert main.main() == 3
    said = capsys.readouterr().err
    assert "gui.app" in said
    assert "1809" in said
    assert "数据没有改动" in said


def test_a_key_that_is_pressed_while_the_program_is_read_in_ends_it_quietly(monkeypatch, capsys):
    def stopped() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(multiprocessing, "freeze_support", stopped)
    with pytest.raises(SystemExit) as left:
        runpy.run_path(main.__file__, run_name="__main__")
    assert (left.value.code, capsys.readouterr()) == (3, ("", ""))
