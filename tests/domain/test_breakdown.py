"""Breakdowns: nothing of a total is lost, a figure counts the records that it lists, a light is that of its day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain import breakdown, meaning, tally
from models.domain.breakdown import PETITIONS, PROBLEMS, WAYS, Sight
from models.domain.tally import Item
from tests.domain.test_tally import days, facts, maybe_days

abouts = st.fixed_dictionaries(
    {
        "trade": st.sampled_from([None, "矿山", "工业"]),
        "categories": st.sampled_from([None, "水", "水；气", "水；水"]),
        "responsible_units": st.sampled_from([None, "白水镇、住建局"]),
        "deadline": st.none() | st.sampled_from(["2023-12-31", "2024-01-05", "坏"]),
        "long_term_too": st.sampled_from([None, "true"]),
        "pollution_kinds": st.sampled_from([None, "水；气"]),
        "verified": st.sampled_from([None, "true", "partly"]),
        "fine_wan": st.sampled_from([None, 2, 0.5]),
    }
)
items = st.builds(
    Item,
    unit=st.sampled_from(["A", "B", ""]),
    source=st.sampled_from(["省督", ""]),
    found_on=st.none() | days,
    void_from=st.none() | days,
    kind=facts(["immediate", "time_limited", "long_term"]),
    completed=facts(["open", "completed"]),
    closing=facts(["none", "closing", "closed"]),
    pace=facts(["not_started", "behind", "ahead"]),
    finish=facts(["open", "staged", "finished"]),
    group=st.sampled_from(["", "g"]),
    opened=st.lists(maybe_days, max_size=2).map(tuple),
    dispatches=st.sampled_from(["", "2023-11 behind;2023-12 behind", "2023-12 ahead;2023-10 behind"]),
    circular=facts(["named", "ended"]),
    about=abouts,
)
sights = days.map(lambda day: Sight(date.fromisoformat(day)))


@given(st.lists(items, max_size=10), sights, st.sampled_from([*PROBLEMS, *PETITIONS]))
def test_a_breakdown_adds_up_to_the_total_where_a_record_stands_in_one_row(ledger, sight, way):
    day = sight.day.isoformat()
    seen = breakdown.seen(way.table, ledger, day)
    whole = breakdown.counted(way.table, seen, day)
    rows = breakdown.groups(way, seen, sight)
    assert {id(item) for some in rows.values() for item, _ in some} == {id(item) for item, _ in seen}
    for name in meaning.FIGURES[way.table]:
        added = sum(getattr(breakdown.counted(way.table, some, day), name) for some in rows.values())
        assert added >= getattr(whole, name) if way.several else added == getattr(whole, name)
    for some in rows.values():
        assert len({id(item) for item, _ in some}) == len(some)  # never twice in one row


def test_a_cross_shows_the_most_frequent_values_and_all_others_in_one_column():
    counts = {"水": 3, "气": 3, "土": 2, **{f"其他{at}": 1 for at in range(8)}}
    ledger = [Item("A", about={"categories": name}) for name, many in counts.items() for _ in range(many)]
    ledger.append(Item("A", about={"categories": "其他6；其他7；水"}))
    seen, way, sight = breakdown.seen("problem", ledger, DAY.isoformat()), WAYS["problem"]["category"], Sight(DAY)
    columns = breakdown.columns(way, seen, sight)
    assert len(columns) == breakdown.MOST_COLUMNS + 1
    assert ("水",) in columns
    assert len(columns[-1]) == 3
    cells = [len(breakdown.of_column(way, keys, seen, sight)) for keys in columns]
    assert cells[columns.index(("水",))] == 4
    assert cells[-1] == len({id(item) for key in columns[-1] for item, _ in breakdown.groups(way, seen, sight)[key]})
    assert breakdown.columns(WAYS["problem"]["township"], seen, sight) == [("A",)], "no column of others is empty"


def test_a_department_is_whoever_is_named_and_governs_no_place():
    def departments(**about):
        (one,) = breakdown.seen("problem", [Item("", about=about)], DAY.isoformat())
        return list(breakdown.groups(WAYS["problem"]["department"], [one], Sight(DAY)))

    named = {"lead_unit": "白水镇人民政府", "responsible_units": "白水镇、县住建局", "supervising_unit": "县水利局"}
    assert departments(**named) == ["县住建局", "县水利局"]
    assert departments(lead_unit="工业园区管委会", supervising_unit="临江街道") == [""]
    assert departments(responsible_units="县住建局；县住建局") == ["县住建局"]


@given(st.lists(items, max_size=10), sights, st.sampled_from(["problem", "petition"]), st.booleans())
def test_a_figure_is_as_many_as_the_records_that_it_counts(ledger, sight, table, once):
    day = sight.day.isoformat()
    seen = breakdown.seen(table, ledger, day, merged_once=once)
    counted = breakdown.counted(table, seen, day)
    pure = tally.problems(ledger, day) if table == "problem" else tally.petitions(ledger, day, merged_once=once)
    assert counted == pure
    for name, figure in meaning.FIGURES[table].items():
        assert sum(figure.counts(*one, day) for one in seen) == getattr(counted, name)


@given(items, sights)
def test_what_is_dated_later_changes_no_breakdown_of_the_day(item, sight):
    later = (sight.day + timedelta(days=40)).isoformat()
    grown = Item(
        item.unit, item.source, item.found_on, item.void_from, _and(item.kind, later, "long_term"),
        _and(item.completed, later, "completed"), _and(item.closing, later, "closed"), _and(item.pace, later, "behind"),
        item.finish, item.group, (*item.opened, later), item.id, f"{item.dispatches};{later[:7]} behind",
        (later,), _and(item.circular, later, "named"), item.about,
    )  # fmt: skip
    if not item.counts(sight.day.isoformat()):
        return
    before, after = (breakdown.seen("problem", [one], sight.day.isoformat()) for one in (item, grown))
    for way in PROBLEMS:
        assert list(breakdown.groups(way, before, sight)) == list(breakdown.groups(way, after, sight))


def _and(value, day, state):
    return [*(value or []), [day, state]]


DAY = date(2024, 6, 15)


@pytest.mark.parametrize(
    ("item", "colour"),
    [
        (Item("", about={"deadline": "2024-06-14"}), "red"),
        (Item("", about={"deadline": "2024-06-20"}), "orange"),
        (Item("", about={"deadline": "2024-07-10"}), "yellow"),
        (Item("", about={"deadline": "2024-12-31"}), "green"),
        (Item(""), "grey"),
        (Item("", kind=[["", "long_term"]], about={"deadline": "2024-06-14"}), "grey"),
        (Item("", kind=[["", "long_term"]], about={"deadline": "2024-06-14", "long_term_too": "true"}), "red"),
        (Item("", opened=("2024-06-01",), relapses=("2024-06-01",)), "red"),
        (Item("", opened=("2024-06-01", "2024-06-10"), relapses=("2024-06-01",)), "grey"),
        (Item("", opened=("2024-06-16",), relapses=("2024-06-16",)), "grey"),
        (Item("", circular=[["2024-06-01", "named"]]), "red"),
        (Item("", circular=[["2024-06-01", "named"], ["2024-06-10", "ended"]]), "grey"),
        (Item("", circular=[["2024-06-16", "named"]]), "grey"),
        (Item("", dispatches="2024-05 behind;2024-06 behind"), "orange"),
        (Item("", dispatches="2024-04 behind;2024-06 behind"), "grey"),  # not one after the other
        (Item("", dispatches="2024-05 behind;2024-06 ahead"), "grey"),
        (Item("", dispatches="2024-04 ahead"), "yellow"),  # and nothing in May
        (Item("", completed=[["2024-06-01", "completed"]]), "done"),
        (Item("", completed=[["2024-05-01", "completed"]]), "yellow"),  # and nobody accepts it
        (Item("", completed=[["2024-05-01", "completed"]], closing=[["2024-05-02", "closing"]]), "done"),
    ],
)
def test_the_light_of_a_day(item, colour):
    (one,) = breakdown.seen("problem", [item], DAY.isoformat())
    assert breakdown.light_of(*one, Sight(DAY)) == colour


@pytest.mark.parametrize(
    ("closing", "accepted", "reached"),
    [
        (None, [("2024-06-01", "county")], "completed"),
        ([["2024-06-01", "closing"]], [], "closing"),
        ([["2024-06-10", "closing"]], [("", "county")], "county"),  # as an imported ledger may say it
        ([["2024-06-01", "closing"]], [("2024-06-02", "county"), ("2024-06-05", "city")], "city"),
        ([["2024-06-01", "closing"]], [("2024-06-02", "sign_off"), ("2024-06-02", "county")], "sign_off"),
        ([["2024-06-01", "closing"]], [("2024-06-02", "county"), ("2024-06-16", "city")], "county"),  # of tomorrow
        ([["2024-06-01", "closing"], ["2024-06-03", "none"], ["2024-06-10", "closing"]],
         [("2024-06-02", "county")], "closing"),  # returned since, and applied for again
        ([["2024-06-01", "closing"], ["2024-06-12", "closed"]], [("2024-06-02", "county")], "closed"),
    ],
)  # fmt: skip
def test_how_far_acceptance_had_come_on_a_day(closing, accepted, reached):
    item = Item("", completed=[["2024-05-20", "completed"]], closing=closing, accepted=tuple(accepted))
    (one,) = breakdown.seen("problem", [item], DAY.isoformat())
    assert WAYS["problem"]["acceptance"].keys(*one, Sight(DAY)) == (reached,)
    assert breakdown.named(WAYS["problem"]["acceptance"], reached)


def test_stage_and_pace_of_what_is_done_say_so():
    def row(way, **values):
        (one,) = breakdown.seen("problem", [Item("", **values)], DAY.isoformat())
        (key,) = breakdown.groups(WAYS["problem"][way], [one], Sight(DAY))
        return key

    closed = {"closing": [["2024-05-12", "closed"]], "pace": [["", "behind"]]}
    assert (row("stage", **closed), row("pace", **closed)) == ("closed", "closed")
    done = {"completed": [["2024-05-12", "completed"]], "pace": [["", "behind"]]}
    assert (row("stage", **done), row("pace", **done)) == ("completed", "completed")
    assert row("stage", **done, closing=[["2024-05-20", "closing"]]) == "closing"
    assert (row("stage", closing=[["2024-05-20", "closing"]]), row("pace", pace=[["", "behind"]])) == ("open", "behind")


@pytest.mark.parametrize(
    ("table", "way", "key", "said"),
    [
        ("problem", "light", "red", "红"), ("problem", "stage", "closing", "销号中"),
        ("problem", "cycle", "2", "第 2 轮整改"),
        ("problem", "deadline_year", "2024", "2024年"), ("problem", "deadline_year", "", "（没有时限）"),
        ("problem", "trade", "", "（没有写）"), ("problem", "source", "省督", "省督"),
        ("petition", "verified", "partly", "部分属实"),
    ],
)  # fmt: skip
def test_a_value_is_said_in_words(table, way, key, said):
    assert breakdown.named(WAYS[table][way], key) == said


@pytest.mark.parametrize(
    "way", [one for one in PROBLEMS if one.name in ("unit", "source", "deadline_year", "trade")], ids=lambda w: w.name
)
def test_of_very_many_values_the_most_frequent_have_a_row_and_nothing_is_lost(way):
    most = breakdown.MOST_ROWS
    names = [f"{at:04}" for at in range(most + 20)]
    ledger = [
        Item("A", name, about={"responsible_units": f"{name}；{name}x", "trade": name, "deadline": f"{name}-01-01"})
        for name in [*names, *names[-3:]]
    ]
    seen, sight = breakdown.seen("problem", ledger, DAY.isoformat()), Sight(DAY)
    rows = breakdown.groups(way, seen, sight)
    assert len(rows) == most
    assert list(rows)[-1] == breakdown.REST
    assert set(names[-3:]) < rows.keys(), "the most frequent"
    assert {id(item) for some in rows.values() for item, _ in some} == {id(item) for item, _ in seen}
    assert len({id(item) for item, _ in rows[breakdown.REST]}) == len(rows[breakdown.REST])
    assert breakdown.named(way, breakdown.REST) == breakdown.REST
    exactly = [one for one in seen if one[0].source in names[:most]]
    assert breakdown.REST not in breakdown.groups(way, exactly, sight) or way.several
