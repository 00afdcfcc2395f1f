"""Parsing a command and running it: exit 0 done, 1 a bug, 2 wrong usage, 3 refused and nothing was changed."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import traceback
from collections.abc import Sequence
from functools import cache
from logging.handlers import RotatingFileHandler
from pathlib import Path

from cli import (
    campaigns,
    care,
    checklists,
    devices,
    dictionaries,
    doubles,
    evidence,
    exchange,
    figures,
    home,
    inspections,
    lookbacks,
    milestones,
    months,
    notices,
    people,
    records,
    recovery,
    report,
    requests,
    seals,
    sources,
    steps,
    templates,
    users,
    workbooks,
)
from cli.output import BUG, REFUSED, Stopped, refusal, say
from models.errors import LedgerError

OPENED = frozenset(
    {".hgb", ".hgf", ".xlsx", ".xls", ".csv"}
)  # files that the window opens when it is started with them
_FAMILIES = (
    people,
    users,
    devices,
    recovery,
    records,
    sources,
    checklists,
    inspections,
    campaigns,
    requests,
    lookbacks,
    milestones,
    steps,
    months,
    notices,
    doubles,
    workbooks,
    evidence,
    exchange,
    figures,
    seals,
    dictionaries,
    report,
    templates,
    care,
)


def files_apart(given: Sequence[str]) -> tuple[list[str], list[Path]]:
    """Tell files at the end, as a double click passes them, from the options; after a command nothing is a file."""
    at = 0
    while at < len(given) and given[at].startswith("-"):
        at += 2 if given[at] in ("--home", "--as") else 1
    if at < len(given) and Path(given[at]).suffix.lower() in OPENED:
        return list(given[:at]), [Path(word) for word in given[at:]]
    return list(given), []


def parse(given: Sequence[str]) -> argparse.Namespace:
    """The command and its options. Wrong usage ends the program with 2."""
    _speak_utf8()
    parser = _parser()
    # Given as a namespace: `set_defaults` would reach into the options that all commands share.
    found = parser.parse_args(given, argparse.Namespace(home=None, json=False, user=None, command=None))
    if not all(_is_text(value) for value in vars(found).values()):
        parser.error("命令里有的文字不是 UTF-8 编码")
    return found


@cache
def _parser() -> argparse.ArgumentParser:
    """All commands: built once, since that takes longer than most of them."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--home", type=Path, help="数据文件夹（默认：HUANGAI_HOME、程序旁的 data 或系统的用户数据目录）"
    )
    common.add_argument("--json", action="store_true", help="输出一个 JSON 对象，供脚本使用")
    common.add_argument("--as", dest="user", metavar="USER", help="以哪个用户的身份操作")
    parser = argparse.ArgumentParser(
        prog="huangai", description="环改台账：不带命令时打开窗口。", parents=[common], allow_abbrev=False
    )
    commands = parser.add_subparsers(dest="command", metavar="命令", parser_class=_Quiet)
    for family in _FAMILIES:
        family.add(commands, common)
    return parser


def _is_text(value: object) -> bool:
    """Whether no half characters stand in what was typed. File names are bytes, and may hold anything."""
    if isinstance(value, list | tuple):
        return all(_is_text(inner) for inner in value)
    return not isinstance(value, str) or not any("\ud800" <= sign <= "\udfff" for sign in value)


class _Quiet(argparse.ArgumentParser):
    """A parser for one command: no guessing of abbreviated options."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{"allow_abbrev": False, **options})  # pyright: ignore[reportArgumentType]


def run(arguments: argparse.Namespace) -> int:
    """Run one command at the hatch."""
    try:
        return arguments.act(arguments)
    except LedgerError as error:
        say(refusal(error), f"{error.message}\n{error.way_out}", as_json=arguments.json)
        return REFUSED
    except KeyboardInterrupt:
        stopped = Stopped()
        sys.stderr.write(f"{stopped.message}\n")
        if arguments.json:
            say(refusal(stopped), "", as_json=True)
        return REFUSED
    except Exception as bug:
        path = _log(arguments.home or home.default_home())
        logging.getLogger("huangai").exception("a command broke")
        sys.stderr.write(f"程序出了意外（{type(bug).__name__}），已写入日志 {path}，请把它交给技术人员。\n")
        return BUG


def _speak_utf8() -> None:
    """What goes into a pipe or a file is UTF-8 everywhere, help and wrong usage too."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # pyright: ignore[reportAttributeAccessIssue]


def _log(folder: Path) -> Path:
    """Where the traceback of a bug goes: the home's log, or the temporary folder where there is no home."""
    target = folder
    try:
        target = folder / "log" if folder.is_dir() else Path(tempfile.gettempdir())
        target.mkdir(exist_ok=True)
        handler = RotatingFileHandler(target / "huangai.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    except OSError:
        traceback.print_exc()
        return target
    logging.getLogger("huangai").addHandler(handler)
    return target / "huangai.log"
