"""Figures of inspections without a ledger: silence and zero reports, the matrix, what became of a finding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain import inspected, words
from models.domain.inspected import Visit
from models.domain.tally import Item

DAY = "2024-06-15"
THEMES = {"A1": "air", "A2": "air", "G1": "waste"}


def visit(unit="一", day="2024-06-01", **more):
    return Visit(f"{unit}{day}", unit, day, **more)


@pytest.mark.parametrize(
    ("one", "there"),
    [
        (visit(day=DAY), True),
        (visit(day="2024-06-16"), False),
        (visit(day=""), False),
        (visit(void_from="2024-06-15"), False),
        (visit(void_from="2024-06-16"), True),
    ],
)
def test_which_inspections_count_on_a_day(one, there):
    assert one.counts(DAY) == there


def test_inspections_from_a_day_on():
    assert visit(day=DAY).counts(DAY, DAY)
    assert not visit(day="2024-06-14").counts(DAY, DAY)


def test_zero_reports_and_silence_are_told_apart():
    some = [visit("一", answers={"A1": ("no", ""), "A2": ("yes", "")}), visit("一", "2024-06-02", zero=True),
            visit("二", zero=True)]  # fmt: skip
    assert [tuple(one) for one in inspected.said(["三", "二", "一", "二"], some)] == [
        ("三", "silent", 0, 0, 0), ("二", "zero", 0, 1, 0), ("一", "reported", 1, 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("problem", "fate"),
    [
        (None, "unregistered"),
        (Item("一", void_from="2024-06-01"), "unregistered"),
        (Item("一", found_on="2024-06-16"), "unregistered"),
        (Item("一", found_on="2024-06-01", about={"deadline": "2024-06-15"}), "open"),
        (Item("一", found_on="2024-06-01", about={"deadline": "2024-06-14"}), "overdue"),
        (Item("一", kind=[["", "long_term"]], about={"deadline": "2024-06-14"}), "open"),
        (Item("一", kind=[["", "long_term"]], about={"deadline": "2024-06-14", "long_term_too": "true"}), "overdue"),
        (Item("一", about={"deadline": None}), "open"),
        (Item("一", completed=[["2024-06-10", "completed"]], about={"deadline": "2024-06-01"}), "completed"),
        (Item("一", completed=[["2024-06-16", "completed"]], about={"deadline": "2024-06-01"}), "overdue"),
        (Item("一", closing=[["2024-06-12", "closed"]]), "closed"),
    ],
)
def test_what_became_of_a_finding(problem, fate):
    assert inspected.fate(problem, DAY) == fate


def test_the_matrix_says_where_what_was_looked_at_and_found():
    problem = Item("一", closing=[["2024-06-12", "closed"]])
    some = [
        visit("一", themes=("air", "waste"), answers={"A1": ("no", "p"), "G1": ("yes", ""), "X9": ("no", "")}),
        visit("二", themes=("air",), answers={"A2": ("no", "q")}),
    ]
    cells = inspected.matrix(some, THEMES, {"p": problem}, DAY)
    assert {key: (cell.inspections, cell.findings, dict(cell.fates)) for key, cell in cells.items()} == {
        ("一", "air"): (1, 1, {"closed": 1}), ("一", "waste"): (1, 0, {}), ("一", ""): (0, 1, {"unregistered": 1}),
        ("二", "air"): (1, 1, {"unregistered": 1}),
    }  # fmt: skip
    air = inspected.by_theme(cells)["air"].as_dict()
    assert air == {
        "inspections": 2,
        "findings": 2,
        "unregistered": 1,
        "open": 0,
        "overdue": 0,
        "completed": 0,
        "closed": 1,
    }


answer = st.tuples(st.sampled_from(["yes", "no", "na", ""]), st.sampled_from(["", "p", "q"]))
answers = st.dictionaries(st.sampled_from(["A1", "A2", "G1", "X9"]), answer)
themes = st.sets(st.sampled_from(["air", "waste"])).map(tuple)
made = st.lists(st.builds(visit, st.sampled_from("一二三"), themes=themes, answers=answers), max_size=6)


@given(made)
def test_all_sums_agree(some):
    cells = inspected.matrix(some, THEMES, {"p": Item("一")}, DAY)
    found = sum(len(one.findings) for one in some)
    assert sum(cell.findings for cell in cells.values()) == found
    assert sum(one.findings for one in inspected.said("一二三", some)) == found
    for cell in inspected.by_theme(cells).values():
        assert sum(cell.fates.values()) == cell.findings
        assert set(cell.fates) <= set(words.FATE)
