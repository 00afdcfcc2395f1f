"""Lists: the light in SQL is the light of the rules, orders are what they say, and counts agree with lists."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.domain import facts, light, words
from models.services.base import showing
from models.store import pages
from models.store.pages import Wanted
from models.store.schema import problem

TODAY = date(2024, 6, 15)
near = st.dates(min_value=TODAY - timedelta(days=40), max_value=TODAY + timedelta(days=40))


def events(states):
    return st.lists(
        st.tuples(st.one_of(st.just(""), near.map(str)), st.sampled_from(sorted(states))),
        max_size=2,
        unique_by=lambda e: e[0],
    ).map(lambda some: [list(event) for event in sorted(some)])


problems = st.fixed_dictionaries(
    {"description": st.just("坏")},
    optional={
        "deadline": st.one_of(st.none(), near.map(str)),
        "deadline_kind": st.one_of(st.none(), events(words.DEADLINE_KIND)),
        "pace": st.one_of(st.none(), events(words.PACE)),
        "completed_on": st.one_of(st.none(), events(words.COMPLETION)),
        "closing_stage": st.one_of(st.none(), events(words.CLOSING_STAGE)),
        "long_term_too": st.sampled_from(["true", "false", None]),
    },
)


def by_the_rules(values, today):
    text, completed = values.get("deadline"), facts.since(values.get("completed_on"), "completed")
    kind, closing = facts.state(values.get("deadline_kind")) or "", facts.state(values.get("closing_stage")) or "none"
    ends = bool(text) and (kind != "long_term" or values.get("long_term_too") == "true")
    waits = completed and closing == "none"
    return light.of(
        light.Standing(
            (date.fromisoformat(text) - today).days if ends else 0,
            ends,
            kind,
            facts.state(values.get("pace")) or "",
            finished=completed is not None or closing == "closed",
            waiting=(today - date.fromisoformat(completed)).days if waits else None,
        ),
        today,
    )


def test_the_light_in_sql_is_the_light_of_the_rules_at_every_edge(log):
    """Every kind, pace and end with deadlines on both sides of every limit."""
    kinds, paces = (None, "time_limited", "long_term"), (None, "behind", "ahead")
    ends = ({}, {"completed_on": [["", "completed"]]}, {"closing_stage": [["", "closed"]]})
    written = [
        {
            "description": "坏",
            "deadline": None if left is None else str(TODAY + timedelta(days=left)),
            "deadline_kind": kind and [["", kind]],
            "pace": pace and [["", pace]],
            "long_term_too": too,
            **end,
        }
        for left in (None, -1, 0, 1, 14, 15, 16, 29, 30, 31)
        for kind, pace, too, end in product(kinds, paces, ("true", None), ends)
    ]
    ids = log.many("problem", written)
    with log.ledger.read() as connection:
        found = dict(connection.execute(select(problem.c.id, pages.light_of(problem, TODAY))).all())
    assert {i.hex(): colour for i, colour in found.items()} == {
        i: by_the_rules(values, TODAY).colour for i, values in zip(ids, written, strict=True)
    }
    assert set(found.values()) == set(light.ORDER)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(problems, min_size=1, max_size=40), st.lists(near, min_size=1, max_size=6))
def test_the_light_in_sql_is_the_light_of_the_rules(new_log, written, days):
    log = new_log()
    ids = log.many("problem", written)
    for today in days:
        with log.ledger.read() as connection:
            statement = select(problem.c.id, pages.light_of(problem, today).label("colour"), problem)
            rows = {row["id"].hex(): row for row in connection.execute(statement).mappings()}
            counted = dict(pages.facets(connection, Wanted("problem", today), "light"))
        expected = {i: by_the_rules(v, today) for i, v in zip(ids, written, strict=True)}
        assert {i: row["colour"] for i, row in rows.items()} == {i: found.colour for i, found in expected.items()}
        assert {i: showing.light_of(row, today) for i, row in rows.items()} == expected
        assert counted == {c: n for c in light.ORDER if (n := sum(f.colour == c for f in expected.values()))}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(problems, min_size=1, max_size=30))
def test_views_are_what_they_say(new_log, written):
    log = new_log()
    ids = dict(zip(log.many("problem", written), written, strict=True))

    def listed(view):
        return set(log.rows(Wanted("problem", TODAY, view=view)))

    def due(values, last):
        return values.get("deadline") and TODAY <= date.fromisoformat(values["deadline"]) <= TODAY + timedelta(
            days=last
        )

    def stage(values):
        closing = facts.state(values.get("closing_stage")) or "none"
        done = facts.state(values.get("completed_on")) == "completed"
        return closing if closing != "none" else "completed" if done else "open"

    opened = {i for i, v in ids.items() if stage(v) == "open"}
    assert listed("") == set(ids)
    assert listed("open") == opened
    assert listed("closed") == {i for i, v in ids.items() if stage(v) == "closed"}
    assert listed("due_7") == {i for i in opened if due(ids[i], 7)}
    assert listed("due_30") == {i for i in opened if due(ids[i], 30)}
    month = TODAY.isoformat()[:7]
    assert listed("due_month") == {i for i in opened if (ids[i].get("deadline") or "").startswith(month)}
    assert listed("overdue") == {i for i in opened if by_the_rules(ids[i], TODAY).colour == "red"}
    assert listed("no_dispatch") == {i for i, v in ids.items() if stage(v) != "closed"}, (
        "as the sheet of the month asks"
    )
    assert listed("void") == listed("conflict") == listed("review") == set()


def test_the_order_of_urgency_is_light_then_deadline_then_age(log):
    def soon(days):
        return {"description": "坏", "deadline": (TODAY + timedelta(days=days)).isoformat()}

    done = {"description": "坏", "completed_on": [["", "completed"]]}
    written = [soon(100), soon(-3), done, soon(20), {"description": "无期"}, soon(-30), soon(3), soon(20)]
    ids = log.many("problem", written)
    order = [5, 1, 6, 3, 7, 0, 4, 2]
    assert log.rows(Wanted("problem", TODAY)) == [ids[n] for n in order]
    back = log.rows(Wanted("problem", TODAY, sort="light", descending=True))
    assert back[0] == ids[2]
    assert set(back) == set(ids)


@pytest.mark.parametrize(
    ("sort", "field"),
    [
        ("number", "number"),
        ("title", "description"),
        ("source", "source"),
        ("person", "person"),
        ("kinds", "categories"),
    ],
)
def test_a_list_is_sorted_by_what_was_asked_and_no_record_is_lost(log, sort, field):
    written = [
        {"description": d, field: v} for d, v in (("一", "b"), ("二", "a"), ("三", None), ("四", "c"), ("五", "a"))
    ]
    if field == "description":
        written = [{"description": v} for v in "badca"]
    ids = log.many("problem", written)
    expected = sorted(range(5), key=lambda n: (written[n].get(field) or "", n))
    assert log.rows(Wanted("problem", TODAY, sort=sort)) == [ids[n] for n in expected]
    down = log.rows(Wanted("problem", TODAY, sort=sort, descending=True))
    assert [written[ids.index(i)].get(field) or "" for i in down] == sorted(
        (w.get(field) or "" for w in written), reverse=True
    )


def test_filters_join_different_fields_and_widen_within_one(log):
    ids = log.many(
        "problem",
        [
            {"description": "一", "source": "省督", "categories": "大气；水"},
            {"description": "二", "source": "自查", "categories": "水"},
            {"description": "三", "source": "省督", "categories": "地下水"},
            {"description": "四", "categories": None},
        ],
    )

    def listed(*where):
        return [ids.index(i) for i in log.rows(Wanted("problem", TODAY, where=where, sort="number"))]

    assert listed(("source", "省督")) == [0, 2]
    assert listed(("source", "省督"), ("source", "自查")) == [0, 1, 2]
    assert listed(("kinds", "水")) == [0, 1]  # a whole kind, not a part of its name
    assert listed(("kinds", "水"), ("source", "省督")) == [0]
    assert listed(("source", "")) == [3]
    assert listed(("light", "grey")) == [0, 1, 2, 3]
    assert listed(("light", "red")) == []


def test_a_block_keeps_the_order_and_passes_over_what_is_gone(log):
    log.many("problem", [{"description": str(n)} for n in range(1200)])
    with log.ledger.read() as connection:
        numbers = list(pages.rows(connection, Wanted("problem", TODAY, sort="title")))
        assert len(numbers) == 1200
        wanted = [*numbers[700:10:-1], 10**9, numbers[0]]
        found = [row["pk"] for row in pages.block(connection, "problem", wanted)]
    assert found == [n for n in wanted if n != 10**9]


def test_only_these_histories(log):
    ids = log.many("problem", [{"description": str(n)} for n in range(4)])
    some = frozenset(bytes.fromhex(i) for i in (ids[3], ids[1]))
    assert log.rows(Wanted("problem", TODAY, sort="title", tops=some)) == [ids[1], ids[3]]
    assert log.rows(Wanted("problem", TODAY, tops=frozenset())) == []


def test_petitions_have_their_own_lists(log):
    ids = log.many("petition", [
        {"content": "一", "receipt_number": "D02", "finish_state": [["", "staged"]]},
        {"content": "二", "receipt_number": "D01", "closing_stage": [["", "closed"]]},
        {"content": "三", "finish_state": [["", "finished"]]},
    ])  # fmt: skip

    def listed(**query):
        return [ids.index(i) for i in log.rows(Wanted("petition", TODAY, **query))]

    assert listed() == [0, 1, 2]
    assert listed(sort="number") == [2, 1, 0]
    assert listed(view="open") == [0]
    assert listed(view="closed") == [1]
    assert listed(words="d01") == [1]
