"""数据交换 → 设备与登记: how a PC becomes known to the county, with 24 digits that are read over the telephone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from gui import theme
from gui.panel import Panel
from gui.panels.exchange.enrol_county import Approval
from gui.panels.exchange.enrol_township import Asking
from gui.panels.exchange.kept import Aside
from gui.panels.exchange.pcs import Pcs
from gui.panels.exchange.sheet import Renewal, Sheet
from gui.session import Session
from gui.sticks import sticks
from gui.widgets.digits import Digits
from gui.widgets.facts import Facts
from gui.widgets.frames import Card, Scroller
from gui.widgets.labels import label


class EnrolPanel(Panel):
    """The township asks and accepts, the county approves; below stand the PCs and what concerns their keys."""

    notice_margins = (24, 12, 24, 0)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.scroller = Scroller()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)  # above what scrolls: the deeds are all over the page
        layout.addWidget(self.scroller, 1)
        self.asking = Asking(self)
        self.approval = Approval(self) if session.is_county else None
        self.pcs, self.aside, self.sheet = Pcs(self), Aside(self), Sheet(self)
        self.renewal = Renewal(self, self.pcs)
        self.scroller.body.addWidget(self.renewal.notice)
        self.here = Card("本机", pad=20)
        self.facts = Facts(gap=6, label_width=104)
        self.digits_said = label("24 位号码（县里打电话来核对时念给他们听）", "small")
        self.digits = Digits()
        self.here.add(self.facts, self.digits_said, self.digits)
        approving = self.approval.cards if self.approval is not None else ()
        cards = (*self.asking.cards, *approving, self.pcs.card, self.aside.card, self.sheet.card, self.here)
        for card in cards:
            card.setMaximumWidth(theme.px(800))
            self.scroller.body.addWidget(card)
        self.scroller.body.addStretch(1)

    @property
    def desk(self) -> Approval | Asking:
        """Whose desk this is now: a further PC of the county asks until the first has approved it."""
        return self.approval if self.approval is not None and self.session.here.enrolled else self.asking

    def refresh(self) -> None:
        here = self.session.here
        for one in (self.asking, self.approval):
            for card in one.cards if one is not None else ():
                card.setVisible(one is self.desk)
        facts: list[tuple[str, str] | tuple[str, str, str]] = [
            ("单位", f"{here.name}（{here.unit}）"),
            ("这台电脑", here.device[:8].upper()),
        ]
        if here.enrolled and here.kind != "county":
            facts.append(("县里", here.county, "green"))
        elif not here.enrolled:
            facts.append(("县里", "还没有登记", "orange"))
        self.facts.show_facts(facts)
        shown = bool(here.fingerprint) and not self.session.is_county
        self.digits.show_digits(here.fingerprint)
        for part in (self.digits, self.digits_said):
            part.setVisible(shown)
        self.desk.refresh()
        for part in (self.pcs, self.aside, self.sheet):
            part.refresh()
        for folder in self.desk.folders:
            self.ask(lambda _: sticks(), folder.offer)

    def look_at(self, path: Path) -> None:
        """Look at a request or a welcome package that was found elsewhere."""
        self.desk.look_at(path)
