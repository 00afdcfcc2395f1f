"""Reports by command: report NAME --out FILE, as PDF or workbook. PDF alone needs the printing room of the window."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cli import home
from cli.figures import day
from cli.output import DONE, say
from models.domain.paper import Book, Paper
from models.errors import LedgerError
from models.services.office import Office


@dataclass(eq=False)
class NoSuchReport(LedgerError):
    """Nothing is printed under this name."""

    code = "X121"
    title = "没有这种报表"
    name: str

    @property
    def message(self) -> str:
        return f"没有叫“{self.name}”的报表，没有写出文件，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "现在可以写的有：数据接收回执、导入报告、介质登记簿、通知单；命令里怎么写，见帮助。"


def _receipt(office: Office, given: argparse.Namespace) -> Paper:
    return office.papers.receipt(given.package, got=given.got)


def _import_report(office: Office, given: argparse.Namespace) -> Paper:
    return office.papers.report(given.package)


def _notice(office: Office, given: argparse.Namespace) -> Paper:
    return office.notices.paper(given.id)


def _register(office: Office, _: argparse.Namespace) -> Paper:
    return office.papers.register()


def _monthly(office: Office, given: argparse.Namespace) -> Book:
    return office.papers.monthly(given.as_of, given.known_by, seal=given.seal)


REPORTS: dict[str, Callable[[Office, argparse.Namespace], Paper | Book]] = {
    "monthly": _monthly, "receipt": _receipt, "import-report": _import_report, "register": _register, "notice": _notice,
}  # fmt: skip


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The one command of this family."""
    report = commands.add_parser("report", parents=[common], help="写出报表（.pdf 或 .xlsx）")
    report.add_argument("name", help="、".join(REPORTS))
    report.add_argument("--out", type=Path, required=True)
    report.add_argument("--package", default="", help="第几包；不写就是最近一个")
    report.add_argument("--id", default="", help="通知单的文号")
    report.add_argument("--got", action="store_true", help="对方给本单位的回执")
    report.add_argument("--as-of", type=day, metavar="DATE", help="月报：截至哪一天")
    report.add_argument("--known-by", type=day, metavar="DATE", help="月报：只用到这一天为止已经到本机的内容")
    report.add_argument("--seal", type=int, metavar="N", help="月报：按第几次封账时知道的内容")
    report.set_defaults(act=_report)


def _report(given: argparse.Namespace) -> int:
    if given.name not in REPORTS:
        raise NoSuchReport(given.name)
    office = home.opened(given.home, given.user)
    path = office.papers.write(REPORTS[given.name](office, given), given.out, to_pdf)
    say({"path": path}, f"已写出：{path}", as_json=given.json)
    return DONE


def to_pdf(paper: Paper) -> bytes:
    """As the printing room of the window makes it."""
    from gui import offscreen, printing

    offscreen.application()
    return printing.pdf(paper)
