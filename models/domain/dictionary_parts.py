"""What a dictionary looks like on a form: tables, numbers, ticks and lines of Chinese words; and back to its content.

`PARTS` says which parts a dictionary has. `shown` turns a content into their values, `read` turns values into a content
or says in which cell something does not fit; dictionary_differences.py says in words what is about to change.
Values: of a table its rows (texts, one a column), of a number and a line the text typed, of ticks the names that are
ticked, of switches name → (on, number typed), of a letter its texts by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from models.domain import light, notices, owner, sources, words
from models.domain.dictionaries import DICTIONARIES, LONGEST

YES = "是"
_BETWEEN = re.compile(r"[、，,；;]+")
_SHARE = re.compile(r"([0-9]+) ?[%％]")
_BEFORE = re.compile(r"时限?前 ?([0-9]+) ?(?:个?工作日|天)?")

Read = Callable[[str], Any]  # a text typed → the value; raises ValueError with what is wrong, in Chinese


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    label: str
    read: Read
    write: Callable[[Any], str] = str
    tick: bool = False  # 是 or nothing
    wide: int = 1  # in proportion to the others


@dataclass(frozen=True)
class Table:
    """A list of entries."""

    key: str  # in the content; "": the content is this list
    label: str
    columns: tuple[Column, ...]
    hint: str = ""


@dataclass(frozen=True)
class Number:
    """One whole number."""

    key: str
    label: str
    unit: str
    least: int
    most: int


@dataclass(frozen=True)
class Line:
    """One line of text."""

    key: str
    label: str


@dataclass(frozen=True)
class Ticks:
    """Some of a few."""

    key: str
    label: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class Switches:
    """The rules of the lights."""

    key: str
    label: str


@dataclass(frozen=True)
class Letter:
    """The template of a notice: the texts of notices.PARTS_OF_TEMPLATE."""

    key: str
    label: str
    hint: str = ""


Part = Table | Number | Line | Ticks | Switches | Letter


class Fault(NamedTuple):
    """What does not fit, and where: the part, and the row and column of a table."""

    part: str
    row: int
    column: int
    why: str


# ------------------------------------------------------------------------------------- cells


def _text(typed: str) -> str:
    if not typed:
        raise ValueError("还没有填")
    if len(typed) > LONGEST:
        raise ValueError(f"最多 {LONGEST} 字")
    return typed


def _several(typed: str) -> list[str]:
    return [one.strip() for one in _BETWEEN.split(typed) if one.strip()]


def _some(typed: str) -> list[str]:
    if not (found := _several(typed)):
        raise ValueError("还没有填，几个词之间用顿号隔开")
    return found


def _known(names: Mapping[str, str], what: str) -> Callable[[str], list[str]]:
    """Texts that are some of the Chinese words of `names`, as the stored ones."""
    by_word = {word: name for name, word in names.items()}

    def read(typed: str) -> list[str]:
        found = _some(typed)
        for one in found:
            if one not in by_word:
                raise ValueError(f"没有叫“{one}”的{what}，请从这些里选：{'、'.join(by_word)}")
        return [by_word[one] for one in found]

    return read


def _joined(names: Mapping[str, str] | None = None) -> Callable[[Any], str]:
    """Entries as one text, in the Chinese words of `names`."""
    known = names or {}

    def write(found: list[str]) -> str:
        return "、".join(known.get(one, one) for one in found)

    return write


def _day(typed: str) -> str:
    if not owner.is_day(typed):
        raise ValueError("日期请写成 2024-06-30 这样")
    return typed


def _count(typed: str) -> int:
    if not typed.isdecimal() or len(typed) > 4:
        raise ValueError("应是整数")
    return int(typed)


def _when(typed: str) -> dict[str, int]:
    if found := _SHARE.fullmatch(typed):
        return {"share": int(found[1])}
    if found := _BEFORE.fullmatch(typed):
        return {"before": int(found[1])}
    raise ValueError("请写“50%”（全程过了多少）或“时限前5个工作日”")


def _said_when(step: Mapping[str, Any]) -> str:
    return f"{step['share']}%" if "share" in step else f"时限前{step['before']}个工作日"


def _is_yes(typed: str) -> bool:
    return typed == YES


def _said_yes(on: Any) -> str:
    return YES if on else ""


def _tick(name: str, wide: int = 1) -> Column:
    return Column(name, _is_yes, _said_yes, tick=True, wide=wide)


# fmt: off
_ENTRY = (Column("条目", _text),)
_STAGES = _known(words.ACCEPTANCE_STAGE, "环节")
_KINDS = _known(words.DEADLINE_KIND, "整改类型")
_COLUMN_OF = {"progress": "进展", "difficulties": "困难", "next_step": "下一步打算", "opinion": "县里的意见"}
_LIST = "停用的只是不再供选择，以前写过的照样保留。"

PARTS: dict[str, tuple[Part, ...]] = {
    **{name: (Table("", DICTIONARIES[name].label, _ENTRY, _LIST),)
       for name in ("sources", "categories", "trades", "closing_standards")},
    "thresholds": (Switches("", "什么时候亮什么灯"),),
    "dispatch_rules": (Number("due_day", "每月几日前报", "日", 1, 31),
                       Ticks("kinds", "哪几类问题要报", words.DEADLINE_KIND)),
    "phrases": tuple(Table(key, word, _ENTRY) for key, word in _COLUMN_OF.items()),
    "lookback_rules": (Number("months", "近几个月销号的要回头看", "个月", 1, 1_200),
                       Number("share", "抽百分之几", "%", 1, 100), Number("days", "抽出后几天内看完", "天", 1, 366),
                       Table("sources", "哪些来源的要看", _ENTRY, "一条都没有，就是全部来源。")),
    "holidays": (Table("off", "放假的日子", (Column("日期", _day),),
                       "国家已公布的程序里有，只写补充的，如 2027-10-01。"),
                 Table("worked", "调休上班的日子", (Column("日期", _day),))),
    "routes": (Table("routes", "路线", (
                   Column("路线名", _text, wide=2),
                   Column("环节（按先后）", _STAGES, _joined(words.ACCEPTANCE_STAGE), wide=6),
                   _tick("立行立改直接销号", wide=2), _tick("审核换人")),
                   f"环节之间用顿号隔开，有：{'、'.join(words.ACCEPTANCE_STAGE.values())}。"
                   "审核换人：自查自验、验收由谁办的，提请和审签要换一位用户。"),
               Table("sources", "来源走哪条路线", (Column("来源里有这几个字", _text), Column("走这条路线", _text)),
                     "从上往下，第一个对得上的算数。"),
               Line("own", "单位自己登记、没有写来源的走"), Line("default", "其余的走")),
    "papers": (Table("", "材料", (
                   Column("材料", _text, wide=2),
                   Column("文件名或说明里有这些字就算有", _some, _joined(), wide=2),
                   Column("哪些路线必备", _several, _joined(), wide=3)),
                   "几个词之间用顿号隔开；必备一栏空着的是选备。"),),
    "notice_templates": tuple(
        Letter(kind, word, f"花括号里的，发出时换成实际内容。可以写：{notices.known_places()}" if at == 0 else "")
        for at, (kind, word) in enumerate(words.NOTICE_KIND.items())),
    "notice_rules": (Number("month_ends", notices.RULE_LABELS["month_ends"], "个", 1, notices.MOST_DAYS),
                     *(Number(name, notices.RULE_LABELS[name], "天", 1, notices.MOST_DAYS)
                       for name in ("overdue", "escalate")),
                     *(Number(name, notices.RULE_LABELS[name], "个", 1, notices.YEAR)
                       for name in ("orange_ends", "orange_year"))),
    "county_bounds": tuple(Line(key, word) for key, word in sources.SIDES.items()),
    "backplan": (Table("", "节点", (
                     Column("模板", _text, wide=2),
                     Column("适用的整改类型", _KINDS, _joined(words.DEADLINE_KIND), wide=3),
                     Column("时限至少还有几天", _count, wide=2), Column("节点", _text, wide=3),
                     Column("什么时候", _when, _said_when, wide=2)),
                     "同一个模板的节点写在一起，前三栏要一样。什么时候：全程的百分之几，或时限前几个工作日。"),),
}
# fmt: on


# ------------------------------------------------------------------------------------- there and back


def shown(name: str, content: Any) -> dict[str, Any]:
    """The values of the parts of a dictionary; the content fits."""
    return {part.key: _value(name, part, content if part.key == "" else content[part.key]) for part in PARTS[name]}


def _value(name: str, part: Part, content: Any) -> Any:
    if isinstance(part, Table):
        rows = [_cells(name, part.key, one) for one in content]
        rows = [cells for some in rows for cells in some]
        return [tuple(column.write(cell) for column, cell in zip(part.columns, row, strict=True)) for row in rows]
    if isinstance(part, Switches):
        return {rule: (one["on"], str(one.get("number", ""))) for rule, one in content.items()}
    if isinstance(part, Letter):
        return {name: str(content[name]) for name in notices.PARTS_OF_TEMPLATE}
    return list(content) if isinstance(part, Ticks) else str(content)


def _cells(name: str, key: str, one: Any) -> list[tuple[Any, ...]]:
    """The rows of one entry of a content."""
    if (name, key) == ("routes", "routes"):
        return [(one["name"], one["stages"], one["quick"], one.get("two", False))]
    if (name, key) == ("routes", "sources"):
        return [tuple(one)]
    if name == "papers":
        return [(one["name"], one["words"], one["must"])]
    if name == "backplan":
        return [(one["name"], one["kinds"], one["days"], step["text"], step) for step in one["steps"]]
    return [(one,)]


def read(name: str, values: Mapping[str, Any]) -> tuple[Any, tuple[Fault, ...]]:
    """The content that was typed, and what does not fit; the content counts only where nothing does not."""
    faults: list[Fault] = []
    found = {part.key: _read(part, values[part.key], faults) for part in PARTS[name]}
    if faults:
        return None, tuple(faults)
    content = _joined_up(name, found, faults)
    if not faults and (why := DICTIONARIES[name].check(content)):
        faults.append(Fault(PARTS[name][0].key, -1, -1, why))
    return content, tuple(faults)


def _read(part: Part, value: Any, faults: list[Fault]) -> Any:
    if isinstance(part, Table):
        return _read_table(part, value, faults)
    if isinstance(part, Switches):
        return {rule.name: _read_switch(part, rule, value[rule.name], faults) for rule in light.EVERY}
    if isinstance(part, Ticks):
        return [name for name in part.words if name in value]
    if isinstance(part, Letter):
        return _read_letter(part, value, faults)
    if isinstance(part, Line):
        return value.strip()
    typed = value.strip()
    if not typed.isdecimal() or not part.least <= int(typed) <= part.most:
        faults.append(Fault(part.key, -1, -1, f"应是 {part.least} 到 {part.most} 之间的整数"))
        return None
    return int(typed)


def _read_switch(part: Switches, rule: light.Rule, said: tuple[bool, str], faults: list[Fault]) -> dict[str, Any]:
    on, typed = said
    if rule.number is None:
        return {"on": on}
    if not typed.isdecimal() or not 1 <= int(typed) <= light.MOST:
        faults.append(Fault(part.key, light.EVERY.index(rule), -1, f"应是 1 到 {light.MOST} 之间的整数"))
        return {}
    return {"on": on, "number": int(typed)}


def _read_letter(part: Letter, said: Mapping[str, str], faults: list[Fault]) -> dict[str, Any]:
    found: dict[str, Any] = {name: text.strip() for name, text in said.items()}
    if found["days"].isdecimal() and len(found["days"]) <= 4:
        found["days"] = int(found["days"])
    if (fault := notices.template_fault(found)) is not None:
        name, why = fault
        faults.append(Fault(part.key, list(notices.PARTS_OF_TEMPLATE).index(name), -1, why))
    return found


def _read_table(part: Table, rows: list[tuple[str, ...]], faults: list[Fault]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in enumerate(rows):
        typed = tuple(cell.strip() for cell in cells)
        if not any(typed):
            continue
        if typed in seen:
            faults.append(Fault(part.key, number, 0, f"和第 {seen[typed] + 1} 行重复"))
        seen[typed] = number
        made: list[Any] = []
        for at, (column, cell) in enumerate(zip(part.columns, typed, strict=True)):
            try:
                made.append(column.read(cell))
            except ValueError as error:
                faults.append(Fault(part.key, number, at, str(error)))
        found.append(tuple(made))
    return found


def _joined_up(name: str, found: dict[str, Any], faults: list[Fault]) -> Any:
    """The content of a dictionary from what its parts say."""
    if name == "routes":
        named = [row[0] for row in found["routes"]]
        for at, (_, route) in enumerate(found["sources"]):
            if route not in named:
                faults.append(Fault("sources", at, 1, f"没有叫“{route}”的路线"))
        faults += [Fault(key, -1, -1, "请写上面的一条路线") for key in ("own", "default") if found[key] not in named]
        routes = [dict(zip(("name", "stages", "quick", "two"), row, strict=True)) for row in found["routes"]]
        plain = [one if one["two"] else {k: v for k, v in one.items() if k != "two"} for one in routes]
        return {"routes": plain, "sources": [list(row) for row in found["sources"]],
                "own": found["own"], "default": found["default"]}  # fmt: skip
    if name == "papers":
        return [dict(zip(("name", "words", "must"), row, strict=True)) for row in found[""]]
    if name == "backplan":
        return _templates(found[""], faults)
    flat = {key: [row[0] for row in one] if _is_rows(one) else one for key, one in found.items()}
    return flat.get("", flat)


def _is_rows(one: Any) -> bool:
    return isinstance(one, list) and all(isinstance(row, tuple) for row in one)  # pyright: ignore[reportUnknownVariableType]


def _templates(rows: list[tuple[Any, ...]], faults: list[Fault]) -> list[dict[str, Any]]:
    made: dict[str, dict[str, Any]] = {}
    for at, (name, kinds, days, text, when) in enumerate(rows):
        one = made.setdefault(name, {"name": name, "kinds": kinds, "days": days, "steps": []})
        if (one["kinds"], one["days"]) != (kinds, days):
            faults.append(Fault("", at, 1, f"“{name}”前面写的不一样"))
        one["steps"].append({"text": text, **when})
    return list(made.values())
