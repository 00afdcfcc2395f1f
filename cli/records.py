"""Records by command: list, show, add, edit, void, history; measures, dispatches; conflicts."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from cli import home
from cli.output import DONE, say
from models.domain import words
from models.domain.field import Type
from models.domain.fields import INSPECTED, PLURAL, SOURCES, TABLES, label
from models.services.views.lists import Record

KINDS = {**PLURAL, **SOURCES}  # that are added and edited here
SHOWN = {**KINDS, **INSPECTED}  # that are listed, shown and voided here


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family; `records import` and `export` are those of workbooks."""
    _records(commands, common)
    for name, verbs in (("measure", ("add", "edit")), ("dispatch", ("add",))):
        part = commands.add_parser(name, parents=[common], help=words.TABLE[name]).add_subparsers(
            dest="verb", required=True
        )
        for verb in verbs:
            one = part.add_parser(verb, parents=[common])
            one.add_argument("problem")
            if verb == "edit":
                one.add_argument("id")
            set_option(one)
            one.set_defaults(act=_part, part=name)
        commands.choices[name].set_defaults(verbs=part)
    conflict = commands.add_parser("conflict", parents=[common], help="冲突").add_subparsers(dest="verb", required=True)
    conflict.add_parser("list", parents=[common], help="列出冲突").set_defaults(act=_conflicts)
    settle = conflict.add_parser("settle", parents=[common], help="选定一个值")
    settle.add_argument("id")
    choice = settle.add_mutually_exclusive_group(required=True)
    choice.add_argument("--head", type=int, help="第几个值，从 0 数起")
    choice.add_argument("--value", help="合并后的文字")
    choice.add_argument("--take", choices=("ours", "theirs"))
    choice.add_argument("--both", action="store_true", help="两者都留：长文字各写一段，多个值合在一起")
    settle.set_defaults(act=_settle)


def _records(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    verbs = commands.add_parser("records", parents=[common], help="台账记录").add_subparsers(dest="verb", required=True)
    commands.choices["records"].set_defaults(verbs=verbs)
    listed = verbs.add_parser("list", parents=[common], help="列出记录")
    listed.add_argument("kind", choices=tuple(SHOWN))
    listed.add_argument("--where", action="append", default=[], type=pair, metavar="field=value")
    listed.add_argument("--search", default="", metavar="WORDS")
    listed.add_argument("--limit", type=count)
    listed.add_argument("--void", action="store_true", help="列出已作废的")
    listed.set_defaults(act=_list)
    for verb, act, text in (
        ("show", _show, "一条记录"),
        ("history", _history, "修改历史"),
        ("unvoid", _unvoid, "恢复作废的记录"),
    ):
        one = verbs.add_parser(verb, parents=[common], help=text)
        one.add_argument("kind", choices=tuple(SHOWN))
        one.add_argument("id")
        one.set_defaults(act=act)
    new = verbs.add_parser("add", parents=[common], help="新增记录")
    new.add_argument("kind", choices=tuple(KINDS))
    set_option(new)
    new.set_defaults(act=_add)
    edit = verbs.add_parser("edit", parents=[common], help="修改记录")
    edit.add_argument("kind", choices=tuple(KINDS))
    edit.add_argument("id")
    set_option(edit)
    edit.set_defaults(act=_edit)
    void = verbs.add_parser("void", parents=[common], help="作废记录")
    void.add_argument("kind", choices=tuple(SHOWN))
    void.add_argument("id")
    void.add_argument("--why", required=True)
    void.set_defaults(act=_void)


def pair(text: str) -> tuple[str, str]:
    """A name and a value, as an option says them."""
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise argparse.ArgumentTypeError(f"应写成 field=value：{text}")
    return name, value


def count(text: str) -> int:
    """A number of things, as an option says it."""
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"应是一个数：{text}")
    return int(text)


def set_option(parser: argparse.ArgumentParser) -> None:
    """The options of every verb that sets fields."""
    parser.add_argument("--set", action="extend", nargs="+", default=[], type=pair, metavar="field=value")
    parser.add_argument("--why", default="", help="为什么改")


