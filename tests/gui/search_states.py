"""States of the search and of the drop hint, for pictures."""

from __future__ import annotations

from pathlib import Path

from gui import dropping


def search_offer(page):
    """Words in the search box of a list, and the way on to everything."""
    page.seek()
    page.search.setText("拆解")


def drop_hint(page):
    """Files over the window."""
    page.window().hint.offer(dropping.sort([Path("/media/u/包.hgb"), Path("/media/u/包2.hgb")]))
