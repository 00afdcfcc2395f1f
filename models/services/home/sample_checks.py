"""What the samples hold of self-inspection: sources, permits, a campaign, patrols, findings. All of it is made up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from models.domain.sources import check_digit
from models.services.inspections.campaigns import Campaigns
from models.services.inspections.inspections import Inspections
from models.services.inspections.sources import Sources
from models.services.records.records import Records

ORIGIN = (115.9210, 27.3120)  # longitude and latitude around which the sources lie


class Verbs(NamedTuple):
    """What a home is asked to do."""

    records: Records
    sources: Sources
    campaigns: Campaigns
    inspections: Inspections


class Sample(NamedTuple):
    """A pollution source. `permit`: kind, and in how many days it ends; a place is given in steps from ORIGIN."""

    kind: str
    name: str
    village: str
    place: str
    person: str
    step: tuple[int, int]
    permit: tuple[str, int] | None = None


FARM, YARD, SITE = "上坪生猪养殖场", "永丰砂石料场", "云岭中学教学楼工地"
SOURCES = (
    Sample("livestock", FARM, "上坪村", "2 组养殖小区", "陈大山", (0, 0), ("registration", 25)),
    Sample("yard", YARD, "下洲村", "316 国道旁", "刘永丰", (3, 1), ("other", -12)),
    Sample("industry", "白水水泥厂", "白水村", "工业路 8 号", "周建国", (5, 4), ("discharge", 400)),
    Sample("scrap", "顺发报废汽车拆解点", "下洲村", "下洲村部对面", "李顺发", (4, 2), ("waste", 52)),
    Sample("sewage", "大塘村生活污水处理站", "大塘村", "大塘村口", "村委会", (1, 6)),
    Sample("water", "石山水库饮用水水源地", "石山村", "石山水库", "水管站", (7, 7)),
    Sample("catering", "新街农家乐", "新街社区", "新街 21 号", "王秀兰", (2, 3)),
    Sample("outfall", "大塘河入河排污口", "大塘村", "大塘桥下", "村委会", (1, 5)),
)
MINES = (
    Sample("mine", "青石岭采石场", "岭下村", "青石岭", "吴国强", (12, 3), ("mining", 38)),
    Sample("site", SITE, "云岭村", "中学路", "赵工", (13, 5)),
)
LEAKS, NO_BOOK, UNCOVERED, NO_SPRAY = "D4-2", "D6-2", "A4-1", "A4-3"  # questions that are answered 否
NOTES = {
    LEAKS: "贮存池东侧池壁开裂，有粪污渗出。", NO_BOOK: "9 月以后没有记台账。",
    UNCOVERED: "东侧料堆约 300 平方米没有覆盖。", NO_SPRAY: "喷淋管道损坏，没有开启。",
}  # fmt: skip


def add_sources(at: Verbs, today: date, samples: tuple[Sample, ...], town: str = "") -> dict[str, str]:
    """Register sources with their permits; `town`: the township in which they lie, for the county. Ids by name."""
    made: dict[str, str] = {}
    for number, one in enumerate(samples, 1):
        stem = f"91361021MA36{number:02}0{len(one.name):02}"
        longitude, latitude = (round(start + step / 500, 4) for start, step in zip(ORIGIN, one.step, strict=True))
        said = {
            "kind": one.kind, "name": one.name, "village": one.village, "place": one.place, "person": one.person,
            "longitude": str(longitude), "latitude": str(latitude), "datum": "cgcs2000",
            "credit_code": stem + check_digit(stem) if one.permit else "", "township": town,
        }  # fmt: skip
        made[one.name] = at.records.add("source", {k: v for k, v in said.items() if v})["id"]
        if one.permit is not None:
            kind, days = one.permit
            ends = {"kind": kind, "number": f"{stem[-6:]}001P", "expires_on": _day(today, days)}
            at.sources.add_permit(made[one.name], ends)
    return made


def issue(at: Verbs, today: date, *, everybody: bool) -> str:
    """A campaign: of the county to all townships (`everybody`), or of a township for itself; its id."""
    said = {
        "title": "大气污染防治专项排查", "kind": "campaign", "checklists": "air", "from_on": _day(today, -20),
        "until_on": _day(today, 12), "villages": "上坪村；下洲村；新街社区",
        "text": "逐村逐点查，能当场改的当场改，不能当场改的登记为问题。",
    }  # fmt: skip
    return at.campaigns.add(said, everybody=everybody)["id"]


def look(
    at: Verbs, day: str, checklist: str, found: tuple[str, ...], values: Mapping[str, str], fixed: str = ""
) -> None:
    """An inspection by one checklist: what was found becomes problems, `fixed` was mended on the spot."""
    given = {"checklists": checklist, "inspected_on": day, "people": "王秀兰；周海平", **values}
    id_ = at.inspections.add(given)["id"]
    notes = {one: NOTES[one] for one in (*found, fixed) if one}
    at.inspections.answer(id_, dict.fromkeys(notes, "no"), notes, "yes")
    at.inspections.finish(id_)
    for one in notes:
        at.inspections.register(id_, one, fixed=one == fixed)


def live_through(at: Verbs, today: date, campaign: str = "") -> None:
    """Weeks of a township: its sources, patrols at them, zero reports, its part in a campaign, a plan of its own."""
    ids = add_sources(at, today, SOURCES)
    look(at, _day(today, -45), "livestock", (), {"source": ids[FARM]}, NO_BOOK)
    look(at, _day(today, -9), "livestock", (LEAKS, NO_BOOK), {"source": ids[FARM]})
    if campaign:
        look(at, _day(today, -5), "air", (UNCOVERED,), {"source": ids[YARD], "campaign": campaign}, NO_SPRAY)
    for ago in (-16, -3, -1):
        at.inspections.zero({"inspected_on": _day(today, ago), "people": "李志强", "village": "石山村"})
    plan = {
        "title": "饮用水水源地每月巡查", "kind": "patrol", "repeat": "month", "checklists": "drinking_water",
        "from_on": _day(today, -50), "villages": "石山村",
    }  # fmt: skip
    at.campaigns.add(plan)


def live_through_as_county(at: Verbs, today: date, towns: Mapping[str, str]) -> None:
    """Weeks of a county without packages: sources of two townships (codes by name), its own looks in a campaign."""
    first, second = list(towns)[:2]
    ids = add_sources(at, today, SOURCES, first) | add_sources(at, today, MINES, second)
    campaign = issue(at, today, everybody=True)
    within = {"campaign": campaign, "kind": "campaign"}
    look(at, _day(today, -8), "livestock", (LEAKS,), {"source": ids[FARM]}, NO_BOOK)
    look(at, _day(today, -5), "air", (UNCOVERED,), {"source": ids[YARD], **within}, NO_SPRAY)
    look(at, _day(today, -4), "air", (UNCOVERED,), {"source": ids[SITE], **within})
    for ago, town in enumerate(list(towns.values())[2:5], 1):
        at.inspections.zero({"inspected_on": _day(today, -ago), "people": "李志强", "township": town, **within})


def _day(today: date, days: int) -> str:
    return (today + timedelta(days=days)).isoformat()
