from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def python_runs(dev, monkeypatch):
    """Record what would be run, and let the test say how it ends."""
    asked: list[tuple[str, ...]] = []
    ends: dict[str, int] = {}

    def run(*command):
        asked.append(command)
        return next((status for word, status in ends.items() if word in command), 0)

    monkeypatch.chdir(ROOT)  # put back after the test
    monkeypatch.setattr(dev, "_python", run)
    monkeypatch.setattr(dev, "finishes", lambda command, seconds: run(*command[1:]) == 0)
    monkeypatch.setattr(dev, "set_up", lambda *lists: None)
    monkeypatch.setattr(dev.machine, "make_ready_for_qt", lambda: None)
    monkeypatch.setattr(dev.machine, "make_ready_for_build", lambda: None)
    return asked, ends


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
    ],
)
def test_a_window_needs_a_display_on_linux(dev, platform, environment, expected):
    assert dev.has_display(platform, environment) is expected


def test_run_without_a_display_makes_the_demo_and_says_where(dev, python_runs, monkeypatch, capsys):
    asked, _ = python_runs
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "taken back after the test")
    monkeypatch.delenv("QT_QPA_PLATFORM")
    assert dev.main(["run"]) == 0
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    [command] = asked
    assert command[:3] == (dev.MAIN, "demo", "--out")
    assert command[3] in capsys.readouterr().out


def test_run_with_a_display_opens_the_window(dev, python_runs, monkeypatch):
    asked, _ = python_runs
    monkeypatch.setenv("DISPLAY", ":0")
    assert dev.main(["run"]) == 0
    assert asked == [(dev.MAIN,)]


def test_run_passes_on_what_follows(dev, python_runs):
    asked, _ = python_runs
    dev.main(["run", "--home", "x", "tally"])
    assert asked == [(dev.MAIN, "--home", "x", "tally")]


def test_demo_keeps_the_place_that_was_asked_for(dev, python_runs, tmp_path, capsys, monkeypatch):
    asked, _ = python_runs
    monkeypatch.chdir(tmp_path)
    for asked_for in (["--out", str(tmp_path / "x")], [f"--out={tmp_path / 'x'}"], ["--out", "x"]):
        asked.clear()
        dev.main(["demo", *asked_for, "--towns", "2"])
        assert asked == [(dev.MAIN, "demo", "--towns", "2", "--out", str(tmp_path / "x"))]
        assert str(tmp_path / "x") in capsys.readouterr().out


@pytest.mark.parametrize("verb", ["check", "test", "build"])
def test_a_slip_of_the_pen_is_no_silent_full_test(dev, python_runs, verb):
    asked, _ = python_runs
    with pytest.raises(SystemExit):
        dev.main([verb, "--fsat"])
    assert asked == []


def test_a_demo_that_failed_promises_no_pictures(dev, python_runs, tmp_path, capsys):
    _, ends = python_runs
    ends["demo"] = 3
    assert dev.main(["demo", "--out", str(tmp_path)]) == 3
    assert str(tmp_path) not in capsys.readouterr().out


def test_every_step_runs_whatever_fails_before_it_and_the_summary_names_it(dev, python_runs, capsys):
    asked, ends = python_runs
    ends["tools/house_rules.py"] = 1
    assert dev.main(["test"]) == 1
    steps = (*dev.QUICK, dev.WITHOUT_QT, dev.HISTORIES, dev.WITH_QT, dev.RATCHET)
    beside = [s.command for s in steps if s.beside]
    assert [one for one in asked if one not in beside] == [s.command for s in steps if not s.beside]
    assert set(beside) < set(asked)
    summary = capsys.readouterr().out.split("小结")[1]
    assert [line.split()[-1] for line in summary.splitlines() if line.startswith("失败")] == ["家规"]
    assert summary.count("通过") == len(asked) - 1


def test_all_good_is_exit_0(dev, python_runs):
    assert dev.main(["check"]) == 0


def test_fast_stops_before_what_needs_qt(dev, python_runs):
    asked, _ = python_runs
    dev.main(["test", "--fast"])
    assert dev.HISTORIES.command in asked
    assert not {dev.WITH_QT.command, dev.RATCHET.command} & set(asked)


def test_every_room_of_tests_belongs_to_one_step(dev):
    elsewhere = {part for part in (*dev.HISTORIES.command, *dev.WITH_QT.command) if part.startswith("tests/")}
    assert {f"--ignore={room}" for room in elsewhere} == {p for p in dev.WITHOUT_QT.command if p.startswith("--ign")}
    assert elsewhere == {"tests/gui", "tests/model", "tests/attack"}


