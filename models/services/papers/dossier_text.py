"""一问题一档 on paper: what the problem is, what was done and judged, by whom; which papers and photos are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from models.domain import media, template, words
from models.domain.fields import TABLES, label
from models.domain.paper import Block, Paper, Photo, Photos, Table, Text, facts
from models.services.papers.problem_file import AWAY, OTHER, Filed, ProblemFile
from models.services.views.lists import Record

DOSSIER, PAIRS = "一问题一档", "整改前后照片对照"
STAGES = tuple(words.EVIDENCE_STAGE)
FOOT = "填报单位（盖章）：【填报单位】        填报人：            审核人：            填报日期：    年  月  日"
NO_STAGE = 3  # photos beside one another of which nobody said the stage

# What the cover says: always, and only where it is filled in.
_ALWAYS = ("number", "source", "township_name", "responsible_units", "leader", "person", "description", "goal",
           "measures_text")  # fmt: skip
_COVER = (
    "number", "county_number", "city_number", "province_number", "source", "round", "batch", "categories", "trade",
    "township_name", "place", "lead_unit", "responsible_units", "cooperating_units", "supervising_unit", "leader",
    "person", "phone", "found_on", "description", "goal", "measures_text",
)  # fmt: skip
# Parts: the key of the record, the heading, the columns and their widths.
_PARTS: tuple[tuple[str, str, str, tuple[tuple[str, int], ...]], ...] = (
    ("measures", "measure", "措施任务", (("text", 44), ("unit", 16), ("person", 12), ("due", 14), ("done_on", 14))),
    ("dispatches", "dispatch", "月调度",
     (("month", 11), ("pace", 14), ("progress", 31), ("difficulties", 18), ("next_step", 26))),
    ("requests", "request", "申请和审批",
     (("kind", 14), ("asked_on", 13), ("wanted_deadline", 13), ("reason", 32), ("decision", 10), ("opinion", 18))),
)  # fmt: skip
_LOOKED = ("looked_on", "people", "up_to_standard", "relapsed", "derived", "feigned", "opinion")


class _Step(NamedTuple):
    """One thing that was done or judged."""

    cycle: int
    day: str  # ISO; "" where nobody said
    what: str
    conclusion: str = ""
    by: str = ""
    said: str = ""


def dossier(file: ProblemFile) -> Paper:
    """The whole dossier on paper, photos too."""
    blocks: list[Block] = [facts(*_cover(file.record)), Text("整改进展", strong=True), facts(*how_far(file.record))]
    steps = _steps(file.record)
    if steps:
        blocks += [Text("办理经过", strong=True), steps]
    for key, table, heading, columns in _PARTS:
        if rows := file.record[key]:
            blocks += [Text(heading, strong=True), _listed(table, rows, columns)]
    if looked := [one for one in file.record["lookbacks"] if one["looked_on"]]:
        columns = tuple((name, 34 if name == "opinion" else 11) for name in _LOOKED)
        blocks += [Text(words.TABLE["lookback"], strong=True), _listed("lookback", looked, columns)]
    if file.notices:
        blocks += [Text(words.TABLE["notice"], strong=True), _notices(file)]
    blocks += [Text("材料目录", strong=True), contents(file)]
    photos = tuple(side_by_side(file.record))
    if photos:
        blocks += [Text(PAIRS, strong=True), *photos]
    return Paper(DOSSIER, tuple(blocks), _line(file), foot(file))


def pairs(file: ProblemFile) -> Paper:
    """Photos before, during and after, side by side."""
    photos = tuple(side_by_side(file.record))
    about = facts(*((label("problem", name), said) for name in ("number", "description", "place")
                    if (said := _said("problem", name, file.record))))  # fmt: skip
    return Paper(PAIRS, (about, *(photos or (Text("还没有照片。"),))), _line(file), foot(file))


def side_by_side(record: Record) -> Iterator[Photos]:
    """The photos of a record: those of one spot (one caption) in a row; those without a stage behind them."""
    photos = [one for one in record["evidence"] if media.is_photo(one["media"])]
    shown = [stage for stage in STAGES if stage != "during" or any(one["stage"] == stage for one in photos)]
    rows: list[tuple[Photo | None, ...]] = []
    for caption in dict.fromkeys(one["caption"] for one in photos):
        spot = [one for one in photos if one["caption"] == caption]
        rows += zip_longest(*([_photo(one) for one in spot if one["stage"] == stage] for stage in shown))
    if rows:
        lacks = tuple("" if stage == "during" else f"缺{words.EVIDENCE_STAGE[stage]}照片" for stage in shown)
        yield Photos(tuple(words.EVIDENCE_STAGE[stage] for stage in shown), tuple(rows), lacks)
    rest = [_photo(one) for one in photos if not one["stage"]]
    if rest:
        lines = [rest[at : at + NO_STAGE] for at in range(0, len(rest), NO_STAGE)]
        padded = tuple((*line, *(None,) * (NO_STAGE - len(line))) for line in lines)
        yield Photos(("没有写明阶段的照片", "", ""), padded, ("",) * NO_STAGE)


def how_far(record: Record) -> list[tuple[str, str]]:
    """How a problem stands: kind and deadline, light, pace, progress, completion, closing."""
    said = {
        name: _said("problem", name, record)
        for name in (
            "deadline_kind",
            "deadline",
            "deadline_text",
            "pace",
            "progress",
            "completed_on",
            "closing_stage",
            "circular",
            "circular_by",
        )
    }
    until = "，并长期坚持" if record["long_term_too"] == "true" else ""
    written = said["deadline_text"]
    due = f"{said['deadline']}{until}{f'（原文：{written}）' if written and written != said['deadline'] else ''}"
    light = words.light(record["light"] or "done", record["light_why"])
    closed = f"{said['closing_stage']}（{record['closed_on']}）" if record["closed_on"] else said["closing_stage"]
    completed = said["completed_on"] or ("已完成，没有写日期" if record["completed"] else "")
    circular = "，".join(
        part for part in (f"{record['circular_on']} 被通报" if record["circular_on"] else said["circular"],
                          said["circular_by"],
                          f"{record['circular_ended_on']} 解除" if record["circular_ended_on"] else "") if part
    )  # fmt: skip
    rounds = f"第 {record['cycle']} 轮" if record["cycle"] > 1 else ""
    every = (
        (label("problem", "deadline_kind"), said["deadline_kind"]), (label("problem", "deadline"), due),
        (label("problem", "light"), light), (label("problem", "pace"), said["pace"]),
        (label("cycle", "number"), rounds), (label("problem", "progress"), said["progress"]),
        (label("problem", "completed_on"), completed), (label("problem", "closing_stage"), closed),
        (label("problem", "circular"), circular),
    )  # fmt: skip
    return [(name, text) for name, text in every if text]


def contents(file: ProblemFile) -> Table:
    """目录: every paper of the county's list, whether it must be there, and the files that are it."""
    lying: dict[str, list[Filed]] = {}
    for one in file.files():
        lying.setdefault(one.paper, []).append(one)
    where = {one.entry["id"]: one for one in file.files()}
    rows: list[tuple[str, ...]] = []
    for at, paper in enumerate(file.papers, 1):
        names = "\n".join(_lies(where[id_]) for id_ in paper.files if id_ in where)
        rows.append((f"{at:02}", paper.name, "必备" if paper.must else "选备", str(len(paper.files) or "缺"), names))
    if rest := lying.get(OTHER):
        rows.append((f"{len(rows) + 1:02}", OTHER, "", str(len(rest)), "\n".join(map(_lies, rest))))
    return Table(tuple(rows), (7, 27, 9, 8, 49), ("序号", "材料", "要求", "份数", "文件"), frozenset({0, 2, 3}))


