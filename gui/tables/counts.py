"""Columns of a matrix that counts: each cell is a number, what is wrong is coloured, and a cell opens its list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gui.tables.columns import CENTER, Column

SUM = "合计"  # the name of the line that adds up the others


def count(field: str, heading: str, wide: int, loud: Mapping[str, str]) -> Column:
    """A column of the numbers in a field of lines that have a `name`; `loud`: field → tone where it is not 0."""

    def number(line: Any) -> int:
        return int(getattr(line, field))

    def tone(line: Any) -> str:
        return loud.get(field, "") if number(line) else "hint"

    return Column(
        field, heading, lambda line: str(number(line)), wide, align=CENTER, sort=field, tone=tone,
        bold=lambda line: line.name == SUM or (field in loud and bool(number(line))),
        tip=lambda line: f"{line.name}：{heading} {number(line)} 个，点开看名单" if number(line) else "",
    )  # fmt: skip
