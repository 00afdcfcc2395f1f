"""A checklist as the county alters it: whole, until it is issued; what is not issued waits as a draft of its theme."""

from __future__ import annotations

import json
from typing import Any, cast

from PySide6.QtCore import QObject, Signal

from gui.drafts import EDIT, Draft, Drafts
from gui.unsaved import Typing, Unsaved
from models.domain import words
from models.domain.checklist_changes import carried
from models.services.views.lists import Record

TABLE, CONTENT = "checklist", "content"  # of drafts: the questions stand in one value, as JSON
TEXTS = ("id", "group", "text", "how", "basis", "evidence", "severity")  # of every question


class Altering(QObject):
    """The version that is shown and what the next one would be. A township alters nothing."""

    carried_over = Signal(object)  # ids that both sides altered: a newer version came under what is altered here

    def __init__(self, drafts: Drafts, parent: QObject, *, edits: bool) -> None:
        super().__init__(parent)
        self._drafts, self._edits = drafts, edits
        self.shown: Record = {}
        self.content: list[dict[str, Any]] = []
        self.typing = Typing(drafts, EDIT, self, self)

    @property
    def theme(self) -> str:
        """The theme that is shown."""
        return str(self.shown.get("theme") or "")

    @property
    def is_dirty(self) -> bool:
        """Whether something was altered that is not issued."""
        return bool(self.shown) and self.content != self.shown["items"]

    def waiting(self) -> frozenset[str]:
        """Themes of which something is altered and not issued."""
        return frozenset(one.piece for one in self._drafts.of(TABLE, "") if self._edits and one.part == EDIT)

    def unsaved(self) -> Unsaved:
        """The whole content, once it is another one."""
        values = {CONTENT: json.dumps(self.content, ensure_ascii=False)} if self.is_dirty else {}
        return Unsaved(values, {CONTENT: json.dumps(self.shown["items"], ensure_ascii=False)}, self.theme)

    def stand(self, shown: Record) -> None:
        """Show a version, with what is altered in its theme since last time."""
        self.typing.close()
        self.shown, self.content = shown, [dict(one) for one in shown["items"]]
        self.typing.stand(TABLE, "", words.THEME[self.theme])
        kept = self._drafts.kept(TABLE, "", EDIT, self.theme) if self._edits else None
        content, base = _read(kept, "values"), _read(kept, "base")
        if kept is not None and content is not None and base is not None:
            self.typing.take_up(kept)
            self._carry(content, base)

    def renew(self, shown: Record) -> None:
        """Another version of the same theme is the newest: what is altered is carried over."""
        base, self.shown = self.shown["items"], shown
        self._carry(self.content, base)

    def _carry(self, content: list[dict[str, Any]], base: list[dict[str, Any]]) -> None:
        self.content, both = carried(content, base, self.shown["items"])
        if base != self.shown["items"]:
            self.keep()
            if self.is_dirty:
                self.carried_over.emit(both)

    def keep(self) -> None:
        """Something was altered: it is a draft at once."""
        self.typing.typed()
        self.typing.now()

    def issued(self, shown: Record, content: list[dict[str, Any]]) -> None:
        """This content is a version now; what was altered meanwhile waits for the next."""
        kept = self._drafts.kept(TABLE, "", EDIT, shown["theme"])
        if kept is not None and _read(kept, "values") == content:
            self._drafts.forget(kept)
        if shown["theme"] == self.theme and self.is_dirty and self.content != content:
            self.shown = shown
            self.keep()
        elif shown["theme"] == self.theme:
            self.typing.saved()
            self.stand(shown)

    def put_aside(self) -> None:
        """What is altered waits as a draft, until its theme is shown again."""
        self.typing.close()
        self.content = [dict(one) for one in self.shown.get("items", ())]

    def let_go(self) -> None:
        """What was altered is not wanted."""
        self.typing.saved()
        self.stand(self.shown)


def _read(draft: Draft | None, of: str) -> list[dict[str, Any]] | None:
    """The questions of a draft; None where its file holds something else."""
    try:
        found: Any = json.loads(getattr(draft, of)[CONTENT]) if draft is not None else None
    except (KeyError, ValueError, RecursionError):
        return None
    if not isinstance(found, list):
        return None
    some = cast("list[Any]", found)
    is_sound = all(isinstance(one, dict) and all(isinstance(one.get(name), str) for name in TEXTS) for one in some)
    return some if is_sound else None
