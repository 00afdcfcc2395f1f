"""The tables. Operations and the exchange are written as they happen; folded tables by store/fold.py alone.

Folded tables have no UNIQUE but the row id, no CHECK and no FOREIGN KEY, so that folding never fails (sync.md law 4).
Ids of operations, records, devices and packages are 16-byte blobs; days are ISO text, times ISO text with zone.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, String, Table, Text, text

from models.domain.field import Type
from models.domain.fields import TABLES

APPLICATION_ID = 0x48474C31  # "HGL1"

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"},
)

# ------------------------------------------------------------------------------------- operations

op = Table(
    "op",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("id", LargeBinary(16), nullable=False, unique=True),
    Column("sha", LargeBinary(32), nullable=False),
    Column("top", LargeBinary(16), nullable=False, index=True),
    Column("device", LargeBinary(16), nullable=False),
    Column("unit", String, nullable=False, default=""),  # of the device, by its certificate; "" while unknown
    Column("body", LargeBinary, nullable=False),
    Column("stamp", LargeBinary(16), nullable=False),
    Column("travels", Integer, nullable=False),
    Column("is_data", Integer, nullable=False),  # 0: units and certificates, which no figure counts
    Column("package", LargeBinary(16)),  # that brought it; none: written here
    Column("arrived", String, nullable=False),  # UTC, never earlier than an operation before it
)
# What a digest and the search for what a peer lacks ask of all rows, in the order in which `known` has them.
Index("ix_op_travels_pk_unit_sha", op.c.travels, op.c.pk, op.c.unit, op.c.sha)
Index("ix_op_data_arrived", op.c.is_data, op.c.arrived)

op_aud = Table(
    "op_aud",
    metadata,
    Column("op", Integer, primary_key=True),
    Column("unit", String, primary_key=True),
    sqlite_with_rowid=False,
)
Index("ix_op_aud_unit", op_aud.c.unit, op_aud.c.op)

# ------------------------------------------------------------------------------------- who and what

device = Table(
    "device",
    metadata,
    Column("id", LargeBinary(16), primary_key=True),
    Column("unit", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("certificate", LargeBinary, nullable=False),  # empty: this disk, not yet enrolled
    Column("revoked", Integer, nullable=False, default=0),  # follows the folded table `revocation`
    Column("heard", Integer, nullable=False, default=0),  # packages imported from its unit when it was last heard
    Column("newest", LargeBinary(16)),  # newest package imported from it that was not older
    Column("forks", Integer, nullable=False, default=0),
    Column("lists_from", Integer, nullable=False, default=0),  # packages written up to here are no longer believed
)
setting = Table(
    "setting",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

# ------------------------------------------------------------------------------------- the exchange

known = Table(
    "known",
    metadata,
    Column("device", LargeBinary(16), primary_key=True),
    Column("op", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
Index("ix_known_op", known.c.op)

refused = Table(
    "refused",
    metadata,
    Column("device", LargeBinary(16), primary_key=True),
    Column("sha", LargeBinary(32), primary_key=True),
    sqlite_with_rowid=False,
)
pkg_out = Table(
    "pkg_out",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("id", LargeBinary(16), nullable=False, unique=True),
    Column("unit", String, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("sha256", LargeBinary(32), nullable=False),
    Column("operations", Integer, nullable=False),
    Column("made", String, nullable=False),
    Column("copied", String),
    Column("acknowledged", String),
)
pkg_out_op = Table(
    "pkg_out_op",
    metadata,
    Column("package", Integer, primary_key=True),
    Column("op", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
Index("ix_pkg_out_op_op", pkg_out_op.c.op)

pkg_in = Table(
    "pkg_in",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("device", LargeBinary(16), nullable=False),
    Column("id", LargeBinary(16), nullable=False, index=True),
    Column("unit", String, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("sha256", LargeBinary(32), nullable=False),
    Column("older", Integer, nullable=False),
    Column("fork", Integer, nullable=False),
    Column("imported", String, nullable=False),
    Column("report", Text, nullable=False),
)
pkg_base = Table(
    "pkg_base",
    metadata,
    Column("device", LargeBinary(16), primary_key=True),
    Column("id", LargeBinary(16), primary_key=True),
    sqlite_with_rowid=False,
)

# ------------------------------------------------------------------------------------- files

file = Table(  # photos and documents that lie in this home, or that it asks for
    "file",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("sha256", String, nullable=False, unique=True),
    Column("bytes", Integer, nullable=False),
    Column("here", Integer, nullable=False),
    Column("unit", String, nullable=False),  # that brought it; "": added here
    Column("asked", String),  # UTC, when a package first asked for it
    Column("lost", Integer, nullable=False, default=0),  # all who may have had it say that they have not
    Column("want", Integer, nullable=False, server_default="0"),  # somebody asked for it though a copy of it is here
)
file_lack = Table(  # what the newest package of a device says it has not: asked for, or given up
    "file_lack",
    metadata,
    Column("device", LargeBinary(16), primary_key=True),
    Column("sha256", String, primary_key=True),
    Column("wants", Integer, nullable=False),
    Column("has_not", Integer, nullable=False),
    sqlite_with_rowid=False,
)
file_heard = Table(  # the newest package of ours that a device had when it said so
    "file_heard",
    metadata,
    Column("device", LargeBinary(16), primary_key=True),
    Column("package", Integer, nullable=False),
)
volume_out = Table(  # .hgf packages
    "volume_out",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("id", LargeBinary(16), nullable=False, unique=True),
    Column("package", Integer, nullable=False, index=True),  # the row of its .hgb
    Column("name", String, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("copied", String, nullable=False),
)
volume_out_file = Table(
    "volume_out_file",
    metadata,
    Column("volume", Integer, primary_key=True),
    Column("sha256", String, primary_key=True),
    sqlite_with_rowid=False,
)
Index("ix_volume_out_file_sha256", volume_out_file.c.sha256)
volume_in = Table(
    "volume_in",
    metadata,
    Column("device", LargeBinary(16), primary_key=True),
    Column("id", LargeBinary(16), primary_key=True),
    Column("unit", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("files", Integer, nullable=False),  # of them new here
    Column("imported", String, nullable=False),
    sqlite_with_rowid=False,
)
aside_op = Table(  # operations that wait for a person's decision before they are held (sync.md 5.7.7)
    "aside_op",
    metadata,
    Column("sha", LargeBinary(32), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("stamp", LargeBinary(16), nullable=False),
    Column("unit", String, nullable=False),  # that brought it, with the package of this id
    Column("package", LargeBinary(16), nullable=False),
    Column("at", String, nullable=False),
)
fork_told = Table(  # own packages in which somebody else saw that this disk was restored or cloned
    "fork_told",
    metadata,
    Column("package", LargeBinary(16), primary_key=True),
    sqlite_with_rowid=False,
)

# ------------------------------------------------------------------------------------- folded tables

FOLDED: dict[str, Table] = {}


def _folded(name: str, *columns: Column[object]) -> Table:
    table = Table(name, metadata, *columns)
    FOLDED[name] = table
    return table


def _columns(table: str) -> list[Column[object]]:
    """A column for every field of a table; facts as JSON text."""
    kinds = {Type.NUMBER: Text, Type.COUNT: Integer}
    return [Column(f.name, kinds.get(f.type, Text)) for f in TABLES[table].values()]


def _record(table: str, *more: Column[object]) -> Table:
    return _folded(
        table,
        Column("pk", Integer, primary_key=True),
        Column("id", LargeBinary(16), nullable=False, index=True),
        Column("top", LargeBinary(16), nullable=False, index=True),
        Column("creator", String),
        Column("void_from", String),
        *_columns(table),
        *more,
    )


def _top(table: str, *more: Column[object]) -> Table:
    """A record at the top of a history, with what lists and figures ask for."""
    return _record(
        table,
        Column("unit", String, nullable=False, index=True),  # code of the responsible unit; "" while it is none
        Column("undecided", Integer, nullable=False),
        Column("review", Integer, nullable=False),
        Column("conflicts", Integer, nullable=False),
        Column("found", String, nullable=False),  # "" from the beginning
        Column("stage", String, nullable=False, index=True),  # newest state: open completed closing closed …
        Column("remark", Text, nullable=False),
        Column("search_key", Text, nullable=False),
        Column("updated", String, nullable=False),  # newest wall time of an applied operation, as stated
        *more,
    )


problem = _top(
    "problem",
    Column("kind_now", String, nullable=False),
    Column("pace_now", String, nullable=False),
    Column("completed_day", String),
    Column("due_key", String, nullable=False, index=True),  # deadline, or 9999-12-31
    Column("last_month", String, nullable=False),  # of the newest monthly dispatch
    Column(
        "slow_months", Integer, nullable=False, server_default="0"
    ),  # newest months, running, that did not keep pace
    Column("relapsed", Integer, nullable=False, server_default="0"),  # its newest round was opened by a relapse
    Column("circular_day", String),  # since when it stands named in a circular of a higher level
)
petition = _top("petition", Column("finished_day", String))
# Open problems without any deadline: a statement that asks by these words finds the index.
BARE = text(
    "void_from IS NULL AND stage = 'open' AND deadline IS NULL AND deadline_text IS NULL AND kind_now != 'long_term'"
)
Index("ix_problem_bare", problem.c.stage, sqlite_where=BARE)
Index("ix_problem_number", problem.c.number)
Index("ix_problem_inspection", problem.c.inspection)
Index("ix_problem_pollution_source", problem.c.pollution_source)
Index("ix_problem_merged_into", problem.c.merged_into)
Index("ix_petition_merged_into", petition.c.merged_into)
Index("ix_petition_receipt_number", petition.c.receipt_number)
notice = _top("notice")
Index("ix_notice_number", notice.c.number)
source = _top("source")
Index("ix_source_number", source.c.number)
campaign = _top("campaign")
inspection = _top("inspection")
Index("ix_inspection_campaign", inspection.c.campaign)
Index("ix_inspection_source", inspection.c.source)
local_item = _top("local_item")
permit = _record("permit")
answer = _record("answer")
checklist = _record("checklist")
measure = _record("measure")
dispatch = _record("dispatch")
evidence = _record("evidence")
Index("ix_evidence_sha256", evidence.c.sha256)
Index("ix_evidence_copy_sha256", evidence.c.copy_sha256)
cycle = _record("cycle")
request = _record("request")
self_acceptance = _record("self_acceptance")
acceptance = _record("acceptance")
lookback = _record("lookback")
dictionary = _record("dictionary")
apart = _record("apart")
unit = _record("unit", Column("names", Text, nullable=False))  # JSON: every name it ever had
revocation = _folded(  # devices that the county has stopped
    "revocation",
    Column("pk", Integer, primary_key=True),
    Column("top", LargeBinary(16), nullable=False, index=True),
    Column("device", LargeBinary(16), nullable=False),
    Column("wall", String, nullable=False),
)
remark = _folded(
    "remark",
    Column("pk", Integer, primary_key=True),
    Column("id", LargeBinary(16), nullable=False),
    Column("top", LargeBinary(16), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("by", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("wall", String, nullable=False),
)
granted = _folded(
    "granted",
    Column("pk", Integer, primary_key=True),
    Column("top", LargeBinary(16), nullable=False, index=True),
    Column("unit", String, nullable=False),
    Column("of_unit", String, nullable=False),
)
Index("ix_granted_unit_top", granted.c.unit, granted.c.top, granted.c.of_unit)
named = _folded(  # which units a record ever named: found again when such a unit is added
    "named",
    Column("pk", Integer, primary_key=True),
    Column("top", LargeBinary(16), nullable=False, index=True),
    Column("name_key", String, nullable=False, index=True),
    Column("leads", Integer, nullable=False),
)
conflict = _folded(
    "conflict",
    Column("pk", Integer, primary_key=True),
    Column("top", LargeBinary(16), nullable=False, index=True),
    Column("record", LargeBinary(16), nullable=False),
    Column("tbl", String, nullable=False),
    Column("field", String, nullable=False),
    Column("op", LargeBinary(16), nullable=False),
)
held = _folded(
    "held",
    Column("pk", Integer, primary_key=True),
    Column("top", LargeBinary(16), nullable=False, index=True),
    Column("op", LargeBinary(16), nullable=False),
    Column("field", String, nullable=False),
    Column("why", Text, nullable=False),
)
