"""What is done on the page of figures before it is looked at."""

from __future__ import annotations


def wrong(page):
    """A day that there is none of."""
    page.as_of.setText("2026-02-30")
    page._ask_again()


def petitions(page):
    """The figures of petitions, by what they are about."""
    page.table.put("petition")
    page._change_table()


def crossed(page):
    """Townships by departments."""
    page.counting.across.setCurrentIndex(page.counting.across.findData("department"))
    page._ask_again()


def behind(page):
    """The list behind the first number that has one."""
    page.counting._want(0, "total")


def sealing(page):
    """A month that is sealed."""
    page.sealed.as_of.setText("2026-10-31")
    page.sealed.note.setText("十月")
    page.sealed._seal()
