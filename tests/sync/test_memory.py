"""A package of 200 MB costs no more memory than a small one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import hashlib, os, sys
from pathlib import Path
from models.progress import Silent
from models.sync import package, stick
from tests.packages_by_hand import Exchange

def peak():
    status = Path("/proc/self/status").read_text()  # ru_maxrss would begin with what the parent had
    return int(status.split("VmHWM:")[1].split()[0]) / 1024

def round_trip(folder, size):
    block, attached = os.urandom(1 << 20), []
    for number in range(2):
        path, total = folder / f"{size}-{number}", hashlib.sha256()
        with path.open("wb") as out:
            for _ in range(size // 2 >> 20):
                total.update(block)
                out.write(block)
        attached.append((total.digest(), path))
    written = exchange.write(folder / f"{size}.hgf", [], attached, kind="files")
    target = stick.copy_to_stick(written.path, folder / "usb", "a.hgf", Silent())
    inbox, digest = stick.copy_to_inbox(target, folder / "inbox", Silent())
    assert digest == written.sha256
    trusted = package.trust(package.read_sealed(inbox), exchange.roots)
    with trusted.open(exchange.desk, folder / "s", Silent()) as opened:
        for part, (sha256, _) in zip(opened.files(), attached, strict=True):
            total = hashlib.sha256()
            for piece in part.chunks():
                total.update(piece)
            assert total.digest() == sha256

exchange, folder = Exchange.new(), Path(sys.argv[1])
round_trip(folder, 4 << 20)
small = peak()
round_trip(folder, 190 << 20)
print(small, peak())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_memory_does_not_grow_with_the_package(tmp_path):
    here = Path(__file__).parents[2]
    child = subprocess.run(
        [sys.executable, "-c", SCRIPT, tmp_path], cwd=here, capture_output=True, text=True, check=True
    )
    small, large = map(float, child.stdout.split())
    print(f"peak {small:.0f} MB with 4 MB of files, {large:.0f} MB with 190 MB")
    assert large - small < 16
    assert large < 120
