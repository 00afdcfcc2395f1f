"""A county out of thin air: any number of problems in 30 townships, for trying the program and for benchmarks.

`python tools/demo_county.py FOLDER [--records 20000]` makes a county's home; bench.py fills a township's. The same seed
gives the same texts. Records are written as an imported workbook would be: one operation each, many in a transaction.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from models.domain import facts
from models.domain.operation import Value
from models.services.base import audience
from models.services.base.pen import Pen, Place
from models.services.office import Office
from models.services.opening import set_up
from models.store import fold
from models.store.number import Numbers
from models.store.schema import problem


def _words(text: str) -> list[str]:
    return text.split()


COUNTY = ("临江县环委办", "361021")
TOWNS = _words(
    "白水镇 城关镇 河口镇 石坪乡 松溪镇 云岭乡 龙湾镇 桃源乡 青龙乡 新桥镇 大坪镇 竹山乡 东坑镇 "
    "枫林乡 罗田镇 上源乡 南塘镇 黄沙乡 沙溪镇 双岭乡 横江镇 古竹乡 高田镇 下坊乡 西岸镇 林泉乡 "
    "丰乐镇 茶亭乡 石门镇 临江县工业园区"
)
AT_ONCE = 2_000  # records in one transaction
FIRST_DAY = date(2021, 1, 4)

_SOURCES = _words(
    "第一轮中央生态环境保护督察反馈 第二轮中央生态环境保护督察反馈 省级生态环境保护督察反馈 "
    "生态环境专项审计 自然保护地“绿盾”行动 长江经济带生态环境警示片披露 县纪委提示 日常巡查"
)
_KINDS = _words("大气 水 土壤 固废 噪声 生态 饮用水源 基础设施")
_WHERE = _words("山口村 江背村 塘下村 陈家村 石灰村 黄泥村 枫树村 下坊村 长岭片区 桥头片区")
_WHAT = (
    "企业废气处理设施未开启，排放口冒黑烟",
    "污水处理站出水异常，在线监测数据缺失，运维记录不全",
    "养殖场粪污贮存池容积不足，雨天外溢至水渠",
    "以“清障疏浚”之名行采砂之实，弃料堆占河道",
    "违法违规倾倒建筑垃圾，行业部门未及时发现",
    "报废汽车拆解点无证露天拆解，废机油渗漏",
    "废弃矿山生态复绿效果不佳，边坡裸露",
    "砂石料场堆料未覆盖、未喷淋，运输车辆带泥上路",
    "停产企业原污水处理池存有大量废水未处理",
    "集中式饮用水水源地一级保护区内存在种植、垂钓",
    "集镇生活污水管网建设滞后，片区污水直排",
    "林地内违规堆土、毁林开垦未及时查处",
)
_DONE = _words(
    "立案处罚 安装用电监控 纳入重点监管 扩建贮存池 签订消纳协议 限期清运 公示监督电话 完善截排水沟 "
    "补植补种 开展联合执法 建设封闭料棚 安装冲洗平台 更换老化曝气设备 补装在线监测并联网 "
    "委托有资质单位处置废液"
)
_NAMES = "王李张刘陈杨黄周吴徐孙马朱胡林郭何高罗郑"


def make_county(home: Path, records: int, *, seed: int = 1) -> Office:
    """A county's home with 30 townships on its list and so many problems, shared out among them."""
    office = set_up(home, "county", *COUNTY)
    for number, name in enumerate(TOWNS):
        office.units.add("township", name, f"{COUNTY[1]}{101 + number}")
    fill(office, records, seed=seed, towns=TOWNS)
    return office


def fill(office: Office, count: int, *, seed: int = 1, towns: Sequence[str] = TOWNS[:1]) -> None:
    """Write problems into a home, as many as asked, one operation each."""
    desk = office.desk
    texts = problems(_dice(seed), towns)
    for start in range(0, count, AT_ONCE):
        with desk.ledger.write() as connection:
            pen = Pen(desk, connection)
            numbers = Numbers(connection, desk.side.unit, desk.settings["device"], desk.today().year)
            for _ in range(min(AT_ONCE, count - start)):
                values = {**next(texts), "number": numbers.next()}
                pen.set(Place("problem"), values, audience.of_record(desk, dict(values), pen.registry))
            tops = pen.put()
            if desk.is_county:
                audience.link(desk, connection, tops)


