"""The first schema. Until the first release there is one migration, written anew with the schema."""

import sqlalchemy as sa
from alembic import op

revision = "v0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conflict",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("record", sa.LargeBinary(length=16), nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("op", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_conflict")),
    )
    op.create_index(op.f("ix_conflict_top"), "conflict", ["top"], unique=False)
    op.create_table(
        "device",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("revoked", sa.Integer(), nullable=False),
        sa.Column("heard", sa.Integer(), nullable=False),
        sa.Column("newest", sa.LargeBinary(length=16), nullable=True),
        sa.Column("forks", sa.Integer(), nullable=False),
        sa.Column("lists_from", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    op.create_table(
        "dispatch",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("month", sa.Text(), nullable=True),
        sa.Column("pace", sa.Text(), nullable=True),
        sa.Column("progress", sa.Text(), nullable=True),
        sa.Column("difficulties", sa.Text(), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_dispatch")),
    )
    op.create_index(op.f("ix_dispatch_id"), "dispatch", ["id"], unique=False)
    op.create_index(op.f("ix_dispatch_top"), "dispatch", ["top"], unique=False)
    op.create_table(
        "granted",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("of_unit", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_granted")),
    )
    op.create_index(op.f("ix_granted_top"), "granted", ["top"], unique=False)
    op.create_index("ix_granted_unit_top", "granted", ["unit", "top", "of_unit"], unique=False)
    op.create_table(
        "held",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("op", sa.LargeBinary(length=16), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_held")),
    )
    op.create_index(op.f("ix_held_top"), "held", ["top"], unique=False)
    op.create_table(
        "imported",
        sa.Column("record", sa.LargeBinary(length=16), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record", name=op.f("pk_imported")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "known",
        sa.Column("device", sa.LargeBinary(length=16), nullable=False),
        sa.Column("op", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("device", "op", name=op.f("pk_known")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_known_op", "known", ["op"], unique=False)
    op.create_table(
        "mapping",
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("layout", name=op.f("pk_mapping")),
    )
    op.create_table(
        "measure",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_measure")),
    )
    op.create_index(op.f("ix_measure_id"), "measure", ["id"], unique=False)
    op.create_index(op.f("ix_measure_top"), "measure", ["top"], unique=False)
    op.create_table(
        "named",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("leads", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_named")),
    )
    op.create_index(op.f("ix_named_name_key"), "named", ["name_key"], unique=False)
    op.create_index(op.f("ix_named_top"), "named", ["top"], unique=False)
    op.create_table(
        "op",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sha", sa.LargeBinary(length=32), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("device", sa.LargeBinary(length=16), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("stamp", sa.LargeBinary(length=16), nullable=False),
        sa.Column("travels", sa.Integer(), nullable=False),
        sa.Column("is_data", sa.Integer(), nullable=False),
        sa.Column("package", sa.LargeBinary(length=16), nullable=True),
        sa.Column("arrived", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_op")),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_op_data_arrived", "op", ["is_data", "arrived"], unique=False)
    op.create_index(op.f("ix_op_top"), "op", ["top"], unique=False)
    op.create_index("ix_op_unit_travels", "op", ["unit", "travels"], unique=False)
    op.create_table(
        "op_aud",
        sa.Column("op", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("op", "unit", name=op.f("pk_op_aud")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_op_aud_unit", "op_aud", ["unit", "op"], unique=False)
    op.create_table(
        "petition",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("receipt_number", sa.Text(), nullable=True),
        sa.Column("batch", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("township", sa.Text(), nullable=True),
        sa.Column("lead_unit", sa.Text(), nullable=True),
        sa.Column("cooperating_units", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("pollution_kinds", sa.Text(), nullable=True),
        sa.Column("investigation", sa.Text(), nullable=True),
        sa.Column("verified", sa.Text(), nullable=True),
        sa.Column("handling", sa.Text(), nullable=True),
        sa.Column("found_on", sa.Text(), nullable=True),
        sa.Column("finish_state", sa.Text(), nullable=True),
        sa.Column("closing_stage", sa.Text(), nullable=True),
        sa.Column("orders", sa.Integer(), nullable=True),
        sa.Column("fine_wan", sa.Text(), nullable=True),
        sa.Column("cases", sa.Integer(), nullable=True),
        sa.Column("talks", sa.Integer(), nullable=True),
        sa.Column("accountability", sa.Integer(), nullable=True),
        sa.Column("duplicate", sa.Text(), nullable=True),
        sa.Column("internal_note", sa.Text(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("undecided", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("updated", sa.String(), nullable=False),
        sa.Column("finished_day", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_petition")),
    )
    op.create_index(op.f("ix_petition_id"), "petition", ["id"], unique=False)
    op.create_index("ix_petition_receipt_number", "petition", ["receipt_number"], unique=False)
    op.create_index(op.f("ix_petition_stage"), "petition", ["stage"], unique=False)
    op.create_index(op.f("ix_petition_top"), "petition", ["top"], unique=False)
    op.create_index(op.f("ix_petition_unit"), "petition", ["unit"], unique=False)
    op.create_table(
        "pkg_base",
        sa.Column("device", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("device", "id", name=op.f("pk_pkg_base")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pkg_in",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("device", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("older", sa.Integer(), nullable=False),
        sa.Column("fork", sa.Integer(), nullable=False),
        sa.Column("imported", sa.String(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_pkg_in")),
    )
    op.create_index(op.f("ix_pkg_in_id"), "pkg_in", ["id"], unique=False)
    op.create_index(op.f("ix_pkg_in_unit"), "pkg_in", ["unit"], unique=False)
    op.create_table(
        "pkg_out",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("operations", sa.Integer(), nullable=False),
        sa.Column("made", sa.String(), nullable=False),
        sa.Column("copied", sa.String(), nullable=True),
        sa.Column("acknowledged", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_pkg_out")),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_pkg_out_unit"), "pkg_out", ["unit"], unique=False)
    op.create_table(
        "pkg_out_op",
        sa.Column("package", sa.Integer(), nullable=False),
        sa.Column("op", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("package", "op", name=op.f("pk_pkg_out_op")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pkg_out_op_op", "pkg_out_op", ["op"], unique=False)
    op.create_table(
        "problem",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("county_number", sa.Text(), nullable=True),
        sa.Column("city_number", sa.Text(), nullable=True),
        sa.Column("province_number", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("round", sa.Text(), nullable=True),
        sa.Column("batch", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("goal", sa.Text(), nullable=True),
        sa.Column("measures_text", sa.Text(), nullable=True),
        sa.Column("categories", sa.Text(), nullable=True),
        sa.Column("trade", sa.Text(), nullable=True),
        sa.Column("township", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("longitude", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Text(), nullable=True),
        sa.Column("lead_unit", sa.Text(), nullable=True),
        sa.Column("responsible_units", sa.Text(), nullable=True),
        sa.Column("cooperating_units", sa.Text(), nullable=True),
        sa.Column("supervising_unit", sa.Text(), nullable=True),
        sa.Column("leader", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("found_on", sa.Text(), nullable=True),
        sa.Column("deadline_kind", sa.Text(), nullable=True),
        sa.Column("deadline", sa.Text(), nullable=True),
        sa.Column("deadline_text", sa.Text(), nullable=True),
        sa.Column("long_term_too", sa.Text(), nullable=True),
        sa.Column("pace", sa.Text(), nullable=True),
        sa.Column("progress", sa.Text(), nullable=True),
        sa.Column("completed_on", sa.Text(), nullable=True),
        sa.Column("closing_stage", sa.Text(), nullable=True),
        sa.Column("internal_note", sa.Text(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("undecided", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("updated", sa.String(), nullable=False),
        sa.Column("kind_now", sa.String(), nullable=False),
        sa.Column("pace_now", sa.String(), nullable=False),
        sa.Column("completed_day", sa.String(), nullable=True),
        sa.Column("due_key", sa.String(), nullable=False),
        sa.Column("last_month", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_problem")),
    )
    op.create_index(op.f("ix_problem_due_key"), "problem", ["due_key"], unique=False)
    op.create_index(op.f("ix_problem_id"), "problem", ["id"], unique=False)
    op.create_index("ix_problem_number", "problem", ["number"], unique=False)
    op.create_index(op.f("ix_problem_stage"), "problem", ["stage"], unique=False)
    op.create_index(op.f("ix_problem_top"), "problem", ["top"], unique=False)
    op.create_index(op.f("ix_problem_unit"), "problem", ["unit"], unique=False)
    op.create_table(
        "refused",
        sa.Column("device", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sha", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("device", "sha", name=op.f("pk_refused")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "remark",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("wall", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_remark")),
    )
    op.create_index(op.f("ix_remark_top"), "remark", ["top"], unique=False)
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "unit",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("names", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_unit")),
    )
    op.create_index(op.f("ix_unit_id"), "unit", ["id"], unique=False)
    op.create_index(op.f("ix_unit_top"), "unit", ["top"], unique=False)


def downgrade() -> None:
    raise NotImplementedError
