from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel

from cli.main import files_apart
from gui import theme
from gui.app import Desk, dress
from gui.closed import Closed
from gui.dialogs.question import Question
from gui.first_start import SECRECY, FirstStart
from gui.main_window import MainWindow
from gui.opening import Opening
from gui.places import Place
from models.errors import LedgerError
from models.services.views.home import Backup
from tests.gui import fakes


class NoHome(LedgerError):
    code = "H101"


class Held(LedgerError):
    code = "H103"
    title = "这份台账正被另一个窗口使用。"


class Counter:
    """Opens what the test says."""

    def __init__(self, *ends):
        self.ends = list(ends)
        self.made = []

    def open_office(self, home, *, progress):
        end = self.ends.pop(0)
        if isinstance(end, Exception):
            raise end
        return end

    def open_samples(self, home, kind, progress):
        self.made.append((home, kind))
        return fakes.township(enrolled=False)

    def set_up(self, home, kind, name, code):
        if not code.isdigit():
            raise fakes.Refused(text="代码只能是数字。")
        self.made.append((home, kind, name, code))
        return fakes.township(0, enrolled=False)


@pytest.fixture
def front(qtbot, dressed, tmp_path):
    opened = []

    def _open(*ends, counter=None, files=()):
        desk = Desk(QApplication.instance(), tmp_path, counter or Counter(*ends), files)
        opened.append(desk)
        desk.open()
        return desk

    yield _open
    import sys

    sys.excepthook = sys.__excepthook__
    for desk in opened:
        if isinstance(desk.window, FirstStart):
            desk.window.close()
        desk.close()
        desk.window.hide()
        desk.window.deleteLater()
        desk.deleteLater()
    dress(QApplication.instance(), theme.Look())


def opened(qtbot, desk):
    """Wait until the ledger is open, or was refused."""
    qtbot.waitUntil(lambda: desk._opening is None)
    return desk.window


def rest(qtbot, desk):
    qtbot.waitUntil(lambda: desk.session is not None and not desk.session.is_busy)
    qtbot.wait(60)
    qtbot.waitUntil(lambda: not desk.session.is_busy)


def test_a_ledger_that_is_there_opens_on_its_first_page(front, qtbot):
    desk = front(fakes.township())
    rest(qtbot, desk)
    assert isinstance(desk.window, MainWindow)
    assert desk.window.page.title == "总览"
    assert desk.window.minimumWidth() <= 1024
    assert desk.window.minimumHeight() <= 640


def test_without_a_ledger_five_steps_ask_whose_it_will_be(front, qtbot):
    desk = front(NoHome())
    first = opened(qtbot, desk)
    assert isinstance(first, FirstStart)
    assert "不得处理涉密信息" in SECRECY
    first.begin()
    assert first.reason.text() == "还差单位名称", "it leads to what is lacking"
    first.name.setText("白水镇")
    first.code.setText("三六一")
    first.begin()
    qtbot.waitUntil(first.notice.isVisible)
    assert first.notice.message.text() == "代码只能是数字。"
    assert first.name.text() == "白水镇"
    first.code.setText("361021101")
    first.begin()
    rest(qtbot, desk)
    assert desk._counter.made == [(desk._home, "township", "白水镇", "361021101")]
    assert isinstance(desk.window, MainWindow)


def test_the_samples_open_in_a_folder_of_their_own(front, qtbot):
    desk = front(NoHome())
    real = desk._home
    opened(qtbot, desk).try_out.click()
    rest(qtbot, desk)
    assert desk._counter.made == [(real.with_name(f"{real.name}-示例-乡镇"), "township")]
    assert desk.session.home == real.with_name(f"{real.name}-示例-乡镇")
    assert isinstance(desk.window, MainWindow)


def test_a_ledger_that_cannot_be_opened_says_why_and_tries_again(front, qtbot):
    desk = front(Held(), fakes.township())
    assert isinstance(opened(qtbot, desk), Closed)
    desk.window.again.click()
    rest(qtbot, desk)
    assert isinstance(desk.window, MainWindow)


