"""Papers that are handed over: a paper becomes a file by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.domain.meaning import Meaning
from models.domain.paper import Book, Paper
from models.errors import LedgerError
from models.files import durable_write
from models.services.base import register
from models.services.base.desk import Desk
from models.services.exchange import receipts, reports
from models.services.figures import monthly
from models.services.figures.figures import USUAL
from models.services.inspections import inspection_papers
from models.services.papers import ledger_paper, ledger_then, templates
from models.services.records.records import Records

ToPdf = Callable[[Paper | Book], bytes]  # gui/printing.py: whoever asks brings the printing room along


@dataclass(eq=False)
class NotThisKind(LedgerError):
    """Papers are not written as files of this kind."""

    code = "X120"
    title = "报表不能写成这种文件"
    path: Path

    @property
    def message(self) -> str:
        return f"“{self.path.name}”的结尾不是 .pdf、.docx 或 .xlsx，没有写出文件，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请把文件名的结尾改成 .pdf（打印）、.docx（接着修改）或 .xlsx（表格）再写一次。"


class Papers:
    """The papers of the exchange."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def receipt(self, package: str = "", *, got: bool = False) -> Paper:
        """《数据接收回执》 of this home for a package, or (`got`) that of the other side for a package from here."""
        with self._desk.ledger.read() as connection:
            return (receipts.got if got else receipts.given)(self._desk, connection, package)

    def report(self, package: str = "") -> Paper:
        """All that was said of a package when it came in."""
        with self._desk.ledger.read() as connection:
            row = receipts.find_in(connection, package)
            name = self._desk.registry(connection).units.get(row.unit, row.unit)
            return reports.paper(self._desk.here().name, name, row, reports.lines(connection, row.pk))

    def register(self, since: str = "") -> Paper:
        """介质登记簿; `since`: from this day (ISO) on."""
        with self._desk.ledger.read() as connection:
            return register.paper(self._desk, connection, since)

    def monthly(
        self, as_of: date | None = None, known_by: date | None = None, *, seal: int | None = None,
        meaning: Meaning = USUAL,
    ) -> Book:  # fmt: skip
        """月报: all figures of a day and the lists behind them. `seal`: as that month was sealed."""
        with self._desk.ledger.read() as connection:
            return monthly.book(self._desk, connection, as_of, known_by, seal=seal, meaning=meaning)

    def inspection(self, id: str) -> Paper:
        """One inspection with its questions, to be ticked by hand, or in a workbook that is read back."""
        with self._desk.ledger.read() as connection:
            return inspection_papers.of_inspection(self._desk, connection, id)

    def checklist(self, name: str) -> Paper:
        """A blank checklist: of a theme the newest version, or one by its code."""
        with self._desk.ledger.read() as connection:
            return inspection_papers.blank(self._desk, connection, name)

    def patrols(self, day: date | None = None) -> Paper:
        """The patrols of the month of a day (today unless one is said), a day a row."""
        with self._desk.ledger.read() as connection:
            return inspection_papers.patrols(self._desk, connection, day or self._desk.today())

    def matrix(
        self, as_of: date | None = None, known_by: date | None = None, *, seal: int | None = None,
        meaning: Meaning = USUAL,
    ) -> Paper:  # fmt: skip
        """乡镇 × 状态, 乡镇 × 灯, of a day."""
        with self._desk.ledger.read() as connection:
            return monthly.matrix(self._desk, connection, as_of, known_by, seal=seal, meaning=meaning)

    def ledger(self, rows: Sequence[int] | None = None) -> Paper:
        """The ledger of problems as it stands today, as a list; or only these rows of it, in their order."""
        every = Records(self._desk)
        records = every.list("problem")[1] if rows is None else every.chosen("problem", rows)
        return ledger_paper.paper(records, self._desk.here().name, self._desk.today())

    def ledger_then(
        self, as_of: date | None = None, known_by: date | None = None, *, seal: int | None = None
    ) -> Paper:  # fmt: skip
        """The same as of a past day, or as it was known then; `seal`: as it was sealed."""
        with self._desk.ledger.read() as connection:
            return ledger_then.paper(self._desk, connection, as_of, known_by, seal=seal)

    def write(self, paper: Paper | Book, path: Path, to_pdf: ToPdf) -> Path:
        """Write a paper as a file of the kind that its name ends in; a .docx from the office's own template, if any."""
        own = templates.made(self._desk, paper) if path.suffix.lower() == ".docx" else None
        if own is None:
            return write(paper, path, to_pdf)
        durable_write(path, own)
        return path


def write(paper: Paper | Book, path: Path, to_pdf: ToPdf) -> Path:
    """Write a paper, or several, as PDF, text or workbook, whole or not at all; a file of that name is replaced."""
    match path.suffix.lower():
        case ".pdf":
            durable_write(path, to_pdf(paper))
        case ".docx":
            from models.documents.word_out import word  # noqa: PLC0415

            durable_write(path, word(paper))
        case ".xlsx":
            from models.documents.paper_out import write_book  # noqa: PLC0415 - openpyxl, only where it is needed

            write_book(path, paper if isinstance(paper, Book) else Book(paper.title, (paper,)))
        case _:
            raise NotThisKind(path)
    return path
