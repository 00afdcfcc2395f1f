"""The pages of the first start: one question each. Each says what it still lacks and what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from gui import theme
from gui.panels.settings.unit_box import UnitBox
from gui.widgets.facts import Facts
from gui.widgets.frames import column, row
from gui.widgets.labels import label, picture
from models.domain.unit import county_of

FURTHER = "further"  # a further PC of a county that has its root key already
# fmt: off
KINDS = (
    ("township", "乡镇、街道、园区", "填报本单位的问题和信访件，写包报给县里"),
    ("county", "县环委办（整改办）", "下发问题，收各单位的包，看全县的数"),
    ("department", "县直部门", "填报本部门负责的问题，写包报给县里"),
    (FURTHER, "县里的又一台电脑", "县里已经有一台在用；先向它申请登记，或照密钥恢复单恢复"),
)
PROMISES = (
    ("shield", "数据只在本机", "不联网。内容只随加密的数据包走，别的电脑打不开。"),
    ("stick", "与县里用 U 盘交换", "写完会读回核对，核对好了才说可以拔出。"),
    ("clock", "改过的都能查", "每一处改动都有历史：谁、什么时候、从什么改成什么。"),
)
SECRECY = "不得录入、处理、传递国家秘密。本程序不得处理涉密信息。"
NAMES = {  # kind → title, example, hint
    "township": ("单位叫什么名字？", "白水镇", "与县里台账上写的一致，记录才会归到您名下。"),
    "county": ("县里的办公室叫什么名字？", "临江县环委办", "以县名开头，程序由此知道县名。"),
    FURTHER: ("县里的办公室叫什么名字？", "临江县环委办", "与县里第一台电脑上的一致。"),
    "department": ("部门叫什么名字？", "县水利局", "与县里台账上写的一致，记录才会归到您名下。"),
}
CODES = {  # kind → title, example, digits, where to find it
    "township": ("单位的代码是多少？", "361021101", 9,
                 ("9 位：前 6 位是县的代码，后 3 位是乡镇的，和统计用区划代码的前 9 位相同。"
                  "找不到就打电话问县环委办：县里登记您的电脑时，两边的代码要一致。")),
    "county": ("县的行政区划代码是多少？", "361021", 6,
               "6 位，本县户籍的公民身份号码前 6 位就是它；统计报表上也有。"),
    FURTHER: ("县的行政区划代码是多少？", "361021", 6, "6 位，与县里第一台电脑上的一致。"),
    "department": ("部门的代码是多少？", "361021901", 9,
                   "由县环委办定，一般是县的 6 位代码加 3 位部门号。请打电话问县环委办，两边要一致。"),
}
# fmt: on


class Step(QWidget):
    """One page: a question, a line that takes the fear away, and the answer."""

    changed = Signal()
    name = ""  # at the left
    lead = ""

    def __init__(self) -> None:
        super().__init__()
        self.count = label("", "small")
        self.title = label("", "title", wrap=True)
        self.quiet = label("", "quiet", wrap=True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(18))
        self.body.addLayout(column(self.count, self.title, self.quiet, gap=6))
        self.setMaximumWidth(theme.px(640))

    def add(self, part: QWidget | QLayout) -> None:
        """Add a part below."""
        if isinstance(part, QLayout):
            self.body.addLayout(part)
        else:
            self.body.addWidget(part)

    def ask(self, title: str, quiet: str) -> None:
        """Say what is asked."""
        self.title.setText(title)
        self.quiet.setText(quiet)

    def lacks(self) -> str:
        """What is still to be done before one may go on, in words; "" where nothing is."""
        return ""

    def answer(self) -> str:
        """What was answered, for the list at the left."""
        return self.lead

    def first(self) -> QWidget | None:
        """Where typing starts."""
        return None

    def doubts(self) -> bool:
        """Whether something odd was typed that was not said yet; it is said now, and one may go on after that."""
        return False


class Welcome(Step):
    """What this program does with data."""

    name, lead = "说明", "数据只在本机"

    def __init__(self) -> None:
        super().__init__()
        self.ask("先说明三件事", "接下来回答三四个问题就能开始，大约 2 分钟。每一项以后都能看到，填错了可以回来改。")
        for icon, title, text in PROMISES:
            line = row(picture(icon, "accent", 24), gap=16)
            line.addLayout(column(label(title, "bold"), label(text, "quiet", wrap=True), gap=2), 1)
            self.add(line)
        self.add(label(SECRECY, "bold", wrap=True))
        self.body.addStretch(1)


class Kind(Step):
    """Which kind of desk this will be."""

    name, lead = "用在哪里", "乡镇、县里还是部门"

    def __init__(self) -> None:
        super().__init__()
        self.ask("这台电脑用在哪里？", "看到的页面会不一样。")
        self.kinds = QButtonGroup(self)
        for kind, words, below in KINDS:
            one = QRadioButton(words)
            one.setObjectName(kind)
            one.setAccessibleDescription(below)
            one.setChecked(kind == "township")
            self.kinds.addButton(one)
            under = row(26, label(below, "small"), None, gap=0)
            self.add(column(one, under, gap=2))
        self.body.addStretch(1)
        self.kinds.buttonClicked.connect(self.changed)

    @property
    def value(self) -> str:
        """The kind."""
        chosen = self.kinds.checkedButton()
        return chosen.objectName() if chosen else "township"

    def answer(self) -> str:
        return next(words for kind, words, _ in KINDS if kind == self.value)

    def first(self) -> QWidget | None:
        return self.kinds.checkedButton()


class Typed(Step):
    """One short text."""

    def __init__(self, what: str, width: int = 0) -> None:
        super().__init__()
        self.what = what
        self.text = QLineEdit()
        self.text.setAccessibleName(what)
        if width:
            self.text.setFixedWidth(theme.px(width))
        words = label(what)
        words.setBuddy(self.text)
        self.hint = label("", "small", wrap=True)
        self.odd = label("", "small", "yellow", wrap=True)
        self.odd.hide()
        self._doubted = ""  # what was typed when one wished to go on
        self.add(column(row(words, label("*", "", "red"), None, gap=4), self.text, self.hint, self.odd, gap=6))
        self.body.addStretch(1)
        self.text.textChanged.connect(self._type)
        self.text.editingFinished.connect(self._check)

    @property
    def value(self) -> str:
        """What was typed."""
        return self.text.text().strip()

    def lacks(self) -> str:
        return "" if self.value else f"还差{self.what}"

    def answer(self) -> str:
        return self.value or self.lead

    def first(self) -> QWidget | None:
        return self.text

    def oddity(self) -> str:
        """What looks odd in what was typed, though it may be right."""
        return ""

    def doubts(self) -> bool:
        new = bool(self.oddity()) and self._doubted != self.value
        self._doubted = self.value
        self._check()
        return new

    @Slot()
    def _type(self) -> None:
        self.odd.hide()
        self.changed.emit()

    @Slot()
    def _check(self) -> None:
        self.odd.setText(self.oddity())
        self.odd.setVisible(bool(self.oddity()))


class Name(Typed):
    """What the unit is called."""

    name, lead = "单位名称", "与台账上写的一致"

    def __init__(self) -> None:
        super().__init__("单位名称")
        self._kind = "township"

    def of(self, kind: str) -> None:
        """Ask it of a kind of desk."""
        self._kind = kind
        title, example, hint = NAMES[kind]
        mild = "填错了不要紧，县里登记这台电脑时会再核对一次。"
        self.ask(title, "数据包和导出的台账上会写这个名称。" if kind == "county" else mild)
        self.text.setPlaceholderText(f"如 {example}")
        self.hint.setText(hint)

    def oddity(self) -> str:
        if self._kind == "county" and self.value and not county_of(self.value):
            return "名称里没有认出县名。一般写成“临江县环委办”；就是这样的话，可以继续。"
        return ""


class Code(Typed):
    """The code of the unit, and where to find it."""

    name, lead = "单位代码", "行政区划代码"

    def __init__(self) -> None:
        super().__init__("代码", 220)
        self._kind = "township"

    def of(self, kind: str) -> None:
        """Ask it of a kind of desk."""
        self._kind = kind
        title, example, _, where = CODES[kind]
        self.ask(title, "两台电脑靠代码认出对方，不靠名字。")
        self.text.setPlaceholderText(f"如 {example}")
        self.hint.setText(where)

    def oddity(self) -> str:
        digits = CODES[self._kind][2]
        if self.value and (len(self.value) != digits or not self.value.isdigit()):
            return f"一般是 {digits} 位数字，现在是 {len(self.value)} 位。确实是这个代码的话，可以继续。"
        return ""


class Units(Step):
    """The county: whom it exchanges with. May stay empty."""

    name, lead = "单位名单", "和哪些单位交换"

    def __init__(self) -> None:
        super().__init__()
        self.ask("县里和哪些单位交换数据？", "可以先空着，以后在“设置”里随时添加。")
        self.box = UnitBox(rows=8)
        self.add(self.box)
        self.body.addStretch(1)
        self.box.changed.connect(self.changed)

    def lacks(self) -> str:
        wrong = sum(1 for one in self.box.lines if one.wrong)
        return f"请先改好 {wrong} 行" if wrong else ""

    def answer(self) -> str:
        many = len(self.box.good)
        return f"{many} 个单位" if many else self.lead

    def first(self) -> QWidget | None:
        return self.box.text


class Check(Step):
    """What was answered, and what follows."""

    name, lead = "核对", "看一眼就开始"

    def __init__(self) -> None:
        super().__init__()
        self.ask("这样对吗？", "点左边的任何一步都能回去改。")
        self.facts = Facts(gap=8, label_width=96)
        self.add(self.facts)
        after = column(label("开始以后做什么", "bold"), gap=6)
        for number, text in enumerate((
            "导入现有的 Excel 台账，马上看到哪些逾期、哪些快到期。",
            "写一个登记申请交给县环委办，收到欢迎包后就能报送。",
            "每月填一次月调度，写一个数据包。",
        ), 1):  # fmt: skip
            line = row(label(f"{number}.", "quiet"), label(text, wrap=True))
            line.setStretch(1, 1)
            after.addLayout(line)
        self.add(after)
        self.body.addStretch(1)

    def show_answers(self, answers: Sequence[tuple[str, str]], home: Path) -> None:
        """Show what was answered."""
        self.facts.show_facts([*answers, ("数据放在", str(home))])
