"""抽查: which places are drawn, unit by unit, under a name; whoever draws under that name draws the same. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from models.domain import lookbacks


def drawn(some: Iterable[tuple[str, str]], name: str, rules: Mapping[str, Any]) -> dict[str, int]:
    """Of each unit those that are drawn, with the place at which chance drew them, from 1.

    `some`: id and unit of each candidate. `rules`: `size` of each unit, or else `share` in percent, at least one. What
    is drawn of one unit does not depend on what another has.
    """
    by_unit: dict[str, set[str]] = {}
    for id_, unit in some:
        by_unit.setdefault(unit, set()).add(id_)
    return {
        id_: rank
        for ids in by_unit.values()
        for rank, id_ in enumerate(lookbacks.drawn(ids, name)[: lookbacks.size(len(ids), rules)], 1)
    }


def basis(what: str, narrowed: str, rules: Mapping[str, Any], name: str, count: int, many: int) -> str:
    """By what a sample was drawn, in one sentence, so that anybody can draw it again."""
    how = f"每个单位抽 {rules['size']} 个" if rules.get("size") else f"每个单位抽 {rules['share']}%"
    return f"{what}{f'（{narrowed}）' if narrowed else ''}共 {count} 个，{how}，共 {many} 个，以名称“{name}”抽签"
