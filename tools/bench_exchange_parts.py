"""Of what an import consists: the parts of one, each by its own seconds, without those of the parts inside it."""

# ruff: noqa: PLC0415 - as in bench_exchange_stages.py

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import wraps
from typing import Any


class Clock:
    """Seconds on the wall, and of the processor: those hardly notice other work on the machine."""

    def __init__(self) -> None:
        self.seconds = self.cpu = 0.0

    @contextmanager
    def running(self) -> Generator[None]:
        """Count what is done inside."""
        cpu, began = time.process_time(), time.perf_counter()
        yield
        self.seconds += time.perf_counter() - began
        self.cpu += time.process_time() - cpu


class Parts:
    """Clocks by name, of which only the innermost runs."""

    def __init__(self) -> None:
        self.clocks: dict[str, Clock] = {}
        self._inside: list[str] = []

    @contextmanager
    def of(self, places: dict[str, list[tuple[Any, str]]]) -> Generator[None]:
        """Time these functions, given as owner and name, while what is inside runs."""
        before = [(owner, name, getattr(owner, name)) for some in places.values() for owner, name in some]
        try:
            for part, some in places.items():
                for owner, name in some:
                    setattr(owner, name, self._timed(part, getattr(owner, name)))
            yield
        finally:
            for owner, name, function in before:
                setattr(owner, name, function)

    def _timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def timed(*given: Any, **named: Any) -> Any:
            clock, whole = self.clocks.setdefault(part, Clock()), Clock()
            self._inside.append(part)
            try:
                with whole.running():
                    return function(*given, **named)
            finally:
                self._inside.pop()
                clock.seconds += whole.seconds
                clock.cpu += whole.cpu
                if self._inside:
                    outer = self.clocks[self._inside[-1]]
                    outer.seconds -= whole.seconds
                    outer.cpu -= whole.cpu

        return timed


def of_an_import() -> dict[str, list[tuple[Any, str]]]:
    """The parts of taking a package in; what is in none of them is the rest."""
    from models.services.exchange import incoming
    from models.services.exchange import intake as taking
    from models.services.exchange.comparison import Comparison
    from models.store import fold, replacing, rows, search
    from models.sync import intake

    return {
        "the whole but for what follows": [(incoming, "take_in")],
        "opened, looked through": [(taking, "look_ahead")],
        "operations read, judged, held": [(intake, "_hold")],
        "histories reduced": [(fold, "reduce")],
        "rows made": [(rows, "of")],
        "search keys": [(search, "key")],
        "old rows read": [(replacing, "there")],
        "rows written": [(replacing, "replace")],
        "compared for the report": [(Comparison, "before"), (Comparison, "after")],
        "what it says of its writer": [(intake, "remember")],
    }
