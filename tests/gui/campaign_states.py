"""What the tab 专项 is brought into for its pictures."""

from __future__ import annotations

from gui.drafts import EDIT, Draft


def offered(page):
    """What was typed last time is offered; in the list it is marked."""
    for id_, values in (("", {"title": "冬季焚烧排查", "checklists": "air"}), (f"{1:032x}", {"people": "周海平"})):
        at = "2026-11-23T10:42:00"
        page.session.drafts.keep(Draft("campaign", id_, EDIT, at=at, values=values, base=dict.fromkeys(values, "")))
    page.part._choose("list")


def one(page):
    page.part.open_one(f"{0:032x}")


def wrong(page):
    page.part.make_new()
    page.part._slices.finish()
    page.part.save()


def matrix(page):
    page.part._choose("matrix")
    page.part._slices.finish()


def fates(page):
    matrix(page)
    page.part.matrix.what.setCurrentIndex(3)
    page.part.matrix._fill()


def sample(page):
    page.part._choose("sample")
