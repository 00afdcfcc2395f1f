"""The page of a record in the states that take more than one step to reach: for pictures of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QColor, QImage

from gui.dialogs.adding import Belongs
from gui.drafts import Draft
from models.services.base.file_refusals import FileTooLarge


def edit(page, then=None, **typed):
    """Open the form, and type when it is whole."""
    page.begin_edit()

    def _type():
        for one in page.form.fields():
            if one.field.name in typed:
                one.rewrite(typed[one.field.name])
                one.check()
        if then is not None:
            then()

    page.form.ready.connect(_type)


def behalf(page):
    def _save():
        page.form.show_field("progress")
        page.save()

    edit(page, _save, progress="3 号点位已清场，油污土壤装了两车。")


def wrong(page):
    edit(
        page, lambda: page.form.show_field("deadline"),
        deadline="2024.2.30", found_on="昨天下午", phone="1380796", longitude="27.3", person="周海平",
    )  # fmt: skip


def meanwhile(page):
    def _renew():
        page.editing.renew({**page._shown.record, "person": "李志强"}, page._shown.writable)
        page.form.show_field("person")

    edit(page, _renew, person="周海平", deadline="11月底")


def locked(page):
    page.story.finish()
    page._shown = replace(page._shown, writable=frozenset({"progress", "pace", "completed_on", "remark"}))
    edit(page)


def draft(page):
    values = {"person": "周海平", "deadline": "2026-12-20", "progress": "3 号点位已清场。"}
    page.session.drafts.keep(Draft("problem", page._place.id, "edit", at="2026-11-23T10:42:00", values=values))
    page._offer_drafts(page._shown.record)


def exhibits(*states):
    """Photos before, during and after, and a document; `states`: where each of them is."""
    some = (
        ("拆解点东侧.jpg", "image/jpeg", "before", "1 号点位"), ("清场后.jpg", "image/jpeg", "after", "1 号点位"),
        ("油污.jpg", "image/jpeg", "before", "2 号点位，下洲村 316 国道旁"),
        ("挖机进场.jpg", "image/jpeg", "during", ""),
        ("转移联单（盖章）.pdf", "application/pdf", "", ""),
    )  # fmt: skip
    return [
        {"id": f"{number:032x}", "sha256": f"{number:064x}", "name": name, "bytes": 2_400_000, "media": media,
         "stage": stage, "caption": caption, "taken_on": "2026-03-12" if number == 0 else "",
         "state": states[number] if number < len(states) else "here", "unit": "361021101", "unit_name": "白水镇",
         "by": "王秀兰", "at": "2026-11-20T09:41:00+08:00", "part": "", "part_said": "", "paper": "",
         "shot_at": "2026-03-12 10:05:00" if number == 0 else "", "remark": "",
         "longitude": 115.9341 if number == 0 else None, "latitude": 27.5522 if number == 0 else None,
         "picture": "" if number < len(states) and states[number] in {"wanted", "lost"} else f"{number:064x}"}
        for number, (name, media, stage, caption) in enumerate(some)
    ]  # fmt: skip


def photos(page, *states, choose=0):
    """The card of photos with all that it can show."""
    entries = exhibits(*states)
    page.session.office.records.evidence = entries
    shown = (one for one in entries if one["media"].startswith("image/") and one["state"] == "here")
    page.session.pictures.remember({one["sha256"]: _picture(number) for number, one in enumerate(shown)})
    page.refresh()

    def _look():
        card = page.story.exhibits
        if not card.entries:
            return
        page.story.exhibits_shown.disconnect(_look)
        card._choose(card.entries[choose])
        page.story.show_section("exhibits")

    page.story.exhibits_shown.connect(_look)


def _picture(number):
    made = QImage(376, 282, QImage.Format.Format_RGB32)
    made.fill(QColor(("#6f7f5b", "#8fa3b0", "#5b4a3c", "#b08d57")[number]))
    return made


def dossier(page):
    """Photos of a measure and of a month, some papers of the file are there."""
    photos(page)
    page.session.office.records.evidence[3] |= {"part": "d10", "part_said": "月调度 2026年10月"}
    page.session.office.records.evidence[0] |= {"part": "a1", "part_said": "整改措施 规模较小的 5 个拆解点清场"}
    page.session.office.workflow.files = [
        (f"{0:032x}", "", "拆解点东侧.jpg 整改前"),
        (f"{3:032x}", "", "挖机进场.jpg 整改中"),
        (f"{4:032x}", "", "验收意见"),
    ]
    page.refresh()


def step(page):
    """A step's form is open; what was typed into it is wrong."""
    page.story.finish()
    card = page.story.handling
    verb = next(name for name, one in card.buttons.items() if one.isEnabled())
    card.buttons[verb].click()
    next(iter(card.form.fields.values())).rewrite("")
    card.ask_to_save()


def returned(page):
    """The county returns what was done."""
    page.session.office.workflow.said |= {"completed": True, "completed_on": "2026-11-20", "planned_on": "2026-04-01"}
    page.session.office.workflow.doubts = (
        "写的是 10 个工作日，2026-09-29 至 2026-10-09 实际是 4 个工作日（11 个自然日），请核对。",
    )
    page.refresh()

    def _look():
        card = page.story.handling
        if card.form is None and "return" in card.buttons and card.buttons["return"].isEnabled():
            card.buttons["return"].click()

    page.story.complete.connect(_look)


def photos_adding(page):
    photos(page)
    page.story.exhibits_shown.connect(lambda: page.story.exhibits.say_busy("正在添加 12 个文件…"))


def photos_refused(page):
    photos(page)
    page.session.office.evidence.refusal = FileTooLarge(Path("全景.jpg"), 41_000_000, 30_000_000)
    page.story.exhibits_shown.connect(lambda: page.adder._add([Path("全景.jpg")], Belongs()))
