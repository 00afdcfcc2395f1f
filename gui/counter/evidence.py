"""Photos and documents of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from models.progress import Progress
from models.services.evidence.photo_facts import Reader
from models.services.views.files import AddedFiles, Copy, EvidenceView, Offered, Twice


class Evidence(Protocol):
    """Photos and documents of records."""

    def add(
        self, table: str, id: str, paths: Sequence[Path], values: Mapping[str, str], progress: Progress, *,
        part: str = "", reader: Reader | None = None, partly: bool = False,
    ) -> AddedFiles: ...  # fmt: skip
    def look(self, table: str, id: str, paths: Sequence[Path], progress: Progress) -> Offered: ...
    def twice(self, table: str, id: str) -> tuple[Twice, ...]: ...
    def want(self, ids: Sequence[str]) -> int: ...
    def edit(self, id: str, values: Mapping[str, str]) -> EvidenceView: ...
    def void(self, id: str, why: str) -> None: ...
    def get(self, sha256: str, out: Path, progress: Progress) -> Copy: ...
    def place(self, sha256: str) -> Path | None: ...
    def open_copy(self, id: str) -> Path: ...
