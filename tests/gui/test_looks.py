"""Every page in its states, at the sizes it must work at: nothing cut off, every mark has a name, one blue button.

With HUANGAI_PICTURES set to a folder the pictures are saved there, to be looked at by a person.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.app import dress
from gui.first_start import FirstStart
from gui.main_window import PAGES
from gui.pictures import picture, take_pictures
from gui.places import Place
from tests.gui import (
    campaign_states,
    exchange_states,
    fakes,
    figures_states,
    inspection_states,
    month_states,
    moods,
    notice_states,
    record_states,
    rules_states,
)
from tests.gui.fake_queue import waiting
from tests.gui.looks import (
    cut_off,
    edges,
    inside,
    missed,
    nameless,
    overlapping,
    primaries,
    sideways,
    tab_through,
    unseen_focus,
    zone,
)
from tests.gui.one_record import ID
from tests.gui.search_states import drop_hint, search_offer

PARTS_OF_THE_EXCHANGE = ("write", "read", "conflicts", "doubles", "journal", "register", "enrol")
STICK = Path("/media/u")


def _record(**where):
    return Place("problem/record", id=ID, rows=tuple(range(22)), at=0, **where)


def _source():
    return Place("source/record", id=ID, rows=tuple(range(22)), at=0)


def _permit(page):
    """A permit that was begun and cannot be saved: what it is was not said."""
    page.story.permits.begin()
    page.story.permits.form.fields["expires_on"].rewrite("2027-01-31")
    page.save()


def _on_a_full_day(page):
    page.sheet.go_to(date(2026, 11, 25))


def _preview(page):
    page.read.look_at([STICK / "a.hgb"])


def _peek(page):
    if page.list.peek is not None:  # where the window is wide
        page.list.peek._read()


def _steps(verb):
    """Several problems, one step: as if each of them stood where that step comes next."""

    def look(page):
        workflow = page.session.office.workflow
        done = {
            "completed": True,
            "completed_on": "2026-11-01",
            "self_accepted_on": "2026-11-02",
            "applied_on": "2026-11-03",
        }
        workflow.said |= {"assigned_on": "", "claimed_on": ""} if verb == "assign" else done
        page.ticks.put(range(12))
        page.show_at_once(page.bulk_steps)
        page.bulk_steps.begin(page.ticks.rows, verb)

    return look


def _bulk(page):
    page.ticks.put(range(16))
    page.show_at_once(page.bulk_edit)
    page.bulk_edit.begin(page.ticks.rows, "person", "李志强")


# fmt: off
# name → office, place, what is done there
STATES = {
    "overview-empty":      (lambda: fakes.township(0, enrolled=False), Place("overview"), None),
    "overview-township":   (fakes.township, Place("overview"), None),
    "calendar-empty":      (lambda: fakes.township(0), Place("overview/calendar"), None),
    "calendar":            (fakes.county, Place("overview/calendar"), _on_a_full_day),
    "overview-lost":       (exchange_states.restored, Place("overview"), None),
    "write-lost":          (exchange_states.restored, Place("exchange", tab="write"), None),
    "overview-county":     (fakes.county, Place("overview"), None),
    "list-empty":          (lambda: fakes.township(0), Place("problem"), None),
    "list":                (fakes.township, Place("problem"), None),
    "list-county":         (fakes.county, Place("problem"), None),
    "list-nothing":        (fakes.township, Place("problem", words="没有这样的", view=""), None),
    "list-refused":        (fakes.township, Place("problem"), lambda p: p.notice.refuse(fakes.Refused())),
    "list-ticked":         (fakes.township, Place("problem"), lambda p: p.ticks.put([3, 4, 5])),
    "list-bulk":           (fakes.township, Place("problem"), _bulk),
    "list-steps":          (fakes.county, Place("problem"), _steps("assign")),
    "list-steps-return":   (fakes.county, Place("problem"), _steps("return")),
    "list-steps-accept":   (fakes.county, Place("problem"), _steps("accept")),
    "list-bulk-empty":     (fakes.township, Place("problem"), lambda p: (p.ticks.put([1, 2]), p.begin_bulk_edit(""))),
    "list-still":          (fakes.township, Place("problem"), _peek),
    "list-filtered":       (fakes.township, Place("problem", where=(("source", "省督察二轮"),)), None),
    "petitions":           (fakes.township, Place("petition"), None),
    "record":              (fakes.township, _record(), None),
    "record-bottom":       (fakes.township, _record(), lambda p: p.story.show_section("history")),
    "record-dispatch":     (fakes.township, _record(), lambda p: p._do_step("dispatch")),
    "record-measure":      (fakes.township, _record(), lambda p: p._do_step("measure")),
    "record-step":         (fakes.township, _record(), record_states.step),
    "record-return":       (fakes.county, _record(), record_states.returned),
    "record-edit":         (fakes.township, _record(), lambda p: p.begin_edit()),
    "record-behalf":       (fakes.county, _record(), record_states.behalf),
    "record-wrong":        (fakes.township, _record(), record_states.wrong),
    "record-meanwhile":    (fakes.township, _record(), record_states.meanwhile),
    "record-locked":       (fakes.township, _record(), record_states.locked),
    "record-draft":        (fakes.township, _record(), record_states.draft),
    "record-no-photos":    (fakes.township, _record(), lambda p: p.story.show_section("exhibits")),
    "record-photos":       (fakes.township, _record(), record_states.photos),
    "record-photos-away":  (fakes.township, _record(),
                            lambda p: record_states.photos(p, "here", "wanted", "lost", "here", "wanted", choose=2)),
    "record-dossier":      (fakes.township, _record(), record_states.dossier),
    "record-photos-busy":  (fakes.township, _record(), record_states.photos_adding),
    "record-photos-wrong": (fakes.township, _record(), record_states.photos_refused),
    "record-new":          (fakes.county, Place("problem/record", new=True), None),
    "record-petition":     (fakes.township, Place("petition/record", id=ID), None),
    "write-unknown":       (lambda: fakes.township(enrolled=False), Place("exchange", tab="write"), None),
    "write-township":      (fakes.township, Place("exchange", tab="write"), None),
    "write-county":        (fakes.county, Place("exchange", tab="write"), None),
    "write-working":       (fakes.township, Place("exchange", tab="write"), exchange_states.writing),
    "write-done":          (fakes.township, Place("exchange", tab="write"), lambda p: p.write.write_to(STICK)),
    "write-done-county":   (fakes.county, Place("exchange", tab="write"), lambda p: p.write.write_to(STICK)),
    "write-refused":       (fakes.township, Place("exchange", tab="write"),
                            exchange_states.not_written),
    "write-failed":        (fakes.county, Place("exchange", tab="write"), exchange_states.one_failed),
    "read":                (fakes.township, Place("exchange", tab="read"), None),
    "read-list":           (fakes.county, Place("exchange", tab="read"), lambda p: p.read.look_at([STICK, STICK])),
    "read-reading":        (fakes.county, Place("exchange", tab="read"), exchange_states.reading),
    "read-taken":          (fakes.township, Place("exchange", tab="read"), exchange_states.taken),
    "read-preview":        (fakes.township, Place("exchange", tab="read"), _preview),
    "journal":             (fakes.township, Place("exchange", tab="journal"), None),
    "journal-county":      (fakes.county, Place("exchange", tab="journal"), None),
    "journal-answered":    (fakes.township, Place("exchange", tab="journal"), lambda p: p.journal.table.selectRow(2)),
    "read-preview-big":    (fakes.township, Place("exchange", tab="read"), exchange_states.big_preview),
    "register":            (fakes.township, Place("exchange", tab="register"), None),
    "register-empty":      (lambda: fakes.township(0, enrolled=False), Place("exchange", tab="register"), None),
    "conflicts":           (fakes.township, Place("exchange", tab="conflicts"), None),
    "conflicts-empty":     (lambda: fakes.township(0), Place("exchange", tab="conflicts"), None),
    "conflicts-many":      (fakes.township, Place("exchange", tab="conflicts"), exchange_states.settling_many),
    "doubles":             (fakes.county, Place("exchange", tab="doubles"), exchange_states.doubles),
    "doubles-empty":       (fakes.county, Place("exchange", tab="doubles"), None),
    "doubles-refused":     (lambda: moods.refusing(fakes.county()), Place("exchange", tab="doubles"), None),
    "doubles-busy":        (lambda: moods.silent(fakes.county()), Place("exchange", tab="doubles"), None),
    "enrol-township":      (lambda: fakes.township(enrolled=False), Place("exchange", tab="enrol"),
                            lambda p: p.enrol.look_at(STICK / "欢迎包.hgb")),
    "enrol-county":        (fakes.county, Place("exchange", tab="enrol"),
                            lambda p: p.enrol.look_at(STICK / "登记申请.hgb")),
    "excel":               (fakes.township, Place("problem/excel"), None),
    "excel-look":          (fakes.township, Place("problem/excel", id="/tmp/整改台账20261120.xlsx"), None),
    "excel-mapped":        (fakes.township, Place("problem/excel", id="/tmp/整改台账20261120.xlsx"),
                            exchange_states.mapped),
    "excel-check":         (fakes.township, Place("problem/excel", id="/tmp/整改台账20261120.xlsx"),
                            exchange_states.checking),
    "excel-mended":        (fakes.township, Place("problem/excel", id="/tmp/整改台账20261120.xlsx"),
                            exchange_states.mended),
    "excel-rows":          (fakes.township, Place("problem/excel", id="/tmp/整改台账20261120.xlsx"),
                            exchange_states.by_rows),
    "excel-heading":       (fakes.township, Place("problem/excel", id="/tmp/整改台账20261120.xlsx"),
                            exchange_states.asking_heading),
    "excel-odd":           (fakes.township, Place("problem/excel"), exchange_states.without_headings),
    "excel-done":          (fakes.township, Place("problem/excel", id="/tmp/整改台账20261120.xlsx"),
                            lambda p: p._take()),
    "settings-township":   (fakes.township, Place("settings"), lambda p: p.care._check()),
    "settings-county":     (fakes.county, Place("settings"), None),
    "rules-lights":        (fakes.county, Place("settings/rules"), rules_states.lights),
    "rules-routes":        (fakes.county, Place("settings/rules", tab="routes"), None),
    "rules-papers":        (fakes.county, Place("settings/rules", tab="papers"), None),
    "rules-phrases":       (fakes.county, Place("settings/rules", tab="phrases"), None),
    "rules-plan":          (fakes.county, Place("settings/rules", tab="backplan"), None),
    "rules-wrong":         (fakes.county, Place("settings/rules", tab="trades"), rules_states.wrong),
    "rules-letter":        (fakes.county, Place("settings/rules", tab="notice_templates"), rules_states.letter),
    "rules-town":          (fakes.township, Place("settings/rules", tab="dispatch_rules"), None),
    "settings-new":        (lambda: fakes.township(0, enrolled=False), Place("settings"), None),
    "petitions-empty":     (lambda: fakes.township(0), Place("petition"), None),
    "petition-new":        (fakes.county, Place("petition/record", new=True), None),
    "petition-excel":      (fakes.township, Place("petition/excel"), None),
    "month-empty":         (lambda: fakes.township(0), Place("month"), None),
    "month":               (fakes.township, Place("month"), month_states.typing),
    "month-pasted":        (fakes.township, Place("month", view="missing"), month_states.pasted),
    "month-units":         (fakes.county, Place("month"), None),
    "deciding-empty":      (fakes.county, Place("deciding"), None),
    "deciding":            (lambda: waiting(fakes.county()), Place("deciding"), None),
    "deciding-request":    (lambda: waiting(fakes.county()), Place("deciding"), lambda p: p.deciding.skip.click()),
    "deciding-wrong":      (lambda: waiting(fakes.county()), Place("deciding"), lambda p: p.deciding.refusing.click()),
    "overview-waiting":    (lambda: waiting(fakes.county()), Place("overview"), None),
    "month-judge":         (fakes.county, Place("month", view="judge"), None),
    "month-saved":         (fakes.township, Place("month"), month_states.saved),
    "lookback-empty":      (lambda: fakes.township(0), Place("lookback", view="open"), None),
    "lookback-none":       (lambda: fakes.county(0), Place("lookback", view="plan"), None),
    "lookback":            (fakes.township, Place("lookback"), None),
    "lookback-wrong":      (fakes.township, Place("lookback"), lambda page: page.filling.save()),
    "lookback-list":       (fakes.township, Place("lookback", view="open"), None),
    "lookback-cover":      (fakes.county, Place("lookback"), None),
    "lookback-plan":       (fakes.county, Place("lookback", view="plan"), None),
    "notice-empty":        (lambda: fakes.township(0), Place("notice"), None),
    "notice-none":         (lambda: fakes.county(0), Place("notice"), None),
    "notice":              (fakes.township, Place("notice"), notice_states.answering),
    "notice-wrong":        (fakes.township, Place("notice"), lambda page: page.save()),
    "notice-proposed":     (fakes.county, Place("notice"), notice_states.ticked),
    "notice-write":        (fakes.county, Place("notice"), notice_states.drafted),
    "notice-write-wrong":  (fakes.county, Place("notice", view="write"), lambda page: page.save()),
    "notice-look":         (fakes.county, Place("notice"), notice_states.looking),
    "notice-replied":      (fakes.county, Place("notice", view="replied"), None),
    "notice-withdrawn":    (fakes.township, Place("notice"), notice_states.withdrawn),
    "notice-behalf":       (fakes.county, Place("notice", view="open"), notice_states.behalf),
    "inspections-empty":   (lambda: fakes.township(0), Place("inspection"), None),
    "inspections":         (fakes.township, Place("inspection"), None),
    "inspection":          (fakes.township, Place("inspection/record", id=ID), None),
    "inspection-found":    (fakes.township, Place("inspection/record", id=ID), inspection_states.found),
    "inspection-wrong":    (fakes.township, Place("inspection/record", id=ID), lambda p: p.filling.complete()),
    "inspection-new":      (fakes.township, Place("inspection/record", new=True), None),
    "checklists":          (fakes.county, Place("inspection", tab="checklists"), inspection_states.altered),
    "checklists-town":     (fakes.township, Place("inspection", tab="checklists"), None),
    "checklists-wrong":    (lambda: moods.refusing(fakes.township()), Place("inspection", tab="checklists"), None),
    "checklists-busy":     (lambda: moods.silent(fakes.township()), Place("inspection", tab="checklists"), None),
    "inspections-county":  (fakes.county, Place("inspection"), None),
    "campaigns-empty":     (lambda: fakes.township(0), Place("inspection", tab="campaigns"), None),
    "campaigns":           (fakes.county, Place("inspection", tab="campaigns"), campaign_states.offered),
    "campaigns-town":      (fakes.township, Place("inspection", tab="campaigns"), campaign_states.one),
    "campaigns-one":       (fakes.county, Place("inspection", tab="campaigns"), campaign_states.one),
    "campaigns-wrong":     (fakes.county, Place("inspection", tab="campaigns"), campaign_states.wrong),
    "campaigns-matrix":    (fakes.county, Place("inspection", tab="campaigns"), campaign_states.matrix),
    "campaigns-fates":     (fakes.county, Place("inspection", tab="campaigns"), campaign_states.fates),
    "campaigns-sample":    (fakes.county, Place("inspection", tab="campaigns"), campaign_states.sample),
    "figures-empty":       (lambda: fakes.township(0), Place("figures"), None),
    "figures":             (fakes.county, Place("figures"), None),
    "figures-town":        (fakes.township, Place("figures", view="count"), None),
    "figures-wrong":       (fakes.township, Place("figures"), figures_states.wrong),
    "figures-petitions":   (fakes.county, Place("figures"), figures_states.petitions),
    "figures-crossed":     (fakes.county, Place("figures"), figures_states.crossed),
    "figures-behind":      (fakes.county, Place("figures"), figures_states.behind),
    "figures-meaning":     (fakes.county, Place("figures", view="meaning"), None),
    "figures-sealed":      (fakes.county, Place("figures", view="sealed"), None),
    "figures-unsealed":    (lambda: fakes.township(0), Place("figures", view="sealed"), None),
    "figures-just-sealed": (fakes.county, Place("figures", view="sealed"), figures_states.sealing),
    "journal-empty":       (lambda: fakes.township(0, enrolled=False), Place("exchange", tab="journal"), None),
    "enrol-pcs":           (exchange_states.many_troubles, Place("exchange", tab="enrol"), None),
    "enrol-pcs-aside":     (exchange_states.many_troubles, Place("exchange", tab="enrol"), exchange_states.at_aside),
    "enrol-further":       (exchange_states.further, Place("exchange", tab="enrol"), None),
    "enrol-new":           (lambda: fakes.township(0, enrolled=False), Place("exchange", tab="enrol"), None),
    "source-empty":        (lambda: fakes.township(0), Place("source"), None),
    "source":              (fakes.township, Place("source"), None),
    "source-county":       (fakes.county, Place("source"), None),
    "source-excel":        (fakes.township, Place("source/excel"), None),
    "source-excel-look":   (fakes.township, Place("source/excel", id="/tmp/污染源名单.xlsx"), None),
    "source-nothing":      (fakes.township, Place("source", words="没有这样的", view=""), None),
    "source-one":          (fakes.township, _source(), None),
    "source-new":          (fakes.township, Place("source/record", new=True), None),
    "source-permit":       (fakes.township, _source(), _permit),
    "help":                (fakes.township, Place("help"), None),
    "search":              (fakes.township, Place("search"), None),
    "search-found":        (fakes.county, Place("search", words="污水"), None),
    "search-nothing":      (fakes.township, Place("search", words="没有这样的"), None),
    "search-offer":        (fakes.township, Place("problem"), search_offer),
    "search-drop":         (fakes.township, Place("problem"), drop_hint),
}
# fmt: on

# What every page must be seen in: with nothing, with much, when it is refused, while it waits or works. A page that is
# new fails the tests until it is listed; the last two are made for every page, what is named here shows them better.
# page, or page:part → empty, full, wrong, busy
# fmt: off
FOUR: dict[str, tuple[str, str, str | None, str | None]] = {
    "overview":           ("overview-empty",   "overview-township", None,            None),
    "overview/calendar":  ("calendar-empty",   "calendar",          None,            None),
    "problem":            ("list-empty",       "list-still",        "list-refused",  None),
    "petition":           ("petitions-empty",  "petitions",         None,            None),
    "problem/record":     ("record-new",       "record",            "record-wrong",  None),
    "petition/record":    ("petition-new",     "record-petition",   None,            None),
    "problem/excel":      ("excel",            "excel-look",        "excel-odd",     None),
    "petition/excel":     ("petition-excel",   "excel-look",        None,            None),
    "inspection":         ("inspections-empty", "inspections",      None,            None),
    "inspection/record":  ("inspection-new",   "inspection-found",  "inspection-wrong", None),
    "inspection:campaigns": ("campaigns-empty", "campaigns-one",    "campaigns-wrong", None),
    "month":              ("month-empty",      "month",             None,            None),
    "deciding":           ("deciding-empty",   "deciding",          "deciding-wrong", None),
    "lookback":           ("lookback-empty",   "lookback",          "lookback-wrong", None),
    "notice":             ("notice-empty",     "notice",            "notice-wrong",  None),
    "figures":            ("figures-empty",    "figures",           "figures-wrong", None),
    "source":             ("source-empty",     "source",            "source-nothing", None),
    "source/excel":       ("source-excel",     "source-excel-look", None,            None),
    "source/record":      ("source-new",       "source-one",        "source-permit", None),
    "search":             ("search",           "search-found",      None,            None),
    "exchange:write":     ("write-unknown",    "write-township",    "write-refused", "write-working"),
    "exchange:read":      ("read",             "read-list",         None,            "read-reading"),
    "exchange:conflicts": ("conflicts-empty",  "conflicts",         None,            None),
    "exchange:doubles":   ("doubles-empty",    "doubles",           "doubles-refused", "doubles-busy"),
    "exchange:journal":   ("journal-empty",    "journal",           None,            None),
    "exchange:register":  ("register-empty",   "register",          None,            None),
    "exchange:enrol":     ("enrol-new",        "enrol-county",      None,            None),
    "settings":           ("settings-new",     "settings-county",   None,            None),
    "settings/rules":     ("rules-town",       "rules-lights",      "rules-wrong",   None),
    "help":               ("help",             "help",              "help",          "help"),
}
# fmt: on


def _where(key: str) -> Place:
    page, _, tab = key.partition(":")
    return Place(page, id=ID if page.endswith("/record") else "", tab=tab, words="污水" if page == "search" else "")


for _key, (_, _, _wrong, _busy) in FOUR.items():
    if _wrong is None:
        STATES[f"{_key} wrong"] = (lambda: moods.refusing(fakes.township()), _where(_key), None)
    if _busy is None:
        STATES[f"{_key} busy"] = (lambda: moods.silent(fakes.township()), _where(_key), None)
FULL = [*dict.fromkeys(full for _, full, _, _ in FOUR.values())]
IN_EVERY_SIZE = [
    *FULL,
    "overview-county",
    "list-bulk",
    "month-units",
    "month-judge",
    "lookback-cover",
    "lookback-plan",
    "notice-proposed",
    "notice-write",
    "notice-look",
    "notice-replied",
    "figures-behind",
    "figures-meaning",
    "figures-sealed",
    "source-county",
]
IN_EVERY_LOOK = [*IN_EVERY_SIZE, "list-ticked", "read-preview"]


def keep(widget, name: str, ratio: float = 1) -> None:
    """Save a picture for a person to look at, if one wants to."""
    if folder := os.environ.get("HUANGAI_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        picture(widget, Path(folder) / f"{name.replace('/', '-').replace(':', '-')}.png", ratio)


def arrange(desk, state: str, width: int = 1366, height: int = 768):
    make, place, deed = STATES[state]
    one = desk(make())
    one.window.resize(width, height)
    if hasattr(one.office, "answer"):  # it will not rest: what is seen is how it waits
        one.window.status._patience.setInterval(50)  # said long before it is looked at
        one.window.start()
        one.window.go(place)
        one.qtbot.wait(600)
        return one
    one.do(one.session.look)  # as at the start, but for the first page: that has states of its own
    one.go(place)
    if deed is not None:
        one.do(partial(deed, one.window.page))
    one.qtbot.wait(30)  # what was built in several passes is laid out
    return one


def wrong(window) -> list[str]:
    """All that a person would see at once."""
    found = [*cut_off(window), *overlapping(window), *sideways(window)]
    if window.page.back is None:
        found += edges(window.page)
    return found


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_cut_off_and_everything_has_a_name(desk, state):
    one = arrange(desk, state)
    keep(one.window, state)
    keep(one.window, f"{state}@2", 2)
    assert wrong(one.window) == []
    assert nameless(one.window) == []
    blue = primaries(one.window.page)
    assert len(blue) <= 1, blue
    least = one.window.minimumSizeHint()
    assert least.width() <= 1024
    assert least.height() <= 640


def test_every_page_is_seen_in_four_states():
    """A new page, or a new part of the exchange, fails here until its states are listed in FOUR."""
    parts = {f"exchange:{tab}" for tab in PARTS_OF_THE_EXCHANGE} | {"inspection:campaigns"}
    assert set(FOUR) == set(PAGES) - {"exchange"} | parts
    for key, states in FOUR.items():
        for state, name in zip(states, (None, None, f"{key} wrong", f"{key} busy"), strict=True):
            assert (state or name) in STATES, key


# What follows shows the same states again: their code is measured once, above.
@pytest.mark.no_cover
@pytest.mark.parametrize("state", IN_EVERY_SIZE)
def test_pages_work_on_small_and_wide_screens(desk, state):
    """It opens on the smallest one, and is then drawn to the others."""
    sizes = [(1024, 640), (1920, 1040), (1366, 697)]
    one = arrange(desk, state, *sizes[0])
    for size in sizes:
        one.do(partial(one.window.resize, *size))
        one.qtbot.wait(30)
        keep(one.window, f"{state}-{size[0]}x{size[1]}")
        assert wrong(one.window) == [], size
        assert (one.window.width(), one.window.height()) == size
        assert inside(one.window) == [], size


@pytest.mark.parametrize("factor", ["1.25", "2"])
def test_pages_work_where_the_system_scales(factor):
    """Scaling is Qt's and begins with the application: so the states are looked at by a process of their own."""
    names = ("overview-township", "overview-county", "list-still", "record", "write-county", "settings-county")
    chosen = " or ".join(f"{name}]" for name in names)
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", str(Path(__file__)),
               "-k", f"nothing_is_cut_off and ({chosen})"]  # fmt: skip
    scaled = {**os.environ, "QT_SCALE_FACTOR": factor}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=scaled)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.no_cover
