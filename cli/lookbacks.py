"""Look-backs by command: planned by rule, recorded, listed with their coverage; a derived problem registered."""

from __future__ import annotations

import argparse
from typing import Any

from cli import home
from cli.figures import day
from cli.output import DONE, say
from cli.records import in_words, set_option
from models.domain import words
from models.domain.lookbacks import Cover
from models.services.views.lookbacks import LookbackSheet


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    parser = commands.add_parser("lookback", parents=[common], help=words.TABLE["lookback"])
    verbs = parser.add_subparsers(dest="verb", required=True)
    plan = verbs.add_parser("plan", parents=[common], help="县：按规则抽出要回头看的问题")
    propose = verbs.add_parser("propose", parents=[common], help="按规则提出要回头看的问题，不写入")
    for verb in (plan, propose):
        verb.add_argument("--name", default="", help="这次安排的名称，也是抽签的依据")
        verb.add_argument("--months", type=int, help="近几个月销号的")
        verb.add_argument("--source", action="append", help="只抽这个来源，可以写几次")
        many = verb.add_mutually_exclusive_group()
        many.add_argument("--share", type=int, help="抽百分之几")
        many.add_argument("--size", type=int, help="抽几个")
    plan.add_argument("--due", type=day, metavar="DATE", help="到哪一天看完")
    plan.add_argument("--preview", action="store_true", help="只列出来，不写入")
    plan.add_argument("problems", nargs="*", metavar="PROBLEM_ID", help="只安排这些问题，不抽签")
    plan.set_defaults(act=_plan)
    propose.set_defaults(act=_propose)
    cover = verbs.add_parser("coverage", parents=[common], help="销号的问题看了多少：按单位、来源、销号年份")
    cover.add_argument("--as-of", type=day, metavar="DATE", help="截至哪一天")
    cover.add_argument("--unit", help="只看一个单位（代码或名称）")
    cover.set_defaults(act=_coverage)
    listed = verbs.add_parser("list", parents=[common], help="所有回头看，和各单位完成了多少")
    listed.add_argument("--unit", help="只看一个单位（代码或名称）")
    listed.set_defaults(act=_list)
    form = verbs.add_parser("add", parents=[common], help="登记一次回头看的结果")
    form.add_argument("problem")
    form.add_argument("--id", default="", help="更正哪一次")
    set_option(form)
    form.set_defaults(act=_add)
    derive = verbs.add_parser("derive", parents=[common], help="登记回头看时发现的衍生问题")
    derive.add_argument("problem")
    derive.add_argument("id")
    set_option(derive)
    derive.set_defaults(act=_derive)


def _plan(given: argparse.Namespace) -> int:
    if given.preview:
        return _propose(given)
    at = home.opened(given.home, given.user).lookbacks
    return _sheet(at.plan(given.name, given.due, given.problems or None, _asked(given)), given)


def _propose(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).lookbacks.propose(given.name, _asked(given))
    some = found.candidates
    text = "\n".join(f"{'抽中' if c.chosen else '    '}  {c.closed_on}  {c.unit_name}  {c.title[:30]}" for c in some)
    said = {"name": found.name, "rules": found.rules, "basis": found.basis, "candidates": [c._asdict() for c in some]}
    say(said, f"{text}\n{found.basis}" if some else "没有要回头看的。", as_json=given.json)
    return DONE


def _asked(given: argparse.Namespace) -> dict[str, Any]:
    asked = {"months": given.months, "sources": given.source, "share": given.share, "size": given.size}
    return {name: value for name, value in asked.items() if value is not None}


def _coverage(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).lookbacks.coverage(given.as_of, given.unit)
    groups = {name: [one._asdict() for one in getattr(found, name)] for name in ("units", "sources", "years")}
    lines = [one._asdict() for one in found.lines]
    text = "\n".join(_covered(one) for one in (*found.units, found.total))
    say({"as_of": found.as_of, **found.total._asdict(), **groups, "problems": lines}, text, as_json=given.json)
    return DONE


def _covered(one: Cover) -> str:
    return f"{one.name or '（没有写）'}：已销号 {one.closed}，已看 {one.looked}（{one.rate}%），逾期 {one.overdue}"


def _list(given: argparse.Namespace) -> int:
    return _sheet(home.opened(given.home, given.user).lookbacks.list(given.unit), given)


def _sheet(sheet: LookbackSheet, given: argparse.Namespace) -> int:
    total = {name: n for name, n in sheet.total._asdict().items() if name not in ("unit", "name")}
    lines, units = ([one._asdict() for one in some] for some in (sheet.lines, sheet.units))
    text = "\n".join(
        f"{words.LOOKBACK_STATE[one.state]}  {one.due or one.looked_on}  {one.unit_name}  {one.title[:30]}"
        for one in sheet.lines
    )
    said = f"应看 {total['planned']}，已看 {total['done']}，逾期 {total['overdue']}，反弹 {total['relapsed']}"
    answer = {**total, "units": units, "lookbacks": lines} | ({"undo": sheet.undo} if sheet.undo else {})
    told = f"撤销编号：{sheet.undo}" if sheet.undo else ""
    say(answer, f"{text}\n{said}\n{told}".strip(), as_json=given.json)
    return DONE


def _add(given: argparse.Namespace) -> int:
    record = home.opened(given.home, given.user).lookbacks.add(given.problem, dict(given.set), given.id)
    say(record, in_words(record, "problem"), as_json=given.json)
    return DONE


def _derive(given: argparse.Namespace) -> int:
    record = home.opened(given.home, given.user).lookbacks.derive(given.problem, given.id, dict(given.set))
    say(record, in_words(record, "problem"), as_json=given.json)
    return DONE
