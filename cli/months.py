"""The monthly dispatch by command: one entry, a whole month, zero reports, the county's judgement."""

from __future__ import annotations

import argparse
from typing import Any

from cli import home
from cli.output import DONE, plain, say
from cli.records import set_option
from models.domain import words
from models.domain.forms import UnknownField
from models.services.views.months import MonthLine, MonthSheet, Saved


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The verbs of `dispatch` beside `add`."""
    verbs = commands.choices["dispatch"].get_default("verbs")
    month = verbs.add_parser("month", parents=[common], help="一个月应报的问题，报了哪些、还差哪些")
    month.add_argument("month")
    month.add_argument("--unit", help="只看一个单位（代码或名称）")
    month.set_defaults(act=_month)
    zero = verbs.add_parser("zero", parents=[common], help="零报告：还没有报的都报“本月无进展”")
    zero.add_argument("month")
    zero.add_argument("problems", nargs="*", metavar="PROBLEM_ID", help="只报这些问题")
    zero.set_defaults(act=_zero)
    judge = verbs.add_parser("judge", parents=[common], help="县：认可或退回一个问题当月的调度")
    judge.add_argument("problem")
    judge.add_argument("month")
    set_option(judge)
    judge.set_defaults(act=_judge)


def _month(given: argparse.Namespace) -> int:
    sheet = home.opened(given.home, given.user).months.sheet(given.month, given.unit)
    say(_as_json(sheet), _in_words(sheet), as_json=given.json)
    return DONE


def _as_json(sheet: MonthSheet) -> dict[str, Any]:
    total = {name: n for name, n in plain(sheet.total).items() if name not in ("unit", "name")}
    lines = [_line_as_json(one) for one in sheet.lines]
    return {"month": sheet.month, "due": sheet.due, **total, "units": sheet.units, "problems": lines}


def _line_as_json(one: MonthLine) -> dict[str, Any]:
    said = {name: entry._asdict() if entry else None for name, entry in (("last", one.last), ("now", one.now))}
    return {name: value for name, value in one._asdict().items() if name != "row"} | said


def _in_words(sheet: MonthSheet) -> str:
    total = sheet.total
    told = f"已报 {total.reported}（零报告 {total.zero}），还差 {total.missing}，迟报 {total.late}"
    said = f"{sheet.month}：应报 {total.expected}，{told}"
    return "\n".join(
        [f"{_state(one)}  {one.number}  {one.title[:40]}  {one.unit_name}" for one in sheet.lines] + [said]
    )


def _state(one: MonthLine) -> str:
    return f"{words.MONTH_STATE[one.state]}{'（迟）' if one.late else ''}"


def _zero(given: argparse.Namespace) -> int:
    saved = home.opened(given.home, given.user).months.zero(given.month, given.problems or None)
    return _say(saved, f"零报告 {len(saved.written)} 条", as_json=given.json)


def _judge(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).months
    values = {"judgement": "", "opinion": ""} | dict(given.set)
    unknown = next((name for name in values if name not in ("judgement", "opinion")), "")
    if unknown:
        raise UnknownField("dispatch", unknown)
    saved = at.judge(given.month, [given.problem], values["judgement"], values["opinion"])
    return _say(saved, f"已评定 {len(saved.written)} 条", as_json=given.json)


def _say(saved: Saved, text: str, *, as_json: bool) -> int:
    say({"month": saved.month, "written": saved.written, "same": saved.same}, text, as_json=as_json)
    return DONE
