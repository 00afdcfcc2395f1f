"""What the tab 专项 is brought into for its pictures."""

from __future__ import annotations


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
