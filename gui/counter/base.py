"""What other services stand on: units, dictionaries, values that stand beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from models.services.views.dictionaries import DictionaryView
from models.services.views.exchange import Conflict
from models.services.views.home import UnitView


class Units(Protocol):
    """The units that a county deals with."""

    def list(self) -> tuple[UnitView, ...]: ...
    def add(self, kind: str, name: str, code: str) -> Any: ...


class Dictionaries(Protocol):
    """What the county lays down for everybody."""

    def show(self, name: str) -> DictionaryView: ...
    def set(self, name: str, content: Any, why: str = "") -> DictionaryView: ...


class Conflicts(Protocol):
    """Values that stand beside each other."""

    def list(self) -> tuple[Conflict, ...]: ...
    def settle(
        self, id: str, *, head: int | None = None, value: str | None = None, take: str | None = None, both: bool = False
    ) -> Any: ...
    def settle_many(self, chosen: Sequence[tuple[str, str]]) -> int: ...
