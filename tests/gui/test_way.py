"""What a record asks for: of verdicts that differ nobody but the county is asked to choose."""

from __future__ import annotations

from datetime import date

from gui.panels.record import way

TODAY = date(2024, 6, 15)
UNDECIDED = {"undecided": True, "conflicts": [{"record": "1", "field": "closing_stage"}], "stage": "closing"}


def asked(record, *, county):
    return [(step.text, step.deed) for step in way.steps(record, TODAY, None, county=county)]


def test_a_township_is_told_that_the_countys_verdicts_differ_and_the_county_chooses():
    assert ("县级结论待统一：县里两台电脑作出的结论不同", "") in asked(UNDECIDED, county=False)
    assert not any(deed == "去选择" for _, deed in asked(UNDECIDED, county=False))
    assert ("有 1 处两边都改过，请您选一个", "去选择") in asked(UNDECIDED, county=True)


def test_what_a_township_may_choose_stands_beside_it():
    both = {**UNDECIDED, "conflicts": [*UNDECIDED["conflicts"], {"record": "1", "field": "progress"}]}
    assert ("有 1 处两边都改过，请您选一个", "去选择") in asked(both, county=False)
