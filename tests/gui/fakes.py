"""Offices that need no ledger: they answer the window's questions from lists in memory."""

# ruff: noqa: E501 - records of Chinese text read better as rows
from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from models.domain import words
from models.domain.fields import TABLES
from models.errors import LedgerError
from models.services.views import (
    CellNote,
    Change,
    CheckResult,
    ColumnView,
    Conflict,
    Exported,
    Facet,
    Finding,
    Head,
    Here,
    Line,
    Overview,
    PackageCard,
    Peer,
    PreviewLine,
    Query,
    Report,
    RowView,
    UnitFigures,
    UnitView,
    WorkbookView,
    Written,
)

TODAY = date(2026, 11, 23)
TOWNS = (
    "白水镇", "河口镇", "青山镇", "石坪乡", "上塘镇", "县工业园区", "桥头镇", "龙潭乡", "罗田乡", "梅岭林场", "城关街道", "新田乡",
)  # fmt: skip
TITLES = (
    "报废汽车拆解点未按期清场，油污渗入沟渠", "河口支渠垃圾堆放点清运后反弹（第 2 轮）", "石灰窑砂石堆场未覆盖、未设喷淋",
    "下洲村 36 户生活污水直排，管网未应收尽收", "兴旺养殖场粪污贮存池容积不足，雨天外溢", "集镇餐饮店 7 家未装油烟净化器",
    "青山矿区复绿苗木成活率偏低", "上坪村非正规垃圾堆放点清理与围挡", "白水河清淤砂石销售台账与批复不一致", "入河排污口 4 处未树牌、未监测",
    "农村生活垃圾日清日运长效管护", "秸秆露天焚烧巡查与网格责任落实", "永利新材料废气设施未开启，排放口冒黑烟", "废弃污水池存水未处理，废液桶露天堆放",
)  # fmt: skip
SOURCES = ("省督察二轮", "长江警示片", "县环委办交办", "中央督察三轮", "自查", "绿盾行动", "市委督查室", "县纪委提示")
PEOPLE = ("王秀兰", "李志强", "周海平")

DEVICE = "ab" * 16  # of this home


@dataclass(eq=False)
class Refused(LedgerError):
    """A refusal that names a field."""

    code = "R199"
    field: str = ""
    text: str = "整改时限“2024.2.30”不是有效日期：2月没有 30 日。"

    @property
    def message(self) -> str:
        return self.text

    @property
    def way_out(self) -> str:
        return "请改成 2024-02-29 或别的日子。"


def line(row: int, table: str = "problem") -> Line:
    """One line, different for every row."""
    days = (-8, 27, 4, 6, 17, 22, 29, 128, 69, 219, None, None, None, None)[row % 14]
    stage = "open" if row % 14 < 12 else "completed" if row % 14 == 12 else "closed"
    light = ("red", "red", "orange", "orange", "yellow", "yellow", "yellow", "green", "green", "green", "grey", "grey",
             "done", "done")[row % 14]  # fmt: skip
    deadline = (TODAY + timedelta(days=days)).isoformat() if days is not None else None
    why = f"逾期 {-days} 天" if days is not None and days < 0 else f"还有 {days} 天" if days is not None else "长期推进"
    is_problem = table == "problem"
    return Line(
        row=row, id=f"{row:032x}", number=f"361021-{2024 + row % 3}-{row:04}A" if is_problem else f"X2JX2026{row:08}",
        title=TITLES[row % len(TITLES)] if is_problem else f"来信反映：{TITLES[row % len(TITLES)]}。",
        light=light if is_problem else "", light_why=why if is_problem else "",
        source=SOURCES[row % len(SOURCES)] if is_problem else f"第 {row % 9 + 1} 批", township_name=TOWNS[row % len(TOWNS)],
        person=PEOPLE[row % 3], deadline=deadline, deadline_text="" if deadline else "2025年底前，并长期坚持",
        deadline_kind="time_limited" if deadline else "long_term", days_left=days,
        pace=("behind", "not_started", "on_schedule", "on_schedule", "behind", "on_schedule", "ahead")[row % 7],
        stage=stage if is_problem else ("open", "staged", "finished", "closed")[row % 4], kinds="水；土壤",
        verified=("true", "mostly", "partly", "false")[row % 4], exchange=("unreported", "exported", "received")[row % 3],
        conflicts=1 if row % 14 == 1 else 0,
    )  # fmt: skip


