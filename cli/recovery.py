"""The recovery sheet by command: sheet, restore, meet."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cli import home
from cli.output import DONE, say
from cli.report import to_pdf

_SHEET_LETTERS = 100_000


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    verbs = commands.add_parser("recovery", parents=[common], help="县密钥恢复单").add_subparsers(
        dest="verb", required=True
    )
    sheet = verbs.add_parser("sheet", parents=[common], help="县：写出恢复单，打印后删除")
    sheet.add_argument("--out", type=Path, required=True, help=".pdf 或 .txt")
    sheet.set_defaults(act=_sheet)
    restore = verbs.add_parser("restore", parents=[common], help="县：照恢复单恢复密钥")
    restore.add_argument("file", type=Path, nargs="?", help="抄好的文字；不写就从键盘逐行录入")
    restore.set_defaults(act=_restore)
    meet = verbs.add_parser("meet", parents=[common], help="县：恢复以后，从各单位以前的数据包认识它们的电脑")
    meet.add_argument("path", type=Path, nargs="+")
    meet.set_defaults(act=_meet)


def _sheet(given: argparse.Namespace) -> int:
    path = home.opened(given.home, given.user).recovery.write(given.out, to_pdf)
    say({"path": path}, f"恢复单已写到 {path}，请打印后删除这个文件。", as_json=given.json)
    return DONE


def _restore(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user)
    if given.file:
        at.recovery.restore_from(given.file)
    else:
        if sys.stdin.isatty():
            sys.stderr.write("请照恢复单逐行录入，录完后另起一行按 Ctrl+D（Windows 按 Ctrl+Z 再回车）：\n")
        at.recovery.restore(sys.stdin.read(_SHEET_LETTERS))
    say({"device": at.here.device}, "县里的密钥已恢复。", as_json=given.json)
    return DONE


def _meet(given: argparse.Namespace) -> int:
    names = home.opened(given.home, given.user).recovery.meet(given.path)
    say({"units": names}, f"认识了 {'、'.join(names)} 的电脑，现在可以给它们写数据包。", as_json=given.json)
    return DONE
