"""What is shown while the ledger is opened or put back: nothing for a moment, then what is going on."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from gui import theme
from gui.widgets.labels import label

PATIENCE = 700  # milliseconds: who opens a ledger sooner than that need not read anything


class Opening(QWidget):
    """A page without buttons: opening ends by itself."""

    def __init__(self, words: str = "正在打开台账…") -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWindowTitle("环改台账")
        self.words = label(words, "title")
        self.more = label("数据都在本机。第一次用新版本时要整理一下，可能要一两分钟，请不要关机。", "quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setFixedWidth(theme.px(320))
        self.bar.setAccessibleName(words.rstrip("…"))
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        for part in (self.words, self.more, self.bar):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
            part.hide()
        layout.addStretch(3)
        layout.setSpacing(theme.px(12))
        self._patience = QTimer(self)
        self._patience.setObjectName("patience while opening")
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._explain)
        self._patience.start(PATIENCE)

    @Slot(object, object, str)
    def report(self, done: int, total: int, _what: str) -> None:
        """Show how far it is, where anybody knows."""
        self.bar.setRange(0, 1000 if total else 0)
        self.bar.setValue(round(1000 * done / total) if total else 0)

    @Slot()
    def _explain(self) -> None:
        for part in (self.words, self.more, self.bar):
            part.show()
