"""The county's dictionaries by command: dictionary list, show, set."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from cli import home
from cli.output import DONE, say
from models.errors import LedgerError
from models.services.views.dictionaries import DictionaryView

LARGEST = 1_000_000  # bytes of a file that is read


@dataclass(eq=False)
class NotJson(LedgerError):
    """The file is no JSON."""

    code = "S323"
    title = "字典没有保存"
    path: Path

    @property
    def message(self) -> str:
        return f"“{self.path.name}”不是 JSON 文件或读不出来，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return "请用 dictionary show 看现在的内容，照它的样子写。"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    verbs = commands.add_parser("dictionary", parents=[common], help="字典").add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", parents=[common], help="列出字典").set_defaults(act=_list)
    shown = verbs.add_parser("show", parents=[common], help="一个字典的内容")
    shown.add_argument("name")
    shown.set_defaults(act=_show)
    changed = verbs.add_parser("set", parents=[common], help="县：改一个字典，随下一个包发给各单位")
    changed.add_argument("name")
    what = changed.add_mutually_exclusive_group(required=True)
    what.add_argument("--file", type=Path, help="新的内容（JSON）")
    what.add_argument("--default", action="store_true", help="恢复程序自带的内容")
    changed.add_argument("--why", default="", help="为什么改")
    changed.set_defaults(act=_set)


def _list(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).dictionaries.list()
    text = "\n".join(f"{one.name}  {one.label}{'（县里改过）' if one.own else ''}" for one in found)
    say({"dictionaries": found}, text, as_json=given.json)
    return DONE


def _show(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).dictionaries.show(given.name), as_json=given.json)


def _set(given: argparse.Namespace) -> int:
    content = None if given.default else read_json(given.file)
    at = home.opened(given.home, given.user).dictionaries
    return _say(at.set(given.name, content, given.why), as_json=given.json)


def _say(one: DictionaryView, *, as_json: bool) -> int:
    say(asdict(one), f"{one.label}\n{json.dumps(one.content, ensure_ascii=False, indent=2)}", as_json=as_json)
    return DONE


def read_json(path: Path) -> object:
    """What a JSON file says; refused where it is none."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise NotJson(path)
        found = json.loads(path.read_text(encoding="utf-8-sig"))
        json.dumps(found, ensure_ascii=False).encode()  # half a character is no text
    except (OSError, ValueError, RecursionError) as error:
        raise NotJson(path) from error
    if found is None:
        raise NotJson(path)
    return found
