"""Self-inspection: pollution sources, campaigns, inspections with their answers, and checklists."""

import sqlalchemy as sa
from alembic import op

revision = "v0010"
down_revision = "v0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "source",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("credit_code", sa.Text(), nullable=True),
        sa.Column("township", sa.Text(), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("longitude", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Text(), nullable=True),
        sa.Column("datum", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("control", sa.Text(), nullable=True),
        sa.Column("control_person", sa.Text(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("undecided", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("updated", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_source")),
    )
    op.create_index(op.f("ix_source_id"), "source", ["id"], unique=False)
    op.create_index(op.f("ix_source_number"), "source", ["number"], unique=False)
    op.create_index(op.f("ix_source_stage"), "source", ["stage"], unique=False)
    op.create_index(op.f("ix_source_top"), "source", ["top"], unique=False)
    op.create_index(op.f("ix_source_unit"), "source", ["unit"], unique=False)
    op.create_table(
        "campaign",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("checklists", sa.Text(), nullable=True),
        sa.Column("from_on", sa.Text(), nullable=True),
        sa.Column("until_on", sa.Text(), nullable=True),
        sa.Column("township", sa.Text(), nullable=True),
        sa.Column("responsible_units", sa.Text(), nullable=True),
        sa.Column("villages", sa.Text(), nullable=True),
        sa.Column("sources", sa.Text(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("undecided", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("updated", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_campaign")),
    )
    op.create_index(op.f("ix_campaign_id"), "campaign", ["id"], unique=False)
    op.create_index(op.f("ix_campaign_stage"), "campaign", ["stage"], unique=False)
    op.create_index(op.f("ix_campaign_top"), "campaign", ["top"], unique=False)
    op.create_index(op.f("ix_campaign_unit"), "campaign", ["unit"], unique=False)
    op.create_table(
        "inspection",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("campaign", sa.Text(), nullable=True),
        sa.Column("checklists", sa.Text(), nullable=True),
        sa.Column("township", sa.Text(), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("longitude", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Text(), nullable=True),
        sa.Column("inspected_on", sa.Text(), nullable=True),
        sa.Column("people", sa.Text(), nullable=True),
        sa.Column("leader", sa.Text(), nullable=True),
        sa.Column("zero", sa.Text(), nullable=True),
        sa.Column("finished_on", sa.Text(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("undecided", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("updated", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_inspection")),
    )
    op.create_index(op.f("ix_inspection_campaign"), "inspection", ["campaign"], unique=False)
    op.create_index(op.f("ix_inspection_id"), "inspection", ["id"], unique=False)
    op.create_index(op.f("ix_inspection_source"), "inspection", ["source"], unique=False)
    op.create_index(op.f("ix_inspection_stage"), "inspection", ["stage"], unique=False)
    op.create_index(op.f("ix_inspection_top"), "inspection", ["top"], unique=False)
    op.create_index(op.f("ix_inspection_unit"), "inspection", ["unit"], unique=False)
    op.create_table(
        "local_item",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("theme", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("severity", sa.Text(), nullable=True),
        sa.Column("township", sa.Text(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("undecided", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("updated", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_local_item")),
    )
    op.create_index(op.f("ix_local_item_id"), "local_item", ["id"], unique=False)
    op.create_index(op.f("ix_local_item_stage"), "local_item", ["stage"], unique=False)
    op.create_index(op.f("ix_local_item_top"), "local_item", ["top"], unique=False)
    op.create_index(op.f("ix_local_item_unit"), "local_item", ["unit"], unique=False)
    op.create_table(
        "permit",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Text(), nullable=True),
        sa.Column("expires_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_permit")),
    )
    op.create_index(op.f("ix_permit_id"), "permit", ["id"], unique=False)
    op.create_index(op.f("ix_permit_top"), "permit", ["top"], unique=False)
    op.create_table(
        "answer",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("in_bulk", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_id"), "answer", ["id"], unique=False)
    op.create_index(op.f("ix_answer_top"), "answer", ["top"], unique=False)
    op.create_table(
        "checklist",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("top", sa.LargeBinary(length=16), nullable=False),
        sa.Column("creator", sa.String(), nullable=True),
        sa.Column("void_from", sa.String(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_checklist")),
    )
    op.create_index(op.f("ix_checklist_id"), "checklist", ["id"], unique=False)
    op.create_index(op.f("ix_checklist_top"), "checklist", ["top"], unique=False)
    for name in ("inspection", "pollution_source"):
        op.add_column("problem", sa.Column(name, sa.Text()))
        op.create_index(op.f(f"ix_problem_{name}"), "problem", [name], unique=False)


def downgrade() -> None:
    raise NotImplementedError
