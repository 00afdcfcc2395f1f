"""A gigabyte of photos from a folder to the county costs no more memory than a few."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import os, sys, time
from pathlib import Path
from tests.offices import World

def peak():
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024

def there_and_back(world, count, size):
    folder = world.folder / f"photos-{count}"
    folder.mkdir()
    block = os.urandom(1 << 20)
    for number in range(count):
        with (folder / f"{number}.jpg").open("wb") as out:
            out.write(b"\\xff\\xd8\\xff" + number.to_bytes(8, "big"))
            for _ in range(size >> 20):
                out.write(block)
    times = [time.perf_counter()]
    record = world["town"].records.add("problem", {"description": f"照片 {count} 张", "township": "白水镇"})["id"]
    world["town"].evidence.add("problem", record, sorted(folder.iterdir()))
    times.append(time.perf_counter())
    found = world["town"].exchange.export(world.stick()).packages
    times.append(time.perf_counter())
    reports = world["county"].exchange.bring_in([found[0].path.parent])
    times.append(time.perf_counter())
    assert sum(r.files for r in reports) == count, reports
    assert reports[-1].missing_files == 0
    return [round(b - a, 1) for a, b in zip(times, times[1:])]

world = World.new(Path(sys.argv[1]) / "homes")
there_and_back(world, 4, 1 << 20)
small = peak()
times = there_and_back(world, int(sys.argv[2]), 4 << 20)
print(small, peak(), *times)
"""


def measured(folder: Path, photos: int) -> list[float]:
    """Peak memory in MB after a few photos, and after `photos` of 4 MB; seconds to add, to write, to read."""
    here = Path(__file__).parents[2]
    child = subprocess.run(
        [sys.executable, "-c", SCRIPT, folder, str(photos)], cwd=here, capture_output=True, text=True, check=True
    )
    return [float(word) for word in child.stdout.split()]


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_memory_does_not_grow_with_the_photos(tmp_path):
    small, large, *_ = measured(tmp_path, 25)
    assert large - small < 16
    assert large < 200


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_gigabyte_of_photos_streams(tmp_path):
    small, large, add, write, read = measured(tmp_path, 256)
    print(
        f"peak {small:.0f} MB with 4 MB of photos, {large:.0f} MB with 1 GiB; add {add} s, write {write} s, read {read} s"  # noqa: E501
    )
    assert large - small < 32
