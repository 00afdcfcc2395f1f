"""Taking cells that hold plain values: texts, lists, dates, numbers, names and telephone numbers, places."""

from __future__ import annotations

import re

from models.documents import cells
from models.documents.cells import Place
from models.documents.columns import Use, foreign_numbers
from models.documents.contacts import split_contact
from models.documents.draft import Draft
from models.documents.raw import Kind
from models.documents.states import read_verified, read_yes
from models.documents.texts import split_list, squash
from models.domain.field import Type

CUT = "（以下从略）"  # ends a remark that was too long for a cell of our own ledger

_PRECISE_DIGITS = 15
_STARS = re.compile(r"^[*★]+|[*★]+$")
_NAME = re.compile(r"[一-鿿]{2,}")
_NUMBER_WORDS = re.compile(r"(省|市|县)(?:级|里)?(?:问题)?(?:序号|编号|号)[:：]?第?[A-Za-z一-鿿]{0,2}[\d\-]+|[()、,/]")


def take_value(draft: Draft, use: Use, place: Place) -> None:
    """Take a cell by the type of its field."""
    match draft.at.types.get(use.field, Type.TEXT):
        case Type.DATE:
            _take_date(draft, use, place)
        case Type.LIST:
            _take_list(draft, use, place)
        case Type.COUNT:
            _take_or_reject(draft, use, place, cells.read_count(place.text), "不是数目")
        case Type.CHOICE:
            read = read_verified(place.text) if use.field == "verified" else read_yes(place.text)
            _take_or_reject(draft, use, place, read, "看不懂这个词")
        case _:
            take_text(draft, use, place)


def take_text(draft: Draft, use: Use, place: Place) -> None:
    """Take the words as they stand; those of a second column for the same field go below."""
    _doubt_digits(draft, place, place.text)
    several = use.field in draft.at.several
    text = f"{use.leaf}：{place.text}" if several else place.text
    if use.field in draft.values:
        text = f"{draft.values[use.field]}\n{text}"
    draft.set(use.field, text, place)


def _doubt_digits(draft: Draft, place: Place, text: str) -> None:
    if place.kind is Kind.NUMBER and len(re.sub(r"\D", "", text)) > _PRECISE_DIGITS:
        draft.flag(place, "数字超过 15 位，表格软件可能已丢掉后几位，请核对")


def _take_or_reject(draft: Draft, use: Use, place: Place, value: str | float | None, why: str) -> None:
    if value is None:
        draft.reject(use, place, why)
    else:
        draft.set(use.field, value, place)


def _take_list(draft: Draft, use: Use, place: Place) -> None:
    if draft.exact and "；" in place.text:
        draft.set(use.field, place.text.removesuffix("；"), place)
        return
    known = str(draft.values[use.field]).split("；") if use.field in draft.values else []
    if parts := dict.fromkeys([*known, *split_list(place.text)]):
        draft.set(use.field, "；".join(parts), place)


def _take_date(draft: Draft, use: Use, place: Place) -> None:
    read = cells.read_date(place, draft.at.source)
    if read.day is None or not read.sure:
        draft.reject(use, place, read.why)
    elif why := draft.at.ahead(read.day):
        draft.reject(use, place, why)
    else:
        draft.set(use.field, read.day.isoformat(), place)


def take_remark(draft: Draft, use: Use, place: Place) -> None:
    """The office's own remark stands before what is kept from other columns."""
    if draft.exact and place.text.endswith(CUT):
        return
    first = "remark" not in draft.cells
    draft.came_from("remark", place)
    if first:
        draft.kept.insert(0, place.text)
    else:
        draft.keep(use.leaf, place.text)


def take_numbers(draft: Draft, use: Use, place: Place) -> None:
    """市序号 may hold 9, 市序号9, or 序号8（市序号9）."""
    found = {} if draft.exact else foreign_numbers(place.text)
    if not found:
        draft.set(use.field, place.text if draft.exact else squash(place.text), place)
        return
    for name, number in found.items():
        draft.set(name, number, place)
    if _NUMBER_WORDS.sub("", squash(place.text)):
        draft.keep(use.leaf, place.text)


def take_receipt(draft: Draft, use: Use, place: Place) -> None:
    """A receipt number, without spaces; a star in front of it means a matter of special concern."""
    if draft.exact:
        draft.set(use.field, place.text, place)
        return
    key = squash(place.text)
    number = _STARS.sub("", key)
    if number != key:
        draft.kept.append(f"{use.leaf}标有*（重点关注）")
    _doubt_digits(draft, place, number)
    draft.set(use.field, number, place)


def take_contact(draft: Draft, use: Use, place: Place) -> None:
    """Name and telephone number, in whichever column they stand."""
    if draft.exact:
        draft.set(use.field, place.text, place)
        return
    read = split_contact(place.text)
    phone_column = use.field == "phone"
    if not phone_column and draft.phone and read.phone and squash(read.phone) not in squash(draft.phone):
        draft.set("person", place.text, place)  # another number than the one in the column of numbers
        return
    if phone_column and not (read.phone and _NAME.search(read.person)):
        if draft.values.get("phone", place.text) == place.text:
            draft.set("phone", place.text, place)
        else:
            draft.keep(use.leaf, place.text)
        return
    if read.person:
        if draft.values.get("person", read.person) == read.person:
            draft.set("person", read.person, place)
        else:
            draft.keep(use.leaf, place.text)
    if read.phone and (phone_column or "phone" not in draft.values):
        draft.set("phone", read.phone, place)


def take_fine(draft: Draft, use: Use, place: Place) -> None:
    """A fine, kept in 万元."""
    value = cells.read_fine(place.text, use.heading)
    number = re.fullmatch(r"[\d,.]+", squash(place.text))
    _take_or_reject(draft, use, place, value, "分不清是元还是万元" if number else "不是金额")


def take_degrees(draft: Draft, use: Use, place: Place) -> None:
    """Longitude or latitude, or both in one cell."""
    pair = cells.read_pair(place.text)
    if pair is not None:
        draft.set("longitude", pair[0], place)
        draft.set("latitude", pair[1], place)
        return
    value = cells.read_degrees(place.text)
    if value is None:
        draft.reject(use, place, "不是经纬度")
        return
    fits, swapped = cells.is_longitude(value), cells.is_latitude(value)
    other = "latitude"
    if use.field == "latitude":
        fits, swapped, other = swapped, fits, "longitude"
    if fits:
        draft.set(use.field, value, place)
    elif swapped:
        draft.flag(place, "经度和纬度像是写反了，已对调")
        draft.set(other, value, place)
    else:
        draft.reject(use, place, "经纬度不在我国范围内")
