"""The acts of what goes wrong in a county: conflicts, damaged, forged and late packages, a disk that was restored."""

from __future__ import annotations

from pathlib import Path

from cli.demo_acts import join
from cli.demo_data import AFTER_BACKUP, LATER, MEASURES
from cli.demo_play import Play
from models.services.base.pen import Pen, Place


def conflict_of_two_pcs(play: Play) -> None:
    """Two clerks of one township write the same field; the township chooses."""
    stage = play.stage
    stage.act(f"冲突：{play.first.name}两台电脑改了同一栏")
    one, other = play.pc, stage.office(play.second)
    id_ = play.open_problems(play.first)[-1]["id"]
    one.records.edit("problem", id_, {"progress": "一号机：已清运弃料约300方。"})
    other.records.edit("problem", id_, {"progress": "二号机：已清运弃料约320方，剩余部分月底前清完。"})
    play.up(play.first.code, play.second)
    play.down()
    found = one.conflicts.list()
    stage.expect(len(found) == 1 and len(found[0].heads) == 2, f"“{found[0].label}”两个值并列，都没有丢")
    for number, head in enumerate(found[0].heads):
        stage.tell(f"  [{number}] {head.value}（{head.unit_name} {head.by} {head.at[:16]}）")
    one.conflicts.settle(found[0].id, value="已清运弃料约320方，剩余部分月底前清完。")
    play.up(play.first.code)
    play.down()
    values = {o.records.show("problem", id_)["progress"] for o in (one, other, play.county)}
    stage.expect(len(values) == 1 and not play.county.conflicts.list(), f"乡镇选定后三处一致：{values.pop()}")
    stage.calendar.next_day()


def conflict_with_county(play: Play) -> None:
    """The county writes for a township that writes itself; the township's value is taken."""
    stage = play.stage
    stage.act(f"冲突：县里代填，{play.last.name}自己也填了")
    office = stage.office(play.last.code)
    id_ = play.open_problems(play.last)[-1]["id"]
    play.county.records.edit("problem", id_, {"progress": "县里代填：据电话了解，已完成一半。"}, "电话调度")
    office.records.edit("problem", id_, {"progress": "镇里填报：主体已完工，正在收尾。"})
    play.up(play.last.code)
    found = play.county.conflicts.list()
    stage.expect(len(found) == 1, f"县里看到冲突：{' ｜ '.join(str(h.value) for h in found[0].heads)}")
    play.county.conflicts.settle(found[0].id, take="theirs")
    play.down()
    shown = office.records.show("problem", id_)
    stage.expect(not shown["conflicts"] and shown["progress"].startswith("镇里"), "县里采用乡镇的填报，两边一致")
    stage.calendar.next_day()


