"""By command: the findings behind a number, and lists for 抽查."""

from __future__ import annotations

import argparse
from pathlib import Path

from cli import home
from cli.figures import day
from cli.output import DONE, say
from cli.report import to_pdf
from models.domain import words
from models.services.inspections.sampling import as_record
from models.services.views.campaigns import Wanted
from models.services.views.lists import Record
from models.services.views.sampling import OF, SIZE, Lot


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Two more commands of inspections."""
    verbs = commands.choices["inspection"].get_default("verbs")
    found = verbs.add_parser("findings", parents=[common], help="查出的问题逐条列出，后来怎样")
    found.add_argument("--as-of", type=day, metavar="DATE", help="截至哪一天")
    found.add_argument("--known-by", type=day, metavar="DATE", help="只用到这一天为止已经到本机的内容")
    found.add_argument("--since", type=day, metavar="DATE", help="从哪一天起的检查")
    found.add_argument("--campaign", default="", help="只看这一次专项排查")
    found.add_argument("--unit", default="", help="只看一个单位")
    found.add_argument("--theme", choices=tuple(words.THEME), help="只看一个主题")
    found.add_argument("--fate", choices=tuple(words.FATE), default="", help="只看后来这样的")
    found.set_defaults(act=_findings)
    drawn = verbs.add_parser("sample", parents=[common], help="抽查名单：按名称抽签，同一个名称抽出同样的")
    drawn.add_argument("--name", default="", help="抽查的名称，抽签按它来")
    drawn.add_argument("--of", choices=tuple(OF), default="sources", help="从哪里抽")
    drawn.add_argument("--unit", action="append", default=[], help="只抽这些单位")
    drawn.add_argument("--theme", action="append", default=[], help="只抽按这些主题查过的")
    drawn.add_argument("--kind", action="append", default=[], help="只抽这些类别的污染源")
    many = drawn.add_mutually_exclusive_group()
    many.add_argument("--size", type=int, default=SIZE, metavar="N", help="每个单位抽几个")
    many.add_argument("--share", type=int, default=0, metavar="P", help="每个单位抽百分之几，至少一个")
    drawn.add_argument("--out", type=Path, help="写成 .pdf 或 .xlsx")
    drawn.set_defaults(act=_sample)


def _findings(given: argparse.Namespace) -> int:
    wanted = Wanted(
        given.as_of, given.known_by, given.since, given.campaign, given.unit, given.theme, given.fate
    )  # fmt: skip
    found = home.opened(given.home, given.user).inspections.findings(wanted)
    say({"findings": found}, "\n".join(map(_line, found)) or "没有查出问题。", as_json=given.json)
    return DONE


def _line(one: Record) -> str:
    return (
        f"{one['inspected_on']}  {one['unit_name']}  {one['place']}  {one['fate_said']}  {one['note'] or one['text']}"
    )


def _sample(given: argparse.Namespace) -> int:
    lot = Lot(
        given.name, given.of, tuple(given.unit), tuple(given.theme), tuple(given.kind),
        0 if given.share else given.size, given.share or 1,
    )  # fmt: skip
    office = home.opened(given.home, given.user)
    made = office.sampling.draw(lot)
    path = office.papers.write(office.sampling.paper(lot), given.out, to_pdf) if given.out else None
    lines = [f"{one.unit_name}  {one.rank}  {one.title}  {one.place}" for one in made.lines]
    record = as_record(made) | ({"path": path} if path else {})
    say(record, "\n".join([made.basis, *lines]), as_json=given.json)
    return DONE