def foot(file: ProblemFile) -> str:
    """The official last line."""
    return template.put(FOOT, {"填报单位": file.unit})


def _cover(record: Record) -> list[tuple[str, str]]:
    told = ((name, _said("problem", name, record)) for name in _COVER)
    return [(label("problem", name), said) for name, said in told if said or name in _ALWAYS]


def _line(file: ProblemFile) -> str:
    record = file.record
    parts = (f"编号：{record['number'] or '没有'}", f"责任单位：{record['township_name'] or '没有写'}",
             f"打印日期：{file.today.isoformat()}")  # fmt: skip
    return "    ".join(parts)


def _said(table: str, name: str, values: Mapping[str, Any]) -> str:
    """A value in words."""
    value = values.get(name)
    field = TABLES[table].get(name)
    if value is not None and field is not None and field.states:
        return field.states.get(str(value), str(value))
    return words.say(name, value)


def _listed(table: str, rows: Sequence[Record], columns: Sequence[tuple[str, int]]) -> Table:
    names = [name for name, _ in columns]
    short = frozenset(at for at, (_, width) in enumerate(columns) if width <= 14)
    told = tuple(tuple(_said(table, name, row) for name in names) for row in rows)
    return Table(told, tuple(w for _, w in columns), tuple(label(table, name) for name in names), short)


