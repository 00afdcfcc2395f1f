from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.store.doubles import survivors

NAMES = st.sampled_from("abcdef")


def test_the_end_of_a_way_stands_for_all_on_it():
    assert survivors({"a": "b", "b": "c", "d": "c"}) == {"a": "c", "b": "c", "d": "c"}


def test_two_that_were_merged_into_each_other_are_one_all_the_same():
    assert survivors({"b": "a", "a": "b", "x": "b"}) == {"b": "a", "a": "a", "x": "a"}


@given(st.dictionaries(NAMES, NAMES))
def test_what_was_merged_counts_as_one_with_what_it_was_merged_into(into):
    ends = survivors(into)
    assert ends.keys() == into.keys()
    assert all(ends[start] == ends.get(end, end) for start, end in into.items())


def test_a_chain_and_a_ring_of_thousands_are_walked_once():
    many = 20_000
    chain = {f"{at:05}": f"{at + 1:05}" for at in range(many)}
    assert set(survivors(chain).values()) == {f"{many:05}"}
    assert set(survivors(chain | {f"{many:05}": "00007"}).values()) == {"00007"}
