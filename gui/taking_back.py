"""撤销: what was done last is taken back from the notice that tells of it; then, one by one, what was done before."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from gui.done import Done
from gui.jobs import Kind
from gui.panel import Panel
from models.progress import Progress
from models.services.views.home import Touched

TAKE_BACK = "撤销"
EARLIER = "再撤销更早的“{}”"
KEPT = "办和撤销都记在历史里。"


class TakingBack(QObject):
    """Serves the notice of one page."""

    done = Signal(object)  # Done: what was taken back

    def __init__(self, page: Panel) -> None:
        super().__init__(page)
        self._page = page
        self._offered: dict[str, Done] = {}  # by the word of its button
        page.notice.acted.connect(self._act)

    def offer(self) -> tuple[str, ...]:
        """The button of a notice that tells what was done just now."""
        return self._offer(TAKE_BACK)

    def take(self, done: Done) -> None:
        """Have one taken back."""
        self._page.notice.hide()
        self._page.ask(partial(self._write, done), self._taken, kind=Kind.SAVE)

    def _offer(self, word: str) -> tuple[str, ...]:
        last = self._page.session.done.last
        self._offered = {word.format(last.label): last} if last is not None else {}
        return tuple(self._offered)

    def _write(self, done: Done, _: Progress) -> tuple[Done, frozenset[str]]:
        return done, self._page.session.office.workflow.take_back(done.token)

    @Slot(str)
    def _act(self, word: str) -> None:
        if word in self._offered:
            self.take(self._offered[word])

    @Slot(object)
    def _taken(self, found: tuple[Done, frozenset[str]]) -> None:
        done, ids = found
        session = self._page.session
        session.done.drop(done)
        self.done.emit(done)
        session.tell(Touched("problem", ids))
        many = f" {len(ids)} 条" if len(ids) > 1 else ""
        self._page.notice.say("success", f"已撤销“{done.label}”{many}，和办以前一样。", KEPT, *self._offer(EARLIER))
