"""Makes golden ledgers and packages: `python -m tests.golden.make`, in the checkout of the program that is to be kept.

They are named for its newest schema and its version of the format. What its own services say of them is written down
beside them. They are made once, when a schema or a format is released, and never again: keys in them are random.
(What is not released yet may be made anew: remove the two folders first, and run `tests.golden.rows` afterwards.)
"""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from models.services.opening import set_up
from models.store import upgrade
from models.sync import header
from tests.offices import HOMES, World

HERE = Path(__file__).parent
KEPT = ("county", "town")
TABLES = ("problem", "petition")
NEW = "361021150"
COUNTED = ("result", "number", "created", "updated", "unchanged", "conflicts", "held", "files")
DAYS = ("2024-05-31", "2024-06-20")
KNOWN = (None, "2024-06-15", "2024-06-20")


def played(folder: Path) -> World:
    """A county and its homes with something of everything: conflicts, verdicts, voids, grants, work on the way."""
    world = World.new(folder)
    county, town = world["county"].records, world["town"].records
    for number, text in enumerate(("河道堆放垃圾", "粉尘外溢", "污水直排", "噪声扰民"), 1):
        county.add(
            "problem",
            {
                "description": text, "township": "白水镇", "source": "省级督察", "province_number": str(number),
                "cooperating_units": "住建局", "deadline": f"2024-{5 + number:02}-30", "found_on": "2024-03-01",
            },
        )  # fmt: skip
    own = town.add("problem", {"description": "镇里自查：油烟", "deadline": "长期坚持", "internal_note": "只在镇里"})[
        "id"
    ]
    county.add("petition", {"content": "夜间施工", "township": "白水镇", "receipt_number": "X2024-001"})
    world.round()
    ids = {r["description"]: r["id"] for r in town.list("problem")[1]}
    town.edit("problem", ids["河道堆放垃圾"], {"completed_on": "2024-06-01", "progress": "已清运"})
    town.add_measure(ids["粉尘外溢"], {"text": "加装喷淋", "person": "张三"})
    town.add_dispatch(ids["粉尘外溢"], {"month": "2024-05", "pace": "behind", "progress": "设备已到"})
    world.clock.jump(days=3)
    world.round()
    county.edit("problem", ids["河道堆放垃圾"], {"closing_stage": "closed", "closed_on": "2024-06-18"})
    town.edit("problem", ids["河道堆放垃圾"], {"remark": "请来验收"})  # the verdict did not see it
    county.edit("problem", ids["污水直排"], {"progress": "县里说"})
    town.edit("problem", ids["污水直排"], {"progress": "镇里说"})
    world["town2"].records.edit("problem", ids["污水直排"], {"progress": "第二台说"})
    county.void("problem", ids["噪声扰民"], "重复")
    county.edit("problem", ids["粉尘外溢"], {"township": "青石镇", "lead_unit": "县住建局"})
    world["county"].units.add("township", "白水镇（街道）", HOMES["town"][0])
    for _ in range(2):
        world.round()
    photo = folder / "河边.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + b"photo" * 40)
    world["town"].evidence.add("problem", own, [photo], {"stage": "before", "caption": "河边"})
    town.edit("problem", own, {"progress": "还没有报送", "remark": "请看照片"})
    town.add_measure(own, {"text": "清洗烟道", "due": "2024-07-31"})
    town.add_dispatch(own, {"month": "2024-06", "pace": "on_schedule", "progress": "已洗"})
    town.add("petition", {"content": "餐馆油烟“扰民”\n第二行", "finish_state": "staged"})
    county.edit("problem", ids["污水直排"], {"pace": "behind", "closing_stage": "closing"})
    town.edit("problem", ids["污水直排"], {"pace": "ahead", "completed_on": "2024-06-10"})
    return world


def wrapped(world: World, folder: Path) -> None:
    """Packages of every kind on their way, the homes that wait for them, and what becomes of them there."""
    county, stick = world["county"], world.stick()
    fresh = set_up(world.home("new"), "township", "新塘乡", NEW, clock=world.clock)
    county.units.add("township", "新塘乡", NEW)
    found = {"enrol": fresh.enrolment.request(stick)}
    fresh.close()
    found["data"] = world.written("town").path
    (found["files"],) = found["data"].parent.glob("*.hgf")
    world.close()
    keep_home(world.home("new"), folder / "new")
    keep(world, HERE / "ledgers" / upgrade.HEAD)
    reports = [world.taken("county", found[kind]) for kind in ("data", "files")]
    told: dict[str, object] = {
        "schema": upgrade.HEAD,
        "reports": [{name: getattr(one, name) for name in COUNTED} for one in reports],
        "digests": [world["county"].exchange.digest(code) for code in sorted({home[0] for home in HOMES.values()})],
    }
    answer = world["county"].enrolment.approve(found["enrol"], NEW, stick)
    found["welcome"] = answer.path
    world["new"].enrolment.accept(answer.path, answer.fingerprint)
    told |= {"fingerprint": answer.fingerprint, "new": world["new"].exchange.digest()}
    for kind, path in found.items():
        shutil.copyfile(path, folder / f"{kind}{path.suffix}")
    write(folder / "said.json", told)


def said(world: World, name: str) -> dict[str, object]:
    """What the program says of a home, in a form that later programs can be held to."""
    office = world[name]
    figures = [
        {"as_of": as_of, "known_by": known_by, "said": office.figures.tally(day(as_of), day(known_by))}
        for as_of in DAYS for known_by in KNOWN
    ]  # fmt: skip
    found = [(table, row["id"]) for table in TABLES for row in office.records.list(table)[1]]
    records = [{"table": table, "id": one, **shown(office.records.show(table, one))} for table, one in found]
    return {
        "digests": [office.exchange.digest(code) for code in sorted({home[0] for home in HOMES.values()})],
        "figures": figures,
        "records": records,
        "conflicts": len(office.conflicts.list()),
    }


def shown(record: dict[str, Any]) -> dict[str, Any]:
    """What was filled in of a record, and what follows from it."""
    plain = {n: v for n, v in record.items() if isinstance(v, str | int | float | bool) and v not in ("", None)}
    plain |= {n: len(record[n]) for n in ("measures", "dispatches", "remarks", "conflicts") if n in record}
    return {n: v for n, v in plain.items() if n not in ("title", "light_why", "created_by_name", "completed")}


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def keep_home(home: Path, folder: Path) -> None:
    """A closed home: its ledger, packed, its keys and its files."""
    folder.mkdir(parents=True)
    for part in ("keys", "files"):
        if (home / part).is_dir():
            shutil.copytree(home / part, folder / part)
    (folder / "ledger.db.gz").write_bytes(gzip.compress((home / "ledger.db").read_bytes(), 9, mtime=0))


def keep(world: World, folder: Path) -> None:
    """The ledgers, closed and packed, their keys, and what is expected of them."""
    now = world.clock.now.isoformat()
    for name in KEPT:
        told = said(world, name)
        world.close(name)
        keep_home(world.home(name), folder / name)
        write(folder / name / "said.json", {"now": now, **told})


def write(path: Path, told: dict[str, object]) -> None:
    lines = [f'"{key}": {in_lines(value)}' for key, value in told.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def in_lines(value: object) -> str:
    """JSON with one line for each element of a list."""
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n]"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        scene = played(Path(place) / "homes")
        wrapped(scene, HERE / "packages" / f"v{header.V}")
        scene.close()
