"""Inspections by command: begun, answered, finished, and findings that become problems; zero reports in one word."""

from __future__ import annotations

import argparse
from pathlib import Path

from cli import home
from cli.output import DONE, say
from cli.records import in_words, pair, say_record, set_option
from models.domain import words
from models.services.views.lists import Record


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family; lists, voids and history are those of records."""
    parser = commands.add_parser("inspection", parents=[common], help=words.TABLE["inspection"])
    verbs = parser.add_subparsers(dest="verb", required=True)
    parser.set_defaults(verbs=verbs)
    made = verbs.add_parser("add", parents=[common], help="开始一次检查")
    made.set_defaults(act=_add)
    zero = verbs.add_parser("zero", parents=[common], help="零报告：今天查过，没有发现问题")
    zero.set_defaults(act=_zero)
    shown = verbs.add_parser("show", parents=[common], help="一次检查和它的检查项")
    shown.set_defaults(act=_show)
    changed = verbs.add_parser("edit", parents=[common], help="修改检查的基本情况")
    changed.set_defaults(act=_edit)
    answered = verbs.add_parser("answer", parents=[common], help="填检查项：yes、no 或 na")
    answered.add_argument("--note", action="extend", nargs="+", default=[], type=pair, metavar="item=text")
    answered.add_argument("--rest", choices=tuple(words.ANSWER), default="", help="其余没有填的都填这个")
    answered.set_defaults(act=_answer)
    done = verbs.add_parser("finish", parents=[common], help="检查完成")
    done.add_argument("--day", default="", help="哪一天完成，默认是检查那天")
    done.set_defaults(act=_finish)
    form = verbs.add_parser("read", parents=[common], help="读入填好的 Excel 检查表")
    form.add_argument("file", type=Path)
    form.set_defaults(act=_read)
    found = verbs.add_parser("problem", parents=[common], help="把结果是“否”的一项登记为问题")
    found.set_defaults(act=_problem)
    for one in (shown, changed, answered, done, found):
        one.add_argument("id")
    found.add_argument("item")
    found.add_argument("--fixed", action="store_true", help="立行立改，当场已经整改")
    for one in (made, zero, changed, answered, found):
        set_option(one)


def _say(one: Record, given: argparse.Namespace) -> int:
    said = [in_words(one, "inspection")]
    said += [
        f"{line['item']}  {words.ANSWER.get(line['answer'] or '', '没有填')}  {line['text'] or ''}"
        f"{'  ' + line['note'] if line['note'] else ''}"
        for line in one["answers"]
    ]
    said += [f"得分：{mark['got']}/{mark['full']}，折合 {mark['percent']}" for mark in one["marks"] if mark["full"]]
    say(one, "\n".join(said), as_json=given.json)
    return DONE


def _add(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).inspections.add(dict(given.set)), given)


def _zero(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).inspections.zero(dict(given.set)), given)


def _show(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).records.show("inspection", given.id), given)


def _edit(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).inspections.edit(given.id, dict(given.set), given.why), given)


def _answer(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).inspections
    return _say(at.answer(given.id, dict(given.set), dict(given.note), given.rest), given)


def _read(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).inspections.read_form(given.file), given)


def _finish(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).inspections.finish(given.id, given.day), given)


def _problem(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).inspections
    record = at.register(given.id, given.item, dict(given.set), fixed=given.fixed)
    return say_record(record, "problem", as_json=given.json)
