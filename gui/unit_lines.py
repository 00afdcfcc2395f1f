"""Many units at once: lines of name and code, typed or pasted from a sheet, read one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_CODE = re.compile(r"[0-9A-Za-z_-]*\d[0-9A-Za-z_-]*")
_SPLIT = re.compile(r"[\s,，;；、:：|]+")
_OFFICE = re.compile(r"(局|委|委员会|办|办公室|中心|大队|支队|公司|站|所)$")
_PLACE = re.compile(r"(管委会|管理委员会|街道办|街道办事处)$")
KINDS = {"部门": "department", "县直部门": "department", "乡镇": "township", "街道": "township", "园区": "township"}
LONGEST = 100


@dataclass(frozen=True)
class UnitLine:
    """One line: what it names, or what is wrong with it."""

    number: int
    kind: str
    name: str
    code: str
    wrong: str = ""  # one sentence; "" where it can be added
    before: str = ""  # the name that a unit of this code has now, where the line gives it another


def read(text: str, taken: Mapping[str, str] | None = None, *, own: str = "") -> list[UnitLine]:
    """The lines of a text, empty ones left out. `taken`: code → name of units that are there; `own`: our code."""
    there = taken or {}
    seen: dict[str, int] = {}
    made: list[UnitLine] = []
    for number, line in enumerate(text.splitlines(), 1):
        parts = [part for part in _SPLIT.split(line.strip()) if part]
        if not parts:
            continue
        codes = [part for part in parts if _CODE.fullmatch(part)]
        kinds = [KINDS[part] for part in parts[1:] if part in KINDS]
        name = "".join(part for part in parts if part not in codes and part not in KINDS) or (
            parts[0] if parts[0] in KINDS else ""
        )
        code = max(codes, key=len, default="")  # 序号 is shorter than a code
        wrong = _wrong(name, code, own)
        if not wrong and there.get(code) == name:
            wrong = "这个单位已经有了"
        elif not wrong and code in seen:
            wrong = f"代码与第 {seen[code]} 行相同"
        seen.setdefault(code, number)
        kind = kinds[0] if kinds else kind_of(name)
        made.append(UnitLine(number, kind, name, code, wrong, "" if wrong else there.get(code, "")))
    return made


def kind_of(name: str) -> str:
    """Whether a name is that of a department or of a township, by how it ends."""
    return "department" if _OFFICE.search(name) and not _PLACE.search(name) else "township"


def _wrong(name: str, code: str, own: str) -> str:
    if not name:
        return "没有写单位名称"
    if not code:
        return "没有写代码"
    if len(name) > LONGEST:
        return f"名称有 {len(name)} 字，最多 {LONGEST} 字"
    if len(code) > 32:
        return "代码太长，最多 32 位"
    return f"代码 {code} 是县里自己的" if own and code == own else ""


def said(lines: list[UnitLine]) -> str:
    """What was recognised, in one sentence."""
    good = [one for one in lines if not one.wrong]
    towns = sum(1 for one in good if one.kind == "township")
    parts = [f"{many} 个{name}" for many, name in ((towns, "乡镇"), (len(good) - towns, "部门")) if many]
    return f"认出 {'、'.join(parts)}。" if parts else ""


def renamed(lines: list[UnitLine]) -> str:
    """Which units get another name, each with its number."""
    return "\n".join(f"第 {one.number} 行：“{one.before}”改名为“{one.name}”。" for one in lines if one.before)


def complaints(lines: list[UnitLine], most: int = 4) -> str:
    """What is wrong with lines, each with its number."""
    bad = [one for one in lines if one.wrong]
    shown = [f"第 {one.number} 行：{one.wrong}。" for one in bad[:most]]
    return "\n".join([*shown, *([f"另有 {len(bad) - most} 行要改。"] if len(bad) > most else [])])
