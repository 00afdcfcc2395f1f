"""The services of workbooks and of the exchange that need no ledger."""

# ruff: noqa: E501 - records of Chinese text read better as rows
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from models.domain import words
from models.domain.fields import label as label_of
from models.domain.paper import Book, Paper
from models.errors import LedgerError
from models.services.views.exchange import (
    Answer,
    Conflict,
    Entry,
    Exported,
    Head,
    Journal,
    LastImport,
    Lost,
    NotWritten,
    Outlook,
    PackageCard,
    Passage,
    Peer,
    PreviewLine,
    Register,
    Report,
    Written,
)
from models.services.views.files import Packed
from models.services.views.templates import TemplateView
from models.services.views.workbooks import CellNote, ColumnView, RowView, WorkbookView
from tests.gui import fake_sources
from tests.gui.fake_names import DEVICE, TITLES, TOWNS


def workbook(
    path: Path = Path("整改台账20261120.xlsx"), *, written: bool = False, mapping=None, heading=None, cells=None,
    sheet="白水镇",
) -> WorkbookView:  # fmt: skip
    fields = ["county_number", "description", "deadline", "measures_text", "pace", "lead_unit", None]
    heads = ["序号", "问题", "整改期限", "整改要求", "完成情况", "责任单位", "备注"]
    mapping, cells = dict(mapping or {}), dict(cells or {})
    for at, head in enumerate(heads):
        if head in mapping:
            fields[at] = mapping[head] or None
    columns = tuple(
        ColumnView(
            letter, head, name, label_of("problem", name) if name else "",
            ("未达序时", "正在整改", "达到序时进度", "已完成") if head == "完成情况" else ("a", "b"),
            sure=head != "完成情况" or head in mapping,
            likely=() if head != "完成情况" else (("pace", "序时进度"), ("progress", "目前进展"), ("completed_on", "完成时间"), ("remark", "备注")),
        )
        for letter, head, name in zip("ABCDEFG", heads, fields, strict=True)
    )  # fmt: skip
    dates = ("2026年11月中旬", "2026.11.29", "2026.2.30", "长期坚持", "46326")
    body = [(str(n), TITLES[n % 14], dates[(n - 1) % 5], "7 个点全部清场",
             ("未达序时", "正在整改", "达到序时进度", "已完成")[n % 4], "白水镇", "") for n in range(1, 33)]  # fmt: skip
    grid = (("临江县生态环境问题整改台账（白水镇）", "", "", "", "", "", ""), ("填报单位：白水镇人民政府", "", "", "", "", "", ""),
            tuple(heads), *body, ("", "合计 32 件", "", "", "", "", ""))  # fmt: skip
    wrong = CellNote("C6", "2026.2.30", "“2026.2.30”不是有效日期，原文记入备注", "2026-02-28")
    guess = CellNote("C4", "2026年11月中旬", "只写到“中旬”，没有写哪一天，时限只登记了文字", "2026-11-20")
    rejected = tuple(one for one in (wrong, replace(wrong, cell="C11")) if one.cell not in cells)
    flagged = () if "C4" in cells else (guess,)
    rows = tuple(
        RowView(
            n + 4, ("new", "new", "changed", "same", "new", "refused")[n % 6], TITLES[(n + 1) % 14], None,
            (("deadline", "2026-11-30", "2026-12-20"),) if n % 6 == 2 else (), {"deadline": f"C{n + 4}"},
            tuple(one for one in (*rejected, *flagged) if one.cell == f"C{n + 4}"),
        )
        for n in range(32)
    )  # fmt: skip
    return WorkbookView(
        path, "problems", sheet, ("白水镇", "填报说明", "河口镇"), "2026-11-20", "临江县生态环境问题整改台账", grid, (heading or 3,), columns,
        rows, rejected, flagged, 17, 5, 5, 5, written, passed=((36, "合计"),), converted={"C8": "2026-10-31", "C13": "2026-10-31"},
        layout="ab12", heading=heading, mapping=mapping, cells=cells,
    )  # fmt: skip


