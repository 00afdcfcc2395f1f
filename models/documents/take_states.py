"""Taking cells that say how far a matter is, and until when it must be done."""

from __future__ import annotations

import re
from datetime import date

from models.documents import cells
from models.documents.cells import Place
from models.documents.columns import Use
from models.documents.draft import Draft
from models.documents.raw import Kind
from models.documents.rows import Fact
from models.documents.states import CLOSING, COMPLETED, FINISH, KIND, PACE, read_state, read_yes
from models.documents.take_values import take_text
from models.documents.texts import squash
from models.domain.circulars import ENDED, NAMED
from models.domain.deadline import Deadline
from models.domain.words import DEADLINE_KIND

_DONE_AT_FIRST = re.compile(r"\s*(已|已经|全部|均已)(全部|全面)?(完成|办结|整改到位|整改完毕|整改完成|销号)")
_WITH_DAYS = frozenset({COMPLETED, CLOSING, FINISH})


def take_state(draft: Draft, use: Use, place: Place) -> None:
    """A column about completion, closing, pace or finishing: words, or the day, or both."""
    axis = use.field
    as_date = cells.read_date(place, draft.at.source) if axis in _WITH_DAYS else None
    if as_date is not None and as_date.day is not None and as_date.sure:
        _on(draft, axis, as_date.day, use, place)
        return
    read = read_state(place.text, axis) if place.kind in {Kind.TEXT, Kind.BOOL} else None
    if read is None:
        known = as_date is not None and as_date.why not in {"", "不是日期"}
        draft.reject(use, place, as_date.why if known and as_date else "看不懂这个词")
        return
    if axis in read.states:
        if not draft.told.say(axis, read.states[axis], place):
            draft.reject(use, place, "与另一列矛盾")
            return
        draft.came_from(axis, place)
    _imply(draft, axis, read.states, place)
    if read.day is not None:
        _on(draft, axis, read.day, use, place)


def _imply(draft: Draft, axis: str, states: dict[str, str], place: Place) -> None:
    """What the words say besides: 已销号 says completed. A column of its own has the last word."""
    for named, state in states.items():
        if named == COMPLETED and draft.at.kind == "petitions":
            draft.told.say(FINISH, "finished" if state == "completed" else "open", place, implied=True)
        elif named != axis and named in draft.at.types and not (axis == PACE and draft.at.done_told):
            draft.told.say(named, state, place, implied=True)


def _on(draft: Draft, axis: str, day: date, use: Use, place: Place) -> None:
    if why := draft.at.ahead(day):
        draft.reject(use, place, why)
    elif draft.told.on(axis, day, place):
        draft.came_from(use.field, place)
    else:
        draft.reject(use, place, "与另一列的日期不同")


def take_state_day(draft: Draft, use: Use, place: Place) -> None:
    """销号时间 and 办结时间: the day of the final state of their axis."""
    axis = CLOSING if use.field == "closed_on" else FINISH
    read = cells.read_date(place, draft.at.source)
    worded = read_state(place.text, axis) if place.kind is Kind.TEXT else None
    if read.day is not None and read.sure:
        _on(draft, axis, read.day, use, place)
    elif worded is not None and worded.day is not None:
        _on(draft, axis, worded.day, use, place)
    else:
        draft.reject(use, place, read.why)


def take_circular(draft: Draft, use: Use, place: Place) -> None:
    """上级通报: the day on which a problem was named, and the day on which that ended; or that it was, with 是.

    否 says nothing, as an empty cell does.
    """
    if read_yes(place.text) == "false":
        return
    state = ENDED if use.field == "circular_ended_on" else NAMED
    read = cells.read_date(place, draft.at.source)
    if not (read.day and read.sure) and read_yes(place.text) != "true":
        draft.reject(use, place, read.why)
        return
    draft.told.events.append(Fact("circular", state, read.day if read.sure else None))
    draft.came_from("circular", place)
    draft.came_from(use.field, place)


