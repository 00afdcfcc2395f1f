"""The store of drafts: what was typed is on the disk, whole, and nobody waits for it."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest

from gui import drafts as module
from gui import whole
from gui.drafts import DISPATCH, EDIT, MEASURE, REMARK, Drafts
from gui.panels.record.draft_offer import describe
from tests.gui.one_record import ID, a_draft
from tests.gui.watch import slowness


@pytest.fixture
def store(tmp_path, qapp):
    opened: list[Drafts] = []

    def _open() -> Drafts:
        opened.append(Drafts(tmp_path))
        return opened[-1]

    yield _open
    for one in opened:
        one.close()


def test_a_draft_is_there_after_the_program_was_closed(store):
    first = store()
    first.keep(a_draft())
    first.close()
    assert store().all() == (a_draft(),)


def test_a_draft_that_was_let_go_is_gone(store, tmp_path):
    first = store()
    first.keep(a_draft())
    first.keep(a_draft(part=REMARK, values={"text": "请补拍"}))
    first.forget(a_draft())
    first.close()
    assert [one.part for one in store().all()] == [REMARK]
    assert [path.name for path in (tmp_path / "drafts").iterdir()] == [f"problem-{ID}-remark-0.json"]


def test_drafts_of_records_are_told_apart(store):
    one = store()
    one.keep(a_draft())
    one.keep(a_draft(record="", part=EDIT))
    one.keep(a_draft(table="petition"))
    assert one.records("problem") == frozenset({ID})
    assert [draft.record for draft in one.of("problem", "")] == [""]
    assert one.free("problem", ID, EDIT) == 1
    assert one.free("problem", ID, MEASURE) == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"values": {}}',
        '{"values": {"person": 7}}',
        "[" * 100_000,
        '{"values": "person"}',
        "\\ud800",
    ],
    ids=lambda text: text[:40],
)
def test_a_file_that_is_no_draft_is_passed_over(store, tmp_path, text):
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / f"problem-{ID}-edit-0.json").write_text(text, encoding="utf-8")
    (tmp_path / "drafts" / f"problem-{ID}-edit-1.json").write_text(
        json.dumps({"values": {"person": "周海平"}, "table": "../../etc", "record": "x"}), encoding="utf-8"
    )
    (found,) = store().all()
    assert (found.table, found.record, found.values) == ("problem", ID, {"person": "周海平"}), "the name says whose"


def test_what_cannot_be_written_is_said_and_disturbs_nobody(store, tmp_path, qtbot):
    one = store()
    (tmp_path / "drafts").write_text("a file where the folder should be", encoding="utf-8")
    with qtbot.waitSignal(one.failed):
        one.keep(a_draft())
    assert one.all() == (a_draft(),), "it is still there while the program runs"


def test_a_draft_is_whole_or_the_one_of_before(store, tmp_path, monkeypatch):
    first = store()
    first.keep(a_draft())
    first.close()

    def _stopped(_descriptor):
        raise OSError(28, "no room")

    second = store()
    second.all()
    monkeypatch.setattr(module.os, "fsync", _stopped)
    second.keep(a_draft(values={"person": "李"}))
    second.close()
    assert store().all() == (a_draft(),)


def test_what_a_virus_scanner_holds_for_a_moment_is_kept_and_let_go_all_the_same(store, tmp_path, monkeypatch):
    held: list[Path] = []

    def for_a_moment(deed):
        def act(path: Path, *rest, **options):
            held.append(path)
            if len(held) % 3:
                raise PermissionError(13, "another program holds it")
            return deed(path, *rest, **options)

        return act

    monkeypatch.setattr(whole, "PAUSE", 0)
    for name in ("replace", "unlink"):
        monkeypatch.setattr(Path, name, for_a_moment(getattr(Path, name)))
    one = store()
    one.keep(a_draft())
    one.close()
    assert store().all() == (a_draft(),)
    other = store()
    other.forget(a_draft())
    other.close()
    assert list((tmp_path / "drafts").iterdir()) == []
    assert len(held) == 6


def test_the_disk_is_written_on_a_thread_of_its_own(store, monkeypatch):
    one = store()
    one.all()
    go_on, threads = threading.Event(), []
    monkeypatch.setattr(module, "_write", lambda *_: (go_on.wait(30), threads.append(threading.current_thread().name)))
    began = time.thread_time()
    for number in range(20):
        one.keep(a_draft(at=f"{number}", values={"person": str(number)}))
    assert time.thread_time() - began < 0.05 * slowness()
    assert threads == [], "nobody waited for the disk"
    go_on.set()
    monkeypatch.undo()


def test_a_draft_is_described_in_one_sentence():
    many = dict.fromkeys(("person", "leader", "phone", "place", "trade", "round", "batch"), "x")
    assert describe(a_draft(values=many)).endswith("等 7 处。")
    assert describe(a_draft(part=REMARK, values={"text": "请\n补拍"})) == "备注：请 补拍"
    assert (
        describe(a_draft(part=DISPATCH, values={"month": "2026-11", "pace": "behind"}))
        == "2026年11月月调度：月份、序时进度"
    )
    assert describe(a_draft(part=MEASURE, piece="a2", values={"done_on": "2026-11-22"})) == "修改措施：完成时间"