class FakeImports:
    """Looks at one workbook; remembers what it was asked."""

    def __init__(self) -> None:
        self.mappings: list[dict[str, str] | None] = []
        self.asked: list[dict[str, object]] = []
        self.refusal: LedgerError | None = None
        self.taken = 0
        self.forgotten: list[str] = []
        self.remembered: dict[str, str] = {}
        self.remember: list[bool] = []

    def look(self, path, kind, *, sheet=None, mapping=None, heading=None, cells=None, progress):
        progress.step(0, 0, "正在读取工作簿")
        if self.refusal is not None and heading is None:
            raise self.refusal
        if kind == "sources":
            return fake_sources.workbook(path)
        self.mappings.append(mapping)
        self.asked.append({"sheet": sheet, "heading": heading, "cells": dict(cells or {})})
        known = self.remembered if mapping is None else mapping
        book = workbook(path, mapping=known, heading=heading, cells=cells, sheet=sheet or "白水镇")
        return replace(book, remembered=mapping is None and bool(self.remembered))

    def take(self, path, kind, *, sheet=None, mapping=None, heading=None, cells=None, remember=True, progress):
        if self.refusal is not None:
            raise self.refusal
        self.taken += 1
        self.remember.append(remember)
        return workbook(path, written=True, mapping=mapping, heading=heading, cells=cells)

    def bare(self, path, kind, *, sheet=None, progress):
        book = workbook(path)
        columns = tuple(replace(one, heading="", field=None, label="", sure=True, likely=()) for one in book.columns)
        return replace(book, columns=columns, heading_rows=(), rows=(), rejected=(), flagged=(), passed=(), converted={},
                       new=0, changed=0, same=0, refused=0, layout="")  # fmt: skip

    def forget(self, layout):
        self.forgotten.append(layout)
        self.remembered = {}

    def write_notes(self, book, to):
        return len(book.rejected) + len(book.flagged)


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
                  number=31, created=3, updated=14, unchanged=36, conflicts=1, held=1, changes=lines, package="p30")  # fmt: skip


def passages(*, county: bool) -> list[Passage]:
    """The journal: what left and what came."""
    if county:
        made = [
            Passage("in", f"3610211{n:02}", name, 6 + n, f"2026-11-22T{9 + n % 9:02}:05:00+08:00", created=n % 3, updated=4 + n,
                    conflicts=int(n == 1), state="older" if n == 7 else "imported",
                    message=f"导入成功：新增 {n % 3} 条，更新 {4 + n} 条。")
            for n, name in enumerate(TOWNS) if n not in {3, 10}
        ]  # fmt: skip
        return made + [
            Passage("out", f"3610211{n:02}", name, 30 + n, "2026-11-14T16:00:00+08:00", f"hg_361021_3610211{n:02}_{30 + n}.hgb", 3,
                    "received" if n % 2 else "exported", "2026-11-16T10:00:00+08:00" if n % 2 else "")
            for n, name in enumerate(TOWNS)
        ]  # fmt: skip
    return [
        Passage("in", "361021", "临江县环委办", 30, "2026-11-14T16:00:00+08:00", created=3, updated=14, conflicts=1, held=1,
                state="imported", message="导入成功：新增 3 条，更新 14 条；1 处需要您选择；1 处未应用。", package="p30"),
        Passage("out", "361021", "临江县环委办", 6, "2026-11-14T10:00:00+08:00", "hg_361021101_361021_6_8a1c22d0.hgb", 5, "exported"),
        Passage("out", "361021", "临江县环委办", 5, "2026-10-25T10:00:00+08:00", "hg_361021101_361021_5_17bb3a02.hgb", 21, "received",
                "2026-11-14T16:00:00+08:00", package="p5",
                answers=(Answer("d0", "2026-11-14T16:00:00+08:00", "2026-11-13T09:00:00+08:00", 3, 18, 0, 1, 0, 0, agrees=True, user="陈建国",
                                sha256="4a", message="导入成功"),)),
        Passage("out", "361021", "临江县环委办", 4, "2026-09-25T10:00:00+08:00", "hg_361021101_361021_4_5512aa01.hgb", 0, "nothing"),
        Passage("out", "361021", "临江县环委办", 3, "2026-08-25T10:00:00+08:00", "hg_361021101_361021_3_31aa90c4.hgf", state="written",
                files=7, is_of_files=True),
    ]  # fmt: skip


