"""The papers of one problem: its dossier, the sheet of photo pairs, the forms; and the dossier with all its files."""

from __future__ import annotations

from pathlib import Path

from models.domain.paper import Paper
from models.progress import Progress, Silent
from models.services import dossier_files, dossier_text, problem_file
from models.services.desk import Desk
from models.services.papers import ToPdf
from models.services.problem_file import ProblemFile
from models.services.problem_forms import FORMS
from models.services.views.files import Packed


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
        """One of FORMS, filled with what the ledger knows of a problem."""
        return FORMS[name](self._file(id))

    def pack(self, id: str, out: Path, to_pdf: ToPdf, progress: Progress | None = None) -> Packed:
        """一问题一档 with all its files: a new folder, or a .zip if the name ends so."""
        return dossier_files.pack(self._desk, id, out, to_pdf, progress or Silent())
