"""What a notice to one unit says: its places filled in from the problems it speaks of, and its paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import RowMapping

from models.domain import notices, template, words
from models.domain.fields import label
from models.domain.paper import Fields, Paper, Text, facts
from models.domain.template import Known
from models.errors import LedgerError

NO_NUMBER = "文号发出时由程序编"
_ANSWER = ("reply", "replied_on", "replied_by", "opinion", "ended_on")
# What the template of a notice is as the program has it, and what one of an office may ask for too.
LETTER = Paper(
    "【标题】",
    (Text("【内容】"), Text(""), Text("【发文单位】", right=True), Text("【印发日期】", right=True)),
    line="【文号】",
)
KNOWN = Known(
    template.places(LETTER) | {"种类", "接收单位", "回复期限"} | {label("notice", name) for name in _ANSWER}, {}
)


@dataclass(eq=False)
class UnknownPlace(LedgerError):
    """A text asks for something in braces that nobody knows."""

    code = "R330"
    title = "通知单没有发出"
    place: str

    @property
    def message(self) -> str:
        return f"不认识“{self.place}”，不知道发出时换成什么，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return f"请改成认识的：{notices.known_places()}；不要换的，请去掉花括号。"


@dataclass(eq=False)
class EmptyPlace(LedgerError):
    """A text asks for something in braces that is not said."""

    code = "R331"
    title = "通知单没有发出"
    place: str
    missing: str

    @property
    def message(self) -> str:
        return f"写了{{{self.place}}}，可是没有{self.missing}，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return f"请补上{self.missing}，或者在标题和内容里去掉{{{self.place}}}。"


_MISSING = {"月份": "月份", "回复期限": "回复期限"}  # the others ask for problems


class Letter(NamedTuple):
    """What is said to one unit. `rows` are the problems it speaks of."""

    unit: str
    name: str
    rows: Sequence[RowMapping]


def filled(said: Mapping[str, str], letter: Letter, sender: str) -> dict[str, str]:
    """Title and text of a notice, with their places filled in. `said` are its other values too, days as ISO text."""
    values = _places(said, letter, sender)
    texts = {name: said[name] for name in ("title", "text") if said.get(name)}
    for text in texts.values():
        if wrong := notices.unknown(text):
            raise UnknownPlace(wrong)
        for place in notices.places(text):
            if not values[place]:
                raise EmptyPlace(place, _MISSING.get(place, label("notice", "problems")))
    return {name: notices.filled(text, values) for name, text in texts.items()}


def _places(said: Mapping[str, str], letter: Letter, sender: str) -> dict[str, str]:
    rows = letter.rows
    listed = [
        f"{at}．{_plain(row['description'])}（{'，'.join(p for p in (_number(row), f'整改时限：{_due(row)}') if p)}）"
        for at, row in enumerate(rows, 1)
    ]
    return {
        "单位": letter.name,
        "发文单位": sender,
        "问题序号": "、".join(filter(None, map(_number, rows))) or ("没有编号" if rows else ""),
        "问题描述": "；".join(_plain(row["description"]) for row in rows),
        "整改时限": "；".join(dict.fromkeys(map(_due, rows))),
        "问题清单": "\n".join(listed),
        "月份": _month(said.get("month") or ""),
        "印发日期": chinese_day(said.get("issued_on") or ""),
        "回复期限": chinese_day(said.get("answer_by") or ""),
    }


def _plain(text: str | None) -> str:
    return (text or "").strip().rstrip("。；;.")


def _number(row: RowMapping) -> str:
    return str(row["county_number"] or row["number"] or "")


def _due(row: RowMapping) -> str:
    return str(row["deadline_text"] or "") or chinese_day(row["deadline"] or "") or "没有写"


def _month(month: str) -> str:
    return f"{month[:4]}年{int(month[5:])}月" if month else ""


def chinese_day(day: str) -> str:
    """2024-06-05 as 2024年6月5日; "" for no day."""
    if not day:
        return ""
    one = date.fromisoformat(day)
    return f"{one.year}年{one.month}月{one.day}日"


def paper(said: Mapping[str, Any], sender: str) -> Paper:
    """A notice on paper, as it is handed over: with its answer, where there is one. `said`: its values, filled in."""
    first, *rest = str(said.get("text") or "").split("\n")
    lines = [first] if first.rstrip().endswith(("：", ":")) else [f"　　{first}"] if first else []
    lines += [f"　　{line.strip()}" for line in rest if line.strip()]
    day = chinese_day(said.get("issued_on") or "")
    body = [*map(Text, lines), Text(""), Text(sender, right=True), Text(day, right=True)]
    answer = [
        (label("notice", name), chinese_day(value) if name.endswith("_on") else value)
        for name in _ANSWER
        if (value := str(said.get(name) or ""))
    ]
    more = [Text("回复和办结", strong=True), facts(*answer)] if answer else []
    title, number, kind = (str(said.get(name) or "") for name in ("title", "number", "kind"))
    values = {
        **dict.fromkeys(KNOWN.values, ""), "标题": title, "文号": number or NO_NUMBER, "内容": "\n".join(lines),
        "发文单位": sender, "印发日期": day, "种类": words.NOTICE_KIND.get(kind, ""),
        "接收单位": str(said.get("township_name") or ""),
        "回复期限": chinese_day(said.get("answer_by") or ""), **dict(answer),
    }  # fmt: skip
    return Paper(title, (*body, *more), number or NO_NUMBER, form=form_of(kind), fields=Fields(values, {}))


def form_of(kind: str) -> str:
    """Under which name the template of a kind is kept."""
    return f"notice-{kind}"
