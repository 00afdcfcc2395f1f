"""The application: style, Chinese words of Qt, hooks for bugs, and which window is shown first."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QStandardPaths, Qt, QTimer, QTranslator, Slot
from PySide6.QtWidgets import QApplication, QWidget

from gui import first_uses, modules, screens, settings, theme
from gui.closed import Unexpected
from gui.counter.office import Counter, Office
from gui.faults import Faults
from gui.first_window import FirstWindow, hand_over
from gui.garbage import Garbage
from gui.idle import Idle
from gui.jobs import Job, Jobs, Kind
from gui.opening import Opening
from gui.session import Session
from gui.slices import Slices
from models.errors import LedgerError
from models.progress import Progress
from models.services.views.home import Here
from models.services.views.users import Person, UserView

STARTED = 5_000  # milliseconds after which the first page has surely come to rest
# What the first page needs, in an order in which none has much left to read in.
FIRST_NEEDED = (
    "gui.status_bar", "gui.navigation", "gui.page", "gui.widgets.search_box", "gui.tables.delegates", "gui.tables.view",
    "gui.panels.overview.todo", "gui.panels.overview.township", "gui.panels.overview.county", "gui.pages.overview",
    "gui.main_window",
)  # fmt: skip
NO_HOME = "H101"  # the refusal that means: nothing here yet, ask whose ledger this will be


def dress(app: QApplication, look: theme.Look) -> None:
    """Give the application its look and its language."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    if app.findChild(QTranslator) is None:
        translator = QTranslator(app)
        if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(translator)
    theme.apply(app, look)


