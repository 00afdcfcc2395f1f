"""What a record says about itself at a glance: its stations, what it asks for now, its particulars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gui import saying
from gui.panels.record.handling import whose
from gui.panels.sources import about
from gui.places import Place
from gui.widgets.steps import Station
from models.domain import words
from models.domain.fields import label
from models.services.views.lists import Record
from models.services.views.workflow import StepView, WayView

DECIDES = frozenset({"step", "conflicts"})  # what is asked of the county, too
Fact = tuple[str, str, str, str]  # label, value, tone, small line below


def _states(names: list[tuple[str, str]], reached: int) -> list[Station]:
    """Stations up to the one that is reached are done, the next one is now."""
    return [
        Station(name, below, "done" if at < reached else "now" if at == reached else "open")
        for at, (name, below) in enumerate(names)
    ]


def stations(table: str, record: Record) -> list[Station]:
    """The way of a record, from its hand-over to its closing."""
    closing = record.get("closing_stage") or "none"
    closed = ("销号", record.get("closed_on") or "")
    if table == "petition":
        finish = record.get("finish_state") or "open"
        reached = 4 if closing == "closed" else 3 if finish == "finished" else 2 if finish == "staged" else 1
        return _states(
            [("受理", record.get("found_on") or ""), ("办理", ""), (words.FINISH_STATE["staged"], ""),
             ("办结", record.get("finished_on") or ""), closed], 5 if reached == 4 else reached,
        )  # fmt: skip
    completed = bool(record.get("completed_on")) or record.get("stage") in {"completed", "closing", "closed"}
    long = record.get("deadline_kind") == "long_term"
    late = str(record.get("light_why") or "") if record.get("light") in {"red", "orange", "yellow"} else ""
    reached = {"closing": 3, "closed": 5}.get(closing, 3 if completed else 1)
    names = [
        ("交办", record.get("assigned_on") or record.get("found_on") or ""),
        (words.DEADLINE_KIND["long_term"] if long else "整改", late if not completed else ""),
        ("完成", record.get("completed_on") or ""),
        ("申请销号", words.CLOSING_STAGE["closing"] if closing == "closing" else ""),
        closed,
    ]
    return _states(names, reached)


@dataclass(frozen=True)
class Step:
    """One thing that a record asks for, or that is done already."""

    text: str
    done: bool = False
    deed: str = ""  # word of the button that does it
    what: str = ""  # dispatch measure measures papers conflicts; step:… opens its form, edit:field the form at a field

    def may(self, writable: frozenset[str]) -> bool:
        """Whether this desk may do it."""
        kind, _, name = self.what.partition(":")
        if kind in {"dispatch", "measure"}:
            return bool(writable & {"pace", "progress"})
        return kind != "edit" or name in writable


def steps(record: Record, today: date, view: WayView | None, *, county: bool) -> list[Step]:
    """What a record asks for now, its next step first; `view`: the way of a problem, a petition has none.

    Dispatches and measures are the township's; the county sees whether they came.
    """
    made: list[Step] = []
    undecided = bool(record.get("undecided")) and not county  # nothing that anybody here could choose
    chosen = [one for one in record.get("conflicts") or () if not (undecided and one["field"] == "closing_stage")]
    if chosen:
        made.append(Step(f"有 {len(chosen)} 处两边都改过，请您选一个", deed="去选择", what="conflicts"))
    if undecided:
        made.append(Step("县级结论待统一：县里两台电脑作出的结论不同"))
    if record.get("review"):
        made.append(Step("依据已变化，待复核：验收结论作出之后，所依据的内容又改过"))
    if view is None:
        return made + _petition_steps(record, county=county)
    ahead = next(_ahead(view, county=county), None)
    if ahead is not None and ahead.verb != "complete":
        made.append(_turn(ahead, view))
    if record.get("stage") == "open":
        made += _open_steps(record, today, county=county)
    if ahead is not None and ahead.verb == "complete":  # the work comes before it
        made.append(_turn(ahead, view))
    return made


def heading(made: Sequence[Step], writable: frozenset[str], *, county: bool) -> str:
    """What stands above them: whether anything is asked of this desk. The county may fill in, and is not asked to."""
    asked = (one for one in made if one.deed and one.may(writable))
    return "现在请您做" if any(not county or one.what.partition(":")[0] in DECIDES for one in asked) else "现在的情况"


def _ahead(view: WayView, *, county: bool) -> Iterator[StepView]:
    """The steps that are still to be taken. A ledger that was only taken in was handed over on paper."""
    for one in view.steps:
        on_paper = not county and (one.verb == "assign" or (one.verb == "claim" and one.missing))
        if one.done_on is None and one.verb != "return" and not on_paper:
            yield one


def _turn(step: StepView, view: WayView) -> Step:
    """Whose turn it is: what is taken here, what it lacks, or whom one waits for."""
    if not step.mine:
        return Step(f"接下来由{whose(step)}来办：{step.label}")
    if step.possible:
        first = "整改做完以后" if step.verb == "complete" else "轮到您"
        return Step(f"{first}办：{step.label}", deed=f"办{step.label}", what=f"step:{step.stage or step.verb}")
    papers = any(one.must and not one.here and one.name in step.missing for one in view.papers)
    said = f"办“{step.label}”还缺：{'、'.join(step.missing)}"
    return Step(said, deed="补材料", what="papers") if papers else Step(said)


def _petition_steps(record: Record, *, county: bool) -> list[Step]:
    if county or record.get("finish_state") == "finished" or record.get("closing_stage") == "closed":
        return []
    wanted = (("investigation", "调查核实情况", "填调查核实"), ("verified", "是否属实", "填是否属实"),
              ("handling", "处理和整改情况", "填处理情况"))  # fmt: skip
    made = [
        Step(f"{name}已填写", done=True) if record.get(field) else
        Step(f"还没有填{name}", deed=deed, what=f"edit:{field}")
        for field, name, deed in wanted
    ]  # fmt: skip
    return [*made, Step("办完后填办结状态和办结时间", deed="填办结状态", what="edit:finish_state")]


def _open_steps(record: Record, today: date, *, county: bool) -> list[Step]:
    made: list[Step] = []
    month = f"{today:%Y-%m}"
    filled = any(one.get("month") == month for one in record.get("dispatches") or ())
    name = f"{today.month}月月调度"
    if filled:
        made.append(Step(f"{name}已{'收到' if county else '填写'}", done=True))
    else:
        made.append(
            Step(f"{name}还没有{'收到' if county else '填写'}", deed="" if county else f"填 {name}", what="dispatch")
        )
    measures = record.get("measures") or ()
    done = sum(1 for one in measures if one.get("done_on"))
    if measures:
        late = sum(1 for one in measures if is_late(one, today))
        text = f"整改措施 {len(measures)} 项中 {done} 项完成" + (f"，{late} 项逾期" if late else "")
        made.append(Step(text, done=done == len(measures), deed="看措施" if late else "", what="measures"))
    elif not county:
        made.append(Step("还没有整改措施", deed="加一条措施", what="measure"))
    if not record.get("person"):
        made.append(Step("还没有写责任人", deed="写责任人", what="edit:person"))
    if not (record.get("deadline") or record.get("deadline_kind")):
        made.append(Step("还没有整改时限，看不出到没到期", deed="写整改时限", what="edit:deadline"))
    return made


def is_late(measure: Record, today: date) -> bool:
    """Whether a measure or milestone is overdue."""
    due = measure.get("due")
    return bool(due) and not measure.get("done_on") and str(due) < today.isoformat()


def facts(table: str, record: Record) -> list[Fact]:
    """The particulars of a record, for the rail; what is empty is left out."""
    return {"petition": _petition_facts, "source": about.facts}.get(table, _problem_facts)(record)


def _text(record: Record, name: str) -> str:
    return saying.value(name, record.get(name))


def _joined(*parts: tuple[str, str]) -> str:
    return saying.SPACE.join(f"{name} {value}" for name, value in parts if value)


def _problem_facts(record: Record) -> list[Fact]:
    numbers = _joined(
        ("省序号", _text(record, "province_number")), ("市序号", _text(record, "city_number")),
        ("县序号", _text(record, "county_number")),
    )  # fmt: skip
    due, wording = _text(record, "deadline"), _text(record, "deadline_text")
    why = str(record.get("light_why") or "")
    tone = {"red": "red", "orange": "orange"}.get(str(record.get("light") or ""), "") if why.endswith(" 天") else ""
    when = f"{due}（{why}）" if due and tone and why else due or _text(record, "deadline_kind")
    place = (
        _joined(("", _text(record, "longitude")), ("", _text(record, "latitude"))).replace(saying.SPACE, ", ").strip()
    )
    people = _joined(("责任人", _text(record, "person")), ("电话", _text(record, "phone")))
    responsible = (_text(record, name) for name in ("township_name", "lead_unit", "responsible_units"))
    units = "、".join(part for part in responsible if part)
    named, ended = _text(record, "circular_on") or _text(record, "circular"), _text(record, "circular_ended_on")
    circular = f"{named}，{ended} 解除" if ended else named
    made = [
        (label("problem", "number"), _text(record, "number"), "", numbers),
        (
            "来源",
            _text(record, "source"),
            "",
            _joined(("", _text(record, "round")), ("", _text(record, "batch"))).strip(),
        ),
        ("整改时限", when, tone, f"原文：“{wording}”" if wording and wording != due else ""),
        ("整改类型", _text(record, "deadline_kind"), "", ""),
        (
            label("problem", "circular"),
            circular,
            "red" if record.get("circular") == "named" else "",
            _text(record, "circular_by"),
        ),
        ("责任单位", units, "", people),
        ("包案领导", _text(record, "leader"), "", ""),
        ("配合单位", _text(record, "cooperating_units"), "", ""),
        ("督导单位", _text(record, "supervising_unit"), "", ""),
        ("归类", _text(record, "categories"), "", _text(record, "trade")),
        ("具体地点", _text(record, "place"), "", place),
        ("发现时间", _text(record, "found_on"), "", ""),
        ("内部备注（不报送）", _text(record, "internal_note"), "", ""),
    ]
    return [one for one in made if one[1]]


def _petition_facts(record: Record) -> list[Fact]:
    fields: tuple[tuple[str, Any], ...] = tuple(
        (name, _text(record, name))
        for name in ("receipt_number", "batch", "township_name", "lead_unit", "cooperating_units", "person", "phone",
                     "pollution_kinds", "found_on", "verified", "finish_state", "finished_on", "closing_stage",
                     "closed_on", "duplicate", "internal_note")
    )  # fmt: skip
    names = {"township_name": label("petition", "township")}
    return [(names.get(name) or label("petition", name), value, "", "") for name, value in fields if value]


def facts_text(table: str, record: Record) -> str:
    """The particulars as text, for a message or a document."""
    lines = [str(record.get("title") or "")]
    lines += [f"{name}：{value}" + (f"（{below}）" if below else "") for name, value, _, below in facts(table, record)]
    return "\n".join(line.replace(saying.SPACE, "　") for line in lines if line)


def conflicts_place(record: Record) -> Place:
    """Where the conflicts of a record are settled."""
    return Place("exchange", tab="conflicts", id=str(record.get("id") or ""))
