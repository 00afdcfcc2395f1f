"""What is drawn for 抽查: rules without a ledger."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.domain.sampling import basis, drawn

candidates = st.dictionaries(st.integers(0, 99).map(str), st.sampled_from("甲乙丙"), max_size=30)


@given(candidates, st.text(max_size=5), st.integers(1, 5))
def test_every_unit_gets_its_number_and_the_same_name_draws_the_same(some, name, size):
    found = drawn(some.items(), name, {"size": size})
    for unit in set(some.values()):
        mine = [id_ for id_ in found if some[id_] == unit]
        have = list(some.values()).count(unit)
        assert sorted(found[id_] for id_ in mine) == list(range(1, min(size, have) + 1))
    assert drawn(reversed(some.items()), name, {"size": size}) == found
    without = {id_: unit for id_, unit in some.items() if unit != "甲"}
    assert drawn(without.items(), name, {"size": size}) == {i: r for i, r in found.items() if some[i] != "甲"}


def test_another_name_draws_otherwise_and_a_share_takes_at_least_one():
    some = [(str(n), "甲") for n in range(40)]
    assert set(drawn(some, "一月", {"size": 5})) != set(drawn(some, "二月", {"size": 5}))
    assert len(drawn(some, "一月", {"share": 10})) == 4
    assert len(drawn(some[:1], "一月", {"share": 1})) == 1
    assert (
        basis("污染源", "", {"share": 10}, "一月", 40, 4) == "污染源共 40 个，每个单位抽 10%，共 4 个，以名称“一月”抽签"
    )
