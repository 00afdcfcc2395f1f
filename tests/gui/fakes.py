"""Offices that need no ledger: they answer the window's questions from lists in memory."""

# ruff: noqa: E501 - records of Chinese text read better as rows
from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from models.domain import words
from models.domain.fields import TABLES
from models.errors import LedgerError
from models.services.home.user_refusals import LastAdmin, NameTaken, WrongCode, WrongSecret
from models.services.views.agenda import KINDS, Agenda, Awaiting
from models.services.views.figures import Asks, DayFigures, Overview, UnitFigures
from models.services.views.files import Added, AddedFiles, Copy, Looked, Offered, Twice
from models.services.views.home import Backup, CheckResult, Finding, Here, UnitView
from models.services.views.lists import Change, Facet, Line, Query
from models.services.views.users import Person, UserView
from tests.gui import fake_diary
from tests.gui.fake_bulk import FakeBulk
from tests.gui.fake_campaigns import FakeCampaigns, FakeSampling
from tests.gui.fake_devices import FakeAside, FakeDevices, FakeRecovery
from tests.gui.fake_dictionaries import FakeDictionaries
from tests.gui.fake_doubles import FakeDoubles
from tests.gui.fake_exchange import (
    FakeConflicts,
    FakeEnrolment,
    FakeExchange,
    FakeImports,
    FakePapers,
    FakeProblemPapers,
    FakeTemplates,
    card,
    passages,
    report,
    workbook,
)
from tests.gui.fake_figures import FakeBreakdowns, FakeSeals
from tests.gui.fake_inspections import FakeChecklists, FakeInspections
from tests.gui.fake_lookbacks import FakeLookbacks
from tests.gui.fake_months import FakeMonths
from tests.gui.fake_names import DEVICE, PEOPLE, SOURCES, TITLES, TODAY, TOWNS, Refused
from tests.gui.fake_notices import FakeNotices
from tests.gui.fake_queue import FakeQueue
from tests.gui.fake_search import FakeSearch
from tests.gui.fake_sources import WRITABLE, FakeSources
from tests.gui.fake_workflow import FakeWorkflow

__all__ = ["PEOPLE", "Refused", "card", "passages", "report", "workbook"]


WAYS = ("unreported", "exported", "received")


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
        verified=("true", "mostly", "partly", "false")[row % 4], exchange=WAYS[row % 3],
        exchange_said=words.EXCHANGE[WAYS[row % 3]], conflicts=1 if row % 14 == 1 else 0,
    )  # fmt: skip


class FakeRecords(FakeBulk):
    """Lists of a size; one record."""

    def __init__(self, size: int = 22) -> None:
        self.size = size
        self.queries: list[Query] = []
        self.blocks: list[tuple[int, ...]] = []
        self.written: list[tuple] = []
        self.refusal: LedgerError | None = None
        self.may = frozenset(TABLES["problem"]) | {"remark", "closed_on"} - {"number"}
        self.changes: dict[str, object] = {}
        self.evidence: list[dict] = []
        self.void_from: str | None = None
        self.refuses_lines, self.refused = False, 0
        super().__init__()
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
        if field == "exchange":
            return tuple(
                Facet(way, words.EXCHANGE[way], sum(line(row).exchange == way for row in range(self.size)))
                for way in WAYS
            )
        return tuple(Facet(name, name, 2) for name in SOURCES)

    def listed(self, field):
        return {"trade": ("工业", "矿山")}.get(field, ())

    inspections: FakeInspections | None = None  # shows those

    def show(self, table, id):
        if table == "inspection" and self.inspections is not None:
            return self.inspections.show(id)
        if table == "source":
            return FakeSources().show(id) | self.changes
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
            "light": one.light, "light_why": one.light_why, "exchange": "unreported", "exchange_said": "待报送", "created_by": "361021",
            "created_by_name": "临江县环委办", "void": self.void_from, "review": False, "stage": one.stage,
            "evidence": [dict(one) for one in self.evidence], "conflicts": [{"record": id, "field": "person"}] if row % 14 == 1 else [],
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
        if table == "source":
            return FakeSources().history(id)
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
        if table == "inspection":
            return frozenset(TABLES[table])
        if table == "source":
            return WRITABLE
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
        self._write("edit", table, id, dict(values), *((why,) if why else ()))
        self.changes |= values
        return self.show(table, id)

    def void(self, table, id, why):
        self._write("void", table, id, why)
        self.void_from = TODAY.isoformat()

    def unvoid(self, table, id):
        self._write("unvoid", table, id)
        self.void_from = None

    def add_measure(self, problem, values, why=""):
        self._write("add_measure", problem, dict(values), *((why,) if why else ()))

    def edit_measure(self, problem, measure, values, why=""):
        self._write("edit_measure", problem, measure, dict(values), *((why,) if why else ()))

    def add_dispatch(self, problem, values, why=""):
        self._write("add_dispatch", problem, dict(values), *((why,) if why else ()))

    def export(self, table, path, progress, rows=None):
        progress.step(1, 1)
        self._write("export", table, path, *(() if rows is None else (tuple(rows),)))
        return self.size if rows is None else len(rows)


