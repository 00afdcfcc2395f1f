"""Files that are to be added to a record: found in folders, looked at by their first bytes, copied in."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from models import file_faults, files
from models.domain import media
from models.domain.limits import DOCUMENT_BYTES
from models.domain.operation import Value
from models.errors import LedgerError
from models.progress import Progress
from models.services.base.file_refusals import (
    EmptyFile,
    FileRefused,
    FileTooLarge,
    IsAProgram,
    NotAFile,
    PhotoOfTelephone,
)
from models.services.evidence.photo_facts import SAVES, PhotoFacts, Reader
from models.services.views.files import Looked, NotTaken
from models.store.blobs import Staged, stage

NAME_CHARS = 200
MOST = 300  # files of folders that are offered at once
DEEP = 4  # folders inside one another that are looked into
_OF_WINDOWS = frozenset({"$recycle.bin", "system volume information"})  # on every disk: what was thrown away
PACKAGE = ".hgb"


@dataclass(frozen=True)
class Sound:
    """A file that may be added: staged, its kind known, under the name that it had."""

    staged: Staged
    name: str
    media: str
    read: PhotoFacts | None = None  # what its picture says; not its copy, of which a folder of photos has too many
    copy: Staged | None = None  # a smaller one, which travels first

    @property
    def facts(self) -> dict[str, Value]:
        """What is told of the file once and for all."""
        told: dict[str, Value] = {
            "sha256": self.staged.sha256, "name": self.name, "bytes": self.staged.size, "media": self.media,
        }  # fmt: skip
        if self.copy is not None:
            told["copy_sha256"] = self.copy.sha256
        seen = self.read or PhotoFacts()
        more = {name: getattr(seen, name) for name in ("shot_at", "longitude", "latitude", "looks")}
        return told | {name: value for name, value in more.items() if value not in ("", None)}


# ---------------------------------------------------------------------------------------------- looking


@dataclass(frozen=True)
class Found:
    """What a look at files and folders found."""

    files: tuple[Looked, ...]
    left: int = 0  # files in folders that are neither photo nor document, or are too many
    packages: bool = False  # whether a folder holds packages: it is a stick that came from another office


def find(paths: Sequence[Path], progress: Progress) -> Found:
    """Files, and those in folders that are photos or documents; each with the reason why it cannot be added."""
    found: list[Looked] = []
    left, packages = 0, False
    for path in paths:
        inside = path.is_dir()
        for one in _walk(path, DEEP) if inside else (path,):
            progress.step(len(found), 0, "正在看文件")
            packages = packages or (inside and one.suffix.lower() == PACKAGE)
            looked = look(one)
            if inside and (len(found) >= MOST or not looked.media):
                left += 1
            else:
                found.append(looked)
    return Found(tuple(found), left, packages)


def look(path: Path) -> Looked:
    """One file; its `media` is "" where its first bytes do not tell of a photo or a document."""
    try:
        size = _size(path)
        with file_faults.in_words(path), path.open("rb") as source:
            kind = media.media_of(source.read(media.HEAD))
        refused = _refused(path, kind, size)
    except LedgerError as error:
        return Looked(path, 0, "", said(error))
    known = "" if kind in (media.OTHER, media.PROGRAM) else kind
    return Looked(path, size, known, said(refused) if refused else "")


def said(error: LedgerError) -> str:
    """Why one of several files was not added."""
    return f"{error.title}。{error.way_out}"


def _walk(folder: Path, deep: int) -> Iterator[Path]:
    """The files of a folder by name, what is hidden left out; links lead nowhere; a closed one stands for itself."""
    with file_faults.in_words(folder), os.scandir(folder) as entries:
        inside = sorted(entries, key=lambda one: one.name)
    for one in inside:
        if one.name.startswith(".") or one.name.lower() in _OF_WINDOWS:
            continue
        if one.is_file(follow_symlinks=False):
            yield Path(one.path)
        elif deep and one.is_dir(follow_symlinks=False):
            try:
                yield from _walk(Path(one.path), deep - 1)
            except file_faults.FileTrouble:
                yield Path(one.path)


# ---------------------------------------------------------------------------------------------- copying in


def read(
    paths: Sequence[Path], folder: Path, progress: Progress, reader: Reader | None, *, partly: bool = False
) -> tuple[list[Sound], list[NotTaken]]:
    """Copy files in, each checked before and while it is read. `partly`: those that are refused are left out."""
    sound: list[Sound] = []
    refused: list[NotTaken] = []
    for number, path in enumerate(paths):
        progress.step(number, len(paths), "正在添加文件")
        try:
            sound.append(_read(path, folder / str(number), progress, reader))
        except FileRefused as error:
            if not partly or len(paths) == 1:
                raise
            refused.append(NotTaken(plain(path.name), said(error)))
    return sound, refused


def _read(path: Path, to: Path, progress: Progress, reader: Reader | None) -> Sound:
    files.ensure_space(to.parent, _size(path))
    staged = stage(files.read_chunks(path, 0, DOCUMENT_BYTES + 1), to)
    kind = media.media_of(staged.head)
    if (refused := _refused(path, kind, staged.size)) is not None:
        raise refused
    seen = reader(staged.part, progress) if reader and media.is_photo(kind) else None
    copy = None
    if seen and seen.copy and len(seen.copy) * SAVES <= staged.size:
        copy = stage([seen.copy], to.with_suffix(".copy"))
    return Sound(staged, plain(path.name), kind, seen.facts if seen else None, copy)


def _size(path: Path) -> int:
    """The bytes of a file that may be one."""
    with file_faults.in_words(path):
        there = path.stat()
    if not stat.S_ISREG(there.st_mode):
        raise NotAFile(path)
    if not there.st_size:
        raise EmptyFile(path)
    if there.st_size > DOCUMENT_BYTES:
        raise FileTooLarge(path, there.st_size, DOCUMENT_BYTES)
    return there.st_size


def _refused(path: Path, kind: str, size: int) -> FileRefused | None:
    """Why a file of this kind and size is not taken."""
    if kind == media.PROGRAM:
        return IsAProgram(path)
    if size > media.most_bytes(kind):
        return FileTooLarge(path, size, media.most_bytes(kind))
    return PhotoOfTelephone(path) if kind in media.OF_TELEPHONES else None


def plain(name: str) -> str:
    """A file's name as text: nothing that cannot be shown or sent, and not without end."""
    text = name.encode("utf-8", "replace").decode()
    return "".join(sign for sign in text if sign.isprintable())[-NAME_CHARS:] or "未命名"
