"""PCs by command: device, and aside for what stopped PCs wrote."""

from __future__ import annotations

import argparse

from cli import home
from cli.output import DONE, Told, say
from models.services.views.devices import DeviceView


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    verbs = commands.add_parser("device", parents=[common], help="电脑").add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", parents=[common], help="列出各单位的电脑").set_defaults(act=_list)
    revoke = verbs.add_parser("revoke", parents=[common], help="县：停用一台电脑，不能撤回")
    revoke.add_argument("id", help="电脑的标识，或它的前几位")
    revoke.set_defaults(act=_revoke)

    verbs.add_parser("renew", parents=[common], help="本机换新密钥，再写登记申请").set_defaults(act=_renew)

    aside = commands.add_parser("aside", parents=[common], help="放在一边的包和改动").add_subparsers(
        dest="verb", required=True
    )
    aside.add_parser("list", parents=[common], help="列出放在一边的").set_defaults(act=_aside_list)
    look = aside.add_parser("look", parents=[common], help="看接收后会改什么，不写入")
    look.add_argument("id")
    look.set_defaults(act=_aside_look)
    take = aside.add_parser("take", parents=[common], help="县：决定接收")
    take.add_argument("id")
    take.set_defaults(act=_aside_take)
    aside.add_parser("seen", parents=[common], help="停用电脑的改动已看过，不再列出").set_defaults(act=_aside_seen)


def _list(given: argparse.Namespace) -> int:
    return _show(home.opened(given.home, given.user).devices.list(), as_json=given.json)


def _revoke(given: argparse.Namespace) -> int:
    return _show(home.opened(given.home, given.user).devices.revoke(given.id), as_json=given.json)


def _renew(given: argparse.Namespace) -> int:
    return _show(home.opened(given.home, given.user).devices.renew(), as_json=given.json)


def _show(devices: tuple[DeviceView, ...], *, as_json: bool) -> int:
    text = "\n".join(
        f"{d.id}  {d.unit_name}  {'本机' if d.this else ''}{'已停用' if d.revoked else '在用'}"
        f"  上次收到 {d.heard[:10] or '—'}{f'  像是恢复或复制过 {d.forks} 次' if d.forks else ''}"
        for d in devices
    )
    say({"devices": devices}, text, as_json=as_json)
    return DONE


def _aside_list(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).aside
    kept, late = at.list(), at.late()
    lines = [f"{k.id}  {k.unit_name}  第 {k.number} 包  {k.operations} 条改动  {k.at[:10]}" for k in kept]
    lines += [f"已采用，请看一看：{one.title or one.record}（{one.unit_name}，{one.operations} 条）" for one in late]
    say({"aside": kept, "late": late}, "\n".join(lines) or "没有放在一边的内容。", as_json=given.json)
    return DONE


def _aside_look(given: argparse.Namespace) -> int:
    report = home.opened(given.home, given.user).aside.look(given.id, Told())
    say({"report": report}, report.message, as_json=given.json)
    return DONE


def _aside_take(given: argparse.Namespace) -> int:
    done = home.opened(given.home, given.user).aside.take(given.id, Told())
    say({"taken": done.operations, "message": done.message}, done.message, as_json=given.json)
    return DONE


def _aside_seen(given: argparse.Namespace) -> int:
    home.opened(given.home, given.user).aside.seen()
    say({"seen": True}, "已记下。", as_json=given.json)
    return DONE
