"""A problem of 白水镇 in a world of real homes: made by the county, looked at in any home."""

from __future__ import annotations


def a_problem(world, **values):
    """A problem of 白水镇, made by the county."""
    return world["county"].records.add("problem", {"description": "坏", "township": "白水镇"} | values)["id"]


def seen(world, name, record):
    return world[name].records.show("problem", record)


def has(world, name, record):
    _, found = world[name].records.list("problem")
    return record in {r["id"] for r in found}
