"""Start the built program as an office would, and see that it works, says nothing odd and is not too big.

`python tools/smoke.py dist/huangai`: the self-check of the hatch in a new home, the window for a few seconds, the size,
and what Windows says of both programs.
Everything is tried and everything that is wrong is said, one line each.
"""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUDGET = {"win32": 130, "linux": 260}  # MB; Linux carries ICU and a whole libpython
SELF_CHECK_SECONDS = 120
WINDOW_SECONDS = 6
# What the offscreen platform says of itself.
HARMLESS = ("This plugin does not support",)


def main(folder: Path) -> int:
    """Try the folder; 0 if all is well."""
    wrong = [*try_size(folder), *try_names(folder), *try_self_check(folder), *try_window(folder)]
    print("\n".join(wrong) or f"{folder}: {size_of(folder):.0f} MB, self-check and window fine")
    return 1 if wrong else 0


def try_size(folder: Path) -> list[str]:
    """Hold the folder to its budget."""
    size, budget = size_of(folder), BUDGET.get(sys.platform)
    if budget and size > budget:
        return [f"The folder has {size:.0f} MB; the budget is {budget} MB."]
    return []


def try_names(folder: Path) -> list[str]:
    """See that Windows knows the name and the version of both programs; elsewhere a program has none."""
    if sys.platform != "win32":
        return []
    version = runpy.run_path(str(ROOT / "models" / "version.py"))["VERSION"]
    wanted = {"ProductName": "环改台账", "ProductVersion": version, "FileVersion": version}
    found = {name: names_of(program(folder, name).read_bytes(), wanted) for name in ("huangai", "huangai-cli")}
    return [f"{name} calls itself {names}." for name, names in found.items() if names != wanted]


def names_of(content: bytes, asked: Iterable[str]) -> dict[str, str]:
    """What the version resource of a program for Windows says: its strings, each behind its name."""
    return {name: value for name in asked if (value := _string_behind(content, name))}


def _string_behind(content: bytes, name: str) -> str:
    """A String of VS_VERSIONINFO: its name, a zero, zeros up to a multiple of four bytes, the value, a zero."""
    at = content.find(f"{name}\0".encode("utf-16-le"))
    rest = content[at + 2 * len(name) :][:400].decode("utf-16-le", errors="replace") if at >= 0 else ""
    return rest.lstrip("\0").partition("\0")[0]


def try_self_check(folder: Path) -> list[str]:
    """Let the hatch check itself: exit 0, one JSON object that says ok, nothing on stderr."""
    with tempfile.TemporaryDirectory() as home:
        command = [str(program(folder, "huangai-cli")), "--home", home, "--json", "self-check"]
        try:
            done = subprocess.run(command, check=False, capture_output=True, timeout=SELF_CHECK_SECONDS)
        except subprocess.TimeoutExpired:
            return [f"The self-check was not done after {SELF_CHECK_SECONDS} s."]
    return judge_self_check(done.returncode, done.stdout, done.stderr)


def judge_self_check(status: int, out: bytes, err: bytes) -> list[str]:
    """What is wrong with the outcome of a self-check."""
    wrong = []
    if status != 0:
        wrong.append(f"The self-check ended with {status}.")
    if err.strip():
        wrong.append(f"The self-check wrote on stderr:\n{err.decode(errors='replace')}")
    try:
        good = json.loads(out)["ok"] is True
    except (ValueError, KeyError, TypeError):
        good = False
    if not good:
        wrong.append(f"The self-check did not say ok:\n{out.decode(errors='replace')}")
    return wrong


def try_window(folder: Path) -> list[str]:
    """Open the window without a screen, first over nothing and then over a ledger: it stays, and is silent."""
    with tempfile.TemporaryDirectory() as home:
        first = try_window_over(folder, home)
        make = ["setup", "--kind", "township", "--name", "白水镇", "--code", "361021101"]
        command = [str(program(folder, "huangai-cli")), "--home", home, *make]
        done = subprocess.run(command, check=False, capture_output=True, timeout=SELF_CHECK_SECONDS)
        if done.returncode:
            return [*first, f"No ledger could be made:\n{done.stderr.decode(errors='replace')}"]
        return [*first, *try_window_over(folder, home)]


def try_window_over(folder: Path, home: str) -> list[str]:
    """What is wrong with the window that opens over one home."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [str(program(folder, "huangai")), "--home", home]
    window = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        window.wait(WINDOW_SECONDS)
    except subprocess.TimeoutExpired:
        window.terminate()
        _, err = window.communicate()
        return judge_window(None, err)
    _, err = window.communicate()
    return judge_window(window.returncode, err)


def judge_window(status: int | None, err: bytes) -> list[str]:
    """What is wrong with a window that ended with `status`, or was still open (None)."""
    said = [line for line in err.decode(errors="replace").splitlines() if not line.strip().startswith(HARMLESS)]
    wrong = [] if status is None else [f"The window closed by itself with {status}."]
    return wrong + ([f"The window wrote on stderr:\n{chr(10).join(said)}"] if any(said) else [])


def program(folder: Path, name: str) -> Path:
    """Where one of the two programs of the folder lies."""
    return (folder / (f"{name}.exe" if os.name == "nt" else name)).resolve()


def size_of(folder: Path) -> float:
    """All files of the folder together, in MB; a file that has two names counts once."""
    files = {(s.st_dev, s.st_ino): s.st_size for s in map(os.lstat, filter(Path.is_file, folder.rglob("*")))}
    return sum(files.values()) / 1e6


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
