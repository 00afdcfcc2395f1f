from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from gui import modules
from gui.app import FIRST_NEEDED
from models.version import VERSION

ROOT = Path(__file__).resolve().parents[2]


def run_spec(binaries=(), **stubs):
    """Run the spec over these files; what it does not hand to a stub of ours goes nowhere."""
    taken = {}

    def analysis(*_scripts, **wanted):
        taken.update(wanted)
        taken["made"] = SimpleNamespace(binaries=binaries, datas=wanted["datas"], pure=[], scripts=[])
        return taken["made"]

    nothing = {name: lambda *_a, **_k: None for name in ("PYZ", "EXE", "COLLECT")}
    spec = ROOT / "build.spec"
    names = {"SPECPATH": str(ROOT), "Analysis": analysis, **nothing, **stubs}
    exec(compile(spec.read_text("utf-8"), spec, "exec"), names)  # noqa: S102
    return taken


def test_the_folder_carries_every_module_that_the_window_reads_in_by_name():
    assert {*modules.every(), *FIRST_NEEDED} <= set(run_spec()["hiddenimports"])


def test_windows_knows_both_programs_by_name_and_version(monkeypatch):
    class Told:
        """Stands in for the classes of PyInstaller, which Windows alone can read in."""

        def __init__(self, *given, **named):
            self.given, self.named = given, named

        def __repr__(self):
            return f"{self.given}{self.named}"

    names = (
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
        "FixedFileInfo",
        "VSVersionInfo",
        "StringFileInfo",
    )
    library = SimpleNamespace(versioninfo=SimpleNamespace(**dict.fromkeys(names, Told)))
    monkeypatch.setitem(sys.modules, "PyInstaller.utils.win32", library)
    monkeypatch.setattr(sys, "platform", "win32")
    made = {}
    run_spec(EXE=lambda *_a, **named: made.update({named["name"]: repr(named["version"])}))
    assert set(made) == {"huangai", "huangai-cli"}
    for name, said in made.items():
        for pair in (("ProductName", "环改台账"), ("ProductVersion", VERSION), ("OriginalFilename", f"{name}.exe")):
            assert repr(pair) in said
        assert repr((*map(int, VERSION.split(".")), 0)) in said


@pytest.mark.skipif(sys.platform == "win32", reason="only Windows has a place for names")
def test_elsewhere_a_program_has_no_resource():
    made = []
    run_spec(EXE=lambda *_a, **named: made.append(named["version"]))
    assert made == [None, None]


def test_what_only_weighs_and_the_stand_ins_of_wine_stay_out_of_the_folder():
    kept = ["PySide6\\Qt6Core.dll", "libcrypto-3.dll", "PySide6/Qt/lib/libicuuc.so.73", "_hashlib.pyd",
            "PySide6\\plugins\\platforms\\qwindows.dll", "PySide6\\translations\\qtbase_zh_CN.qm"]  # fmt: skip
    out = ["bcryptprimitives.dll", "PySide6\\icuuc.dll", "api-ms-win-crt-heap-l1-1-0.dll", "PySide6\\opengl32sw.dll",
           "PySide6\\plugins\\platforms\\qdirect2d.dll", "PySide6\\translations\\qtbase_de.qm"]  # fmt: skip
    made = run_spec([(name, name, "BINARY") for name in (*kept, *out)])
    assert [name for name, _, _ in made["made"].binaries] == kept
    assert "ssl" in made["excludes"], "nothing here has a network"
