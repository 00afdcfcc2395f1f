"""States of the page of one inspection."""

from __future__ import annotations


def found(page):
    """One stands on a question that was answered 否."""
    page.filling._go_to(6)


def altered(page):
    """The county retired a question and has not issued that yet."""
    page.part.items.selectRow(2)
    page.part.retire.click()
