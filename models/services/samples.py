"""A ledger of samples in a folder of its own, for people who want to try first: the real ledger stays as it is."""

from __future__ import annotations

from pathlib import Path

import resources
from models import files
from models.domain.unit import COUNTY, TOWNSHIP
from models.progress import Progress
from models.services.office import LEDGER, Office, open_office, set_up

HOMES = {COUNTY: ("临江县（示例）", "361021"), TOWNSHIP: ("白水镇（示例）", "361021101")}
WORKBOOKS = {
    COUNTY: (("county_problems.xlsx", "problems"), ("county_petitions.xlsx", "petitions")),
    TOWNSHIP: (("township_problems.xlsx", "problems"),),
}
# The units that the workbooks of the county name.
TOWNS = (
    ("白水镇", "361021101"), ("云岭乡", "361021201"), ("城关镇", "361021100"), ("河口镇", "361021102"),
    ("松溪镇", "361021103"), ("石坪乡", "361021202"), ("龙湾镇", "361021104"), ("桃源乡", "361021203"),
    ("青龙乡", "361021204"), ("新桥镇", "361021105"), ("大坪镇", "361021106"), ("临江县工业园区", "361021400"),
)  # fmt: skip


def open_samples(home: Path, kind: str, progress: Progress) -> Office:
    """Open the samples of a kind of desk; the first time they are made."""
    if (home / LEDGER).exists():
        return open_office(home)
    kind = kind if kind in HOMES else TOWNSHIP
    name, code = HOMES[kind]
    office = set_up(home, kind, name, code)
    try:
        for town, its_code in TOWNS if kind == COUNTY else ():
            office.units.add(TOWNSHIP, town, its_code)
        for workbook, of in WORKBOOKS[kind]:
            office.imports.take(resources.path(f"samples/{workbook}"), of, progress=progress)
    except BaseException:
        office.close()
        files.clear_folder(home)  # half a sample would be opened the next time
        raise
    return office
