"""Inspections on paper: a checklist to be ticked by hand, blank or with what is known; the patrols of a month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, RowMapping

from models.documents.reading import read_workbook
from models.domain import inspection_form, words
from models.domain.fields import label
from models.domain.inspection_form import BOX, HEADINGS, OWN, Known, box
from models.domain.inspections import Question
from models.domain.paper import Paper, Table, Text, facts
from models.domain.reduce import reduce
from models.progress import Progress
from models.services.base import checklist_versions, inspection_look, showing, since
from models.services.base.desk import Desk
from models.services.base.writing import find
from models.services.inspections import inspection_list
from models.services.inspections.form_refusals import AnsweredSince, BadForm, EmptyForm, NoNumber, NotAForm
from models.services.inspections.inspection_refusals import NothingFound
from models.store import fold

_WIDTHS = (10, 46, 8, 8, 9, 19)
_BOXES = frozenset({2, 3, 4})
_SIGN = "检查人签字：　　　　　　　　　被检查单位（人）签字：　　　　　　　　　　　　年　　月　　日"
_HEAD = ("village", "place", "inspected_on", "people", "leader")


def of_inspection(desk: Desk, connection: Connection, id_: str) -> Paper:
    """One inspection: its head, its questions, what is answered already; its number finds it again.

    A stamp says what was answered when it was written: of a form that is read back only what was filled in counts.
    """
    row = find(connection, "inspection", id_)
    if row["zero"] == "true":
        raise NothingFound
    shown = showing.record(desk, connection, "inspection", row)
    at = shown.get("source_record")
    known_by = checklist_versions.known(connection, row["checklists"])
    known = [(label("inspection", "source"), at["title"])] if at else []
    known += [(label("inspection", name), str(shown.get(name) or "")) for name in _HEAD]
    last = since.length(connection)
    stamp = inspection_form.stamp(last, _known(desk, connection, row, last))
    asked = inspection_look.questions(connection, row)
    told = {line["item"]: line for line in shown["answers"]}
    return Paper(
        inspection_list.themes(row["checklists"]) or words.TABLE["inspection"],
        (
            facts((inspection_form.NUMBER, str(shown["number"])), *known, (inspection_form.STAMP, stamp)),
            _table((_row(id_, one, told[id_]["answer"], told[id_]["note"]) for id_, one in asked.items())),
            Text(_SIGN),
        ),
        line=f"{desk.here().name}　{'、'.join(one.title for one in known_by)}",
    )  # fmt: skip


def blank(desk: Desk, connection: Connection, name: str) -> Paper:
    """The newest version of a theme, or that of a code, with an empty head."""
    one = checklist_versions.named(connection, name)
    own = [item for item in checklist_versions.local_items(connection, one.theme) if item["void"] is None]
    mine = [item for item in own if item["unit"] == desk.side.unit]
    rows = [_row(item.id, Question.of_item(item, one.theme, one.code), None, None) for item in one.items]
    rows += [(OWN, f"{item['text']}", BOX, BOX, BOX, "") for item in mine]
    head = [(label("inspection", name), "") for name in ("source", *_HEAD)]
    return Paper(
        words.THEME[one.theme], (facts(*head), _table(rows), Text(_SIGN)), line=f"{desk.here().name}　{one.title}"
    )


def patrols(desk: Desk, connection: Connection, within: date) -> Paper:
    """The patrols of a month, a day a row: what the ledger has of it, the other days to be filled in by hand."""
    month = f"{within:%Y-%m}"
    told: dict[str, list[tuple[str, ...]]] = {}
    for one in reversed(inspection_list.lines(desk, connection, None)):
        if one.day.startswith(month):
            nothing = "" if one.state == "open" else "无"
            found = f"否 {one.found} 项，登记 {one.registered} 个问题" if one.found else nothing
            where = one.place or ("全部地方" if one.state == "zero" else "")
            told.setdefault(one.day, []).append((where, one.people, found, one.themes, ""))
    rows: list[tuple[str, ...]] = []
    for day in range(1, monthrange(within.year, within.month)[1] + 1):
        iso = f"{month}-{day:02}"
        rows += [(str(day), *cells) for cells in told.get(iso, [("",) * 5])]
    headings = ("日", "巡查的地方", "检查人", "发现的问题", "内容和处理情况", "签字")
    return Paper(
        f"{within.year}年{within.month}月日常排查巡查表",
        (Text("没有发现问题的也要填：“发现的问题”一栏写“无”，就是零报告。"),
         Table(tuple(rows), (6, 24, 16, 18, 26, 10), headings, frozenset({0}), tall=True)),
        line=f"{desk.here().name}　　　填表：　　　　　　　　　审核：　　　　　　　　",
    )  # fmt: skip


def _row(id_: str, one: Question, answer: str | None, note: str | None) -> tuple[str, ...]:
    code = id_ if one.checklist else OWN
    how = f"\n{one.how}" if one.how else ""
    return (code, f"{one.text}{how}", *(box(answer, kind) for kind in words.ANSWER), note or "")


def _table(rows: Iterable[tuple[str, ...]]) -> Table:
    return Table(tuple(rows), _WIDTHS, HEADINGS, frozenset({0, *_BOXES}), large=_BOXES)


# ------------------------------------------------------------------------------------------- read back


def grid(path: Path, progress: Progress) -> list[list[str]]:
    """The sheet of a filled form as texts. Refused where no sheet has the headings of a form."""
    for sheet in read_workbook(path, progress=progress).sheets:
        rows = [[cell.text if cell else "" for cell in cells] for cells in sheet.rows]
        if inspection_form.find_head(rows) >= 0:
            return rows
    raise NotAForm(path.name)


def understood(
    desk: Desk, connection: Connection, rows: list[list[str]], name: str
) -> tuple[RowMapping, dict[str, str], dict[str, str]]:
    """Which inspection a filled form is of, the answers and notes that were changed on it.

    Refused where anything in it cannot be read, or what it changes was answered otherwise since it was written.
    """
    number = inspection_form.number_of(rows)
    if not number:
        raise NoNumber(name)
    row = find(connection, "inspection", number)
    asked = inspection_look.questions(connection, row)
    own = {id_: one.text for id_, one in asked.items() if not one.checklist}
    filled = inspection_form.read(rows, asked.keys() - own.keys(), own)
    if filled.faults:
        raise BadForm(filled.faults)
    if not filled.answers and not filled.notes:
        raise EmptyForm(name)
    now = _known(desk, connection, row, since.length(connection))
    at = inspection_form.written_at(rows)
    then = _known(desk, connection, row, at)
    written: Known = then if inspection_form.is_stamped(rows, at, then) else {}
    answers, notes, meanwhile = inspection_form.news(filled, written, now)
    if meanwhile:
        raise AnsweredSince(tuple(asked[item].text for item in meanwhile))
    return row, answers, notes


def _known(desk: Desk, connection: Connection, row: RowMapping, last: int) -> Known:
    """What was answered when the log was that long."""
    _, found = next(fold.load(connection, [row["id"]]))
    then = reduce(row["id"].hex(), (one for pk, one in found.values() if pk <= last), desk.registry(connection))
    return {
        str(one.values["item"]): (str(one.values.get("answer") or ""), str(one.values.get("note") or ""))
        for one in then.records.values()
        if one.table == "answer" and one.values.get("item") and not one.void_from
    }
