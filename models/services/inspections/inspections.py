"""检查: patrols, what campaigns ask for and visits; answers by the version that one was begun with; zero reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, RowMapping, select

from models.domain import forms, words
from models.domain.operation import Value
from models.domain.reduce import Reduced
from models.domain.unit import derived_id, split_names
from models.progress import Progress, Silent
from models.services.base import audience, checklist_versions, inspection_look, refusals, showing
from models.services.base.desk import Desk
from models.services.base.pen import Pen, Place
from models.services.base.writing import allow, find, put, write_changes
from models.services.inspections import (
    findings,
    inspection_figures,
    inspection_findings,
    inspection_list,
    inspection_papers,
)
from models.services.inspections.inspection_refusals import (
    AnsweredMeanwhile,
    BoundToIt,
    NoSuchItem,
    NothingFound,
    NotYet,
    OneTheme,
    Unanswered,
)
from models.services.views.campaigns import Wanted
from models.services.views.inspections import InspectionChoices, InspectionLine
from models.services.views.lists import Record
from models.store import fold
from models.store.number import Numbers
from models.store.schema import inspection

_FROM_SOURCE = ("village", "place", "longitude", "latitude")
CREATOR = "登记这次检查的单位或县环委办"


class Inspections:
    """Everything the window and the hatch may ask of inspections, beside what they have in common with records."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def lines(self, since: date | None = None) -> tuple[InspectionLine, ...]:
        """All of them that count, the newest first; `since`: of that day or later."""
        with self._desk.ledger.read() as connection:
            return inspection_list.lines(self._desk, connection, since)

    def choices(self) -> InspectionChoices:
        """What one chooses from when an inspection begins."""
        with self._desk.ledger.read() as connection:
            return inspection_list.choices(self._desk, connection)

    def add(self, values: Mapping[str, str]) -> Record:
        """Begin one: today unless a day is said, at a source or a place, by the newest versions of its themes."""
        with self._desk.ledger.write() as connection:
            return self._show(connection, self._add(connection, values))

    def zero(self, values: Mapping[str, str] | None = None) -> Record:
        """零报告 of a day: that was looked at, and nothing was found. Said once, it is said."""
        given = {"kind": "patrol", "inspected_on": self._desk.today().isoformat(), **(values or {}), "zero": "true"}
        given.setdefault("finished_on", given["inspected_on"])
        with self._desk.ledger.write() as connection:
            said = self._resolved(connection, given)
            there = select(inspection.c.id).where(
                inspection.c.void_from.is_(None), inspection.c.creator == self._desk.side.unit,
                inspection.c.zero == "true", inspection.c.inspected_on == said["inspected_on"],
                inspection.c.campaign == said["campaign"] if said.get("campaign") else inspection.c.campaign.is_(None),
            )  # fmt: skip
            found = connection.scalar(there.limit(1))
            return self._show(connection, found.hex() if found else self._add(connection, given))

    def edit(self, id: str, values: Mapping[str, str], why: str = "") -> Record:
        """Change what is said of one. Its checklists stay once anything was answered."""
        with self._desk.ledger.write() as connection:
            row, history = self._live(connection, id)
            now = showing.values_of("inspection", row)
            changes = forms.changes("inspection", self._resolved(connection, values), now, self._desk.today())
            self._not_before(changes)
            if "checklists" in changes and inspection_look.answers(connection, row["id"]):
                raise BoundToIt
            allow(self._desk, "inspection", changes, history, row["creator"], CREATOR)
            if changes:
                write_changes(self._desk, connection, "inspection", row, history, changes, why)
            return self._show(connection, history.top)

    def answer(
        self, id: str, answers: Mapping[str, str], notes: Mapping[str, str] | None = None, rest: str = "",
        seen: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Record:  # fmt: skip
        """Answer questions by their ids: yes, no or na, or their words. `rest`: the answer to all that are left.

        `seen`: by question and field (answer, note) what whoever typed saw there: refused where it is so no more.
        """
        notes = notes or {}
        with self._desk.ledger.write() as connection:
            row, history = self._live(connection, id)
            if row["zero"] == "true":
                raise NothingFound
            asked = inspection_look.questions(connection, row)
            unknown = next((one for one in (*answers, *notes) if one not in asked), None)
            if unknown is not None:
                raise NoSuchItem(unknown)
            there = inspection_look.answers(connection, row["id"])
            said = {item: {"answer": text} for item, text in answers.items()}
            if rest:
                left = [item for item in asked if item not in said and not (there.get(item) or {}).get("answer")]
                said |= {item: {"answer": rest, "in_bulk": "true"} for item in left}
            for item, note in notes.items():
                said[item] = {**said.get(item, {}), "note": note}
            missed = [one for one, before in (seen or {}).items() if _differs(there.get(one) or {}, said[one], before)]
            if missed:
                raise AnsweredMeanwhile(len(missed))
            self._write(connection, row, history, said)
            return self._show(connection, history.top)

    def _write(
        self, connection: Connection, row: RowMapping, history: Reduced, said: Mapping[str, Mapping[str, str]]
    ) -> None:
        pen = Pen(self._desk, connection)
        aud = audience.of_record(self._desk, showing.values_of("inspection", row), pen.registry)
        allow(self._desk, "answer", ("item", "answer"), history)
        for item, values in said.items():
            entry = derived_id("answer", history.top, item)
            part = history.records.get(entry)
            given = {"in_bulk": "", **values} if "answer" in values else values
            changes = forms.changes("answer", given, part.values if part else {}, self._desk.today())
            if changes:
                pen.set(Place("answer", entry, history), {**changes, "item": item}, aud)
        put(self._desk, connection, pen)

    def read_form(self, path: Path, progress: Progress | None = None) -> Record:
        """Take what was filled in on a form that this program wrote; what cannot be read refuses all of it."""
        rows = inspection_papers.grid(path, progress or Silent())
        with self._desk.ledger.read() as connection:
            row, answers, notes = inspection_papers.understood(self._desk, connection, rows, path.name)
        return self.answer(row["id"].hex(), answers, notes)

    def finish(self, id: str, day: str = "") -> Record:
        """All was looked at: refused while a question is left. The day of the inspection, unless another is said."""
        with self._desk.ledger.write() as connection:
            row, history = self._live(connection, id)
            there = inspection_look.answers(connection, row["id"])
            asked = inspection_look.questions(connection, row)
            left = [one.text for item, one in asked.items() if not (there.get(item) or {}).get("answer")]
            if left and row["zero"] != "true":
                raise Unanswered(len(left), left[0])
            now, when = showing.values_of("inspection", row), day or row["inspected_on"] or ""
            changes = forms.changes("inspection", {"finished_on": when}, now, self._desk.today())
            self._not_before(changes)
            allow(self._desk, "inspection", changes, history, row["creator"], CREATOR)
            if changes:
                write_changes(self._desk, connection, "inspection", row, history, changes)
            return self._show(connection, history.top)

    def register(self, id: str, item: str, values: Mapping[str, str] | None = None, *, fixed: bool = False) -> Record:
        """Make a problem of a question answered 否; `fixed`: it was mended on the spot (立行立改). The problem."""
        with self._desk.ledger.write() as connection:
            row, history = self._live(connection, id)
            new = findings.register(self._desk, connection, row, history, item, values or {}, fixed=fixed)
            return showing.record(self._desk, connection, "problem", find(connection, "problem", new))

    def figures(
        self, *, as_of: date | None = None, known_by: date | None = None, since: date | None = None, campaign: str = ""
    ) -> Record:
        """What all of them amount to: services/inspections/inspection_figures.py."""
        with self._desk.ledger.read() as connection:
            return inspection_figures.figures(
                self._desk, connection, as_of=as_of, known_by=known_by, since=since, campaign=campaign
            )

    def findings(self, wanted: Wanted) -> list[Record]:
        """The findings behind one of those numbers, each with what became of it."""
        with self._desk.ledger.read() as connection:
            return inspection_findings.findings(self._desk, connection, wanted)

    # ------------------------------------------------------------------------------------- parts of verbs

    def _add(self, connection: Connection, values: Mapping[str, str]) -> str:
        desk = self._desk
        said = self._resolved(connection, values)
        if said.get("campaign"):
            of = find(connection, "campaign", said["campaign"])
            if of["void_from"]:
                raise refusals.IsVoid
            said.setdefault("checklists", of["checklists"] or "")
            said.setdefault("kind", of["kind"] or "campaign")
        if said.get("source"):
            at = showing.values_of("source", find(connection, "source", said["source"]))
            names = _FROM_SOURCE if not desk.is_county else (*_FROM_SOURCE, "township")
            said |= {name: str(at[name]) for name in names if name not in said and at[name] is not None}
        said.setdefault("kind", "patrol")
        said.setdefault("inspected_on", desk.today().isoformat())
        changes = {n: v for n, v in forms.changes("inspection", said, {}, desk.today(), creating=True).items() if v}
        self._not_before(changes)
        if not desk.is_county:
            changes["township"] = desk.side.unit
        own, year = desk.settings, desk.today().year
        changes["number"] = Numbers(connection, own["unit"], own["device"], year, "inspection").next()
        pen = Pen(desk, connection)
        made = pen.set(Place("inspection"), changes, audience.of_record(desk, dict(changes), pen.registry))
        put(desk, connection, pen)
        return made

    def _resolved(self, connection: Connection, values: Mapping[str, str]) -> dict[str, str]:
        """What was typed, with records and checklists by their ids: of a theme the newest version."""
        said = dict(values)
        for name in ("source", "campaign"):
            if text := said.get(name, "").strip():
                said[name] = find(connection, name, text)["id"].hex()
        if "checklists" in said:
            said["checklists"] = bound(connection, said["checklists"])
        return said

    def _not_before(self, changes: Mapping[str, Value]) -> None:
        """What is still to come was not inspected."""
        for name in ("inspected_on", "finished_on"):
            day = changes.get(name)
            if isinstance(day, str) and day > self._desk.today().isoformat():
                raise NotYet(day)

    def _live(self, connection: Connection, id: str) -> tuple[RowMapping, Reduced]:
        row = find(connection, "inspection", id)
        if row["void_from"]:
            raise refusals.IsVoid
        return row, fold.reduce_one(connection, row["id"], self._desk.registry(connection))

    def _show(self, connection: Connection, id: str) -> Record:
        return showing.record(self._desk, connection, "inspection", find(connection, "inspection", id))


def bound(connection: Connection, text: str) -> str:
    """Themes or codes as the codes of versions, in that order: no theme twice."""
    found = [checklist_versions.named(connection, name) for name in split_names(text)]
    themes = [one.theme for one in found]
    twice = next((theme for theme in themes if themes.count(theme) > 1), None)
    if twice is not None:
        raise OneTheme(words.THEME[twice])
    return "；".join(one.code for one in found)


def _differs(now: Mapping[str, Value], said: Mapping[str, str], before: Mapping[str, str]) -> bool:
    """Whether fields are by now neither what they were before nor what is to be said of them."""
    return any((now.get(name) or "") not in (text, said.get(name)) for name, text in before.items())
