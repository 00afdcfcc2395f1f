"""The bar below: what is saved, what is under way, what waits to be exchanged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from gui import saying, theme
from gui.places import Place
from gui.session import Session
from gui.widgets.buttons import Carrier
from gui.widgets.labels import label, picture
from models.domain import words
from models.services.views.figures import Overview

DOING = "正在处理…"
PATIENCE = 500  # milliseconds before work under way is mentioned


class Facts(QWidget):
    """Facts in one line; each leads to the place where something can be done about it."""

    chosen = Signal(object)  # Place

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[Carrier] = []
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.px(4))

    def text(self) -> str:
        """The facts in words."""
        return saying.SPACE.join(one.text() for one in self.buttons if not one.isHidden())

    def say(self, facts: Sequence[tuple[str, Place]]) -> None:
        """Say other facts. Buttons are kept: the one that has the focus must not go under somebody's fingers."""
        while len(self.buttons) < len(facts):
            one = Carrier(None)
            one.setProperty("kind", "fact")
            one.setCursor(Qt.CursorShape.PointingHandCursor)
            one.handed.connect(self.chosen)
            self._line.addWidget(one)
            self.buttons.append(one)
        for one in self.buttons[len(facts) :]:
            one.hide()
        for one, (text, place) in zip(self.buttons, facts, strict=False):
            one.value = place
            one.setText(text)
            one.setAccessibleName(text)
            one.show()


class StatusBar(QFrame):
    """Facts of 12 px."""

    left_for = Signal(object)  # Place

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setFixedHeight(theme.px(28))
        self._session = session
        self._doing = DOING
        self.saved = label("数据都在本机", "small")
        self.drafts = label("", "small", "accent")
        self.busy = label("", "small", "accent")
        self.backed_up = Facts()
        self.waiting = Facts()
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(24), 0, theme.px(18), 0)  # a fact has room around it for the mouse
        line.setSpacing(theme.px(8))
        line.addWidget(picture("done", "green", 14))
        line.addWidget(self.saved)
        line.addSpacing(theme.px(16))
        line.addWidget(self.backed_up)
        line.addWidget(self.drafts)
        line.addWidget(self.busy)
        line.addStretch(1)
        line.addWidget(self.waiting)
        self._patience = QTimer(self)
        self._patience.setObjectName("patience of the status bar")
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._mention)
        self._count_drafts()
        self._say_backup()
        for facts in (self.backed_up, self.waiting):
            facts.chosen.connect(self.left_for)
        session.jobs.busied.connect(self._busied)
        session.touched.connect(self._saved)
        session.looked.connect(self._looked)
        session.drafts.changed.connect(self._count_drafts)
        session.drafts.failed.connect(self._say_not_kept)

    @Slot(bool)
    def _busied(self, busy: bool) -> None:  # noqa: FBT001 - a slot
        if busy:
            self._patience.start()
        else:
            self._patience.stop()
            self._doing = DOING
            self.busy.setText("")
            self._say_backup()

    @Slot()
    def _mention(self) -> None:
        self.busy.setText(self._doing)

    def tell(self, doing: str) -> None:
        """Say what happens while work is under way, and after it."""
        self._doing = doing
        self.busy.setText(doing)

    def say_saved(self) -> None:
        """Answer Ctrl+S where nothing was left to save."""
        at = self._session.saved_at
        self.saved.setText(f"已保存到本机 {at:%H:%M}" if at else "已保存，没有新的改动")

    @Slot()
    def _count_drafts(self) -> None:
        """What was typed and not saved is told as long as it waits: it does not travel with a package."""
        found = self._session.drafts.all()
        self.drafts.setText(f"草稿 {len(found)} 份，还没有写进台账" if found else "")
        self.drafts.setToolTip("\n".join(one.title or "新登记" for one in found[:12]))

    @Slot(str)
    def _say_not_kept(self, why: str) -> None:
        self.drafts.setText(f"草稿没有留成（{why}），请及时保存")

    @Slot(object)
    def _saved(self, _touched: object) -> None:
        if self._session.saved_at:
            self.saved.setText(f"已保存到本机 {self._session.saved_at:%H:%M}")

    @Slot(object)
    def _looked(self, overview: Overview) -> None:
        write, conflicts = Place("exchange", tab="write"), Place("exchange", tab="conflicts")
        if self._session.is_county:
            units = [one for one in overview.units if one.is_listed]
            came = [one for one in units if saying.came_this_month(one.last_in, overview.today)]
            read = Place("exchange", tab="read")
            facts = [(f"本月已收 {len(came)} 个单位", read), (f"未报送 {len(units) - len(came)} 个单位", read)]
        else:
            said = words.EXCHANGE
            facts = [(f"{said['unreported']} {overview.unreported} 条", write)]
            facts.append((f"{said['exported']} {overview.exported} 条", Place("exchange", tab="journal")))
        if overview.conflicts:
            facts.append((f"冲突 {overview.conflicts} 处", conflicts))
        self.waiting.say(facts)

    def _say_backup(self) -> None:
        """When the last backup was made, if one is known."""
        said = saying.lately(self._session.settings.backed_up, self._session.today)
        me = self._session.office.users.me
        facts = [(f"登录：{me}", Place("settings"))] if me else []
        self.backed_up.say([*facts, *([(f"上次备份 {said}", Place("settings"))] if said else [])])
