"""Pollution sources by command: their permits, and which of them may be one. The record itself: `records … sources`."""

from __future__ import annotations

import argparse

from cli import home
from cli.output import DONE, say
from cli.records import count, say_record, set_option
from models.domain import words
from models.domain.sources import EXPIRES_SOON


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    parser = commands.add_parser("permit", parents=[common], help=words.TABLE["permit"])
    verbs = parser.add_subparsers(dest="verb", required=True)
    made = verbs.add_parser("add", parents=[common], help="给污染源登记许可证")
    changed = verbs.add_parser("edit", parents=[common], help="修改许可证")
    gone = verbs.add_parser("void", parents=[common], help="作废登记错的许可证")
    for one, act in ((made, _add), (changed, _edit), (gone, _void)):
        one.add_argument("source")
        one.set_defaults(act=act)
    for one in (changed, gone):
        one.add_argument("id")
    for one in (made, changed):
        set_option(one)
    gone.add_argument("--why", required=True)
    due = verbs.add_parser("due", parents=[common], help="已到期和快到期的许可证")
    due.add_argument("--days", type=count, default=EXPIRES_SOON, help=f"几天以内到期（默认 {EXPIRES_SOON}）")
    due.set_defaults(act=_due)
    about = commands.add_parser("source", parents=[common], help=words.TABLE["source"])
    of_many = about.add_subparsers(dest="verb", required=True)
    of_many.add_parser("doubles", parents=[common], help="可能登记了两次的污染源").set_defaults(act=_doubles)


def _add(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).sources
    return say_record(at.add_permit(given.source, dict(given.set), given.why), "source", as_json=given.json)


def _edit(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).sources
    record = at.edit_permit(given.source, given.id, dict(given.set), given.why)
    return say_record(record, "source", as_json=given.json)


def _void(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).sources
    return say_record(at.void_permit(given.source, given.id, given.why), "source", as_json=given.json)


def _due(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).sources.permits_due(given.days)
    lines = [
        f"{one['expires_on']}  {one['unit_name']}  {one['name']}  {words.PERMIT_KIND.get(one['kind'], '')}"
        f"  {'已到期' if one['days_left'] < 0 else '还有 {} 天'.format(one['days_left'])}"
        for one in found
    ]
    say({"permits": found}, "\n".join(lines) or "没有快到期的许可证。", as_json=given.json)
    return DONE


def _doubles(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).sources.doubles()
    lines = [f"{one['one']['name']}  {one['other']['name']}  {one['why']}" for one in found]
    say({"pairs": found}, "\n".join(lines) or "没有可能登记了两次的污染源。", as_json=given.json)
    return DONE
