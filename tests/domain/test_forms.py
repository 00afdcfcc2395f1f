"""What people type: every kind of field, what is refused, and what a saved form changes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain import forms, owner, words
from models.domain.field import Type
from models.domain.fields import DATE_OF_STATE, TABLES
from models.domain.limits import FIELD_CHARS
from models.errors import LedgerError

TODAY = date(2024, 6, 15)


def typed(table="problem", now=None, *, creating=False, **values):
    return forms.changes(table, values, now or {}, TODAY, creating=creating)


# ------------------------------------------------------------------------------------------- plain fields


@pytest.mark.parametrize(
    ("table", "field", "text", "kept"),
    [
        ("problem", "description", "  报废汽车拆解  ", "报废汽车拆解"),
        ("problem", "description", "两行\n文字", "两行\n文字"),
        ("problem", "categories", "大气；水; 土壤\n噪声；", "大气；水；土壤；噪声"),
        ("problem", "longitude", "114.953", 114.953),
        ("problem", "latitude", "26", 26),
        ("problem", "found_on", "2024-03-05", "2024-03-05"),
        ("problem", "found_on", "2024.3.5", "2024-03-05"),
        ("problem", "found_on", "2024年3月5日", "2024-03-05"),
        ("problem", "found_on", "二〇二四年三月五日", "2024-03-05"),
        ("problem", "long_term_too", "true", "true"),
        ("problem", "long_term_too", "是", "true"),
        ("petition", "verified", "基本属实", "mostly"),
        ("petition", "verified", "partly", "partly"),
        ("petition", "orders", "3", 3),
        ("petition", "fine_wan", "2.50", 2.5),
        ("dispatch", "month", "2024年5月", "2024-05"),
        ("dispatch", "month", "2024.5", "2024-05"),
        ("dispatch", "month", "2024-07", "2024-07"),
        ("measure", "due", "2030-06-30", "2030-06-30"),
        ("problem", "found_on", "2024年6月", "2024-06-15"),
        ("problem", "found_on", "2024年5月", "2024-05-31"),
        ("dispatch", "pace", "超过序时进度", "ahead"),
    ],
)
def test_a_plain_field_is_kept_in_its_one_form(table, field, text, kept):
    assert typed(table, **{field: text}) == {field: kept}


@pytest.mark.parametrize(
    ("table", "field", "text"),
    [
        ("problem", "found_on", "2024-02-30"),
        ("problem", "found_on", "去年底"),
        ("problem", "found_on", "24.3.5"),
        ("problem", "found_on", "3024-01-01"),
        ("problem", "found_on", "2024-06-16"),
        ("problem", "claimed_on", "2054-05-01"),
        ("problem", "planned_on", "2024年底"),
        ("problem", "completed_on", "2024-06-16"),
        ("problem", "closed_on", "2024年7月"),
        ("problem", "longitude", "东经114度"),
        ("problem", "longitude", "nan"),
        ("problem", "longitude", "inf"),
        ("problem", "longitude", "1e15"),
        ("problem", "long_term_too", "也许"),
        ("problem", "pace", "很快"),
        ("problem", "deadline_kind", "2024-12-31"),
        ("problem", "closing_stage", "已经销号"),
        ("problem", "completed_on", "基本完成"),
        ("problem", "closed_on", "2023-02-29"),
        ("problem", "deadline", "尽快"),
        ("problem", "deadline", "30天"),
        ("petition", "orders", "-1"),
        ("petition", "orders", "1.5"),
        ("petition", "orders", "9999999999"),
        ("petition", "verified", "大概"),
        ("petition", "finished_on", "月底"),
        ("petition", "finished_on", "2024-06-16"),
        ("dispatch", "month", "2024-08"),
        ("measure", "done_on", "2024-06-16"),
        ("dispatch", "month", "2024-13"),
        ("dispatch", "month", "5月"),
        ("measure", "due", "2024-06-31"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_label(table, field, text):
    with pytest.raises(forms.BadValue) as refused:
        typed(table, **{field: text})
    error = refused.value
    assert error.code == "R104"
    assert text in error.message
    assert "没有保存任何内容" in error.message
    assert error.label in error.way_out
    assert field not in error.label


@pytest.mark.parametrize(
    ("table", "field"), [("problem", "description"), ("petition", "content"), ("measure", "text"), ("permit", "kind")]
)
def test_what_a_record_must_say_is_not_emptied(table, field):
    with pytest.raises(forms.LeftEmpty) as refused:
        typed(table, {field: "坏"}, **{field: "  "})
    assert (refused.value.field, refused.value.label) == (field, TABLES[table][field].label)
    assert typed(table, {}, **{field: ""}) == {}, "what says nothing yet is no worse for it"


def test_a_long_text_is_refused_before_anything_is_written():
    assert typed(description="长" * FIELD_CHARS) == {"description": "长" * FIELD_CHARS}
    for field in ("description", "categories"):
        with pytest.raises(LedgerError) as refused:
            typed(**{field: "长" * (FIELD_CHARS + 1)})
        assert TABLES["problem"][field].label in refused.value.message
        assert len(refused.value.message) < 200


def test_an_emptied_field_is_nothing_again():
    now = {"person": "张三", "deadline": "2024-12-31", "fine_wan": 2}
    assert typed(now=now, person="  ", deadline="") == {"person": None, "deadline": None}
    assert typed(person="") == {}  # it was nothing before


def test_only_changed_fields_are_changes():
    now = {"person": "张三", "phone": "0796", "longitude": 114.5, "deadline": "2024-12-31"}
    assert typed(now=now, person="张三", phone="0797", longitude="114.50", deadline="2024-12-31") == {"phone": "0797"}


def test_an_unknown_field_is_refused_with_the_names_there_are():
    with pytest.raises(forms.UnknownField) as refused:
        typed(descripton="x")
    assert "description" in refused.value.way_out
    with pytest.raises(forms.UnknownField):
        typed("petition", closed="x")
    with pytest.raises(forms.UnknownField):
        typed("petition", completed_on="2024-05-01")  # a problem's
    with pytest.raises(forms.UnknownField):
        typed(finished_on="2024-05-01")  # a petition's


@pytest.mark.parametrize("field", ["id", "exchange", "light", "created_by", "number", "township_name"])
def test_what_the_program_gives_is_not_written_by_hand(field):
    with pytest.raises(forms.ReadOnlyField) as refused:
        typed(**{field: "x"})
    assert refused.value.code == "R103"


# ------------------------------------------------------------------------------------------- deadlines in words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-12-31", {"deadline": "2024-12-31", "deadline_kind": [["", "time_limited"]]}),
        (
            "2024年底前",
            {"deadline": "2024-12-31", "deadline_text": "2024年底前", "deadline_kind": [["", "time_limited"]]},
        ),
        (
            "2024年3月底",
            {"deadline": "2024-03-31", "deadline_text": "2024年3月底", "deadline_kind": [["", "time_limited"]]},
        ),
        ("立行立改", {"deadline_text": "立行立改", "deadline_kind": [["", "immediate"]]}),
        ("长期坚持", {"deadline_text": "长期坚持", "deadline_kind": [["", "long_term"]]}),
        (
            "2025年底前，并长期坚持",
            {
                "deadline": "2025-12-31", "deadline_text": "2025年底前，并长期坚持", "long_term_too": "true",
                "deadline_kind": [["", "time_limited"]],
            },
        ),
    ],
)  # fmt: skip
def test_a_deadline_is_read_as_offices_write_it_and_the_wording_is_kept(text, expected):
    assert typed(deadline=text, creating=True) == expected


def test_days_count_from_the_day_of_finding():
    assert typed(now={"found_on": "2024-06-01"}, deadline="30天内")["deadline"] == "2024-07-01"


def test_a_deadline_that_is_moved_keeps_its_kind():
    now = {"deadline": "2024-12-31", "deadline_kind": [["", "immediate"]]}
    assert typed(now=now, deadline="2025-06-30") == {"deadline": "2025-06-30"}


# ------------------------------------------------------------------------------------------- dated facts


def test_a_change_of_state_without_a_day_is_of_today():
    now = {"pace": [["", "behind"]]}
    assert typed(now=now, pace="达到序时进度") == {"pace": [["", "behind"], ["2024-06-15", "on_schedule"]]}
    assert typed(closing_stage="closing") == {"closing_stage": [["2024-06-15", "closing"]]}


def test_a_state_that_is_there_already_is_no_change():
    assert typed(now={"pace": [["", "behind"]]}, pace="behind") == {}


def test_a_clock_behind_the_last_event_does_not_put_the_new_one_before_it():
    now = {"pace": [["2024-09-30", "behind"]]}
    assert typed(now=now, pace="ahead") == {"pace": [["2024-09-30", "ahead"]]}


def test_the_day_of_a_state_writes_the_event_with_its_date():
    assert typed(completed_on="2024-05-20") == {"completed_on": [["2024-05-20", "completed"]]}
    assert typed(closed_on="2024-05-30") == {"closing_stage": [["2024-05-30", "closed"]]}
    assert typed(closing_stage="closed", closed_on="2024-05-30") == {"closing_stage": [["2024-05-30", "closed"]]}
    assert typed("petition", finished_on="2024-05-30") == {"finish_state": [["2024-05-30", "finished"]]}
    assert typed("petition", finish_state="阶段性办结") == {"finish_state": [["2024-06-15", "staged"]]}


def test_the_day_of_a_state_is_corrected_and_taken_back():
    now = {"closing_stage": [["2024-04-01", "closing"], ["2024-05-30", "closed"]]}
    assert typed(now=now, closed_on="2024-06-01") == {
        "closing_stage": [["2024-04-01", "closing"], ["2024-06-01", "closed"]]
    }
    assert typed(now=now, closed_on="") == {"closing_stage": [["2024-04-01", "closing"]]}
    assert typed(now={"completed_on": [["2024-05-20", "completed"]]}, completed_on="") == {"completed_on": []}


def test_a_new_record_has_its_kind_from_the_beginning():
    assert typed(deadline_kind="长期坚持", creating=True) == {"deadline_kind": [["", "long_term"]]}
    assert typed(deadline_kind="long_term") == {"deadline_kind": [["", "long_term"]]}  # never said before
    later = typed(now={"deadline_kind": [["", "time_limited"]]}, deadline_kind="long_term")
    assert later == {"deadline_kind": [["", "time_limited"], ["2024-06-15", "long_term"]]}


def test_what_is_typed_for_the_kind_wins_over_what_the_deadline_implies():
    both = typed(deadline="2024-12-31", deadline_kind="immediate", creating=True)
    assert both["deadline_kind"] == [["", "immediate"]]


def test_completion_closing_and_pace_are_separate_facts():
    assert set(typed(pace="completed")) == {"pace"}
    assert set(typed(completed_on="2024-05-20")) == {"completed_on"}
    assert set(typed(closed_on="2024-05-20")) == {"closing_stage"}


# ------------------------------------------------------------------------------------------- whatever is typed

TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from([*(w for f in words.BY_FIELD.values() for pair in f.items() for w in pair)]),
    st.sampled_from(
        ["2024-05-01", "2024年底前", "立行立改", "长期坚持", "2025年6月底前，并长期坚持", "/", "无", "2024-05", "5"]
    ),
    st.floats().map(str),
    st.integers(min_value=-(10**20), max_value=10**20).map(str),
    st.dates().map(str),
)


@given(st.data())
def test_whatever_a_form_accepts_fits_its_field_and_is_the_same_when_typed_again(data):
    table = data.draw(st.sampled_from(sorted(TABLES)))
    names = [*TABLES[table], *(view for view, (field, _) in DATE_OF_STATE.items() if field in TABLES[table])]
    names = sorted(set(names) - set(forms.READ_ONLY))
    form = data.draw(st.dictionaries(st.sampled_from(names), TEXTS, min_size=1, max_size=3))
    try:
        changed = typed(table, creating=True, **form)
    except LedgerError:
        return
    for name, value in changed.items():
        assert owner.fits(TABLES[table][name], value), (name, value)
    assert typed(table, now=changed, **form) == {}


def test_every_choice_can_be_typed_as_the_word_people_see():
    for table, fields in TABLES.items():
        for name, field in fields.items():
            if field.type is Type.CHOICE or (field.type is Type.FACTS and name not in DATE_OF_STATE):
                for value, word in field.states.items():
                    before = {"circular": [["2024-05-01", "named"]]} if value == "ended" else None
                    assert typed(table, before, **{name: value}) == typed(table, before, **{name: word}) != {}
