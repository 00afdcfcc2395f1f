"""Figures by command: tally, digest."""

from __future__ import annotations

import argparse
from datetime import date

from cli import home
from cli.output import DONE, say


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    tally = commands.add_parser("tally", parents=[common], help="统计数字和一段话")
    tally.add_argument("--as-of", type=day, metavar="DATE", help="截至哪一天")
    tally.add_argument("--known-by", type=day, metavar="DATE", help="只用到这一天为止已经到本机的内容")
    tally.add_argument("--unit", metavar="CODE")
    tally.add_argument("--source")
    tally.add_argument("--merged-once", action="store_true", help="合并件只算一次")
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
    found = home.opened(given.home, given.user).figures.tally(
        given.as_of, given.known_by, unit=given.unit, source=given.source, merged_once=given.merged_once
    )
    say(found, found["paragraph"], as_json=given.json)
    return DONE


def _digest(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).exchange.digest(given.unit)
    say(found, f"{found['scope']}  {found['operations']} 条  {found['digest']}", as_json=given.json)
    return DONE