def entries() -> list[Entry]:
    """The register of media, newest first."""
    sha, stick = "4a7c91e022bd7f13" * 4, "KINGSTON（1A2B-3C4D）"
    one = Entry(9, "2026-11-14T16:20:00+08:00", "out", "361021", "临江县环委办", 6, "hg_361021101_361021_6_8a1c22d0.hgb", 2_140_000,
                sha, stick, "李志强", "王芳", "written", "")  # fmt: skip
    return [
        one,
        replace(one, line=8, way="undo", number=29, result="undone", file="", bytes=0, medium=""),
        replace(one, line=7, way="in", number=30, result="imported", file="hg_361021_361021101_30_77aa01bc.hgb"),
        replace(
            one,
            line=6,
            way="in",
            number=0,
            unit="",
            unit_name="",
            result="refused",
            file="台账.hgb",
            said="这个包不完整",
        ),
        replace(one, line=5, result="failed", file="", bytes=0, said="U 盘中途断开"),
    ]


class FakePapers:
    """Says which papers were asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple] = []

    def receipt(self, package="", *, got=False):
        self.asked.append(("receipt", package, got))
        return Paper("数据接收回执", ())

    def report(self, package=""):
        self.asked.append(("report", package))
        return Paper("导入报告", ())

    def register(self, since=""):
        self.asked.append(("register", since) if since else ("register",))
        return Paper("登记簿", ())

    def monthly(self, as_of=None, known_by=None, *, seal=None, meaning=None):
        self.asked.append(("monthly", as_of, known_by, seal, meaning))
        return Book("月报", (Paper("概述", ()),))

    def matrix(self, as_of=None, known_by=None, *, seal=None, meaning=None):
        self.asked.append(("matrix", as_of, known_by, seal, meaning))
        return Paper("一览表", ())

    def ledger(self, rows=None):
        self.asked.append(("ledger", rows))
        return Paper("台账", ())

    def write(self, paper, path, to_pdf):
        self.asked.append((path.name, to_pdf(paper)[:4]))
        return path


class FakeTemplates:
    """Remembers what was asked; one paper has a template of the office's own."""

    def __init__(self) -> None:
        self.asked: list[tuple] = []
        self.own = {"closing-form": "2026-11-20"}
        self.refusal: LedgerError | None = None

    def list(self):
        return tuple(TemplateView(n, w, n in self.own, self.own.get(n, "")) for n, w in words.PROBLEM_FORM.items())

    def write(self, name, path):
        self.asked.append(("write", name, path.name))
        return path

    def take(self, name, path):
        if self.refusal is not None:
            raise self.refusal
        self.own[name] = "2026-11-23"
        return self.list()

    def drop(self, name):
        del self.own[name]
        return self.list()


class FakeProblemPapers:
    """Says which papers of a problem were asked for; a dossier lacks what `missing` names."""

    def __init__(self) -> None:
        self.asked: list[tuple] = []
        self.missing: tuple[str, ...] = ()
        self.refusal: LedgerError | None = None

    def dossier(self, id):
        return self.form(id, "dossier")

    def pairs(self, id):
        return self.form(id, "pairs")

    def form(self, id, name):
        self.asked.append((name, id))
        return Paper("表", ())

    def lookbacks(self, plan="", *, waiting=False):
        self.asked.append((plan, waiting))
        return Book(plan, (Paper("表", ()), Paper("表", ())), apart=True)

    def pack(self, id, out, to_pdf, progress=None):
        if self.refusal is not None:
            raise self.refusal
        self.asked.append((out.name, id, to_pdf(Paper("表", ()))[:4]))
        return Packed(out, 4, self.missing)