def change(office: Office, *, edits: int, new: int, voids: int, seed: int = 2) -> None:
    """A busy month: three fields of some records rewritten, some records new, some void. One operation each."""
    dice = _dice(seed)
    desk = office.desk
    with desk.ledger.read() as connection:
        every = sorted(connection.scalars(select(problem.c.id)))
    tops = dice.sample(every, edits + voids)
    for start in range(0, len(tops), AT_ONCE):
        with desk.ledger.write() as connection:
            pen = Pen(desk, connection)
            some = fold.reduce_many(connection, tops[start : start + AT_ONCE], pen.registry)
            for number, (_, history) in enumerate(some, start):
                place = Place("problem", history.top, history)
                aud = audience.of_record(desk, dict(history.records[history.top].values), pen.registry)
                if number < edits:
                    pen.set(place, _progressed(dice), aud)
                else:
                    pen.void(place, desk.today().isoformat(), aud, "重复登记")
            pen.put()
    fill(office, new, seed=seed)


def problems(dice: random.Random, towns: Sequence[str]) -> Iterator[dict[str, Value]]:
    """One problem after another: id and twelve Chinese texts, about 0.9 KB, with dates."""
    while True:
        town, place, what = dice.choice(towns), dice.choice(_WHERE), dice.choice(_WHAT)
        found = FIRST_DAY + timedelta(days=dice.randrange(1_200))
        due = found + timedelta(days=dice.randrange(30, 600))
        kind = dice.choices(("time_limited", "long_term"), (65, 35))[0]
        measures = dice.sample(_DONE, 5)
        done = kind == "time_limited" and dice.random() < 0.6
        pace = "completed" if done else dice.choice(("on_schedule", "behind", "ahead"))
        yield {
            "source": dice.choice(_SOURCES),
            "round": f"{found.year}年",
            "batch": f"第{dice.randrange(1, 13)}批",
            "description": f"{town}{place}{what}，涉及面积约{dice.randrange(5, 900)}平方米，"
            f"群众反映{dice.randrange(1, 30)}次，第{dice.randrange(100_000)}号清单所列问题至今未全部整改到位。",
            "goal": f"{place}{what[:8]}问题全部整改到位，建立长效机制，不再反弹。",
            "measures_text": "".join(f"{n}.{m}；\n" for n, m in enumerate(measures, 1)),
            "categories": dice.choice(_KINDS),
            "township": town,
            "place": f"{town}{place}{dice.randrange(1, 40)}组",
            "lead_unit": f"{town}人民政府",
            "person": dice.choice(_NAMES) + "某",
            "phone": f"139{dice.randrange(10**8):08}",
            "progress": f"已完成{measures[0]}，正在{measures[1]}，完成工程量约{dice.randrange(1, 100)}%。",
            "found_on": found.isoformat(),
            "deadline": due.isoformat() if kind == "time_limited" else None,
            "deadline_kind": facts.with_event(None, "", kind),
            "pace": facts.with_event(None, "", pace),
            **({"completed_on": facts.with_event(None, due.isoformat(), "completed")} if done else {}),
        }


def _dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - texts, no secrets


def _progressed(dice: random.Random) -> dict[str, Value]:
    """The three fields that a township writes every month."""
    done, of_all = dice.sample(_DONE, 2), dice.randrange(1, 100)
    return {
        "progress": f"本月已完成{done[0]}、{done[1]}，完成工程量约{of_all}%，第{dice.randrange(10**6)}次调度。",
        "pace": facts.with_event(None, "2024-05-31", dice.choice(("behind", "ahead", "on_schedule"))),
        "person": dice.choice(_NAMES) + dice.choice("某小大"),
    }


def main() -> int:
    """Make a county's home."""
    given = argparse.ArgumentParser(description="造一个县的数据文件夹，供试用和测速")
    given.add_argument("folder", type=Path)
    given.add_argument("--records", type=int, default=2_000)
    asked = given.parse_args()
    office = make_county(asked.folder, asked.records)
    print(f"{office.here.name}：{len(TOWNS)} 个乡镇，{asked.records} 个问题，在 {asked.folder}")
    office.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
