"""What roles may do, every cell of the table written out once more."""

from __future__ import annotations

import pytest

from models.domain import words
from models.domain.roles import Deed, Role, may, who_may

ALLOWED = {
    ("clerk", "edit"), ("clerk", "exchange"), ("clerk", "note"),
    ("reviewer", "edit"), ("reviewer", "judge"), ("reviewer", "exchange"), ("reviewer", "note"),
    ("leader", "judge"), ("leader", "note"),
    ("admin", "manage"), ("admin", "exchange"), ("admin", "note"),
}  # fmt: skip


@pytest.mark.parametrize("deed", Deed)
@pytest.mark.parametrize("role", Role)
def test_every_cell(role, deed):
    assert may([role], deed) == ((role, deed) in ALLOWED)


def test_two_roles_may_what_either_may_and_an_unknown_one_nothing():
    assert may(["clerk", "leader"], Deed.JUDGE)
    assert may(["clerk", "leader"], Deed.EDIT)
    assert not may(["clerk", "leader"], Deed.MANAGE)
    assert not may([], Deed.EDIT)
    assert not may(["of a newer program"], Deed.EDIT)
    assert who_may(Deed.JUDGE) == (Role.REVIEWER, Role.LEADER)


def test_every_role_has_its_words():
    assert set(words.ROLE) == set(words.ROLE_MEANING) == set(Role)
