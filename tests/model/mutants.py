"""The laws, each broken in one line: a model that is wrong in one way, the world in which that hurts, and what breaks.

A law whose mutant lives is a law that nothing needs, or that nothing tests. The mutants themselves stand in
wrong_holding.py, wrong_exchange.py and wrong_folding.py, which register them here when they are imported.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.model.home import Home


@dataclass(frozen=True)
class Mutant:
    """One law, broken."""

    law: str
    name: str
    sentence: str
    home: type[Home]
    world: str  # the kind of history, or the scene, in which it must die
    made_in: str  # module
    breaks: tuple[str, ...]  # any of these promises is the one that it breaks


MUTANTS: dict[str, Mutant] = {}


def breaking(law: str, world: str, *breaks: str) -> Callable[[type], type]:
    """Register a subclass of Home or of Fold as a mutant; its docstring says what is wrong."""

    def register(made: type) -> type:
        home = made if issubclass(made, Home) else type(made.__name__, (Home,), {"fold_class": made})
        MUTANTS[made.__name__] = Mutant(law, made.__name__, made.__doc__ or "", home, world, made.__module__, breaks)
        return made

    return register


# What they break.
SCOPE = "exactly its scope"
MISSING = "nothing is missing"
RESENT = "no full resend without a fault"
LEAK = "nothing leaves its audience"
SILENCE = "the exchange falls silent"
BELIEF = "a checked belief is true"
REFUSED = "only the forger is refused"
LIVE = "complete for the live"
OLD_STAMP = "an old stamp speaks for nobody"
OWNERSHIP = "ownership"
HEADS = "heads"
FLAGS = "flags"


SPARED: dict[str, tuple[type[Home], str]] = {}


def spared(why: str) -> Callable[[type[Home]], type[Home]]:
    """Register a change that breaks no promise: a second belt beside other braces, or another order of the same."""

    def register(made: type[Home]) -> type[Home]:
        SPARED[made.__name__] = (made, why)
        return made

    return register