def unit_figures(number: int, name: str) -> UnitFigures:
    lights = {"red": int(number in {0, 3}) * 2, "orange": int(number < 2), "yellow": 3 - number if number < 4 else 0,
              "green": int(number in {0, 4}) * 3, "grey": 2, "done": 20 - number}  # fmt: skip
    total = 24 - number
    came = "2026-11-22T17:05:00+08:00" if number not in {3, 7, 10} else "2026-10-25T09:00:00+08:00"
    return UnitFigures(f"3610211{number:02}", name, lights, total, total * (5 - number % 3) // 9, total // 3,
                       int(number in {0, 3}) * 4, came if number != 10 else None, total - total // 3)  # fmt: skip


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
        listed=99 if county else size, listed_closed=0 if empty else 8, petitions_listed=102 if county else 6 if size else 0,
        petitions_open=0 if empty or county else 2,
        asks={} if empty else {f"{0:032x}": Asks(False, 4, 2, 1), f"{1:032x}": Asks(True, 3, 1, 1), f"{2:032x}": Asks(True)},
        next_due=None if empty else line(2),
        notices={} if empty else {"open": 3, "overdue": 1, "replied": 2},
    )  # fmt: skip


class FakeEvidence:
    """Photos that lie nowhere: what was asked for is remembered."""

    def __init__(self) -> None:
        self.asked: list[tuple] = []
        self.refusal: LedgerError | None = None
        self.places: dict[str, Path] = {}
        self.opens = Path("/nowhere/photo.jpg")
        self.answer = AddedFiles((Added("a" * 64, "河边.jpg", 5),))
        self.used_twice: tuple[Twice, ...] = ()
        self.bad: dict[str, str] = {}  # name of a file → why it cannot be added
        self.offered = Offered((), (("a1" * 16, "整改措施 清运危险废物"), ("a2" * 16, "月调度 2026-10")))

    def _ask(self, *what):
        self.asked.append(what)
        if self.refusal is not None:
            raise self.refusal

    def look(self, table, id, paths, progress):
        files = tuple(Looked(path, 2_400_000, "image/jpeg", self.bad.get(path.name, "")) for path in paths)
        return replace(self.offered, files=self.offered.files or files)

    def add(self, table, id, paths, values, progress, *, part="", reader=None, partly=False):
        self._ask("add", table, id, [path.name for path in paths], values | ({"part": part} if part else {}))
        return self.answer

    def twice(self, table, id):
        return self.used_twice

    def want(self, ids):
        self._ask("want", *ids)
        return len(ids)

    def edit(self, id, values):
        self._ask("edit", id, values)

    def void(self, id, why):
        self._ask("void", id, why)

    def get(self, sha256, out, progress):
        self._ask("get", sha256)
        return Copy(out, sha256, 5)

    def place(self, sha256):
        return self.places.get(sha256)

    def open_copy(self, id):
        self._ask("open", id)
        return self.opens


