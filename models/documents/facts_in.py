"""Putting together what several columns of one row say about how far a matter is, and seeing where they contradict."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from models.documents.cells import Place
from models.documents.rows import Fact, Note
from models.documents.states import CLOSING, COMPLETED, FINISH, KIND, PACE

_DAY_OF = {COMPLETED: "completed", CLOSING: "closed", FINISH: "finished"}


@dataclass
class Told:
    """What one row says of each axis."""

    kind: str  # problems or petitions
    states: dict[str, tuple[str, Place]] = field(default_factory=dict[str, tuple[str, Place]])
    implied: dict[str, tuple[str, Place]] = field(default_factory=dict[str, tuple[str, Place]])
    days: dict[str, tuple[date, Place]] = field(default_factory=dict[str, tuple[date, Place]])
    events: list[Fact] = field(default_factory=list[Fact])  # of an axis of which several days are told
    rejected: list[tuple[Place, str, str]] = field(default_factory=list[tuple[Place, str, str]])  # place, why, label
    flagged: list[Note] = field(default_factory=list[Note])

    def say(self, axis: str, state: str, place: Place, *, implied: bool = False) -> bool:
        """Note a state; False where another column says something else."""
        told = self.implied if implied else self.states
        if axis in told and told[axis][0] != state:
            return implied and _settle_implied(told, axis, state, place)
        told.setdefault(axis, (state, place))
        return True

    def on(self, axis: str, day: date, place: Place) -> bool:
        """Note the day of the final state of an axis; False where another column names another day."""
        if axis in self.days and self.days[axis][0] != day:
            return False
        self.days.setdefault(axis, (day, place))
        return True

    def facts(self, as_of: date | None) -> tuple[Fact, ...]:
        """The facts that can be believed; what contradicts them goes to `rejected`."""
        done = COMPLETED if self.kind == "problems" else FINISH
        self._day_makes_state(done)
        self._day_makes_state(CLOSING)
        self._closing_means_done(done)
        self._look_at_days(done, as_of)
        facts: list[Fact] = []
        for axis in (KIND, PACE, done, CLOSING):
            if axis in self.states:
                state = self.states[axis][0]
                day = self.days[axis][0] if axis in self.days and state == _DAY_OF.get(axis) else None
                facts.append(Fact(axis, state, day))
        return (*facts, *sorted(self.events, key=lambda one: one.day or date.min))

    def _day_makes_state(self, axis: str) -> None:
        """A day of completion alone says completed; beside 否 it is a contradiction that a person must solve."""
        if axis not in self.days:
            return
        day, place = self.days[axis]
        state = self.states.get(axis)
        if state is None:
            self.states[axis] = (_DAY_OF[axis], place)
        elif state[0] != _DAY_OF[axis]:
            del self.days[axis]
            self.rejected.append((place, f"与“{state[1].text}”矛盾，没有采用这个日期（{day.isoformat()}）", ""))

    def _closing_means_done(self, done: str) -> None:
        """What is closed, or about to be, has been completed; where a column denies it, the closing is in doubt."""
        if done not in self.states and done in self.implied:
            self.states[done] = self.implied[done]
            if self.states[done][0] == _DAY_OF[done] and CLOSING in self.days:
                self.days.setdefault(done, self.days[CLOSING])
        closing = self.states.get(CLOSING)
        if closing is None and CLOSING in self.implied:
            closing = self.states[CLOSING] = self.implied[CLOSING]
        if closing is None or closing[0] == "none":
            return
        state = self.states.get(done)
        final = _DAY_OF[done]
        if state is None:
            self.states[done] = (final, closing[1])
            if closing[0] == "closed" and CLOSING in self.days:
                self.days.setdefault(done, self.days[CLOSING])
        elif state[0] == "open":
            del self.states[CLOSING]
            self.days.pop(CLOSING, None)
            self.rejected.append((closing[1], f"与“{state[1].text}”矛盾，没有采用", ""))

    def _look_at_days(self, done: str, as_of: date | None) -> None:
        for axis in (done, CLOSING):
            if axis in self.days and as_of and self.days[axis][0] > as_of:
                day, place = self.days[axis]
                self.flagged.append(Note(place.address, place.text, f"日期（{day.isoformat()}）晚于截至日期，请核对"))
        if done in self.days and CLOSING in self.days and self.days[CLOSING][0] < self.days[done][0]:
            place = self.days[CLOSING][1]
            self.flagged.append(Note(place.address, place.text, "销号时间早于完成时间，请核对"))


def _settle_implied(told: dict[str, tuple[str, Place]], axis: str, state: str, place: Place) -> bool:
    """Of two hints the one that claims more stands: 未销号 does not take back 完成."""
    if told[axis][0] in {"open", "none"}:
        told[axis] = (state, place)
    return True
