"""The views that somebody keeps under names of their own: tabs beside the built-in ones, remembered on this PC."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gui.dialogs.question import Question
from gui.session import Session
from gui.settings import SavedView
from gui.widgets.view_tabs import ViewTabs
from models.services.views.lists import Query

MARK = "own:"  # before the name, in the key of a tab
MOST = 12  # letters of a name: tabs are short
KEEP, RENAME, DROP = "保存", "改名", "删除"


def key_of(view: SavedView) -> str:
    """The key of the tab of a view."""
    return f"{MARK}{view.name}"


class OwnViews(QObject):
    """Keeps, renames and drops views of one list, and puts their tabs."""

    kept = Signal(str)  # key of the view that was kept or renamed
    dropped = Signal(str)  # name of the view that is gone
    taken = Signal(str)  # a name that another view has

    def __init__(self, tabs: ViewTabs, session: Session, table: str, window: QWidget) -> None:
        super().__init__(window)
        self._tabs, self._session, self._table, self._window = tabs, session, table, window
        self._last: tuple[int, SavedView] | None = None
        for view in self._views:
            tabs.put(key_of(view), view.name)
        tabs.asked.connect(self._open_menu)

    @property
    def _views(self) -> list[SavedView]:
        return self._session.settings.views.setdefault(self._table, [])

    def queries(self) -> dict[str, Query]:
        """What each view asks for."""
        return {
            key_of(one): Query(self._table, one.words, one.where, one.view, one.sort, one.descending)
            for one in self._views
        }

    def match(self, query: Query) -> tuple[str, bool]:
        """The view that has these filters ("" none), and whether also its order is this one."""
        for key, own in self.queries().items():
            if replace(own, sort="", descending=False) == replace(query, sort="", descending=False):
                return key, own == query
        return "", False

    def keep(self, query: Query, said: str) -> None:
        """Ask for a name, and keep a query under it; `said` is the query in words."""
        name = self._ask("给现在的筛选起个名字", f"留作一个标签，以后点一下就是：{said}。", KEEP, said[:MOST])
        if not name:
            return
        view = SavedView(name, query.words, query.where, query.view, query.sort, query.descending)
        views = self._views
        at = next((at for at, one in enumerate(views) if one.name == name), len(views))
        views[at : at + 1] = [view]
        self._session.keep_settings()
        self._tabs.put(key_of(view), name)
        self.kept.emit(key_of(view))

    def bring_back(self) -> None:
        """Take back the last dropping."""
        if self._last is None:
            return
        (at, view), self._last = self._last, None
        self._views.insert(at, view)
        self._session.keep_settings()
        self._tabs.put(key_of(view), view.name)
        self.kept.emit(key_of(view))

    def rename(self, key: str) -> None:
        """Ask for another name of a view."""
        at, view = self._find(key)
        name = self._ask("换一个名字", f"“{view.name}”的筛选不变，只换标签上的名字。", RENAME, view.name)
        if not name or name == view.name:
            return
        if any(one.name == name for one in self._views):
            self.taken.emit(name)
            return
        self._views[at] = replace(view, name=name)
        self._session.keep_settings()
        for one in self._views[at:]:  # so that their order stays
            self._tabs.drop(key if one.name == name else key_of(one))
        for one in self._views[at:]:
            self._tabs.put(key_of(one), one.name)
        self.kept.emit(f"{MARK}{name}")

    def drop(self, key: str) -> None:
        """Take a view away; it can be brought back."""
        at, view = self._find(key)
        self._last = at, self._views.pop(at)
        self._session.keep_settings()
        self._tabs.drop(key)
        self.dropped.emit(view.name)

    def _find(self, key: str) -> tuple[int, SavedView]:
        return next((at, one) for at, one in enumerate(self._views) if key_of(one) == key)

    def _ask(self, title: str, text: str, deed: str, suggested: str) -> str:
        question = Question(
            title, text, "不用了", (deed, "primary"), reason="名称", hint=f"最多 {MOST} 个字，如“重点督办”",
            parent=self._window,
        )  # fmt: skip
        question.reason.setMaxLength(MOST)
        question.reason.setText(suggested)
        question.reason.selectAll()
        return question.reason.text().strip() if question.ask() else ""

    @Slot(str, QPoint)
    def _open_menu(self, key: str, at: QPoint) -> None:
        if not key.startswith(MARK):
            return
        menu = QMenu(self._window)
        for word in (RENAME, DROP):
            action = QAction(f"{word}…" if word == RENAME else word, menu)
            action.setData((word, key))
            menu.addAction(action)
        menu.triggered.connect(self._do)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    @Slot(QAction)
    def _do(self, action: QAction) -> None:
        word, key = action.data()
        if word == RENAME:
            self.rename(key)
        else:
            self.drop(key)
