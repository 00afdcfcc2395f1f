"""The papers of a rectification's life: cycles, requests, acceptance, look-backs, notices; dictionaries of the county."""

import sqlalchemy as sa
from alembic import op

revision = "v0006"
down_revision = "v0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("township", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("problems", sa.Text(), nullable=True),
        sa.Column("month", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Text(), nullable=True),
        sa.Column("answer_by", sa.Text(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("replied_on", sa.Text(), nullable=True),
        sa.Column("replied_by", sa.Text(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("undecided", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("updated", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_id"), "notice", ["id"], unique=False)
    op.create_index(op.f("ix_notice_number"), "notice", ["number"], unique=False)
    op.create_index(op.f("ix_notice_stage"), "notice", ["stage"], unique=False)
    op.create_index(op.f("ix_notice_top"), "notice", ["top"], unique=False)
    op.create_index(op.f("ix_notice_unit"), "notice", ["unit"], unique=False)
    op.create_table(
        "cycle",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("opened_on", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_cycle")),
    )
    op.create_index(op.f("ix_cycle_id"), "cycle", ["id"], unique=False)
    op.create_index(op.f("ix_cycle_top"), "cycle", ["top"], unique=False)
    op.create_table(
        "request",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("asked_on", sa.Text(), nullable=True),
        sa.Column("wanted_deadline", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Text(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_request")),
    )
    op.create_index(op.f("ix_request_id"), "request", ["id"], unique=False)
    op.create_index(op.f("ix_request_top"), "request", ["top"], unique=False)
    op.create_table(
        "self_acceptance",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("cycle", sa.Text(), nullable=True),
        sa.Column("checked_on", sa.Text(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.Column("people", sa.Text(), nullable=True),
        sa.Column("standards", sa.Text(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("applied_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_self_acceptance")),
    )
    op.create_index(op.f("ix_self_acceptance_id"), "self_acceptance", ["id"], unique=False)
    op.create_index(op.f("ix_self_acceptance_top"), "self_acceptance", ["top"], unique=False)
    op.create_table(
        "acceptance",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("cycle", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("expected_on", sa.Text(), nullable=True),
        sa.Column("actual_on", sa.Text(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("people", sa.Text(), nullable=True),
        sa.Column("standards", sa.Text(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("from_on", sa.Text(), nullable=True),
        sa.Column("until_on", sa.Text(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("day_kind", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_acceptance")),
    )
    op.create_index(op.f("ix_acceptance_id"), "acceptance", ["id"], unique=False)
    op.create_index(op.f("ix_acceptance_top"), "acceptance", ["top"], unique=False)
    op.create_table(
        "lookback",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("looked_on", sa.Text(), nullable=True),
        sa.Column("people", sa.Text(), nullable=True),
        sa.Column("up_to_standard", sa.Text(), nullable=True),
        sa.Column("relapsed", sa.Text(), nullable=True),
        sa.Column("derived", sa.Text(), nullable=True),
        sa.Column("feigned", sa.Text(), nullable=True),
        sa.Column("facilities", sa.Text(), nullable=True),
        sa.Column("papers_kept", sa.Text(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("derived_problem", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_lookback")),
    )
    op.create_index(op.f("ix_lookback_id"), "lookback", ["id"], unique=False)
    op.create_index(op.f("ix_lookback_top"), "lookback", ["top"], unique=False)
    op.create_table(
        "dictionary",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_dictionary")),
    )
    op.create_index(op.f("ix_dictionary_id"), "dictionary", ["id"], unique=False)
    op.create_index(op.f("ix_dictionary_top"), "dictionary", ["top"], unique=False)
    for name in ("assigned_on", "claimed_on", "planned_on"):
        op.add_column("problem", sa.Column(name, sa.Text()))
    for name in ("kind",):
        op.add_column("measure", sa.Column(name, sa.Text()))
    for name in ("zero", "reported_on", "judgement", "opinion"):
        op.add_column("dispatch", sa.Column(name, sa.Text()))
    for name in ("part",):
        op.add_column("evidence", sa.Column(name, sa.Text()))


def downgrade() -> None:
    raise NotImplementedError
