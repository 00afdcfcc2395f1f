"""What is done on the pages of the import and of the exchange before a picture of them is taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from models.services.views.exchange import Lost, NotWritten
from tests.gui import fakes

STICK = Path("/media/u")
BOOK = Path("/tmp/整改台账20261120.xlsx")


class TooOdd(fakes.Refused):
    code = "X110"


class StickGone(fakes.Refused):
    code = "S304"


def many_troubles():
    """A county with a stopped PC, work set aside, a copied disk and no sheet."""
    office = fakes.county()
    office.aside.fill()
    office.recovery.due = True
    office.devices.devices = [replace(d, forks=d.forks + d.this) for d in office.devices.devices]
    return office


def restored():
    """A township whose county put an old backup back."""
    office = fakes.township()
    office.exchange.have_lost = (Lost("361021", "临江县环委办", 17),)
    return office


def further():
    """A further PC of the county before the first has approved it."""
    office = fakes.county()
    office.here = replace(office.here, enrolled=False, fingerprint="")
    return office


def at_aside(page) -> None:
    page.enrol.scroller.verticalScrollBar().setValue(page.enrol.aside.card.y() - 12)


def mapped(page) -> None:
    page._map("完成情况", "pace")


def checking(page) -> None:
    page._step = 2
    page._map("完成情况", "pace")


def mended(page) -> None:
    page._step = 2
    page._asked.mapping = {"完成情况": "pace"}
    page._rewrite("C6", "2026-02-28")


def by_rows(page) -> None:
    checking(page)
    page.sheet.show_part("rows")


def without_headings(page) -> None:
    page.session.office.imports.refusal = TooOdd(text="没有认出台账的表头。")
    page.look_at(BOOK)


def asking_heading(page) -> None:
    page.sheet.ask_heading()


def writing(page) -> None:
    page.write._show("working", 2)
    page.write.working.begin()
    page.write._progress(130_000_000, 214_000_000, "写盘")


def not_written(page) -> None:
    page.write._show_refusal(StickGone(text="U 盘中途断开，数据包没有写完。"))


def one_failed(page) -> None:
    message = "磁盘空间不足，没有写入。本机数据未改动。"
    page.session.office.exchange.failed = (NotWritten("3", "青山镇", message, "请换一个容量更大的U盘后重试。"),)
    page.write.write_to(STICK)


def reading(page) -> None:
    panel = page.read
    panel._show_cards(panel.session.office.exchange.cards([STICK, STICK]))
    panel.list.begin(panel.list.ready)
    panel._show_list()
    panel.list.report(31_000_000, 46_000_000, "复制", [])


def taken(page) -> None:
    panel = page.read
    panel._show_cards(panel.session.office.exchange.cards([STICK, STICK]))
    panel._take()


def big_preview(page) -> None:
    page.session.office.exchange.big = "本包将作废 37 条记录。"
    page.read.look_at([STICK / "a.hgb"])


def typing_digits(page) -> None:
    side = page.enrol.desk
    side.file.put(STICK / "欢迎包.hgb")
    side._found_nothing(fakes.Refused(text=""))
    page.notice.hide()


def settling_many(page):
    """Several conflicts are about to be settled together."""
    page.conflicts.list.all.click()
    page.conflicts.several.click()
    page.conflicts.many.rule.buttons["theirs"].click()


def doubles(page):
    """Petitions that may be one."""
    page.parts["doubles"].list.kinds.buttons["petition"].click()