class Desk(QObject):
    """Holds the one window that is open; builds it anew when letters or contrast change."""

    def __init__(self, app: QApplication, home: Path, counter: Counter, files: Sequence[Path] = ()) -> None:
        super().__init__(app)
        self._app, self._home, self._counter = app, home, counter
        self._files = list(files)  # what the program was started with
        self.window: QWidget | None = None
        self.session: Session | None = None
        self._opening: Jobs | None = None
        self._office: Office | None = None  # open, while the window is still being read in
        self._reading = Slices("next module of the window", self)
        self._reading.done.connect(self._show_when_read)
        self._after: LedgerError | bool = False  # what became of a backup that was to be put back
        self._here: Here | None = None  # read while the ledger was opened
        self._users: tuple[UserView, ...] = ()  # likewise
        self._behind: QWidget | None = None  # the window that waits until somebody signs in
        self._idle: Idle | None = None
        self.faults = Faults(home, self)
        self.faults.install()
        self.first = FirstWindow(home, self)
        self.first.asked.connect(self.come_to_front)

    @Slot()
    def open(self) -> None:
        """Open the ledger that is there, or ask whose it will be; a window is there meanwhile, it may take long."""
        self._show_opening(Opening(), self._open)

    def _show_opening(self, opening: Opening, work: Callable[[Progress], Office]) -> None:
        saved = settings.load(self._home)
        screens.place(opening, saved.geometry)
        self._show(opening, maximised=saved.maximised)
        self._reading.begin(modules.read(FIRST_NEEDED))  # meanwhile, but on this thread
        self._opening = Jobs(self)
        job = Job(work, self._opening, Kind.LONG)
        job.progressed.connect(opening.report)
        job.done.connect(self._opened)
        job.refused.connect(self._refused)
        job.broken.connect(self._broke)
        self._opening.start(job)

    def _open(self, progress: Progress) -> Office:
        """Open the ledger."""
        office = self._counter.open_office(self._home, progress=progress)
        self._here, self._users = office.here, office.users.list()
        return office

    @Slot(object)
    def put_back(self, file: Path) -> None:
        """Put a backup in the place of the ledger. All work ends first, then all is opened anew."""
        person = None
        if self.session is not None:
            session, self.session = self.session, None
            person = session.office.users.person
            session.close()
            session.office.close()
            session.deleteLater()
        self._here = None
        self.faults.install()
        self._show_opening(Opening("正在恢复备份…"), partial(self._put_back, file, person))

    def _put_back(self, file: Path, person: Person | None, progress: Progress) -> Office:
        """Whatever becomes of it, the ledger that is there then is opened."""
        try:
            self._counter.restore(self._home, file, progress, person)
            self._after = True
        except LedgerError as error:
            self._after = error
        try:
            return self._open(progress)
        except LedgerError as error:
            raise (self._after if isinstance(self._after, LedgerError) else error) from error

    @Slot(object)
    def _opened(self, office: Office) -> None:
        self._office = office
        self._show_when_read()

    @Slot()
    def _show_when_read(self) -> None:
        if self._office is not None and self._reading.are_done:
            office, self._office = self._office, None
            self._end_opening()
            self.show_office(office)

    @Slot(object)
    def _refused(self, error: LedgerError) -> None:
        self._end_opening()
        if error.code == NO_HOME:
            self._ask_whose()
        else:
            self._say_closed(error)

    @Slot(object)
    def _broke(self, bug: BaseException) -> None:
        self._end_opening()
        self._say_closed(Unexpected())
        self.faults.show(bug)

    def _end_opening(self) -> None:
        if self._opening is not None:
            self._opening.close()
            self._opening.deleteLater()
            self._opening = None

    @Slot(object)
    def come_to_front(self, paths: Sequence[Path]) -> None:
        """Answer a second start: be seen, and open what it was given."""
        window = self.window
        if window is None:
            return
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        self._files += paths
        self._open_files()

    def _open_files(self) -> None:
        from gui.main_window import MainWindow  # noqa: PLC0415 - not needed by the first start

        if self._files and isinstance(self.window, MainWindow) and self.window.page is not None:
            files, self._files = self._files, []
            self.window.open_files(files)

    @Slot(object)
    def show_office(self, office: Office) -> None:
        """Show the window of an open ledger."""
        self.first.listen()
        self.session = Session(office, self._home, self, self._here)
        self.session.relooked.connect(self.rebuild)
        self.session.putting_back.connect(self.put_back)
        self.session.faults.install()
        office.stay()  # a second window is of no harm: it shows what this one writes
        self.session.put_back, self._after = self._after, False
        self.session.locking.connect(self.lock)
        users, self._users = self._users, ()
        if users:
            self._ask_who(users)
        else:
            self._build("settings" if self.session.put_back else "overview")
        # What the program starts with stays until it ends: a full collection of garbage would look at it in vain, and
        # keep the window from answering for 60 ms.
        QTimer.singleShot(STARTED, self, self._come_to_rest)

    @Slot()
    def _come_to_rest(self) -> None:
        gc.freeze()
        if self.session is not None:
            self.session.copy()

    @Slot(object, object)
    def show_samples(self, office: Office, home: Path) -> None:
        """Show the window of the samples: they lie in a folder of their own, with settings of their own."""
        self._home, self._here = home, None
        self.first.close()
        self.first.deleteLater()
        self.first = FirstWindow(home, self)
        self.first.asked.connect(self.come_to_front)
        self.show_office(office)

    # ------------------------------------------------------------------------------------- who sits here

    @Slot()
    def lock(self) -> None:
        """Ask who sits here; the window waits behind, and work under way goes on."""
        if self.session is None or self._behind is not None or QApplication.activeModalWidget() is not None:
            return
        office = self.session.office
        job = Job(lambda _: office.users.list(), self.session.jobs)
        job.done.connect(self._lock)
        job.broken.connect(self.faults.show)
        self.session.jobs.start(job)

    @Slot(object)
    def _lock(self, users: tuple[UserView, ...]) -> None:
        if users and self.session is not None and self._behind is None:
            self._behind, self.window = self.window, None
            self._ask_who(users, self.session.office.users.me)

    def _ask_who(self, users: tuple[UserView, ...], last: str = "") -> None:
        from gui.sign_in import SignIn  # noqa: PLC0415 - most PCs have no users

        assert self.session is not None  # noqa: S101 - set by show_office
        asking = SignIn(self.session, users, last)
        asking.signed.connect(partial(self._signed, last))
        behind = self._behind
        if behind is not None:
            asking.setGeometry(behind.geometry())
        self._show(asking, maximised=self.session.settings.maximised if behind is None else behind.isMaximized())
        if behind is not None:
            behind.hide()

    def _signed(self, last: str) -> None:
        """The same person finds the window as it was; for another it is built anew, drafts are kept."""
        assert self.session is not None  # noqa: S101 - the one that asked
        behind, self._behind = self._behind, None
        if behind is not None and last == self.session.office.users.me:
            asked, self.window = self.window, behind
            behind.show()
            if asked is not None:
                asked.hide()
                asked.deleteLater()
            self._open_files()
        else:
            if behind is not None:
                behind.deleteLater()
            self._build("settings" if self.session.put_back else "overview")
        self._watch_idle()

    def _watch_idle(self) -> None:
        if self._idle is not None:
            self._idle.close()
            self._idle.deleteLater()
            self._idle = None
        handle = self.window.windowHandle() if self.window else None
        if self.session is not None and handle is not None:
            self._idle = Idle(handle, self.session.settings.lock_after, self)
            self._idle.passed.connect(self.lock)

    @Slot()
    def rebuild(self) -> None:
        """Build the window anew with another look."""
        if self.session is not None:
            saved = self.session.settings
            dress(self._app, theme.Look(saved.large, saved.contrast))
            self._build("settings")

    def close(self) -> None:
        """End all work and give the ledger back."""
        self.first.close()
        self._end_opening()
        if self.session is not None:
            self.session.close()
            self.session.office.close()

    def _build(self, page: str) -> None:
        from gui.main_window import MainWindow  # noqa: PLC0415 - not needed by the first start
        from gui.places import Place  # noqa: PLC0415

        assert self.session is not None  # noqa: S101 - set by show_office
        old = self.window
        window = MainWindow(self.session)
        if old is not None and old.isVisible() and isinstance(old, MainWindow):
            window.setGeometry(old.geometry())
        self._show(window, maximised=self.session.settings.maximised)
        if page == "overview":
            QTimer.singleShot(0, self, self._begin)  # the frame is painted first: two short passes, not a long one
        else:
            window.start()
            window.go(Place(page))

    @Slot()
    def _begin(self) -> None:
        from gui.main_window import MainWindow  # noqa: PLC0415 - it is there already

        if isinstance(self.window, MainWindow):
            self.window.start()
            self._open_files()

    @Slot()
    def _ask_whose(self) -> None:
        from gui.first_start import FirstStart  # noqa: PLC0415 - once in the life of a ledger

        first = FirstStart(self._counter.set_up, self._home, self._counter.open_samples)
        first.opened.connect(self.show_office)
        first.sampled.connect(self.show_samples)
        self._show(first)

    def _say_closed(self, error: LedgerError) -> None:
        from gui.closed import Closed  # noqa: PLC0415

        closed = Closed(error, self._home)
        closed.retried.connect(self.open)
        closed.putting_back.connect(self.put_back)
        closed.beginning.connect(self._ask_whose)
        self._show(closed)

    def _show(self, window: QWidget, *, maximised: bool = False) -> None:
        """Show a window before the old one goes: an application without windows would end."""
        old, self.window = self.window, window
        if maximised:
            window.showMaximized()
        else:
            window.show()
        if old is not None:
            old.hide()
            old.deleteLater()


def run(home: Path | None, counter: Counter, files: Sequence[Path] = ()) -> int:
    """Open the window and stay until it is closed. If it is open already, bring it to front and go."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("huangai")
    app.setApplicationDisplayName("环改台账")
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    place = home or Path(data) / "huangai"
    if hand_over(place, files):
        return 0
    saved = settings.load(place)
    dress(app, theme.Look(saved.large, saved.contrast))
    first_uses.get_over_with()
    garbage = Garbage(app)
    desk = Desk(app, place, counter, files)
    desk.open()
    try:
        return app.exec()
    finally:
        desk.close()
        garbage.close()
