"""What is done with one campaign: an inspection is begun, zero reported, what a visit left registered, it is voided."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from gui import saying
from gui.dialogs.paper import Paper
from gui.dialogs.question import Question
from gui.jobs import Kind
from gui.panel import Panel
from gui.panels.campaigns.looking import Looking
from gui.panels.inspections.checks import ZERO, ZERO_FIELDS, ZERO_TEXT
from gui.places import Place
from models.domain import words
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.lists import Record

SEND = "去写数据包"
LEFT_FIELDS = ("description", "township", "place", "source", "found_on", "deadline", "lead_unit", "person")
LEFT_TEXT = "来访的人指出的问题，一个一个登记，进入台账以后和别的问题一样整改、销号。"


class CampaignDeeds(QObject):
    """Does what is asked for at the campaign that `looking` shows; what came of it stands in the notice of `panel`."""

    voided = Signal(str)  # id of a campaign

    def __init__(self, panel: Panel, looking: Looking) -> None:
        super().__init__(panel)
        self._panel, self._looking = panel, looking
        self._is_beginning = False  # an inspection is being begun
        looking.begun.connect(self._begin)
        looking.zero.clicked.connect(self._ask_zero)
        looking.problem.clicked.connect(self._ask_problem)
        looking.void.clicked.connect(self._ask_void)

    @property
    def _id(self) -> str:
        return str(self._looking.record["id"])

    # ------------------------------------------------------------------------------------- an inspection

    @Slot(str, str)
    def _begin(self, field: str, value: str) -> None:
        if self._is_beginning:
            return
        self._is_beginning = True
        said = {"campaign": self._id} | ({field: value} if field else {})
        self._panel.ask(partial(self._add, said), self._begun, ended=self._free, kind=Kind.SAVE)

    @Slot()
    def _free(self) -> None:
        self._is_beginning = False

    def _add(self, said: Mapping[str, str], _: Progress) -> Record:
        return self._panel.session.office.inspections.add(said)

    @Slot(object)
    def _begun(self, record: Record) -> None:
        self._tell("inspection", record)
        if self._panel.isVisible():  # nobody who went on is called back
            self._panel.go(Place("inspection/record", id=str(record["id"])))

    # ------------------------------------------------------------------------------------- 零报告

    @Slot()
    def _ask_zero(self) -> None:
        today = self._panel.session.today
        paper = Paper(
            ZERO, ZERO_TEXT, ("inspection", ZERO_FIELDS), ZERO_FIELDS[:1], "报零报告",
            values={"inspected_on": today.isoformat(), "people": str(self._looking.record["people"] or "")},
            today=today, parent=self._panel,
        )  # fmt: skip
        if values := paper.ask():
            self._panel.ask(partial(self._zero, {**values, "campaign": self._id}), self._zeroed, kind=Kind.SAVE)

    def _zero(self, values: Mapping[str, str], _: Progress) -> Record:
        return self._panel.session.office.inspections.zero(values)

    @Slot(object)
    def _zeroed(self, record: Record) -> None:
        day = saying.on_day(record["inspected_on"], self._panel.session.today)
        self._panel.notice.say("success", f"{day}的零报告已保存到本机。", "会随下一个数据包报送。", SEND)
        self._tell("inspection", record)

    # ------------------------------------------------------------------------------------- what a visit left

    @Slot()
    def _ask_problem(self) -> None:
        record, session = self._looking.record, self._panel.session
        fields = tuple(one for one in LEFT_FIELDS if one != "township" or session.is_county)
        units = [str(unit["name"]) for unit in record["units"]]
        paper = Paper(
            "登记留下的问题", LEFT_TEXT, ("problem", fields), ("description", "township"), "登记",
            values={"source": str(record["visitor"] or words.INSPECTION_KIND["visit"]),
                    "found_on": str(record["from_on"] or session.today.isoformat()),
                    "township": units[0] if len(units) == 1 else ""},
            today=session.today, parent=self._panel,
        )  # fmt: skip
        if values := paper.ask():
            self._panel.ask(partial(self._leave, self._id, values), self._left, kind=Kind.SAVE)

    def _leave(self, id_: str, values: Mapping[str, str], _: Progress) -> Record:
        return self._panel.session.office.campaigns.leave(id_, values)

    @Slot(object)
    def _left(self, record: Record) -> None:
        said = f"已登记为问题 {record['number']}。"
        self._panel.notice.say("success", said, "还有的，再点一次“登记留下的问题”。")
        self._tell("problem", record)

    # ------------------------------------------------------------------------------------- 作废

    @Slot()
    def _ask_void(self) -> None:
        question = Question(
            f"作废“{self._looking.record['title']}”？", "各单位不再看到它；已经做的检查和登记的问题都留着。", "不作废",
            ("作废", "danger"), reason="作废原因", hint="如：重复下发", parent=self._panel,
        )  # fmt: skip
        if question.ask() == "作废":
            void = partial(self._void, self._id, question.reason.text())
            self._panel.ask(void, self._voided, kind=Kind.SAVE)

    def _void(self, id_: str, why: str, _: Progress) -> str:
        self._panel.session.office.records.void("campaign", id_, why)
        return id_

    @Slot(object)
    def _voided(self, id_: str) -> None:
        self.voided.emit(id_)
        self._panel.notice.say("success", "已作废。", "在历史里还看得到。")
        self._tell("campaign", {"id": id_})

    def _tell(self, table: str, record: Record) -> None:
        self._panel.session.tell(Touched(table, frozenset({str(record["id"])})))
