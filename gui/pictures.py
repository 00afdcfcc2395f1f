"""Pictures of every page of the window, taken without a screen: for the demo, the manual and the README."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from gui import offscreen, theme
from gui.counter.office import Office
from gui.places import Place
from gui.slices import is_growing

SIZE = QSize(1366, 768)
PATIENCE = 20.0  # seconds that a page may take

# fmt: off
# name → place; {problem} and {petition} stand for the first record of the list.
PLACES = (
    ("01-overview", Place("overview")),
    ("02-problems", Place("problem")),
    ("03-problem", Place("problem/record", id="{problem}")),
    ("04-petitions", Place("petition")),
    ("05-petition", Place("petition/record", id="{petition}")),
    ("06-exchange-write", Place("exchange", tab="write")),
    ("07-exchange-read", Place("exchange", tab="read")),
    ("08-exchange-conflicts", Place("exchange", tab="conflicts")),
    ("09-exchange-enrol", Place("exchange", tab="enrol")),
    ("10-import", Place("problem/excel")),
    ("11-settings", Place("settings")),
    ("12-help", Place("help")),
    ("13-figures", Place("figures")),
    ("14-sources", Place("source")),
    ("15-inspections", Place("inspection", tab="checks")),
    ("16-campaigns", Place("inspection", tab="campaigns")),
)
# fmt: on


def application(look: theme.Look | None = None) -> QApplication:
    """The application, made for no screen if there is none yet."""
    app = offscreen.application()
    from gui.app import dress  # noqa: PLC0415 - needs Qt's platform to be chosen first

    dress(app, look or theme.Look())
    return app


def settle(busy: Callable[[], bool]) -> None:
    """Let the window work until nothing is under way."""
    until = time.monotonic() + PATIENCE
    quiet = 0
    while quiet < 5 and time.monotonic() < until:
        QCoreApplication.processEvents()
        quiet = 0 if busy() else quiet + 1
        time.sleep(0.005 if busy() else 0.015)


def picture(widget: QWidget, path: Path, ratio: float = 1) -> Path:
    """Save what a widget looks like on a screen of a device ratio."""
    taken = QPixmap(widget.size() * ratio)
    taken.setDevicePixelRatio(ratio)
    widget.render(taken)
    taken.save(str(path))
    return path


def take_pictures(office: Office, folder: Path, *, look: theme.Look | None = None, ratio: float = 1) -> list[Path]:
    """Open every page of the window of an office and save what it looks like."""
    application(look)
    from gui.main_window import MainWindow  # noqa: PLC0415
    from gui.session import Session  # noqa: PLC0415
    from models.services.views.lists import Query  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    session = Session(office)
    window = MainWindow(session)
    made: list[Path] = []
    try:
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.resize(SIZE)
        window.show()
        window.start()
        settle(lambda: session.is_busy or is_growing(window))
        firsts: dict[str, str] = {}
        for table in ("problem", "petition"):
            rows = office.records.ids(Query(table))[:1]
            if rows:
                firsts[f"{{{table}}}"] = office.records.lines(table, rows)[0].id
        for name, place in PLACES:
            if place.id and place.id not in firsts:
                continue
            window.go(Place(place.page, id=firsts.get(place.id, ""), tab=place.tab))
            settle(lambda: session.is_busy or is_growing(window))
            made.append(picture(window, folder / f"{name}.png", ratio))
    finally:
        window.close()
        session.close()
        window.deleteLater()
        settle(lambda: False)
    return made
