"""Figures by command: tally, digest."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from cli import home
from cli.output import DONE, say
from models.domain.breakdown import WAYS, Way, named
from models.domain.meaning import FIGURES, SWITCHES, Meaning
from models.services.views.breakdowns import Asked


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    tally = commands.add_parser("tally", parents=[common], help="统计数字和一段话")
    tally.add_argument("--as-of", type=day, metavar="DATE", help="截至哪一天")
    tally.add_argument("--known-by", type=day, metavar="DATE", help="只用到这一天为止已经到本机的内容")
    tally.add_argument("--unit", metavar="CODE")
    tally.add_argument("--source", action="append", help="只算这个来源的；可以写几次")
    for name, help_ in SWITCHES.items():
        tally.add_argument(f"--{name.replace('_', '-')}", action="store_true", help=help_)
    tally.add_argument("--by", choices=[*WAYS["problem"]], help="按什么分开（不带 --json 时另列一张表）")
    tally.add_argument("--across", choices=[*WAYS["problem"]], help="再按什么分开：一张行列表（要和 --by 一起用）")
    tally.set_defaults(act=_tally)
    digest = commands.add_parser("digest", parents=[common], help="数据摘要：两台电脑相同即内容相同")
    digest.add_argument("--unit", metavar="CODE")
    digest.set_defaults(act=_digest)


def day(text: str) -> date:
    """A day as an option states it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"不是日期（应写成 2024-04-30）：{text}") from None


def _tally(given: argparse.Namespace) -> int:
    office = home.opened(given.home, given.user)
    found = office.figures.tally(
        given.as_of, given.known_by, unit=given.unit and office.units.code_of(given.unit), sources=given.source,
        meaning=Meaning(**{name: getattr(given, name) for name in SWITCHES}),
    )  # fmt: skip
    table = _table(found[f"by_{given.by}"], WAYS["problem"][given.by]) if given.by else []
    if given.by and given.across:
        crossed = _crossed(given)
        found["cross"] = crossed
        table = ["\t".join(["", "合计", *(one["name"] for one in crossed["columns"])])]
        table += ["\t".join([row["name"], str(row["total"]), *map(str, row["cells"])]) for row in crossed["rows"]]
    say(found, "\n".join((found["paragraph"], *table)), as_json=given.json)
    return DONE


def _crossed(given: argparse.Namespace) -> dict[str, Any]:
    """One breakdown crossed with another: rows of numbers, the total first."""
    asked = Asked("problem", given.by, given.as_of, given.known_by, across=given.across)
    found = home.opened(given.home, given.user).figures.breakdown(asked)
    rows = [
        {"key": one.key, "name": one.name, "total": one.counts["total"], "cells": list(one.cells)}
        for one in (found.total, *found.rows)
    ]
    columns = [{"name": one.name, "keys": list(one.keys)} for one in found.across]
    return {"by": given.by, "across": given.across, "columns": columns, "rows": rows}


def _table(rows: list[dict[str, Any]], way: Way) -> list[str]:
    """A breakdown for a terminal: the value, and the figures by their headings."""
    shown = ("total", "completed", "closed", "remaining", "long_term")
    heads = FIGURES["problem"]
    return [
        f"{row.get('name') or named(way, row[way.key])}："
        + "，".join(f"{heads[name].heading} {row[name]}" for name in shown)
        for row in rows
    ]


def _digest(given: argparse.Namespace) -> int:
    office = home.opened(given.home, given.user)
    found = office.exchange.digest(given.unit and office.units.code_of(given.unit))
    say(found, f"{found['scope']}  {found['operations']} 条  {found['digest']}", as_json=given.json)
    return DONE
