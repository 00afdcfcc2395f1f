from __future__ import annotations


def test_doubles_by_command(bare):
    bare("c", "setup", "--kind", "county", "--name", "临江县环委办", "--code", "361021")
    text = "下洲村养猪场臭气扰民，污水直排河道"
    kept, gone = (
        bare("c", "records", "add", "petitions", "--set", f"content={one}", "--set", "township=白水镇")["id"]
        for one in (text, f"反映{text}问题")
    )
    found = bare("c", "double", "list", "petitions")
    assert (found["total"], found["pairs"][0]["number"]) == (1, None)
    assert {found["pairs"][0][side]["id"] for side in ("one", "other")} == {kept, gone}
    assert bare("c", "double", "apart", "petitions", kept, gone) == {"apart": True}
    assert bare("c", "double", "list", "petitions") == {"total": 0, "pairs": []}
    assert bare("c", "double", "apart", "petitions", kept, gone, "--undo") == {"apart": False}
    assert "文字" in bare.raw("c", "double", "list", "petitions", json=False).out.decode()
    merged = bare("c", "double", "merge", "petitions", kept, gone, "--why", "重复来信")
    assert [one["id"] for one in merged["merged"]] == [gone]
    assert bare("c", "tally")["petitions"]["total"] == 1
    shown = bare("c", "records", "show", "petitions", gone)
    assert (shown["merged_into"], shown["merged_into_record"]["id"]) == (kept, kept)
    answer = bare.raw("c", "double", "merge", "petitions", kept, gone)
    assert answer.status == 3
    assert "已撤销合并" in bare.raw("c", "double", "unmerge", "petitions", gone, json=False).out.decode()
    assert bare("c", "tally")["petitions"]["total"] == 2
