"""What the pictures of the manual show: a window over an office, led to a place, and the part that is to be taken."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from cli.demo_data import WORKBOOKS
from gui import theme
from gui.main_window import MainWindow
from gui.page import Page
from gui.pictures import application, settle
from gui.places import Place
from gui.session import Session
from gui.slices import is_growing
from gui.tables.view import LineView
from gui.widgets.frames import Card
from models.services.views.lists import Query
from resources import path as resource

SIZE = QSize(1180, 720)
STICK = "U 盘"  # what the folder is called that the pictures show; no path of this machine is on them


class Studio:
    """The window over one office, and a camera."""

    def __init__(self, office: Any, home: Path | None = None, size: QSize = SIZE) -> None:
        application()
        self.office = office
        self.session = Session(office, home)
        self.window = MainWindow(self.session)
        self.window.resize(size)
        self.window.show()
        self.window.start()
        self.rest()

    @property
    def page(self) -> Any:
        """The page that is shown."""
        return self.window.page

    def rest(self) -> None:
        """Wait until nothing is under way."""
        settle(lambda: self.session.is_busy or is_growing(self.window))

    def go(self, page: str, **where: Any) -> Any:
        """Open a page."""
        self.window.go(Place(page, **where))
        self.rest()
        return self.page

    def do(self, deed: Callable[[], object]) -> None:
        """Do something in the window and wait."""
        deed()
        self.rest()

    def first(self, table: str, **query: Any) -> str:
        """The id of the first record of a list."""
        rows = self.office.records.ids(Query(table, **query))[:1]
        return self.office.records.lines(table, rows)[0].id

    def close(self) -> None:
        """Put everything away."""
        page = self.window.page
        if isinstance(page, Page):
            page.drop()
        self.window.close()
        self.session.close()
        self.window.deleteLater()
        self.rest()


@dataclass(frozen=True)
class Shot:
    """What is on a picture: a widget, or a part of it."""

    widget: QWidget
    part: QRect | None = None


# ---------------------------------------------------------------------------------------------- scenes


def card(root: QWidget, heading: str) -> Card:
    """The card with a heading."""
    for one in root.findChildren(Card):
        if one.isVisible() and one.heading.text().strip() == heading:
            return one
    raise LookupError(f"no card is called {heading}")


def top(widget: QWidget, height: int) -> Shot:
    """The upper part of a widget."""
    return Shot(widget, QRect(0, 0, widget.width(), min(theme.px(height), widget.height())))


def over(*widgets: QWidget) -> Shot:
    """Several widgets of a window and what lies between them."""
    window = widgets[0].window()
    whole = QRect()
    for one in widgets:
        whole = whole.united(QRect(one.mapTo(window, QPoint()), one.size()))
    return Shot(window, whole.adjusted(-8, -8, 8, 8).intersected(window.rect()))


def overview(studio: Studio) -> Shot:
    """The first page."""
    return Shot(studio.go("overview"))


def enrol(studio: Studio) -> Shot:
    """How a PC is made known, at the township."""
    return top(studio.go("exchange", tab="enrol"), 530)


def approve(studio: Studio) -> Shot:
    """A request at the county."""
    page = studio.go("exchange", tab="enrol")
    request = next(iter(Path(STICK).glob("*request*.hgb")))
    studio.do(lambda: page.enrol.look_at(request))
    return Shot(page)


def dispatch(studio: Studio) -> Shot:
    """A month being filled in."""
    records = studio.office.records
    rows = records.ids(Query("problem", view="no_dispatch"))
    ids = (one.id for one in records.lines("problem", rows))
    before = next(one for one in ids if records.show("problem", one)["dispatches"])
    page = studio.go("problem/record", id=before)
    studio.do(lambda: page._do_step("dispatch"))  # noqa: SLF001 - what its button does
    return Shot(page)


def month_grid(studio: Studio) -> Shot:
    """A month of all problems."""
    page = studio.go("month", view="")
    grid = page.filling.grid
    studio.do(lambda: grid.table.put([(0, 3, "3"), (0, 4, "施工单位已进场，围挡完成一半")]))
    studio.do(lambda: grid.stand(1, 4))
    return Shot(page)


def month_judge(studio: Studio) -> Shot:
    """The county's queue."""
    office = studio.office
    page = studio.go("month", view="units")
    if not page._sheet.total.waiting:  # noqa: SLF001 - the demo may have no dispatch of this month
        some = [one.id for one in page._sheet.lines[:3]]  # noqa: SLF001
        office.months.save(page._month, {one: {"pace": "on_schedule", "progress": "按方案推进"} for one in some})  # noqa: SLF001
    page.refresh()
    studio.rest()
    return Shot(studio.go("month", view="judge"))