def _list(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).records
    total, found = at.list(SHOWN[given.kind], words=given.search, where=given.where, limit=given.limit, void=given.void)
    lines = [f"{r.get('number') or r.get('receipt_number') or r['id']}  {_title(r)}" for r in found]
    say({"total": total, "records": found}, "\n".join([*lines, f"共 {total} 条"]), as_json=given.json)
    return DONE


def _title(record: Record) -> str:
    named = (record.get(name) for name in ("description", "content", "name", "title", "place", "village"))
    return str(next(filter(None, named), ""))[:40]


def say_record(record: Record, table: str, *, as_json: bool) -> int:
    """Print one record, and what is doubtful about it."""
    doubts = [f"请核对：{one}。" for one in record.get("doubts", ())]
    say(record, "\n".join([in_words(record, table), *doubts]), as_json=as_json)
    return DONE


def in_words(record: Mapping[str, Any], table: str) -> str:
    """A record as lines of label and value."""
    names = [*TABLES[table], "closed_on", "finished_on", "remark", "exchange"]
    return "\n".join(f"{label(table, n)}：{_said(record, table, n)}" for n in names if record.get(n) not in (None, ""))


def _said(record: Mapping[str, Any], table: str, name: str) -> str:
    """A value as people read it; of another record its number."""
    if other := record.get(f"{name}_record"):
        return str(other["number"] or other["title"])
    known = TABLES[table].get(name)
    if known and known.type is Type.CHOICE:
        return known.states.get(str(record[name]), str(record[name]))
    return str(record[name]) if name == "completed_on" else words.say(name, record[name])


def _show(given: argparse.Namespace) -> int:
    table = SHOWN[given.kind]
    return say_record(home.opened(given.home, given.user).records.show(table, given.id), table, as_json=given.json)


def _history(given: argparse.Namespace) -> int:
    changes = home.opened(given.home, given.user).records.history(SHOWN[given.kind], given.id)
    text = "\n".join(f"{c.at[:16]}  {c.unit_name} {c.by}  {c.label}：{c.old or '—'} → {c.new or '—'}" for c in changes)
    say({"changes": changes}, text, as_json=given.json)
    return DONE


def _add(given: argparse.Namespace) -> int:
    table = SHOWN[given.kind]
    record = home.opened(given.home, given.user).records.add(table, dict(given.set), given.why)
    return say_record(record, table, as_json=given.json)


def _edit(given: argparse.Namespace) -> int:
    table = SHOWN[given.kind]
    record = home.opened(given.home, given.user).records.edit(table, given.id, dict(given.set), given.why)
    return say_record(record, table, as_json=given.json)


def _void(given: argparse.Namespace) -> int:
    table = SHOWN[given.kind]
    record = home.opened(given.home, given.user).records.void(table, given.id, given.why)
    return say_record(record, table, as_json=given.json)


def _unvoid(given: argparse.Namespace) -> int:
    table = SHOWN[given.kind]
    return say_record(home.opened(given.home, given.user).records.unvoid(table, given.id), table, as_json=given.json)


def _part(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).records
    values = dict(given.set)
    if given.part == "dispatch":
        record = at.add_dispatch(given.problem, values)
    elif given.verb == "add":
        record = at.add_measure(given.problem, values)
    else:
        record = at.edit_measure(given.problem, given.id, values)
    return say_record(record, "problem", as_json=given.json)


def _conflicts(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).conflicts.list()
    text = "\n".join(
        f"{c.id}  {c.title[:30]}  {c.label}："
        + " ｜ ".join(f"[{n}] {h.value}（{h.unit_name}）" for n, h in enumerate(c.heads))
        for c in found
    )
    say({"conflicts": found}, text or "没有冲突。", as_json=given.json)
    return DONE


def _settle(given: argparse.Namespace) -> int:
    record = home.opened(given.home, given.user).conflicts.settle(
        given.id, head=given.head, value=given.value, take=given.take, both=given.both
    )
    return say_record(record, record["table"], as_json=given.json)
