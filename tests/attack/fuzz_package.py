"""Coverage-guided fuzzing of every door for packages (doors.py), by atheris, which is not among our requirements.

    python -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install atheris==3.0.0 -r requirements.txt
    mkdir -p /tmp/corpus && nice /tmp/fuzz/bin/python -m tests.attack.fuzz_package /tmp/corpus -max_total_time=3600

Other options are libFuzzer's. An input that breaks something is written to `crash-…`, one that takes over ten seconds
to `timeout-…`, one that takes over 1 GB to `oom-…`: mend what it shows, then keep it in tests/attack/inputs/, where
test_doors.py pushes it through its door for ever.
"""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path

LIMITS = ("-timeout=10", "-rss_limit_mb=1024", f"-max_len={64 * 1024}")


def main(arguments: list[str]) -> None:
    """Fuzz until told to stop; the first folder among the arguments is the corpus, begun where it is empty."""
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["models"]):
        doors = import_module("tests.attack.doors")
    exchange = import_module("tests.packages_by_hand").Exchange.new()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        at = doors.Doors(exchange, Path(folder))
        corpus = next((Path(a) for a in arguments if not a.startswith("-")), None)
        if corpus is not None:
            for name, data in at.beginnings().items():
                (corpus / f"begin-{name.replace(' ', '-')}").write_bytes(data)
        atheris.Setup([sys.argv[0], *LIMITS, *arguments], at.try_one)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
