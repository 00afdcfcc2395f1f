"""The program on real disks and the model of the laws, step for step, through weeks of work and bad luck."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import select

from models.domain.operation import EVERYONE
from models.domain.reduce import _Reduction
from models.services.base import pen
from models.services.base.pen import Pen
from models.services.exchange import undo
from models.store import fold, holding, relation
from models.store.local_schema import mapping
from models.store.schema import op, op_aud, pkg_in, setting
from models.sync import export, told
from tests.model.real_history import worlds
from tests.model.truth import Broken
from tests.offices import quick_folder

BLOCK = 5
FOUND = (101_515, 103_289)  # histories beyond those of every run in which the two differed once


@pytest.mark.parametrize("start", range(0, 200, BLOCK))
def test_program_and_model_agree_through_every_history(grown_folder, start):
    with quick_folder() as folder:
        assert sum(1 for _ in worlds(BLOCK, start, grown_folder, folder)) == BLOCK


@pytest.mark.parametrize("seed", FOUND)
def test_where_they_differed_once_they_agree(grown_folder, seed):
    with quick_folder() as folder:
        assert sum(1 for _ in worlds(1, seed, grown_folder, folder)) == 1


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("start", range(100_000, 105_000, 250))
def test_program_and_model_agree_through_many_more(grown_folder, start):
    with quick_folder() as folder:
        assert sum(1 for _ in worlds(250, start, grown_folder, folder)) == 250


def test_real_histories_are_full_of_what_they_are_about(grown_folder):
    lacking = set(_SEEN)
    with quick_folder() as folder:
        for world in worlds(24, 62, grown_folder, folder):  # the first is enough, nearly always
            homes = world.survivors()
            folds = [fold for home in homes for fold in home.shared_folds()]
            lacking = {what for what in lacking if not _SEEN[what](world, homes, folds)}
            if not lacking:
                break
    assert lacking == set()


_SEEN = {
    "photos": lambda world, homes, folds: world.has_photos,
    "forks": lambda world, homes, folds: any(home.forks for home in homes),
    "doubts": lambda world, homes, folds: any(home.doubts for home in homes),
    "conflicts": lambda world, homes, folds: any(fold.conflicts for fold in folds),
    "flagged": lambda world, homes, folds: any(True in fold.flags.values() for fold in folds),
    "not flagged": lambda world, homes, folds: any(False in fold.flags.values() for fold in folds),
    "held, not applied": lambda world, homes, folds: any(
        (op, name) not in fold.applied for fold in folds for op in fold.operations for name in op.fields
    ),
}


def _nothing(*_args, **_more):
    return None


def _empty(*_args, **_more):
    return ()


def _without_grants(unit):
    return select(op.c.pk).where(op.c.pk.in_(select(op_aud.c.op).where(op_aud.c.unit.in_((unit, EVERYONE)))))


def _everything(side, to, _peers):
    return relation.share(side, to)


def _replacing_nothing(reduction, record, name, candidates, settle=_Reduction._settle):
    naming_none = [o._replace(fields={**o.fields, name: (o.fields[name][0], ())}) for o in candidates]
    settle(reduction, record, name, naming_none)


# fmt: off
WRONG = {  # one line of the program, and in what the model may notice it first
    "believes on after a mismatch": (relation, "forget", _nothing, {"known", "forgotten"}),
    "reads no acknowledgements": (told, "_acknowledge", _nothing, {"known"}),
    "lists no bases": (export, "_bases", _empty, {"bases"}),
    "grants nothing": (relation, "scope", _without_grants, {"digest", "operations", "written", "known"}),
    "sends all to everybody": (relation, "lacking", _everything, {"operations", "written"}),
    "addresses nobody": (holding, "audience_of", _empty, {"digest", "operations", "written", "known"}),
    "names no heads": (Pen, "_heads", _empty, {"prev"}),
    "says not what a verdict saw": (Pen, "_saw", _nothing, {"saw"}),
    "says not which verdict it knew": (pen, "_verdict_heads", _empty, {"after"}),
    "counts over nothing": (pen, "next_lam", lambda _: 1, {"lam"}),
    "flags nothing": (_Reduction, "_flagged", _nothing, {"review"}),
    "replaces nothing": (_Reduction, "_settle", _replacing_nothing, {"prev", "shown", "undecided"}),
    "stops nobody": (fold, "mark_stopped", _nothing, {"answer", "complete_for"}),
    "takes an import back but for its arrival": (undo, "OURS", (setting, mapping, pkg_in), {"imported"}),
    "asks the clock for the order": (pen, "next_lam", lambda _: int(time.time()), {"lam"}),
}
# fmt: on


@pytest.mark.parametrize("wrong", WRONG)
def test_the_model_notices_what_is_wrong_in_the_program(grown_folder, monkeypatch, wrong):
    where, name, instead, notices = WRONG[wrong]
    monkeypatch.setattr(where, name, instead)
    with quick_folder() as folder, pytest.raises(Broken) as broken:
        list(worlds(12, 1, grown_folder, folder))
    assert broken.value.promise.removeprefix("model and program: ") in notices
