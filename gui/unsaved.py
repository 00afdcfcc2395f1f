"""Forms that are watched: what is typed becomes a draft soon after, and goes when it is in the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.drafts import Draft, Drafts

AFTER, AT_MOST = 2000, 10_000  # milliseconds: after the last key, and while somebody types without a pause


class Unsaved(NamedTuple):
    """What a form holds that is not saved, what stood there before, and which part of the record it is about."""

    values: dict[str, str]
    base: dict[str, str]
    piece: str = ""


class Source(Protocol):
    """A form that is watched."""

    def unsaved(self) -> Unsaved: ...


class Sent(NamedTuple):
    """A form as it was given to be saved: whose it is, and the draft that holds what was typed."""

    record: str
    draft: Draft | None

    @property
    def name(self) -> str:
        """Its draft; "" for none."""
        return self.draft.name if self.draft is not None else ""


class Asked(NamedTuple):
    """Something of a record was given to be saved; told when it is over, by whatever is shown by then."""

    part: str
    record: str
    what: object  # tells it from others of the same part


class Typing(QObject):
    """Watches one form: what is typed becomes a draft soon after, and at once when a field is left."""

    kept = Signal(object)  # Draft, or None where nothing is left that is not saved

    def __init__(self, drafts: Drafts, part: str, source: Source, parent: QObject) -> None:
        super().__init__(parent)
        self._drafts, self._part, self._source = drafts, part, source
        self._where = ("", "", "")  # table, record, title
        self._draft: Draft | None = None  # the file that is written, once something was typed
        self._noted = False  # something is not written yet
        self._soon, self._at_last = self._timer("draft soon", AFTER), self._timer("draft at last", AT_MOST)

    @property
    def name(self) -> str:
        """The draft that is being typed; "" for none."""
        return self._draft.name if self._draft is not None else ""

    def stand(self, table: str, record: str, title: str = "") -> None:
        """Watch the form of another record from now on."""
        self.stop()
        self._where = (table, record, title)

    def take_up(self, draft: Draft) -> None:
        """Go on with a draft of last time."""
        self._draft = draft

    @Slot()
    def typed(self) -> None:
        """Something was typed: it is written soon."""
        self._noted = True
        self._soon.start()
        if not self._at_last.isActive():
            self._at_last.start()

    @Slot()
    def now(self) -> None:
        """Write what was typed, without waiting."""
        if not self._noted:
            return
        self._rest()
        unsaved = self._source.unsaved()
        if self._draft is None:
            table, record, title = self._where
            number = self._drafts.free(table, record, self._part)
            self._draft = Draft(table, record, self._part, title=title, number=number)
        if not unsaved.values:
            self._drafts.forget(self._draft)
            self._draft = None
            self.kept.emit(None)
            return
        base = {name: unsaved.base.get(name, "") for name in unsaved.values}
        at = datetime.now().astimezone().isoformat(timespec="seconds")
        self._draft = replace(self._draft, piece=unsaved.piece, at=at, values=dict(unsaved.values), base=base)
        self._drafts.keep(self._draft)
        self.kept.emit(self._draft)

    def send(self) -> Sent:
        """The form is about to be saved: what was typed is written, in case the save has to wait."""
        self.now()
        return Sent(self._where[1], self._draft)

    def settle(self, sent: Sent) -> bool:
        """What was sent is in the ledger, so its draft goes. Whether its form still stands as it was, and may close."""
        stands = (sent.record, sent.name) == (self._where[1], self.name)
        if stands and sent.draft is not None and self._source.unsaved().values != sent.draft.values:
            return False  # one went on typing meanwhile
        if sent.draft is not None:
            self._drafts.forget(sent.draft)
        if stands:
            self.stop()
        return stands

    def saved(self) -> None:
        """What was typed is in the ledger now, or is not wanted any more."""
        if self._draft is not None:
            self._drafts.forget(self._draft)
        self.stop()

    @Slot()
    def close(self) -> None:
        """The form is about to go: what is not written yet is written, and stays."""
        self.now()
        self.stop()

    def stop(self) -> None:
        """Watch no longer; what is kept stays."""
        self._rest()
        self._draft = None

    def _rest(self) -> None:
        self._noted = False
        self._soon.stop()
        self._at_last.stop()

    def _timer(self, name: str, after: int) -> QTimer:
        made = QTimer(self)
        made.setObjectName(name)
        made.setSingleShot(True)
        made.setInterval(after)
        made.timeout.connect(self.now)
        return made