def test_what_was_built_is_tried_and_what_was_not_is_not(dev, python_runs):
    asked, ends = python_runs
    assert dev.main(["build"]) == 0
    assert asked[1] == ("tools/smoke.py", "dist/huangai")
    asked.clear()
    ends["PyInstaller"] = 1
    assert dev.main(["build"]) == 1
    assert len(asked) == 1


class TestSetUp:
    @pytest.fixture
    def made(self, dev, monkeypatch, tmp_path):
        """A place to set up in: requirements, and a record of the commands."""
        (tmp_path / "tests").mkdir()
        (tmp_path / "requirements.txt").write_text("a==1\n")
        (tmp_path / "tests" / "requirements.txt").write_text("b==1\n")
        venv = tmp_path / ".venv"
        monkeypatch.setattr(dev, "VENV", venv)
        monkeypatch.setattr(dev, "SHIPPED", tmp_path / "requirements.txt")
        monkeypatch.setattr(dev, "DEVELOPERS", tmp_path / "tests" / "requirements.txt")
        monkeypatch.setattr(dev.machine, "make_ready_for_venv", lambda: None)
        monkeypatch.setattr(dev, "_venv_works", venv.exists)
        monkeypatch.setattr(dev.subprocess, "run", lambda command, **_: Path(command[-1]).mkdir())
        self.pip: list[tuple[str, ...]] = []
        self.pip_ends = 0
        monkeypatch.setattr(dev, "_python", lambda *command: self.pip.append(command) or self.pip_ends)
        return dev

    def test_the_second_call_does_nothing(self, made):
        made.set_up(made.SHIPPED, made.DEVELOPERS)
        assert len(self.pip) == 1
        made.set_up(made.SHIPPED, made.DEVELOPERS)
        made.set_up(made.SHIPPED)
        assert len(self.pip) == 1

    def test_changed_requirements_are_installed(self, made):
        made.set_up(made.SHIPPED)
        made.SHIPPED.write_text("a==2\n")
        made.set_up(made.SHIPPED)
        assert len(self.pip) == 2

    def test_developers_requirements_are_asked_for_when_needed(self, made):
        made.set_up(made.SHIPPED)
        assert str(made.DEVELOPERS) not in self.pip[0]
        made.set_up(made.SHIPPED, made.DEVELOPERS)
        assert str(made.DEVELOPERS) in self.pip[1]

    def test_what_failed_is_tried_again(self, made):
        self.pip_ends = 1
        with pytest.raises(SystemExit, match="依赖没有装上"):
            made.set_up(made.SHIPPED)
        self.pip_ends = 0
        made.set_up(made.SHIPPED)
        assert len(self.pip) == 2


def test_the_tools_need_nothing_but_the_standard_library():
    """`-S -E -I`: no site-packages, no environment, no current folder."""
    script = f"import sys; sys.path.insert(0, {str(ROOT / 'tools')!r}); import dev; print(dev.ROOT)"
    done = subprocess.run([sys.executable, "-S", "-E", "-I", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(ROOT)


def test_every_requirement_is_pinned_exactly():
    for name in ("requirements.txt", "tests/requirements.txt"):
        lines = [line.split("#")[0].strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
        assert [line for line in lines if line and line.count("==") - line.count('== "') != 1] == []


def test_a_check_ends_well_or_badly(dev):
    assert dev.finishes([sys.executable, "-c", "pass"], 60)
    assert not dev.finishes([sys.executable, "-c", "raise SystemExit(3)"], 60)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="processes have no groups here")
def test_a_check_that_hangs_is_stopped_with_all_it_started_and_says_where_it_was(dev, tmp_path, capfd):
    inner = "import faulthandler, time\nfaulthandler.enable()\ndef waits_here(): time.sleep(600)\nwaits_here()"
    (tmp_path / "outer.py").write_text(
        f"import subprocess, sys\nchild = subprocess.Popen([sys.executable, '-c', {inner!r}])\n"
        f"open({str(tmp_path / 'child')!r}, 'w').write(str(child.pid))\nchild.wait()",
        encoding="utf-8",
    )
    assert not dev.finishes([sys.executable, str(tmp_path / "outer.py")], 3)
    said = capfd.readouterr()
    assert "没有结束" in said.out
    assert "waits_here" in said.err
    child = Path("/proc") / (tmp_path / "child").read_text(encoding="ascii")
    assert not child.exists() or "Z" in (child / "stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
