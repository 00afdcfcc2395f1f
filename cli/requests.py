"""Requests and rounds by command: a unit asks, the county answers; what has come back is opened again."""

from __future__ import annotations

import argparse

from cli import home
from cli.output import DONE, say
from cli.records import in_words, set_option
from models.domain import words
from models.services.views.lists import Record


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    verbs = _family(commands, common, "request")
    verbs.add_parser("list", parents=[common], help="所有申请，待审批的在前").set_defaults(act=_list)
    ask = verbs.add_parser("add", parents=[common], help="提出申请：延期、转为长期坚持、重启")
    decide = verbs.add_parser("decide", parents=[common], help="县：审批一份申请")
    opened = _family(commands, common, "cycle").add_parser("open", parents=[common], help="县：重新整改，另开一轮")
    for verb, act in ((ask, _ask), (decide, _decide), (opened, _open)):
        verb.add_argument("problem")
        if verb is decide:
            verb.add_argument("id")
        set_option(verb)
        verb.set_defaults(act=act)


def _family(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser, name: str
) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    parser = commands.add_parser(name, parents=[common], help=words.TABLE[name])
    return parser.add_subparsers(dest="verb", required=True)


def _list(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).requests.list()
    text = "\n".join(
        f"{words.DECISION.get(one.decision, '待审批')}  {words.REQUEST_KIND.get(one.kind, '')}  {one.unit_name}  "
        f"{one.number}  {one.title[:30]}  {one.wanted_deadline}"
        for one in found
    )
    say({"requests": [one._asdict() for one in found]}, text or "没有申请。", as_json=given.json)
    return DONE


def _ask(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).requests.ask(given.problem, dict(given.set)), given)


def _decide(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).requests.decide(given.problem, given.id, dict(given.set)), given)


def _open(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).cycles.open(given.problem, dict(given.set)), given)


def _say(record: Record, given: argparse.Namespace) -> int:
    say(record, in_words(record, "problem"), as_json=given.json)
    return DONE
