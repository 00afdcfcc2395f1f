"""Papers that are handed over: a paper becomes a file by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.domain.paper import Paper
from models.errors import LedgerError
from models.files import durable_write

ToPdf = Callable[[Paper], bytes]  # gui/printing.py: whoever asks brings the printing room along


@dataclass(eq=False)
class NotThisKind(LedgerError):
    """Papers are not written as files of this kind."""

    code = "X120"
    title = "报表不能写成这种文件"
    path: Path

    @property
    def message(self) -> str:
        return f"“{self.path.name}”的结尾不是 .pdf 或 .xlsx，没有写出文件，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请把文件名的结尾改成 .pdf（打印）或 .xlsx（表格）再写一次；.docx 现在还不能写。"


def write(paper: Paper, path: Path, to_pdf: ToPdf) -> Path:
    """Write a paper as PDF or workbook, whole or not at all; a file of that name is replaced."""
    match path.suffix.lower():
        case ".pdf":
            durable_write(path, to_pdf(paper))
        case ".xlsx":
            from models.documents.paper_out import write_paper  # noqa: PLC0415 - openpyxl, only where it is needed

            write_paper(path, paper)
        case _:
            raise NotThisKind(path)
    return path
