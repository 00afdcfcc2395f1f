"""The fields of a record in the groups of its form, and what a form shows of each. No Qt."""

from __future__ import annotations

from gui import saying
from models.domain.field import Field, Owner, Type
from models.domain.fields import DATE_OF_STATE, TABLES
from models.domain.fields import label as label_of
from models.services.views.lists import Record

# fmt: off
GROUPS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "problem": (
        ("问题", ("description", "source", "found_on", "round", "batch", "categories", "trade", "goal",
                 "measures_text")),
        ("时限", ("deadline_kind", "deadline", "deadline_text", "long_term_too")),
        ("责任", ("township", "lead_unit", "responsible_units", "cooperating_units", "supervising_unit", "leader",
                 "person", "phone")),
        ("进展", ("pace", "completed_on", "progress")),
        ("销号", ("closing_stage", "closed_on")),
        ("上级通报", ("circular_on", "circular_by", "circular_ended_on")),
        ("地点与编号", ("place", "longitude", "latitude", "province_number", "city_number", "county_number")),
        ("内部备注", ("internal_note",)),
    ),
    "petition": (
        ("信访件", ("receipt_number", "batch", "content", "township", "found_on", "pollution_kinds", "duplicate")),
        ("责任", ("lead_unit", "cooperating_units", "person", "phone")),
        ("调查处理", ("investigation", "verified", "handling", "finish_state", "finished_on")),
        ("处理结果", ("orders", "fine_wan", "cases", "talks", "accountability")),
        ("销号", ("closing_stage", "closed_on")),
        ("内部备注", ("internal_note",)),
    ),
    "source": (
        ("污染源", ("name", "kind", "credit_code", "township", "village", "place")),
        ("人员", ("person", "phone", "control_person", "control")),
        ("位置", ("longitude", "latitude", "datum")),
    ),
}
REQUIRED = {"description", "content", "name"}
WHY = {
    Owner.COUNTY: "由县环委办填写",
    Owner.CREATOR: "由登记这条记录的单位填写",
    Owner.RESPONSIBLE: "由责任单位填写",
    Owner.LOCAL: "只存在本机",
}
# Fields that offer what the ledger already holds; the words of a list are offered one by one.
OFFERED = {
    "problem": ("source", "round", "batch", "categories", "trade", "township", "place", "lead_unit",
                "responsible_units", "cooperating_units", "supervising_unit", "leader", "person", "phone"),
    "petition": ("batch", "township", "pollution_kinds", "lead_unit", "cooperating_units", "person", "phone"),
    "source": ("township", "village", "person", "phone", "control_person"),
}
# fmt: on


def field_of(table: str, name: str) -> Field:
    """A field of the form; the day of a state is one too."""
    known = TABLES[table].get(name)
    if name in DATE_OF_STATE:
        source = TABLES[table][DATE_OF_STATE[name][0]]
        return Field(name, label_of(table, name), Type.DATE, source.owner)
    assert known is not None, name  # noqa: S101 - GROUPS names fields of the table
    return known


def put_value(record: Record, name: str) -> str:
    """What a form shows of a field: stored words for choices, else the text."""
    if name == "township":
        return str(record.get("township_name") or record.get("township") or "")
    value = record.get(name)
    if isinstance(value, list):
        return saying.value(name, value)
    return "" if value is None else str(value)
