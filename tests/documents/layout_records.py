"""What the rows of a generated ledger say, and what must be understood of each cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from tests.documents.layout_words import KINDS, NAMES, SOURCES, THINGS, TOWNS, UNITS


@dataclass
class Cell:
    """What is typed, and what must be understood: values and facts; None where a person must decide."""

    typed: object
    values: dict[str, object] = field(default_factory=dict)
    facts: dict[str, tuple[str, date | None]] = field(default_factory=dict)
    unsure: bool = False


class Teller:
    """Makes the cells of records. `suffix`: what cannot be typed into a text file is not."""

    def __init__(self, random: Random, suffix: str) -> None:
        self.r = random
        self.suffix = suffix
        self.chosen: dict[str, str] = {}  # field → heading

    def day(self) -> date:
        return date(2021, 1, 1) + timedelta(days=self.r.randrange(1200))

    def typed_day(self, day: date) -> object:
        forms = ["{y}.{m}.{d}", "{y}-{m:02}-{d:02}", "{y}年{m}月{d}日", "{y}/{m}/{d}", "{y}{m:02}{d:02}"]
        if self.suffix == "csv" or self.r.random() < 0.5:
            form = self.r.choice(forms)
            text = form.format(y=day.year, m=day.month, d=day.day)
            return text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}) if self.r.random() < 0.1 else text
        if self.r.random() < 0.3:
            return (day - date(1899, 12, 30)).days
        return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - as a cell holds it

    def contact(self) -> Cell:
        name = self.r.choice(NAMES)
        mobile = "1" + self.r.choice("3578") + "".join(self.r.choice("0123456789") for _ in range(9))
        phone = self.r.choice([mobile, mobile, f"0794-7{self.r.randrange(100000, 999999)}"])
        joint = self.r.choice(["\n", " ", "", "：", "，"])
        if self.r.random() < 0.1:
            other = "13" + "".join(self.r.choice("0123456789") for _ in range(9))
            return Cell(f"{name} {phone}、{other}", {"phone": phone, "person": f"{name}、{other}"})
        return Cell(f"{name}{joint}{phone}", {"person": name, "phone": phone})

    def deadline(self, found: date | None) -> Cell:
        year, month = self.r.randrange(2022, 2027), self.r.randrange(1, 13)
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        limited = {"deadline_kind": ("time_limited", None)}
        at_once = {"deadline_kind": ("immediate", None)}
        day, days = self.day(), self.r.choice([7, 15, 30])
        due = {"deadline": (found + timedelta(days=days)).isoformat()} if found else {"deadline": None}
        words = [f"{days}天", f"{days}日内", str(days) if self.suffix == "csv" else days]
        typed = Cell(self.typed_day(day), {"deadline": day.isoformat()}, limited)
        none: dict[str, object] = {"deadline": None}
        return self.r.choice(
            [
                Cell(f"{year}年{month}月底", {"deadline": end.isoformat()}, limited),
                Cell(f"{year}年{month}月", {"deadline": end.isoformat()}, limited),
                Cell(f"{year}年底前", {"deadline": f"{year}-12-31"}, limited),
                Cell("长期坚持", none, {"deadline_kind": ("long_term", None)}),
                Cell("立行立改", none, at_once),
                Cell(f"{year}年底前，并长期坚持", {"deadline": f"{year}-12-31", "long_term_too": "true"}, limited),
                Cell("立行立改，长期坚持", none | {"long_term_too": "true"}, at_once),
                Cell(self.r.choice(words), due, limited if found else {}, unsure=found is None),
                Cell(f"{year}.2.30", none | {"deadline_text": f"{year}.2.30"}, unsure=True),
                Cell(f"{year % 100}.{month}.15", none, unsure=True),
                Cell(f"{year}年{month}月上旬", none, unsure=True),
                typed,
                typed,
            ]
        )

    def problem(self, number: int, fields: set[str]) -> dict[str, Cell]:
        r = self.r
        town = r.choice(TOWNS)
        text = f"{town}{r.choice(THINGS).format(n=r.randrange(2, 900))}（{number}）"
        found = self.day()
        cells = {
            "source": self.text("source", r.choice(SOURCES)),
            "round": self.text("round", r.choice(["第一轮", "第二轮", "2023年"])),
            "batch": self.text("batch", f"第{r.choice('一二三四')}批"),
            "description": self.text("description", text),
            "categories": self.listed("categories", KINDS),
            "goal": self.text("goal", "治污设施与生产同步运行。"),
            "measures_text": self.text("measures_text", f"1.限期清运；\n2.设置卡口{r.randrange(1, 9)}处。"),
            "township": self.text("township", town),
            "place": self.text("place", f"{town}山口村"),
            "lead_unit": self.text("lead_unit", f"{town}人民政府"),
            "responsible_units": self.listed("responsible_units", UNITS),
            "cooperating_units": self.listed("cooperating_units", UNITS),
            "supervising_unit": self.text("supervising_unit", r.choice(UNITS)),
            "leader": self.text("leader", r.choice(NAMES)),
            "contact": self.contact(),
            "person": self.text("person", r.choice(NAMES)),
            "phone": self.text("phone", r.choice(["13918886615", "0794-7251234", "15979401234"])),
            "progress": self.text(
                "progress", r.choice(["已完成招标，正在进场施工，完成工程量约60%。", "正在持续推进，未发现反弹。"])
            ),
            "remark": self.text("remark", r.choice(["", "", "省级重点", "与上年度第3号合并"])),
            "detention": Cell(r.choice([0, 1, 2])),
            "level": Cell(r.choice(["一般", "较大", "重大"])),
            "unknown": Cell(f"ZX-{number:03}"),
        }
        cells["found_on"] = Cell(self.typed_day(found), {"found_on": found.isoformat()})
        code = f"抚{100 + number}"
        if self.chosen.get("city_number") == "问题序号":
            cells["city_number"] = Cell(f"序号{number}（市序号{code}）", {"city_number": code})
        else:
            cells["city_number"] = Cell(code, {"city_number": code})
        cells["deadline"] = self.deadline(found if "found_on" in fields else None)
        if "deadline_kind" in fields:
            kind = cells["deadline"].facts.get("deadline_kind", ("time_limited", None))[0]
            word = {"time_limited": "限期整改", "long_term": "长期坚持", "immediate": "立行立改"}[kind]
            cells["deadline_kind"] = Cell(word, {}, {"deadline_kind": (kind, None)})
            cells["deadline"].facts = {}
        self.states(cells, fields)
        return cells

    def states(self, cells: dict[str, Cell], fields: set[str]) -> None:
        r = self.r
        done, closed = r.random() < 0.6, r.random() < 0.6
        day = self.day()
        later = day + timedelta(days=r.randrange(1, 90))
        dated = done and "completed_on" in fields
        cells["completed"] = Cell(
            r.choice(["是", "已完成", "√"] if done else ["否", "未完成", "正在整改"]),
            {},
            {"completed_on": ("completed" if done else "open", day if dated else None)},
        )
        cells["completed_on"] = Cell(
            self.typed_day(day) if done else r.choice(["/", "", "无"]),
            {},
            {"completed_on": ("completed", day)} if done else {},
        )
        stage = ("closed" if closed else r.choice(["closing", "none"])) if done else "none"
        word = {"closed": ["已销号", "已销号", "完成销号"], "closing": ["销号中", "正在销号"], "none": ["未销号", "/"]}[
            stage
        ]
        shown = r.choice(word)
        closing_day = later if stage == "closed" and "closed_on" in fields else None
        cells["closing"] = Cell(shown, {}, {} if shown == "/" else {"closing_stage": (stage, closing_day)})
        cells["closed_on"] = Cell(
            self.typed_day(later) if stage == "closed" else "/",
            {},
            {"closing_stage": ("closed", later)} if stage == "closed" else {},
        )
        if not {"completed", "completed_on"} & fields and stage in {"closed", "closing"} and "closing" in fields:
            cells["closing"].facts["completed_on"] = ("completed", None)  # the day is implied where there is one
        pace = {"closed": ("完成交账销号", "closed"), "closing": ("完成整改", "completed")}.get(
            stage,
            ("完成整改", "completed")
            if done
            else r.choice(
                [
                    ("达到序时进度", "on_schedule"),
                    ("未达到序时进度", "behind"),
                    ("超过序时进度", "ahead"),
                    ("尚未启动", "not_started"),
                ]
            ),
        )
        cells["pace"] = Cell(pace[0], {}, {"pace": (pace[1], None)})

    def text(self, name: str, said: str) -> Cell:
        return Cell(said, {name: said} if said else {})

    def listed(self, name: str, of: list[str]) -> Cell:
        some = self.r.sample(of, self.r.choice([1, 1, 2, 3]))
        joint = self.r.choice(["、", "，", "\n", "；", ","])
        return Cell(joint.join(some), {name: "；".join(some)})

    def petition(self, number: int, fields: set[str]) -> dict[str, Cell]:
        r = self.r
        town = r.choice(TOWNS)
        day = self.day()
        receipt = f"{r.choice('XD')}3JX{day:%Y%m%d}{number:04}"
        finish = r.choice(
            [("已办结", "finished"), ("阶段性办结", "staged"), ("正在办理", "open"), ("已办结", "finished")]
        )
        verified = r.choice([("属实", "true"), ("基本属实", "mostly"), ("部分属实", "partly"), ("不属实", "false")])
        fine = r.choice([0, 2, 5.5, 12.34])
        in_yuan = "fine_wan" in fields and self.chosen["fine_wan"].endswith("（元）")
        cells = {
            "receipt_number": Cell(r.choice([receipt, receipt, f" {receipt} "]), {"receipt_number": receipt}),
            "batch": self.text("batch", f"第{r.choice('一二三四')}批"),
            "content": self.text(
                "content", f"来信反映：{town}{r.choice(THINGS).format(n=r.randrange(2, 99))}（{number}）"
            ),
            "township": self.text("township", town),
            "pollution_kinds": self.listed("pollution_kinds", KINDS),
            "investigation": self.text("investigation", "经现场调查核实，反映情况属实。"),
            "verified": Cell(verified[0], {"verified": verified[1]}),
            "handling": self.text("handling", "1.立案处罚；\n2.安装用电监控。"),
            "lead_unit": self.text("lead_unit", f"{town}人民政府"),
            "contact": self.contact(),
            "duplicate": r.choice([Cell("是", {"duplicate": "true"}), Cell("否", {"duplicate": "false"})]),
            "remark": self.text("remark", r.choice(["", "市级督办"])),
            "detention": Cell(r.choice([0, 1, 2])),
            "unknown": Cell(f"ZX-{number:03}"),
            "fine_wan": Cell(
                round(fine * 10000) if in_yuan else fine, {"fine_wan": int(fine) if fine == int(fine) else fine}
            ),
        }
        for name in ("orders", "cases", "talks", "accountability"):
            count = r.randrange(4)
            cells[name] = Cell(count, {name: count}) if r.random() < 0.8 else Cell("/")
        cells["found_on"] = Cell(self.typed_day(day), {"found_on": day.isoformat()})
        later = day + timedelta(days=r.randrange(1, 60))
        ended = finish[1] == "finished"
        cells["finish"] = Cell(
            finish[0], {}, {"finish_state": (finish[1], later if ended and "finished_on" in fields else None)}
        )
        cells["finished_on"] = Cell(
            self.typed_day(later) if ended else "/", {}, {"finish_state": ("finished", later)} if ended else {}
        )
        shut = ended and r.random() < 0.8
        cells["closing"] = Cell(
            "已销号" if shut else "未销号", {}, {"closing_stage": ("closed" if shut else "none", None)}
        )
        return cells
