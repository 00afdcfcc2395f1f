"""Requests and rounds by commands."""

from __future__ import annotations


def test_a_request_by_commands(enrolled):
    made = enrolled("county", "records", "add", "problems", "--set", "description=坏", "deadline=2024-06-30")["id"]
    assert enrolled("county", "request", "list") == {"requests": []}
    asked = enrolled(
        "county", "request", "add", made, "--set", "kind=extension", "wanted_deadline=2024年底前", "reason=下雨"
    )
    (line,) = enrolled("county", "request", "list")["requests"]
    assert (line["id"], line["number"], line["wanted_deadline"]) == (
        asked["requests"][0]["id"], made and asked["number"], "2024-12-31",
    )  # fmt: skip
    done = enrolled("county", "request", "decide", made, line["id"], "--set", "decision=approved")
    assert done["deadline"] == "2024-12-31"
    assert "同意" in enrolled.raw("county", "request", "list", json=False).out.decode()
    assert (
        enrolled.refused("county", "request", "decide", made, line["id"], "--set", "decision=approved")["code"]
        == "R224"
    )


def test_a_round_by_commands(enrolled):
    made = enrolled("county", "records", "add", "problems", "--set", "description=坏", "completed_on=2024-06-01")["id"]
    assert enrolled.refused("county", "cycle", "open", made, "--set", "reason=复发")["code"] == "R222"
    opened = enrolled("county", "cycle", "open", made, "--set", "reason=复发", "basis=暗访")
    assert (opened["cycle"], opened["completed_on"]) == (2, None)
    assert enrolled("county", "tally")["problems"]["reopened"] == 1
