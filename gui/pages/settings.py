"""设置: whose ledger this is and where it lies, the county's units, letters and contrast, backup and check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from PySide6.QtCore import QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QWidget

from gui import theme
from gui.page import Page
from gui.panels.overview.reminder import SheetReminder
from gui.panels.settings.care_card import CareCard
from gui.panels.settings.templates_card import TemplatesCard
from gui.panels.settings.unit_card import UnitCard
from gui.panels.settings.users_card import UsersCard
from gui.places import Place
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.facts import Facts
from gui.widgets.frames import Card, Scroller, row
from gui.widgets.labels import label
from models.domain import words
from models.version import VERSION

WIDE = 800
ABOUT = "环改台账：离线使用，数据只在本机和数据包里。不得录入、处理、传递国家秘密。"

RULES = (
    "亮灯的天数、月调度几日前报、常用语、回头看、节假日、验收路线、必备材料、来源和行业：县里在这里改，随数据包下发。"
)
RULES_OF_COUNTY = "亮灯的天数、月调度几日前报、验收路线、必备材料等，由县里定，这里可以看。"


class SettingsPage(Page):
    """Each card is a matter of its own; everything takes effect at once."""

    tables: ClassVar[frozenset[str]] = frozenset({"unit", "exchange"})

    def __init__(self, session: Session) -> None:
        super().__init__(session, "设置")

    def build(self) -> Iterator[None]:
        session = self.session
        self.scroller = Scroller()
        self.put(self.scroller, 1)
        self.reminder = SheetReminder(session) if session.is_county else None
        if self.reminder is not None:
            self.reminder.left_for.connect(self.left_for)
            self._add(self.reminder)
        self.units = UnitCard(session) if session.is_county else None
        if self.units is not None:
            self._add(self.units)
        self.rules = button("打开词典与规则", size="slim")
        ruled = Card("词典与规则", pad=20)
        ruled.add(label(RULES if session.is_county else RULES_OF_COUNTY, "quiet", wrap=True), row(self.rules, None))
        if session.is_county:
            self._add(ruled)
        self.rules.clicked.connect(self._open_rules)
        yield
        self.large = QCheckBox("大字：字和按钮放大四分之一")
        self.contrast = QCheckBox("高对比：白底黑字，线条加深")
        look = Card("显示", pad=20)
        look.add(self.large, self.contrast)
        self._add(look)
        yield
        self.care = CareCard(session)
        self._add(self.care)
        if not session.is_county:  # only to be read here
            self._add(ruled)
        yield
        self.templates = TemplatesCard(session)
        self._add(self.templates)
        yield
        self.users = UsersCard(session)
        self._add(self.users)
        yield
        self.facts = Facts(gap=6, label_width=104)
        self.open_home = button("打开数据文件夹", icon="folder", size="slim")
        here = Card("本单位和这台电脑", pad=20)
        here.add(self.facts, row(self.open_home, None))
        self._add(here)
        self.open_home.setVisible(session.home is not None)
        self.scroller.body.addWidget(label(ABOUT, "small", wrap=True))
        self.scroller.body.addStretch(1)
        self.large.setChecked(session.settings.large)
        self.contrast.setChecked(session.settings.contrast)
        self.large.clicked.connect(self._relook)
        self.contrast.clicked.connect(self._relook)
        self.open_home.clicked.connect(self._open_home)

    def _add(self, part: QWidget) -> None:
        part.setMaximumWidth(theme.px(WIDE))
        self.scroller.body.addWidget(part)

    def refresh(self) -> None:
        here, home = self.session.here, self.session.home
        kind = words.UNIT_KIND.get(here.kind, here.kind)
        facts: list[tuple[str, str] | tuple[str, str, str]] = [("单位", f"{here.name}（{kind}，代码 {here.unit}）")]
        if here.kind != "county":
            facts.append(("县里", here.county or "还没有登记"))
        facts.append(("设备编号", here.device[:8].upper()))
        if here.fingerprint:
            facts.append(("24 位号码", here.fingerprint))
        if home is not None:
            facts.append(("数据文件夹", str(home)))
        facts.append(("程序版本", VERSION))
        self.facts.show_facts(facts)
        self.care.refresh()
        self.templates.refresh()
        self.users.refresh()
        if self.reminder is not None:
            self.reminder.refresh()
        if self.units is not None:
            self.units.refresh()

    @Slot()
    def _open_rules(self) -> None:
        self.go(Place("settings/rules"))

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