def bad_packages(play: Play) -> None:
    """Damaged, cut short, for another unit: refused in words, and nothing changes."""
    stage = play.stage
    stage.act("坏的数据包：损坏、没拷完、送错单位")
    play.pc.records.edit("problem", play.open_problems(play.first)[-1]["id"], {"progress": LATER})
    stick = stage.stick()
    good = play.pc.exchange.export(stick).packages[0].path
    before = play.county.exchange.digest()
    whole = good.read_bytes()
    flipped = bytearray(whole)
    flipped[-100] ^= 1
    for name, content, code, word in (
        ("damaged", bytes(flipped), "S108", "改动过一个比特的包"),
        ("cut", whole[: len(whole) // 2], "S106", "只拷了一半的包"),
        ("header", whole.replace(b'"kind":"data"', b'"kind":"enrol"', 1), "S102", "包头被改过的包"),
        ("other", b"PK\x03\x04" + whole, "S101", "改了后缀的压缩文件"),
    ):
        bad = _beside(good, name, content)
        stage.refused(word, play.county.exchange.bring_in([bad])[0], code)
        bad.unlink()
    wrong_place = play.county.exchange.export(stage.stick(), [play.first.code]).packages[0].path
    if play.last != play.first:
        stage.refused("送错单位的包", stage.office(play.last.code).exchange.bring_in([wrong_place])[0], "S104")
    stage.expect(play.county.exchange.digest() == before, "县里的台账一条也没有变")
    stage.taken_in("县里", play.county.exchange.bring_in([good]))
    stage.calendar.next_day()


def _beside(good: Path, name: str, content: bytes) -> Path:
    bad = good.with_name(f"{name}.hgb")
    bad.write_bytes(content)
    return bad


def forged_package(play: Play) -> None:
    """A township's own PC signs a package with a closing verdict in the county's name."""
    stage = play.stage
    stage.act("伪造的数据包：真的签名，里面夹带一条冒名的县级销号")
    forger = join(play, f"{play.first.code}-forger", play.first)
    target = play.open_problems(play.first)[-1]["id"]
    desk = forger.desk
    own, desk.settings["device"] = desk.settings["device"], play.county.here.device
    with desk.ledger.write() as connection:
        pen = Pen(desk, connection)
        pen.set(Place("problem", target), {"closing_stage": [["2024-05-20", "closed"]]}, (desk.side.unit,), "伪造")
        pen.put()
    desk.settings["device"] = own
    stage.expect(forger.records.show("problem", target)["closing_stage"] == "closed", "造假的电脑上已经显示销号")
    before = play.county.exchange.digest(), play.tally()["problems"]
    sent = forger.exchange.export(stage.stick()).packages[0].path
    report = stage.taken_in("县里", play.county.exchange.bring_in([sent]))
    stage.expect(report.refused_operations == 1, "冒名的那一条没有接收")
    stage.expect(play.county.records.show("problem", target)["closing_stage"] == "none", "县里仍是未销号")
    stage.expect((play.county.exchange.digest(), play.tally()["problems"]) == before, "摘要和数字都没有变")
    stage.calendar.next_day()


def late_package(play: Play) -> None:
    """A stick that lay in a drawer comes after its successor."""
    stage = play.stage
    stage.act(f"迟到的旧包：{play.last.name}的U盘忘在抽屉里")
    office = stage.office(play.last.code)
    problems = play.open_problems(play.last)
    office.records.edit("problem", problems[0]["id"], {"progress": "U盘忘在抽屉里那天写的。"})
    forgotten = stage.stick()
    office.exchange.export(forgotten)
    office.records.edit("problem", problems[0]["id"], {"progress": "三天后写的。"})
    play.up(play.last.code)
    before = play.county.exchange.digest()
    late = stage.taken_in("县里", play.county.exchange.bring_in([forgotten]))
    now = play.county.records.show("problem", problems[0]["id"])["progress"]
    stage.expect(late.older and now == "三天后写的。", "后写的包已含全部内容，旧包没有倒退任何一栏")
    again = play.county.exchange.bring_in([forgotten])[0]
    stage.expect(again.result == "already", f"再读一遍：{again.message}")
    stage.expect(play.county.exchange.digest() == before, "摘要没有变")
    stage.calendar.next_day()


def restored_disk(play: Play) -> None:
    """A PC's disk is put back to an older copy without anybody telling the program."""
    stage = play.stage
    stage.act(f"恢复旧硬盘：{play.first.name}二号机退回到几天前的备份")
    play.down()
    stage.copy_disk(play.second, f"{play.second}-backup")
    stage.calendar.next_day()
    id_ = play.open_problems(play.first)[0]["id"]
    stage.office(play.second).records.edit("problem", id_, {"progress": AFTER_BACKUP})
    play.up(play.second)
    stage.copy_disk(f"{play.second}-backup", play.second)
    lost = stage.office(play.second)
    stage.expect(lost.records.show("problem", id_)["progress"] != AFTER_BACKUP, "恢复后，备份之后写的不见了")
    lost.records.add_measure(id_, MEASURES[1])
    stick = stage.stick()
    lost.exchange.export(stick)
    report = stage.taken_in("县里", play.county.exchange.bring_in([stick]))
    stage.expect(report.fork, "县里看出这台电脑恢复过备份，不拒收")
    play.down()
    healed = lost.records.show("problem", id_)
    stage.expect(healed["progress"] == AFTER_BACKUP, "县里带回的包把丢的补齐了")
    stage.expect(MEASURES[1]["text"] in [m["text"] for m in healed["measures"]], "恢复以后新写的也在")
    stage.calendar.next_day()


def open_conflict(play: Play) -> None:
    """A conflict that waits for a choice, so that the pictures show what people see then."""
    stage = play.stage
    stage.act("留一处待选的冲突，给下面的图片")
    id_ = play.open_problems(play.first)[-1]["id"]
    play.pc.records.edit("problem", id_, {"progress": "一号机：月底前可以完工。"})
    stage.office(play.second).records.edit("problem", id_, {"progress": "二号机：还差验收资料，预计6月10日完工。"})
    play.up(play.first.code, play.second)
    play.down()
    waiting = {name: len(office.conflicts.list()) for name, unit, office in play.offices() if unit == play.first}
    stage.expect(set(waiting.values()) == {1} and not play.differing(), "两台电脑都等人选定，没有丢任何一个值")
