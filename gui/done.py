"""What was done at this desk since the program was opened and can be taken back: a pile, the newest on top."""

from __future__ import annotations

from typing import NamedTuple


class Done(NamedTuple):
    """One verb that was carried through, whole."""

    label: str  # of the step or decision: 县级验收
    token: str  # by which the services take it back
    ids: frozenset[str]  # of its problems; empty where nobody needs to know


class Pile:
    """All of it, in the order in which it was done."""

    def __init__(self) -> None:
        self._done: tuple[Done, ...] = ()

    def add(self, label: str, token: str, ids: frozenset[str] = frozenset()) -> None:
        """This was done just now; what told no token cannot be taken back and is no matter for the pile."""
        if token:
            self._done = (*self._done, Done(label, token, ids))

    def drop(self, done: Done) -> None:
        """This was taken back."""
        self._done = tuple(one for one in self._done if one != done)

    @property
    def last(self) -> Done | None:
        """What was done last."""
        return self._done[-1] if self._done else None

    def of(self, id: str) -> Done | None:
        """What was done last with one problem."""
        return next((one for one in reversed(self._done) if id in one.ids), None)