class FakeRecords:
    """Lists of a size; one record."""

    def __init__(self, size: int = 22) -> None:
        self.size = size
        self.queries: list[Query] = []
        self.blocks: list[tuple[int, ...]] = []
        self.written: list[tuple] = []
        self.refusal: LedgerError | None = None
        self.may = frozenset(TABLES["problem"]) | {"remark", "closed_on"} - {"number"}
        self.changes: dict[str, object] = {}
        self.void_from: str | None = None
        self.refuses_lines, self.refused = False, 0
        self.held = threading.Event()
        self.held.set()

    def ids(self, query):
        self.queries.append(query)
        rows = range(self.size)
        if query.words:
            rows = [
                row
                for row in rows
                if query.words in line(row, query.table).title or (query.words == "bfqc" and row % 14 == 0)
            ]
        if query.where:
            rows = [row for row in rows if all(getattr(line(row, query.table), f, v) == v for f, v in query.where)]
        if query.view == "due_30":
            rows = [row for row in rows if (line(row).days_left or 99) <= 30 and (line(row).days_left or -1) > 0]
        return tuple(reversed(list(rows))) if query.descending else tuple(rows)

    def lines(self, table, rows):
        self.held.wait(5)
        if self.refusal is not None and self.refuses_lines:
            self.refused += 1
            raise self.refusal
        self.blocks.append(tuple(rows))
        return tuple(line(row, table) for row in rows)

    def count(self, query):
        return (
            len(self.ids(query))
            if query.view in {"", "due_30"}
            else 4
            if query.view not in {"conflict", "review"}
            else 0
        )

    def facets(self, table, field):
        if field == "light":
            return tuple(Facet(key, word, 3) for key, word in words.LIGHT.items())
        return tuple(Facet(name, name, 2) for name in SOURCES)

    def show(self, table, id):
        row = int(id, 16)
        one = line(row, table)
        record = {
            "id": id, "number": one.number, "title": one.title, "description": one.title + "。", "content": one.title,
            "receipt_number": one.number, "goal": "7 个拆解点全部清场，油污土壤规范处置，建立防反弹机制。",
            "measures_text": "1.组织 2 台挖机、4 辆密闭车清场；\n2.油污土壤移交有资质单位；\n3.按户建档、签订不复开承诺书。",
            "source": "第二轮省生态环境保护督察反馈", "round": "第二轮", "batch": None, "categories": "固体废物；土壤",
            "trade": "报废汽车", "township": "361021101", "township_name": one.township_name, "unit": "361021101",
            "place": "白水镇下洲村 316 国道旁", "longitude": 115.9214, "latitude": 27.312, "lead_unit": "县商务局",
            "responsible_units": "白水镇人民政府", "cooperating_units": "县公安局；县城管局", "supervising_unit": "县环委办",
            "leader": "刘副镇长", "person": one.person, "phone": "0796-8440112", "found_on": "2026-03-09",
            "deadline_kind": one.deadline_kind, "deadline": one.deadline, "deadline_text": "2026年11月中旬前全部清场",
            "long_term_too": "false", "pace": one.pace, "completed_on": None, "closing_stage": "none", "closed_on": None,
            "progress": "2 号点位已腾空；3 号点位业主外出未归，剩余车壳约 40 台。已书面催告两次，拟联合商务、公安部门于 11月上旬依法清理。",
            "province_number": "23", "city_number": "9", "county_number": "17", "internal_note": None, "remark": None,
            "light": one.light, "light_why": one.light_why, "exchange": "unreported", "created_by": "361021",
            "created_by_name": "临江县环委办", "void": self.void_from, "review": False, "stage": one.stage,
            "evidence": [], "conflicts": [{"record": id, "field": "person"}] if row % 14 == 1 else [],
            "investigation": "经现场调查核实，反映情况属实。", "verified": "true", "handling": "1.立案处罚；\n2.安装用电监控。",
            "finish_state": "staged", "finished_on": None, "orders": 1, "fine_wan": 2.5, "cases": 0, "talks": 1,
            "accountability": 0, "pollution_kinds": "大气；噪声", "duplicate": "false",
            "measures": [
                {"id": "a1", "text": "规模较小的 5 个拆解点清场", "unit": "白水镇", "person": "王秀兰", "due": "2026-04-30", "done_on": "2026-04-28"},
                {"id": "a2", "text": "规模较大的 2 个拆解点清场", "unit": "白水镇", "person": "周海平", "due": "2026-11-15", "done_on": None},
                {"id": "a3", "text": "油污土壤清运与危废移交，转移联单齐全，硬化地面冲洗", "unit": "白水镇", "person": "李志强", "due": "2026-09-20", "done_on": "2026-09-14"},
                {"id": "a4", "text": "按户建档、签订不复开承诺书", "unit": "白水镇", "person": "王秀兰", "due": "2026-12-20", "done_on": None},
            ],
            "dispatches": [
                {"id": f"d{m}", "month": f"2026-{m:02}", "pace": "behind" if m == 10 else "on_schedule",
                 "progress": "油污土壤 36.5 吨移交有资质单位，转移联单齐全；1 号、2 号点位完成硬化地面冲洗。" * (1 + m % 2),
                 "difficulties": "业主外出" if m == 10 else "", "next_step": ""} for m in range(5, 11)
            ],
            "remarks": [{"id": "r1", "text": "请补拍 3 号点位同角度照片。", "by": "陈建国", "unit_name": "临江县环委办", "at": "2026-10-27T16:40:00+08:00"}],
        }  # fmt: skip
        return record | self.changes

    def history(self, table, id):
        made = [Change("2026-03-12T09:00:00+08:00", "陈建国", "361021", "临江县环委办", "d0", id, table, f.name, f.label, None, "…")
                for f in list(TABLES[table].values())[:12]]  # fmt: skip
        made += [
            Change("2026-11-18T09:05:00+08:00", "陈建国", "361021", "临江县环委办", "d0", id, table, "person", "责任人", "李志强", "王秀兰"),
            Change("2026-11-19T15:22:00+08:00", "王秀兰", "361021101", "白水镇", DEVICE, id, table, "pace", "序时进度",
                   [["", "on_schedule"]], [["", "on_schedule"], ["2026-11-19", "behind"]], "与实际不符"),
            Change("2026-11-20T15:22:00+08:00", "王秀兰", "361021101", "白水镇", DEVICE, id, table, "closing_stage", "销号情况", None, "closed",
                   applied=False),
        ]  # fmt: skip
        return tuple(made)

    def writable(self, table, id):
        return (
            self.may if table == "problem" else frozenset(TABLES["petition"]) | {"remark", "closed_on", "finished_on"}
        )

    def _write(self, verb, *args):
        if self.refusal is not None:
            raise self.refusal
        self.written.append((verb, *args))

    def add(self, table, values, why=""):
        self._write("add", table, dict(values))
        return self.show(table, f"{3:032x}")

    def edit(self, table, id, values, why=""):
        self._write("edit", table, id, dict(values))
        self.changes |= values
        return self.show(table, id)

    def void(self, table, id, why):
        self._write("void", table, id, why)
        self.void_from = TODAY.isoformat()

    def unvoid(self, table, id):
        self._write("unvoid", table, id)
        self.void_from = None

    def add_measure(self, problem, values):
        self._write("add_measure", problem, dict(values))

    def edit_measure(self, problem, measure, values):
        self._write("edit_measure", problem, measure, dict(values))

    def add_dispatch(self, problem, values):
        self._write("add_dispatch", problem, dict(values))

    def export(self, table, path, progress):
        progress.step(1, 1)
        self._write("export", table, path)
        return self.size


