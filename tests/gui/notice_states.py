"""States of the page 通知单."""

from __future__ import annotations


def answering(page):
    """An answer that is being written."""
    page.box.letter.text.setPlainText("已组织清场，12 月 5 日前完成。")


def ticked(page):
    """Three problems are ticked."""
    page.proposing.table.ticked_some.emit((0, 2, 3))


def drafted(page):
    """Two kinds of notices are drafted at once."""
    ticked(page)
    page.proposing._draft()


def looking(page):
    """How the first draft will look."""
    drafted(page)
    writing = page.writing
    for name, text in writing.session.office.notices.draft("reminder")._asdict().items():
        if name != "kind":
            writing.form.fields[name].rewrite(text)
    writing.do.click()


def withdrawn(page):
    """A letter that the county took back, at its receiver."""
    notices = page.session.office.notices
    notices.void(notices.records[0]["id"], "发错了单位，另发一份")
    page._view = "void"
    page.refresh()


def behalf(page):
    """An answer that came on paper is written down."""
    page.box.letter._other()