def _notices(file: ProblemFile) -> Table:
    names = ("number", "kind", "issued_on", "title", "reply")
    rows = tuple(tuple(_said("notice", name, one) for name in names) for one, _ in file.notices)
    return Table(rows, (19, 12, 14, 27, 28), tuple(label("notice", name) for name in names), frozenset({0, 1, 2}))


def _steps(record: Record) -> Table | None:
    """The way of the problem, round after round: what was done or judged, when, by whom, and what was said."""
    rows = sorted((*_own_steps(record), *_judged(record)), key=lambda one: (one.cycle, one.day or "9999"))
    told = tuple((one.what, one.day or "没有写", one.conclusion, one.by, one.said) for one in rows)
    headings = ("环节", "日期", "结论", "单位和人员", "意见")
    return Table(told, (16, 14, 9, 21, 40), headings, frozenset({0, 1, 2})) if told else None


def _own_steps(record: Record) -> Iterator[_Step]:
    """What has a day, and nothing more: assignment, claim, plan, completion; and how a later round began."""
    first = record["rounds"][-1]["opened_on"] or ""
    for name, what in (("assigned_on", "交办"), ("claimed_on", "认领"), ("planned_on", "整改方案")):
        if day := record[name]:
            yield _Step(record["cycle"] if day >= first else 1, day, what)
    for one in record["cycles"]:
        why = _joined(one["reason"], one["basis"])
        number = _round(one["number"])
        yield _Step(number, one["opened_on"] or "", f"第 {number} 轮整改", _said("cycle", "kind", one), "", why)
    judged = {_round(one["cycle"]) for one in record["acceptances"] if one["stage"] == "closing"}
    for one in record["rounds"]:
        if one["completed_on"]:
            yield _Step(one["number"], one["completed_on"], words.PACE["completed"])
        if one["closed_on"] and one["number"] not in judged:
            yield _Step(one["number"], one["closed_on"], words.ACCEPTANCE_STAGE["closing"])


def _round(said: str | None) -> int:
    """Which round somebody wrote; what is no number, as other programs may send it, is the first."""
    return int(said) if said and said.isdecimal() and len(said) < 4 else 1


def _judged(record: Record) -> Iterator[_Step]:
    """Self-acceptances, and the stages of acceptance."""
    for one in record["self_acceptances"]:
        applied = f"{one['applied_on']} 提请验收" if one["applied_on"] else ""
        yield _Step(
            _round(one["cycle"]), one["checked_on"] or "", words.TABLE["self_acceptance"],
            _said("self_acceptance", "conclusion", one), one["people"] or "",
            _joined(one["opinion"], _ticked(one["standards"]), applied),
        )  # fmt: skip
    for one in record["acceptances"]:
        public = f"公示 {one['from_on']} 至 {one['until_on'] or ''}" if one["from_on"] else ""
        yield _Step(
            _round(one["cycle"]), one["actual_on"] or one["from_on"] or "", _said("acceptance", "stage", one),
            _said("acceptance", "conclusion", one), _joined(one["unit"], one["people"]),
            _joined(one["opinion"], _ticked(one["standards"]), public),
        )  # fmt: skip


def _ticked(standards: str | None) -> str:
    return f"达到的销号标准：{standards}" if standards else ""


def _joined(*said: str | None) -> str:
    return "\n".join(part for part in said if part)


def _lies(one: Filed) -> str:
    """How a file is called in the dossier; of one that is not here why."""
    return one.path.name if one.path else f"{one.entry['name']}（{words.FILE_STATE[one.entry['state']]}）"


def _photo(one: Record) -> Photo:
    shot = (one["shot_at"] or one["taken_on"] or "")[:16]
    place = f"{one['longitude']:.5f}，{one['latitude']:.5f}" if one["longitude"] and one["latitude"] else ""
    away = words.FILE_STATE[one["state"]] if one["state"] in AWAY else ""
    said = (one["caption"] or one["name"], f"拍摄时间：{shot}" if shot else "", f"经纬度：{place}" if place else "")
    return Photo(one["picture"], tuple(line for line in (*said, away) if line))
