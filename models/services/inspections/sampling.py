"""抽查名单: places drawn by chance under a name, of sources or of what units inspected; on the screen and on paper."""

from __future__ import annotations

from sqlalchemy import Connection, select

from models.domain import forms, lookbacks, sampling, words
from models.domain.checklists import parts_of
from models.domain.paper import Paper, Table, Text
from models.domain.unit import split_names
from models.services.base import checklist_versions
from models.services.base.desk import Desk
from models.services.inspections import inspection_figures
from models.services.problems.cycle_refusals import NotARule
from models.services.views.lists import Record
from models.services.views.sampling import OF, Drawn, Lot, Sample
from models.store.schema import inspection, source

_HEADINGS = ("序号", "乡镇", "名称、地点", "类别", "编号", "上次检查", "抽查结果")
_WIDTHS = (5, 13, 26, 14, 17, 10, 15)


class Sampling:
    """Everything the window and the hatch may ask of it. Nothing is written."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def usual_name(self) -> str:
        """What a sample of today is called."""
        today = self._desk.today()
        return f"{today.year}年{today.month}月抽查"

    def draw(self, lot: Lot) -> Sample:
        """The list, by unit and in the order in which chance drew."""
        rules = {"size": lot.size} if lot.size else {"share": lot.share}
        if fault := lookbacks.fault(rules):
            raise NotARule(fault)
        name = lot.name.strip() or self.usual_name()
        with self._desk.ledger.read() as connection:
            known = self._desk.registry(connection)
            units = {known.resolve(one) or one for one in lot.units}
            every = self._inspections(connection, lot) if lot.of == "inspections" else self._sources(connection, lot)
            some = [one for one in every if not units or one.unit in units]
            names = known.units
        order = sampling.drawn(((one.id, one.unit) for one in some), name, rules)
        chosen = [
            one._replace(rank=order[one.id], unit_name=names.get(one.unit, one.unit)) for one in some if one.id in order
        ]
        chosen.sort(key=lambda one: (one.unit, one.rank))
        narrowed = "、".join([*(names.get(one, one) for one in sorted(units)), *_narrowed(lot, self._desk)])
        said = sampling.basis(OF[lot.of], narrowed, rules, name, len(some), len(chosen))
        return Sample(name, lot.of, said, len(some), tuple(chosen))

    def paper(self, lot: Lot) -> Paper:
        """The list on paper, with room for what is found."""
        made = self.draw(lot)
        rows = tuple(
            (
                str(at),
                one.unit_name,
                "，".join(filter(None, (one.title, one.place))),
                one.kind,
                one.number,
                one.looked_on,
                "",
            )
            for at, one in enumerate(made.lines, 1)
        )
        return Paper(
            f"{made.name}名单", (Text(made.basis), Table(rows, _WIDTHS, _HEADINGS, centred=frozenset({0, 5}))),
            self._desk.today().isoformat(), f"{self._desk.here().name}    抽查人：            日期：", landscape=True,
        )  # fmt: skip

    def _sources(self, connection: Connection, lot: Lot) -> list[Drawn]:
        kinds = {_kind(self._desk, one) for one in lot.kinds}
        newest: dict[str, str] = {}
        for one in inspection_figures.known(self._desk, connection, None, self._desk.registry(connection)):
            if one.source and one.void_from is None:
                newest[one.source] = max(one.day, newest.get(one.source, ""))
        rows = connection.execute(select(source).where(source.c.void_from.is_(None)).order_by(source.c.pk)).mappings()
        return [
            Drawn(
                row["id"].hex(), row["number"] or "", row["name"] or "", row["unit"] or "", "",
                words.SOURCE_KIND.get(row["kind"] or "", ""),
                "，".join(filter(None, (row["village"], row["place"]))), newest.get(row["id"].hex(), ""),
            )
            for row in rows
            if not kinds or row["kind"] in kinds
        ]  # fmt: skip

    def _inspections(self, connection: Connection, lot: Lot) -> list[Drawn]:
        """What units say that they looked at, zero reports too: those are what a county looks at again."""
        wanted = {checklist_versions.theme_of(one) for one in lot.themes}
        names = {row.id.hex(): row.name for row in connection.execute(select(source.c.id, source.c.name))}
        live = select(inspection).where(inspection.c.void_from.is_(None)).order_by(inspection.c.pk)
        found: list[Drawn] = []
        for row in connection.execute(live).mappings():
            parts = (parts_of(code) for code in split_names(row["checklists"] or ""))
            themes = [one[0] for one in parts if one]
            if wanted and not wanted & set(themes):
                continue
            said = [words.THEME[one] for one in dict.fromkeys(themes)]
            kind = "、".join(said) or words.INSPECTION_KIND.get(row["kind"] or "", "")
            zero = words.SAID["zero"] if row["zero"] == "true" else ""
            title = names.get(row["source"] or "") or row["place"] or row["village"] or zero
            place = "，".join(one for one in (row["village"], zero) if one and one != title)
            id_, number, unit = row["id"].hex(), row["number"] or "", row["unit"] or ""
            found.append(Drawn(id_, number, title, unit, "", kind, place, row["inspected_on"] or ""))
        return found


def _kind(desk: Desk, text: str) -> str:
    return str(forms.changes("source", {"kind": text}, {}, desk.today())["kind"])


def _narrowed(lot: Lot, desk: Desk) -> list[str]:
    if lot.of == "sources":
        return [words.SOURCE_KIND[_kind(desk, one)] for one in lot.kinds]
    return [words.THEME[checklist_versions.theme_of(one)] for one in lot.themes]


def as_record(made: Sample) -> Record:
    """As scripts see it."""
    return {
        "name": made.name, "of": made.of, "basis": made.basis, "candidates": made.candidates,
        "lines": [one._asdict() for one in made.lines],
    }  # fmt: skip
