"""Twenty thousand records in real homes, made once for all tests of a run: what a big county has after many years."""

from __future__ import annotations

import csv
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from models.domain.operation import PREFIX, SET
from models.services import opening
from models.services.office import Office
from models.store import fold, operations
from models.store.holding import NO_STAMP, Incoming, hold
from tests.offices import quick_folder
from tools import demo_county

RECORDS = 20_000
CHANGES = 1_000
LONG = "改过一千次的问题"  # stands in the text of the one record that was changed so often
COUNTY, TOWN = demo_county.COUNTY, ("白水镇", "361021101")


def make(folder: Path) -> None:
    """A township with everything, its county with nothing yet, the package between them, and sheets of as many rows."""
    county = opening.set_up(folder / "county", "county", *COUNTY)
    county.units.add("township", *TOWN)
    town = opening.set_up(folder / "town", "township", *TOWN)
    asked = town.enrolment.request(folder / "enrol")
    approved = county.enrolment.approve(asked, TOWN[1], folder / "enrol")
    town.enrolment.accept(approved.path, approved.fingerprint)
    demo_county.fill(town, RECORDS - 1)
    _change_often(town)
    town.exchange.export(folder / "stick", None)
    _write_sheet(folder / "台账.csv", RECORDS)
    _write_sheet(folder / "小.csv", RECORDS // 5)
    county.close()
    town.close()


def _change_often(office: Office) -> None:
    """One record with so many changes, one after another in ten fields, put into the log at once."""
    made = office.records.add("problem", {"description": f"{LONG}，白水镇江背村。", "township": TOWN[0]})
    desk, names = office.desk, ("progress", "person", "phone", "place", "goal", "measures_text", "leader", "lead_unit")
    with desk.ledger.write() as connection:
        history = fold.reduce_one(connection, bytes.fromhex(made["id"]))
        record = history.records[history.top]
        heads = {name: tuple(head.prefix for head in record.heads.get(name, ())) for name in names}
        incoming: list[Incoming] = []
        for number in range(CHANGES):
            name = names[number % len(names)]
            body = operations.make(
                kind=SET, table="problem", fields={name: (f"第 {number} 次改动，已清运 {number} 吨。", heads[name])},
                aud=(TOWN[1],), lam=history.lam + 1 + number, device=desk.settings["device"],
                nonce=secrets.randbits(63), user="李志强", wall=desk.wall(), record=history.top, top=history.top,
            )  # fmt: skip
            sha = operations.digest_of(body)
            heads[name] = (sha[:16].hex()[:PREFIX],)
            incoming.append(Incoming(operations.read(body, sha), body, sha, NO_STAMP))
        fold.refold(connection, hold(connection, incoming, desk.registry(connection), desk.utc()))


def _write_sheet(path: Path, rows: int) -> None:
    texts = demo_county.problems(demo_county._dice(5), (TOWN[0],))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(["序号", "反馈问题", "乡镇", "整改时限", "责任人", "整改措施", "目前进展情况"])
        for number in range(rows):
            one = next(texts)
            out.writerow([
                number + 1, one["description"], one["township"], one["deadline"] or "长期坚持", one["person"],
                one["measures_text"], one["progress"],
            ])  # fmt: skip


@contextmanager
def shared(place: Path) -> Iterator[Path]:
    """The homes in a folder that all processes of a run share: whoever comes first makes them."""
    with FileLock(place / "big.lock"):
        if not (place / "big").exists():
            with quick_folder() as quick:
                make(quick / "big")
                shutil.copytree(quick / "big", place / "big.part")
            (place / "big.part").rename(place / "big")
    yield place / "big"


@contextmanager
def copied(made: Path) -> Iterator[Path]:
    """A copy that may be changed: a copied home works."""
    with quick_folder() as quick:
        shutil.copytree(made, quick / "big")
        yield quick / "big"
