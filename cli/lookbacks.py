"""Look-backs by command: planned by rule, recorded, listed with their coverage; a derived problem registered."""

from __future__ import annotations

import argparse

from cli import home
from cli.figures import day
from cli.output import DONE, say
from cli.records import in_words, set_option
from models.domain import words
from models.services.views.lookbacks import LookbackSheet


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    parser = commands.add_parser("lookback", parents=[common], help=words.TABLE["lookback"])
    verbs = parser.add_subparsers(dest="verb", required=True)
    plan = verbs.add_parser("plan", parents=[common], help="县：按规则抽出要回头看的问题")
    plan.add_argument("--name", default="", help="这次安排的名称")
    plan.add_argument("--due", type=day, metavar="DATE", help="到哪一天看完")
    plan.add_argument("--preview", action="store_true", help="只列出来，不写入")
    plan.set_defaults(act=_plan)
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
    at = home.opened(given.home, given.user).lookbacks
    if not given.preview:
        return _sheet(at.plan(given.name, given.due), given)
    found = at.propose(given.name)
    text = "\n".join(f"{'抽中' if c.chosen else '    '}  {c.closed_on}  {c.unit_name}  {c.title[:30]}" for c in found)
    say({"candidates": [c._asdict() for c in found]}, text or "没有要回头看的。", as_json=given.json)
    return DONE


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
    say({**total, "units": units, "lookbacks": lines}, f"{text}\n{said}".strip(), as_json=given.json)
    return DONE


def _add(given: argparse.Namespace) -> int:
    record = home.opened(given.home, given.user).lookbacks.add(given.problem, dict(given.set), given.id)
    say(record, in_words(record, "problem"), as_json=given.json)
    return DONE


def _derive(given: argparse.Namespace) -> int:
    record = home.opened(given.home, given.user).lookbacks.derive(given.problem, given.id, dict(given.set))
    say(record, in_words(record, "problem"), as_json=given.json)
    return DONE
