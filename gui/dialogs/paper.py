"""A short paper to fill in: a request, its answer, a look-back. Nothing is written before its verb is pressed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui import theme
from gui.drafts import Drafts
from gui.unsaved import Typing, Unsaved
from gui.widgets.buttons import button
from gui.widgets.form import Form
from gui.widgets.frames import row
from gui.widgets.labels import label
from models.domain.fields import TABLES

LINES = 3


class Paper(QDialog):
    """Some fields of a table, those that must be filled with a star; Esc leaves everything as it is."""

    def __init__(
        self, title: str, text: str, fields: tuple[str, tuple[str, ...]], required: Collection[str], verb: str, *,
        values: Mapping[str, str], today: date, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle("环改台账")
        self.setFixedWidth(theme.px(640))
        self._required = required
        self._title, self._piece, self._begun = (
            title,
            "",
            dict[str, str](),
        )  # of its draft, and what stood in it at first
        table, names = fields
        self.form = Form(today)
        for name in names:
            one = self.form.add(TABLES[table][name], required=name in required, lines=LINES)
            one.put("")
            if values.get(name):
                one.rewrite(values[name])
        self.leave = button("先不填了")
        self.leave.clicked.connect(self.reject)
        self.verb = button(verb, "primary")
        self.verb.clicked.connect(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(24),) * 4)
        layout.setSpacing(theme.px(12))
        layout.addWidget(label(title, "h2"))
        self.text = label(text, wrap=True)
        layout.addWidget(self.text)
        layout.addWidget(self.form)
        layout.addLayout(row(None, self.leave, self.verb))
        self.form.fields[names[0]].editor.setFocus()

    def keep_draft(self, drafts: Drafts, part: str, table: str, piece: str) -> None:
        """Keep what is typed as a draft, and go on with the one of last time. Left, it goes; taken, it stays.

        Whoever took what was typed lets the draft go when it is safe elsewhere.
        """
        self._piece = piece
        self._begun = self.values
        typing = Typing(drafts, part, self, self)
        typing.stand(table, "", self._title)
        kept = drafts.kept(table, "", part, piece)
        if kept is not None:
            typing.take_up(kept)
            self.text.setText(f"上次没有填完的还在，接着填就行。{self.text.text()}")
            for name, one in self.form.fields.items():
                one.rewrite(kept.values.get(name, ""))
        self.form.changed.connect(typing.typed)
        self.form.left.connect(typing.now)
        self.accepted.connect(typing.close)
        self.rejected.connect(typing.saved)

    def unsaved(self) -> Unsaved:
        """All that stands in it, once something was typed."""
        return Unsaved({} if self.values == self._begun else self.values, {}, self._piece)

    @property
    def values(self) -> dict[str, str]:
        """What was filled in."""
        return {name: one.value for name, one in self.form.fields.items() if one.value}

    def ask(self) -> dict[str, str]:
        """Ask and wait; empty where it was left."""
        return self.values if self.exec() == QDialog.DialogCode.Accepted else {}

    @Slot()
    def take(self) -> None:
        """Done, if nothing is lacking; else the first such field gets the focus."""
        wrong = self.form.check()
        for name, one in self.form.fields.items():
            if name in self._required and not one.value:
                one.mark(f"还没有填“{one.field.label}”。")
                wrong.append(one)
        if wrong:
            wrong[0].editor.setFocus()
        else:
            self.accept()
