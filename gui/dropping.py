"""Files that are dragged onto the window: what will become of them is said before they are let go, and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui import icons, theme
from gui.places import Place

PACKAGES = frozenset({".hgb", ".hgf"})
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".csv"})
EXHIBITS = frozenset({  # photos and documents that a record takes; a workbook is imported instead
    ".jpg", ".jpeg", ".png", ".heic", ".heif", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".mp4", ".mov",
    ".pdf", ".doc", ".docx", ".wps", ".ofd", ".ppt", ".pptx", ".txt", ".zip",
})  # fmt: skip
NAMES = 3  # files that are named; the others are counted


@dataclass(frozen=True)
class Dropped:
    """What was dragged here, sorted by what can be done with it."""

    packages: tuple[Path, ...] = ()  # packages, and folders that may hold some: a whole stick
    workbooks: tuple[Path, ...] = ()
    exhibits: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()  # that a record looks through for photos and documents
    others: tuple[Path, ...] = ()
    on_record: bool = False  # whether a record is shown that takes photos and documents

    @property
    def hint(self) -> str:
        """What happens when they are let go."""
        if self.packages:
            count = len(self.packages)
            return "松开后读入数据包" if count == 1 else f"松开后读入 {count} 个数据包"
        if self.workbooks:
            return "松开后导入 Excel"
        if self.folders:
            return "松开后把文件夹里的照片和文档添加到这条记录"
        if self.exhibits:
            count = len(self.exhibits)
            return f"松开后把 {count} 个文件添加到这条记录" if self.on_record else "先打开一条记录，再把照片拖进来"
        return "这种文件这里读不了"

    @property
    def is_good(self) -> bool:
        """Whether something can be done with any of them."""
        return bool(self.packages or self.workbooks or self.for_record)

    @property
    def for_record(self) -> tuple[Path, ...]:
        """What the record that is shown takes."""
        if not self.on_record or self.packages or self.workbooks:
            return ()
        return self.exhibits + self.folders

    def place(self, page: str) -> Place | None:
        """Where they go, from the page that is shown."""
        if self.packages:
            return Place("exchange", tab="read", id="\n".join(str(path) for path in self.packages))
        if self.workbooks:
            kind = next((one for one in ("petition", "source") if page.startswith(one)), "problem")
            return Place(f"{kind}/excel", id=str(self.workbooks[0]))
        return None

    @property
    def left(self) -> tuple[str, str]:
        """What was not taken, and why: a sentence and its explanation; empty where everything was."""
        first = 0 if self.packages else 1
        exhibits = () if self.for_record else self.exhibits
        folders = () if self.for_record else self.folders
        rest: tuple[Path, ...] = (*self.workbooks[first:], *exhibits, *folders, *self.others)
        if not rest:
            return "", ""
        if self.for_record:
            return f"{named(rest)}没有添加。", "这类文件不能作为佐证材料。"
        if self.exhibits and not self.others and not self.is_good:
            kept = f"{named(self.exhibits)}仍在原处，没有改动。"
            return "照片和文档要添加到一条记录里。", f"请先打开一条记录，再拖一次；{kept}"
        if not self.is_good:
            return f"{named(rest)}读不了，没有改动。", "这里读数据包（.hgb）和 Excel 台账（.xlsx、.xls、.csv）。"
        if self.packages:
            return f"只读了数据包，{named(rest)}没有读。", "数据包和别的文件要分开拖：请再拖一次。"
        why = "一次导入一个工作簿：导完这个，再拖下一个。" if len(self.workbooks) > 1 else "这里读数据包和 Excel 台账。"
        return f"先导入{named(self.workbooks[:1])}，{named(rest)}没有读。", why


def sort(paths: Sequence[Path], *, on_record: bool = False) -> Dropped:
    """Sort files by their names; a folder is looked through for packages, on a record for photos and documents."""
    kinds: dict[str, list[Path]] = {"packages": [], "workbooks": [], "exhibits": [], "folders": [], "others": []}
    for path in paths:
        suffix = path.suffix.lower()
        if suffix in WORKBOOKS:
            kinds["workbooks"].append(path)
        elif suffix in EXHIBITS:
            kinds["exhibits"].append(path)
        elif suffix not in PACKAGES and path.is_dir():
            whole = path.parent == path  # a stick: E:\\
            kinds["folders" if on_record and not whole else "packages"].append(path)
        else:
            kinds["packages" if suffix in PACKAGES else "others"].append(path)
    return Dropped(**{name: tuple(some) for name, some in kinds.items()}, on_record=on_record)


def named(paths: Sequence[Path]) -> str:
    """A few files by name, many by number."""
    names = "、".join(f"“{path.name}”" for path in paths[:NAMES])
    return names if len(paths) <= NAMES else f"{names}等 {len(paths)} 个文件"


class DropHint(QWidget):
    """Lies over the whole window while files are dragged across it, and lets them through."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.said = ""
        self._good = True
        self.hide()

    def offer(self, dropped: Dropped) -> None:
        """Say what will happen."""
        self.said, self._good = dropped.hint, dropped.is_good
        self.setAccessibleName(self.said)
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.colour("surface")
        ground.setAlpha(215)
        painter.fillRect(self.rect(), ground)
        tone = "accent" if self._good else "grey"
        edge = theme.px(12)
        painter.setPen(QPen(theme.colour(tone), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(edge, edge, -edge, -edge), theme.px(8), theme.px(8))
        side = theme.px(40)
        middle = self.rect().center()
        painter.setPen(QPen(theme.colour("line2"), 1))
        painter.setBrush(theme.colour("surface"))
        wide, high = theme.px(380), theme.px(150)
        card = QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)
        painter.drawRoundedRect(card, theme.px(8), theme.px(8))
        icon = icons.pixmap("read" if self._good else "info", "accent" if self._good else "text2", 40, 2)
        painter.drawPixmap(middle.x() - side // 2, middle.y() - side - theme.px(8), icon)
        painter.setFont(theme.font("title"))
        painter.setPen(theme.colour("text"))
        line = QRectF(0, middle.y() + theme.px(4), self.width(), theme.px(40))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self.said)
