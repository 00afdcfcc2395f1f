"""Reports by command: report NAME --out FILE, of the kind of its ending. PDF alone needs the window's printing room."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from cli import home
from cli.figures import day
from cli.output import DONE, USAGE, Told, say
from models.domain import words
from models.domain.paper import Book, Paper
from models.services.office import Office
from models.services.papers.papers import ToPdf


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


def _form(name: str) -> Callable[[Office, str], Paper]:
    return lambda office, id_: office.problem_papers.form(id_, name)


def _inspection(office: Office, given: argparse.Namespace) -> Paper:
    return office.papers.inspection(given.id)


def _checklist(office: Office, given: argparse.Namespace) -> Paper:
    return office.papers.checklist(given.id)


def _patrols(office: Office, given: argparse.Namespace) -> Paper:
    return office.papers.patrols(given.as_of)


def _matrix(office: Office, given: argparse.Namespace) -> Paper:
    return office.papers.matrix(given.as_of, given.known_by, seal=given.seal)


def _ledger(office: Office, given: argparse.Namespace) -> Paper:
    if _of_a_day(given):
        return office.papers.ledger_then(given.as_of, given.known_by, seal=given.seal)
    return office.papers.ledger()


def _of_a_day(given: argparse.Namespace) -> bool:
    return bool(given.as_of or given.known_by or given.seal)


REPORTS: dict[str, Callable[[Office, argparse.Namespace], Paper | Book]] = {
    "monthly": _monthly, "matrix": _matrix, "ledger": _ledger,
    "receipt": _receipt, "import-report": _import_report, "register": _register, "notice": _notice,
    "inspection": _inspection, "checklist": _checklist, "patrols": _patrols,
}  # fmt: skip

OF_PROBLEM: dict[str, Callable[[Office, str], Paper]] = {
    "dossier": lambda office, id_: office.problem_papers.dossier(id_),
    "pairs": lambda office, id_: office.problem_papers.pairs(id_),
    **{name: _form(name) for name in words.PROBLEM_FORM},
}
WHOLE = ("", ".zip")  # endings of a dossier with all its files: a folder, or one file of them


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The one command of this family."""
    report = commands.add_parser("report", parents=[common], help="写出报表（.pdf、.docx 或 .xlsx）")
    names = (*REPORTS, *OF_PROBLEM)
    report.add_argument("name", choices=names, metavar="NAME", help="、".join(names))
    report.add_argument("--out", type=Path, required=True)
    report.add_argument("--package", default="", help="第几包；不写就是最近一个")
    report.add_argument("--problem", default="", metavar="ID", help="哪个问题：编号或标识")
    report.add_argument(
        "--plan", nargs="?", const="", metavar="NAME", help="回头看登记表：这次安排的，一个一页；不写名称就是所有的"
    )
    report.add_argument("--waiting", action="store_true", help="回头看登记表：只要还没有看的")
    report.add_argument("--id", default="", help="通知单的文号；检查的编号；检查表的主题或代码")
    report.add_argument("--got", action="store_true", help="对方给本单位的回执")
    report.add_argument("--as-of", type=day, metavar="DATE", help="月报：截至哪一天；巡查表：哪个月里的一天")
    report.add_argument("--known-by", type=day, metavar="DATE", help="月报：只用到这一天为止已经到本机的内容")
    report.add_argument("--seal", type=int, metavar="N", help="月报：按第几次封账时知道的内容")
    report.set_defaults(act=_report)


def _report(given: argparse.Namespace) -> int:
    of_plan = given.name == "lookback-form" and given.plan is not None and not given.problem
    if given.name in OF_PROBLEM and not given.problem and not of_plan:
        sys.stderr.write("请用 --problem 写明是哪个问题。\n")
        return USAGE
    office = home.opened(given.home, given.user)
    with _with_photos(office) as pdf:
        if given.name == "dossier" and given.out.suffix.lower() in WHOLE:
            done = office.problem_papers.pack(given.problem, given.out, pdf, Told())
            lacks = f"有 {len(done.missing)} 个文件不在本机：{'、'.join(done.missing)}。" if done.missing else ""
            text = f"已写出：{done.path}，里面有 {done.files} 个文件。{lacks}"
            say({"path": done.path, "files": done.files, "missing": done.missing}, text, as_json=given.json)
            return DONE
        if given.name == "ledger" and given.out.suffix.lower() == ".xlsx" and not _of_a_day(given):
            rows = office.records.export("problem", given.out, Told())
            say({"path": given.out, "rows": rows}, f"已写出：{given.out}，共 {rows} 条。", as_json=given.json)
            return DONE
        of = OF_PROBLEM.get(given.name)
        if of_plan:
            paper = office.problem_papers.lookbacks(given.plan or "", waiting=given.waiting)
        else:
            paper = of(office, given.problem) if of else REPORTS[given.name](office, given)
        path = office.papers.write(paper, given.out, pdf)
    say({"path": path}, f"已写出：{path}", as_json=given.json)
    return DONE


def to_pdf(paper: Paper | Book) -> bytes:
    """A paper without photos, as the printing room of the window makes it."""
    from gui import offscreen, printing

    offscreen.application()
    return printing.pdf(paper)


@contextmanager
def _with_photos(office: Office) -> Generator[ToPdf]:
    """What makes a PDF; the printing room is opened with the first."""
    with ExitStack() as open_:
        rooms: list[ToPdf] = []

        def pdf(paper: Paper | Book) -> bytes:
            if not rooms:
                from gui import offscreen, printed

                offscreen.application()
                rooms.append(open_.enter_context(printed.to_pdf(office.evidence, Told())))
            return rooms[0](paper)

        yield pdf