def test_large_letters_build_the_window_anew_on_the_same_page(front, qtbot):
    desk = front(fakes.township())
    rest(qtbot, desk)
    old = desk.window
    desk.session.settings.large = True
    desk.rebuild()
    rest(qtbot, desk)
    assert desk.window is not old
    assert desk.window.page.title == "设置"
    assert theme.px(100) == 125
    assert desk.window.navigation.width() == 210
    desk.session.settings.large = False
    desk.rebuild()
    rest(qtbot, desk)
    assert theme.px(100) == 100


def test_the_words_of_qt_itself_are_chinese(qtbot, dressed):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert "取消" in box.buttons()[0].text()


def test_a_window_is_there_while_the_ledger_is_opened(front, qtbot):
    """A migration, or the wait for another program, may take minutes."""
    go_on = threading.Event()

    class Slow(Counter):
        def open_office(self, home, *, progress):
            go_on.wait(10)
            return super().open_office(home, progress=progress)

    desk = front(counter=Slow(fakes.township()))
    window = desk.window
    assert isinstance(window, Opening)
    assert window.isVisible()
    assert not window.words.isVisible(), "who waits for an instant need not read anything"
    qtbot.waitUntil(window.words.isVisible)
    assert "数据都在本机" in window.more.text()
    go_on.set()
    rest(qtbot, desk)
    assert isinstance(desk.window, MainWindow)


def test_a_bug_while_opening_is_shown_and_can_be_tried_again(front, qtbot, monkeypatch):
    shown = []
    monkeypatch.setattr("gui.faults.Faults.show", lambda _self, bug: shown.append(bug))
    desk = front(RuntimeError("broken"), fakes.township())
    assert isinstance(opened(qtbot, desk), Closed)
    assert [type(bug) for bug in shown] == [RuntimeError]
    desk.window.again.click()
    rest(qtbot, desk)
    assert isinstance(desk.window, MainWindow)


def test_files_that_the_program_was_started_with_are_opened(front, qtbot, tmp_path):
    book = tmp_path / "整改台账.xlsx"
    desk = front(fakes.township(), files=[book])
    rest(qtbot, desk)
    assert desk.window._place == Place("problem/excel", id=str(book))
    package = tmp_path / "hg_361021_361021101_3_0a1b2c3d.hgb"
    desk.first.asked.emit([package])
    rest(qtbot, desk)
    assert desk.window._place.page == "exchange"
    assert desk.window._place.id == str(package)


@pytest.mark.parametrize(
    ("given", "options", "files"),
    [
        ([], [], []),
        (["--home", "d"], ["--home", "d"], []),
        (["a.hgb"], [], ["a.hgb"]),
        (["--home", "d.xlsx", "a.XLSX", "b.csv"], ["--home", "d.xlsx"], ["a.XLSX", "b.csv"]),
        (["records", "import", "a.xlsx"], ["records", "import", "a.xlsx"], []),
        (["--json", "tally"], ["--json", "tally"], []),
    ],
)
def test_files_are_told_from_commands(given, options, files):
    assert files_apart(given) == (options, [Path(name) for name in files])


def test_the_window_opens_stays_and_gives_the_ledger_back(qtbot, dressed, tmp_path, monkeypatch):
    import sys

    from gui import app as front_door

    office = fakes.township()
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    seen = []

    def stay(_self=None):
        desk = QApplication.instance().findChild(Desk)
        rest(qtbot, desk)
        seen.append(desk.window.page.title)
        desk.window.close()
        desk.window.deleteLater()
        return 0

    monkeypatch.setattr(QApplication, "exec", staticmethod(stay))
    assert front_door.run(tmp_path, Counter(office)) == 0
    assert seen == ["总览"]
    assert office.closed
    QApplication.instance().findChild(Desk).deleteLater()


class Restored(Counter):
    """Opens a home, and puts a backup in the place of its ledger as the test says."""

    refusal: LedgerError | None = None

    def restore(self, home, file, progress, person=None):
        self.made.append((home, file))
        progress.step(1, 2, "正在复制台账")
        if self.refusal is not None:
            raise self.refusal


def texts(window):
    return " ".join(one.text() for one in window.findChildren(QLabel))


def said(window):
    notice = window.page.care.notice
    return notice.kind, notice.message.text(), notice.way_out.text()


@pytest.fixture
def yes(monkeypatch):
    asked = []
    monkeypatch.setattr(Question, "ask", lambda self: asked.append(texts(self)) or "恢复")
    return asked