class FakeExchange:
    def __init__(self, *, county: bool, enrolled: bool = True) -> None:
        self.county, self.enrolled = county, enrolled
        self.refusal: LedgerError | None = None
        self.slow = False
        self.exports: list[tuple[Path, tuple[str, ...] | None]] = []
        self.with_files: list[bool] = []
        self.files = 0  # that would go with the next package
        self.imports: list[tuple[Path, ...]] = []
        self.copies: list[tuple[Path, int]] = []
        self.undone = 0
        self.asked_back: list[str] = []
        self.carrier = ""
        self.sure: list[bool] = []
        self.big = ""
        self.last: LastImport | None = LastImport("361021", "临江县环委办", 30, "2026-11-14T16:00:00+08:00", "p30")
        self.failed: tuple[NotWritten, ...] = ()
        self.have_lost: tuple[Lost, ...] = ()

    def lost(self):
        return self.have_lost

    def peers(self):
        if not self.county:
            return (Peer("361021", "临江县环委办", "county", 12, 5, 1, "2026-11-14T10:00:00+08:00", 6,
                         "2026-11-14T16:00:00+08:00", 30, 0, 3, "2026-11-14T10:00:00+08:00", 6),) if self.enrolled else ()  # fmt: skip
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

    def export(self, to, units, progress, *, with_files=True, chosen=False):
        self._work(progress, "写盘")
        self.with_files.append(with_files)
        self.exports.append((to, tuple(units) if units is not None else None))
        names = TOWNS[:3] if self.county else ("临江县环委办",)
        return Exported(
            tuple(Written(to / f"白水镇_第{7 + n}包.hgb", "361021", name, 7 + n, 12, 0, 2_140_000, "4a7c91e022bd7f13" * 4)
                  for n, name in enumerate(names)), (("361021110", "这个单位还没有登记电脑"),) if self.county else (), (),
            self.failed,
        )  # fmt: skip

    def outlook(self, unit=None):
        return Outlook("361021", "临江县环委办", 7, (("problem", 4), ("dispatch", 9)), 12, 5,
                       ("有 2 个未完成的问题没有填整改时限。",), self.files, self.files * 2_400_000)  # fmt: skip

    def again(self, packages, to, progress, *, chosen=False):
        self._work(progress, "写盘")
        self.copies.append((to, len(packages)))
        return Exported(tuple(replace(one, path=to / one.path.name) for one in packages), (), ())

    def journal(self, unit=None, *, skip=0, most=200):
        lines = [one for one in passages(county=self.county) if not unit or one.unit == unit]
        return Journal(tuple(lines[skip : skip + most]), len(lines))

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
        return replace(report(path), big_change=self.big, voided=37 if self.big else 0)

    def changes(self, package):
        return report(Path(package)).changes

    def last_import(self):
        return self.last

    def undo(self, progress, package):
        self._work(progress, "正在放回")
        self.asked_back.append(package)
        self.undone += 1
        return self.last

    def register(self, *, skip=0, most=200, since=""):
        lines = [one for one in entries() if one.at >= since] if self.enrolled else []
        return Register(tuple(lines[skip : skip + most]), len(lines), self.carrier)

    def hand(self, name):
        self.carrier = name

    def bring_in(self, paths, progress, *, sure):
        self._work(progress, "正在导入")
        self.imports.append(tuple(paths))
        self.sure.append(sure)
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
        self.left: list[Conflict] = []
        made = [
            Conflict("c1", "problem", "1", "1", TITLES[1], "BS-2023-006", "measures_text", "整改措施",
                     (Head(ours, "李志强", "361021101", "白水镇", DEVICE, "2026-11-20T16:32:00+08:00"),
                      Head(theirs, "陈建国", "361021", "临江县环委办", "d0", "2026-11-21T09:10:00+08:00")), mine=True, before=before,
                     both=f"白水镇：{ours}\n临江县环委办：{theirs}"),
            Conflict("c2", "problem", "0", "0", TITLES[0], "BS-2024-017", "person", "责任人",
                     (Head("王秀兰", "李志强", "361021101", "白水镇", DEVICE, "2026-11-20T16:32:00+08:00"),
                      Head("周海平", "陈建国", "361021", "临江县环委办", "d0", "2026-11-21T09:10:00+08:00")), mine=True, before="李志强"),
            Conflict("c3", "problem", "5", "5", TITLES[5], "BS-2025-014", "deadline", "整改时限",
                     (Head("2026-12-15", "", "361021101", "白水镇", DEVICE, "2026-11-20T16:32:00+08:00"),
                      Head("2026-12-31", "", "361021", "临江县环委办", "d0", "2026-11-21T09:10:00+08:00")), mine=False),
        ]  # fmt: skip
        for one in made:  # each value is an operation
            heads = tuple(replace(head, operation=f"{one.id}-{at}") for at, head in enumerate(one.heads))
            self.left.append(replace(one, heads=heads))
        self.left = self.left[:count]
        self.settled: list[tuple] = []

    def list(self):
        return tuple(self.left)

    def settle(self, id, *, head=None, value=None, take=None, both=False):
        self.settled.append((id, "both") if both else (id, head, value) if take is None else (id, take))
        self.left = [one for one in self.left if one.id != id]

    def settle_many(self, chosen):
        ids = [id for id, _ in chosen]
        self.settled += chosen
        self.left = [one for one in self.left if one.id not in ids]
        return len(ids)
