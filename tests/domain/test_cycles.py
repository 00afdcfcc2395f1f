"""Rounds: whatever is opened again later, no past day's figure moves, and each round keeps its own dates."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.domain import cycles, facts, tally
from models.domain.tally import Item

DAYS = [f"2024-01-{n:02}" for n in range(1, 29)]


def figures(values, opened, day):
    item = Item(
        "t", completed=values.get("completed_on"), closing=values.get("closing_stage"), pace=values.get("pace"),
        opened=opened,
    )  # fmt: skip
    return tally.problems([item], day)


@given(st.lists(st.sampled_from(DAYS), min_size=3, max_size=9, unique=True).map(sorted))
def test_opening_again_changes_no_figure_of_an_earlier_day(days):
    """Completed, closed, opened again, in turns: each step leaves every day before it as it was."""
    values, opened = {}, ()
    for n, day in enumerate(days):
        before = {past: figures(values, opened, past) for past in DAYS if past < day}
        if n % 3 == 2:
            assert cycles.is_done(values)
            assert cycles.last_day(values) < day
            values |= cycles.reopening(values, day)
            opened = (*opened, day)
        else:
            name, state = (("completed_on", "completed"), ("closing_stage", "closed"))[n % 3]
            values[name] = facts.with_event(values.get(name), day, state)
        assert {past: figures(values, opened, past) for past in before} == before
        now = figures(values, opened, day)
        assert (now.total, now.reopened) == (1, bool(opened))
        assert now.completed == (n % 3 != 2)
    made = cycles.rounds([{"opened_on": day} for day in opened], values["completed_on"], values["closing_stage"])
    assert [one.completed_on for one in made] == [*days[::3], ""][: len(made)]
    assert [one.closed_on for one in made] == [*days[1::3], ""][: len(made)]
    assert [one.opened_on for one in made] == ["", *opened]


def test_the_number_of_a_round_comes_from_what_is_written():
    assert cycles.number_now([]) == 1
    assert cycles.number_now([{"number": "2"}, {"number": "3"}, {"number": "x"}, {}]) == 3