def unit_figures(number: int, name: str) -> UnitFigures:
    lights = {"red": int(number in {0, 3}) * 2, "orange": int(number < 2), "yellow": 3 - number if number < 4 else 0,
              "green": int(number in {0, 4}) * 3, "grey": 2, "done": 20 - number}  # fmt: skip
    total = 24 - number
    came = "2026-11-22T17:05:00+08:00" if number not in {3, 7, 10} else "2026-10-25T09:00:00+08:00"
    return UnitFigures(f"3610211{number:02}", name, lights, total, total * (5 - number % 3) // 9, total // 3,
                       int(number in {0, 3}) * 4, came if number != 10 else None)  # fmt: skip


def overview(*, county: bool = False, size: int = 22) -> Overview:
    units = tuple(unit_figures(n, name) for n, name in enumerate(TOWNS)) if county else (unit_figures(0, "白水镇"),)
    empty = not size
    lights = {"red": 2, "orange": 2, "yellow": 3, "green": 3, "grey": 2, "done": 10}
    return Overview(
        today=TODAY, lights={} if empty else lights, total=99 if county else size, time_limited=64 if county else size * 2 // 3,
        long_term=35 if county else size // 3, completed=50 if county else size // 2, closing=4 if county else 2 if size else 0,
        closed=46 if county else size // 3, petitions=102 if county else 6 if size else 0, petitions_finished=102 if county else 4,
        overdue=0 if empty else 2, due_7=0 if empty else 2, due_30=0 if empty else 6, no_dispatch=0 if empty else 4,
        unreported=0 if empty else 12, exported=0 if empty else 5, conflicts=0 if empty else 1,
        urgent=() if empty else tuple(line(row) for row in range(4)), units=() if empty else units,
        paragraph="截至 2026年11月23日，全县重点生态环境问题共 99 个，其中限期整改 64 个、长期坚持 35 个。限期整改已完成 50 个"
        "（已销号 46 个，正在销号 4 个），剩余 14 个；逾期或反弹 3 个，涉及白水镇、石坪乡。",
    )  # fmt: skip


