"""What somebody is about to change in a dictionary, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.domain import light, notices, words
from models.domain.dictionary_parts import PARTS, Letter, Switches, Table, Ticks


def differences(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """What is other than before, in words: one line for each."""
    found: list[str] = []
    for part in PARTS[name]:
        old, new = before[part.key], after[part.key]
        if isinstance(part, Table):
            found += _of_table(part, old, [row for row in new if any(cell.strip() for cell in row)])
        elif isinstance(part, Switches):
            found += [f"{rule_words(rule, *old[rule.name])} → {rule_words(rule, *new[rule.name])}"
                      for rule in light.EVERY if old[rule.name] != new[rule.name]]  # fmt: skip
        elif isinstance(part, Letter):
            found += _of_letter(part, old, new)
        elif isinstance(part, Ticks):
            was, now = ("、".join(part.words[one] for one in part.words if one in some) for some in (old, new))
            found += [f"{part.label}：{was} → {now or '一类也没有'}"] if was != now else []
        elif old.strip() != new.strip():
            found.append(f"{part.label}：{old} → {new}")
    return tuple(found)


def rule_words(rule: light.Rule, on: bool, number: str) -> str:  # noqa: FBT001
    """One rule of the lights as a sentence."""
    if not on:
        return f"停用（{rule.label}）"
    return f"{rule.label}{f' {number} {rule.unit}' if rule.number is not None else ''}，{words.LIGHT[rule.colour]}灯"


def _of_letter(part: Letter, old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    changed = [name for name in notices.PARTS_OF_TEMPLATE if old[name].strip() != new[name].strip()]
    return [f"{part.label}的{notices.PARTS_OF_TEMPLATE[name]}"
            + ("有改动" if name == "text" else f"：{old[name]} → {new[name]}") for name in changed]  # fmt: skip


def _of_table(part: Table, old: list[tuple[str, ...]], new: list[tuple[str, ...]]) -> list[str]:
    gone = [row for row in old if row not in new]
    come = [row for row in new if row not in old]
    found: list[str] = []
    for row in list(come):
        was = next((one for one in gone if one[0] == row[0]), None) if len(part.columns) > 1 else None
        if was is not None:
            gone.remove(was)
            come.remove(row)
            cells = zip(part.columns, was, row, strict=True)
            said = "；".join(f"{c.label}：{a or '没有'} → {b or '没有'}" for c, a, b in cells if a != b)
            found.append(f"{part.label}“{row[0]}”：{said}")
    found += [f"{part.label}新增：{_row(row)}" for row in come]
    found += [f"{part.label}停用：{_row(row)}" for row in gone]
    if not found and old != new:
        found.append(f"{part.label}：次序有变")
    return found


def _row(row: tuple[str, ...]) -> str:
    return "，".join(cell for cell in row if cell)
