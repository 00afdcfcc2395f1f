"""检查表: what inspections go by. The county alters them and issues a version; a township adds questions of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Slot

from gui import saying, theme
from gui.dialogs.paper import Paper
from gui.dialogs.question import Question
from gui.jobs import Kind
from gui.panels.exchange.handing import HandingPanel
from gui.panels.inspections.tab import Tab
from gui.session import Session
from gui.tables.columns import CENTER, Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.buttons import button
from gui.widgets.frames import Foot, column, row, upright
from gui.widgets.labels import Elided, label
from models.domain import words
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.lists import Record

FIELDS = ("text", "how", "basis", "evidence", "severity")  # of a question, as one fills it in
MUST = ("text", "basis")
WIDE, LINE = 300, 52
OWN = "本地"
SEVERITY_TONE = {"major": "red", "serious": "orange", "general": "grey"}


def _version(one: Record) -> str:
    return f"{'县里' if one['maker'] == 'county' else '程序自带'}第 {one['version']} 版"


def _ground(one: Mapping[str, Any]) -> str:
    basis = one.get("basis") or ""
    return f"{basis}（默认依据，请县里核对）" if one.get("basis_default") and basis else basis


THEMES = (
    Column("title", "主题", lambda c: words.THEME[c["theme"]], below=_version,
           tip=lambda c: words.THEME[c["theme"]]),
    Column("count", "项", lambda c: str(c["count"]), 48, small=True, align=CENTER),
)  # fmt: skip
ITEMS = (
    Column("id", "编号", lambda i: i["id"] if i.get("group") is not None else OWN, 84, small=True),
    Column("text", "检查内容", lambda i: i["text"], below=_ground,
           tip=lambda i: "\n".join(part for part in (i["text"], i.get("how") or "", _ground(i)) if part)),
    Column("severity", "严重程度", lambda i: words.SEVERITY.get(i["severity"] or "", ""), 96, "state",
           tone=lambda i: SEVERITY_TONE.get(i["severity"] or "", "grey")),
    Column("score", "分值", lambda i: str(i.get("score") or ""), 64, small=True, align=CENTER),
)  # fmt: skip


class Checklists(Tab, HandingPanel):
    """Themes at the left, the questions of one at the right."""

    notice_margins = (24, 12, 24, 0)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._shown: Record = {}
        self._content: list[dict[str, Any]] = []  # at the county: as the next version would be
        self._issuing: list[dict[str, Any]] | None = None  # what is being issued
        self._after: Callable[[], Any] | None = None
        self._adding: tuple[str, dict[str, str]] = ("", {})  # theme, and what was filled in: what is refused is kept
        self.themes = LineView("主题", row=LINE, edge=24, least=160)
        self._themes = PlainTable(THEMES, self)
        self.themes.show_model(self._themes)
        self.items = LineView("检查项", row=LINE, least=220)
        self._items = PlainTable(ITEMS, self)
        self.items.show_model(self._items)
        self.title = Elided("", "bold")
        self.out = button("打印空白表", "quiet", icon="file", size="slim", tip="写成 PDF，发到村里用笔打勾")
        county = session.is_county
        self.add_one = button(
            "新增检查项" if county else "新增本地检查项",
            icon="plus",
            size="slim",
            tip="加在选中那一项的分组里" if county else "只用在本单位的检查里",
        )
        self.edit = button("修改", icon="edit", size="slim")
        self.retire = button("停用", icon="void", size="slim", tip="以后的检查不再问这一项，以前答过的保留")
        self.said = label("", "quiet")
        self.undo = button("不改了")
        self.issue = button("下发新的一版", "primary", icon="check")
        self.foot = Foot(self.said, None, self.undo, self.issue)
        head = row(self.title, self.out, self.add_one, self.edit, self.retire)
        head.setStretch(0, 1)
        head.setContentsMargins(theme.px(16), theme.px(8), theme.px(24), theme.px(8))
        right = column(head, self.items, gap=0)
        right.setStretch(1, 1)
        self.themes.setFixedWidth(theme.px(WIDE))
        both = row(self.themes, upright(), gap=0)
        both.addLayout(right, 1)
        layout = column(self.notice, both, self.foot, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.themes)
        self.edit.setVisible(county)
        self.foot.setVisible(county)
        self.themes.selectionModel().currentRowChanged.connect(self._choose)
        self.items.selectionModel().currentRowChanged.connect(self._say)
        self.items.opened.connect(self._edit)
        self.out.clicked.connect(self._print)
        self.add_one.clicked.connect(self._add)
        self.edit.clicked.connect(self._edit)
        self.retire.clicked.connect(self._retire)
        self.undo.clicked.connect(self.drop)
        self.issue.clicked.connect(self.save)
        self._say()

    # ------------------------------------------------------------------------------------- looking

    @property
    def theme(self) -> str:
        """The theme that is shown."""
        return str(self._shown.get("theme") or "")

    @property
    def is_dirty(self) -> bool:
        """Whether something was altered that is not issued."""
        return bool(self._shown) and self._content != self._shown["items"]

    def refresh(self) -> None:
        self.ask(partial(self._load, self.theme), self._show)

    def _load(self, theme_: str, _: Progress) -> tuple[Sequence[Record], Record]:
        at = self.session.office.checklists
        every = at.list()
        return every, at.show(theme_ or str(every[0]["theme"]))

    @Slot(object)
    def _show(self, found: tuple[Sequence[Record], Record]) -> None:
        every, shown = found
        self._themes.show(every)
        self.themes.fit()
        if not self.is_dirty or shown["theme"] != self.theme:
            self._stand(shown)
        at = next(n for n, one in enumerate(every) if one["theme"] == self.theme)
        self.themes.selectRow(at)

    def _stand(self, shown: Record) -> None:
        self._shown, self._content = shown, [dict(one) for one in shown["items"]]
        self._fill()

    def _fill(self) -> None:
        at = self.items.currentIndex().row()
        mine = [one for one in self._shown["local"] if self.session.is_county or one["unit"] == self.session.here.unit]
        self._items.show([*self._content, *mine])
        self.items.fit()
        self.items.selectRow(min(max(at, 0), len(self._items.lines) - 1))
        self._say()

    @Slot()
    def _choose(self) -> None:
        one = self._themes.line(self.themes.currentIndex().row())
        if one is None or one["theme"] == self.theme:
            return
        if self.is_dirty:
            self.notice.say("warning", "这份检查表改了还没有下发。", "先下发新的一版，或者点“不改了”，再看别的。")
            self.themes.selectRow(next(n for n, c in enumerate(self._themes.lines) if c["theme"] == self.theme))
            return
        checklists, name = self.session.office.checklists, str(one["theme"])
        self.ask(lambda _: checklists.show(name), self._chosen)

    @Slot(object)
    def _chosen(self, shown: Record) -> None:
        self._stand(shown)

    @property
    def line(self) -> Record | None:
        """The question on which one stands."""
        return self._items.line(self.items.currentIndex().row())

    @Slot()
    def _say(self) -> None:
        line, shown = self.line, self._shown
        is_own = line is not None and line.get("group") is None
        self.title.say(f"{words.THEME[self.theme]}{saying.SPACE}{_version(shown)}" if shown else "")
        self.edit.setEnabled(line is not None and not is_own)
        self.retire.setEnabled(line is not None and is_own is not self.session.is_county)
        self.retire.setVisible(self.session.is_county or is_own)
        changed = self.is_dirty
        self.said.setText(
            "改了还没有下发。下发以后开始的检查才用新的一版" if changed else "改好以后一次下发；已经开始的检查不受影响"
        )
        self.undo.setVisible(changed)
        self.issue.setEnabled(changed)

    # ------------------------------------------------------------------------------------- altering

    def _fill_in(self, title: str, text: str, values: Mapping[str, str]) -> dict[str, str]:
        must = MUST if self.session.is_county else MUST[:1]
        paper = Paper(title, text, ("local_item", FIELDS), must, "好了", values=values, today=self.session.today,
                      parent=self)  # fmt: skip
        return {name: one.value for name, one in paper.form.fields.items()} if paper.ask() else {}

    @Slot()
    def _add(self) -> None:
        text = "问法要让“否”就是查出了问题，如“物料是否已覆盖？”。"
        of, refused = self._adding
        begun = refused if of == self.theme else {"severity": "general"}
        values = self._fill_in(self.add_one.accessibleName(), text, begun)
        if not values:
            return
        if not self.session.is_county:
            checklists, name = self.session.office.checklists, self.theme
            self._adding = name, values
            self.ask(lambda _: checklists.add_item(name, values), self._added, kind=Kind.SAVE)
            return
        last = (self._content or self._shown["items"])[-1]
        line = self.line if self.line is not None and self.line.get("group") is not None else last
        new = {
            "id": self._free(str(line["id"])),
            "group": line["group"],
            "score": None,
            "basis_default": False,
            **values,
        }
        self._content.insert(self._content.index(line) + 1 if line in self._content else 0, new)
        self._fill()

    def _free(self, beside: str) -> str:
        """An id in the group of another that never was another question."""
        prefix, _, _ = beside.partition("-")
        used = [str(one["id"]) for one in (*self._content, *self._shown["items"])] + list(self._shown["retired"])
        numbers = [int(n) for head, _, n in (one.partition("-") for one in used) if head == prefix and n]
        return f"{prefix}-{max(numbers, default=0) + 1}"

    @Slot()
    def _edit(self) -> None:
        line = self.line
        if not self.session.is_county or line is None or line.get("group") is None:
            return
        values = self._fill_in(f"修改 {line['id']}", "改的是以后的检查；已经开始的还用原来那一版。",
                               {name: str(line.get(name) or "") for name in FIELDS})  # fmt: skip
        if values:
            basis = {"basis_default": False} if values["basis"] != line["basis"] else {}
            self._content[self._content.index(line)] = {**line, **values, **basis}
            self._fill()

    @Slot()
    def _retire(self) -> None:
        line = self.line
        if line is None:
            return
        if self.session.is_county:
            self._content.remove(line)
            self._fill()
            return
        question = Question("停用这个本地检查项？", str(line["text"]), "不停用", ("停用这一项", "danger"),
                            reason="停用原因", hint="会写进变更历史", parent=self)  # fmt: skip
        if question.ask():
            checklists, why = self.session.office.checklists, question.reason.text().strip()
            self.ask(lambda _: checklists.retire_item(str(line["id"]), why), self._changed, kind=Kind.SAVE)

    @Slot()
    def save(self) -> None:
        """Issue what was altered; once, however often it is asked."""
        if self.session.is_county and self.is_dirty and self._issuing is None:
            checklists, name, content = self.session.office.checklists, self.theme, list(self._content)
            self._issuing = content
            self.ask(lambda _: checklists.issue(name, content), self._issued, ended=self._issue_ended, kind=Kind.SAVE)

    def save_then(self, after: Callable[[], Any]) -> None:
        """Issue, and call when it is issued."""
        self._after = after
        self.save()

    @Slot()
    def _issue_ended(self) -> None:
        was_issued, after = self._issuing is None, self._after
        self._issuing = self._after = None
        if was_issued and after is not None:
            after()

    @Slot(object)
    def _issued(self, shown: Record) -> None:
        issued, self._issuing = self._issuing, None
        if shown["theme"] == self.theme:
            if self.is_dirty and self._content != issued:  # it was altered meanwhile
                self._shown = shown
                self._fill()
            else:
                self._stand(shown)
        self.notice.say(
            "success", f"已下发{words.THEME[shown['theme']]}{_version(shown)}。", "会随下一个数据包送到各单位。"
        )
        self.session.tell(Touched("checklist", frozenset({str(shown["code"])})))

    @Slot(object)
    def _added(self, record: Record) -> None:
        self._adding = "", {}
        self._changed(record)

    @Slot(object)
    def _changed(self, _: Record) -> None:
        self.session.tell(Touched("local_item", frozenset()))

    @Slot()
    def drop(self) -> None:
        """Let go of what was altered and not issued."""
        if self._shown:
            self._stand(self._shown)

    @Slot()
    def _print(self) -> None:
        papers, name = self.session.office.papers, self.theme
        self.hand_over(f"检查表_{words.THEME[name]}", lambda: papers.checklist(name))
