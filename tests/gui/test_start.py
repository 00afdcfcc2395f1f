"""What the first opening of each page costs in a fresh program, the reading of its modules included."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gui.main_window import PAGES
from models.services import office as counter
from tests.gui.watch import FIRST, slowness
from tests.offices import quick_folder

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = """
import json, sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from models.services.office import open_office
from gui import theme
from gui.app import dress
from gui.main_window import PAGES, MainWindow
from gui.places import Place
from gui.session import Session

app = QApplication([])
dress(app, theme.Look())
session = Session(open_office(Path(sys.argv[1])))
window = MainWindow(session)
window.resize(1366, 768)
window.show()

def rest():
    until = time.monotonic() + 10
    quiet = 0
    while quiet < 5 and time.monotonic() < until:
        app.processEvents()
        time.sleep(0.005)
        quiet = 0 if session.is_busy else quiet + 1

window.start()
rest()
took = {}
for key in PAGES:
    if key != "overview":
        before = time.thread_time()
        window.go(Place(key, new=key.endswith("/record")))
        took[key] = time.thread_time() - before
        rest()
session.close()
session.office.close()
print(json.dumps(took))
"""


@pytest.fixture(scope="module")
def took():
    with quick_folder() as folder:
        counter.set_up(folder / "home", "county", "临江县环委办", "361021").close()
        command = [sys.executable, "-c", PROGRAM, str(folder / "home")]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # so that all is compiled
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("page", [key for key in PAGES if key != "overview"])
def test_a_page_opens_for_the_first_time_without_holding_up_the_window_long(took, page):
    assert took[page] < FIRST * slowness(), f"{took[page] * 1000:.0f} ms"
