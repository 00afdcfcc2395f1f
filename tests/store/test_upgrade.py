"""Migrations make what the models say, work on a copy, and leave the old ledger whole when anything goes wrong."""

from __future__ import annotations

import ast
import shutil
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, inspect, select

from models import file_faults
from models.store import sqlite, upgrade
from models.store.ledger import LedgerBusy
from models.store.schema import APPLICATION_ID, FOLDED, metadata, setting

NOW, NEXT = upgrade.HEAD, "v9998"
RELEASE = """
import sqlalchemy as sa
from alembic import op

revision = "v9998"
down_revision = "{now}"
branch_labels = depends_on = None


def upgrade():
    op.create_table("added", sa.Column("id", sa.Integer, primary_key=True))
    {more}
"""


def revision(path: Path) -> str | None:
    engine = sqlite.connect(path)
    try:
        return upgrade._revision(engine)
    finally:
        engine.dispose()


def settings(path: Path) -> list[str]:
    engine = sqlite.connect(path)
    with engine.connect() as connection:
        return list(connection.scalars(select(setting.c.value)))


@pytest.fixture
def next_version(tmp_path, monkeypatch):
    """The program of the next release: one migration more."""
    scripts = tmp_path / "migrations"

    def release(more: str = "pass") -> None:
        shutil.copytree(upgrade._SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
        (scripts / "versions" / f"{NEXT}_next.py").write_text(RELEASE.format(now=NOW, more=more), encoding="utf-8")
        monkeypatch.setattr(upgrade, "_SCRIPTS", scripts)
        monkeypatch.setattr(upgrade, "HEAD", NEXT)

    return release


@pytest.fixture
def written(path):
    """A ledger with something in it."""
    engine = sqlite.connect(path)
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(insert(setting).values(name="name", value="白水镇"))
    engine.dispose()
    return path


def test_the_migrations_make_exactly_what_the_models_say(ledger):
    with ledger.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"target_metadata": metadata, "compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []
        names = set(inspect(connection).get_table_names())
    assert set(FOLDED) < names == set(metadata.tables) | {"alembic_version"}


def test_folded_tables_have_nothing_on_which_folding_could_fail(ledger):
    """Law 4: no UNIQUE but the row id, no CHECK, no FOREIGN KEY."""
    with ledger.read() as connection:
        seen = inspect(connection)
        for name in FOLDED:
            assert seen.get_pk_constraint(name)["constrained_columns"] == ["pk"]
            assert not seen.get_unique_constraints(name)
            assert not seen.get_foreign_keys(name)
            assert not seen.get_check_constraints(name)
            assert not [index for index in seen.get_indexes(name) if index["unique"]]


def test_the_environment_of_the_migrations_imports_nothing_of_ours():
    for script in (upgrade._SCRIPTS / "env.py", *upgrade._SCRIPTS.glob("versions/*.py")):
        tree = ast.parse(script.read_text(encoding="utf-8"))
        names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        assert {name.partition(".")[0] for name in names} <= {"alembic", "sqlalchemy", "__future__"}, script


def test_the_newest_migration_is_the_one_that_the_program_knows_by_name():
    scripts = ScriptDirectory.from_config(upgrade._config())
    assert scripts.get_heads() == [upgrade.HEAD]


def test_a_new_ledger_is_of_the_newest_schema_and_says_whose_it_is(path):
    assert revision(path) == upgrade.HEAD
    assert not upgrade.is_old(path)
    assert sqlite.is_ledger(path)
    assert int.from_bytes(path.read_bytes()[68:72], "big") == APPLICATION_ID


def test_an_old_ledger_is_upgraded_with_all_that_is_in_it(written, next_version):
    next_version()
    assert upgrade.is_old(written)
    upgrade.upgrade(written)
    assert revision(written) == NEXT
    assert not upgrade.is_old(written)
    assert settings(written) == ["白水镇"]
    assert [p.name for p in written.parent.iterdir()] == ["ledger.db"]


def test_an_upgrade_that_breaks_leaves_the_old_ledger_as_it_was(written, next_version):
    before = written.read_bytes()
    next_version("raise RuntimeError('half-way')")
    with pytest.raises(RuntimeError, match="half-way"):
        upgrade.upgrade(written)
    assert written.read_bytes() == before
    assert revision(written) == NOW
    assert upgrade.is_old(written)


def test_an_upgrade_that_is_not_sound_is_not_used(written, next_version, monkeypatch):
    before = written.read_bytes()
    next_version()
    monkeypatch.setattr(sqlite, "integrity", lambda *_, **__: ["row 3 missing from index"])
    with pytest.raises(upgrade.UpgradeFailed) as refused:
        upgrade.upgrade(written)
    assert refused.value.way_out.endswith("。")
    assert written.read_bytes() == before


def test_an_upgrade_that_was_cut_off_is_done_anew(written, next_version):
    written.with_name("ledger.db.upgrade").write_bytes(b"half a copy")
    next_version()
    upgrade.upgrade(written)
    assert revision(written) == NEXT
    assert settings(written) == ["白水镇"]


def test_no_journal_is_left_beside_a_ledger_that_was_put_in_its_place(written):
    new = written.with_name("new.db")
    new.write_bytes(written.read_bytes())
    left = [written.with_name(f"ledger.db{ending}") for ending in ("-wal", "-shm")]
    for path in left:
        path.write_bytes(b"of the old one")
    upgrade.swap(new, written)
    assert not any(path.exists() for path in (new, *left))


def test_a_ledger_that_somebody_reads_just_now_is_not_upgraded_past_him(written, next_version, monkeypatch):
    """What stands in its journal alone would be lost with it."""
    before = written.read_bytes()
    next_version()
    monkeypatch.setattr(sqlite, "fold_journal", lambda _: False)
    with pytest.raises(LedgerBusy):
        upgrade.upgrade(written)
    assert written.read_bytes() == before


def test_a_journal_of_the_old_ledger_never_meets_the_new_one(written, next_version):
    """What stood in the write-ahead log only is in the new file, and the log is gone."""
    keep = sqlite.connect(written)
    holding = keep.connect()  # an open reader keeps the log from being folded away when others close
    try:
        other = sqlite.connect(written)
        with other.execution_options(writes=True).begin() as connection:
            connection.execute(insert(setting).values(name="late", value="日志里"))
        other.dispose()
        assert written.with_name("ledger.db-wal").stat().st_size > 0
        next_version()
        if sys.platform == "win32":  # which takes away no file that somebody reads: refused, and tried again
            with pytest.raises(file_faults.FileHeld):
                upgrade.upgrade(written)
        else:
            upgrade.upgrade(written)
    finally:
        holding.close()
        keep.dispose()
    if sys.platform == "win32":
        upgrade.upgrade(written)
    assert sorted(settings(written)) == ["日志里", "白水镇"]
    assert revision(written) == NEXT


def test_the_ledger_of_a_newer_program_is_refused(written):
    engine = sqlite.connect(written)
    with engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'v9999'")
    engine.dispose()
    before = written.read_bytes()
    with pytest.raises(upgrade.FromNewerProgram) as refused:
        upgrade.is_old(written)
    assert refused.value.code == "H105"
    assert "升级" in refused.value.way_out
    assert written.read_bytes() == before
