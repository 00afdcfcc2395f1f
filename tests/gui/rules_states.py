"""States of the page 词典与规则."""

from __future__ import annotations


def lights(page):
    """The county changes two rules."""
    page._parts[""].numbers["near"].setText("10")
    page._parts[""].boxes["slow"].setChecked(False)
    page._parts[""]._change()


def wrong(page):
    """The same trade twice."""
    table = page._parts[""]
    table.insert()
    table.table.item(1, 0).setText("工业")
    page.save()


def letter(page):
    """A place in braces that nobody knows."""
    page._parts["assignment"].text.setPlainText("{单位}：请在{何时}前报送整改方案。")
    page.save()
