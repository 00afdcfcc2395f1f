"""The page of a record in the states that take more than one step to reach: for pictures of them."""

from __future__ import annotations

from dataclasses import replace

from gui.drafts import Draft


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
