"""Long operations in little memory.

JSON of a quarter of a megabyte can be six of objects, and one small package brings thousands such operations of one
history, which is folded whole. What compresses so well says the same again and again: so short texts, pairs and values
of long operations are kept once, however many others say the same. Of lists and objects that no field and no grant can
hold, and that are only told of, an empty object is left.
"""

from __future__ import annotations

from typing import Any, cast

LONG = 16 * 1024  # bytes from which on an operation is worth it: hardly any that people write

_MOST = 100_000  # contents that are kept
_SHORT = 100  # letters of such a text

Fields = dict[str, tuple[Any, tuple[str, ...]]]

_kept: dict[Any, Any] = {}


def fields(said: Fields) -> Fields:
    """The same fields: values that some field can hold, and the names of what they replace."""
    if len(_kept) > _MOST:
        _kept.clear()
    return {_text(name): _said(value, before) for name, (value, before) in said.items()}


def names(said: tuple[str, ...]) -> tuple[str, ...]:
    """The same names of operations."""
    return tuple([_text(one) for one in said])


def _said(value: Any, before: tuple[str, ...]) -> tuple[Any, tuple[str, ...]]:
    if isinstance(value, list | dict):
        return _nested(cast("list[Any] | dict[str, Any]", value)), names(before)
    if before or (isinstance(value, str) and len(value) > _SHORT):
        return value, names(before)
    return _kept.setdefault((type(value), value), (value, ()))


def _text(said: str) -> str:
    return _kept.setdefault(said, said) if len(said) <= _SHORT else said


def _nested(value: list[Any] | dict[str, Any]) -> list[Any] | dict[str, Any]:
    """A list of texts (a grant), or of pairs of texts (dated events); anything else is nobody's."""
    many = value if isinstance(value, list) else []
    if many and all(type(one) is str for one in many):
        return [_text(one) for one in many]
    if many and all(type(one) is list and len(one) == 2 and all(type(text) is str for text in one) for one in many):
        return [_kept.setdefault(tuple(one), one) if _is_short(one) else one for one in many]
    return {} if value else value


def _is_short(pair: list[str]) -> bool:
    return all(len(text) <= _SHORT for text in pair)
