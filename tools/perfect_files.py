"""The coverage ratchet: files that must keep 100 % of their lines and branches, and a floor for all together.

The list only grows: a file that reaches 100 % and is not on it is named, with the line to add. It does not fail the
run: property tests reach a little further on some days, and a list that they filled by luck would fail on the next.
`--write` rewrites the list from what was measured. The measurement is the `.coverage` that the tests left behind.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIST = Path(__file__).with_suffix(".txt")
INVITATION = "which has reached 100 % (or run with --write)."
FLOOR = 88.0  # percent of lines and branches over all files; raise it when the figure has risen


@dataclass(frozen=True)
class Measured:
    """What the tests reached of one file."""

    path: str
    statements: int
    missing_lines: tuple[int, ...]
    missing_branches: tuple[tuple[int, int], ...]

    @property
    def perfect(self) -> bool:
        """Tell whether nothing is missing. A file without statements proves nothing either way."""
        return self.statements > 0 and not self.missing_lines and not self.missing_branches


def main(arguments: list[str]) -> int:
    """Compare the measurement with the list, or write the list."""
    report = measure()
    files = files_of(report)
    if "--write" in arguments:
        LIST.write_text("".join(f"{f.path}\n" for f in files if f.perfect), encoding="utf-8")
        return 0
    listed = LIST.read_text(encoding="utf-8").split()
    percent = report["totals"]["percent_covered"]
    complaints = compare(listed, files, percent, FLOOR)
    print("\n".join([*complaints, f"{percent:.1f} %, {len(listed)} perfect files"]))
    return 1 if any(INVITATION not in complaint for complaint in complaints) else 0


def compare(listed: list[str], files: list[Measured], percent: float, floor: float) -> list[str]:
    """Everything that breaks the ratchet, one sentence each."""
    known = {f.path: f for f in files}
    complaints = [f"{LIST.name}: {path} is gone; take it off the list." for path in listed if path not in known]
    for file in files:
        if file.path in listed and not file.perfect:
            branches = ", ".join(f"{a}→{b}" for a, b in file.missing_branches)
            lines = ", ".join(map(str, file.missing_lines))
            complaints.append(
                f"{file.path} was perfect; not reached: lines {lines or '-'}, branches {branches or '-'}."
            )
        if file.perfect and file.path not in listed:
            complaints.append(f"{LIST.name}: add {file.path}, {INVITATION}")
    if percent < floor:
        complaints.append(f"{percent:.1f} % of all lines and branches are reached; the floor is {floor:.1f} %.")
    return complaints


def files_of(report: dict[str, Any]) -> list[Measured]:
    """The files of coverage's JSON report, in order of their path."""
    return [
        Measured(
            path.replace("\\", "/"),
            entry["summary"]["num_statements"],
            tuple(entry["missing_lines"]),
            tuple((a, b) for a, b in entry.get("missing_branches", ())),
        )
        for path, entry in sorted(report["files"].items())
    ]


def measure() -> dict[str, Any]:
    """Coverage's own report over the last run of the tests."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "coverage.json"
        command = [sys.executable, "-m", "coverage", "json", "-q", "-o", str(place)]
        subprocess.run(command, cwd=ROOT, check=True)
        return json.loads(place.read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
