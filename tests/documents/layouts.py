"""Ledgers as offices make them, from a seed: other headings, other orders, merged rows, groups, totals, signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from tests.documents.layout_files import Merge, Sheet, as_csv, as_xls, as_xlsx
from tests.documents.layout_records import Cell, Teller
from tests.documents.layout_words import GROUPS, HALVES, PETITION_HEADINGS, PROBLEM_HEADINGS

Heading = tuple[tuple[str, ...], str]  # the words from top to bottom, and the field


@dataclass
class Layout:
    """A workbook, and what must come out of it."""

    seed: int
    kind: str
    content: bytes
    suffix: str
    truth: list[dict[str, Cell]]
    as_of: date | None
    facts: dict[str, bool]  # which oddities it has, for the report


class Maker(Teller):
    """Makes one workbook."""

    def __init__(self, seed: int) -> None:
        random = Random(seed)
        self.seed = seed
        self.kind = "petitions" if seed % 3 == 2 else "problems"
        super().__init__(random, random.choice(["xlsx", "xlsx", "xlsx", "xls", "csv"]))
        self.headings = PROBLEM_HEADINGS if self.kind == "problems" else PETITION_HEADINGS
        self.odd = {
            name: self.r.random() < share
            for name, share in {
                "title": 0.85,
                "unit_line": 0.6,
                "hint_above": 0.25,
                "numbers_row": 0.25,
                "repeat": 0.3,
                "total": 0.6,
                "signature": 0.6,
                "note": 0.3,
                "blank": 0.4,
                "group": 0.3,
                "merged_source": 0.3,
                "extra_sheets": 0.4,
                "counter": 0.85,
                "hidden_row": 0.2,
                "shifted": 0.15,
                "example": 0.1,
                "formula_total": 0.3,
            }.items()
        }
        self.depth = self.r.choice([1, 1, 2, 2, 3])
        if self.suffix == "csv":
            self.depth = min(self.depth, 2)
        self.group_field = ""

    # ---------------------------------------------------------------------------------------- how it is laid out

    def make(self) -> Layout:
        r = self.r
        subject = "description" if self.kind == "problems" else "content"
        fields = [f for f in self.headings if f == subject or r.random() < 0.75]
        if "contact" in fields:
            fields = [f for f in fields if f not in {"person", "phone"}]
        if self.kind == "petitions" and "receipt_number" not in fields:
            fields.append("receipt_number")
        self.chosen = {f: r.choice(self.headings[f]) for f in fields}
        if len({*self.chosen.values()}) < len(self.chosen) or {"说明"} & set(self.chosen.values()) & {"x"}:
            self.chosen |= {f: self.headings[f][0] for f in fields}
        group = r.choice(["source", "township"]) if self.kind == "problems" else "township"
        if self.odd["group"] and group in fields:
            self.group_field = group
            fields.remove(group)
        r.shuffle(fields)
        columns = self.arranged(fields)
        count = r.randrange(6, 30)
        made = self.problem if self.kind == "problems" else self.petition
        truth = [made(i + 1, set(fields)) for i in range(count)]
        if self.group_field:
            truth.sort(key=lambda cells: str(cells[self.group_field].typed))
        rows, merges = self.sheet(columns, truth)
        as_of = date(2024, 4, 30) if self.odd["unit_line"] else None
        keep = {*fields, *({self.group_field} - {""})}
        return Layout(
            self.seed,
            self.kind,
            self.encoded(rows, merges),
            self.suffix,
            [{name: cell for name, cell in cells.items() if name in keep} for cells in truth],
            as_of,
            {**self.odd, f"depth{self.depth}": True, self.suffix: True},
        )

    def arranged(self, fields: list[str]) -> list[Heading]:
        """Columns with their headings; where there are headings above, their columns stand together."""
        if self.depth == 1:
            columns = [((self.chosen[f],), f) for f in fields]
        else:
            groups = list(GROUPS)
            self.r.shuffle(groups)
            inside = [(g, f) for g in groups for f in fields if f in GROUPS[g]]
            alone = [f for f in fields if not any(f in members for members in GROUPS.values())]
            tops = {g: half for half, members in HALVES.items() for g in members}
            if self.depth == 3:
                inside.sort(key=lambda item: tops[item[0]])
            columns = [((self.chosen[f],), f) for f in alone]
            columns += [((*((tops[g],) if self.depth == 3 else ()), g, self.chosen[f]), f) for g, f in inside]
        counter = [(("序号",), "counter")] if self.odd["counter"] else []
        remark = [c for c in columns if c[1] == "remark"]
        return [*counter, *(c for c in columns if c[1] != "remark"), *remark]

    def sheet(self, columns: list[Heading], truth: list[dict[str, Cell]]) -> tuple[list[list[object]], list[Merge]]:
        self.width = len(columns)
        self.rows: list[list[object]] = []
        self.merges: list[Merge] = []
        if self.odd["title"]:
            self.wide("临江县生态环境保护督察反馈问题整改台账" if self.kind == "problems" else "信访件办理情况一览表")
        if self.odd["unit_line"]:
            self.wide("填报单位：临江县生态环境委员会办公室        截至日期：2024年4月30日")
        if self.odd["hint_above"]:
            self.wide("填报说明：1.整改时限填写到日；2.序时进度按方案填写；3.本表每月25日前报送。")
        top = len(self.rows)
        headings, heading_merges = self.heading_rows(columns, top)
        self.rows += headings
        self.merges += heading_merges
        if self.odd["numbers_row"] and self.suffix != "csv":
            self.rows.append([str(i + 1) for i in range(self.width)])
        if self.odd["example"] and self.odd["counter"]:
            self.rows.append(["示例", *["例：填写到日"] * (self.width - 1)])
        self.records(columns, truth, headings, [(a - top, b, c - top, d) for a, b, c, d in heading_merges])
        self.foot(len(truth))
        if self.odd["shifted"] and self.suffix == "xlsx":
            rows: list[list[object]] = [[None], *([None, *line] for line in self.rows)]
            return rows, [(a + 1, b + 1, c + 1, d + 1) for a, b, c, d in self.merges]
        return self.rows, self.merges

    def wide(self, text: str) -> None:
        """A line over the whole width."""
        if self.suffix != "csv":
            self.merges.append((len(self.rows), 0, len(self.rows), self.width - 1))
        self.rows.append([text, *[None] * (self.width - 1)])

    def records(
        self, columns: list[Heading], truth: list[dict[str, Cell]], headings: list[list[object]], merges: list[Merge]
    ) -> None:
        above: object = None
        sources: list[int] = []
        for number, cells in enumerate(truth):
            if self.group_field and cells[self.group_field].typed != above:
                above = cells[self.group_field].typed
                self.wide(f"{self.r.choice(['', '（一）', '二、'])}{above}")
            if self.odd["repeat"] and number and number % 9 == 0:
                self.merges += [(a + len(self.rows), b, c + len(self.rows), d) for a, b, c, d in merges]
                self.rows += headings
            if self.odd["blank"] and number % 11 == 5:
                self.rows.append([None] * self.width)
            line = [number + 1 if f == "counter" else cells[f].typed for _, f in columns]
            self.rows.append([None if v == "" else v for v in line])
            sources.append(len(self.rows) - 1)
        places = [place for place, (_, f) in enumerate(columns) if f == "source"]
        if self.odd["merged_source"] and self.suffix != "csv" and places:
            self.merge_runs(places[0], sources)

    def foot(self, count: int) -> None:
        if self.odd["total"] and self.odd["counter"]:
            self.rows.append(["合计", f"共{count}个问题", *[None] * (self.width - 2)])
        if self.odd["signature"]:
            self.rows.append([None] * self.width)
            self.wide("填报人：          审核人：          联系电话：")
        if self.odd["note"]:
            self.wide("注：1.序时进度按照整改方案确定；2.本表一式两份。")

    def merge_runs(self, place: int, lines: list[int]) -> None:
        """Where neighbours name the same source, the cells are merged and the lower ones empty."""
        runs: list[list[int]] = []
        for line in lines:
            last = runs[-1][-1] if runs else -1
            if last == line - 1 and self.rows[last][place] == self.rows[line][place]:
                runs[-1].append(line)
            else:
                runs.append([line])
        for run in runs:
            for lower in run[1:]:
                self.rows[lower][place] = None
            if len(run) > 1:
                self.merges.append((run[0], place, run[-1], place))

    def heading_rows(self, columns: list[Heading], top: int) -> tuple[list[list[object]], list[Merge]]:
        if self.depth == 1:
            return [[path[0] for path, _ in columns]], []
        rows: list[list[object]] = [[None] * len(columns) for _ in range(self.depth)]
        merges = []
        for place, (path, _) in enumerate(columns):
            if len(path) == 1:
                rows[0][place] = path[0]
                merges.append((top, place, top + self.depth - 1, place))
            else:
                rows[self.depth - 1][place] = path[-1]
        for level in range(self.depth - 1):
            start = 0
            while start < len(columns):
                path = columns[start][0]
                end = start
                while (
                    len(path) > 1 and end + 1 < len(columns) and columns[end + 1][0][: level + 1] == path[: level + 1]
                ):
                    end += 1
                if len(path) > 1:
                    rows[level][start] = path[level]
                    if end > start:
                        merges.append((top + level, start, top + level, end))
                start = end + 1
        return rows, merges

    # ---------------------------------------------------------------------------------------- the file

    def encoded(self, rows: list[list[object]], merges: list[Merge]) -> bytes:
        sheet = Sheet(rows, merges, self.r)
        match self.suffix:
            case "xlsx":
                return as_xlsx(sheet, others=self.odd["extra_sheets"], hide_a_row=self.odd["hidden_row"])
            case "xls":
                return as_xls(sheet)
            case _:
                return as_csv(sheet)


def make(seed: int) -> Layout:
    """The workbook of a seed."""
    return Maker(seed).make()
