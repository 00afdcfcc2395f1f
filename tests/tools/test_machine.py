from __future__ import annotations

import subprocess
from types import SimpleNamespace

import pytest


def listing(*libraries: str) -> str:
    head = f"{len(libraries)} libs found in cache\n"
    return head + "".join(f"\t{name} (libc6,x86-64) => /usr/lib/{name}\n" for name in libraries)


@pytest.fixture
def bare(machine, monkeypatch):
    """A Debian on which the test says what is there; apt and its outcome are recorded."""
    there = SimpleNamespace(root=True, programs={"apt-get"}, outputs={}, apt=[], ends=[], ensurepip=None)

    def run(command, **_):
        there.apt.append(command)
        return subprocess.CompletedProcess(command, there.ends.pop(0) if there.ends else 0, stdout=b"E: no\n")

    monkeypatch.setattr(machine.sys, "platform", "linux")
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0 if there.root else 1000, raising=False)
    monkeypatch.setattr(machine.shutil, "which", lambda name: f"/usr/bin/{name}" if name in there.programs else None)
    monkeypatch.setattr(machine, "_output", lambda name, *_: there.outputs.get(name, ""))
    monkeypatch.setattr(machine.subprocess, "run", run)
    monkeypatch.setattr(machine.importlib.util, "find_spec", lambda _: there.ensurepip)
    return there


@pytest.fixture
def complete(machine, bare):
    bare.programs |= {"fc-list", "objdump"}
    bare.outputs = {"/sbin/ldconfig": listing(*machine.LIBRARIES), "fc-list": "Noto Sans CJK SC\n"}
    return bare


def test_the_loaders_list_is_read_by_whole_names(machine):
    assert machine.libraries_lacking(listing(*machine.LIBRARIES)) == []
    assert machine.libraries_lacking(listing(*(set(machine.LIBRARIES) - {"libEGL.so.1"}))) == ["libegl1"]
    assert "libegl1" in machine.libraries_lacking(listing("libEGL.so.10", "xlibEGL.so.1"))


def test_a_complete_machine_is_left_alone(machine, complete):
    machine.make_ready_for_qt()
    machine.make_ready_for_build()
    assert complete.apt == []


def test_only_what_is_missing_is_installed(machine, complete):
    complete.outputs["/sbin/ldconfig"] = listing(*(set(machine.LIBRARIES) - {"libxcb-cursor.so.0"}))
    machine.make_ready_for_qt()
    [command] = complete.apt
    assert command[-2:] == ["--no-install-recommends", "libxcb-cursor0"]


def test_a_font_is_installed_only_if_there_is_none(machine, complete):
    complete.outputs["fc-list"] = "\n"
    machine.make_ready_for_qt()
    assert [command[-1] for command in complete.apt] == ["fonts-noto-cjk"]


def test_a_small_font_does_where_the_large_one_cannot_be_had(machine, complete):
    complete.outputs["fc-list"] = ""
    complete.ends = [100, 0, 100, 0]
    machine.make_ready_for_qt()
    assert [command[-1] for command in complete.apt] == [
        "fonts-noto-cjk", "-qq", "fonts-noto-cjk", "fonts-wqy-microhei",
    ]  # fmt: skip


def test_package_lists_are_fetched_only_after_a_failure(machine, bare):
    bare.ends = [100, 0, 0]
    machine.make_ready_for_venv()
    assert [command[1] for command in bare.apt] == ["install", "update", "install"]


def test_debians_python_gets_its_own_venv_module(machine, bare, monkeypatch):
    monkeypatch.setattr(machine.sys, "version_info", SimpleNamespace(minor=11))
    machine.make_ready_for_venv()
    assert bare.apt[0][-1] == "python3.11-venv"


def test_a_python_with_ensurepip_needs_nothing(machine, bare):
    bare.ensurepip = object()
    machine.make_ready_for_venv()
    assert bare.apt == []


def test_without_root_the_command_is_named_and_the_window_is_still_tried(machine, bare, capsys):
    bare.root = False
    bare.outputs["/sbin/ldconfig"] = listing("libc.so.6")
    machine.make_ready_for_qt()
    said = capsys.readouterr().err
    assert "请用管理员身份运行：apt-get install libegl1" in said
    assert "fonts-noto-cjk" in said
    assert bare.apt == []


def test_without_root_and_without_venv_nothing_can_go_on(machine, bare, capsys):
    bare.root = False
    with pytest.raises(SystemExit):
        machine.make_ready_for_venv()
    assert "apt-get install python3." in capsys.readouterr().err


def test_without_apt_no_apt_command_is_named(machine, bare, capsys):
    bare.programs.clear()
    machine.make_ready_for_qt()
    said = capsys.readouterr().err
    assert "fonts-noto-cjk" in said
    assert "apt-get" not in said


def test_a_loader_that_says_nothing_asks_for_nothing(machine, complete):
    complete.outputs["/sbin/ldconfig"] = ""
    machine.make_ready_for_qt()
    assert complete.apt == []


def test_only_linux_is_looked_at(machine, bare, monkeypatch):
    monkeypatch.setattr(machine.sys, "platform", "win32")
    machine.make_ready_for_qt()
    machine.make_ready_for_build()
    assert bare.apt == []