def test_a_backup_is_put_back_and_the_window_opens_anew(front, qtbot, yes, tmp_path):
    before, after = fakes.township(), fakes.township(3)
    copy = Backup(tmp_path / "auto.db", 1, "day", "2024-06-15 09:00", 312_000)
    before.care.copies.append(copy)
    desk = front(counter=Restored(before, after))
    rest(qtbot, desk)
    assert before.stays
    desk.window.go(Place("settings"))
    rest(qtbot, desk)
    copies = desk.window.page.care.copies
    assert copies.choice.currentText() == "2024-06-15 09:00　每天自动　312 KB"
    session = desk.session
    copies.back.click()
    qtbot.waitUntil(lambda: desk.session is not session)
    assert before.closed, "all work ended before"
    rest(qtbot, desk)
    assert desk._counter.made == [(tmp_path, copy.path)]
    assert desk.session.office is after
    assert after.stays
    assert desk.window.page.title == "设置"
    kind, message, way_out = said(desk.window)
    assert (kind, message) == ("success", "恢复好了。")
    assert "请与县里交换一次" in way_out
    desk.window.go(Place("overview"))
    desk.window.go(Place("settings"))
    rest(qtbot, desk)
    desk.window.page.refresh()
    assert desk.session.put_back is False, "said once"


def test_a_backup_that_is_refused_leaves_the_ledger_open_and_says_why(front, qtbot, yes, tmp_path, monkeypatch):
    counter = Restored(fakes.township(), fakes.township())
    counter.refusal = fakes.Refused(text="“旧.db”有损坏，没有恢复，本机数据未改动。")
    desk = front(counter=counter)
    rest(qtbot, desk)
    desk.window.go(Place("settings"))
    rest(qtbot, desk)
    copies = desk.window.page.care.copies
    assert copies.none.isVisible()
    assert not copies.back.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "旧.db"), ""))
    before = desk.session
    copies.elsewhere.click()
    qtbot.waitUntil(lambda: desk.session is not before)
    rest(qtbot, desk)
    assert said(desk.window)[:2] == ("refusal", "“旧.db”有损坏，没有恢复，本机数据未改动。")
    assert "现在的台账先另留一份" in yes[0]


def test_a_damaged_ledger_can_be_put_back_where_that_is_said(front, qtbot, tmp_path, monkeypatch):
    class Damaged(LedgerError):
        code = "H104"

    desk = front(counter=Restored(Damaged(), Damaged(), fakes.township()))
    closed = opened(qtbot, desk)
    assert closed.back.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    closed.back.click()
    assert desk.window is closed, "no copy was chosen: nothing happens"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "旧.db"), ""))
    desk._counter.refusal = fakes.Refused(text="这份备份有损坏。")
    closed.back.click()
    opened(qtbot, desk)
    assert isinstance(desk.window, Closed)
    assert "这份备份有损坏。" in texts(desk.window)
    assert not desk.window.back.isVisible()
    desk._counter.refusal = None
    desk.put_back(tmp_path / "旧.db")
    rest(qtbot, desk)
    assert isinstance(desk.window, MainWindow)


class Gone(LedgerError):
    code = "H117"


def test_where_only_the_ledger_is_gone_a_backup_is_offered(front, qtbot, tmp_path, monkeypatch):
    desk = front(counter=Restored(Gone(), fakes.township()))
    closed = opened(qtbot, desk)
    assert closed.anew.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "旧.db"), ""))
    closed.back.click()
    rest(qtbot, desk)
    assert isinstance(desk.window, MainWindow)


def test_where_only_the_ledger_is_gone_one_may_begin_anew_too(front, qtbot):
    desk = front(counter=Restored(Gone()))
    opened(qtbot, desk).anew.click()
    qtbot.waitUntil(lambda: isinstance(desk.window, FirstStart))


def test_once_the_window_has_come_to_rest_todays_copy_is_made_or_its_lack_is_said(front, qtbot):
    office = fakes.township()
    office.care.refusal = fakes.Refused(text="磁盘空间不足，没有写入。")
    desk = front(office)
    rest(qtbot, desk)
    desk._come_to_rest()
    rest(qtbot, desk)
    desk.window.go(Place("settings"))
    rest(qtbot, desk)
    assert said(desk.window)[:2] == ("warning", "今天没有自动留备份。磁盘空间不足，没有写入。")
