"""What a ledger of samples is made of, for people who want to try first."""

from __future__ import annotations

from datetime import date

import resources
from models.domain.unit import COUNTY, TOWNSHIP
from models.progress import Progress
from models.services.base.units import Units
from models.services.home import sample_checks
from models.services.workbooks.imports import Imports

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


def fill(units: Units, imports: Imports, kind: str, progress: Progress) -> None:
    """Take the samples of a kind of desk into a new ledger."""
    for town, its_code in TOWNS if kind == COUNTY else ():
        units.add(TOWNSHIP, town, its_code)
    for workbook, of in WORKBOOKS[kind]:
        imports.take(resources.path(f"samples/{workbook}"), of, progress=progress)


def live_through(at: sample_checks.Verbs, kind: str, today: date) -> None:
    """Weeks of self-inspection that end today: sources, a campaign, patrols, and what was found."""
    if kind == COUNTY:
        sample_checks.live_through_as_county(at, today, dict(TOWNS))
    else:
        sample_checks.live_through(at, today, sample_checks.issue(at, today, everybody=False))
