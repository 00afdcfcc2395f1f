"""What one pollution source says about itself: what is to be looked at now, and its particulars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gui import saying
from models.domain.fields import label as label_of
from models.services.views.lists import Record
from models.services.views.sources import LikelyDouble

BASICS = ("kind", "village", "person")  # without which nobody finds it, or whom to call


class Ask(NamedTuple):
    """One thing to look at: its words, the button that does it, and what that does."""

    text: str
    deed: str = ""
    what: str = ""  # edit:field, or open:id of another source
    tone: str = ""
    apart: str = ""  # the id of the other source that it is said not to be


def asks(record: Record, doubles: Sequence[LikelyDouble]) -> list[Ask]:
    """What is to be looked at, the gravest first."""
    return [*_found(record), *_doubted(record), *_same(doubles), *_lacking(record)]


def _found(record: Record) -> Iterator[Ask]:
    for one in record.get("repeated") or ():
        yield Ask(f"屡查屡犯：“{one['text']}”查出 {one['times']} 次", tone="red")


def _doubted(record: Record) -> Iterator[Ask]:
    code = label_of("source", "credit_code")
    for said in record.get("doubts") or ():
        if "：" in said:  # of a permit, which stands right below
            yield Ask(said, tone="red" if "已于" in said else "orange")
        else:
            yield Ask(said, "去改", f"edit:{'credit_code' if said.startswith(code) else 'longitude'}", "orange")


def _same(doubles: Sequence[LikelyDouble]) -> Iterator[Ask]:
    for one in doubles:
        where = f"，在{one.village}" if one.village else ""
        yield Ask(f"可能和“{one.name}”是同一个：{one.why}{where}", "看另一个", f"open:{one.id}", "orange", one.id)


def _lacking(record: Record) -> Iterator[Ask]:
    empty = [name for name in BASICS if not record.get(name)]
    if empty:
        names = "、".join(label_of("source", name) for name in empty)
        yield Ask(f"还没有写{names}", "去写", f"edit:{empty[0]}")


def facts(record: Record) -> list[tuple[str, str, str, str]]:
    """The particulars, for the rail: label, value, tone, small line below; what is empty is left out."""
    east, north = record.get("longitude"), record.get("latitude")
    datum = _said(record, "datum")
    where = f"{east}, {north}" + (f"（{datum}）" if datum else "") if east is not None and north is not None else ""
    made = [
        (label_of("source", "number"), _said(record, "number"), "", ""),
        (label_of("source", "kind"), _said(record, "kind"), "", ""),
        (label_of("source", "credit_code"), _said(record, "credit_code"), "", ""),
        (label_of("source", "township"), _said(record, "township_name"), "", _said(record, "village")),
        (label_of("source", "place"), _said(record, "place"), "", ""),
        ("经度、纬度（坐标系）", where, "", ""),
        (label_of("source", "person"), _said(record, "person"), "", _said(record, "phone")),
        (label_of("source", "control"), _said(record, "control"), "", ""),
        (label_of("source", "control_person"), _said(record, "control_person"), "", ""),
    ]
    return [one for one in made if one[1] or one[3]]


def _said(record: Record, name: str) -> str:
    return saying.value(name, record.get(name), "source")
