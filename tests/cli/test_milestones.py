"""Back-planning by command."""

from __future__ import annotations


def test_milestones_by_command(enrolled):
    said = ("description=坏", "found_on=2024-05-01", "deadline=2099-06-30")
    number = enrolled("county", "records", "add", "problems", "--set", *said)["number"]
    looked = enrolled("county", "measure", "plan", number, "--preview")
    texts = [line["text"] for line in looked["plan"]["lines"]]
    assert (looked["plan"]["template"], looked["plan"]["deadline"], texts[-1]) == (
        "工程类整改", "2099-06-30", "申请验收",
    )  # fmt: skip
    assert enrolled("county", "records", "show", "problems", number)["measures"] == []
    assert "按“一般整改”倒排" in enrolled.raw(
        "county", "measure", "plan", number, "--template", "一般整改", "--preview", json=False
    ).out.decode()  # fmt: skip
    made = enrolled("county", "measure", "plan", number)
    shown = enrolled("county", "records", "show", "problems", number)["measures"]
    assert [m["id"] for m in shown] == made["made"]
    assert [(m["text"], m["due"], m["kind"]) for m in shown] == [
        (line["text"], line["due"], "milestone") for line in made["plan"]["lines"]
    ]  # fmt: skip
