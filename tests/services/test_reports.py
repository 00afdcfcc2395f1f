"""What is said of an import: kept whole, sent back, put on paper; and the register of media."""

from __future__ import annotations

import openpyxl
import pytest
from sqlalchemy import select

from models.errors import LedgerError
from models.services.base import register
from models.services.exchange import receipts, reports
from models.store.local_schema import pkg_answer
from models.sync import medium


def add(world, name, text, **values):
    return world[name].records.add("problem", {"description": text} | values)["id"]


def said(paper):
    """All words of a paper."""
    found = [paper.title, paper.line, paper.foot]
    for block in paper.blocks:
        found += [block.text] if hasattr(block, "text") else [cell for row in block.rows for cell in row]
    return found


# ------------------------------------------------------------------------------------------- reports


def test_the_whole_report_of_an_import_is_kept_and_goes_on_paper(world, tmp_path):
    record = add(world, "county", "河道堆放", township="白水镇")
    still = add(world, "county", "不变的", township="白水镇")
    world.round("town")
    world["town"].records.edit("problem", record, {"progress": "=已清运"})
    world["town"].records.edit("problem", still, {"progress": "一"})
    world["town"].records.edit("problem", still, {"progress": ""})
    report = world.send("town", "county")
    assert (report.updated, report.unchanged) == (1, 1)
    kept = world["county"].exchange.changes("")
    assert kept == report.changes
    assert {(one.what, one.title) for one in kept} == {("updated", "河道堆放"), ("unchanged", "不变的")}
    papers = world["county"].papers
    path = papers.write(papers.report(), tmp_path / "报告.xlsx", lambda _: b"")
    cells = [cell.value for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
    assert "=已清运" in cells
    assert cells[cells.index("无变化") + 1] == "1 条，没有逐条列出"
    assert not [cell for cell in cells if cell and "不变的" in str(cell)], "no paper for what stays as it is"


def test_the_other_side_learns_what_became_of_its_package(world):
    add(world, "town", "新的")
    package = world.written("town")
    world.taken("county", package)
    line = next(one for one in world["town"].exchange.journal().lines if one.number == package.number)
    assert line.answers == ()
    world.send("county", "town")
    lines = world["town"].exchange.journal().lines
    line = next(one for one in lines if (one.way, one.number) == ("out", package.number))
    (answer,) = line.answers
    assert (answer.created, answer.conflicts, answer.sha256) == (1, 0, package.sha256)
    assert answer.device == world["county"].desk.settings["device"]
    assert answer.agrees is not None


def test_nobody_answers_for_packages_of_another_unit(world):
    """A report names a package by its id: one that was written for somebody else is none of the sender's business."""
    add(world, "county", "甲", township="青石镇")
    package = world.written("county", "other")
    world.taken("other", package)
    foreign = world.written("town")
    desk = world["county"].desk
    with desk.ledger.write() as connection:
        trusted = world["county"].exchange.read(foreign.path)
        from models.sync.meta import Summary

        ids = [
            one.package
            for one in world["county"].exchange.journal().lines
            if (one.way, one.unit) == ("out", "361021102")
        ]
        lie = Summary(ids[0], 1, "2024", 9, 9, 9, 9, "谎话")
        reports._take_answers(desk, connection, trusted.header, [lie])
    assert all("谎话" not in a.message for one in world["county"].exchange.journal().lines for a in one.answers)


def test_what_the_other_side_says_of_our_package_is_kept_short_and_turns_no_line_of_ours(world):
    from models.sync.meta import Summary

    package = world.written("county", "town")
    trusted = world["county"].exchange.read(world.written("town").path)
    desk = world["county"].desk
    with desk.ledger.write() as connection:
        (ours,) = [one for one in world["county"].exchange.journal().lines
                   if (one.way, one.unit, one.number) == ("out", package.to, package.number)]  # fmt: skip
        said = Summary(ours.package, package.number, "2024\u2066", 0, 0, 0, 0, "\u202e好\n" * 50_000, user="\0王" * 99)
        reports._take_answers(desk, connection, trusted.header, [said])
        assert len(connection.scalar(select(pkg_answer.c.report).order_by(pkg_answer.c.package.desc()))) < 1_000
    (answer,) = next(one for one in world["county"].exchange.journal().lines if one.package == ours.package).answers
    assert (answer.imported, answer.message[:2], answer.user) == ("2024", "好好", "王" * 20)


def test_a_report_on_paper_says_what_the_window_says(world):
    """No word that only the program knows: no stored values, no times with a T; and why something became void."""
    one, other = (add(world, "county", text, township="白水镇") for text in ("错登的", "在改的"))
    world.round("town")
    world["county"].records.void("problem", one, "重复登记")
    world["county"].records.edit("problem", other, {"pace": "on_schedule"})
    package = world.written("county", "town")
    seen = {line.field: line.why for line in world["town"].exchange.preview(package.path).changes}
    assert seen == {"void": "重复登记", "pace": ""}
    world.taken("town", package)
    words = said(world["town"].papers.report())
    assert {"有效", "作废（自 2024-06-15）", "重复登记", "达到序时进度"} <= set(words)
    assert not [word for word in words if "on_schedule" in word or "T09" in word]


def test_a_second_yes_is_asked_for_many_voids_and_for_a_third_of_all(world):
    records = [add(world, "county", f"第{n}条", township="白水镇") for n in range(24)]
    world.round("town")
    for record in records[:9]:
        world["county"].records.void("problem", record, "重复")
    few = world["town"].exchange.preview(world.written("county", "town").path)
    assert (few.voided, few.big_change) == (9, "")
    world["county"].records.void("problem", records[9], "重复")
    many = world["town"].exchange.preview(world.written("county", "town").path)
    assert (many.voided, many.big_change) == (10, "本包将作废 10 条记录。")
    assert "作废 10 条" in many.message
    for record in records[10:]:
        world["county"].records.edit("problem", record, {"deadline": "2024-12-31"})
    world["county"].records.unvoid("problem", records[0])
    world["county"].records.edit("problem", records[0], {"deadline": "2024-12-31"})
    for record in records[4:10]:
        world["county"].records.unvoid("problem", record)
        world["county"].records.edit("problem", record, {"deadline": "2024-12-31"})
    third = world["town"].exchange.preview(world.written("county", "town").path)
    assert (third.voided, third.updated) == (3, 24)
    before = world.dump("town")
    (waits,) = world["town"].exchange.bring_in([third.path], sure=False)
    assert (waits.result, waits.code) == ("refused", "S133")
    assert world.dump("town") == before
    assert world["town"].exchange.bring_in([few.path], sure=False)[0].result == "imported"
    assert third.big_change == "本包将更新 24 条记录，超过本机全部记录的三分之一。"


def test_what_was_void_before_is_not_told_as_made_void(world):
    record = add(world, "county", "早已作废", township="白水镇")
    world.round("town")
    world["county"].records.void("problem", record, "重复")
    world["town"].records.edit("problem", record, {"progress": "还不知道"})
    report = world.send("town", "county")
    assert (report.updated, report.voided) == (1, 0)


def test_records_go_back_to_unreported_when_the_other_side_lost_them(world):
    """sync.md 5.6: the report of that import says how many, and so does a line until they are acknowledged again."""

    def standing():
        return [(one.unit, one.records) for one in world["town"].exchange.lost()]

    with world.restored("county"):
        record = add(world, "town", "县里丢的")
        world.round("town")
        assert world["town"].records.show("problem", record)["exchange"] == "received"
    assert standing() == [], "the county alone knows yet"
    report = world.send("county", "town")
    assert (report.going_again, world["town"].records.show("problem", record)["exchange"]) == (1, "unreported")
    assert "可能恢复过备份，1 条将重新报送。" in report.message
    assert standing() == [("361021", 1)]
    package = world.written("town")
    assert world["town"].records.show("problem", record)["exchange"] == "exported"
    assert standing() == [("361021", 1)], "written is not received: it is said until the receipt comes"
    world.taken("county", package)
    world.send("county", "town")
    assert standing() == []
    assert world["town"].records.show("problem", record)["exchange"] == "received"


# ------------------------------------------------------------------------------------------- receipts


def test_both_sides_print_the_same_receipt(world):
    add(world, "town", "新的")
    package = world.written("town")
    world.taken("county", package)
    ours = said(world["county"].papers.receipt(str(package.number)))
    assert {"数据接收回执", f"第 {package.number} 包", package.sha256, "新增", "1"} <= set(ours)
    with pytest.raises(receipts.NoReceipt):
        world["town"].papers.receipt(str(package.number), got=True)
    world.send("county", "town")
    theirs = said(world["town"].papers.receipt(str(package.number), got=True))
    assert f"{package.sha256}（与写出时一致）" in theirs
    for fact in ("白水镇人民政府（361021101）", "临江县环委办（361021）"):
        assert fact in ours
        assert fact in theirs


def test_a_receipt_says_when_the_two_sides_do_not_agree(world):
    """What a restored disk lost shows at once in the receipt of its next package."""
    add(world, "town", "甲")
    world.round("town")
    assert "一致" in said(world["county"].papers.receipt())
    with world.restored("town"):
        add(world, "town", "乙")
        world.round("town")
    world.send("town", "county")
    assert "不一致，下次交换自动补齐" in said(world["county"].papers.receipt())


def test_a_receipt_says_nothing_of_agreement_where_nothing_was_compared(world):
    """Neither of an older package, nor where it was complete for another PC alone."""
    late = world.written("other")
    world.send("other", "county")
    assert world.taken("county", late).older
    assert "一致" not in said(world["county"].papers.receipt())
    for _ in range(6):
        world.round("town")
    world.taken("town2", world.written("county", "town"))
    assert "一致" not in said(world["town2"].papers.receipt())


@pytest.mark.parametrize("wanted", ["99", "0" * 32, "", "二", "²"])
def test_where_there_is_no_receipt_it_is_said(tmp_path, wanted):
    from models.services.opening import set_up

    office = set_up(tmp_path / "c", "county", "临江县环委办", "361021")
    for got in (False, True):
        with pytest.raises(LedgerError) as caught:
            office.papers.receipt(wanted, got=got)
        assert caught.value.code == "S132"
    office.close()


# ------------------------------------------------------------------------------------------- register


def test_the_register_has_a_line_for_all_that_went_over_a_medium(world):
    world["town"].exchange.hand("王芳")
    package = world.written("town")
    again = world["town"].exchange.again([package], world.stick()).packages[0]
    world.taken("town", world.written("county", "town"))
    world.taken("town", world.written("county", "other"))
    world["town"].exchange.undo()
    blocked = world.stick()
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("no folder")
    with pytest.raises(LedgerError):
        world["town"].exchange.export(blocked)
    found = world["town"].exchange.register()
    lines = [(one.way, one.result) for one in reversed(found.lines)][-6:]
    assert lines == [
        ("out", "written"),
        ("out", "again"),
        ("in", "imported"),
        ("in", "refused"),
        ("undo", "undone"),
        ("out", "failed"),
    ]
    (first,) = [one for one in found.lines if one.result == "written"][:1]
    assert (first.sha256, first.bytes, first.number, first.file) == (
        package.sha256,
        package.bytes,
        package.number,
        package.path.name,
    )
    assert first.unit_name == "临江县环委办"
    assert first.medium
    assert {one.hand for one in found.lines[:6]} == {"王芳"}
    assert again.path.name in {one.file for one in found.lines}
    refused = next(one for one in found.lines if one.result == "refused")
    assert refused.said
    paper = said(world["town"].papers.register())
    assert {"写出", "已写入并校验", "撤销读入", "本机；王芳"} <= set(paper)


def test_a_preview_and_a_folder_of_others_packages_leave_no_line(world):
    package = world.written("county", "other")
    before = world["town"].exchange.register().total
    world["town"].exchange.preview(world.written("county", "town").path)
    world["town"].exchange.bring_in([package.path.parent])
    assert world["town"].exchange.register().total == before


MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:25 / /run rw - tmpfs tmpfs rw
40 22 8:17 / /media/zhang/\\350\\265\\204\\346\\226\\231\\040U rw - vfat /dev/sdb1 rw
"""


def test_a_medium_is_known_by_the_nearest_mount(tmp_path):
    from pathlib import Path

    assert medium._device(Path("/media/zhang/资料 U/包"), MOUNTS) == "/dev/sdb1"
    assert medium._device(Path("/home/zhang"), MOUNTS) == "/dev/sda1"
    assert medium._device(Path("/run/user"), MOUNTS) == ""
    folder, device = tmp_path / "by-label", tmp_path / "sdb1"
    folder.mkdir()
    device.write_bytes(b"")
    (folder / "\\x e5 b7 a5".replace(" ", "")).symlink_to(device)
    assert medium._named(folder, str(tmp_path / "sdc1")) == ""
    assert medium._plain("\\xe5\\xb7\\xa5\\x20U") == "工 U"
    assert medium.Medium("KINGSTON", "1A2B-3C4D").said(Path("/media/k")) == "KINGSTON（1A2B-3C4D）"
    assert medium.Medium("", "").said(Path("/media/k")) == str(Path("/media/k"))
    assert medium.medium_of(tmp_path).said(tmp_path)


def test_the_register_is_page_by_page(world):
    for _ in range(3):
        world.written("town")
    page = world["town"].exchange.register(most=2)
    assert len(page.lines) == 2
    assert page.lines[0].line > page.lines[1].line
    rest = world["town"].exchange.register(skip=2, most=None)
    assert len(rest.lines) == page.total - 2
    assert register.PAGE >= 2


def test_the_register_from_a_day_on(world):
    world.written("town")
    whole = world["town"].exchange.register().total
    world.clock.jump(days=40)
    sent = world.written("town")
    since = f"{world['town'].desk.today():%Y-%m}-01"
    found = world["town"].exchange.register(since=since)
    assert (found.total, found.lines[0].file) == (1, sent.path.name)
    assert world["town"].exchange.register().total == whole + 1
    words = said(world["town"].papers.register(since))
    assert "起始日期：2024年7月1日" in words[1]
    assert sent.path.name in words
    assert "起始日期" not in said(world["town"].papers.register())[1]
