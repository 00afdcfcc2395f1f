"""Faces: all figures of a day can be counted from them alone, and what is the same says nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain import breakdown, seal
from models.domain.breakdown import WAYS, Sight
from models.domain.seal import Face, month_end
from models.domain.tally import Item
from tests.domain.test_breakdown import items, sights

ledgers = st.lists(items, max_size=5).map(lambda some: [replace(one, id=str(n)) for n, one in enumerate(some)])


@settings(max_examples=40)
@given(ledgers, sights, st.sampled_from(["problem", "petition"]))
def test_the_figures_and_every_breakdown_are_counted_from_faces_alone(ledger, sight, table):
    day = sight.day.isoformat()
    seen = breakdown.seen(table, ledger, day)
    faces = seal.faces(table, seen, sight)
    assert seal.counted(table, faces.values()) == breakdown.counted(table, seen, day)
    for name, way in WAYS[table].items():
        for key, some in breakdown.groups(way, seen, sight).items():
            mine = [face for face in faces.values() if key in face.rows[name]]
            assert seal.counted(table, mine) == breakdown.counted(table, some, day)


@settings(max_examples=30)
@given(ledgers, ledgers, sights)
def test_whoever_counts_otherwise_is_named_and_nobody_else(before, after, sight):
    old, new = (
        seal.faces("problem", breakdown.seen("problem", some, sight.day.isoformat()), sight) for some in (before, after)
    )
    found = {one.id: one for one in seal.changed("problem", old, new)}
    assert seal.changed("problem", old, old) == []
    for id_ in old.keys() | new.keys():
        what = "new" if id_ not in old else "gone" if id_ not in new else "changed"
        same = id_ in old and id_ in new and old[id_] == new[id_]
        assert (id_ not in found) if same else found[id_].what == what
    left = {id_: face for id_, face in old.items() if id_ not in found}
    left |= {one.id: one.face for one in found.values() if one.what != "gone"}
    assert seal.counted("problem", left.values()) == seal.counted("problem", new.values())


def test_a_face_of_an_older_program_is_compared_by_what_both_know():
    old = Face("1", "甲", {"trade": ("矿山",), "gone": ("x",)}, {"talks": 2}, "")
    new = Face("1", "甲", {"trade": ("工业",), "added": ("y",)}, {}, "0")
    (one,) = seal.changed("petition", {"0a": old}, {"0a": new})
    assert [tuple(field) for field in one.fields] == [
        ("trade", ("矿山",), ("工业",)),
        ("talks", ("2",), ("0",)),
        ("group", ("",), ("0",)),
    ]


@pytest.mark.parametrize(
    ("today", "end"),
    [
        ("2024-06-15", "2024-05-31"),
        ("2024-06-30", "2024-06-30"),
        ("2024-03-01", "2024-02-29"),
        ("2024-01-30", "2023-12-31"),
    ],
)
def test_a_month_is_sealed_on_its_last_day_or_later(today, end):
    assert month_end(date.fromisoformat(today)) == date.fromisoformat(end)


def test_what_was_merged_into_another_and_what_was_fined_stand_in_the_face():
    item = Item("A", id="b", group="a", about={"receipt_number": "X1", "content": "臭" * 80, "fine_wan": 2, "talks": 0})
    faces = seal.faces("petition", breakdown.seen("petition", [item], "2024-06-30"), Sight(date(2024, 6, 30)))
    assert (faces["b"].number, len(faces["b"].title)) == ("X1", seal.TITLE_CHARS)
    assert (faces["b"].sums, faces["b"].group) == ({"fine_wan": 2}, "a")


def test_a_stage_of_acceptance_is_told_by_itself_and_not_beside_a_stage_that_says_it():
    def face(**values):
        item = Item("A", id="a", completed=[["2024-05-01", "completed"]], **values)
        return seal.faces("problem", breakdown.seen("problem", [item], "2024-06-30"), Sight(date(2024, 6, 30)))

    applied = {"closing": [["2024-06-01", "closing"]]}
    passed = face(**applied, accepted=(("2024-06-05", "county"),))
    (by_itself,) = seal.changed("problem", face(**applied), passed)
    assert by_itself.fields == (seal.Field("acceptance", ("closing",), ("county",)),)
    (with_stage,) = seal.changed("problem", face(), passed)
    assert {one.name for one in with_stage.fields} >= {"stage"}
    assert "acceptance" not in {one.name for one in with_stage.fields}
