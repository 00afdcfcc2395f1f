"""States of the page of one inspection."""

from __future__ import annotations


def found(page):
    """One stands on a question that was answered 否."""
    page.filling._go_to(6)
