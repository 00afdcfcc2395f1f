"""Ledgers as offices make them, from a seed: other headings, other orders, merged rows, groups, totals, signatures.

The words stand in layout_words.py.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

import openpyxl
import xlwt

from tests.documents.layout_words import (
    GROUPS,
    HALVES,
    KINDS,
    NAMES,
    PETITION_HEADINGS,
    PROBLEM_HEADINGS,
    SOURCES,
    THINGS,
    TOWNS,
    UNITS,
)


@dataclass
class Cell:
    """What is typed, and what must be understood: values and facts; None where a person must decide."""

    typed: object
    values: dict[str, object] = field(default_factory=dict)
    facts: dict[str, tuple[str, date | None]] = field(default_factory=dict)
    unsure: bool = False


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


class Maker:
    """Makes one workbook."""

    def __init__(self, seed: int) -> None:
        self.r = Random(seed)
        self.seed = seed
        self.kind = "petitions" if seed % 3 == 2 else "problems"
        self.suffix = self.r.choice(["xlsx", "xlsx", "xlsx", "xls", "csv"])
        self.headings = PROBLEM_HEADINGS if self.kind == "problems" else PETITION_HEADINGS
        self.odd = {
            name: self.r.random() < share
            for name, share in {
                "title": 0.85, "unit_line": 0.6, "hint_above": 0.25, "numbers_row": 0.25, "repeat": 0.3, "total": 0.6,
                "signature": 0.6, "note": 0.3, "blank": 0.4, "group": 0.3, "merged_source": 0.3, "extra_sheets": 0.4,
                "counter": 0.85, "hidden_row": 0.2, "shifted": 0.15, "example": 0.1, "formula_total": 0.3,
            }.items()
        }  # fmt: skip
        self.depth = self.r.choice([1, 1, 2, 2, 3])
        if self.suffix == "csv":
            self.depth = min(self.depth, 2)
        self.group_field = ""

    # ---------------------------------------------------------------------------------------- what is said

    def day(self) -> date:
        return date(2021, 1, 1) + timedelta(days=self.r.randrange(1200))

    def typed_day(self, day: date) -> object:
        forms = ["{y}.{m}.{d}", "{y}-{m:02}-{d:02}", "{y}年{m}月{d}日", "{y}/{m}/{d}", "{y}{m:02}{d:02}"]
        if self.suffix == "csv" or self.r.random() < 0.5:
            form = self.r.choice(forms)
            text = form.format(y=day.year, m=day.month, d=day.day)
            return text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}) if self.r.random() < 0.1 else text
        if self.r.random() < 0.3:
            return (day - date(1899, 12, 30)).days
        return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - as a cell holds it

    def contact(self) -> Cell:
        name = self.r.choice(NAMES)
        mobile = "1" + self.r.choice("3578") + "".join(self.r.choice("0123456789") for _ in range(9))
        phone = self.r.choice([mobile, mobile, f"0794-7{self.r.randrange(100000, 999999)}"])
        joint = self.r.choice(["\n", " ", "", "：", "，"])
        if self.r.random() < 0.1:
            other = "13" + "".join(self.r.choice("0123456789") for _ in range(9))
            return Cell(f"{name} {phone}、{other}", {"phone": phone, "person": f"{name}、{other}"})
        return Cell(f"{name}{joint}{phone}", {"person": name, "phone": phone})

    def deadline(self, found: date | None) -> Cell:
        year, month = self.r.randrange(2022, 2027), self.r.randrange(1, 13)
        end = (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)
        limited = {"deadline_kind": ("time_limited", None)}
        choice = self.r.randrange(13)
        match choice:
            case 0:
                return Cell(f"{year}年{month}月底", {"deadline": end.isoformat()}, limited)
            case 1:
                return Cell(f"{year}年{month}月", {"deadline": end.isoformat()}, limited)
            case 2:
                return Cell(f"{year}年底前", {"deadline": f"{year}-12-31"}, limited)
            case 3:
                return Cell("长期坚持", {"deadline": None}, {"deadline_kind": ("long_term", None)})
            case 4:
                return Cell("立行立改", {"deadline": None}, {"deadline_kind": ("immediate", None)})
            case 5:
                text = f"{year}年底前，并长期坚持"
                return Cell(text, {"deadline": f"{year}-12-31", "long_term_too": "true"}, limited)
            case 6:
                return Cell(f"{year}.2.30", {"deadline": None, "deadline_text": f"{year}.2.30"}, unsure=True)
            case 7:
                days = self.r.choice([7, 15, 30])
                typed = self.r.choice([f"{days}天", f"{days}日内", days if self.suffix != "csv" else str(days)])
                if found is None:
                    return Cell(typed, {"deadline": None}, unsure=True)
                return Cell(typed, {"deadline": (found + timedelta(days=days)).isoformat()}, limited)
            case 8:
                return Cell(f"{year % 100}.{month}.15", {"deadline": None}, unsure=True)
            case 9:
                return Cell(f"{year}年{month}月上旬", {"deadline": None}, unsure=True)
            case 10:
                return Cell("立行立改，长期坚持", {"deadline": None, "long_term_too": "true"},
                            {"deadline_kind": ("immediate", None)})  # fmt: skip
            case _:
                day = self.day()
                return Cell(self.typed_day(day), {"deadline": day.isoformat()}, limited)

    def problem(self, number: int, fields: set[str]) -> dict[str, Cell]:
        r = self.r
        town = r.choice(TOWNS)
        text = f"{town}{r.choice(THINGS).format(n=r.randrange(2, 900))}（{number}）"
        found = self.day()
        cells = {
            "source": self.text("source", r.choice(SOURCES)), "round": self.text("round", r.choice(["第一轮", "第二轮", "2023年"])),
            "batch": self.text("batch", f"第{r.choice('一二三四')}批"), "description": self.text("description", text),
            "categories": self.listed("categories", KINDS), "goal": self.text("goal", "治污设施与生产同步运行。"),
            "measures_text": self.text("measures_text", f"1.限期清运；\n2.设置卡口{r.randrange(1, 9)}处。"),
            "township": self.text("township", town), "place": self.text("place", f"{town}山口村"),
            "lead_unit": self.text("lead_unit", f"{town}人民政府"),
            "responsible_units": self.listed("responsible_units", UNITS),
            "cooperating_units": self.listed("cooperating_units", UNITS),
            "supervising_unit": self.text("supervising_unit", r.choice(UNITS)),
            "leader": self.text("leader", r.choice(NAMES)), "contact": self.contact(),
            "person": self.text("person", r.choice(NAMES)),
            "phone": self.text("phone", r.choice(["13918886615", "0794-7251234", "15979401234"])),
            "progress": self.text("progress", r.choice(["已完成招标，正在进场施工，完成工程量约60%。", "正在持续推进，未发现反弹。"])),
            "remark": self.text("remark", r.choice(["", "", "省级重点", "与上年度第3号合并"])),
            "detention": Cell(r.choice([0, 1, 2])), "level": Cell(r.choice(["一般", "较大", "重大"])),
            "unknown": Cell(f"ZX-{number:03}"),
        }  # fmt: skip
        cells["found_on"] = Cell(self.typed_day(found), {"found_on": found.isoformat()})
        code = f"抚{100 + number}"
        if self.chosen.get("city_number") == "问题序号":
            cells["city_number"] = Cell(f"序号{number}（市序号{code}）", {"city_number": code})
        else:
            cells["city_number"] = Cell(code, {"city_number": code})
        cells["deadline"] = self.deadline(found if "found_on" in fields else None)
        if "deadline_kind" in fields:
            kind = cells["deadline"].facts.get("deadline_kind", ("time_limited", None))[0]
            word = {"time_limited": "限期整改", "long_term": "长期坚持", "immediate": "立行立改"}[kind]
            cells["deadline_kind"] = Cell(word, {}, {"deadline_kind": (kind, None)})
            cells["deadline"].facts = {}
        self.states(cells, fields)
        return cells

    def states(self, cells: dict[str, Cell], fields: set[str]) -> None:
        r = self.r
        done, closed = r.random() < 0.6, r.random() < 0.6
        day = self.day()
        later = day + timedelta(days=r.randrange(1, 90))
        dated = done and "completed_on" in fields
        cells["completed"] = Cell(
            r.choice(["是", "已完成", "√"] if done else ["否", "未完成", "正在整改"]), {},
            {"completed_on": ("completed" if done else "open", day if dated else None)},
        )
        cells["completed_on"] = Cell(self.typed_day(day) if done else r.choice(["/", "", "无"]), {},
                                     {"completed_on": ("completed", day)} if done else {})  # fmt: skip
        stage = ("closed" if closed else r.choice(["closing", "none"])) if done else "none"
        word = {"closed": ["已销号", "已销号", "完成销号"], "closing": ["销号中", "正在销号"], "none": ["未销号", "/"]}[stage]
        shown = r.choice(word)
        closing_day = later if stage == "closed" and "closed_on" in fields else None
        cells["closing"] = Cell(shown, {}, {} if shown == "/" else {"closing_stage": (stage, closing_day)})
        cells["closed_on"] = Cell(self.typed_day(later) if stage == "closed" else "/", {},
                                  {"closing_stage": ("closed", later)} if stage == "closed" else {})  # fmt: skip
        if not {"completed", "completed_on"} & fields and stage in {"closed", "closing"} and "closing" in fields:
            cells["closing"].facts["completed_on"] = ("completed", None)  # the day is implied where there is one
        pace = {"closed": ("完成交账销号", "closed"), "closing": ("完成整改", "completed")}.get(
            stage, ("完成整改", "completed") if done else r.choice(
                [("达到序时进度", "on_schedule"), ("未达到序时进度", "behind"), ("超过序时进度", "ahead"), ("尚未启动", "not_started")]
            ))  # fmt: skip
        cells["pace"] = Cell(pace[0], {}, {"pace": (pace[1], None)})

    def text(self, name: str, said: str) -> Cell:
        return Cell(said, {name: said} if said else {})

    def listed(self, name: str, of: list[str]) -> Cell:
        some = self.r.sample(of, self.r.choice([1, 1, 2, 3]))
        joint = self.r.choice(["、", "，", "\n", "；", ","])
        return Cell(joint.join(some), {name: "；".join(some)})

    def petition(self, number: int, fields: set[str]) -> dict[str, Cell]:
        r = self.r
        town = r.choice(TOWNS)
        day = self.day()
        receipt = f"{r.choice('XD')}3JX{day:%Y%m%d}{number:04}"
        finish = r.choice([("已办结", "finished"), ("阶段性办结", "staged"), ("正在办理", "open"), ("已办结", "finished")])
        verified = r.choice([("属实", "true"), ("基本属实", "mostly"), ("部分属实", "partly"), ("不属实", "false")])
        fine = r.choice([0, 2, 5.5, 12.34])
        in_yuan = "fine_wan" in fields and self.chosen["fine_wan"].endswith("（元）")
        cells = {
            "receipt_number": Cell(r.choice([receipt, receipt, f" {receipt} "]), {"receipt_number": receipt}),
            "batch": self.text("batch", f"第{r.choice('一二三四')}批"),
            "content": self.text("content", f"来信反映：{town}{r.choice(THINGS).format(n=r.randrange(2, 99))}（{number}）"),
            "township": self.text("township", town), "pollution_kinds": self.listed("pollution_kinds", KINDS),
            "investigation": self.text("investigation", "经现场调查核实，反映情况属实。"),
            "verified": Cell(verified[0], {"verified": verified[1]}),
            "handling": self.text("handling", "1.立案处罚；\n2.安装用电监控。"),
            "lead_unit": self.text("lead_unit", f"{town}人民政府"), "contact": self.contact(),
            "duplicate": r.choice([Cell("是", {"duplicate": "true"}), Cell("否", {"duplicate": "false"})]),
            "remark": self.text("remark", r.choice(["", "市级督办"])), "detention": Cell(r.choice([0, 1, 2])),
            "unknown": Cell(f"ZX-{number:03}"),
            "fine_wan": Cell(round(fine * 10000) if in_yuan else fine, {"fine_wan": int(fine) if fine == int(fine) else fine}),
        }  # fmt: skip
        for name in ("orders", "cases", "talks", "accountability"):
            count = r.randrange(4)
            cells[name] = Cell(count, {name: count}) if r.random() < 0.8 else Cell("/")
        cells["found_on"] = Cell(self.typed_day(day), {"found_on": day.isoformat()})
        later = day + timedelta(days=r.randrange(1, 60))
        ended = finish[1] == "finished"
        cells["finish"] = Cell(finish[0], {}, {"finish_state": (finish[1], later if ended and "finished_on" in fields else None)})
        cells["finished_on"] = Cell(self.typed_day(later) if ended else "/", {}, {"finish_state": ("finished", later)} if ended else {})
        shut = ended and r.random() < 0.8
        cells["closing"] = Cell("已销号" if shut else "未销号", {}, {"closing_stage": ("closed" if shut else "none", None)})
        return cells

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
            self.seed, self.kind, self.encoded(rows, merges), self.suffix,
            [{name: cell for name, cell in cells.items() if name in keep} for cells in truth], as_of,
            {**self.odd, f"depth{self.depth}": True, self.suffix: True},
        )  # fmt: skip

    def arranged(self, fields: list[str]) -> list[tuple[tuple[str, ...], str]]:
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

    def sheet(
        self, columns: list[tuple[tuple[str, ...], str]], truth: list[dict[str, Cell]]
    ) -> tuple[list[list[object]], list[tuple[int, int, int, int]]]:
        width = len(columns)
        rows: list[list[object]] = []
        merges: list[tuple[int, int, int, int]] = []

        def wide(text: str) -> None:
            merges.append((len(rows), 0, len(rows), width - 1))
            rows.append([text, *[None] * (width - 1)])

        if self.odd["title"]:
            wide("临江县生态环境保护督察反馈问题整改台账" if self.kind == "problems" else "信访件办理情况一览表")
        if self.odd["unit_line"]:
            wide("填报单位：临江县生态环境委员会办公室        截至日期：2024年4月30日")
        if self.odd["hint_above"]:
            wide("填报说明：1.整改时限填写到日；2.序时进度按方案填写；3.本表每月25日前报送。")
        top = len(rows)
        headings, heading_merges = self.heading_rows(columns, top)
        rows += headings
        merges += heading_merges
        if self.odd["numbers_row"] and self.suffix != "csv":
            rows.append([str(i + 1) for i in range(width)])
        if self.odd["example"] and self.odd["counter"]:
            rows.append(["示例", *["例：填写到日"] * (width - 1)])
        above: object = None
        run: dict[int, list[int]] = {}
        for number, cells in enumerate(truth):
            if self.group_field and cells[self.group_field].typed != above:
                above = cells[self.group_field].typed
                name = f"{self.r.choice(['', '（一）', '二、'])}{above}"
                wide(name) if self.suffix != "csv" else rows.append([name, *[None] * (width - 1)])
            if self.odd["repeat"] and number and number % 9 == 0:
                merges += [(m[0] + len(rows) - top, m[1], m[2] + len(rows) - top, m[3]) for m in heading_merges]
                rows += headings
            if self.odd["blank"] and number % 11 == 5:
                rows.append([None] * width)
            line = [number + 1 if f == "counter" else cells[f].typed for _, f in columns]
            rows.append([None if v == "" else v for v in line])
            for place, (_, f) in enumerate(columns):
                if f == "source":
                    run.setdefault(place, []).append(len(rows) - 1)
        if self.odd["merged_source"] and self.suffix != "csv":
            self.merge_runs(rows, run, merges)
        if self.odd["total"] and self.odd["counter"]:
            rows.append(["合计", f"共{len(truth)}个问题", *[None] * (width - 2)])
        if self.odd["signature"]:
            rows.append([None] * width)
            wide("填报人：          审核人：          联系电话：")
        if self.odd["note"]:
            wide("注：1.序时进度按照整改方案确定；2.本表一式两份。")
        if self.odd["shifted"] and self.suffix == "xlsx":
            rows = [[None], *([None, *line] for line in rows)]
            merges = [(a + 1, b + 1, c + 1, d + 1) for a, b, c, d in merges]
        return rows, merges

    def merge_runs(self, rows: list[list[object]], run: dict[int, list[int]], merges: list[tuple[int, int, int, int]]) -> None:
        """Where neighbours name the same source, the cells are merged and the lower ones empty."""
        for place, lines in run.items():
            start = 0
            while start < len(lines):
                end = start
                while end + 1 < len(lines) and lines[end + 1] == lines[end] + 1 and rows[lines[end + 1]][place] == rows[lines[start]][place]:
                    end += 1
                for lower in lines[start + 1 : end + 1]:
                    rows[lower][place] = None
                if end > start:
                    merges.append((lines[start], place, lines[end], place))
                start = end + 1

    def heading_rows(
        self, columns: list[tuple[tuple[str, ...], str]], top: int
    ) -> tuple[list[list[object]], list[tuple[int, int, int, int]]]:
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
                while len(path) > 1 and end + 1 < len(columns) and columns[end + 1][0][: level + 1] == path[: level + 1]:
                    end += 1
                if len(path) > 1:
                    rows[level][start] = path[level]
                    if end > start:
                        merges.append((top + level, start, top + level, end))
                start = end + 1
        return rows, merges

    # ---------------------------------------------------------------------------------------- the file

    def encoded(self, rows: list[list[object]], merges: list[tuple[int, int, int, int]]) -> bytes:
        return {"xlsx": self.xlsx, "xls": self.xls, "csv": self.csv}[self.suffix](rows, merges)

    def xlsx(self, rows: list[list[object]], merges: list[tuple[int, int, int, int]]) -> bytes:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "台账"
        if self.odd["extra_sheets"]:
            book.create_sheet("填报说明", 0).append(["填报说明：问题来源、整改时限、责任单位按方案填写"])
            hidden = book.create_sheet("2023年旧表")
            hidden.sheet_state = "hidden"
            for row in rows[:12]:
                hidden.append(row)
        for at, row in enumerate(rows, start=1):
            for place, value in enumerate(row, start=1):
                if value is not None:
                    cell = sheet.cell(at, place, value)
                    if isinstance(value, datetime):
                        cell.number_format = self.r.choice(['yyyy"年"m"月"d"日"', "yyyy-mm-dd", "yyyy/m/d;@"])
            if self.odd["hidden_row"] and at == len(rows) // 2:
                sheet.row_dimensions[at].hidden = True
        for a, b, c, d in merges:
            sheet.merge_cells(start_row=a + 1, start_column=b + 1, end_row=c + 1, end_column=d + 1)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def xls(self, rows: list[list[object]], merges: list[tuple[int, int, int, int]]) -> bytes:
        book = xlwt.Workbook(encoding="utf-8")
        sheet = book.add_sheet("台账")
        dated = xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"')
        for at, row in enumerate(rows):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write(at, place, value, *([dated] if isinstance(value, datetime) else []))
        for a, b, c, d in merges:
            if (a, b) != (c, d):
                sheet.merge(a, c, b, d)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def csv(self, rows: list[list[object]], _merges: list[tuple[int, int, int, int]]) -> bytes:
        out = io.StringIO()
        csv.writer(out, delimiter=self.r.choice(",;\t")).writerows([["" if v is None else v for v in row] for row in rows])
        return out.getvalue().encode(self.r.choice(["gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16"]), "replace")


def make(seed: int) -> Layout:
    """The workbook of a seed."""
    return Maker(seed).make()
