from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from gui import modules
from gui.app import FIRST_NEEDED

ROOT = Path(__file__).resolve().parents[2]


def test_the_folder_carries_every_module_that_the_window_reads_in_by_name():
    taken = {}

    def analysis(*_scripts, **wanted):
        taken.update(wanted)
        return SimpleNamespace(binaries=[], datas=wanted["datas"], pure=[], scripts=[])

    stubs = {name: lambda *_a, **_k: None for name in ("PYZ", "EXE", "COLLECT")}
    spec = ROOT / "build.spec"
    exec(compile(spec.read_text("utf-8"), spec, "exec"), {"SPECPATH": str(ROOT), "Analysis": analysis, **stubs})  # noqa: S102
    assert {*modules.every(), *FIRST_NEEDED} <= set(taken["hiddenimports"])
