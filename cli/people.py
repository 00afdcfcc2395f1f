"""Who is who: setup, unit, enrol."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cli import home
from cli.output import DONE, USAGE, Told, say
from models.services import opening


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    setup = commands.add_parser("setup", parents=[common], help="建立新的台账")
    _unit_options(setup, ("county", "township", "department"))
    setup.add_argument("--passphrase", action="store_true", help="给密钥设口令（取自 HUANGAI_PASSPHRASE 或当场输入）")
    setup.add_argument("--join", action="store_true", help="县里的又一台电脑：不建新的县，向第一台电脑申请登记")
    setup.set_defaults(act=_setup)

    unit = commands.add_parser("unit", parents=[common], help="单位名单").add_subparsers(dest="verb", required=True)
    new = unit.add_parser("add", parents=[common], help="县：添加一个单位")
    _unit_options(new, ("township", "department"))
    new.set_defaults(act=_unit_add)
    unit.add_parser("list", parents=[common], help="列出单位").set_defaults(act=_unit_list)

    enrol = commands.add_parser("enrol", parents=[common], help="登记电脑").add_subparsers(dest="verb", required=True)
    request = enrol.add_parser("request", parents=[common], help="乡镇：写出登记申请")
    request.add_argument("--to", type=Path, required=True)
    request.set_defaults(act=_request)
    approve = enrol.add_parser("approve", parents=[common], help="县：批准登记申请")
    approve.add_argument("file", type=Path)
    approve.add_argument("--unit", required=True)
    approve.add_argument("--to", type=Path, required=True)
    approve.set_defaults(act=_approve)
    accept = enrol.add_parser("accept", parents=[common], help="乡镇：读入县里的欢迎包")
    accept.add_argument("file", type=Path)
    accept.add_argument("--fingerprint", help="县里电话读出的 24 位数字")
    accept.set_defaults(act=_accept)


def _unit_options(parser: argparse.ArgumentParser, kinds: tuple[str, ...]) -> None:
    parser.add_argument("--kind", choices=kinds, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--code", required=True)


def _setup(given: argparse.Namespace) -> int:
    if given.join and given.kind != "county":
        sys.stderr.write("--join 只用于县里的又一台电脑；乡镇、部门的又一台电脑照常建立台账，再写登记申请。\n")
        return USAGE
    phrase = home.asked_passphrase() if given.passphrase else None
    made = opening.set_up(
        given.home or home.default_home(), given.kind, given.name, given.code, passphrase=phrase,
        protect=given.passphrase, join=given.join,
    )  # fmt: skip
    here = made.here
    made.close()
    say({"unit": here.unit, "device": here.device}, f"已建立{here.name}的台账。", as_json=given.json)
    return DONE


def _unit_add(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user)
    before = {one.code: one.name for one in at.units.list()}
    units = at.units.add(given.kind, given.name, given.code)
    name, was = given.name.strip(), before.pop(given.code, "")
    twin = next((code for code, other in before.items() if other == name), "")
    text = f"已把{was}改名为{name}（{given.code}）。" if was not in ("", name) else f"已添加{name}（{given.code}）。"
    text += f"请核对：{twin} 也叫{name}。" if twin else ""
    told = {name: value for name, value in (("was", was if was != name else ""), ("same_name", twin)) if value}
    say({"units": units, **told}, text, as_json=given.json)
    return DONE


def _unit_list(given: argparse.Namespace) -> int:
    units = home.opened(given.home, given.user).units.list()
    text = "\n".join(f"{u.code}  {u.name}  电脑 {u.devices} 台  问题 {u.problems} 个" for u in units)
    say({"units": units}, text, as_json=given.json)
    return DONE


def _request(given: argparse.Namespace) -> int:
    path = home.opened(given.home, given.user).enrolment.request(given.to)
    say({"path": path}, f"登记申请已写到 {path}，请交县环委办。", as_json=given.json)
    return DONE


def _approve(given: argparse.Namespace) -> int:
    done = home.opened(given.home, given.user).enrolment.approve(given.file, given.unit, given.to, Told())
    text = f"欢迎包已写到 {done.path}。\n请打电话核对 24 位号码：{done.fingerprint}"
    say({"path": done.path, "fingerprint": done.fingerprint}, text, as_json=given.json)
    return DONE


def _accept(given: argparse.Namespace) -> int:
    done = home.opened(given.home, given.user).enrolment.accept(given.file, given.fingerprint, Told())
    text = f"已在{done.county}登记，收到 {done.operations} 条改动。\n请打电话核对 24 位号码：{done.fingerprint}"
    answer = {"county": done.county, "fingerprint": done.fingerprint, "operations": done.operations}
    say(answer, text, as_json=given.json)
    return DONE
