"""Forms of one problem that people fill in, sign and stamp: what the ledger knows is filled in, the rest is blank."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from models.domain import words
from models.domain.fields import TABLES, label
from models.domain.paper import Paper, Table, facts
from models.services.dossier_text import foot, how_far
from models.services.problem_file import ProblemFile

_SIGN = "\n\n　　签字：　　　　（盖章）　　　年　　月　　日"
_HAND = "\n\n　　　　　　　　　　　　　　年　　月　　日"
_BLANK = "\n\n\n"
_ABOUT = ("number", "source", "township_name", "place", "responsible_units", "person", "phone", "description", "goal")
_DATES = ("deadline", "completed_on", "closing_stage")
_TICKS = ("up_to_standard", "relapsed", "derived", "feigned", "facilities", "papers_kept")
_STAMPS = ("责任单位意见", "行业主管部门核查意见", "县整改办意见", "县分管领导意见", "县主要领导意见")


def closing(file: ProblemFile) -> Paper:
    """销号申请表."""
    checked = _last(file.record["self_acceptances"])
    rows = [
        *_about(file, "measures_text"), *_dates(file), (label("problem", "progress"), file.record["progress"] or ""),
        ("自验结论", _joined(_word("self_acceptance", "conclusion", checked), checked.get("opinion"))),
        ("附件清单", _listed(file)), *((name, _SIGN) for name in _STAMPS),
    ]  # fmt: skip
    return _form(file, "生态环境问题整改销号申请表", facts(*rows))


def self_acceptance(file: ProblemFile) -> Paper:
    """自查自验表."""
    checked = _last(file.record["self_acceptances"])
    said = str(checked.get("standards") or "")
    rows = [
        *_about(file, "measures_text", "progress"),
        (label("self_acceptance", "checked_on"), checked.get("checked_on") or _DAY),
        (label("self_acceptance", "people"), checked.get("people") or ""),
        ("销号标准", "\n".join(f"{_box(one in said)} {one}" for one in file.standards)),
        (label("self_acceptance", "opinion"), checked.get("opinion") or _BLANK),
        (label("self_acceptance", "conclusion"), _choice(words.CONCLUSION, checked.get("conclusion"))),
        ("自验人员签字", _HAND), ("单位负责人意见", _SIGN),
    ]  # fmt: skip
    return _form(file, "生态环境问题整改自查自验表", facts(*rows))


def site(file: ProblemFile) -> Paper:
    """现场核查表: for whoever accepts on the spot."""
    rows = [
        *_about(file, "measures_text", "progress"), *_dates(file)[:1],
        ("核查时间", _DAY), ("核查单位和人员", "\n"),
        ("销号标准", "\n".join(f"{_box(False)} {one}" for one in file.standards)),
        ("现场核查情况", _BLANK), ("存在的问题和建议", _BLANK),
        ("核查结论", _choice(words.CONCLUSION, None)), ("核查人员签字", _HAND), ("被核查单位签字", _HAND),
    ]  # fmt: skip
    return _form(file, "生态环境问题整改现场核查表", facts(*rows))


def lookback(file: ProblemFile, id: str = "") -> Paper:
    """回头看登记表 of one look-back; none named: of the one that waits, else of the last; blank where there is none."""
    every = file.record["lookbacks"]
    one = next((row for row in every if (row["id"] == id if id else not row["looked_on"])), None) or _last(every)
    rows = [
        *_about(file, "progress"), *_dates(file)[1:],
        (label("lookback", "plan"), one.get("plan") or ""), (label("lookback", "due"), one.get("due") or ""),
        (label("lookback", "looked_on"), one.get("looked_on") or _DAY),
        (label("lookback", "people"), one.get("people") or ""),
        *((label("lookback", name), _choice(words.YES_NO, one.get(name))) for name in _TICKS),
        (label("lookback", "opinion"), one.get("opinion") or _BLANK), ("核查人员签字", _HAND), ("责任单位签字", _HAND),
    ]  # fmt: skip
    return _form(file, "生态环境问题整改回头看登记表", facts(*rows))


FORMS: dict[str, Callable[[ProblemFile], Paper]] = {  # by the names of words.PROBLEM_FORM
    "self-acceptance-form": self_acceptance, "site-form": site, "closing-form": closing, "lookback-form": lookback,
}  # fmt: skip

_DAY = "　　　　年　　月　　日"


def _form(file: ProblemFile, title: str, rows: Table) -> Paper:
    return Paper(title, (rows,), foot=foot(file))


def _dates(file: ProblemFile) -> list[tuple[str, str]]:
    """Deadline, completion, closing."""
    told = dict(how_far(file.record))
    return [(name, told.get(name, "")) for name in map(partial(label, "problem"), _DATES)]


def _listed(file: ProblemFile) -> str:
    """The papers that are there, and those that must be."""
    some = [one for one in file.papers if one.here or one.must]
    counted = (f"{len(one.files)} 份" if one.here else "缺" for one in some)
    return "；".join(f"{at}．{one.name}（{many}）" for at, (one, many) in enumerate(zip(some, counted, strict=True), 1))


def _about(file: ProblemFile, *more: str) -> list[tuple[str, str]]:
    return [(label("problem", name), words.say(name, file.record[name])) for name in (*_ABOUT, *more)]


def _last(rows: list[dict[str, Any]]) -> Mapping[str, Any]:
    return rows[-1] if rows else {}


def _word(table: str, name: str, row: Mapping[str, Any]) -> str:
    return TABLES[table][name].states.get(str(row.get(name)), "")


def _joined(*said: str | None) -> str:
    return "\n".join(part for part in said if part) or "\n"


def _box(ticked: bool) -> str:  # noqa: FBT001 - a box is ticked or not
    return "√" if ticked else "□"


def _choice(choices: Mapping[str, str], chosen: str | None) -> str:
    return "　　".join(f"{_box(value == chosen)} {word}" for value, word in choices.items())
