"""One writer (law 3): whoever but the fold writes a folded table is stopped, on whatever way he comes."""

from __future__ import annotations

import pytest
from sqlalchemy import Integer, LargeBinary, String, column, delete, insert, text, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from models.store import fold, rows, sqlite
from models.store.fold import SecondWriter
from models.store.schema import FOLDED, setting

# fmt: off
TEXTS = (
    "INSERT INTO {t} (pk) VALUES (1)", "insert into {t} (pk) values (1)", "INSERT OR REPLACE INTO {t} (pk) VALUES (1)",
    "INSERT OR IGNORE INTO {t} (pk) VALUES (1)", "REPLACE INTO {t} (pk) VALUES (1)",
    "INSERT INTO main.{t} (pk) VALUES (1)", 'INSERT INTO "{t}" (pk) VALUES (1)', "INSERT INTO `{t}` (pk) VALUES (1)",
    'INSERT INTO "main"."{t}" (pk) VALUES (1)', "INSERT INTO [{t}] (pk) VALUES (1)", "UPDATE {t} SET top=x''",
    "UPDATE OR IGNORE {t} SET top=x''", "UPDATE main.{t} SET top=x''", "DELETE FROM {t}",
    "DELETE FROM main.{t} WHERE pk=1", "  \n DELETE\n FROM\n {t}", "/* tidy */ DELETE FROM {t}",
    "-- tidy\nDELETE FROM {t}", "WITH old AS (SELECT 1) DELETE FROM {t}",
    "WITH new AS (SELECT 1 AS pk) INSERT INTO {t} (pk) SELECT pk FROM new",
)
# fmt: on


@pytest.mark.parametrize("statement", TEXTS)
def test_text_is_refused(ledger, statement):
    with ledger.write(keep=False) as connection:
        for name in FOLDED:
            with pytest.raises(SecondWriter, match=name):
                connection.execute(text(statement.format(t=name)))
            with pytest.raises(SecondWriter, match=name.upper()):
                connection.exec_driver_sql(statement.format(t=name.upper()))


def test_core_is_refused(ledger):
    row = {"pk": 1, "top": b""}
    with ledger.write(keep=False) as connection:
        for table in FOLDED.values():
            for statement in (
                insert(table).values(row),
                update(table).values(top=b""),
                delete(table),
                delete(table).where(column("pk") == 1),
            ):
                with pytest.raises(SecondWriter):
                    connection.execute(statement)
            with pytest.raises(SecondWriter):
                connection.execute(insert(table), [row, {**row, "pk": 2}])
            with pytest.raises(SecondWriter):
                sqlite.put(table, row, connection)
            for put in (sqlite.put_all, sqlite.insert_new):
                with pytest.raises(SecondWriter):
                    put(table, [row], connection)


class _Base(DeclarativeBase):
    pass


class _Named(_Base):
    __tablename__ = "named"
    pk: Mapped[int] = mapped_column(Integer, primary_key=True)
    top: Mapped[bytes] = mapped_column(LargeBinary)
    name_key: Mapped[str] = mapped_column(String)
    leads: Mapped[int] = mapped_column(Integer)


def test_a_mapped_row_is_refused(ledger):
    with (
        ledger.write(keep=False) as connection,
        Session(connection, join_transaction_mode="create_savepoint") as session,
    ):
        session.add(_Named(top=b"1", name_key="x", leads=0))
        with pytest.raises(SecondWriter):
            session.flush()
        session.rollback()
        with pytest.raises(SecondWriter):
            session.execute(delete(_Named))


def test_what_is_not_folded_and_what_only_reads_passes(ledger):
    with ledger.write() as connection:
        connection.execute(insert(setting).values(name="problem", value="UPDATE problem"))
        connection.execute(text("SELECT count(*) FROM problem"))
        connection.execute(text("WITH some AS (SELECT pk FROM problem) SELECT count(*) FROM some"))


def test_the_fold_writes_and_the_guard_is_up_again_after_it(ledger):
    with ledger.write() as connection:
        fold.refold(connection, [b"0" * 16])
        with pytest.raises(SecondWriter):
            connection.execute(delete(FOLDED["problem"]))


def test_the_guard_is_up_again_after_a_fold_that_broke(ledger, monkeypatch):
    def broken(*_):
        return {"named": [{"top": None, "name_key": None, "leads": None}]}

    monkeypatch.setattr(rows, "of", broken)
    with ledger.write(keep=False) as connection:
        with pytest.raises(Exception, match="NOT NULL"):
            fold.refold(connection, [b"0" * 16])
        with pytest.raises(SecondWriter):
            connection.execute(delete(FOLDED["problem"]))
