"""What has a budget, measured: `python tools/bench.py [--records 20000] [--write]`; `tools/dev.py bench` calls it.

Every figure is seconds and a ratio to plain work of the same size done in the same run on the same disk (the
yardstick): seconds tell what a clerk waits for, ratios can be compared between machines and between days. Each stage
is a process of its own, so that its peak of memory is its own.

The township's ledger: records as in sync.md 7 (an id and twelve Chinese texts each); a delta is 10 % of them with three
fields changed, 2 % new and 0.5 % void: 2,500 operations for 20,000 records. Both sides sign, encrypt, fsync, read back.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAGES = ROOT / "tools" / "bench_stages.py"
PAGE = ROOT / "docs" / "benchmarks.md"

# In this order: each stage works on what the ones before it left. Name → what its process does.
ORDER = (
    "fill", "export_full", "import_full", "welcome", "delta", "lists", "figures", "workbook_out", "workbook_in",
    "window",
)  # fmt: skip

# What the design asks for, in seconds, at 20,000 records and a delta of 2,500 operations.
TARGETS = {
    "delta: export": 0.1, "delta: preview": 0.2, "delta: verified import": 0.3, "delta: the same again": 0.05,
    "first page of the list": 0.05, "window to usable": 3.0,
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One figure."""

    what: str
    seconds: float
    cpu: float
    yardstick: str
    plain: float
    peak_mb: float
    note: str

    def cells(self, *, with_target: bool) -> tuple[str, ...]:
        """As a line of the table."""
        target = TARGETS.get(self.what) if with_target else None
        met = "" if target is None else f"≤ {target:g}{'' if self.seconds <= target else ' **missed**'}"
        cpu = f"{self.cpu:.2f}" if self.cpu else ""
        return (
            self.what, f"{self.seconds:.3f}", cpu, met, f"{self.seconds / self.plain:.1f} ×", self.yardstick,
            f"{self.plain:.3f}", f"{self.peak_mb:.0f}", self.note,
        )  # fmt: skip


HEADINGS = ("what", "seconds", "CPU s", "target", "ratio", "yardstick", "its seconds", "peak MB", "note")


def main(arguments: Sequence[str]) -> int:
    """Run all stages and print the table."""
    given = argparse.ArgumentParser(description="Measure what has a budget.")
    given.add_argument("--records", type=int, default=20_000)
    given.add_argument("--only", nargs="*", default=ORDER, choices=ORDER, help="stages; `fill` is always run")
    given.add_argument("--write", action="store_true", help="write docs/benchmarks.md too")
    asked = given.parse_args(arguments)
    began = time.monotonic()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="huangai-bench-") as place:
        for stage in (s for s in ORDER if s == "fill" or s in asked.only):
            print(f"{stage} …", file=sys.stderr, flush=True)
            rows += run_stage(stage, Path(place), asked.records)
    text = table([row.cells(with_target=asked.records == 20_000) for row in rows])
    print(text)
    print(f"\n{time.monotonic() - began:.0f} s in all")
    if asked.write:
        write_section("The program", f"{_PREFACE.format(records=asked.records)}{text}")
    return 0


def run_stage(stage: str, place: Path, records: int) -> list[Row]:
    """One stage in a process of its own; what it says on its last line are the figures."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "default.warning=false"}
    command = [sys.executable, str(STAGES), stage, str(place), str(records)]
    done = subprocess.run(command, stdout=subprocess.PIPE, env=environment, check=True)
    return [Row(**figure) for figure in json.loads(done.stdout.splitlines()[-1])]


def table(lines: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> str:
    """A table that reads well as text and as Markdown."""
    rows = [headings, tuple("---" for _ in headings), *lines]
    widths = [max(len(row[n]) for row in rows) for n in range(len(headings))]
    return "\n".join("| " + " | ".join(cell.ljust(widths[n]) for n, cell in enumerate(row)) + " |" for row in rows)


def write_section(title: str, text: str) -> None:
    """Put the figures of one run into the document that keeps them, in the place of those of an earlier one."""
    facts = "\n".join(f"- {name}: {value}" for name, value in machine_facts().items())
    section = f"## {title}\n\n{text}\n\nThe machine:\n\n{facts}\n"
    first, *rest = PAGE.read_text(encoding="utf-8").split("\n## ")
    kept = [one for one in rest if not one.startswith(f"{title}\n")]
    sections = sorted([section, *(f"## {one.rstrip()}\n" for one in kept)])
    PAGE.write_text("\n".join([first.rstrip() + "\n", *sections]), encoding="utf-8")


_PREFACE = """Written by `tools/dev.py bench --write`, {records:,} records.

Seconds are the best of several tries where the work can be repeated, else of one; CPU seconds leave out the waiting for
other work on the machine. A ratio compares the seconds with plain work of the same size, done in the same run: what all
that a ledger must do costs over the bare minimum. The peak is that of the process so far, the interpreter and its
libraries included.

"""


def machine_facts() -> dict[str, str]:
    """What figures depend on; no name and no folder of the machine."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "system": f"{platform.system()} {platform.machine()}",
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "other work on it": "unknown" if load is None else f"load average {load:.1f}",
        "Python": platform.python_version(),
        "SQLite": __import__("sqlite3").sqlite_version,
        **{name: version(name) for name in ("SQLAlchemy", "cryptography", "PySide6-Essentials", "python-calamine")},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
