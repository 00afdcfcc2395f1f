"""The monthly workbook: its figures are the tally's, its lists are those behind the figures, both dates stand there."""

from __future__ import annotations

from datetime import date

from models.domain.meaning import Meaning
from models.domain.paper import Table, Text

MAY = date(2024, 5, 31)


def sheets(book):
    return {one.title: one for one in book.papers}


def tables(paper):
    return [one for one in paper.blocks if isinstance(one, Table)]


def titles(paper):
    """The texts of a list: number and title stand side by side."""
    (table,) = tables(paper)
    return [row[table.headings.index("内容")] for row in table.rows]


def test_the_workbook_of_a_month(world):
    county = world["county"]
    for text, said in {
        "逾期的": {"deadline": "2024-05-20", "pace": "behind"},
        "快到的": {"deadline": "2024-06-20", "pace": "on_schedule"},
        "销了的": {"deadline": "2024-06-20", "closing_stage": "closed", "closed_on": "2024-05-12"},
        "早销的": {"closing_stage": "closed", "closed_on": "2024-03-01", "deadline_kind": "immediate"},
        "长期的": {"deadline_kind": "long_term"},
        "以后的": {"found_on": "2024-06-03", "deadline": "2024-05-01"},
    }.items():
        county.records.add("problem", {"description": text, "township": "白水镇", "source": "省督",
                                       "found_on": "2024-02-01"} | said)  # fmt: skip
    told = next(one for one in county.records.list("problem")[1] if one["description"] == "快到的")
    for month in ("2024-04", "2024-05"):
        county.records.add_dispatch(told["id"], {"month": month, "pace": "on_schedule"})
    county.records.add_dispatch(
        next(one["id"] for one in county.records.list("problem")[1] if one["description"] == "长期的"),
        {"month": "2024-03", "pace": "on_schedule"},
    )
    county.records.add("petition", {"receipt_number": "S1", "content": "臭", "township": "青石镇", "fine_wan": "2.5",
                                    "finished_on": "2024-05-30", "closed_on": "2024-05-31"})  # fmt: skip
    found = county.figures.tally(MAY)
    book = county.papers.monthly(MAY)
    assert book.title == "2024年5月生态环境问题整改月报"
    by = sheets(book)
    assert all(
        one.line.startswith("填报单位：临江县环委办    截至日期：2024年5月31日    已知截至：2024-06-15 09:0")
        for one in book.papers
    )
    first = by["概述"].blocks[0]
    assert isinstance(first, Text)
    assert first.text == found["paragraph"]
    problems, petitions = ({row[0]: row[1:4] for row in table.rows} for table in tables(by["概述"]))
    assert problems["总数"] == ("5", "5", "0")
    assert problems["已销号"] == ("2", "1", "1")
    assert problems["完成率"] == ("40.0%", "20.0%", "")
    assert petitions["已办结"] == ("1", "0", "1")

    townships, lights = tables(by["按乡镇"])
    assert [(row[0], row[1]) for row in townships.rows] == [("白水镇人民政府", "5"), ("合计", "5")]
    assert townships.chart == (1, 3, 4)
    assert dict(zip(lights.headings[1:], lights.rows[-1][1:], strict=True)) == {
        "红": "1", "橙": "0", "黄": "2", "绿": "0", "灰": "0", "已完成": "2", "合计": "5",
    }  # fmt: skip
    assert sum(isinstance(one, Text) for one in by["问题分类统计"].blocks) == len(tables(by["问题分类统计"])) == 14
    assert tables(by["信访件统计"])[-1].rows[-1] == ("合计", "0", "2.5", "0", "0", "0")

    assert titles(by["已销号"]) == ["臭", "销了的", "早销的"]
    assert titles(by["逾期"]) == ["逾期的"]
    assert tables(by["逾期"])[0].rows[0][1:3] == ("2024-05-20", "11")
    assert titles(by["30 天内到期"]) == ["快到的"]
    assert titles(by["未达序时"]) == [""]  # its pace holds from the day on which it was told
    assert titles(sheets(county.papers.monthly())["未达序时"]) == ["逾期的"]
    assert [(row[2], row[4]) for row in tables(by["未填月调度"])[0].rows] == [
        ("没有填过", "逾期的"),
        ("2024-03", "长期的"),
    ]
    assert ("换算法", "合并的信访件只算一件", "否") in {row[1:] for row in tables(by["口径"])[0].rows}

    switched = sheets(county.papers.monthly(MAY, meaning=Meaning(without_long_term=True)))
    assert {row[0]: row[1] for row in tables(switched["概述"])[0].rows}["完成率"] == "50.0%"


def test_the_workbook_of_a_sealed_month_stays_as_it_was_whatever_comes(world):
    county = world["county"]
    county.records.add("problem", {"description": "一", "deadline": "2024-05-20"})
    county.seals.add(MAY)
    then = county.papers.monthly(seal=1)
    assert "已知截至：2024-06-15 09:00（第 1 次封账）" in then.papers[0].line
    assert tables(sheets(then)["已销号"])[0].rows[0][:3] == ("", "没有。", "")
    world.clock.jump(days=1)
    county.records.add("problem", {"description": "二", "completed_on": "2024-05-01"})
    county.dictionaries.set("dispatch_rules", {"due_day": 5, "kinds": ["long_term"]})
    assert county.papers.monthly(seal=1) == then
    assert county.papers.monthly(MAY, date(2024, 6, 15)).papers[0].blocks == then.papers[0].blocks
    assert "已知截至：2024-06-15 当天结束" in county.papers.monthly(MAY, date(2024, 6, 15)).papers[0].line
    assert county.papers.monthly(MAY).papers[0].blocks != then.papers[0].blocks
