"""What may be put into the forms of one problem: every field of it by its name on the screen, and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from models.domain import words
from models.domain.field import Owner, Type
from models.domain.fields import TABLES, label
from models.domain.paper import Fields, Table
from models.services.papers.dossier_text import how_far
from models.services.papers.problem_file import ProblemFile
from models.services.problems.notice_texts import chinese_day
from models.services.views.lists import Record

BLANK: Final = "\n\n\n"  # room to write by hand
DAY: Final = "　　　　年　　月　　日"
ROWS: Final = 3  # that are left to be written by hand, where a list has none
LISTS: Final[Mapping[str, Table]] = {
    name: Table(
        (), (8, 46, 18, 13, 15), ("序号", name, "责任单位", "责任人", "时限"), frozenset({0, 2, 3, 4}), tall=True
    )
    for name in ("措施", words.MEASURE_KIND["milestone"])
}
_TICKS = ("up_to_standard", "relapsed", "derived", "feigned", "facilities", "papers_kept")
# Fields of the problem that a form may show: no note that stays in the unit, nothing that is a mere link or code.
_HIDDEN = ("township",)
SHOWN: Final = ("township_name", *(
    one.name for one in TABLES["problem"].values()
    if one.owner != Owner.LOCAL and one.type != Type.RECORD and one.name not in _HIDDEN
))  # fmt: skip


def of(file: ProblemFile, lookback: str = "") -> Fields:
    """All of one problem. `lookback`: id of the look-back that is meant; none: the one that waits, else the last."""
    record = file.record
    values = {label("problem", name): _plain(name, record) for name in SHOWN}
    values |= dict(how_far(record))
    values |= _self_acceptance(file) | _public_notice(record) | _lookback(record, lookback)
    values |= {
        "验收路线": file.route, "附件清单": _papers(file),
        "填报单位": file.unit, "打印日期": chinese_day(file.today.isoformat()),
        "核查标准": "\n".join(f"{_box(False)} {one}" for one in file.standards),
        "标准条文": "\n".join(f"{at}．{one}" for at, one in enumerate(file.standards, 1)),
    }  # fmt: skip
    tasks = [one for one in record["measures"] if one["kind"] != "milestone"]
    stones = [one for one in record["measures"] if one["kind"] == "milestone"]
    return Fields(values, {"措施": _listed("措施", tasks), "时间节点": _listed("时间节点", stones)})


def choice(choices: Mapping[str, str], chosen: str | None) -> str:
    """Boxes, of which the chosen one is ticked."""
    return "　　".join(f"{_box(value == chosen)} {word}" for value, word in choices.items())


def _plain(name: str, record: Record) -> str:
    known = TABLES["problem"].get(name)
    return "" if known is not None and known.type == Type.FACTS else words.say(name, record[name])


def _self_acceptance(file: ProblemFile) -> dict[str, str]:
    one = _last(file.record["self_acceptances"])
    word = words.CONCLUSION.get(one.get("conclusion") or "", "")
    return {
        label("self_acceptance", "checked_on"): one.get("checked_on") or DAY,
        label("self_acceptance", "people"): one.get("people") or "",
        label("self_acceptance", "opinion"): one.get("opinion") or BLANK,
        label("self_acceptance", "conclusion"): choice(words.CONCLUSION, one.get("conclusion")),
        "自验结论和情况": "\n".join(part for part in (word, one.get("opinion")) if part) or "\n",
        "销号标准": "\n".join(f"{_box(text in (one.get('standards') or ''))} {text}" for text in file.standards),
    }


def _public_notice(record: Record) -> dict[str, str]:
    """When the last notice of this round stands, and which stages were passed before."""
    now = [one for one in record["acceptances"] if (one["cycle"] or "1") == str(record["cycle"])]
    notice = _last([one for one in now if one["stage"] == "public_notice"])
    passed = [one for one in now if one["conclusion"] == "passed" and one["stage"] not in ("closing", "filing")]
    told = (
        (chinese_day(one["actual_on"] or ""), words.ACCEPTANCE_STAGE.get(one["stage"], ""), one["unit"], one["opinion"])
        for one in passed
    )
    return {
        label("acceptance", "from_on"): chinese_day(notice.get("from_on") or "") or DAY,
        label("acceptance", "until_on"): chinese_day(notice.get("until_on") or "") or DAY,
        label("acceptance", "days"): str(notice.get("days") or "") or "　　",
        label("acceptance", "day_kind"): words.DAY_KIND.get(notice.get("day_kind") or "", "工作日"),
        "验收情况": "\n".join("，".join(filter(None, parts)) for parts in told) or "\n",
    }


def _lookback(record: Record, id: str) -> dict[str, str]:
    every = record["lookbacks"]
    one = next((row for row in every if (row["id"] == id if id else not row["looked_on"])), None) or _last(every)
    return {
        label("lookback", "plan"): one.get("plan") or "", label("lookback", "due"): one.get("due") or "",
        label("lookback", "looked_on"): one.get("looked_on") or DAY,
        label("lookback", "people"): one.get("people") or "",
        **{label("lookback", name): choice(words.YES_NO, one.get(name)) for name in _TICKS},
        label("lookback", "opinion"): one.get("opinion") or BLANK,
    }  # fmt: skip


def _papers(file: ProblemFile) -> str:
    """The papers that are there, and those that must be."""
    some = [one for one in file.papers if one.here or one.must]
    counted = (f"{len(one.files)} 份" if one.here else "缺" for one in some)
    return "；".join(f"{at}．{one.name}（{many}）" for at, (one, many) in enumerate(zip(some, counted, strict=True), 1))


def _listed(name: str, measures: Sequence[Record]) -> Table:
    """Measures in their order; rows to be written by hand where there is none."""
    empty = LISTS[name]
    rows = [
        (str(at), one["text"] or "", one["unit"] or "", one["person"] or "", one["due"] or "")
        for at, one in enumerate(measures, 1)
    ]
    return Table(tuple(rows) or (("",) * len(empty.headings),) * ROWS, empty.widths, empty.headings)


def _last(rows: list[dict[str, Any]]) -> Mapping[str, Any]:
    return rows[-1] if rows else {}


def _box(ticked: bool) -> str:  # noqa: FBT001 - a box is ticked or not
    return "√" if ticked else "□"
