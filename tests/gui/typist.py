"""A clerk in a process of its own: opens a record, types into its form, says so, and types on until it is killed."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gui.main_window import MainWindow
from gui.pictures import application, settle
from gui.places import Place
from gui.session import Session
from gui.slices import is_growing
from models.services import opening
from models.services.views.lists import Query


def main(home: Path, part: str) -> None:
    """Type into one of the forms of the first record, and never save."""
    application()
    office = opening.open_office(home)
    session = Session(office, home)
    window = MainWindow(session)
    window.resize(1366, 768)
    window.show()
    window.start()
    settle(lambda: session.is_busy)
    if part == "county":
        _type_of_the_county(session, window)
        return
    row = office.records.ids(Query("problem"))[0]
    record = office.records.lines("problem", [row])[0].id
    window.go(Place("problem/record", id="" if part == "new" else record, new=part == "new"))
    settle(lambda: session.is_busy or is_growing(window))
    page = window.page
    if part == "measure":
        page._do_step("measure")
        editor = page.story.measures.form.fields["text"].editor
    elif part == "remark":
        editor = page.story.remarks.text
    else:
        if part == "edit":
            page.begin_edit("person")
        settle(lambda: session.is_busy or page.form is None or not page.form.is_ready)
        name = "person" if part == "edit" else "description"
        editor = next(one.editor for one in page.form.fields() if one.field.name == name)
    _type(editor)


def _type_of_the_county(session: Session, window: MainWindow) -> None:
    """Alter a checklist, and write a campaign."""
    for tab in ("checklists", "campaigns"):
        window._go(Place("inspection", tab=tab))
        settle(lambda: session.is_busy or is_growing(window))
        if tab == "checklists":
            window.page.part.retire.click()
    part = window.page.part
    part.make_new()
    settle(lambda: session.is_busy or is_growing(window) or part.middle.currentWidget() is part.lines)
    _type(part.writing.form.fields["title"].editor)


def _type(editor: QWidget) -> None:
    """Type, pause, say so, and type on until the end."""
    editor.setFocus()
    if hasattr(editor, "selectAll"):
        editor.selectAll()
    QTest.keyClicks(editor, "Zhou Haiping")
    until = time.monotonic() + 2.6  # two seconds after the last key, and a little
    while time.monotonic() < until:
        QCoreApplication.processEvents()
        time.sleep(0.01)
    sys.stdout.write("typed\n")
    sys.stdout.flush()
    while True:
        QTest.keyClicks(editor, "x")
        QCoreApplication.processEvents()
        time.sleep(0.02)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
