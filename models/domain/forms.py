"""From what a person typed to the values of an operation: only what changed, checked field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.domain import circulars, facts
from models.domain.deadline import read_day, read_deadline
from models.domain.field import Field, Owner, Type
from models.domain.fields import DATE_OF_STATE, MUST, PART_MUST, TABLES, label
from models.domain.limits import FIELD_CHARS
from models.domain.operation import Value
from models.domain.owner import COUNT_MOST, fits
from models.domain.plain import seen
from models.domain.reduce import same
from models.errors import LedgerError

READ_ONLY = ("id", "exchange", "light", "created_by", "township_name", "number")
_NUMBERED_ELSEWHERE = ("permit",)  # whose number somebody else gave, and a person copies
_LIST = re.compile(r"[；;\n]+")
_HAPPENED = frozenset({"found_on", "assigned_on", "claimed_on", "planned_on", "done_on", "reported_on"})  # never ahead
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?")


@dataclass(eq=False)
class UnknownField(LedgerError):
    """There is no such field in this table."""

    code = "R102"
    title = "没有这一栏"
    table: str
    field: str

    @property
    def message(self) -> str:
        return f"没有“{self.field}”这一栏，没有保存任何内容。"

    @property
    def way_out(self) -> str:
        names = "、".join(name for name, known in TABLES[self.table].items() if not known.by_verb)
        return f"请使用这些栏目名：{names}。"


@dataclass(eq=False)
class ReadOnlyField(LedgerError):
    """The field is given by the program."""

    code = "R103"
    title = "这一栏由程序生成"
    field: str

    @property
    def message(self) -> str:
        return f"“{self.field}”由程序生成，不能改写，没有保存任何内容。"

    @property
    def way_out(self) -> str:
        return "请去掉这一栏后再保存。"


@dataclass(eq=False)
class BadValue(LedgerError):
    """One value does not fit its field."""

    code = "R104"
    title = "有一栏的内容看不懂"
    field: str
    label: str
    value: str
    why: str

    @property
    def message(self) -> str:
        shown = self.value if len(self.value) <= 60 else f"{self.value[:60]}…"
        why = self.why.removeprefix(f"“{self.value}”")  # a reading may have quoted it already
        return f"{self.label}“{shown}”{why}，没有保存任何内容。"

    @property
    def way_out(self) -> str:
        return f"请改正“{self.label}”后再保存。"


@dataclass(eq=False)
class LeftEmpty(LedgerError):
    """A record, or a part of one, would say nothing any more."""

    code = "R560"
    title = "这一栏不能空着"
    field: str
    label: str

    @property
    def message(self) -> str:
        return f"“{self.label}”不能空着，没有保存任何内容。"

    @property
    def way_out(self) -> str:
        return f"请写上“{self.label}”；整条不要了的，请作废，不用清空。"


def changes(
    table: str, typed: Mapping[str, str], now: Mapping[str, Value], today: date, *, creating: bool = False
) -> dict[str, Value]:
    """The fields that a form changes, and their new values. `remark` is no field: the caller appends it."""
    out: dict[str, Value] = {}
    for name, text in typed.items():
        if name in READ_ONLY and (name, table) not in [("number", one) for one in _NUMBERED_ELSEWHERE]:
            raise ReadOnlyField(name)
        if name in DATE_OF_STATE and DATE_OF_STATE[name][0] in TABLES[table]:
            continue
        known = TABLES[table].get(name)
        if known is None:
            raise UnknownField(table, name)
        if known.fixed or known.by_verb:
            raise ReadOnlyField(name)
        if known.type is not Type.FACTS:
            out |= _plain(known, seen(text).strip(), now, today)
    must = (MUST | PART_MUST).get(table, "")
    if not creating and must in out and not out[must] and now.get(must):
        raise LeftEmpty(must, label(table, must))
    out |= _events(table, typed, now, today, creating=creating, implied=out)
    return {name: value for name, value in out.items() if not same(value, now.get(name))}


def _plain(known: Field, text: str, now: Mapping[str, Value], today: date) -> dict[str, Value]:
    if not text:
        return {known.name: None}
    match known.type:
        case Type.DATE if known.name == "deadline":
            return _deadline(known, text, now)
        case Type.DATE:
            past = today if known.name in _HAPPENED else None
            return {known.name: day_of(known.name, known.label, text, past=past)}
        case Type.MONTH:
            return {known.name: _month(known, text, today)}
        case Type.NUMBER | Type.COUNT:
            return {known.name: _number(known, text)}
        case Type.CHOICE:
            return {known.name: _choice(known, text)}
        case Type.LIST:
            joined = "；".join(part for p in _LIST.split(text) if (part := p.strip()))
            return {known.name: _short_enough(known, joined) or None}
        case Type.RECORD if not fits(known, text):
            raise BadValue(known.name, known.label, text, "不是一条记录的编号")
        case _:
            return {known.name: _short_enough(known, text)}


def _short_enough(known: Field, text: str) -> str:
    if len(text) > FIELD_CHARS:
        raise BadValue(known.name, known.label, text, f"有 {len(text)} 字，一栏最多 {FIELD_CHARS} 字")
    return text


def _deadline(known: Field, text: str, now: Mapping[str, Value]) -> dict[str, Value]:
    found = now.get("found_on")
    read = read_deadline(text, found_on=date.fromisoformat(found) if isinstance(found, str) else None)
    if not read.sure or (read.day is None and read.kind is None):
        raise BadValue(known.name, known.label, text, read.why or "不是日期，也不是“立行立改”“长期坚持”这类写法")
    out: dict[str, Value] = {"deadline": read.day.isoformat() if read.day else None}
    if read.day is None or text != out["deadline"]:
        out["deadline_text"] = text
        if read.long_term_too:
            out["long_term_too"] = "true"
        if read.kind and read.kind != facts.state(now.get("deadline_kind")):
            out["deadline_kind"] = facts.with_event(None, "", read.kind)
    return out


def day_of(name: str, label_: str, text: str, *, past: date | None = None) -> str:
    """The ISO date that a text says; refused in the words of a field where it is none.

    `past`: today, where it is of something that happened: the running month says today, what is to come is refused.
    """
    read = read_day(text)
    if read is None or read.day is None or not read.sure:
        why = read.why if read and read.why else "不是有效日期，请写成 2024-06-30 这样"
        raise BadValue(name, label_, text, why)
    if past is None or read.day <= past:
        return read.day.isoformat()
    if read.grain == "month" and (read.day.year, read.day.month) == (past.year, past.month):
        return past.isoformat()
    raise BadValue(name, label_, text, _not_yet(past))


def _not_yet(today: date) -> str:
    """What is wrong with a day that is still to come; or with the clock of the PC."""
    return f"还没有到（这台电脑上今天是 {today.isoformat()}）"


def _month(known: Field, text: str, today: date) -> str:
    """A month up to the next one: an entry of a later month would stand for the newest one for years."""
    found = _MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12:
        raise BadValue(known.name, known.label, text, "不是月份，请写成 2024-05 这样")
    month = f"{found[1]}-{int(found[2]):02}"
    if month > (today.replace(day=1) + timedelta(days=31)).isoformat()[:7]:
        raise BadValue(known.name, known.label, text, _not_yet(today))
    return month


def _number(known: Field, text: str) -> Value:
    try:
        number = float(text)
    except ValueError:
        raise BadValue(known.name, known.label, text, "不是数字") from None
    if not abs(number) < 1e15:
        raise BadValue(known.name, known.label, text, "不是数字")
    if known.type is Type.COUNT and (number < 0 or not number.is_integer()):
        raise BadValue(known.name, known.label, text, "不是整数")
    if known.type is Type.COUNT and number >= COUNT_MOST:
        raise BadValue(known.name, known.label, text, "太大，不合理")
    return int(number) if number.is_integer() else number


def _choice(known: Field, text: str) -> str:
    if text in known.states:
        return text
    for value, word in known.states.items():
        if word == text:
            return value
    choices = "、".join(f"{value}（{word}）" for value, word in known.states.items())
    raise BadValue(known.name, known.label, text, f"不在可选范围内：{choices}")


def _events(
    table: str, typed: Mapping[str, str], now: Mapping[str, Value], today: date, *, creating: bool,
    implied: Mapping[str, Value],
) -> dict[str, Value]:  # fmt: skip
    """Fields that are views of dated events: writing one states an event with its date."""
    out: dict[str, Value] = {}
    for known in TABLES[table].values():
        if known.type is not Type.FACTS:
            continue
        value = facts_after(known, typed, now, today, creating=creating)
        if value is not None:
            out[known.name] = value
        elif creating and known.name == "deadline_kind" and implied.get("deadline") and known.name not in implied:
            out[known.name] = facts.with_event(None, "", "time_limited")
    return out


def facts_after(
    known: Field, typed: Mapping[str, str], now: Mapping[str, Value], today: date, *, creating: bool
) -> facts.Facts | None:
    """The events of one field after what was typed; None where nothing was said of it."""
    current = now.get(known.name)
    days = _days(known, typed, today)
    if known.name not in typed or known.name in DATE_OF_STATE:  # all that was said is a date
        return _dated(known, current, days, today) if days else None
    text = typed[known.name].strip()
    if not text:
        return facts.without_state(current, facts.state(current) or "")
    state = _choice(known, text)
    if not days.get(state) and state == facts.state(current):
        return facts.of(current)
    day = days.get(state) or _since(known, current, today, creating=creating)
    if known.name == "circular":
        return _dated(known, current, {**days, state: day}, today)
    return facts.with_event(current, day, state)


def _days(known: Field, typed: Mapping[str, str], today: date) -> dict[str, str]:
    """The days that were typed, by the state of which each is the day; "" where one was emptied."""
    found: dict[str, str] = {}
    for name, (field, state) in DATE_OF_STATE.items():
        if field == known.name and name in typed:
            text = typed[name].strip()
            found[state] = day_of(name, label(_table_of(known), name), text, past=today) if text else ""
    return found


def _dated(known: Field, current: Value, days: Mapping[str, str], today: date) -> facts.Facts:
    """The events after days were said."""
    if known.name == "circular":
        named, ended = days.get(circulars.NAMED), days.get(circulars.ENDED)
        if fault := circulars.fault(current, named, ended, today.isoformat()):
            state, why = fault
            name = next(name for name, axis in DATE_OF_STATE.items() if axis == (known.name, state))
            raise BadValue(name, label("problem", name), days[state], why)
        return circulars.after(current, named, ended)
    ((state, day),) = days.items()
    return facts.with_event(current, day, state) if day else facts.without_state(current, state)


def _since(known: Field, current: Value, today: date, *, creating: bool) -> str:
    """From when an undated statement holds: today; what kind of deadline a new record has, from the beginning."""
    events = facts.of(current)
    if known.name == "deadline_kind" and (creating or not events):
        return ""
    return max(today.isoformat(), events[-1][0] if events else "")


def _table_of(known: Field) -> str:
    return next(name for name, fields in TABLES.items() if fields.get(known.name) is known)


def local_fields(table: str) -> frozenset[str]:
    """Fields that never leave this disk."""
    return frozenset(f.name for f in TABLES[table].values() if f.owner is Owner.LOCAL)
