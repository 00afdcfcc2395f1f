"""Inspections out of lists: finished ones, one half filled, findings with and without problems, zero reports."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from models.domain import words
from models.services.base import checklist_versions
from models.services.views.inspections import Asked, InspectionChoices, InspectionLine, Themed
from models.services.views.inspections import Place as Site
from tests.gui.fake_campaigns import figures, findings
from tests.gui.fake_names import PEOPLE, TODAY, TOWNS

PLACES = ("永丰砂石料场 上坪村 上坪村 2 组", "下洲村", "白水砖厂 白水村 村口", "新街农贸市场", "大塘村 大塘养殖小区")
THEMES = ("大气：四尘三烟三气", "农村生活污水与黑臭水体、畜禽养殖", "建筑垃圾与生活垃圾")
NOTED = "东侧 2 号砂堆约 300 立方米未覆盖，喷淋管断裂，风大时有扬尘。"
# state, answered, found, registered
RESULTS = (
    ("open", 11, 1, 0),
    ("finished", 27, 2, 2),
    ("zero", 0, 0, 0),
    ("finished", 18, 0, 0),
    ("finished", 27, 3, 1),
)


class FakeInspections:
    """One unit's inspections, or a county's; what is written is remembered."""

    def __init__(self, size: int = 22, *, county: bool = False) -> None:
        self.size, self.county = size, county
        self.calls: list[tuple] = []
        self.refusal = None
        self.given: dict[str, dict] = {}
        self.rest, self.stage = "", "open"
        self.made: list[dict] = []  # problems

    def lines(self, since=None):
        return tuple(self._line(row) for row in range(self.size))

    def _line(self, row):
        state, answered, found, registered = RESULTS[row % len(RESULTS)]
        zero = state == "zero"
        return InspectionLine(
            f"{row:032x}", f"361021101-J2026-{row:04}-AB", (TODAY - timedelta(days=row)).isoformat(),
            ("patrol", "campaign", "visit")[row % 3], state, "" if zero else THEMES[row % len(THEMES)],
            "" if zero else PLACES[row % len(PLACES)], TOWNS[row % len(TOWNS)] if self.county else TOWNS[0],
            f"{PEOPLE[0]}、{PEOPLE[1]}", "秋冬季大气专项排查" if row % 3 == 1 else "", answered, found, registered,
        )  # fmt: skip

    def zero(self, values=None):
        self.calls.append(("zero", values))
        return {"id": "f" * 32, "zero": "true", **(values or {})}

    def choices(self):
        themes = tuple(Themed(theme, f"{word}（程序自带第 1 版）", 20) for theme, word in words.THEME.items())
        places = tuple(Site(f"{at:032x}", name, "上坪村") for at, name in enumerate(("永丰砂石料场", "白水砖厂")))
        return InspectionChoices(
            themes, places, (Asked("ca" * 16, "秋冬季大气专项排查", "air-shipped-1"),), ("上坪村",)
        )

    def show(self, id):
        """Half filled: a third is answered, one of them 否, with a photo."""
        items = checklist_versions.shipped("air").items
        lines = [
            {"item": one.id, "theme": "air", "checklist": "air-shipped-1", "group": one.group, "text": one.text,
             "how": one.how, "basis": one.basis, "evidence": one.evidence, "severity": one.severity, "score": one.score,
             "id": f"a{at:031x}", "answer": self._said(at), "note": NOTED if at == 6 else None, "in_bulk": None,
             "problem": None, "again": {"times": 2, "day": "2026-09-30"} if at == 6 else None}
            for at, one in enumerate(items)
        ]  # fmt: skip
        self._answer(lines)
        counts = Counter(one["answer"] for one in lines)
        photo = {"id": "e1" * 16, "part": f"a{6:031x}", "picture": "", "shot_at": "2026-11-23 10:12:00"}
        return {
            "id": id, "number": "361021101-J2026-0037-AB", "kind": "campaign", "inspected_on": "2026-11-23",
            "village": "上坪村", "place": "2 组", "people": "王秀兰、李志强", "leader": None, "stage": self.stage,
            "zero": None, "checklists": "air-shipped-1", "campaign": None, "void": None, "unit": "361021101",
            "source_record": {"id": "5" * 32, "title": "永丰砂石料场", "number": "", "void": None}, "answers": lines,
            "counts": {"yes": counts["yes"], "no": counts["no"], "na": counts["na"], "left": counts[None]},
            "marks": [{"checklist": "air-shipped-1", "full": 100, "got": 86, "percent": 86.0}], "problems": self.made,
            "evidence": [photo],
        }  # fmt: skip

    @staticmethod
    def _said(at):
        return ("no" if at == 6 else "na" if at == 4 else "yes") if at < 9 else None

    def _answer(self, lines):
        by_item = {line["item"]: line for line in lines}
        for item, some in self.given.items():
            by_item[item] |= some
        for line in lines:
            if self.rest and not line["answer"]:
                line |= {"answer": self.rest, "in_bulk": "true"}
        for one in self.made:
            by_item[one["item"]]["problem"] = one["id"]

    def answer(self, id, answers, notes=None, rest="", seen=None):
        self.calls.append(("answer", dict(answers), dict(notes or {}), rest))
        for item, text in answers.items():
            self.given.setdefault(item, {})["answer"] = text
        for item, text in (notes or {}).items():
            self.given.setdefault(item, {})["note"] = text
        self.rest = rest or self.rest
        return self.show(id)

    def finish(self, id, day=""):
        self.stage = "finished"
        return self.show(id)

    def edit(self, id, values, why=""):
        self.calls.append(("edit", dict(values)))
        return self.show(id)

    def add(self, values):
        self.calls.append(("add", dict(values)))
        return self.show("e" * 32)

    def read_form(self, path, progress):
        if self.refusal is not None:
            raise self.refusal
        return self.show("e" * 32)

    def register(self, id, item, values=None, *, fixed=False):
        self.calls.append(("register", item, fixed))
        made = {"id": "bb" * 16, "number": "361021101-2026-0042-AB"}
        self.made.append(made | {"title": "", "stage": "open", "item": item})
        return made | {"deadline": "2026-12-23"}

    def figures(self, *, as_of=None):
        del as_of
        return figures(county=self.county) if self.size else {"units": [], "matrix": [], "themes": []}

    def findings(self, wanted):
        self.calls.append(("findings", wanted))
        return findings()


class FakeChecklists:
    """Those that the program carries along; what is issued or added is remembered."""

    def __init__(self) -> None:
        self.issued: dict[str, list[dict]] = {}
        self.local: list[dict] = []

    def _about(self, theme):
        items = self.issued.get(theme) or checklist_versions.shipped(theme).content()
        maker = "county" if theme in self.issued else "shipped"
        return {"theme": theme, "code": f"{theme}-{maker}-1", "maker": maker, "version": 1, "count": len(items)}, items

    def list(self):
        return [self._about(theme)[0] for theme in words.THEME]

    def show(self, name):
        about, items = self._about(name)
        local = [one for one in self.local if one["theme"] == name]
        return about | {"items": items, "local": local, "retired": [], "versions": []}

    def issue(self, theme, content):
        self.issued[theme] = [dict(one) for one in content]
        return self.show(theme)

    def add_item(self, theme, values):
        self.local.append({"id": "c" * 32, "theme": theme, "unit": "361021101", "void": None, **values})
        return self.local[-1]

    def retire_item(self, id, why):
        self.local = [one for one in self.local if one["id"] != id]
        return {"id": id}
