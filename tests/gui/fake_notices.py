"""Notices out of lists: some wait for an answer, some are late, answered or ended; a few are proposed."""

from __future__ import annotations

from datetime import timedelta

from models.domain import words
from models.domain.notices import TEMPLATES
from models.domain.paper import Paper, Text, facts
from models.services.views.notices import Draft, Proposal
from tests.gui.fake_names import TITLES, TODAY, TOWNS

STATES = ("overdue", "open", "open", "replied", "replied", "closed")
KINDS = ("supervision", "reminder", "month_request", "reminder", "supervision", "assignment")
REPLY = "收到督办函后，镇主要负责同志到现场研究，已组织 2 台挖机清场，剩余 40 台车壳 12 月 5 日前清完。"


class FakeNotices:
    """One unit's notices, or a county's; what is written is remembered."""

    def __init__(self, size: int = 22, *, county: bool = False) -> None:
        self.county = county
        self.calls: list[tuple] = []
        self.refusal = None
        self.records = [self._record(at) for at in range(min(size, 12 if county else 6))]
        self.proposed = [self._proposal(at) for at in range(7)] if county and size else []

    def _record(self, at):
        state, kind = STATES[at % len(STATES)], KINDS[at % len(KINDS)]
        town = TOWNS[at % len(TOWNS)] if self.county else TOWNS[0]
        due = TODAY + timedelta(days=-3 if state == "overdue" else 5 + at)
        one = TEMPLATES[kind]
        about = [{"id": f"{n:032x}", "number": f"361021-2026-{n:04}A", "title": TITLES[n]} for n in range(at % 3 + 1)]
        lines = "\n".join(f"{n}．{each['title']}（{each['number']}）" for n, each in enumerate(about, 1))
        said = {"单位": town, "问题清单": lines, "回复期限": f"{due.month}月{due.day}日", "月份": "2026年11月"}
        text = one["text"]
        for name, value in said.items():
            text = text.replace(f"{{{name}}}", value)
        replied = state in ("replied", "closed")
        return {
            "id": f"{900 + at:032x}", "number": f"{one['word']}〔2026〕{at + 1}号-AC", "kind": kind, "township": town,
            "township_name": town, "title": one["title"].replace("{月份}", "2026年11月"), "text": text,
            "issued_on": "2026-11-02", "answer_by": due.isoformat(), "state": state,
            "about": [] if kind == "month_request" else about, "reply": REPLY if replied else None,
            "replied_on": "2026-11-18" if replied else None, "replied_by": "王秀兰" if replied else None,
            "opinion": "已按要求整改，予以办结。" if state == "closed" else None,
            "ended_on": "2026-11-20" if state == "closed" else None,
        }  # fmt: skip

    def _proposal(self, at):
        kind = "supervision" if at < 2 else "reminder"
        why = "提示单发出 12 天后仍是红灯" if at < 2 else "连续 2 个月末是橙灯" if at % 2 else f"逾期 {20 + at} 天"
        orange = at >= 2 and at % 2
        town = TOWNS[at % 4]
        return Proposal(
            kind,
            f"{at:032x}",
            f"361021-2026-{at:04}A",
            TITLES[at],
            f"3610211{at % 4:02}",
            town,
            "orange" if orange else "red",
            "连续 3 个月未达到序时进度" if orange else f"逾期 {20 + at} 天",
            why,
        )

    def _write(self, *call):
        if self.refusal is not None:
            raise self.refusal
        self.calls.append(call)

    def _change(self, id, **values):
        one = next(one for one in self.records if one["id"] == id)
        one |= values
        return one

    def list(self):
        return tuple(dict(one) for one in self.records)

    def proposals(self):
        return tuple(self.proposed)

    def draft(self, kind):
        one = TEMPLATES[kind]
        return Draft(kind, one["title"], one["text"], (TODAY + timedelta(days=one["days"])).isoformat())

    def paper(self, id):
        one = next(one for one in self.records if one["id"] == id)
        lines = [Text(line) for line in one["text"].split("\n")]
        more = [facts(("回复", one["reply"]), ("回复人", one["replied_by"]))] if one["reply"] else []
        return Paper(one["title"], (*lines, Text("临江县环委办", right=True), *more), line=one["number"])

    def preview(self, values):
        if self.refusal is not None:
            raise self.refusal
        towns = [TOWNS[int(unit[-2:])] for unit in values["township"].split("；")]
        texts = [values["text"].replace("{单位}", town) for town in towns]
        return tuple(Paper(values["title"], (Text(text),), line="文号发出时由程序编") for text in texts)

    def issue(self, values):
        self._write("issue", dict(values))
        made = []
        for unit in values["township"].split("；"):
            one = {**self._record(1), "id": f"{990 + len(self.records):032x}", "township": unit, "kind": values["kind"]}
            self.records.append(one)
            made.append(one)
        return tuple(made)

    def reply(self, id, values):
        self._write("reply", id, dict(values))
        return self._change(
            id, state="replied", reply=values["reply"], replied_on=TODAY.isoformat(), replied_by="王秀兰"
        )

    def close(self, id, opinion):
        self._write("close", id, opinion)
        return self._change(id, state="closed", opinion=opinion, ended_on=TODAY.isoformat())

    def void(self, id, why):
        self._write("void", id, why)
        return self._change(id, state="void", void_on="2026-11-23", void_why=why)


assert set(KINDS) == set(words.NOTICE_KIND)
