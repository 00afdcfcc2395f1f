"""Which heading means which field: the dictionary first, then the rules for headings that it lacks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from models.documents.dictionary import ASIDE, NUMBERS, PETITION, PROBLEM, RULES, SHARED
from models.documents.texts import squash, without_brackets

EXACT, LOOSE, GUESS = 3.0, 2.0, 1.0
_LONGEST = 24  # of the headings in the dictionary

# What a field of one kind of record is called in the other; None: it has no place there, and is kept aside.
_IN_PETITION = {"description": "content", "categories": "pollution_kinds", "progress": "handling",
                "responsible_units": "lead_unit", "completed_on": "finish_state", "measures_text": "handling",
                "number": "receipt_number", NUMBERS: "receipt_number"}  # fmt: skip
_IN_PROBLEM = {"content": "description", "pollution_kinds": "categories", "handling": "progress",
               "finish_state": "completed_on", "finished_on": "completed_on", "receipt_number": NUMBERS}  # fmt: skip
# What stands under a heading without changing what it means.
_UNDER_A_HEADING = frozenset(
    (
        "万元",
        "元",
        "家次",
        "家",
        "件次",
        "件",
        "人次",
        "人",
        "个",
        "年月日",
        "是/否",
        "是否",
        "内容",
        "详情",
        "名称",
        "简述",
    )
)
_HINT = re.compile(r"填|格式|如[:：]|例|选|限\d+字|年.?月")
_MARKS = re.compile(r"[*★☆●◆▲#:：。.、·]+$|^[*★☆●◆▲#]+|^\(?\d{1,2}[.、)]")
_REQUIRED = re.compile(
    r"[(\[【](必填|选填|必填项|选填项|下拉选择|单选|多选|可多选|填.{0,12}|格式.{0,16}|如.{0,16}|限\d+字.{0,6})[)\]】]"
)


@dataclass(frozen=True)
class Meaning:
    """What a heading means, and how sure that is."""

    field: str
    strength: float


def _dictionary(*tables: dict[str, str]) -> dict[str, str]:
    known: dict[str, str] = {}
    for table in tables:
        for name, headings in table.items():
            for heading in headings.split():
                known.setdefault(heading_key(heading), name)
    return known


@lru_cache(maxsize=8192)
def heading_key(text: str) -> str:
    """A heading without what offices vary: spaces, widths, stars, numbers in front, hints in brackets."""
    key = _REQUIRED.sub("", squash(text)).replace("[", "(").replace("]", ")").replace("【", "(").replace("】", ")")
    return _MARKS.sub("", key)


_KNOWN = {
    "problems": (_dictionary(PROBLEM, SHARED), _dictionary(PETITION)),
    "petitions": (_dictionary(PETITION, SHARED), _dictionary(PROBLEM)),
}
# Fields that the other kind of record has under the same name.
_COMMON = {
    "problems": frozenset({*PROBLEM, *SHARED}),
    "petitions": frozenset({*PETITION, *SHARED}),
}


def _here(name: str, kind: str) -> str:
    """The field of this kind of record for one found in the other's dictionary."""
    other = (_IN_PROBLEM if kind == "problems" else _IN_PETITION).get(name)
    return other or (name if name in _COMMON[kind] else ASIDE)


@lru_cache(maxsize=4096)
def meaning(path: tuple[str, ...], kind: str) -> Meaning | None:
    """What a column under these headings, the topmost first, means; None where nothing is known."""
    keys = [key for text in path if (key := heading_key(text))]
    if not keys:
        return None
    leaf, above = keys[-1], keys[:-1]
    wholes = [leaf, *(parent + leaf for parent in reversed(above)), "".join(keys)]
    wholes += [leaf + parent for parent in reversed(above)]  # 省 under 序号
    for strength, form in ((EXACT, str), (LOOSE, without_brackets)):
        for whole in wholes:
            found = _look(form(whole), kind)
            if found:
                return Meaning(found, strength)
    for parent in reversed(above) if leaf in _UNDER_A_HEADING or _HINT.search(leaf) else ():
        found = _look(parent, kind) or _look(without_brackets(parent), kind)
        if found:
            return Meaning(found, LOOSE)
    for whole in wholes:
        for rule, name in RULES:
            if len(whole) <= 30 and rule.search(whole):
                return Meaning(_here(name, kind), GUESS)
    return None


def names_field(text: str, kind: str) -> str | None:
    """The field that the dictionary knows under these very words."""
    return _look(heading_key(text), kind) if len(text) <= _LONGEST else None


def _look(key: str, kind: str) -> str | None:
    ours, others = _KNOWN[kind]
    if key in ours:
        return ours[key]
    return _here(others[key], kind) if key in others else None
