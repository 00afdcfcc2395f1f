"""文书模板 in 设置: a paper's template is written out, edited in Word or WPS, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from gui import theme
from gui.dialogs.question import Question
from gui.jobs import Kind
from gui.panel import Panel
from gui.session import Session
from gui.widgets.buttons import button
from gui.widgets.choice import Choice
from gui.widgets.frames import Card, row
from gui.widgets.labels import label
from models.services.views.templates import TemplateView

ABOUT = (
    "写出模板，在 WPS 或 Word 里改文字、签字栏，加单位标志，再放回来。【编号】这样的地方写出时换成台账里的内容，"
    "可以挪动，里面的字不要改。以后写成 Word 文件就用它，PDF 还是程序自带的样子。模板只在这台电脑上。"
)
KIND = "Word 文件 (*.docx)"
OWN, SHIPPED = "{} 起用本单位的模板。", "现在用的是程序自带的。"


class TemplatesCard(Panel):
    """One paper at a time; what was done is said below."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._said = ""
        self.choice = Choice()
        self.choice.setAccessibleName("哪种文书")
        self.choice.setFixedWidth(theme.px(260))
        self.state = label("", "quiet")
        self.write = button("写出模板…", icon="write", size="slim")
        self.take = button("放回改好的模板…", icon="read", size="slim")
        self.drop = button("恢复自带的…", "quiet", size="slim")
        card = Card("文书模板", pad=20, gap=10)
        card.add(label(ABOUT, "quiet", wrap=True), row(self.choice, self.state, None),
                 row(self.write, self.take, self.drop, None), self.notice)  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.choice.activated.connect(self._say)
        self.write.clicked.connect(self._write)
        self.take.clicked.connect(self._take)
        self.drop.clicked.connect(self._drop)

    def refresh(self) -> None:
        self.ask(lambda _: self.session.office.templates.list(), self._show)

    @Slot(object)
    def _show(self, every: tuple[TemplateView, ...]) -> None:
        at = max(self.choice.currentIndex(), 0)
        self.choice.clear()
        for one in every:
            self.choice.addItem(f"{one.word}（本单位的）" if one.own else one.word, one)
        self.choice.setCurrentIndex(at)
        self._say()

    @property
    def _one(self) -> TemplateView | None:
        found = self.choice.currentData()
        return found if isinstance(found, TemplateView) else None

    @Slot()
    def _say(self) -> None:
        one = self._one
        own = one is not None and one.own
        self.state.setText(OWN.format(one.since) if one is not None and one.own else SHIPPED)
        self.drop.setVisible(own)

    @Slot()
    def _write(self) -> None:
        one = self._one
        if one is None:
            return
        start = str(Path(self.session.settings.stick or Path.home()) / f"{one.word}模板.docx")
        chosen, _ = QFileDialog.getSaveFileName(self, "写到", start, KIND)
        if chosen:
            path, name, templates = Path(chosen).with_suffix(".docx"), one.name, self.session.office.templates
            self.ask(lambda _: templates.write(name, path), self._written, kind=Kind.LONG)

    @Slot(object)
    def _written(self, path: Path) -> None:
        self.notice.say("success", f"已写出 {path.name}。", f"在“{path.parent}”里。改好存盘，再点“放回改好的模板”。")

    @Slot()
    def _take(self) -> None:
        one = self._one
        if one is None:
            return
        start = self.session.settings.stick or str(Path.home())
        chosen, _ = QFileDialog.getOpenFileName(self, f"选改好的{one.word}模板", start, KIND)
        if chosen:
            path, templates = Path(chosen), self.session.office.templates
            done = f"以后写成 Word 文件的{one.word}都用这个模板。"
            self._change(lambda: templates.take(one.name, path), done)

    @Slot()
    def _drop(self) -> None:
        one = self._one
        if one is None:
            return
        told = "本单位的模板会删掉。以后还要用的，先写出来留一份。"
        if Question(f"{one.word}恢复成程序自带的？", told, "不恢复", ("恢复", "danger"), parent=self.window()).ask():
            templates = self.session.office.templates
            self._change(lambda: templates.drop(one.name), f"{one.word}已恢复成程序自带的。")

    def _change(self, verb: Callable[[], tuple[TemplateView, ...]], said: str) -> None:
        self.notice.hide()
        self._said = said
        self.ask(lambda _: verb(), self._changed, kind=Kind.SAVE)

    @Slot(object)
    def _changed(self, every: tuple[TemplateView, ...]) -> None:
        self._show(every)
        self.notice.say("success", self._said)
