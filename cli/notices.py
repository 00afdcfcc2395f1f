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
    listed = verbs.add_parser("list", parents=[common], help="所有通知单，待回复的在前")
    listed.add_argument("--state", choices=[one for one in words.NOTICE_STATE if one != "void"], help="只看这一类")
    listed.set_defaults(act=_list)
    drafted = verbs.add_parser("draft", parents=[common], help="县：按模板起草，不写入")
    drafted.add_argument("kind", help="、".join(f"{kind}（{word}）" for kind, word in words.NOTICE_KIND.items()))
    drafted.set_defaults(act=_draft)
    verbs.add_parser("proposals", parents=[common], help="县：该发提示单、督办函的问题").set_defaults(act=_proposals)
    made = verbs.add_parser("add", parents=[common], help="县：发通知单，几个单位各得一份")
    set_option(made)
    made.set_defaults(act=_add)
    shown = verbs.add_parser("show", parents=[common], help="一份通知单")
    shown.set_defaults(act=_show)
    answered = verbs.add_parser("reply", parents=[common], help="接收单位：回复")
    answered.set_defaults(act=_reply)
    ended = verbs.add_parser("close", parents=[common], help="县：办结，写办结意见")
    ended.set_defaults(act=_close)
    gone = verbs.add_parser("void", parents=[common], help="县：作废，写明原因")
    gone.add_argument("--why", required=True)
    gone.set_defaults(act=_void)
    for verb in (shown, answered, ended, gone):
        verb.add_argument("id")
    ended.add_argument("--opinion", required=True)
    set_option(answered)


def _list(given: argparse.Namespace) -> int:
    found = [
        one
        for one in home.opened(given.home, given.user).notices.list()
        if given.state is None or one["state"] == given.state
    ]
    say({"notices": found}, "\n".join(map(_line, found)) or "没有通知单。", as_json=given.json)
    return DONE


def _draft(given: argparse.Namespace) -> int:
    one = home.opened(given.home, given.user).notices.draft(given.kind)
    say(one._asdict(), f"{one.title}\n\n{one.text}\n\n回复期限：{one.answer_by}", as_json=given.json)
    return DONE


def _proposals(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).notices.proposals()
    lines = [f"{words.NOTICE_KIND[one.kind]}  {one.unit_name}  {one.number}  {one.title}  {one.why}" for one in found]
    say({"proposals": [one._asdict() for one in found]}, "\n".join(lines) or "没有该发的。", as_json=given.json)
    return DONE


def _add(given: argparse.Namespace) -> int:
    made = home.opened(given.home, given.user).notices.issue(dict(given.set))
    if len(made) == 1:
        return _say(made[0], given)
    say({"notices": made}, "\n".join(map(_line, made)), as_json=given.json)
    return DONE


def _show(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).notices.show(given.id), given)


def _reply(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).notices.reply(given.id, dict(given.set)), given)


def _close(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).notices.close(given.id, given.opinion), given)


def _void(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).notices.void(given.id, given.why), given)


def _line(one: Record) -> str:
    days = {"replied": "replied_on", "closed": "ended_on", "void": "void"}
    state, day = words.NOTICE_STATE[one["state"]], one[days.get(one["state"], "answer_by")]
    return f"{one['number']}  {one['township_name']}  {one['title']}  {state} {day or '没有期限'}"


def _say(one: Record, given: argparse.Namespace) -> int:
    text = "\n".join(part for part in (_line(one), one["text"] or "", one["reply"] or "") if part)
    say(one, text, as_json=given.json)
    return DONE