def record(studio: Studio) -> Shot:
    """A problem from the top, on a screen that has room for the facts beside it."""
    studio.window.resize(1366, 760)
    return Shot(studio.go("problem/record", id=studio.first("problem", view="overdue")))


def _with_photos(studio: Studio) -> Any:
    """The page of a problem that has photos, at them, the first one chosen."""
    records = studio.office.records
    lines = records.lines("problem", records.ids(Query("problem")))
    page = studio.go("problem/record", id=next(one.id for one in lines if records.show("problem", one.id)["evidence"]))
    card_ = page.story.exhibits
    studio.do(lambda: card_.choose(card_.entries[0]["id"]))
    studio.do(lambda: page.story.show_section("exhibits"))
    return page


def photos(studio: Studio) -> Shot:
    """Photos in pairs, and the papers of the file."""
    studio.window.resize(1366, 1000)
    page = _with_photos(studio)
    return over(page.story.exhibits, page.story.dossier)


def photos_large(studio: Studio) -> Shot:
    """One spot before, during and after."""
    page = _with_photos(studio)
    studio.do(page.story.exhibits.large.click)
    return Shot(page.photos.viewer)


def cards(studio: Studio) -> Shot:
    """Packages of several units on one stick."""
    page = studio.go("exchange", tab="read")
    studio.do(lambda: page.read.look_at([Path(STICK)]))
    return top(page, 460)


def preview(studio: Studio) -> Shot:
    """What a package would change."""
    page = studio.go("exchange", tab="read")
    packages = sorted(Path(STICK).glob("*.hgb"))[:1]
    studio.do(lambda: page.read.look_at(packages))
    return Shot(page)


def ready(studio: Studio) -> Shot:
    """Before a package is written."""
    return top(studio.go("exchange", tab="write"), 560)


def written(studio: Studio) -> Shot:
    """After it was written."""
    page = studio.go("exchange", tab="write")
    studio.do(lambda: page.write.write_to(Path(STICK)))
    return top(page, 600)


def conflict(studio: Studio) -> Shot:
    """Two values beside each other."""
    return Shot(studio.go("exchange", tab="conflicts"))


def find(studio: Studio) -> Shot:
    """A list that was narrowed by letters."""
    return top(studio.go("problem", view="", words="bfqc"), 420)


def bulk(studio: Studio) -> Shot:
    """Several records about to be changed."""
    page = studio.go("problem", view="")
    view = next(one for one in page.findChildren(LineView) if one.isVisible())
    for at in range(3):
        studio.do(partial(view.ticked.emit, at))
    return Shot(page)


def columns(studio: Studio) -> Shot:
    """A workbook whose columns are recognised."""
    return Shot(studio.go("problem/excel", id=str(resource(WORKBOOKS[0][0]))))


def matrix(studio: Studio) -> Shot:
    """The county's first page."""
    return Shot(studio.go("overview"))


def sources(studio: Studio) -> Shot:
    """The list of sources with its villages."""
    return Shot(studio.go("source", view=""))


def source(studio: Studio) -> Shot:
    """The source of which most is to be looked at."""
    lines = studio.office.sources.list()
    one = next((one for one in lines if one.inspected_on and one.expiry), lines[0])
    studio.window.resize(1366, 760)
    return Shot(studio.go("source/record", id=one.id))


def campaign(studio: Studio) -> Shot:
    """A campaign: who said what, and where nobody has looked yet."""
    due = studio.office.campaigns.due()
    return Shot(studio.go("inspection", id=due[0]["id"], tab="campaigns"))


def backup(studio: Studio) -> Shot:
    """Where a backup is made."""
    return Shot(card(studio.go("settings"), "备份与检查"))


# name → whose window, what is done there. "new" is a township that is not enrolled yet.
# fmt: off
SCENES: dict[str, tuple[str, Callable[[Studio], Shot]]] = {
    "enrol-township":    ("new", enrol),
    "enrol-county":      ("county", approve),
    "overview-township": ("township", overview),
    "dispatch":          ("township", dispatch),
    "month-grid":        ("township", month_grid),
    "record":            ("township", record),
    "photos":            ("township", photos),
    "photos-large":      ("township", photos_large),
    "find":              ("township", find),
    "bulk":              ("township", bulk),
    "excel-columns":     ("township", columns),
    "sources":           ("township", sources),
    "source":            ("township", source),
    "campaign":          ("township", campaign),
    "read-preview":      ("township", preview),
    "conflict":          ("township", conflict),
    "write-ready":       ("township", ready),
    "write-done":        ("township", written),
    "backup":            ("township", backup),
    "read-cards":        ("county", cards),
    "overview-county":   ("county", matrix),
    "month-judge":       ("county", month_judge),
}
# fmt: on
FIRST_START = "first-start"
NAMES = (FIRST_START, *SCENES)
