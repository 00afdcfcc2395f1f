"""The papers of problems: dossier, sheet of photo pairs, forms, the dossier with all its files; forms of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.domain import words
from models.domain.paper import Book, Paper
from models.errors import LedgerError
from models.progress import Progress, Silent
from models.services.base.desk import Desk
from models.services.papers import dossier_files, dossier_text, problem_file, problem_forms
from models.services.papers.papers import ToPdf
from models.services.papers.problem_file import ProblemFile
from models.services.problems.lookbacks import Lookbacks
from models.services.views.files import Packed


@dataclass(eq=False)
class NoSuchLookback(LedgerError):
    """There is no look-back to print."""

    code = "R510"
    title = "没有可以打印的回头看登记表"
    plan: str
    plans: tuple[str, ...]

    @property
    def message(self) -> str:
        which = f"“{self.plan}”里" if self.plan else ""
        return f"{which}没有要打印的回头看，没有写出文件，本机数据未改动。"

    @property
    def way_out(self) -> str:
        known = f"现有的安排：{'、'.join(self.plans)}。" if self.plans else "还没有安排过回头看。"
        return f"{known}看过的也要打印的，请选“全部”。"


class ProblemPapers:
    """Everything the window and the hatch may ask of the papers of one problem."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _file(self, id: str) -> ProblemFile:
        with self._desk.ledger.read() as connection:
            return problem_file.read(self._desk, connection, id)

    def dossier(self, id: str) -> Paper:
        """一问题一档 of a problem on paper; found by id or number."""
        return dossier_text.dossier(self._file(id))

    def pairs(self, id: str) -> Paper:
        """The photos of a problem before, during and after, side by side."""
        return dossier_text.pairs(self._file(id))

    def form(self, id: str, name: str) -> Paper:
        """One of the forms of words.PROBLEM_FORM, filled with what the ledger knows of a problem."""
        return problem_forms.form(self._file(id), name)

    def lookbacks(self, plan: str = "", *, waiting: bool = False) -> Book:
        """回头看登记表 of all look-backs, or of one plan, each on a page of its own; refused where there is none.

        Unit after unit, the earliest due first. `waiting`: only of those that nobody has made yet.
        """
        every = Lookbacks(self._desk).list().lines
        some = [one for one in every if plan in ("", one.plan) and not (waiting and one.looked_on)]
        if not some:
            raise NoSuchLookback(plan, tuple(dict.fromkeys(one.plan for one in every if one.plan)))
        with self._desk.ledger.read() as connection:
            papers = tuple(
                problem_forms.form(problem_file.read(self._desk, connection, one.problem), "lookback-form", one.id)
                for one in sorted(some, key=lambda one: (one.unit, one.due, one.number))
            )
        return Book(plan or words.PROBLEM_FORM["lookback-form"], papers, apart=True)

    def pack(self, id: str, out: Path, to_pdf: ToPdf, progress: Progress | None = None) -> Packed:
        """一问题一档 with all its files: a new folder, or a .zip if the name ends so."""
        return dossier_files.pack(self._desk, id, out, to_pdf, progress or Silent())