@pytest.mark.parametrize("state", FULL)
def test_tab_comes_to_every_control_once_in_the_order_of_the_page(desk, state):
    one = arrange(desk, state)
    start = QApplication.focusWidget()
    assert start is not None
    assert one.window.page.isAncestorOf(start) or start is one.window.page, "work starts in the page"
    visited = tab_through(one.window)
    assert missed(one.window, visited) == []
    zones = [zone(one.window, control) for control in visited]
    turned = [at for at in range(1, len(zones)) if zones[at] < zones[at - 1]]
    assert len(turned) <= 1, "once around: header, page, foot, navigation"
    assert unseen_focus(visited) == []


def test_high_contrast_is_another_set_of_colours_and_moves_nothing(dressed):
    app = QApplication.instance()
    plain = _without_colours(app.styleSheet())
    try:
        dress(app, theme.Look(contrast=True))
        assert _without_colours(app.styleSheet()) == plain
    finally:
        dress(app, theme.Look())


def _without_colours(style: str) -> str:
    return re.sub(r"#[0-9A-Fa-f]{6,8}", "#", style)


@pytest.mark.no_cover
class TestLargeLettersInHighContrast:
    """Both at once: contrast alone moves nothing, as the test above says."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def _large(cls, dressed):
        """For all states together: a dress takes as long as a page."""
        app = QApplication.instance()
        dress(app, theme.Look(large=True, contrast=True))
        yield
        dress(app, theme.Look())

    @pytest.mark.parametrize("state", IN_EVERY_LOOK)
    def test_pages_work(self, desk, state):
        one = arrange(desk, state)
        keep(one.window, f"{state}-large-contrast")
        assert wrong(one.window) == []


def test_the_first_start_is_one_page(qtbot, dressed, tmp_path):
    first = FirstStart(lambda *_: fakes.township(0), tmp_path / "环改台账")
    qtbot.addWidget(first)
    first.resize(1366, 768)
    first.show()
    keep(first, "first-start")
    assert cut_off(first) == []
    assert nameless(first) == []
    first.close()


def test_pictures_of_every_page_can_be_taken_for_the_manual(qapp, tmp_path):
    made = take_pictures(fakes.county(), tmp_path / "pictures")
    assert len(made) == 16
    assert all(path.stat().st_size > 10_000 for path in made)
    few = take_pictures(fakes.township(0, enrolled=False), tmp_path / "few", ratio=2)
    assert len(few) == 14, "an empty ledger has no record to show"
