"""Sealed months by command: seal add, list, show, changes."""

from __future__ import annotations

import argparse
from typing import Any

from cli import home
from cli.figures import day
from cli.output import DONE, say
from models.domain.words import SEAL_WHAT, TABLE
from models.services.views.seals import ChangedRecord, Seal, SealChanges


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    parser = commands.add_parser("seal", parents=[common], help="月底封账，以后看有什么变化")
    verbs = parser.add_subparsers(dest="verb", required=True)
    made = verbs.add_parser("add", parents=[common], help="把一天的数字按现在知道的封存")
    made.add_argument("--as-of", type=day, metavar="DATE", help="截至哪一天；不写就是最近一个月底")
    made.add_argument("--note", default="", help="备注")
    made.set_defaults(act=_add)
    verbs.add_parser("list", parents=[common], help="每一次封账，最近的在前").set_defaults(act=_list)
    shown = verbs.add_parser("show", parents=[common], help="一次封账的数字，并重新计算核对")
    shown.set_defaults(act=_show)
    changes = verbs.add_parser("changes", parents=[common], help="封账以后变了什么，为什么")
    changes.set_defaults(act=_changes)
    for verb in (shown, changes):
        verb.add_argument("number", nargs="?", type=int, help="第几次；不写就是最近一次")


def _add(given: argparse.Namespace) -> int:
    made = home.opened(given.home, given.user).seals.add(given.as_of, given.note)
    say(made._asdict(), f"已封账：{_line(made)}\n{made.paragraph}", as_json=given.json)
    return DONE


def _list(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).seals.list()
    text = "\n".join(map(_line, found)) or "还没有封过账。"
    say({"seals": [one._asdict() for one in found]}, text, as_json=given.json)
    return DONE


def _show(given: argparse.Namespace) -> int:
    seals = home.opened(given.home, given.user).seals
    one, agrees = seals.show(given.number), seals.agrees(given.number)
    checked = "重新计算，数字一致。" if agrees else "重新计算，数字不一致：程序的算法改过，或台账文件被别的工具改过。"
    say({**one._asdict(), "agrees": agrees}, f"{_line(one)}\n{one.paragraph}\n{checked}", as_json=given.json)
    return DONE


def _changes(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).seals.changes(given.number)
    said: dict[str, Any] = {
        "seal": found.seal._asdict(),
        "figures": [one._asdict() for one in found.figures],
        "records": [_record(one) for one in found.records],
        "paragraph": found.paragraph,
    }
    say(said, "\n".join(_in_words(found)), as_json=given.json)
    return DONE


def _record(one: ChangedRecord) -> dict[str, Any]:
    some = {name: [part._asdict() for part in getattr(one, name)] for name in ("fields", "causes")}
    return {**one._asdict(), **some, "why": one.why}


def _line(one: Seal) -> str:
    return f"第 {one.number} 次  截至 {one.as_of}  已知截至 {one.known_by}  {one.user}  {one.note}".rstrip()


def _in_words(found: SealChanges) -> list[str]:
    figures = [
        f"{TABLE[one.table]} {one.heading}：{one.then} → {one.now}（{one.now - one.then:+}）"
        for one in found.figures
        if one.then != one.now
    ]
    records = [
        f"{SEAL_WHAT[one.what]}  {one.number}  {one.title[:40]}  {one.unit_name}  "
        + "，".join(f"{part.label} {part.old} → {part.new}" for part in one.fields)
        + f"  （{one.why}）"
        for one in found.records
    ]
    return [_line(found.seal), *(figures or ["各项数字没有变化。"]), *(records or ["没有记录有变化。"])]
