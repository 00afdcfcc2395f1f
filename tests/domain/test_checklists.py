"""The shipped checklists: every theme is there, every item has theme, id and basis, and 否 is always the finding."""

from __future__ import annotations

import json

import pytest

import resources
from models.domain import checklists, words

SHIPPED = {theme: json.loads(resources.path(f"checklists/{theme}.json").read_text(encoding="utf-8"))
           for theme in words.THEME}  # fmt: skip
GOOD = {"id": "A1", "group": "工地", "text": "是否已覆盖？", "how": "看", "basis": "法", "evidence": "照片",
        "severity": "general"}  # fmt: skip


@pytest.mark.parametrize("theme", words.THEME)
def test_a_shipped_checklist_is_sound(theme):
    told = SHIPPED[theme]
    assert set(told) == {"theme", "version", "items"}
    assert told["theme"] == theme
    assert checklists.fault(told["items"]) == ""
    made = checklists.of(f"{theme}-shipped-{told['version']}", told["items"])
    assert made is not None
    assert made.code == f"{theme}-shipped-{told['version']}"
    assert all(item.basis and item.basis_default for item in made.items)  # nobody of the county has confirmed it yet
    assert {item.id[0] for item in made.items} == {"ABCDEFGHIJKLM"[list(words.THEME).index(theme)]}
    assert made.content() == [{"score": None, **one} for one in told["items"]]


def test_no_other_files_lie_there():
    assert {path.stem for path in resources.path("checklists").glob("*.json")} == set(words.THEME)


def test_the_template_with_scores_gives_a_hundred_points():
    assert sum(item["score"] for item in SHIPPED["hazardous_waste"]["items"]) == 100
    assert not any(
        "score" in item for theme in SHIPPED if theme != "hazardous_waste" for item in SHIPPED[theme]["items"]
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ([], "至少一项"),
        ("不是", "至少一项"),
        ([GOOD] * 61, "最多"),
        ([GOOD, GOOD], "用了两次"),
        ([{**GOOD, "basis": " "}], "依据"),
        ([{**GOOD, "id": "1A"}], "编号"),
        ([{**GOOD, "id": 1}], "编号"),
        ([{**GOOD, "text": "有无扬尘？"}], "是否……"),
        ([{**GOOD, "text": "是否存在扬尘？"}], "有问题"),
        ([{**GOOD, "text": "是否覆盖"}], "是否……"),
        ([{**GOOD, "severity": "bad"}], "严重程度"),
        ([{**GOOD, "score": 0}], "分值"),
        ([{**GOOD, "score": True}], "分值"),
        ([{**GOOD, "basis_default": "no"}], "依据是否默认"),
        ([{**GOOD, "more": 1}], "应写明"),
        ([{k: v for k, v in GOOD.items() if k != "how"}], "应写明"),
    ],
)
def test_what_is_no_checklist_says_why(content, why):
    assert why in checklists.fault(content)
    assert checklists.of("air-county-1", content) is None


@pytest.mark.parametrize(
    "code", ["", "air", "air-county-0", "air-county", "wind-county-1", "air-town-1", "air-county-1x"]
)
def test_a_code_that_names_no_checklist(code):
    assert checklists.parts_of(code) is None
    assert checklists.of(code, [GOOD]) is None


def test_a_version_says_whose_it_is():
    made = checklists.of("air-county-3", [GOOD])
    assert made is not None
    assert "县里第 3 版" in made.title
    assert made.item("A1") == made.items[0]
    assert made.item("A2") is None
