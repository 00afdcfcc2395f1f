"""Opening a workbook that somebody else made: in a child process, which may die of it."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import msgspec

from models.documents import answers, child
from models.documents.answers import Child
from models.documents.raw import RawBook
from models.documents.refusals import (
    NotAWorkbook,
    ReaderNotStarted,
    WorkbookDamaged,
    WorkbookRefused,
    WorkbookTooHard,
    WorkbookTooLarge,
)
from models.domain import limits
from models.file_faults import in_words
from models.files import size_text
from models.progress import Progress

_ANSWER_BYTES = 256 * 1024 * 1024
_SHOWN_DETAIL = 60


def read_workbook(path: Path, *, progress: Progress, seconds: float = limits.CHILD_SECONDS) -> RawBook:
    """The sheets of the workbook as plain data, or a refusal in words."""
    with in_words(path):
        found = path.stat()
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):  # a pipe would let us wait for ever
            raise NotAWorkbook(path.name, "不是普通文件")
        size = found.st_size
        with path.open("rb") as file:
            file.read(1)  # another program may hold it: said in the words of models.files
    if size > limits.WORKBOOK_BYTES:
        raise WorkbookTooLarge(path.name, f"{size_text(size)}，最多 {size_text(limits.WORKBOOK_BYTES)}")
    answer = _ask_child(path, progress, seconds)
    try:
        if answer.startswith(child.READ):
            return replace(msgspec.msgpack.decode(memoryview(answer)[1:], type=RawBook), name=path.stem)
        code, detail = msgspec.msgpack.decode(memoryview(answer)[1:], type=tuple[str, str])
    except msgspec.MsgspecError:
        raise WorkbookDamaged(path.name) from None
    raise _refusal(code, detail, path.name)


def _refusal(code: str, detail: str, name: str) -> WorkbookRefused:
    """The refusal with this number; what comes from the child is never more than a number and a few words."""
    words = "".join(c for c in detail if c.isprintable())[:_SHOWN_DETAIL]
    for kind in WorkbookRefused.__subclasses__():
        if kind.code == code:
            return kind(name, words)
    return WorkbookDamaged(name)


def _ask_child(path: Path, progress: Progress, seconds: float) -> bytes:
    try:
        reader = Child(child.serve, str(path.resolve()))
    except OSError:
        raise ReaderNotStarted(path.name) from None
    seconds += answers.START_SECONDS
    try:
        return reader.answer(_ANSWER_BYTES, seconds, lambda: progress.step(0, 0, "正在读取工作簿"))
    except (EOFError, OSError):
        raise WorkbookTooHard(path.name) from None  # it died of the file without a word, or came to no end
    finally:
        reader.end()
