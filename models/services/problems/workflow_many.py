"""One step for several problems: what they can take, a plan to look at, one transaction, undone as one.

The plan is the writing itself, with a pen that nobody puts: what it says of a problem is what would happen to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from sqlalchemy import Connection

from models.domain import workflow
from models.domain.forms import BadValue
from models.progress import Progress
from models.services.base import dictionaries, refusals, since
from models.services.base.desk import Desk
from models.services.base.pen import Pen
from models.services.base.refusals import IsVoid
from models.services.base.writing import put
from models.services.problems import taking_back
from models.services.problems.workflow_choice import asked, chosen, deed_of, name_of, preset
from models.services.problems.workflow_look import At, ground, look
from models.services.problems.workflow_refusals import (
    NobodyCan,
    NoSuchStep,
    OwnWork,
    StepDone,
    StepLacks,
    StepNotYours,
)
from models.services.problems.workflow_writing import Taking
from models.services.views.workflow import ManyStep, ManyWay, StepLine, StepPlan, Taken
from models.store import fold, pages

AT_ONCE = 100  # problems between two looks at whether to stop
REASONS = 3  # that a refusal names


def offered(desk: Desk, rows: Sequence[int], progress: Progress) -> ManyWay:
    """The steps that some of these problems can take at this desk."""
    can: Counter[tuple[str, str]] = Counter()
    county = ""
    with desk.ledger.read() as connection:
        for at in each(desk, connection, rows, progress, "正在查看"):
            if at is not None and not at.row["void_from"]:
                every, county = workflow.offers(at.standing, at.kinds), at.county
                can.update((one.step.verb, one.step.stage) for one in every if one.possible)
        standards = tuple(dictionaries.content(connection, "closing_standards"))
        phrases = tuple(dictionaries.content(connection, "phrases")["opinion"])
    today = desk.today()
    steps = tuple(
        ManyStep(one.verb, one.stage, one.label, count, one.table, asked(one, today, partial(preset, one, county)))
        for one in workflow.STEPS
        if (count := can[one.verb, one.stage])
    )
    return ManyWay(steps, standards, phrases)


def plan(desk: Desk, rows: Sequence[int], verb: str, values: Mapping[str, str], progress: Progress) -> StepPlan:
    """What the step would do to each of them. A value that fits none of them is refused as the value's fault."""
    deed_of(verb)
    with desk.ledger.read() as connection:
        at = since.length(connection)
        some = _Several(desk, connection, verb, values)
        lines = tuple(some.run(rows, progress, "正在核对"))
    some.readable()
    return StepPlan(verb, some.label, tuple(values.items()), lines, at)


def take(desk: Desk, looked_at: StepPlan, progress: Progress) -> Taken:
    """Write what was planned; nothing at all where one of them is not as it was looked at."""
    going = looked_at.going
    if not going:
        reasons = {one.why: one.title for one in reversed(looked_at.lines)}
        told = [f"{why}（例如“{title}”）" for why, title in reasons.items()]
        raise NobodyCan(looked_at.label, "；".join(told[:REASONS]))
    with desk.ledger.write(deed=deed_of(looked_at.verb)) as connection:
        since.untouched(connection, looked_at.at, going)
        some = _Several(desk, connection, looked_at.verb, dict(looked_at.values))
        for line, planned in zip(some.run([one.row for one in going], progress, "正在写入"), going, strict=True):
            if line != planned:
                raise refusals.ChangedMeanwhile(planned.title)
        progress.step(len(going), len(going), "正在保存")
        after = since.length(connection)
        put(desk, connection, some.pen)
        token = taking_back.token(connection, looked_at.verb, after)
        return Taken(looked_at.label, tuple(one.id for one in going), token)


def each(desk: Desk, connection: Connection, rows: Sequence[int], progress: Progress, what: str) -> Iterator[At | None]:
    """How each of these problems stands; None for one that is gone."""
    on = ground(desk, connection)
    for start in range(0, len(rows), AT_ONCE):
        progress.step(start, len(rows), what)
        some = rows[start : start + AT_ONCE]
        found = {row["pk"]: row for row in pages.block(connection, "problem", some)}
        histories = dict(fold.reduce_many(connection, [row["id"] for row in found.values()], on.who))
        for number in some:
            row = found.get(number)
            yield look(desk, connection, row, histories[row["id"]], on) if row else None


class _Several:
    """One step for several problems, collected with one pen."""

    def __init__(self, desk: Desk, connection: Connection, verb: str, values: Mapping[str, str]) -> None:
        self._desk, self._connection, self._verb = desk, connection, verb
        self._values = {name: text.strip() for name, text in values.items()}
        self._stage = self._values.pop("stage", "")
        self._unreadable: list[BadValue] = []
        self._tried = 0  # problems that only their values may hold up
        self.pen = Pen(desk, connection)
        self.label = workflow.called(self._stage) if self._stage else name_of(verb)

    def run(self, rows: Sequence[int], progress: Progress, what: str) -> Iterator[StepLine]:
        """Take it for each of these rows, in their order."""
        for number, at in zip(rows, each(self._desk, self._connection, rows, progress, what), strict=True):
            if at is None:
                yield StepLine(number, "", "", "", "", "stays", "这条记录已经不在了")
                continue
            row, why = at.row, self._try(at)
            unit = row["unit"] or ""
            yield StepLine(
                number, row["id"].hex(), row["number"] or "", row["description"] or "",
                self.pen.registry.units.get(unit, unit), "stays" if why else "goes", why,
            )  # fmt: skip

    def readable(self) -> None:
        """A value that none of them can take is said beside its field, not beside every problem."""
        if self._unreadable and len(self._unreadable) == self._tried:
            raise self._unreadable[0]

    def _try(self, at: At) -> str:
        """Take the step for one of them, or say why not."""
        typed = dict(self._values)
        try:
            # What units with a PC do themselves is done for them one by one, never for a whole selection.
            step = chosen(at._replace(may=at.kinds), self._verb, self._stage, typed)
            self._tried += 1
            Taking(self._desk, self._connection, at, self.pen).take(step, typed, "")
        except (NoSuchStep, StepNotYours, StepDone, StepLacks, OwnWork) as error:
            return error.short
        except BadValue as error:
            self._unreadable.append(error)
            return f"{error.label}“{error.value}”{error.why}"
        except IsVoid:
            return "这条记录已作废"
        return ""
