"""The tables of what this PC remembers for itself: reports, the register, users, workbooks. None of it travels."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text

from models.store.schema import metadata

pkg_report = Table(  # all that was said of a package when it came in
    "pkg_report",
    metadata,
    Column("package", Integer, primary_key=True),  # the row of pkg_in
    Column("sha256", LargeBinary(32), nullable=False),  # of the whole file, as its cover sheet states it
    Column("lines", LargeBinary, nullable=False),  # zstd of JSON
)
pkg_answer = Table(  # what a device of the other side said of a package that was written here
    "pkg_answer",
    metadata,
    Column("package", Integer, primary_key=True),  # the row of pkg_out
    Column("device", LargeBinary(16), primary_key=True),
    Column("came", String, nullable=False),
    Column("report", Text, nullable=False),  # as it came: JSON
    sqlite_with_rowid=False,
)
register = Table(  # 介质登记簿: what left on a medium and what came from one
    "register",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("at", String, nullable=False),  # as this PC stated it, with its zone
    Column("way", String, nullable=False),  # out in undo
    Column("unit", String, nullable=False),  # of the other side; "" where it cannot be told
    Column("number", Integer, nullable=False),
    Column("file", String, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("medium", Text, nullable=False),
    Column("user", String, nullable=False),
    Column("hand", Text, nullable=False),  # who carried it, where somebody said so
    Column("result", String, nullable=False),
    Column("said", Text, nullable=False),
)

user = Table(  # who sits at this PC; local, never travels
    "user",
    metadata,
    Column("name", String, primary_key=True),
    Column("roles", String, nullable=False),  # joined by spaces
    Column("secret", String, nullable=False),  # Argon2id, as a PHC string
    Column("wrong", Integer, nullable=False),  # wrong secrets in a row
    Column("wait_until", String, nullable=False),  # UTC; "" no waiting
    Column("since", String, nullable=False),
    sqlite_with_rowid=False,
)
imported = Table(  # what the previous import of each column brought to a record
    "imported",
    metadata,
    Column("record", LargeBinary(16), primary_key=True),
    Column("cells", Text, nullable=False),  # JSON: field → the value, or its hash where it is long
    sqlite_with_rowid=False,
)
mapping = Table(  # how a clerk mapped the columns of a layout
    "mapping",
    metadata,
    Column("layout", String, primary_key=True),
    Column("columns", Text, nullable=False),
)
seal = Table(  # 封账: the figures of a month as they stood; rows are only added (models/store/seals.py)
    "seal",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("as_of", String, nullable=False),  # a day: ISO
    Column("at", String, nullable=False, unique=True),  # UTC: what had arrived by then was known, and nothing else
    Column("wall", String, nullable=False),  # the same moment as this PC stated it, with its zone
    Column("user", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("program", String, nullable=False),  # its version
    Column("figures", Text, nullable=False),  # JSON
    Column("faces", LargeBinary, nullable=False),  # zstd of JSON: table → id → models/domain/seal.py Face
    Column("sum", LargeBinary(32), nullable=False),  # SHA-256 over the sum before it and this row
)
