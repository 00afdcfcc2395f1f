"""Photos and documents on the page of a record: added, chosen, opened, described, voided; what is missing says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from gui.dialogs.adding import Adding, Belongs, guess, stage_of
from gui.dialogs.question import Question
from gui.dialogs.viewer import groups
from gui.widgets.buttons import Carrier
from gui.widgets.thumbnails import AFTER, BEFORE, Thumbnail
from models.domain import words
from models.services.base.file_refusals import FileTooLarge
from models.services.views.files import Added, AddedFiles, NotTaken, Offered, Twice
from tests.gui import record_states
from tests.gui.one_record import ID, texts


class Asked(list):
    """The questions that were asked; `answers` are done to them in turn, each is taken as it then stands."""

    answers: list = []  # noqa: RUF012 - set anew by each fixture


@pytest.fixture
def asked(monkeypatch):
    found = Asked()
    found.answers = []

    def run(dialog):
        found.append(dialog)
        dialog.deleteLater = lambda: None
        dialog.accept()
        if found.answers:
            found.answers.pop(0)(dialog)
        return dialog.result()

    monkeypatch.setattr(Adding, "exec", run)
    yield found
    for one in found:
        del one.deleteLater
        one.deleteLater()


def pressed(viewer, word):
    """The first button of that word."""
    return next(one for one in viewer.findChildren(Carrier) if one.text().strip() == word)


@pytest.fixture
def shown(desk):
    one = desk()
    one.office.records.evidence = record_states.exhibits("here", "here", "lost", "here", "wanted")
    page = one.open("problem/record", id=ID)
    return one, page, page.story.exhibits


def test_photos_stand_in_pairs_of_one_caption_and_the_others_beside(shown):
    _, page, card = shown
    first, second, third = card.strip.pairs
    assert [type(first.halves[half]) for half in (BEFORE, AFTER)] == [Thumbnail, Thumbnail]
    assert second.halves[AFTER].accessibleName() == "2 号点位，下洲村 316 国道旁：添加整改后照片"
    assert [half.accessibleName() for half in third.halves.values()] == ["整改中照片，挖机进场.jpg"]
    assert card.quiet.text().split() == ["照片", "4", "张", "文档", "1", "份", "缺", "2", "个"]
    assert page.story.tabs.buttons["exhibits"].text() == "佐证 5"


def test_the_chosen_one_says_what_it_is_and_what_to_do(shown):
    _, _, card = shown
    assert card.line.isHidden()
    card.strip.pairs[1].halves[BEFORE].click()
    assert card.name.text() == "油污.jpg"
    assert card.hint.text() == words.FILE_WAY["lost"]
    assert not card.open.isEnabled()
    card.strip.pairs[0].halves[BEFORE].click()
    assert card.hint.isHidden()
    assert card.open.isEnabled()
    assert (card.stage.value, card.caption.text()) == ("before", "1 号点位")


def test_the_camera_and_doubts_are_told_and_the_photo_behind_a_copy_can_be_asked_for(desk):
    one = desk()
    entries = record_states.exhibits("copy")
    entries[0]["remark"] = "拍摄时间早于发现问题的时间，请核对。"
    one.office.records.evidence = entries
    one.office.evidence.used_twice = (
        Twice("拆解点东侧.jpg", "problem", "f" * 32, "LJ-2026-014", "河边", near=True),
        Twice("拆解点东侧.jpg", "problem", ID, "", "", near=False),
    )
    page = one.open("problem/record", id=ID)
    one.settle()
    card = page.story.exhibits
    card.strip.pairs[0].halves[BEFORE].click()
    assert card.shot.text().split() == [
        "拍摄时间", "2026-03-12", "10:05", "拍摄位置", "东经", "115.9341°", "北纬", "27.5522°",
    ]  # fmt: skip
    for said in (
        "早于发现问题",
        "看上去和LJ-2026-014里的一张一样",
        "这条记录的另一个阶段也用了",
        words.FILE_WAY["copy"],
    ):
        assert said in card.hint.text()
    assert (card.open.isEnabled(), card.save.isEnabled()) == (True, False)
    card.want.click()
    one.settle()
    assert one.office.evidence.asked == [("want", entries[0]["id"])]
    assert "要原图" in page.notice.message.text()
    card.strip.pairs[1].halves[BEFORE].click()
    assert card.want.isHidden()
    assert card.shot.isHidden()


def test_what_is_chosen_is_opened_described_saved_and_voided(shown, monkeypatch, tmp_path):
    one, page, card = shown
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or len(opened) == 1)
    card.strip.pairs[0].halves[BEFORE].click()
    card.open.click()
    one.settle()
    assert opened == [QUrl.fromLocalFile(str(one.office.evidence.opens))]
    card.open.click()
    one.settle()
    assert page.notice.message.text() == "电脑上没有能打开它的程序。"
    card.stage.buttons["during"].click()
    one.settle()
    card.caption.setText(" 东侧 ")
    card.caption.editingFinished.emit()
    one.settle()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "x.jpg"), ""))
    card.save.click()
    one.settle()
    monkeypatch.setattr(Question, "ask", lambda self: self.reason.setText(" 拍错了 ") or "作废这份材料")
    card.void.click()
    one.settle()
    entry = card.entries[0]
    assert one.office.evidence.asked == [
        ("open", entry["id"]), ("open", entry["id"]), ("edit", entry["id"], {"stage": "during"}),
        ("edit", entry["id"], {"caption": "东侧"}), ("get", entry["sha256"]), ("void", entry["id"], "拍错了"),
    ]  # fmt: skip


def test_what_a_photo_belongs_to_is_changed_from_the_card_and_from_the_large_view(shown, monkeypatch):
    one, page, card = shown
    asked = []

    def run(self):
        asked.append((self.windowTitle() and self.verb.text(), self.caption.text(), self.stage.value))
        self.part.setCurrentIndex(len(asked) - 1)  # the first time as it is
        return self.DialogCode.Accepted

    monkeypatch.setattr(Adding, "exec", run)
    card.strip.pairs[0].halves[BEFORE].click()
    one.do(card.change.click)
    assert one.office.evidence.asked == [], "what was left as it is writes nothing"
    one.do(card.large.click)
    viewer = page.photos.viewer
    one.do(pressed(viewer, "改归属…").click)
    assert asked == [("保存", "1 号点位", "before")] * 2
    assert one.office.evidence.asked == [("edit", card.entries[0]["id"], {"part": "a1" * 16})]


def test_nothing_changed_is_nothing_written_and_no_is_no(shown, monkeypatch):
    one, _, card = shown
    card.strip.pairs[0].halves[BEFORE].click()
    card.caption.editingFinished.emit()
    card.stage.buttons["before"].setChecked(True)
    card.stage.changed.emit()
    monkeypatch.setattr(Question, "ask", lambda _: "")
    card.void.click()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    card.save.click()
    one.settle()
    assert one.office.evidence.asked == []


def test_the_missing_half_asks_for_photos_of_its_stage_and_place(shown, monkeypatch):
    one, page, card = shown
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (["/手机/清场.jpg"], ""))
    card.strip.pairs[1].halves[AFTER].click()
    one.settle()
    told = {"stage": "after", "caption": "2 号点位，下洲村 316 国道旁"}
    assert one.office.evidence.asked == [("add", "problem", ID, ["清场.jpg"], told)]
    assert "已添加 1 个文件" in page.notice.message.text()
    assert card.waiting.isHidden()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    card.add_one.click()
    assert len(one.office.evidence.asked) == 1


def test_what_is_refused_or_there_already_is_said(shown, asked):
    one, page, card = shown
    one.office.evidence.answer = AddedFiles((), (Added("a" * 64, "河边.jpg", 5),))
    page.take_files([Path("河边.jpg")])
    one.settle()
    assert "已经有了" in page.notice.message.text()
    why = "这张照片是手机的“高效”格式，多数电脑打不开。请在手机上改好设置再拍。"
    one.office.evidence.answer = AddedFiles(
        (Added("a" * 64, "x", 5),), (Added("b" * 64, "y", 5),), ("山上.jpg",), refused=(NotTaken("z.heic", why),)
    )
    page.take_files([Path("x")])
    one.settle()
    assert page.notice.kind == "warning"
    for said in ("山上.jpg", f"“z.heic”没有添加：{why}", "已经有了：y"):
        assert said in page.notice.way_out.text()
    one.office.evidence.answer = AddedFiles((), refused=tuple(NotTaken(f"{n}.heic", why) for n in range(5)))
    page.take_files([Path("x")])
    one.settle()
    assert page.notice.message.text() == "一个文件也没有添加。"
    assert "还有 2 个也没有添加。" in page.notice.way_out.text()
    one.office.evidence.refusal = FileTooLarge(Path("全景.jpg"), 41_000_000, 30_000_000)
    page.take_files([Path("全景.jpg")])
    one.settle()
    assert "41 MB" in page.notice.message.text()
    assert card.add_one.isEnabled()
    assert len(asked) == 4


def test_one_question_for_all_files_is_asked_and_its_answer_remembered(shown, asked, monkeypatch, tmp_path):
    one, page, card = shown
    one.office.evidence.bad = {"b.heic": "多数电脑打不开。请换一种格式。"}
    asked.answers = [
        lambda it: it.part.setCurrentIndex(1),
        lambda it: it.paper.setCurrentIndex(it.paper.findData("整改后照片")),
        lambda it: it.reject(),
    ]
    page.take_files([Path("a.jpg"), Path("b.heic")])
    one.settle()
    said = texts(asked[0])
    assert "这 1 个文件是哪一环节的？" in said
    assert "b.heic 不能添加：多数电脑打不开。请换一种格式。" in said
    part, measure = "a1" * 16, "整改措施 清运危险废物"
    assert (asked[0].part.itemText(1), asked[0].belongs.stage) == (measure, "during")
    assert asked[0].caption.finder.count() == 2
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (["/手机/清场.jpg"], ""))
    card.add_one.click()
    one.settle()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    card.add_folder.click()
    one.settle()
    assert asked[2].belongs == Belongs("after", "", part, ""), "the stage and the part of last time"
    assert one.office.evidence.asked == [
        ("add", "problem", ID, ["a.jpg"], {"stage": "during", "part": part}),
        ("add", "problem", ID, ["清场.jpg"], {"stage": "after", "paper": "整改后照片", "part": part}),
    ]  # fmt: skip
    one.open("problem/record", id=f"{1:032x}")
    page.adder.look([Path("c.jpg")])
    one.settle()
    assert asked[3].belongs.part == "", "of another record nothing was said yet"


def test_nothing_that_can_be_added_is_said_and_a_folder_of_packages_is_read(shown, asked, tmp_path):
    one, page, _ = shown
    one.office.evidence.bad = {f"{n}.heic": "打不开。" for n in range(7)}
    asked.answers = [lambda it: it.reject()]
    page.take_files([Path(f"{n}.heic") for n in range(7)])
    one.settle()
    said = texts(asked[0])
    assert "这些文件都不能添加" in said
    assert "0.heic、1.heic、2.heic 等 7 个 不能添加：打不开。" in said
    assert asked[0].verb.isHidden()
    page.take_files([])
    one.office.evidence.offered = Offered((), ())
    page.adder._ask((ID, (tmp_path,), Offered((), (), left=2)))
    assert "没有照片和文档" in page.notice.message.text()
    page.adder._ask(("another", (tmp_path,), Offered((), ())))
    page.adder._ask((ID, (tmp_path,), Offered((), (), packages=True)))
    one.settle()
    assert one.window.page.title == "数据交换"
    assert len(asked) == 1


def test_what_files_most_probably_are_of():
    last = Belongs("after", "桥头", "p", "整改后照片")
    assert guess(last, photos=False, before=False, completed=False) == Belongs("after", "", "p")
    for photos, before, completed, stage in (
        (True, False, False, "before"), (True, True, False, "during"), (True, False, True, "after"),
        (False, True, True, ""),
    ):  # fmt: skip
        assert guess(None, photos=photos, before=before, completed=completed) == Belongs(stage)
    assert [stage_of(name) for name in ("整改前照片", "自查自验表")] == ["before", ""]


def test_looking_and_adding_can_be_stopped(shown):
    one, page, card = shown
    one.office.evidence.look = lambda table, id, paths, progress: _endless(progress)
    page.take_files([Path("a.jpg")])
    assert card.busy.text() == "正在看选中的文件…"
    card.stop.click()
    one.settle()
    assert page.notice.message.text() == "已停下，一个文件也没有添加。"
    page.adder._begin(_endless, 3)
    assert card.busy.text() == "正在添加 3 个文件…"
    page.take_files([Path("another.jpg")])  # one after the other
    card.stop.click()
    one.settle()
    assert page.notice.message.text() == "已停下，一个文件也没有添加。"
    assert one.office.evidence.asked == []
    assert card.waiting.isHidden()


def _endless(progress):
    import time

    while True:
        progress.step(0, 0)
        time.sleep(0.01)


def test_what_was_copied_elsewhere_is_pasted(shown, asked, qtbot):
    one, page, _ = shown
    board = QGuiApplication.clipboard()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/手机/1.jpg"), QUrl.fromLocalFile("/手机/2.jpg")])
    board.setMimeData(data)
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    one.settle()
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(0)
    board.setImage(image)
    page._paste()
    one.settle()
    board.setText("文字")
    page._paste()
    one.settle()
    assert [what[3] for what in one.office.evidence.asked] == [["1.jpg", "2.jpg"], ["粘贴的图片.png"]]
    board.clear()


def test_who_may_not_write_sees_and_opens_only(desk):
    one = desk()
    one.office.records.evidence = record_states.exhibits()
    one.office.records.may = frozenset({"remark"})
    page = one.open("problem/record", id=ID)
    card = page.story.exhibits
    assert card.add_one.isHidden()
    assert AFTER not in card.strip.pairs[1].halves
    card.strip.pairs[0].halves[BEFORE].click()
    assert card.void.isHidden()
    assert card.caption.isReadOnly()
    assert not page.takes_files


def test_small_pictures_come_a_few_at_a_time_and_are_remembered(desk, monkeypatch):
    one = desk()
    one.office.records.evidence = [
        {**record_states.exhibits()[0], "id": f"{n:032x}", "sha256": f"{n:064x}", "picture": f"{n:064x}"}
        for n in range(9)
    ]
    asked: list[list[str]] = []
    picture = record_states._picture(0)

    def make(places, hashes, progress):
        asked.append(list(hashes))
        made = dict.fromkeys(hashes, picture)
        one.session.pictures.remember(made)
        return made

    monkeypatch.setattr(one.session.pictures, "make", make)
    page = one.open("problem/record", id=ID)
    one.settle()
    assert [len(some) for some in asked] == [4, 4, 1]
    page.refresh()
    one.settle()
    assert len(asked) == 3


def of_parts():
    """Photos of the problem, of its first measure, and of a month."""
    entries = record_states.exhibits()
    entries[0] |= {"part": "a1", "part_said": "整改措施 清运"}
    entries[3] |= {"part": "d10", "part_said": "月调度 2026-10", "paper": "整改过程材料"}
    return entries


def test_files_of_one_part_are_shown_alone_from_its_row_and_from_the_list(desk):
    one = desk()
    one.office.records.evidence = of_parts()
    page = one.open("problem/record", id=ID)
    card = page.story.exhibits
    assert [card.of.itemText(at) for at in range(card.of.count())] == [
        "全部环节 5", "整改措施 清运 1", "这条记录本身 3", "月调度 2026-10 1",
    ]  # fmt: skip
    assert [row.files for row in page.story.measures.timeline.rows][:2] == [1, 0]
    assert page.story.measures.timeline.said(0).endswith("佐证 1 个")
    (button,) = [one for one in page.story.dispatches.findChildren(Carrier) if one.text().strip() == "佐证 1"]
    button.click()
    one.settle()
    assert [entry["name"] for entry in card.seen] == ["挖机进场.jpg"]
    assert page.story.tabs.current == "exhibits"
    card._choose(card.seen[0])
    assert card.shot.text() == "月调度 2026-10\u2003整改过程材料"
    card.of.setCurrentIndex(0)
    card.of.activated.emit(0)
    assert len(card.seen) == 5


def test_papers_are_ticked_as_they_come_and_a_missing_one_is_added_from_its_line(desk, asked, monkeypatch):
    one = desk()
    one.office.records.evidence = of_parts()
    one.office.workflow.files = [(f"{1:032x}", "", "清场后.jpg 整改后"), (f"{4:032x}", "", "转移联单 合同")]
    page = one.open("problem/record", id=ID)
    card = page.story.dossier
    assert card.quiet.text().split() == ["必备", "1", "/", "1", "选备", "1", "/", "15"]
    assert next(iter(card.lines)) == "整改后照片", "those that must be there stand first"
    card.lines["整改后照片"].findChild(Carrier).click()
    one.settle()
    assert page.story.exhibits.chosen["name"] == "清场后.jpg"
    assert page.story.tabs.current == "exhibits"
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (["/手机/会议.pdf"], ""))
    card.lines["整改前照片"].findChild(Carrier).click()
    one.settle()
    assert asked[0].belongs == Belongs("before", "", "", "整改前照片")
    one.office.records.may = frozenset({"remark"})
    one.office.workflow.files = []
    page.refresh()
    one.settle()
    assert card.lines["整改前照片"].findChild(Carrier) is None, "who may not add is not asked to"
    assert "必备" in texts(card.lines["整改后照片"])


def test_photos_are_seen_large_side_by_side_and_lead_to_where_else_they_are_used(desk, monkeypatch):
    one = desk()
    other = f"{1:032x}"
    one.office.records.evidence = record_states.exhibits("copy", "here", "wanted")
    one.office.evidence.used_twice = (Twice("拆解点东侧.jpg", "problem", other, "LJ-2026-014", "", near=False),)
    made = []

    def make(places, hashes, progress):
        made.append(list(hashes))
        return {hashes[0]: record_states._picture(0)}

    monkeypatch.setattr(one.session.large, "make", make)
    page = one.open("problem/record", id=ID)
    one.settle()
    card = page.story.exhibits
    card.choose(card.entries[1]["id"])
    card.large.click()
    one.settle()
    viewer = page.photos.viewer
    first, second = viewer.larges.values()
    assert made == [[entry["picture"] for entry in card.entries[:2]]]
    assert (first.image is not None, second.image, second.said) == (True, None, "这张照片打不开")
    assert viewer.where.text() == "1 / 3"
    said = texts(viewer)
    for text in ("整改前", "整改后", "同一张照片也用在 LJ-2026-014", words.FILE_STATE["copy"]):
        assert text in said
    viewer.grab()
    pressed(viewer, "向对方要原图").click()
    one.settle()
    assert one.office.evidence.asked == [("want", card.entries[0]["id"])]
    assert words.FILE_STATE["asked"] in texts(viewer)
    viewer.go_on()
    assert words.FILE_STATE["wanted"] in [one.said for one in viewer.larges.values()]
    viewer.go_back()
    pressed(viewer, "去看那一条").click()
    one.settle()
    assert one.window._place.id == other
    assert page.photos.viewer is None


def test_from_the_line_one_goes_to_the_other_record(desk):
    one = desk()
    other = f"{1:032x}"
    one.office.records.evidence = record_states.exhibits()
    one.office.evidence.used_twice = (Twice("油污.jpg", "problem", other, "", "", near=True),)
    page = one.open("problem/record", id=ID)
    one.settle()
    card = page.story.exhibits
    card.choose(card.entries[0]["id"])
    assert card.jump.isHidden()
    card.choose(card.entries[2]["id"])
    card.jump.click()
    one.settle()
    assert one.window._place.id == other


def test_side_by_side_stand_the_stages_of_one_caption():
    entries = record_states.exhibits()[:4]
    entries.append({**entries[0], "stage": "during", "name": "二"})
    entries.append({**entries[0], "stage": "", "name": "三"})
    assert [[one["name"] for one in some] for some in groups(entries)] == [
        ["拆解点东侧.jpg", "二", "清场后.jpg"], ["三"], ["油污.jpg"], ["挖机进场.jpg"],
    ]  # fmt: skip
