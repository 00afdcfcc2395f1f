"""月报: the county's paragraph, every breakdown, and the lists behind the figures, from one read transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from models.domain import breakdown, facts, light, words
from models.domain import meaning as meanings
from models.domain.breakdown import PETITIONS, PROBLEMS, WAYS, Seen, Way
from models.domain.light import SLOW
from models.domain.meaning import FIGURES, PENALTIES, RATES, SHOWN, SWITCHES, Meaning
from models.domain.paper import Block, Book, Fields, Paper, Table, Text
from models.domain.tally import Item, PetitionCounts, paragraph
from models.domain.template import COLUMN, WHOLE, Known
from models.services.base import counting
from models.services.base.counting import Counted
from models.services.base.desk import Desk
from models.services.figures import seals

SOON = 30  # days before the deadline
_TITLE = {"problem": words.TABLE["problem"], "petition": words.TABLE["petition"]}
ALL, FORM = "合计", "monthly"
NOBODY = "没有。"


def book(
    desk: Desk, connection: Connection, as_of: date | None, known_by: date | None, *, seal: int | None,
    meaning: Meaning,
) -> Book:  # fmt: skip
    """The workbook of a day; `seal`: of the day, and from what was known, when it was sealed."""
    return _monthly(desk, connection, as_of, known_by, seal, meaning).book()


def matrix(
    desk: Desk, connection: Connection, as_of: date | None, known_by: date | None, *, seal: int | None = None,
    meaning: Meaning,
) -> Paper:  # fmt: skip
    """The townships of a day beside one another, on one paper."""
    return _monthly(desk, connection, as_of, known_by, seal, meaning).matrix()


def _monthly(
    desk: Desk, connection: Connection, as_of: date | None, known_by: date | None, seal: int | None, meaning: Meaning
) -> _Monthly:  # fmt: skip
    looked = look(desk, connection, as_of, known_by, seal)
    return _Monthly(looked.whole, looked.known, desk.here().name, meaning)


def template(desk: Desk, connection: Connection) -> tuple[Paper, Known]:
    """The report as the program has it with places, and every place that one of an office may have."""
    whole = book(desk, connection, None, None, seal=None, meaning=Meaning())
    known = Known(frozenset(whole.fields.values), dict.fromkeys(whole.fields.lists, ()))
    blocks: list[Block] = []
    for paper in whole.papers:
        blocks.append(Text(paper.title, strong=True))
        names = iter(_tables(paper))
        for block in paper.blocks:
            if isinstance(block, Text):
                blocks.append(block if block.strong else Text("【概述】"))
            else:
                blocks.append(Text(f"【{WHOLE}{COLUMN}{next(names)}】"))
    foot = whole.papers[0].foot.replace(whole.fields.values["填报单位"], "【填报单位】")
    return Paper("【标题】", tuple(blocks), "【日期】", foot, landscape=True), known


def _fields(title: str, papers: Sequence[Paper], unit: str) -> Fields:
    told = "\n".join(one.text for one in papers[0].blocks if isinstance(one, Text) and not one.strong)
    tables = {name: one for paper in papers for name, one in _tables(paper).items()}
    return Fields({"标题": title, "日期": papers[0].line, "概述": told, "填报单位": unit}, tables)


def _tables(paper: Paper) -> dict[str, Table]:
    """The tables of a sheet by the heading above each: 问题分类统计 按乡镇."""
    name, found = paper.title, dict[str, Table]()
    for block in paper.blocks:
        if isinstance(block, Text) and block.strong:
            name = f"{paper.title} {block.text.partition('（')[0]}"
        elif isinstance(block, Table):
            found[name] = block
    return found


class Looked(NamedTuple):
    """What a printed report is made from, and what it says of itself."""

    whole: Counted
    known: str  # until when things were known, in words
    until: str | None  # the same as a moment in UTC; None: now


def look(desk: Desk, connection: Connection, as_of: date | None, known_by: date | None, seal: int | None) -> Looked:
    """Everything as of a day, from what was known on another, or when the day was sealed."""
    if seal is not None:
        sealed = seals.found(connection, seal)
        whole = counting.known(connection, date.fromisoformat(sealed.as_of), sealed.at)
        return Looked(whole, f"{sealed.known_by}（第 {sealed.number} 次封账）", sealed.at)
    whole = counting.read(desk, connection, as_of, known_by)
    if known_by is None:
        return Looked(whole, desk.wall()[:16].replace("T", " "), None)
    return Looked(whole, f"{known_by.isoformat()} 当天结束", desk.end_of_day(known_by))


class _Monthly:
    """One report under way."""

    def __init__(self, whole: Counted, known: str, unit: str, meaning: Meaning) -> None:
        self._whole, self._day, self._unit, self._meaning = whole, whole.sight.day, unit, meaning
        self._line = f"填报单位：{unit}    截至日期：{_said(self._day)}    已知截至：{known}"
        self._problems = whole.seen("problem")
        self._petitions = whole.seen("petition", merged_once=meaning.merged_once)

    def book(self) -> Book:
        """All of it."""
        ways = [way for way in PROBLEMS if way.name != "township"]
        papers = (
            self._paper("概述", *self._summary()),
            self._paper(
                "按乡镇",
                self._broken_down(WAYS["problem"]["township"], chart=True),
                Text("亮灯情况", strong=True),
                self._lights(),
            ),
            self._paper("问题分类统计", *self._tables(ways, self._problems)),
            self._paper("信访件统计", *self._tables(PETITIONS, self._petitions), *self._penalties()),
            self._paper(words.CLOSING_STAGE["closed"], self._closed()),
            self._paper("逾期", self._due(lambda days: days < 0)),
            self._paper(f"{SOON} 天内到期", self._due(lambda days: 0 <= days <= SOON)),
            self._paper("未达序时", self._behind()),
            self._paper("未填月调度", self._not_told()),
            self._paper("口径", self._meanings()),
        )
        title = f"{self._day.year}年{self._day.month}月生态环境问题整改月报"
        return Book(title, papers, form=FORM, fields=_fields(title, papers, self._unit))

    def matrix(self) -> Paper:
        """What each township came to, its lights, and how far acceptance is."""
        way = WAYS["problem"]["township"]
        title = f"{self._day.year}年{self._day.month}月各乡镇整改情况一览表"
        return self._paper(
            title, self._broken_down(way), Text("亮灯情况", strong=True), self._lights(),
            Text("验收走到哪一步", strong=True), self._accepted(),
        )  # fmt: skip

    def _paper(self, title: str, *blocks: Block) -> Paper:
        foot = f"填报单位（盖章）：{self._unit}        填报人：            审核人：            填报日期：    年  月  日"
        return Paper(title, blocks, self._line, foot, landscape=True)

    # ------------------------------------------------------------------------------------- figures

    def _summary(self) -> Iterable[Block]:
        before = self._day.replace(day=1) - timedelta(days=1)
        day = self._whole.day
        yield Text(paragraph(breakdown.problems(self._problems), breakdown.petitions(self._petitions, day), day))
        for table, seen in (("problem", self._problems), ("petition", self._petitions)):
            then = breakdown.seen(
                table, self._whole.items[table], before.isoformat(), merged_once=self._meaning.merged_once
            )
            now, was = breakdown.counted(table, seen, day), breakdown.counted(table, then, before.isoformat())
            rows = [
                (one.heading, str(n := getattr(now, name)), str(w := getattr(was, name)), f"{n - w}", one.says)
                for name, one in FIGURES[table].items()
            ]
            rows += [
                (RATES[name], str(rate), str(old), "", meanings.rate_says(name, self._meaning))
                for (name, rate), old in zip(self._rates(now).items(), self._rates(was).values(), strict=True)
            ]
            yield Text(_TITLE[table], strong=True)
            headings = ("指标", "本期", f"上月末（{before.month}月{before.day}日）", "增减", "口径")
            yield Table(tuple(rows), (14, 9, 12, 9, 56), headings, frozenset({1, 2, 3}), frozenset({1, 2, 3}))

    def _rates(self, counts: breakdown.Counts) -> dict[str, meanings.Rate]:
        if isinstance(counts, PetitionCounts):
            return meanings.petition_rates(counts, self._meaning)
        return meanings.problem_rates(counts, self._meaning)

    def _tables(self, ways: Iterable[Way], some: Sequence[Seen]) -> Iterable[Block]:
        for way in ways:
            several = "（一条可以有几个，各行相加大于合计）" if way.several else ""
            yield Text(f"按{way.label}{several}", strong=True)
            yield self._broken_down(way, some)

    def _broken_down(self, way: Way, some: Sequence[Seen] | None = None, *, chart: bool = False) -> Table:
        """The figures of each value of a way, and of all."""
        seen = self._problems if some is None else some
        names = SHOWN[way.table]
        rows = [(name, *self._row(way.table, few)) for name, few in self._named(way, seen)]
        rates = RATES["completion" if way.table == "problem" else "finish"], RATES["closing"]
        headings = (way.label, *(FIGURES[way.table][name].heading for name in names), *rates)
        places = range(1, len(headings))
        bars = tuple(names.index(name) + 1 for name in ("total", "completed", "closed")) if chart else ()
        return Table(
            tuple(rows), (24, *(8 for _ in places)), headings, frozenset(places), frozenset(places), bars
        )  # fmt: skip

    def _named(self, way: Way, some: Sequence[Seen]) -> list[tuple[str, Sequence[Seen]]]:
        """The records of each value of a way by its name, at last all of them."""
        groups = breakdown.groups(way, some, self._whole.sight)
        return [*((self._whole.name(way, key), few) for key, few in groups.items()), (ALL, some)]

    def _row(self, table: str, some: Sequence[Seen]) -> tuple[str, ...]:
        counts = breakdown.counted(table, some, self._whole.day)
        return (*(str(getattr(counts, name)) for name in SHOWN[table]), *map(str, self._rates(counts).values()))

    def _lights(self) -> Table:
        """乡镇 × 灯."""
        return self._crossed(WAYS["problem"]["light"], light.ORDER)

    def _accepted(self) -> Table:
        """乡镇 × 验收环节: the stages at which any problem is."""
        way = WAYS["problem"]["acceptance"]
        return self._crossed(way, tuple(breakdown.groups(way, self._problems, self._whole.sight)))

    def _crossed(self, way: Way, keys: Sequence[str]) -> Table:
        """乡镇 × the values of one breakdown."""
        rows: list[tuple[str, ...]] = []
        for name, some in self._named(WAYS["problem"]["township"], self._problems):
            found = breakdown.groups(way, some, self._whole.sight)
            rows.append((name, *(str(len(found.get(key, ()))) for key in keys), str(len(some))))
        headings = ("乡镇", *(breakdown.named(way, key) for key in keys), ALL)
        places = frozenset(range(1, len(headings)))
        return Table(tuple(rows), (24, *(8 for _ in places)), headings, places, places)

    def _penalties(self) -> Iterable[Block]:
        rows = [
            (name, *(f"{n:g}" for n in breakdown.penalties(some, PENALTIES).values()))
            for name, some in self._named(WAYS["petition"]["township"], self._petitions)
        ]
        places = frozenset(range(1, len(PENALTIES) + 1))
        yield Text("处罚问责", strong=True)
        yield Table(tuple(rows), (24, *(8 for _ in places)), ("乡镇", *PENALTIES.values()), places, places)

    # ------------------------------------------------------------------------------------- lists

    def _closed(self) -> Table:
        """Problems and petitions that are closed, those of this month first."""
        rows = [
            (facts.since(item.closing, "closed", self._whole.day) or "", _TITLE[table], *self._about(table, item))
            for table, some in (("problem", self._problems), ("petition", self._petitions))
            for item, _ in some
            if facts.state(item.closing, self._whole.day) == "closed"
        ]
        rows.sort(reverse=True)
        return _list(("销号时间", "类别", *_ABOUT), (10, 12, *_WIDE), [(day or "没有写", *rest) for day, *rest in rows])

    def _due(self, wanted: Callable[[int], bool]) -> Table:
        """Problems that are not completed, by the days to their deadline."""
        rows: list[tuple[str, ...]] = []
        for item, standing in self._problems:
            due = breakdown.due_of(item, standing)
            if due is not None and not standing.completed and wanted(days := (due - self._day).days):
                said = self._about("problem", item)
                rows.append((due.isoformat(), str(abs(days)), *said, words.say("pace", standing.pace)))
        return _list(("整改时限", "相差天数", *_ABOUT, "序时进度"), (10, 8, *_WIDE, 11), sorted(rows), numbers={2})

    def _behind(self) -> Table:
        rows = [
            (words.say("pace", standing.pace), breakdown.text(item, "deadline"), *self._about("problem", item))
            for item, standing in self._problems
            if not standing.completed and standing.pace in SLOW
        ]
        return _list(("序时进度", "整改时限", *_ABOUT), (11, 10, *_WIDE), rows)

    def _not_told(self) -> Table:
        """Problems that are to be told of every month, and of which this month's dispatch is not there."""
        month = self._whole.day[:7]
        rows = [
            (month, max((one[:7] for one in item.dispatches.split(";") if "" < one[:7] < month), default="没有填过"),
             *self._about("problem", item))
            for item, standing in self._problems
            if standing.closing != "closed"
            and (standing.kind in self._whole.monthly or standing.kind not in words.DEADLINE_KIND)
            and not any(one.startswith(month) for one in item.dispatches.split(";"))
        ]  # fmt: skip
        return _list(("未填月份", "最近填到", *_ABOUT), (10, 10, *_WIDE), rows)

    def _about(self, table: str, item: Item) -> tuple[str, ...]:
        number, title = ("number", "description") if table == "problem" else ("receipt_number", "content")
        said = (breakdown.text(item, name) for name in (number, title))
        return (*said, self._whole.name(WAYS[table]["township"], item.unit), item.source)

    # ------------------------------------------------------------------------------------- meanings

    def _meanings(self) -> Table:
        rows = [(_TITLE[t], one.heading, one.says) for t, some in FIGURES.items() for one in some.values()]
        rows += [("比率", RATES[name], meanings.rate_says(name, self._meaning)) for name in RATES]
        rows += [("换算法", said, "是" if getattr(self._meaning, name) else "否") for name, said in SWITCHES.items()]
        rows.append(("日期", "截至日期", "只算到这一天为止发生的事"))
        rows.append(("日期", "已知截至", "只用到这个时候为止已经到本机的内容；两个日期相同，数字永远相同"))
        return _list(("类别", "名称", "口径"), (14, 22, 64), rows)


_ABOUT = ("编号", "内容", "乡镇", "来源（批次）")
_WIDE = (13, 40, 14, 14)


def _list(
    headings: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[str]], *, numbers: Iterable[int] = ()
) -> Table:
    """A numbered list; where there is nothing it says so."""
    counted = [(str(at), *row) for at, row in enumerate(rows, 1)] or [("", NOBODY, *("" for _ in headings[1:]))]
    return Table(tuple(counted), (5, *widths), ("序号", *headings), frozenset({0, 1, 2}), frozenset({0, *numbers}))


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
