"""Ledgers that released programs wrote are opened, upgraded, and say what they said then."""

from __future__ import annotations

import json
from datetime import date

import pytest

from models.services.base.backups import kept
from models.store import fold_version, upgrade
from tests.golden import rows
from tests.offices import quick_folder

SCHEMAS = sorted((rows.HERE / "ledgers").iterdir())


@pytest.fixture(params=SCHEMAS, ids=lambda path: path.name)
def old(request):
    with quick_folder() as folder:
        world = rows.world_of(request.param, folder)
        world.schema = request.param
        yield world
        world.close()


def lacking(said, now, where=""):
    """Where something that was said then is not said now. What later programs say besides is theirs."""
    if isinstance(said, dict) and isinstance(now, dict):
        return [line for key, value in said.items() for line in lacking(value, now.get(key), f"{where}.{key}")]
    if isinstance(said, list) and isinstance(now, list) and len(said) == len(now):
        return [line for n, one in enumerate(said) for line in lacking(one, now[n], f"{where}[{n}]")]
    return [] if said == now else [f"{where}: {said!r}, now {now!r}"]


def day(text):
    return date.fromisoformat(text) if text else None


def test_an_old_ledger_says_what_it_said(old):
    for home in sorted(old.schema.iterdir()):
        said = json.loads((home / "said.json").read_text(encoding="utf-8"))
        office = old[home.name]
        for digest in said["digests"]:
            assert office.exchange.digest(digest["scope"]) == digest
        for one in said["figures"]:
            del one["said"]["paragraph"]  # its wording may be bettered; the figures in it stand beside it
            assert lacking(one["said"], office.figures.tally(day(one["as_of"]), day(one["known_by"]))) == [], one
        found = []
        for one in said["records"]:
            record = office.records.show(one["table"], one["id"])
            counted = {n: len(record[n]) for n in ("measures", "dispatches", "remarks", "conflicts") if n in record}
            found += lacking({n: v for n, v in one.items() if n != "table"}, record | counted)
        assert found == []
        assert len(office.conflicts.list()) == said["conflicts"]
        assert office.care.check(deep=True).ok


def test_before_a_migration_the_old_ledger_is_kept(old):
    for home in sorted(old.schema.iterdir()):
        expected = [] if old.schema.name == upgrade.HEAD else ["upgrade"]
        assert [one.why for one in kept(old[home.name].desk)] == expected


def test_homes_of_an_old_program_exchange_on(old):
    old["town"].records.add("problem", {"description": "升级以后"})
    for _ in range(2):
        old.round("town")
    assert old.agree("town")
    assert "升级以后" in {r["description"] for r in old["county"].records.list("problem")[1]}
    assert old.sound("town", "county") == []


def test_a_changed_rule_of_the_fold_has_a_new_number(old):
    """Where this fails on purpose: raise RULES, so that every ledger is folded anew, and write the sums down anew."""
    written = json.loads(rows.SUMS.read_text(encoding="utf-8"))
    assert written["rules"] == fold_version.RULES, "python -m tests.golden.rows"
    for home in sorted(old.schema.iterdir()):
        assert rows.sums(home, old[home.name]) == written[rows.name_of(home)], "raise fold_version.RULES"
