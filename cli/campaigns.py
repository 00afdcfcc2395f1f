"""Campaigns by command: issued or begun, who has looked and who is silent; and the figures of all inspections."""

from __future__ import annotations

import argparse

from cli import home, inspection_samples
from cli.figures import day
from cli.output import DONE, say
from cli.records import say_record, set_option
from models.domain import words
from models.services.views.lists import Record


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family, and one more of inspections."""
    parser = commands.add_parser("campaign", parents=[common], help=words.TABLE["campaign"])
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", parents=[common], help="各次专项排查和进展").set_defaults(act=_list)
    made = verbs.add_parser("add", parents=[common], help="下发或发起一次专项排查")
    made.add_argument("--all", action="store_true", dest="everybody", help="县：下发给全部乡镇")
    made.add_argument("--source-kind", default="", help="把这一类污染源都列入范围")
    made.set_defaults(act=_add)
    verbs.add_parser("due", parents=[common], help="现在要查的：还有没查、没报的，最急的在前").set_defaults(act=_due)
    left = verbs.add_parser("problem", parents=[common], help="登记督导来访、暗访留下的问题")
    left.set_defaults(act=_leave)
    changed = verbs.add_parser("edit", parents=[common], help="修改专项排查")
    changed.set_defaults(act=_edit)
    shown = verbs.add_parser("show", parents=[common], help="一次专项排查：谁报了、谁没有报、漏查了什么")
    shown.add_argument("--as-of", type=day, metavar="DATE", help="截至哪一天")
    shown.set_defaults(act=_show)
    for one in (changed, shown, left):
        one.add_argument("id")
    for one in (made, changed, left):
        set_option(one)
    counted = commands.choices["inspection"].get_default("verbs").add_parser(
        "figures", parents=[common], help="排查的数字：各单位、各主题、查出的问题后来怎样"
    )  # fmt: skip
    counted.add_argument("--as-of", type=day, metavar="DATE", help="截至哪一天")
    counted.add_argument("--known-by", type=day, metavar="DATE", help="只用到这一天为止已经到本机的内容")
    counted.add_argument("--since", type=day, metavar="DATE", help="从哪一天起的检查")
    counted.add_argument("--campaign", default="", help="只算这一次专项排查")
    counted.set_defaults(act=_figures)
    inspection_samples.add(commands, common)


def _list(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).campaigns.list()
    say({"campaigns": found}, "\n".join(map(_line, found)) or "没有专项排查。", as_json=given.json)
    return DONE


def _due(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).campaigns.due()
    said = "\n".join(f"{one['round']['last']} 前  {_line(one)}" for one in found)
    say({"campaigns": found}, said or "现在没有要查的。", as_json=given.json)
    return DONE


def _leave(given: argparse.Namespace) -> int:
    record = home.opened(given.home, given.user).campaigns.leave(given.id, dict(given.set))
    return say_record(record, "problem", as_json=given.json)


def _line(one: Record) -> str:
    silent = len(one["missed"]["units"])
    until = f"，截止 {one['until_on']}" if one["until_on"] else ""
    return (
        f"{one['number']}  {one['title']}  {one['said']}{until}  检查 {one['inspections']} 次"
        f"，查出 {one['findings']} 项{f'，{silent} 个单位没有报' if silent else ''}"
    )


def _say(one: Record, given: argparse.Namespace) -> int:
    lines = [_line(one), *(f"{unit['name']}：{unit['said']}" for unit in one["units"])]
    missed = [*one["missed"]["villages"], *(at["name"] or "" for at in one["missed"]["sources"])]
    lines += [f"漏查：{'、'.join(missed)}"] if missed else []
    say(one, "\n".join(lines), as_json=given.json)
    return DONE


def _add(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).campaigns
    return _say(at.add(dict(given.set), everybody=given.everybody, kind=given.source_kind), given)


def _edit(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).campaigns.edit(given.id, dict(given.set), given.why), given)


def _show(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).campaigns.show(given.id, given.as_of), given)


def _figures(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).inspections
    found = at.figures(as_of=given.as_of, known_by=given.known_by, since=given.since, campaign=given.campaign)
    lines = [
        f"{one['name']}：{one['said']}，检查 {one['inspections']} 次，查出 {one['findings']} 项"
        for one in found["units"]
    ]
    lines += [
        f"{one['name']}：查出 {one['findings']} 项，"
        + "，".join(f"{word} {one[fate]}" for fate, word in words.FATE.items() if one[fate])
        for one in found["themes"]
        if one["findings"]
    ]
    say(found, "\n".join(lines), as_json=given.json)
    return DONE
