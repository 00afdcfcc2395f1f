"""What a field is: its type, who may write it, and how one is made. The fields themselves: fields.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from models.domain import words


class Type(StrEnum):
    """How the text of a field is read and kept."""

    TEXT = "text"  # str
    DATE = "date"  # ISO date as str
    MONTH = "month"  # 2024-05
    NUMBER = "number"  # int or float
    COUNT = "count"  # int, not negative
    CHOICE = "choice"  # one of the words of the field
    LIST = "list"  # several values joined by ；
    FACTS = "facts"  # dated events: list of [ISO date or "", state]
    HASH = "hash"  # SHA-256 of a file, 64 hex digits
    RECORD = "record"  # id of another record, 32 hex digits


class Owner(StrEnum):
    """Who may write a field of a record besides the county, which may write every field."""

    CREATOR = "creator"  # the unit that created the record
    RESPONSIBLE = "responsible"  # also every unit that was ever responsible for the record
    COUNTY = "county"  # nobody else
    LOCAL = "local"  # this disk alone: never travels


@dataclass(frozen=True)
class Field:
    """One field of one table."""

    name: str
    label: str
    type: Type = Type.TEXT
    owner: Owner = Owner.CREATOR
    states: dict[str, str] = field(default_factory=dict[str, str])  # CHOICE and FACTS: value → Chinese word
    long: bool = False  # several lines in a form
    fixed: bool = False  # said by the operation that makes the record, and never again
    by_verb: bool = False  # written by a verb of its own: no form, workbook or script sets it as a field


def make(name: str, label: str, type_: Type = Type.TEXT, owner: Owner = Owner.CREATOR, *, long: bool = False) -> Field:
    """A field; where it is a choice or dated events, with the words that everybody uses for its states."""
    states = words.BY_FIELD.get(name, {}) if type_ in (Type.CHOICE, Type.FACTS) else {}
    return Field(name, label, type_, owner, states, long)


def choice(name: str, label: str, states: dict[str, str], owner: Owner) -> Field:
    """A choice with words of its own."""
    return Field(name, label, Type.CHOICE, owner, states)


def of_file(name: str, label: str, type_: Type = Type.TEXT) -> Field:
    """What is told of a file once and for all: another file is another entry."""
    return Field(name, label, type_, Owner.RESPONSIBLE, fixed=True)
