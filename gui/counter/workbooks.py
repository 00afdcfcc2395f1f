"""Workbooks of offices, taken in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from models.progress import Progress
from models.services.views.workbooks import WorkbookView


class Imports(Protocol):
    """Workbooks: looking writes nothing, taking writes what was looked at."""

    def look(
        self,
        path: Path,
        kind: str,
        *,
        sheet: str | None = None,
        mapping: Mapping[str, str] | None = None,
        heading: int | None = None,
        cells: Mapping[str, str] | None = None,
        progress: Progress,
    ) -> WorkbookView: ...
    def take(
        self,
        path: Path,
        kind: str,
        *,
        sheet: str | None = None,
        mapping: Mapping[str, str] | None = None,
        heading: int | None = None,
        cells: Mapping[str, str] | None = None,
        remember: bool = True,
        progress: Progress,
    ) -> WorkbookView: ...
    def bare(self, path: Path, kind: str, *, sheet: str | None = None, progress: Progress) -> WorkbookView: ...
    def forget(self, layout: str) -> None: ...
    def write_notes(self, book: WorkbookView, to: Path) -> int: ...
