"""Notices by command: the county issues them, their receivers answer."""

from __future__ import annotations

import argparse

from cli import home
from cli.output import DONE, say
from cli.records import set_option
from models.domain import words
from models.services.views.lists import Record


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    parser = commands.add_parser("notice", parents=[common], help=words.TABLE["notice"])
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", parents=[common], help="所有通知单，待回复的在前").set_defaults(act=_list)
    made = verbs.add_parser("add", parents=[common], help="县：发一份通知单")
    set_option(made)
    made.set_defaults(act=_add)
    shown = verbs.add_parser("show", parents=[common], help="一份通知单")
    shown.set_defaults(act=_show)
    answered = verbs.add_parser("reply", parents=[common], help="接收单位：回复")
    answered.set_defaults(act=_reply)
    for verb in (shown, answered):
        verb.add_argument("id")
    set_option(answered)


def _list(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).notices.list()
    say({"notices": found}, "\n".join(map(_line, found)) or "没有通知单。", as_json=given.json)
    return DONE


def _add(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).notices.add(dict(given.set)), given)


def _show(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).notices.show(given.id), given)


def _reply(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).notices.reply(given.id, dict(given.set)), given)


def _line(one: Record) -> str:
    state = (
        f"已回复 {one['replied_on'] or ''}"
        if one["stage"] == "replied"
        else f"待回复，{one['answer_by'] or '没有期限'}"
    )
    return f"{one['number']}  {one['township_name']}  {one['title']}  {state}{'（逾期）' if one['overdue'] else ''}"


def _say(one: Record, given: argparse.Namespace) -> int:
    text = "\n".join(part for part in (_line(one), one["text"] or "", one["reply"] or "") if part)
    say(one, text, as_json=given.json)
    return DONE
