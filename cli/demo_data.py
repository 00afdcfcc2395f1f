"""Who plays in the demo, and what they write: units that the sample workbooks name, and a month of clerks' texts."""

from __future__ import annotations

from typing import NamedTuple

from models.services.home import samples


class Unit(NamedTuple):
    """A unit: its name and code."""

    name: str
    code: str


COUNTY = Unit("临江县环委办", "361021")

# Of the county, with the rows that they hold.
WORKBOOKS = (("samples/county_problems.xlsx", "problems", 99), ("samples/county_petitions.xlsx", "petitions", 102))
# Of the first township.
OWN_LEDGER, OWN_ROWS = "samples/township_problems.xlsx", 24

TOWNS = tuple(Unit(name, code) for name, code in samples.TOWNS)

# The figures of the county leader's speech, as of the last day of April 2024.
AS_OF = "2024-04-30"
SPEECH = {
    "total": 99, "time_limited": 64, "long_term": 35, "completed": 50, "closed": 46, "closing": 4, "remaining": 14,
}  # fmt: skip
SPEECH_PETITIONS = {"total": 102, "completed": 102, "closed": 101}

# What a township clerk writes in May.
DISPATCHES = (
    {
        "month": "2024-05", "pace": "on_schedule",
        "progress": "已完成施工招标，施工单位5月8日进场，完成工程量约45%。",
        "difficulties": "汛期将至，河道作业面受限。", "next_step": "抢晴天施工，6月底前完成主体工程。",
    },
    {
        "month": "2024-05", "pace": "ahead",
        "progress": "点位已全部清理到位，设立警示牌6块，落实巡查员4名。",
        "difficulties": "无。", "next_step": "每周巡查两次，防止反弹。",
    },
    {
        "month": "2024-05", "pace": "behind",
        "progress": "征地协议尚有3户未签，工程未能按期开工。",
        "difficulties": "资金缺口约80万元。", "next_step": "争取专项资金，6月10日前完成征地。",
    },
)  # fmt: skip
MEASURES = (
    {"text": "清运堆存物料，恢复原貌", "person": "李某", "due": "2024-06-15"},
    {"text": "安装视频监控并接入县平台", "person": "张某", "due": "2024-06-30"},
)
COMPLETED = {
    "pace": "completed", "completed_on": "2024-05-14",
    "progress": "各项整改措施已全部落实到位，5月14日镇自验达标，影像资料已归档。",
    "remark": "已自验，请县里核查销号。",
}  # fmt: skip
LATER = "5月复查：设施运行正常，台账齐全。"
AFTER_BACKUP = "备份以后写的：设备已到货，正在安装。"
