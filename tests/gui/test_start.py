"""The first opening of each page in a fresh program: no pass of its event loop is longer than any other may be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gui.main_window import PAGES
from gui.pages.exchange import PARTS
from models.services import opening
from tests.offices import quick_folder

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = """
import json, sys, threading, time
from functools import partial
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from models.services.opening import open_office
from gui import first_uses, theme
from gui.app import FIRST_NEEDED, dress
from gui.main_window import PAGES, MainWindow
from gui.pages.exchange import PARTS
from gui.places import Place
from gui.session import Session
from gui.slices import is_growing
from tests.gui.watch import Watch

class Elsewhere:  # notes what another thread than the window's reads in of the window
    names = []

    def find_spec(self, name, path=None, target=None):
        if name.startswith(("gui.", "PySide6.")) and threading.current_thread() is not threading.main_thread():
            self.names.append(name)

sys.meta_path.insert(0, Elsewhere())
app = QApplication([])
watch = Watch()
dress(app, theme.Look())
first_uses.get_over_with()
for name in FIRST_NEEDED:
    __import__(name)
session = Session(open_office(Path(sys.argv[1])))
window = MainWindow(session)
window.resize(1366, 768)
window.show()

def slow(deed):
    watch.begin()
    QTimer.singleShot(0, deed)
    until, quiet = time.monotonic() + 10, 0
    while quiet < 5 and time.monotonic() < until:
        app.processEvents()
        time.sleep(0.005)
        quiet = 0 if session.is_busy or is_growing(window) else quiet + 1
    return [str(one) for one in watch.end()]

found = {"overview": slow(window.start)}
for key in PAGES:
    if key != "overview":
        found[key] = slow(partial(window.go, Place(key, new=key.endswith("/record"))))
for tab in PARTS:
    found[f"exchange {tab}"] = slow(partial(window.go, Place("exchange", tab=tab)))
found["elsewhere"] = Elsewhere.names
session.close()
session.office.close()
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def slow():
    with quick_folder() as folder:
        opening.set_up(folder / "home", "county", "临江县环委办", "361021").close()
        command = [sys.executable, "-c", PROGRAM, str(folder / "home")]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # so that all is compiled
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("page", [*PAGES, *(f"exchange {tab}" for tab in PARTS)])
def test_a_page_opens_for_the_first_time_and_the_window_answers_all_the_while(slow, page):
    assert not slow[page], "\n".join(slow[page])


def test_no_other_thread_reads_in_a_module_of_the_window(slow):
    """Classes of Qt's that are defined beside the window's thread may kill the program (docs/adr/0018)."""
    assert slow["elsewhere"] == []
