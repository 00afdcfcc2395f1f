"""材料: the papers that are there and must be, and the photos of what waits for a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout

from gui import theme
from gui.panels.record.pairs import is_photo, pairs
from gui.widgets.frames import Card, clear, row
from gui.widgets.labels import label, picture
from gui.widgets.thumbnails import Thumbnails
from models.services.views.lists import Record
from models.services.views.workflow import PaperView


class Material(Card):
    """Papers by name, and photos."""

    def __init__(self) -> None:
        super().__init__("材料", " ")
        self._entries: list[Any] = []  # photos of the record that is shown
        self._papers = QVBoxLayout()
        self._papers.setSpacing(theme.px(4))
        self._photos = Thumbnails()
        self.add(self._papers, self._photos)

    @property
    def wanted(self) -> list[str]:
        """Files of which a picture can be shown."""
        return [str(one["picture"]) for one in self._entries if one["picture"]]

    def start_over(self) -> None:
        """Another one will be shown."""
        self._entries = []
        clear(self._papers)
        self._photos.hide()

    def show_record(self, record: Record, papers: Sequence[PaperView], *, judged: bool) -> None:
        """Show what there is of a record. `judged`: it is what is decided on, so that having no photos is told too."""
        self._entries = [one for one in record.get("evidence") or () if is_photo(one)]
        self._show_papers(papers)
        self.show_pictures({})
        self.setVisible(judged or bool(self._entries))

    def _show_papers(self, papers: Sequence[PaperView]) -> None:
        """What is there and what must be; the others in one line."""
        for one in papers:
            if one.here or one.must:
                mark = picture("check" if one.here else "circle", "green" if one.here else "control", 16)
                need = "" if one.here else "（必备，还没有）"
                self._papers.addLayout(row(mark, label(f"{one.name}{need}", "" if one.here else "bold"), None))
        rest = [one.name for one in papers if not one.here and not one.must]
        if rest:
            self._papers.addWidget(label(f"选备的还没有：{'、'.join(rest)}", "small", wrap=True))

    def show_pictures(self, pictures: Mapping[str, QImage | None]) -> None:
        """Show the photos; what is not in `pictures` is still to come."""
        self._photos.show_pairs(pairs(self._entries, pictures, may_add=False))
        self._photos.setVisible(bool(self._entries))
        self.quiet.setText(f"{len(self._entries)} 张照片" if self._entries else "没有照片")
