"""The users of this PC by command: user add, list, passwd, role, remove, code, recover."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from dataclasses import dataclass

from cli import home
from cli.output import DONE, say
from models.domain import words
from models.errors import LedgerError
from models.services.home.user_refusals import BadSecret
from models.services.home.users import LEAST, MOST
from models.services.views.users import UserView


@dataclass(eq=False)
class NoNewSecret(LedgerError):
    """Nobody said what the new secret is, and there is no terminal to ask on."""

    code = "R446"
    title = "没有说新口令是什么，没有做任何改动"
    first: bool

    @property
    def way_out(self) -> str:
        also = "（添加第一个用户，写在 HUANGAI_PIN 里也行）" if self.first else ""
        return f"请把新口令写进环境变量 HUANGAI_NEW_PIN{also}，或者在终端里运行，当场输入。"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    verbs = commands.add_parser("user", parents=[common], help="这台电脑的用户").add_subparsers(
        dest="verb", required=True
    )
    verbs.add_parser("list", parents=[common], help="列出用户").set_defaults(act=_list)
    for verb, act, text, with_roles in (
        ("add", _add, "添加用户；第一个是管理员，不写角色就样样都能办", True),
        ("passwd", _passwd, "换口令", False),
        ("role", _role, "换角色", True),
        ("remove", _remove, "删除用户", False),
        ("recover", _recover, "用恢复码给管理员设新口令", False),
    ):
        one = verbs.add_parser(verb, parents=[common], help=text)
        one.add_argument("name")
        if with_roles:
            one.add_argument("--role", action="append", default=[], choices=tuple(words.ROLE))
        one.set_defaults(act=act)
    verbs.add_parser("code", parents=[common], help="换一个恢复码").set_defaults(act=_code)


def _new_secret(*, first: bool = False) -> str:
    """HUANGAI_NEW_PIN (of the first user, whom nobody lets in, also HUANGAI_PIN), or what is typed twice."""
    if given := os.environ.get("HUANGAI_NEW_PIN") or (os.environ.get("HUANGAI_PIN") if first else None):
        return given
    if sys.stdin is None or not sys.stdin.isatty():
        raise NoNewSecret(first)
    once = getpass.getpass("新口令：")
    if once != getpass.getpass("再输一遍："):
        raise BadSecret(LEAST, MOST)
    return once


def _list(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).users.list(), as_json=given.json)


def _add(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).users
    first = not at.are_there
    roles = given.role or (tuple(words.ROLE) if first else ())  # who is alone goes on doing everything
    return _say(at.add(given.name, roles, _new_secret(first=first)), at.take_code(), as_json=given.json)


def _code(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).users
    at.new_code()
    return _say(at.list(), at.take_code(), as_json=given.json)


def _recover(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).users
    users = at.recover(home.asked_code(), given.name, _new_secret())
    return _say(users, at.take_code(), as_json=given.json)


def _passwd(given: argparse.Namespace) -> int:
    office = home.opened(given.home, given.user)
    if given.user == given.name and (now := home.asked_secret()) is not None:
        office.users.sign_in(given.name, now)
    return _say(office.users.set_secret(given.name, _new_secret()), as_json=given.json)


def _role(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).users.set_roles(given.name, given.role), as_json=given.json)


def _remove(given: argparse.Namespace) -> int:
    return _say(home.opened(given.home, given.user).users.remove(given.name), as_json=given.json)


def _say(users: tuple[UserView, ...], code: str = "", *, as_json: bool) -> int:
    """`code`: a recovery code that was made just now; it is said this once."""
    text = "\n".join(f"{one.name}  {'、'.join(words.ROLE.get(r, r) for r in one.roles)}" for one in users)
    if code:
        text += f"\n恢复码：{code}\n只显示这一次。请抄在纸上锁好：管理员忘了口令，凭它设新口令。"
    made = {"recovery_code": code} if code else {}
    say({"users": users, **made}, text or "没有用户：谁都可以用这台电脑上的台账。", as_json=as_json)
    return DONE
