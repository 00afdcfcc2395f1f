"""Likely doubles by command, for the county: list, merge, take back, tell apart."""

from __future__ import annotations

import argparse

from cli import home
from cli.output import DONE, say
from models.domain.fields import PLURAL, SOURCES


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    verbs = commands.add_parser("double", parents=[common], help="疑似重复（县级）").add_subparsers(
        dest="verb", required=True
    )
    listed = verbs.add_parser("list", parents=[common], help="列出疑似重复")
    merge = verbs.add_parser("merge", parents=[common], help="合并：后一条并入前一条")
    back = verbs.add_parser("unmerge", parents=[common], help="撤销合并")
    apart = verbs.add_parser("apart", parents=[common], help="不是同一件，以后不再提示")
    for one in (listed, merge, back, apart):
        one.add_argument("kind", choices=(*PLURAL, *SOURCES) if one is apart else tuple(PLURAL))
    for one in (merge, apart):
        one.add_argument("keep", metavar="ID")
        one.add_argument("gone", metavar="ID")
    back.add_argument("gone", metavar="ID")
    merge.add_argument("--why", default="", help="合并的原因，记进历史")
    apart.add_argument("--undo", action="store_true", help="重新提示这一对")
    listed.set_defaults(act=_list)
    merge.set_defaults(act=_merge)
    back.set_defaults(act=_unmerge)
    apart.set_defaults(act=_apart)


def _list(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).doubles.list(PLURAL[given.kind])
    pairs = [
        {"one": pair.one, "other": pair.other, "number": pair.field or None, "percent": pair.percent}
        for pair in found.pairs
    ]
    text = "\n".join(
        f"{pair.one.id} {pair.one.number} {pair.one.title[:24]}  ｜  {pair.other.id} {pair.other.number} "
        f"{pair.other.title[:24]}  （{f'{pair.label}相同' if pair.label else f'文字 {pair.percent}% 相同'}）"
        for pair in found.pairs
    )
    say({"total": found.count, "pairs": pairs}, text or "没有疑似重复。", as_json=given.json)
    return DONE


def _merge(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).doubles
    record = at.merge(PLURAL[given.kind], given.keep, given.gone, given.why)
    return _say(record, "已合并", as_json=given.json)


def _unmerge(given: argparse.Namespace) -> int:
    record = home.opened(given.home, given.user).doubles.unmerge(PLURAL[given.kind], given.gone)
    return _say(record, "已撤销合并", as_json=given.json)


def _say(record: dict[str, object], done: str, *, as_json: bool) -> int:
    say(record, f"{done}：{record.get('number') or record.get('receipt_number') or record['id']}", as_json=as_json)
    return DONE


def _apart(given: argparse.Namespace) -> int:
    at, table = home.opened(given.home, given.user).doubles, (PLURAL | SOURCES)[given.kind]
    (at.ask_again if given.undo else at.tell_apart)(table, given.keep, given.gone)
    say({"apart": not given.undo}, "以后会再提示。" if given.undo else "以后不再提示。", as_json=given.json)
    return DONE
