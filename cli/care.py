"""Care by command: check, backup, demo, self-check."""

from __future__ import annotations

import argparse
from pathlib import Path

from cli import home
from cli.output import DONE, say
from models.services.home.restoring import restore


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    check = commands.add_parser("check", parents=[common], help="检查台账")
    check.add_argument("--deep", action="store_true", help="从操作记录重算全部表格并比较")
    check.set_defaults(act=_check)
    backup = commands.add_parser("backup", parents=[common], help="备份台账")
    backup.add_argument("--to", type=Path, required=True)
    backup.set_defaults(act=_backup)
    restore = commands.add_parser("restore", parents=[common], help="用备份恢复台账")
    restore.add_argument("file", type=Path)
    restore.set_defaults(act=_restore)
    demo = commands.add_parser("demo", parents=[common], help="演示：一个县和三个乡镇的完整交换")
    demo.add_argument("--towns", type=int, default=3)
    demo.add_argument("--out", type=Path, default=Path("demo-out"))
    demo.set_defaults(act=_demo)
    commands.add_parser("self-check", parents=[common], help="程序自检").set_defaults(act=_self_check)


def _check(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).care.check(deep=given.deep)
    text = "\n".join([("台账完好。" if found.ok else "台账有问题。"), *(f"  {f.text}" for f in found.findings)])
    say({"ok": found.ok, "findings": found.findings}, text, as_json=given.json)
    return DONE


def _backup(given: argparse.Namespace) -> int:
    path = home.opened(given.home, given.user).care.backup(given.to)
    say({"path": path, "verified": True}, f"已备份并试开：{path}", as_json=given.json)
    return DONE


def _restore(given: argparse.Namespace) -> int:
    aside = restore(given.home or home.default_home(), given.file, passphrase=home.asked_passphrase,
                    identify=home.identify_as(given.user))  # fmt: skip
    kept = f"原来的台账保留在 {aside}。" if aside else ""
    text = f"已恢复。{kept}恢复后请与县里交换一次。"
    say({"path": aside, "verified": True}, text, as_json=given.json)
    return DONE


def _demo(given: argparse.Namespace) -> int:
    from cli.demo import play

    return play(given.out, given.towns, as_json=given.json)


def _self_check(given: argparse.Namespace) -> int:
    from models.services.self_check import self_check

    steps = self_check()
    say({"ok": True, "steps": steps}, "自检通过。", as_json=given.json)
    return DONE