def take_progress(draft: Draft, use: Use, place: Place) -> None:
    """A text that is kept, and read as well where the whole column consists of words for states."""
    take_text(draft, use, place)
    if draft.at.done_told:
        return
    if not use.states_too:
        if not draft.at.day_told and _DONE_AT_FIRST.match(place.text):
            draft.flag(place, "文字里写着已完成，没有登记为完成，请核对")
        return
    read = read_state(place.text, draft.at.done)
    if read is None:
        draft.flag(place, "看不出是否已完成，只作为进展文字登记")
        return
    for named, state in read.states.items():
        draft.told.say(named, state, place, implied=named != draft.at.done)
        draft.came_from(named, place)
    if read.day is not None:
        _on(draft, draft.at.done, read.day, use, place)


def take_kind(draft: Draft, use: Use, place: Place) -> None:
    """整改类型: 限期整改, 长期坚持, 立行立改; some offices write the whole deadline there."""
    read = read_state(place.text, KIND)
    kind = read.states.get(KIND) if read else None
    if kind is None:
        limit = cells.read_limit(place, None, draft.at.source)
        kind = limit.kind  # the kind is plain also where the day is not
        if limit.sure and limit.day:
            draft.set("deadline", limit.day.isoformat(), place)
            draft.set("deadline_text", limit.text, place)
        if limit.long_term_too:
            draft.set("long_term_too", "true", place)
    if kind is None:
        draft.reject(use, place, "看不懂这个词")
    elif not draft.told.say(KIND, kind, place):
        draft.reject(use, place, "与另一列矛盾")
    else:
        draft.came_from(KIND, place)


def keep_limit(draft: Draft, use: Use, place: Place) -> None:
    """Put a deadline aside until the row is read: days count from the day of finding."""
    if draft.limit is None:
        draft.limit = place
    else:
        draft.keep(use.leaf, place.text)


def take_limit(draft: Draft) -> None:
    """Read the deadline that was put aside."""
    place = draft.limit
    if place is None:
        return
    found = draft.values.get("found_on")
    read = cells.read_limit(place, date.fromisoformat(str(found)) if found else None, draft.at.source)
    if draft.exact:
        _take_exact_limit(draft, read, place)
        return
    _take_kind_of(draft, read, place)
    draft.came_from("deadline", place)
    if not read.sure:
        draft.set("deadline_text", read.text, place)
        draft.flag(place, f"{read.why}，时限只登记了文字")
        return
    if read.why:
        draft.flag(place, read.why)
    if read.day is not None:
        draft.set("deadline", read.day.isoformat(), place)
    if place.kind is not Kind.DATE and "deadline_text" not in draft.values:
        draft.set("deadline_text", read.text, place)
    if "long_term_too" not in draft.values:
        draft.set("long_term_too", "true" if read.long_term_too else "false", place)


def _take_exact_limit(draft: Draft, read: Deadline, place: Place) -> None:
    """Our own ledger says kind, words and 长期坚持 in columns of their own; words win where somebody changed them."""
    draft.came_from("deadline", place)
    if read.sure and read.day is not None:
        draft.set("deadline", read.day.isoformat(), place)
    elif not read.sure:
        draft.flag(place, f"{read.why}，时限只登记了文字")
    if place.kind is not Kind.DATE and squash(place.text) not in DEADLINE_KIND.values():
        draft.set("deadline_text", place.text, place)
    if read.sure and read.long_term_too:
        draft.set("long_term_too", "true", place)


def _take_kind_of(draft: Draft, read: Deadline, place: Place) -> None:
    told = draft.told.states.get(KIND)
    if not read.kind:
        return
    if told is None:
        draft.told.say(KIND, read.kind, place)
        draft.came_from(KIND, place)
    elif {told[0], read.kind} == {"time_limited", "long_term"}:
        draft.flag(place, f"整改类型写的是“{told[1].text}”，时限写的是“{place.text}”，请核对")
