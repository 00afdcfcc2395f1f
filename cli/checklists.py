"""Checklists by command: looked at by all, altered and issued by the county; items that a unit adds for itself."""

from __future__ import annotations

import argparse
from pathlib import Path

from cli import home
from cli.dictionaries import read_json
from cli.output import DONE, say
from cli.records import set_option
from models.domain import words
from models.services.views.lists import Record


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    parser = commands.add_parser("checklist", parents=[common], help=words.TABLE["checklist"])
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", parents=[common], help="各主题最新的检查表").set_defaults(act=_list)
    shown = verbs.add_parser("show", parents=[common], help="一份检查表")
    shown.add_argument("name", help="主题，或某一版的代码")
    shown.set_defaults(act=_show)
    issued = verbs.add_parser("issue", parents=[common], help="县：下发新的一版")
    issued.add_argument("theme")
    issued.add_argument("--file", type=Path, required=True, help="检查项（JSON，照 checklist show 里的 items）")
    issued.set_defaults(act=_issue)
    changed = verbs.add_parser("set", parents=[common], help="县：改一项或加一项，下发新的一版")
    gone = verbs.add_parser("retire", parents=[common], help="县：停用一项，下发新的一版")
    for one, act in ((changed, _set), (gone, _retire)):
        one.add_argument("theme")
        one.add_argument("item")
        one.set_defaults(act=act)
    own = verbs.add_parser("add", parents=[common], help="给本单位加一个检查项")
    own.add_argument("theme")
    own.set_defaults(act=_add)
    for one in (changed, own):
        set_option(one)
    void = verbs.add_parser("void", parents=[common], help="停用本单位加的检查项")
    void.add_argument("id")
    void.add_argument("--why", required=True)
    void.set_defaults(act=_void)


def _list(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).checklists.list()
    text = "\n".join(f"{one['theme']}  {one['title']}  {one['count']} 项" for one in found)
    say({"checklists": found}, text, as_json=given.json)
    return DONE


def _say(one: Record, given: argparse.Namespace) -> int:
    lines = [one["title"], *(f"{item['id']}  {item['text']}" for item in (*one["items"], *one["local"]))]
    say(one, "\n".join(lines), as_json=given.json)
    return DONE


def _show(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).checklists.show(given.name), given)


def _issue(given: argparse.Namespace) -> int:
    content = read_json(given.file)
    return _say(home.opened(given.home, given.user).checklists.issue(given.theme, content), given)


def _set(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).checklists
    return _say(at.set(given.theme, given.item, dict(given.set)), given)


def _retire(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).checklists.retire(given.theme, given.item), given)


def _add(given: argparse.Namespace) -> int:
    made = home.opened(given.home, given.user).checklists.add_item(given.theme, dict(given.set))
    say(made, f"已添加：{made['text']}", as_json=given.json)
    return DONE


def _void(given: argparse.Namespace) -> int:
    gone = home.opened(given.home, given.user).checklists.retire_item(given.id, given.why)
    say(gone, f"已停用：{gone['text']}", as_json=given.json)
    return DONE
