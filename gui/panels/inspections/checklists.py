"""检查表: what inspections go by. The county alters them and issues a version; a township adds questions of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Slot

from gui import saying, theme
from gui.dialogs.paper import Paper
from gui.dialogs.question import Question
from gui.drafts import ITEM
from gui.handing import HandingPanel
from gui.jobs import Kind
from gui.panels.inspections.altering import TABLE, Altering
from gui.panels.inspections.tab import Tab
from gui.places import Place
from gui.session import Session
from gui.tables.columns import CENTER, Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.buttons import button
from gui.widgets.frames import Foot, column, row, upright
from gui.widgets.labels import Elided, label
from models.domain import words
from models.domain.checklist_changes import free_id
from models.progress import Progress
from models.services.views.home import Touched
from models.services.views.lists import Record

FIELDS = ("text", "how", "basis", "evidence", "severity")  # of a question, as one fills it in
MUST = ("text", "basis")
WIDE, LINE = 300, 52
OWN, ALTERED = "本地", "改了还没有下发"
SEVERITY_TONE = {"major": "red", "serious": "orange", "general": "grey"}


def _version(one: Record) -> str:
    return f"{'县里' if one['maker'] == 'county' else '程序自带'}第 {one['version']} 版"


def _ground(one: Mapping[str, Any]) -> str:
    basis = one.get("basis") or ""
    return f"{basis}（默认依据，请县里核对）" if one.get("basis_default") and basis else basis


def themes(drafts: Callable[[], Collection[str]]) -> tuple[Column, ...]:
    """What stands in the list of themes; `drafts`: those of which something is altered and not issued."""
    return (
        Column("title", "主题", lambda c: words.THEME[c["theme"]], tip=lambda c: words.THEME[c["theme"]],
               below=lambda c: ALTERED if c["theme"] in drafts() else _version(c)),
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
        self.altering = Altering(session.drafts, self, edits=session.is_county)
        self._issuing: list[dict[str, Any]] | None = None  # what is being issued
        self._after: Callable[[], Any] | None = None
        self.themes = LineView("主题", row=LINE, edge=24, least=160)
        self._themes = PlainTable(themes(self.altering.waiting), self)
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
        self.undo.clicked.connect(self._let_go)
        self.altering.carried_over.connect(self._say_carried)
        session.drafts.changed.connect(self.themes.viewport().update)
        self.issue.clicked.connect(self.save)
        self._say()

    # ------------------------------------------------------------------------------------- looking

    @property
    def theme(self) -> str:
        """The theme that is shown."""
        return self.altering.theme

    @property
    def is_dirty(self) -> bool:
        return self.altering.is_dirty

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
        if shown["theme"] == self.theme and self.is_dirty:
            self.altering.renew(shown)
            self._fill()
        else:
            self._stand(shown)
        at = next(n for n, one in enumerate(every) if one["theme"] == self.theme)
        self.themes.selectRow(at)

    @Slot(object)
    def _stand(self, shown: Record) -> None:
        self.altering.stand(shown)
        self._fill()

    @Slot(object)
    def _say_carried(self, both: tuple[str, ...]) -> None:
        self.notice.say(
            "warning", "这份检查表又下发过新的一版，您改的接在新的一版上，还没有下发。",
            f"两边都改过的，请核对：{'、'.join(both)}。" if both else "",
        )  # fmt: skip

    def _fill(self) -> None:
        at, shown = self.items.currentIndex().row(), self.altering.shown
        mine = [one for one in shown["local"] if self.session.is_county or one["unit"] == self.session.here.unit]
        self._items.show([*self.altering.content, *mine])
        self.items.fit()
        self.items.selectRow(min(max(at, 0), len(self._items.lines) - 1))
        self._say()

    @Slot()
    def _choose(self) -> None:
        """Show another theme; what is altered in this one waits."""
        one = self._themes.line(self.themes.currentIndex().row())
        if one is None or one["theme"] == self.theme:
            return
        self.notice.hide()
        checklists, name = self.session.office.checklists, str(one["theme"])
        self.ask(lambda _: checklists.show(name), self._stand)

    @property
    def line(self) -> Record | None:
        """The question on which one stands."""
        return self._items.line(self.items.currentIndex().row())

    @Slot()
    def _say(self) -> None:
        line, shown = self.line, self.altering.shown
        is_own = line is not None and line.get("group") is None
        self.title.say(f"{words.THEME[self.theme]}{saying.SPACE}{_version(shown)}" if shown else "")
        self.edit.setEnabled(line is not None and not is_own)
        self.retire.setEnabled(line is not None and is_own is not self.session.is_county)
        self.retire.setVisible(self.session.is_county or is_own)
        changed = self.is_dirty
        self.said.setText(
            f"{ALTERED}，已留草稿。下发以后开始的检查才用新的一版"
            if changed
            else "改好以后一次下发；已经开始的检查不受影响"
        )
        self.undo.setVisible(changed)
        self.issue.setEnabled(changed and self._issuing is None)

    # ------------------------------------------------------------------------------------- altering

    def _fill_in(self, title: str, text: str, values: Mapping[str, str], piece: str) -> dict[str, str]:
        must = MUST if self.session.is_county else MUST[:1]
        paper = Paper(title, text, ("local_item", FIELDS), must, "好了", values=values, today=self.session.today,
                      parent=self)  # fmt: skip
        paper.keep_draft(self.session.drafts, ITEM, TABLE, piece)
        return {name: one.value for name, one in paper.form.fields.items()} if paper.ask() else {}

    def _is_safe(self, piece: str) -> None:
        """What was filled in is not only in its paper any more."""
        kept = self.session.drafts.kept(TABLE, "", ITEM, piece)
        if kept is not None:
            self.session.drafts.forget(kept)

    def _alter(self, piece: str) -> None:
        self.altering.keep()
        self._is_safe(piece)
        self._fill()

    @Slot()
    def _add(self) -> None:
        text, name = "问法要让“否”就是查出了问题，如“物料是否已覆盖？”。", self.theme
        values = self._fill_in(self.add_one.accessibleName(), text, {"severity": "general"}, name)
        if not values:
            return
        if not self.session.is_county:
            checklists = self.session.office.checklists
            self.ask(lambda _: checklists.add_item(name, values), self._added, kind=Kind.SAVE)
            return
        content, shown = self.altering.content, self.altering.shown
        last = (content or shown["items"])[-1]
        line = self.line if self.line is not None and self.line.get("group") is not None else last
        used = [*(str(one["id"]) for one in (*content, *shown["items"])), *shown["retired"]]
        new = {
            "id": free_id(str(line["id"]), used),
            "group": line["group"],
            "score": None,
            "basis_default": False,
            **values,
        }
        content.insert(content.index(line) + 1 if line in content else 0, new)
        self._alter(name)

    @Slot()
    def _edit(self) -> None:
        line = self.line
        if not self.session.is_county or line is None or line.get("group") is None:
            return
        piece = f"{self.theme}/{line['id']}"
        values = self._fill_in(f"修改 {line['id']}", "改的是以后的检查；已经开始的还用原来那一版。",
                               {name: str(line.get(name) or "") for name in FIELDS}, piece)  # fmt: skip
        content = self.altering.content
        at = next((n for n, one in enumerate(content) if one["id"] == line["id"]), None)
        if values and at is not None:  # retired by a package meanwhile, it stays so
            basis = {"basis_default": False} if values["basis"] != line["basis"] else {}
            content[at] = {**content[at], **values, **basis}
            self._alter(piece)

    @Slot()
    def _retire(self) -> None:
        line = self.line
        if line is None:
            return
        if self.session.is_county:
            self.altering.content.remove(line)
            self._alter(f"{self.theme}/{line['id']}")
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
            checklists, name, content = self.session.office.checklists, self.theme, list(self.altering.content)
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
        self._say()
        if was_issued and after is not None:
            after()

    @Slot(object)
    def _issued(self, shown: Record) -> None:
        issued, self._issuing = self._issuing, None
        self.altering.issued(shown, issued or [])
        self._fill()
        self.notice.say(
            "success", f"已下发{words.THEME[shown['theme']]}{_version(shown)}。", "会随下一个数据包送到各单位。"
        )
        self.session.tell(Touched("checklist", frozenset({str(shown["code"])})))

    @Slot(object)
    def _added(self, record: Record) -> None:
        self._is_safe(str(record["theme"]))
        self._changed(record)

    @Slot(object)
    def _changed(self, _: Record) -> None:
        self.session.tell(Touched("local_item", frozenset()))

    def drop(self) -> None:
        if self.is_dirty:
            self.altering.put_aside()
            self._fill()

    def reach(self, place: Place) -> None:
        """Show what waits since one left."""
        del place
        if self.altering.shown and not self.is_dirty:
            self._stand(self.altering.shown)

    @Slot()
    def _let_go(self) -> None:
        self.altering.let_go()
        self._fill()

    @Slot()
    def _print(self) -> None:
        papers, name = self.session.office.papers, self.theme
        self.hand_over(f"检查表_{words.THEME[name]}", lambda: papers.checklist(name))
