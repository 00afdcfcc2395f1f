"""首次启动: one page that asks whose ledger this will be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from gui import theme
from gui.counter import Office
from gui.faults import Faults
from gui.jobs import Job, Jobs
from gui.widgets.buttons import button
from gui.widgets.frames import Foot, Scroller, column, row
from gui.widgets.labels import label, picture
from gui.widgets.notice import Notice
from models.errors import LedgerError

# fmt: off
KINDS = (
    ("township", "乡镇、街道、园区"),
    ("county", "县环委办（整改办）"),
    ("department", "县直部门"),
)
PROMISES = (
    ("shield", "数据只在本机", "不联网，内容只随数据包走"),
    ("stick", "与县里用 U 盘交换", "包是加密的，读回核对才算写好"),
    ("clock", "改过的都能查", "每一处改动都有历史"),
)
HINTS = {
    "township": ("如 白水镇。与县里台账上写的一致，记录才会归到您名下",
                 "乡镇的行政区划代码，9 位，如 361021101；县里会再核对一次"),
    "county": ("如 临江县环委办。以县名开头，程序由此知道县名", "县的行政区划代码，6 位，如 361021"),
    "department": ("如 县水利局。与县里台账上写的一致", "县里给部门定的代码，如 361021901"),
}
SECRECY = "不得录入、处理、传递国家秘密。本程序不得处理涉密信息。"
# fmt: on


class FirstStart(QWidget):
    """Asks kind, name and code; everything else comes later."""

    opened = Signal(object)  # the office that was set up

    def __init__(self, set_up: Callable[[Path, str, str, str], Office], home: Path) -> None:
        super().__init__()
        self.setWindowTitle("环改台账 - 第一次使用")
        self.setObjectName("page")
        self.setMinimumSize(1024, 640)
        self.resize(1200, 720)
        self._set_up, self._home = set_up, home
        self.jobs, self.faults = Jobs(self), Faults(None, self)
        self.notice = Notice()
        self.kinds = QButtonGroup(self)
        self.name, self.code = QLineEdit(), QLineEdit()
        self.code.setFixedWidth(theme.px(220))
        self.name_hint = label("", "small")
        self.code_hint = label("", "small")
        self.start = button("开始使用", "primary", icon="forward")
        self.reason = label("", "quiet")
        middle = Scroller(margins=(64, 48, 64, 24))
        middle.body.addWidget(self._make_form())
        middle.body.addStretch(1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(middle, 1)
        right.addWidget(Foot(self.reason, None, self.start))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(_side())
        layout.addLayout(right, 1)
        self.kinds.buttonClicked.connect(self._watch)
        self.name.textChanged.connect(self._watch)
        self.code.textChanged.connect(self._watch)
        self.name.returnPressed.connect(self.begin)
        self.code.returnPressed.connect(self.begin)
        self.start.clicked.connect(self.begin)
        self._watch()
        self.name.setFocus()

    def _make_form(self) -> QWidget:
        kinds = QHBoxLayout()
        kinds.setSpacing(theme.px(24))
        for kind, words in KINDS:
            one = QRadioButton(words)
            one.setObjectName(kind)
            one.setChecked(kind == "township")
            self.kinds.addButton(one)
            kinds.addWidget(one)
        kinds.addStretch(1)
        form = QVBoxLayout()
        form.setSpacing(theme.px(18))
        lead = "只要三项就能开始，以后随时可以导入台账、与县里建立联系。"
        form.addLayout(column(label("这台电脑用在哪个单位？", "title"), label(lead, "quiet"), gap=6))
        form.addWidget(self.notice)
        form.addLayout(column(_required("本机用在"), kinds, gap=8))
        form.addLayout(self._field("单位名称", self.name, self.name_hint))
        form.addLayout(self._field("代码", self.code, self.code_hint))
        form.addLayout(column(label("数据放在", "quiet"), label(str(self._home), "cell", wrap=True), gap=2))
        holder = QWidget()
        holder.setLayout(form)
        holder.setMaximumWidth(theme.px(640))
        form.setContentsMargins(0, 0, 0, 0)
        return holder

    @property
    def kind(self) -> str:
        """Which kind of desk this will be."""
        chosen = self.kinds.checkedButton()
        return chosen.objectName() if chosen else "township"

    @Slot()
    def begin(self) -> None:
        """Make the home."""
        kind, name, code = self.kind, self.name.text().strip(), self.code.text().strip()
        if not self.start.isEnabled():
            return
        self.start.setEnabled(False)
        self.reason.setText("正在建立台账和本机的钥匙…")
        job = Job(lambda _: self._set_up(self._home, kind, name, code), self.jobs)
        job.done.connect(self._done)
        job.refused.connect(self._refuse)
        job.broken.connect(self._break)
        self.jobs.start(job)

    @staticmethod
    def _field(name: str, editor: QLineEdit, hint: QWidget) -> QVBoxLayout:
        editor.setAccessibleName(name)
        return column(_required(name, editor), editor, hint, gap=4)

    @Slot()
    def _watch(self) -> None:
        name_hint, code_hint = HINTS[self.kind]
        self.name_hint.setText(name_hint)
        self.code_hint.setText(code_hint)
        missing = [word for word, editor in (("单位名称", self.name), ("代码", self.code)) if not editor.text().strip()]
        self.reason.setText(f"还差{'、'.join(missing)}" if missing else "填好了，可以开始。")
        self.start.setEnabled(not missing)

    @Slot(object)
    def _done(self, office: Office) -> None:
        self.jobs.close()
        self.opened.emit(office)

    @Slot(object)
    def _refuse(self, error: LedgerError) -> None:
        self.notice.refuse(error)
        self._watch()

    @Slot(object)
    def _break(self, bug: BaseException) -> None:
        self.faults.show(bug)
        self._watch()

    def closeEvent(self, event: object) -> None:
        self.jobs.close()
        super().closeEvent(event)  # pyright: ignore[reportArgumentType]


def _required(name: str, editor: QLineEdit | None = None) -> QHBoxLayout:
    words = label(name)
    if editor is not None:
        words.setBuddy(editor)
    return row(words, label("*", "", "red"), None, gap=4)


def _side() -> QFrame:
    side = QFrame()
    side.setObjectName("nav")
    side.setFixedWidth(theme.px(272))
    layout = QVBoxLayout(side)
    layout.setContentsMargins(theme.px(28), theme.px(36), theme.px(24), theme.px(24))
    layout.setSpacing(theme.px(4))
    layout.addWidget(label("环改台账", "title"))
    layout.addWidget(label("第一次使用，一分钟", "small"))
    layout.addSpacing(theme.px(24))
    for icon, title, text in PROMISES:
        line = QHBoxLayout()
        line.setSpacing(theme.px(12))
        line.addWidget(picture(icon, "accent", 20), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(label(title), label(text, "small", wrap=True), gap=2), 1)
        layout.addLayout(line)
        layout.addSpacing(theme.px(14))
    layout.addStretch(1)
    layout.addWidget(label(SECRECY, "small", wrap=True))
    return side
