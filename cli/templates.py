"""Templates of papers by command: written out to be edited in Word, taken in, given up again."""

from __future__ import annotations

import argparse
from pathlib import Path

from cli import home
from cli.output import DONE, say
from models.services.papers.templates import WORDS
from models.services.views.templates import TemplateView


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    parser = commands.add_parser("template", parents=[common], help="文书模板：写出来在 Word 里改，再放回来")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", parents=[common], help="哪些文书可以有自己的模板").set_defaults(act=_list)
    named = "、".join(f"{name}（{word}）" for name, word in WORDS.items())
    for verb, act, said in (
        ("write", _write, "写出现在用的模板（.docx）"),
        ("take", _take, "放回改好的模板"),
        ("drop", _drop, "恢复程序自带的"),
    ):
        one = verbs.add_parser(verb, parents=[common], help=said)
        one.add_argument("name", help=named)
        one.set_defaults(act=act)
        if verb == "write":
            one.add_argument("--out", type=Path, required=True)
        if verb == "take":
            one.add_argument("--file", type=Path, required=True)


def _list(given: argparse.Namespace) -> int:
    return _said(home.opened(given.home, given.user).templates.list(), given)


def _write(given: argparse.Namespace) -> int:
    path = home.opened(given.home, given.user).templates.write(given.name, given.out)
    say({"path": path}, f"已写出：{path}。改好以后用 template take 放回来。", as_json=given.json)
    return DONE


def _take(given: argparse.Namespace) -> int:
    return _said(home.opened(given.home, given.user).templates.take(given.name, given.file), given)


def _drop(given: argparse.Namespace) -> int:
    return _said(home.opened(given.home, given.user).templates.drop(given.name), given)


def _said(every: tuple[TemplateView, ...], given: argparse.Namespace) -> int:
    lines = (f"{one.name}  {one.word}  {f'自己的（{one.since}）' if one.own else '程序自带的'}" for one in every)
    say({"templates": [one._asdict() for one in every]}, "\n".join(lines), as_json=given.json)
    return DONE
