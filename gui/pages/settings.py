"""设置: whose ledger this is and where it lies, letters and contrast, backup and check, and the county's units."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout

from gui import theme
from gui.page import Page
from gui.session import Session
from gui.tables.columns import RIGHT, Column
from gui.tables.plain import PlainTable
from gui.tables.view import LineView
from gui.widgets.buttons import button
from gui.widgets.facts import Facts
from gui.widgets.folder import FolderField
from gui.widgets.frames import Card, Scroller, clear, column, row
from gui.widgets.labels import label, picture
from models.domain import words
from models.errors import LedgerError
from models.services.views import CheckResult, Touched, UnitView

LEVEL = {"note": ("info", "accent"), "warning": ("warning", "yellowText"), "damage": ("refused", "red")}

# fmt: off
UNITS = (
    Column("name", "单位", lambda u: u.name),
    Column("code", "代码", lambda u: u.code, 150, small=True),
    Column("kind", "类别", lambda u: words.UNIT_KIND.get(u.kind, ""), 90),
    Column("problems", "问题", lambda u: f"{u.problems} 个", 90, align=RIGHT),
    Column("devices", "登记的电脑", lambda u: f"{u.devices} 台" if u.devices else "还没有", 120, align=RIGHT,
           tone=lambda u: "" if u.devices else "orange"),
)
# fmt: on


class SettingsPage(Page):
    """Each card is a matter of its own; everything takes effect at once."""

    tables: ClassVar[frozenset[str]] = frozenset({"unit", "exchange"})

    def __init__(self, session: Session) -> None:
        super().__init__(session, "设置")
        self.scroller = Scroller()
        self.facts = Facts(gap=6, label_width=104)
        self.open_home = button("打开数据文件夹", icon="folder", size="slim")
        here = Card("本单位", pad=20)
        here.add(self.facts, row(self.open_home, None))
        self.open_home.setVisible(session.home is not None)
        self.large = QCheckBox("大字：字和按钮放大四分之一")
        self.contrast = QCheckBox("高对比：白底黑字，线条加深")
        look = Card("显示", pad=20)
        look.add(self.large, self.contrast)
        self.backup_to = FolderField("备份到", "最好是另一块硬盘或已登记的 U 盘。备份写完会试着恢复一次，确认能用。")
        self.backup = button("备份", "primary", icon="copy")
        self.quick = button("检查一下", icon="check")
        self.deep = button("彻底检查", "quiet", tip="把全部操作重新算一遍再比较，记录多时要几分钟")
        self._findings = QVBoxLayout()
        self._findings.setSpacing(theme.px(6))
        care = Card("备份与检查", pad=20, gap=10)
        care.add(self.backup_to, row(self.backup, self.quick, self.deep, None), self._findings)
        cards = [here, look, care]
        if session.is_county:
            cards.insert(1, self._unit_card())
        for card in cards:
            card.setMaximumWidth(theme.px(800))
            self.scroller.body.addWidget(card)
        about = label("环改台账：离线使用，数据只在本机和数据包里。不得录入、处理、传递国家秘密。", "small", wrap=True)
        self.scroller.body.addWidget(about)
        self.scroller.body.addStretch(1)
        self.put(self.scroller, 1)
        self.large.setChecked(session.settings.large)
        self.contrast.setChecked(session.settings.contrast)
        self.large.clicked.connect(self._relook)
        self.contrast.clicked.connect(self._relook)
        self.open_home.clicked.connect(self._open_home)
        self.backup.clicked.connect(self._back_up)
        self.quick.clicked.connect(self._check)
        self.deep.clicked.connect(self._check_deep)

    def _unit_card(self) -> Card:
        card = Card("单位", " ", pad=20, gap=10)
        self.units_card = card
        self.units = LineView("单位", row=32, least=120)
        self._units = PlainTable(UNITS, self)
        self.units.show_model(self._units)
        self.units.setFixedHeight(theme.px(34 + 32 * 5))
        self.kinds = QButtonGroup(self)
        kinds = QHBoxLayout()
        kinds.setSpacing(theme.px(20))
        for kind in ("township", "department"):
            one = QRadioButton("乡镇、街道、园区" if kind == "township" else "县直部门")
            one.setObjectName(kind)
            one.setChecked(kind == "township")
            self.kinds.addButton(one)
            kinds.addWidget(one)
        kinds.addStretch(1)
        self.name, self.code = QLineEdit(), QLineEdit()
        self.name.setFixedWidth(theme.px(240))
        self.code.setFixedWidth(theme.px(180))
        names = []
        for words_, editor, hint in (
            ("单位名称", self.name, "如 白水镇"), ("代码", self.code, "行政区划代码，如 361021101"),
        ):  # fmt: skip
            said = label(words_)
            said.setBuddy(editor)
            editor.setAccessibleName(words_)
            editor.textChanged.connect(self._watch)
            names.append(column(said, editor, label(hint, "small"), gap=4))
        self.add_unit = button("添加单位", icon="plus")
        line = QHBoxLayout()
        line.setSpacing(theme.px(16))
        for one in names:
            line.addLayout(one)
        line.addStretch(1)
        card.add(self.units, label("添加一个单位", "bold"), kinds, line, row(self.add_unit, None))
        note = "台账里写着这个单位名称的记录会自动归到它名下，下一个包就带给它。"
        card.add(label(note, "small", wrap=True))
        self.add_unit.clicked.connect(self._add_unit)
        self._watch()
        return card

    def refresh(self) -> None:
        here, home = self.session.here, self.session.home
        kind = words.UNIT_KIND.get(here.kind, here.kind)
        facts: list[tuple[str, str] | tuple[str, str, str]] = [
            ("单位", f"{here.name}（{kind}，代码 {here.unit}）"),
            ("这台电脑", here.device[:8].upper()),
        ]
        if here.kind != "county":
            facts.append(("县里", here.county or "还没有登记"))
        if home is not None:
            facts.append(("数据文件夹", str(home)))
        self.facts.show_facts(facts)
        if self.session.is_county:
            self.ask(lambda _: self.session.office.units.list(), self._show_units)

    # ------------------------------------------------------------------------------------- units

    @Slot(object)
    def _show_units(self, units: tuple[UnitView, ...]) -> None:
        self._units.show(units)
        self.units.fit()
        self.units_card.quiet.setText(f"{len(units)} 个")

    @Slot()
    def _watch(self) -> None:
        self.add_unit.setEnabled(bool(self.name.text().strip() and self.code.text().strip()))

    @Slot()
    def _add_unit(self) -> None:
        chosen = self.kinds.checkedButton()
        kind = chosen.objectName() if chosen else "township"
        name, code = self.name.text().strip(), self.code.text().strip()
        self.add_unit.setEnabled(False)
        units = self.session.office.units
        self.ask(lambda _: (name, units.add(kind, name, code)), self._added, refused=self._refused_unit)

    @Slot(object)
    def _added(self, found: tuple[str, object]) -> None:
        self.name.clear()
        self.code.clear()
        self.notice.say(
            "success", f"已添加“{found[0]}”。", "请它写一个登记申请，您在“数据交换 → 设备与登记”里登记它的电脑。"
        )
        self.session.tell(Touched("*"))
        self.name.setFocus()

    @Slot(object)
    def _refused_unit(self, error: LedgerError) -> None:
        self.notice.refuse(error)
        self._watch()

    # ------------------------------------------------------------------------------------- care

    @Slot()
    def _back_up(self) -> None:
        to = self.backup_to.path
        if to is None:
            self.notice.say("warning", "还差备份到哪里。", "请选一个文件夹。")
            self.backup_to.text.setFocus()
            return
        self.backup.setEnabled(False)
        self.ask(lambda _: self.session.office.care.backup(to), self._backed_up, ended=self._able_again)

    @Slot(object)
    def _backed_up(self, path: Path) -> None:
        self.notice.say("success", "备份好了，并且试着恢复过一次。", f"文件：{path}")

    @Slot()
    def _check(self) -> None:
        self._look_after(deep=False)

    @Slot()
    def _check_deep(self) -> None:
        self._look_after(deep=True)

    def _look_after(self, *, deep: bool) -> None:
        clear(self._findings)
        self._findings.addWidget(label("正在检查…", "quiet"))
        for one in (self.quick, self.deep):
            one.setEnabled(False)
        self.ask(lambda _: self.session.office.care.check(deep=deep), self._show_findings, ended=self._able_again)

    @Slot(object)
    def _show_findings(self, result: CheckResult) -> None:
        clear(self._findings)
        said = "检查完了，台账完好。" if result.ok else "检查完了，有需要处理的地方。本机数据没有改动。"
        icon, tone = ("done", "green") if result.ok else LEVEL["damage"]
        self._findings.addLayout(row(picture(icon, tone, 18), label(said, "bold"), None))
        for one in result.findings:
            icon, tone = LEVEL.get(one.level, LEVEL["note"])
            line = row(picture(icon, tone, 16), label(one.text, wrap=True))
            line.setStretch(1, 1)
            self._findings.addLayout(line)
        if not result.ok:
            self._findings.addWidget(
                label("请先备份，再与县环委办联系；不要删除数据文件夹里的任何文件。", "", "red", wrap=True)
            )

    @Slot()
    def _able_again(self) -> None:
        for one in (self.backup, self.quick, self.deep):
            one.setEnabled(True)

    # ------------------------------------------------------------------------------------- look

    @Slot()
    def _relook(self) -> None:
        settings = self.session.settings
        settings.large, settings.contrast = self.large.isChecked(), self.contrast.isChecked()
        self.session.keep_settings()
        # The window is built anew: not from within a signal of one of its own buttons.
        QTimer.singleShot(0, self.session, self.session.relooked.emit)

    @Slot()
    def _open_home(self) -> None:
        if self.session.home is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.session.home)))
