"""What was typed and not saved: kept beside the ledger until it is saved or let go, so that no crash takes it.

- A draft is no operation: it travels nowhere, counts nowhere, and nobody but this home ever sees it.
- One form is one small file, written whole or not at all, off the GUI thread. What cannot be read is passed over.
- A draft says what the form showed when typing began (`base`), so that whoever goes on sees what changed meanwhile.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from gui.whole import TRIES, patiently, whole

log = logging.getLogger(__name__)

FOLDER = "drafts"
EDIT, MEASURE, DISPATCH, REMARK = "edit", "measure", "dispatch", "remark"  # which form of a record
PERMIT = "permit"  # of a source
MONTH = "month"  # the grid of a month: a draft of no record, its piece is the month
NOTICE, REPLY = "notice", "reply"  # a notice that is being written, at the county; what is written to one
ANSWERS = "answers"  # of an inspection
ITEM = "item"  # a question of a checklist that is being filled in
PARTS = (EDIT, MEASURE, DISPATCH, REMARK, PERMIT)
MOST_BYTES = 4 * 1024 * 1024
_NAME = re.compile(
    r"(problem|petition|source|month|notice|inspection|campaign|checklist)-([0-9a-f]{32}|new)"
    r"-(edit|measure|dispatch|remark|permit|month|notice|reply|answers|item)-(\d{1,6})\.json"
)


@dataclass(frozen=True)
class Draft:
    """What somebody typed into one form."""

    table: str
    record: str  # "" for a record that is not there yet
    part: str  # which form: one of PARTS, MONTH, NOTICE, REPLY, ANSWERS or ITEM
    piece: str = ""  # the measure that was being changed, "" for a new one; the theme of a checklist
    at: str = ""  # ISO time of the last key
    values: dict[str, str] = field(default_factory=dict[str, str])
    base: dict[str, str] = field(default_factory=dict[str, str])  # what stood in these fields before
    title: str = ""  # of the record, for lists of drafts
    number: int = 0  # tells several drafts of one form apart

    @property
    def name(self) -> str:
        """Its file."""
        return f"{self.table}-{self.record or 'new'}-{self.part}-{self.number}.json"


class Drafts(QObject):
    """All drafts of a home. Answers come from memory at once; the disk follows on a thread of its own."""

    changed = Signal()  # a draft came, changed or went
    written = Signal(object)  # Draft: it is on the disk
    failed = Signal(str)  # why the disk did not take it

    def __init__(self, home: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = home / FOLDER if home is not None else None
        self._kept: dict[str, Draft] | None = None
        # Not the queue of the ledger: that one may be busy for minutes with a package.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drafts")
        self._closed = False

    def all(self) -> tuple[Draft, ...]:
        """Every draft, newest first."""
        return tuple(sorted(self._all().values(), key=lambda one: one.at, reverse=True))

    def of(self, table: str, record: str) -> tuple[Draft, ...]:
        """The drafts of one record ("": of records that are not there yet), newest first."""
        return tuple(one for one in self.all() if (one.table, one.record) == (table, record))

    def records(self, table: str) -> frozenset[str]:
        """Which records have a draft: for a mark in a list."""
        return frozenset(one.record for one in self._all().values() if one.table == table and one.record)

    def kept(self, table: str, record: str, part: str, piece: str) -> Draft | None:
        """The newest draft of one piece of a form; None where there is none."""
        return next((one for one in self.of(table, record) if (one.part, one.piece) == (part, piece)), None)

    def free(self, table: str, record: str, part: str) -> int:
        """A number for another draft of this form: whoever types anew never writes over what waits."""
        form = (table, record, part)
        taken = {one.number for one in self._all().values() if (one.table, one.record, one.part) == form}
        return next(number for number in range(len(taken) + 1) if number not in taken)

    def begin(self, table: str, part: str, values: dict[str, str], title: str) -> Draft:
        """Keep a draft of a record that is not there yet; where one says the same already, that one."""
        for one in self.of(table, ""):
            if one.part == part and values.items() <= one.values.items():
                return one
        at = datetime.now().astimezone().isoformat(timespec="seconds")
        made = Draft(table, "", part, at=at, values=values, title=title, number=self.free(table, "", part))
        self.keep(made)
        return made

    def keep(self, draft: Draft) -> None:
        """Keep a draft; what is the same already is not written again."""
        before = self._all().get(draft.name)
        if before is not None and replace(before, at=draft.at) == draft:
            return
        self._all()[draft.name] = draft
        self._do(_write, draft)
        self.changed.emit()

    def forget(self, draft: Draft) -> None:
        """Let a draft go: it was saved, or is not wanted."""
        if self._all().pop(draft.name, None) is not None:
            self._do(_remove, draft)
            self.changed.emit()

    def keep_rest(self, sent: Draft, saved: Mapping[str, str], record: str) -> None:
        """These values of a draft are in the ledger, in a record: what else is typed waits as a draft of that record.

        So a draft of a new record, of which a part could not be saved, never registers it a second time.
        """
        kept = self._all().get(sent.name)  # one may have gone on typing since it was sent
        if kept is None:
            return
        self.forget(kept)
        rest = {name: value for name, value in kept.values.items() if saved.get(name) != value}
        base = {name: saved.get(name, kept.base.get(name, "")) for name in rest}
        if rest:
            number = self.free(kept.table, record, kept.part)
            self.keep(replace(kept, record=record, number=number, values=rest, base=base))

    def close(self) -> None:
        """Wait until all is on the disk."""
        self._closed = True
        self._thread.shutdown(wait=True)

    def _all(self) -> dict[str, Draft]:
        if self._kept is None:
            self._kept = {one.name: one for one in _read_all(self._folder)} if self._folder else {}
        return self._kept

    def _do(self, deed: Any, draft: Draft) -> None:
        if self._folder is not None and not self._closed:
            self._thread.submit(self._try, deed, self._folder, draft)

    def _try(self, deed: Any, folder: Path, draft: Draft) -> None:
        try:
            deed(folder, draft)
        except OSError as error:
            log.warning("a draft was not kept: %s", error)
            self.failed.emit(error.strerror or str(error))
            return
        if deed is _write:
            self.written.emit(draft)


def _write(folder: Path, draft: Draft) -> None:
    """Whole or not at all: a power cut leaves the draft of before."""
    folder.mkdir(exist_ok=True)
    with whole(folder / draft.name, tries=TRIES) as new:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(draft), file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())


def _remove(folder: Path, draft: Draft) -> None:
    patiently(partial((folder / draft.name).unlink, missing_ok=True), TRIES)


def _read_all(folder: Path) -> list[Draft]:
    try:
        paths = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]
        return [one for path in paths if (one := _read(path)) is not None]
    except OSError:
        return []


def _read(path: Path) -> Draft | None:
    """A draft from its file. Its name says whose it is; what does not fit is no draft."""
    named = _NAME.fullmatch(path.name)
    try:
        if named is None or path.stat().st_size > MOST_BYTES:
            return None
        found: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    table, record, part, number = named.groups()
    values, base = _texts(found.get("values")), _texts(found.get("base"))
    return Draft(
        table, "" if record == "new" else record, part, _text(found.get("piece")), _text(found.get("at")),
        values, base, _text(found.get("title")), int(number),
    ) if values else None  # fmt: skip


def _text(found: Any) -> str:
    return found if isinstance(found, str) else ""


def _texts(found: Any) -> dict[str, str]:
    if not isinstance(found, dict):
        return {}
    return {key: value for key, value in found.items() if isinstance(key, str) and isinstance(value, str)}