class FakeFigures:
    def __init__(self, *, county: bool, size: int) -> None:
        self.county, self.size = county, size

    def overview(self):
        return overview(county=self.county, size=self.size)

    def tally(self, as_of=None, known_by=None):
        gone = (TODAY - as_of).days // 30 if as_of else 0
        done, all_ = max(10 - gone, 0), max(22 - gone // 2, 0)
        return {"problems": {"total": all_, "time_limited": all_, "completed": done}}


def workbook(path: Path = Path("整改台账20261120.xlsx"), *, written: bool = False, mapping=None) -> WorkbookView:
    fields = ["county_number", "description", "deadline_text", "measures_text", "pace", "lead_unit", None]
    heads = ["序号", "问题", "整改期限", "整改要求", "完成情况", "责任单位", "备注"]
    for at, head in enumerate(heads):
        if mapping and head in mapping:
            fields[at] = mapping[head] or None
    columns = tuple(
        ColumnView(
            letter, head, name, TABLES["problem"][name].label if name else "", ("a", "b"), sure=head != "完成情况"
        )
        for letter, head, name in zip("ABCDEFG", heads, fields, strict=True)
    )
    body = [(str(n), TITLES[n % 14], ("2026年11月中旬", "2026.11.29", "2026.2.30", "长期坚持")[n % 4], "7 个点全部清场",
             ("未达序时", "正在整改", "达到序时进度", "已完成")[n % 4], "白水镇", "") for n in range(1, 33)]  # fmt: skip
    grid = (("临江县生态环境问题整改台账（白水镇）", "", "", "", "", "", ""), ("填报单位：白水镇人民政府", "", "", "", "", "", ""),
            tuple(heads), *body, ("", "合计 32 件", "", "", "", "", ""))  # fmt: skip
    rows = tuple(
        RowView(n + 4, ("new", "new", "changed", "same", "new", "refused")[n % 6], TITLES[(n + 1) % 14], None,
                (("deadline", "2026-11-30", "2026-12-20"),) if n % 6 == 2 else ())
        for n in range(32)
    )  # fmt: skip
    return WorkbookView(
        path, "problems", "白水镇", ("白水镇", "填报说明"), "2026-11-20", "临江县生态环境问题整改台账", grid, (3,), columns, rows,
        (CellNote("C6", "2026.2.30", "不是有效日期：2月没有 30 日。"), CellNote("C10", "2026.2.30", "不是有效日期：2月没有 30 日。")),
        (CellNote("C4", "2026年11月中旬", "按 11月20日计，原文保留。"),), 17, 5, 5, 5, written,
    )  # fmt: skip


class FakeImports:
    def __init__(self) -> None:
        self.mappings: list[dict[str, str] | None] = []
        self.refusal: LedgerError | None = None
        self.taken = 0

    def look(self, path, kind, *, sheet=None, mapping=None, progress):
        progress.step(0, 0, "正在读取工作簿")
        if self.refusal is not None:
            raise self.refusal
        self.mappings.append(mapping)
        return workbook(path, mapping=mapping)

    def take(self, path, kind, *, sheet=None, mapping=None, progress):
        self.taken += 1
        return workbook(path, written=True, mapping=mapping)


def card(state: str, number: int, name: str) -> PackageCard:
    message = {"new": "可以导入", "already": "已导入过，再导入也不会有变化", "other": "收件单位是东岭县某镇，没有打开",
               "damaged": "这个包不完整或被改动过，请让对方重新写一次", "unknown": "新电脑，须先核对 24 位编号"}.get(state, "")  # fmt: skip
    return PackageCard(Path(f"/media/u/{name}_第{number}包.hgb"), state, message, "361021101", name, "361021", "临江县环委办",
                       number, "data", "2026-11-22T16:20:00+08:00", 46_000_000 // number, 19, genuine=state in {"new", "already"},
                       for_us=state != "other")  # fmt: skip


def report(path: Path, result: str = "imported") -> Report:
    lines = (
        PreviewLine("conflict", "problem", "1", TITLES[0], "BS-2024-017", "person", "责任人", "王秀兰", "周海平", "两边都改过，您来选"),
        PreviewLine("held", "problem", "2", TITLES[3], "BS-2025-003", "progress", "目前进展", "镇里填写", "县里改写", "这一栏只有镇里能改"),
        PreviewLine("new", "problem", "3", "白水河沿线堆砂场未清理", "BS-2026-004", "", "", None, "时限 2027-03-31", ""),
        *(PreviewLine("updated", "problem", str(n), TITLES[n], f"BS-2025-00{n}", "deadline", "整改时限", "2026-11-30",
                      "2026-12-20", "县里批准延期") for n in range(4, 9)),
    )  # fmt: skip
    return Report(path, result, "导入成功：新增 3 条，更新 14 条；1 处需要您选择。", sender="361021", sender_name="临江县环委办",
                  number=31, created=3, updated=14, unchanged=36, conflicts=1, held=1, changes=lines)  # fmt: skip


class FakeExchange:
    def __init__(self, *, county: bool, enrolled: bool = True) -> None:
        self.county, self.enrolled = county, enrolled
        self.refusal: LedgerError | None = None
        self.slow = False
        self.exports: list[tuple[Path, tuple[str, ...] | None]] = []
        self.imports: list[tuple[Path, ...]] = []

    def peers(self):
        if not self.county:
            return (Peer("361021", "临江县环委办", "county", 12, 5, 1, "2026-11-14T10:00:00+08:00", 6,
                         "2026-11-14T16:00:00+08:00", 30, 0, 3),) if self.enrolled else ()  # fmt: skip
        return tuple(
            Peer(f"3610211{n:02}", name, "township", n % 4, n % 3, 0 if n == 10 else 1, "2026-11-14T10:00:00+08:00" if n % 5 else None,
                 6 + n if n % 5 else None, "2026-11-22T17:05:00+08:00" if n not in {3, 7, 10} else None, n, 0)
            for n, name in enumerate(TOWNS)
        )  # fmt: skip

    def _work(self, progress, what):
        step = 0
        while self.slow:
            progress.step(min(step * 100_000, 130_000_000), 214_000_000, what)
            step += 1
        if self.refusal is not None:
            raise self.refusal

    def export(self, to, units, progress):
        self._work(progress, "写入 U 盘")
        self.exports.append((to, tuple(units) if units is not None else None))
        names = TOWNS[:3] if self.county else ("临江县环委办",)
        return Exported(
            tuple(Written(to / f"白水镇_第{7 + n}包.hgb", "361021", name, 7 + n, 12, 0, 2_140_000, "4a7c91e022bd7f13" * 4)
                  for n, name in enumerate(names)), (("361021110", "这个单位还没有登记电脑"),) if self.county else (), (),
        )  # fmt: skip

    def cards(self, paths):
        states = (
            ("new", 12, "桥头镇"),
            ("already", 4, "石坪乡"),
            ("damaged", 5, "龙潭乡"),
            ("unknown", 6, "城关街道"),
            ("other", 2, "东岭县某镇"),
        )
        return tuple(card(*one) for one in states) if len(paths) > 1 or not paths[0].suffix else (
            replace(card("new", 31, "临江县环委办"), path=paths[0]),)  # fmt: skip

    def preview(self, path, progress):
        self._work(progress, "正在读取")
        return report(path)

    def bring_in(self, paths, progress):
        self._work(progress, "正在导入")
        self.imports.append(tuple(paths))
        return tuple(report(path) for path in paths)


class FakeEnrolment:
    def __init__(self) -> None:
        self.refusal: LedgerError | None = None
        self.accepted: list[tuple[Path, str | None]] = []
        self.approved: list[tuple[Path, str, Path]] = []

    def request(self, to):
        return to / "登记申请_白水镇.hgr"

    def approve(self, file, unit, to):
        self.approved.append((file, unit, to))
        return to / "欢迎包_白水镇.hgb", "1203 4418 9027 5561 8840 2219"

    def look(self, file):
        if self.refusal is not None:
            raise self.refusal
        kind = "welcome" if "欢迎" in file.name else "enrol"
        return PackageCard(file, "new", "", "361021101", "白水镇", "361021", "临江县环委办", kind=kind,
                           made="2026-11-22T16:20:00+08:00", fingerprint="1203 4418 9027 5561 8840 2219", genuine=True, for_us=True)  # fmt: skip

    def accept(self, file, digits=None):
        self.accepted.append((file, digits))


class FakeConflicts:
    def __init__(self, count: int = 3) -> None:
        before = "组织挖机和车辆将堆放点剩余垃圾清运至县填埋场，由下洲村网格员每日巡查。"
        ours = "组织 2 台挖机、4 辆密闭车，于 12月5日前将堆放点剩余垃圾清运至县填埋场；沿支渠设置 180 米围网和警示牌 3 块，由下洲村网格员每日巡查。"
        theirs = "组织 2 台挖机、4 辆密闭车，于 12月10日前将堆放点剩余垃圾清运至县填埋场；请县水利局核实支渠管理范围后再设围网，由下洲村网格员每日巡查。"
        made = [
            Conflict("c1", "problem", "1", "1", TITLES[1], "BS-2023-006", "measures_text", "整改措施",
                     (Head(ours, "李志强", "361021101", "白水镇", DEVICE, "2026-11-20T16:32:00+08:00"),
                      Head(theirs, "陈建国", "361021", "临江县环委办", "d0", "2026-11-21T09:10:00+08:00")), mine=True, before=before),
            Conflict("c2", "problem", "0", "0", TITLES[0], "BS-2024-017", "person", "责任人",
                     (Head("王秀兰", "李志强", "361021101", "白水镇", DEVICE, "2026-11-20T16:32:00+08:00"),
                      Head("周海平", "陈建国", "361021", "临江县环委办", "d0", "2026-11-21T09:10:00+08:00")), mine=True, before="李志强"),
            Conflict("c3", "problem", "5", "5", TITLES[5], "BS-2025-014", "deadline", "整改时限",
                     (Head("2026-12-15", "", "361021101", "白水镇", DEVICE, "2026-11-20T16:32:00+08:00"),
                      Head("2026-12-31", "", "361021", "临江县环委办", "d0", "2026-11-21T09:10:00+08:00")), mine=False),
        ]  # fmt: skip
        self.left = made[:count]
        self.settled: list[tuple] = []

    def list(self):
        return tuple(self.left)

    def settle(self, id, *, head=None, value=None):
        self.settled.append((id, head, value))
        self.left = [one for one in self.left if one.id != id]


class FakeUnits:
    def __init__(self) -> None:
        self.units = [UnitView(f"3610211{n:02}", "township", name, n % 2, 20 - n) for n, name in enumerate(TOWNS)]
        self.refusal: LedgerError | None = None

    def list(self):
        return tuple(self.units)

    def add(self, kind, name, code):
        if self.refusal is not None:
            raise self.refusal
        self.units.append(UnitView(code, kind, name))


class FakeCare:
    def __init__(self) -> None:
        self.ok = True

    def check(self, *, deep=False):
        if self.ok:
            return CheckResult(
                ok=True, findings=(Finding("note", "密钥没有口令保护：能打开本机文件的人就能以本单位名义写包。"),)
            )
        return CheckResult(ok=False, findings=(Finding("damage", "台账与操作记录不一致：problem 3 条。"),))

    def backup(self, to):
        return to / "备份_白水镇_20261123.hgz"


@dataclass
class FakeOffice:
    """An office whose services the test can bend."""

    here: Here
    records: FakeRecords
    figures: FakeFigures
    exchange: FakeExchange
    imports: FakeImports = field(default_factory=FakeImports)
    enrolment: FakeEnrolment = field(default_factory=FakeEnrolment)
    conflicts: FakeConflicts = field(default_factory=FakeConflicts)
    units: FakeUnits = field(default_factory=FakeUnits)
    care: FakeCare = field(default_factory=FakeCare)
    closed: bool = False

    def close(self) -> None:
        self.closed = True


def township(size: int = 22, *, enrolled: bool = True) -> FakeOffice:
    here = Here("361021101", "白水镇", "township", DEVICE, "临江县" if enrolled else "", enrolled,
                "1203 4418 9027 5561 8840 2219" if enrolled else "")  # fmt: skip
    office = FakeOffice(here, FakeRecords(size), FakeFigures(county=False, size=size),
                        FakeExchange(county=False, enrolled=enrolled))  # fmt: skip
    office.conflicts = FakeConflicts(3 if size else 0)
    return office


def county(size: int = 99) -> FakeOffice:
    here = Here(
        "361021",
        "临江县环委办",
        "county",
        "cd" * 16,
        "临江县",
        enrolled=True,
        fingerprint="1203 4418 9027 5561 8840 2219",
    )
    return FakeOffice(here, FakeRecords(size), FakeFigures(county=True, size=size), FakeExchange(county=True))
