"""Names and a refusal that all offices of lists share."""

# ruff: noqa: E501 - records of Chinese text read better as rows
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.errors import LedgerError

TODAY = date(2026, 11, 23)
TOWNS = (
    "白水镇", "河口镇", "青山镇", "石坪乡", "上塘镇", "县工业园区", "桥头镇", "龙潭乡", "罗田乡", "梅岭林场", "城关街道", "新田乡",
)  # fmt: skip
TITLES = (
    "报废汽车拆解点未按期清场，油污渗入沟渠", "河口支渠垃圾堆放点清运后反弹（第 2 轮）", "石灰窑砂石堆场未覆盖、未设喷淋",
    "下洲村 36 户生活污水直排，管网未应收尽收", "兴旺养殖场粪污贮存池容积不足，雨天外溢", "集镇餐饮店 7 家未装油烟净化器",
    "青山矿区复绿苗木成活率偏低", "上坪村非正规垃圾堆放点清理与围挡", "白水河清淤砂石销售台账与批复不一致", "入河排污口 4 处未树牌、未监测",
    "农村生活垃圾日清日运长效管护", "秸秆露天焚烧巡查与网格责任落实", "永利新材料废气设施未开启，排放口冒黑烟", "废弃污水池存水未处理，废液桶露天堆放",
)  # fmt: skip
SOURCES = ("省督察二轮", "长江警示片", "县环委办交办", "中央督察三轮", "自查", "绿盾行动", "市委督查室", "县纪委提示")
PEOPLE = ("王秀兰", "李志强", "周海平")

DEVICE = "ab" * 16  # of this home


@dataclass(eq=False)
class Refused(LedgerError):
    """A refusal that names a field."""

    code = "R199"
    field: str = ""
    text: str = "整改时限“2024.2.30”不是有效日期：2月没有 30 日。"

    @property
    def message(self) -> str:
        return self.text

    @property
    def way_out(self) -> str:
        return "请改成 2024-02-29 或别的日子。"