class FakeFigures(FakeBreakdowns):
    def __init__(self, *, county: bool, size: int) -> None:
        self.county, self.size = county, size

    def overview(self):
        return overview(county=self.county, size=self.size)

    def agenda(self):
        return Agenda(2, f"{0:032x}", "秋冬季大气污染防治专项排查", 5, 3, 4, 1, 2, 1, 3) if self.size else Agenda()

    def awaiting(self):
        if not (self.county and self.size):
            return ()
        counts = dict(zip(KINDS, (2, 1, 3, 2, 7, 2, 46, 1, 5, 4, 9, 8), strict=True))
        return tuple(Awaiting(kind, count, f"{0:032x}" if kind == "silent" else "") for kind, count in counts.items())

    def diary(self, month):
        return fake_diary.of(month, empty=not self.size)

    def tally(self, as_of=None, known_by=None):
        gone = (TODAY - as_of).days // 30 if as_of else 0
        done, all_ = max(10 - gone, 0), max(22 - gone // 2, 0)
        return {"problems": {"total": all_, "time_limited": all_, "completed": done}}

    def course(self, days):
        return tuple(self._on(day, (TODAY - day).days // 30) for day in days)

    def _on(self, day, gone):
        done, all_ = max(10 - gone, 0), max(22 - gone // 2, 0)
        of = {
            one.unit: (one.total, max(one.completed - gone * (at % 3), 0))
            for at, one in enumerate(self.overview().units)
        }
        return DayFigures(day, all_, all_, done, done // 2, of)


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
        self.copies: list[Backup] = []
        self.refusal: LedgerError | None = None
        self.ok = True

    def check(self, *, deep=False):
        if self.ok:
            return CheckResult(
                ok=True, findings=(Finding("note", "密钥没有口令保护：能打开本机文件的人就能以本单位名义写包。"),)
            )
        return CheckResult(ok=False, findings=(Finding("damage", "台账与操作记录不一致：problem 3 条。"),))

    def daily(self, progress):
        if self.refusal is not None:
            raise self.refusal

    def kept(self):
        return tuple(self.copies)

    def backup(self, to):
        return to / "备份_白水镇_20261123.hgz"


class FakeUsers:
    """Users with the secret "1234"; who signs in is there."""

    def __init__(self, *named: tuple[str, tuple[str, ...]]) -> None:
        self.users = {name: UserView(name, roles, "2026-11-01T08:00:00+08:00") for name, roles in named}
        self.secrets = dict.fromkeys(self.users, "1234")
        self.me, self.have_code, self.code = "", True, ""

    @property
    def person(self):
        return Person(self.me, frozenset(self.users[self.me].roles)) if self.me else None

    def take_code(self):
        code, self.code = self.code, ""
        return code

    def new_code(self):
        self.have_code, self.code = True, "2345-6789-ABCD-EFGH-JKMN"

    def recover(self, code, name, secret):
        if code != "2345-6789-ABCD-EFGH-JKMN":
            raise WrongCode
        self.new_code()
        return self.set_secret(name, secret)

    def list(self):
        return tuple(self.users.values())

    def sign_in(self, name, secret):
        if self.secrets[name] != secret:
            raise WrongSecret(name, 4)
        self.me = name

    def add(self, name, roles, secret):
        if name in self.users:
            raise NameTaken(name)
        if not self.users:
            self.new_code()
        roles = roles if self.users else ("admin", *(r for r in roles if r != "admin"))
        self.users[name], self.secrets[name] = UserView(name, tuple(roles), ""), secret
        return self.list()

    def set_secret(self, name, secret):
        self.secrets[name] = secret
        return self.list()

    def set_roles(self, name, roles):
        self.users[name] = UserView(name, tuple(roles), "")
        return self.list()

    def remove(self, name):
        if len(self.users) > 1 and not any("admin" in u.roles for n, u in self.users.items() if n != name):
            raise LastAdmin(name)
        del self.users[name]
        return self.list()


@dataclass
class FakeOffice:
    """An office whose services the test can bend."""

    here: Here
    records: FakeRecords
    figures: FakeFigures
    exchange: FakeExchange
    evidence: FakeEvidence = field(default_factory=FakeEvidence)
    imports: FakeImports = field(default_factory=FakeImports)
    papers: FakePapers = field(default_factory=FakePapers)
    problem_papers: FakeProblemPapers = field(default_factory=FakeProblemPapers)
    templates: FakeTemplates = field(default_factory=FakeTemplates)
    enrolment: FakeEnrolment = field(default_factory=FakeEnrolment)
    devices: FakeDevices = field(default_factory=FakeDevices)
    aside: FakeAside = field(default_factory=FakeAside)
    recovery: FakeRecovery = field(default_factory=FakeRecovery)
    conflicts: FakeConflicts = field(default_factory=FakeConflicts)
    doubles: FakeDoubles = field(default_factory=FakeDoubles)
    units: FakeUnits = field(default_factory=FakeUnits)
    care: FakeCare = field(default_factory=FakeCare)
    dictionaries: FakeDictionaries = field(default_factory=FakeDictionaries)
    users: FakeUsers = field(default_factory=FakeUsers)
    search: FakeSearch = field(default_factory=lambda: FakeSearch(line))
    months: FakeMonths = field(default_factory=FakeMonths)
    lookbacks: FakeLookbacks = field(default_factory=FakeLookbacks)
    checklists: FakeChecklists = field(default_factory=FakeChecklists)
    inspections: FakeInspections = field(default_factory=FakeInspections)
    campaigns: FakeCampaigns = field(default_factory=FakeCampaigns)
    sampling: FakeSampling = field(default_factory=FakeSampling)
    notices: FakeNotices = field(default_factory=FakeNotices)
    seals: FakeSeals = field(default_factory=FakeSeals)
    sources: FakeSources = field(default_factory=FakeSources)
    workflow: FakeWorkflow = field(default_factory=lambda: FakeWorkflow(county=False))
    queue: FakeQueue = field(default_factory=FakeQueue)
    closed: bool = False

    stays: bool = False

    def __post_init__(self) -> None:
        self.records.inspections = self.inspections

    def stay(self) -> bool:
        self.stays = True
        return True

    def close(self) -> None:
        self.closed = True


def township(size: int = 22, *, enrolled: bool = True) -> FakeOffice:
    here = Here("361021101", "白水镇", "township", DEVICE, "临江县" if enrolled else "", enrolled,
                "1203 4418 9027 5561 8840 2219" if enrolled else "")  # fmt: skip
    office = FakeOffice(here, FakeRecords(size), FakeFigures(county=False, size=size),
                        FakeExchange(county=False, enrolled=enrolled))  # fmt: skip
    office.conflicts = FakeConflicts(3 if size else 0)
    office.search = FakeSearch(line, size)
    office.months = FakeMonths(size)
    office.lookbacks = FakeLookbacks(size)
    office.inspections = office.records.inspections = FakeInspections(size)
    office.campaigns = FakeCampaigns(size)
    office.notices = FakeNotices(size)
    office.seals = FakeSeals(2 if size else 0)
    office.sources = FakeSources(size)
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
    return FakeOffice(here, FakeRecords(size), FakeFigures(county=True, size=size), FakeExchange(county=True),
                      search=FakeSearch(line, size, county=True), months=FakeMonths(size, county=True),
                      lookbacks=FakeLookbacks(size, county=True), inspections=FakeInspections(size, county=True),
                      campaigns=FakeCampaigns(size, county=True), sampling=FakeSampling(size), notices=FakeNotices(size, county=True),
                      sources=FakeSources(size, county=True),
                      workflow=FakeWorkflow(county=True))  # fmt: skip
