"""The whole cycle once through two real windows: assigned, worked on, accepted, closed, looked at again, reopened."""

from __future__ import annotations

import pytest

from gui.dialogs.adding import Adding, Belongs
from gui.places import Place
from gui.widgets.buttons import Carrier
from models.services import opening
from tests.gui.one_record import texts
from tests.offices import Clock, quick_folder


class Clerk:
    """Goes on by what stands first under 现在请您做."""

    def __init__(self, one):
        self.one, self.id = one, ""

    @property
    def page(self):
        return self.one.window.page

    def open(self):
        self.one.go(Place("problem/record", id=self.id))

    def press(self, deed):
        button = next(one for one in self.page.story.now.findChildren(Carrier) if one.text().strip() == deed)
        self.one.do(button.click)

    def take(self, deed, **values):
        """Take the step that is asked for, from its button to what is said afterwards."""
        self.press(deed)
        for name, value in values.items():
            self.page.story.handling.form.fields[name].rewrite(value)
        self.one.do(self.page.save)
        assert self.page.notice.kind == "success", self.page.notice.message.text()

    def all_at_once(self, view=None):
        """Take the one step that all problems of a list can take."""
        page = self.one.open("problem", view=view or "")
        page.ticks.put(page.model.rows)
        self.one.do(page.begin_bulk_steps)
        self.one.settle()
        self.one.do(page.bulk_steps.change.click)
        return page.notice.message.text()

    def write(self, stick):
        stick.mkdir(exist_ok=True)
        self.one.open("exchange", tab="write").write.write_to(stick)
        self.one.settle()

    def read(self, stick):
        read = self.one.open("exchange", tab="read").read
        read.look_at([stick])
        self.one.settle()
        self.one.do(read.take.click)


@pytest.fixture
def clerks(desk):
    with quick_folder() as folder:
        clock = Clock()
        county = opening.set_up(folder / "county", "county", "临江县环委办", "361021", clock=clock)
        town = opening.set_up(folder / "town", "township", "白水镇", "361021101", clock=clock)
        county.units.add("township", "白水镇", "361021101")
        asked = town.enrolment.request(folder / "enrol")
        answer = county.enrolment.approve(asked, "361021101", folder / "enrol")
        town.enrolment.accept(answer.path, answer.fingerprint)
        for what in ("报废汽车拆解点未清场", "石灰厂扬尘无覆盖"):
            said = {"description": what, "township": "白水镇", "source": "省级督察", "deadline": "2024-09-30"}
            county.records.add("problem", said)
        yield Clerk(desk(county)), Clerk(desk(town)), folder, clock
        county.close()
        town.close()


def test_two_clerks_from_the_assignment_to_the_second_round(clerks, monkeypatch):
    county, town, folder, clock = clerks
    assert "已办 2 条" in county.all_at_once()
    county.write(folder / "down")
    town.read(folder / "down")
    assert "县里交办的问题有 2 个还没有认领" in texts(town.one.open("overview"))
    assert "已办 2 条" in town.all_at_once("unclaimed")

    # The township plans, rectifies, looks for itself, brings the papers and asks for acceptance.
    line = next(one for one in town.one.office.records.list("problem")[1] if "拆解" in one["description"])
    county.id = town.id = line["id"]
    town.open()
    town.press("加一条措施")
    town.page.story.measures.form.fields["text"].rewrite("清运堆存的车辆")
    town.one.do(town.page.save)
    town.take("办整改方案")
    town.take("办完成整改", progress="已全部清运，恢复原貌")
    town.take("办自查自验", people="张三")
    for paper in ("整改方案", "整改后照片", "整改完成情况报告"):
        town.press("补材料")
        (folder / f"{paper}.txt").write_text(paper, encoding="utf-8")
        monkeypatch.setattr(Adding, "ask", lambda _, paper=paper: Belongs(paper=paper))
        town.one.do(lambda paper=paper: town.page.take_files([folder / f"{paper}.txt"]))
    town.take("办提请验收")
    assert "接下来由县环委办来办：县级验收" in texts(town.page.story.now)
    town.write(folder / "up")

    # The county judges it in its queue, makes it public, closes it; later it looks again, and it has come back.
    county.read(folder / "up")
    deciding = county.one.open("deciding").deciding
    deciding.asking.form.fields["unit"].rewrite("临江县环委办")
    county.one.do(deciding.agree.click)
    assert deciding.line.label == "公示"  # waits next, in the same queue
    county.open()
    county.take("办公示", days="5")
    assert any("公示期满" in one for one in texts(county.page.story.now))
    clock.jump(days=20)
    county.one.do(county.one.session.look)
    county.open()
    county.take("办主要领导审签", people="王县长")
    county.take("办市级验收", unit="市生态环境局")
    county.take("办销号")
    county.take("办备案")
    clock.jump(days=60)
    page = county.one.open("lookback", view="plan")
    county.one.do(page.proposing.do.click)
    county.one.do(lambda: page._choose("fill"))
    for name, value in (("up_to_standard", "false"), ("relapsed", "true"), ("derived", "false"), ("opinion", "又堆放")):
        page.filling.form.fields[name].rewrite(value)
    county.one.do(page.filling.keep.click)
    assert page.filling.line is None, page.filling.notice.message.text()
    county.write(folder / "again")
    town.read(folder / "again")
    town.open()
    record = town.one.office.records.show("problem", town.id)
    assert (record["cycle"], record["closing_stage"], record["light"]) == (2, "none", "red")
    assert town.page.story.now.heading.text() == "现在请您做"
