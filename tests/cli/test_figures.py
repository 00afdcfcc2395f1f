from __future__ import annotations


def test_a_breakdown_is_printed_in_the_words_of_the_field(bare):
    bare("c", "setup", "--kind", "county", "--name", "临江县", "--code", "361021")
    for source, deadline in (("省级督察", "立行立改"), ("省级督察", "长期坚持"), ("信访投诉", "立行立改")):
        bare("c", "records", "add", "problems", "--set", "description=坏", "--set", f"source={source}",
             "--set", f"deadline_kind={deadline}")  # fmt: skip
    said = bare.raw("c", "tally", "--by", "source", json=False).out.decode()
    assert "省级督察：" in said
    lines = [line for line in said.splitlines() if "：" in line]
    assert any(line.startswith("省级督察：") and " 2，" in line for line in lines), said
    assert any(line.startswith("信访投诉：") and " 1，" in line for line in lines), said
    by = bare("c", "tally", "--by", "source")["by_source"]
    assert {row["source"]: row["total"] for row in by} == {"省级督察": 2, "信访投诉": 1}
    both = [bare("c", "tally", *[w for one in some for w in ("--source", one)])["problems"]["total"] for some in (
        ["省级督察"], ["省级督察", "信访投诉"])]  # fmt: skip
    assert both == [2, 3]
    crossed = bare("c", "tally", "--by", "source", "--across", "deadline_kind")["cross"]
    assert [one["keys"] for one in crossed["columns"]] == [["immediate"], ["long_term"]]
    assert [(row["name"], row["total"], row["cells"]) for row in crossed["rows"]] == [
        ("合计", 3, [2, 1]), ("信访投诉", 1, [1, 0]), ("省级督察", 2, [1, 1]),
    ]  # fmt: skip
    said = bare.raw("c", "tally", "--by", "source", "--across", "deadline_kind", json=False).out.decode()
    assert "省级督察\t2\t1\t1" in said
