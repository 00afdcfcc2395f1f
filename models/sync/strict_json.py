"""JSON from outside, read strictly: UTF-8, no repeated key, no NaN, limited depth and integers, typed structs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final, TypeVar

import msgspec

from models.domain.limits import JSON_DEPTH, LAM_MAX

T = TypeVar("T")

_FAULTS: Final = (ValueError, RecursionError)  # msgspec's errors and UnicodeDecodeError are ValueErrors


def decode(raw: bytes, kind: type[T]) -> T:
    """The value that `raw` spells, or ValueError whatever is wrong. For short texts: headers and certificates."""
    try:
        _check(json.loads(raw.decode(), object_pairs_hook=_once, parse_constant=_no_constant), JSON_DEPTH)
        return msgspec.json.decode(raw, type=kind)
    except _FAULTS as fault:
        raise ValueError(str(fault)) from fault


def encode(value: object) -> bytes:
    """The bytes of a value; they are signed and stored as they are."""
    return msgspec.json.encode(value)


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"repeated key {key!r}")
        found[key] = value
    return found


def _no_constant(name: str) -> object:
    raise ValueError(name)


def _check(value: Any, depth: int) -> None:
    """`depth`: how many objects and lists may still be opened."""
    if isinstance(value, dict | list):
        if not depth:
            raise ValueError("too deep")
        for inner in value.values() if isinstance(value, dict) else value:  # pyright: ignore[reportUnknownVariableType]
            _check(inner, depth - 1)
    elif isinstance(value, int) and abs(value) > LAM_MAX:
        raise ValueError("integer out of range")
