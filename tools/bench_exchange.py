"""The exchange measured: `tools/dev.py bench exchange [--sizes 1000 20000 100000] [--write]`.

For each size a township writes so many records, exports them all, and the county takes them in; then a busy month (10 %
of the records changed in three fields, 2 % new, 0.5 % void) goes the same way. Beside each stands plain work with the
same data in the same run: SQLite alone that writes the same rows (the floor), and SQLite's own change sets (apsw).
Each stage is a process of its own, so its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bench

STAGES = Path(__file__).resolve().parent / "bench_exchange_stages.py"
ORDER = (
    "fill", "export_full", "import_full", "again", "month", "sets", "export_delta", "preview_delta", "import_delta",
)  # fmt: skip

RATIOS = {"full: import": 5.0, "delta: export": 2.0, "delta: import": 2.5}  # at most so many times the yardstick
SECONDS = {"full: the same again": 0.1, "delta: the same again": 0.1}
PEAK_MB = 300
HEADINGS = (
    "records", "what", "seconds", "CPU s", "CPU µs each", "yardstick", "its seconds", "its CPU s", "ratio", "target",
    "peak MB", "note",
)  # fmt: skip

_Figure = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Measure all sizes and print the table."""
    given = argparse.ArgumentParser(description="Measure the exchange.")
    given.add_argument("--sizes", type=int, nargs="+", default=(1_000, 20_000, 100_000))
    given.add_argument("--write", action="store_true", help="write docs/benchmarks.md too")
    asked = given.parse_args(arguments)
    began = time.monotonic()
    lines: list[tuple[str, ...]] = []
    for size in asked.sizes:
        with tempfile.TemporaryDirectory(prefix="huangai-bench-") as place:
            for stage in ORDER:
                print(f"{size} {stage} …", file=sys.stderr, flush=True)
                lines += [_cells(size, figure) for figure in _run(stage, Path(place), size)]
    text = bench.table(lines, HEADINGS)
    print(text)
    print(f"\n{time.monotonic() - began:.0f} s in all")
    if asked.write:
        bench.write_section("The exchange", f"{_PREFACE}{text}")
    return 0


def _run(stage: str, place: Path, size: int) -> list[_Figure]:
    command = [sys.executable, str(STAGES), stage, str(place), str(size)]
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, stdout=subprocess.PIPE, env=bare, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _cells(size: int, figure: _Figure) -> tuple[str, ...]:
    ratio = figure["cpu"] / figure["plain_cpu"] if figure["yardstick"] else 0.0
    return (
        f"{size:,}", figure["what"], f"{figure['seconds']:.3f}", f"{figure['cpu']:.3f}",
        f"{figure['cpu'] / figure['of'] * 1e6:.0f}", figure["yardstick"],
        *((f"{figure['plain']:.3f}", f"{figure['plain_cpu']:.3f}", f"{ratio:.1f} ×") if ratio else ("", "", "")),
        _target(figure["what"], ratio, figure["cpu"], figure["peak_mb"]), f"{figure['peak_mb']:.0f}", figure["note"],
    )  # fmt: skip


def _target(what: str, ratio: float, seconds: float, peak: float) -> str:
    """What is asked for, and what of it is missed."""
    asked = [(f"≤ {RATIOS[what]:g} ×", ratio <= RATIOS[what])] if what in RATIOS else []
    asked += [(f"≤ {SECONDS[what]:g} s", seconds <= SECONDS[what])] if what in SECONDS else []
    asked += [(f"≤ {PEAK_MB} MB", peak <= PEAK_MB)] if what in RATIOS or peak > PEAK_MB else []
    return ", ".join(text if met else f"{text} **missed**" for text, met in asked)


_PREFACE = """Written by `tools/dev.py bench exchange --write`. A record is an id and twelve Chinese texts with dates,
some 1.2 KB as an operation. Full: all records, new to the county. Delta: 10 % with three fields changed, 2 % new,
0.5 % void. *The same rows* is SQLite alone, by its driver, writing every row that the import left behind into tables
with the same indexes in one flushed transaction; *records alone*, in the note, is the same for one table of the records
with one index; *the same rows and columns*, beside an import of a delta, is the same for the rows and columns that it
wrote. *apsw* is SQLite's session extension, which neither signs nor encrypts nor judges nor reports: a change
set made and flushed to a file, or applied in one flushed transaction. The safety copy of the ledger before each import
is listed by itself; the import beside it is without it. The lines *delta: preview: …* are the parts of one preview,
which is an import rolled back: each without the parts inside it, and slowed by the clocks around it. Ratios are of CPU
seconds, because other work on the machine lengthens the others. Each is divided by the records of a full package, or by
the operations of a delta. The peak is that of the stage's own process, the interpreter and its libraries included.
Modules are loaded as in the built program, already compiled; a stage that is the first ever to load one compiles it.

"""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
