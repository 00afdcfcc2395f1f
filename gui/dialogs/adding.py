"""Files that are to be added, and what they belong to, asked once for all; the same of one that is there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from gui import saying, theme
from gui.widgets.buttons import button
from gui.widgets.choice import Choice, Offered, Segments
from gui.widgets.frames import row
from gui.widgets.labels import label, picture
from models.domain import media, words
from models.services.views.files import Looked
from models.services.views.workflow import PaperView

NAMED = 3  # files that are named; the others are counted
CAPTION_CHARS = 100
ITSELF = "这条记录本身"
BY_ITSELF = "不写，按说明和文件名认"
SHORT = 30  # characters of a part's name in the list


@dataclass(frozen=True)
class Belongs:
    """What files are of."""

    stage: str = ""  # before during after; "" not said
    caption: str = ""
    part: str = ""  # id of a measure, a dispatch …; "" the record itself
    paper: str = ""  # of 一问题一档; "" not said

    @property
    def values(self) -> dict[str, str]:
        """The fields of an entry that were said."""
        told = {"stage": self.stage, "caption": self.caption, "paper": self.paper}
        return {name: text for name, text in told.items() if text}


def guess(last: Belongs | None, *, photos: bool, before: bool, completed: bool) -> Belongs:
    """What files most probably are of: what was said last; else the stage that the record lacks.

    `photos`: whether any of them is a photo. `before`: whether the record has photos of before its rectification.
    """
    if last is not None:
        return replace(last, caption="", paper="")
    stage = "after" if completed else "during" if before else "before"
    return Belongs(stage if photos else "")


def stage_of(paper: str) -> str:
    """The stage that the name of a paper tells of; "" for none."""
    return next((stage for stage, word in words.EVIDENCE_STAGE.items() if word in paper), "")


class Adding(QDialog):
    """One question for all files; Enter takes it as it stands, Esc adds nothing."""

    def __init__(
        self, files: Sequence[Looked], left: int, belongs: Belongs, *, parts: Sequence[tuple[str, str]],
        papers: Sequence[PaperView], captions: Sequence[str], parent: QWidget | None = None, there: bool = False,
    ) -> None:  # fmt: skip
        """`there`: they are there already, and only what they belong to is to be changed."""
        super().__init__(parent)
        self.setWindowTitle("环改台账")
        self.setFixedWidth(theme.px(640))
        self.good = tuple(one for one in files if not one.refused)
        reasons: dict[str, list[str]] = {}
        for one in files:
            if one.refused:
                reasons.setdefault(one.refused, []).append(one.path.name)
        self.part = _choice("属于", {"": ITSELF, **{id_: _short(said) for id_, said in parts}}, belongs.part)
        self.stage = Segments(words.EVIDENCE_STAGE)
        self.stage.setAccessibleName("整改阶段")
        self.stage.put(belongs.stage)
        self.paper = _choice("一问题一档", {"": BY_ITSELF, **{one.name: _said(one) for one in papers}}, belongs.paper)
        self.caption = Offered()
        self.caption.setAccessibleName("说明")
        self.caption.setPlaceholderText("地点、拍的是什么")
        self.caption.setMaxLength(CAPTION_CHARS)
        self.caption.offer([(one, one) for one in captions])
        self.caption.setText(belongs.caption)
        self.leave = button("不改了" if there else "先不添加" if self.good else "知道了")
        self.verb = button("保存" if there else f"添加 {len(self.good)} 个文件", "primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(24),) * 4)
        layout.setSpacing(theme.px(12))
        layout.addWidget(label("这份材料是哪一环节的？" if there else _title(self.good), "h2"))
        if self.good:
            layout.addWidget(label(_counted(self.good), "quiet"))
            layout.addWidget(label(_named([one.path.name for one in self.good]), "quiet", wrap=True))
        for why, names in reasons.items():
            line = row(
                picture("warning", "yellowText", 16), label(f"{_named(names)} 不能添加：{why}", wrap=True), gap=8
            )
            line.setStretch(1, 1)
            layout.addLayout(line)
        if left:
            layout.addWidget(label(f"文件夹里另有 {left} 个没有列出：不是照片或文档，或一次太多。", "quiet", wrap=True))
        if self.good:
            layout.addLayout(self._fields(has_parts=bool(parts), has_papers=bool(papers)))
        layout.addSpacing(theme.px(4))
        layout.addLayout(row(None, self.leave, *([self.verb] if self.good else [])))
        self.leave.clicked.connect(self.reject)
        self.verb.clicked.connect(self.accept)
        self.paper.currentIndexChanged.connect(self._follow)
        if not self.good:
            self.verb.setParent(self)
            self.verb.hide()
        (self.verb if self.good else self.leave).setFocus()

    def _fields(self, *, has_parts: bool, has_papers: bool) -> QGridLayout:
        made = QGridLayout()
        made.setHorizontalSpacing(theme.px(16))
        made.setVerticalSpacing(theme.px(8))
        made.setColumnStretch(1, 1)
        hint = label("整改前、整改后写一样的说明，两张就并排放。", "small")
        rows: list[tuple[str, QWidget, bool]] = [
            ("属于", self.part, has_parts), ("整改阶段", self.stage, True), ("一问题一档", self.paper, has_papers),
            ("说明", self.caption, True), ("", hint, True),
        ]  # fmt: skip
        for at, (name, editor, shown) in enumerate(rows):
            if shown:
                made.addWidget(label(name, "quiet"), at, 0)
                made.addWidget(editor, at, 1)
            else:
                editor.setParent(self)
                editor.hide()
        return made

    @property
    def belongs(self) -> Belongs:
        """What was said."""
        return Belongs(
            self.stage.value, self.caption.text().strip(), str(self.part.currentData() or ""),
            str(self.paper.currentData() or ""),
        )  # fmt: skip

    def ask(self) -> Belongs | None:
        """Ask and wait; None where nothing is to be added."""
        return self.belongs if self.exec() == QDialog.DialogCode.Accepted else None

    @Slot()
    def _follow(self) -> None:
        """A paper that is of a stage says it."""
        if stage := stage_of(str(self.paper.currentData() or "")):
            self.stage.put(stage)


def _choice(name: str, choices: Mapping[str, str], value: str) -> Choice:
    made = Choice()
    made.setAccessibleName(name)
    for key, said in choices.items():
        made.addItem(said, key)
    made.setCurrentIndex(max(made.findData(value), 0))
    return made


def _said(paper: PaperView) -> str:
    marks = [mark for mark, on in (("必备", paper.must), ("已有", paper.here)) if on]
    return f"{paper.name}（{'，'.join(marks)}）" if marks else paper.name


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= SHORT else f"{plain[:SHORT]}…"


def _title(good: Sequence[Looked]) -> str:
    return f"这 {len(good)} 个文件是哪一环节的？" if good else "这些文件都不能添加"


def _counted(good: Sequence[Looked]) -> str:
    photos = sum(1 for one in good if media.is_photo(one.media))
    counts = [text.format(n) for n, text in ((photos, "照片 {} 张"), (len(good) - photos, "文档 {} 份")) if n]
    return saying.SPACE.join((*counts, saying.size(sum(one.bytes for one in good))))


def _named(names: Sequence[str]) -> str:
    some = "、".join(names[:NAMED])
    return some if len(names) <= NAMED else f"{some} 等 {len(names)} 个"
