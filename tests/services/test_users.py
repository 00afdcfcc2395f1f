"""Users of one PC: who may do what, wrong secrets, the last admin; none of it leaves the PC."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from cli.main import parse, run
from models.services.exchange.undo import last
from models.services.home import user_refusals as refused
from models.store import local_schema
from models.store.schema import op
from tests.offices import lived_in


def _staff(world):
    users = world["town"].users
    users.add("管平", (), "0000")
    users.sign_in("管平", "0000")
    users.add("经一", ("clerk",), "1111")
    users.add("审二", ("reviewer",), "2222")
    users.add("领三", ("leader",), "3333")


@pytest.fixture(scope="module")
def lived(county_folder):
    with lived_in(county_folder, _staff) as world:
        yield world


@pytest.fixture
def staffed(lived, world):
    """A township with one of everybody, nobody signed in."""
    return world["town"]


def new(office, text="坏"):
    return office.records.add("problem", {"description": text})["id"]


def test_without_users_everybody_may_do_everything(world):
    assert world["town"].users.list() == ()
    assert not world["town"].users.are_there
    new(world["town"])
    assert last_user(world["town"]) == "本机"


def last_user(office) -> str:
    with office.desk.ledger.read() as connection:
        bodies = connection.scalars(select(op.c.body).where(op.c.unit == "361021101").order_by(op.c.pk.desc())).all()
    return json.loads(bodies[0]).get("user", "") if bodies else ""


def test_the_first_user_manages_and_writes_under_his_name_once_he_has_the_role(world):
    office = world["town"]
    assert office.users.add("管平", ("clerk",), "0000")[0].roles == ("admin", "clerk")
    with pytest.raises(refused.NobodySignedIn):
        new(office)
    office.users.sign_in(" 管平 ", "0000")
    record = new(office)
    assert office.records.history("problem", record)[-1].by == "管平"
    office.users.sign_out()
    with pytest.raises(refused.NobodySignedIn):
        office.records.edit("problem", record, {"goal": "改"})
    assert office.records.show("problem", record)["goal"] is None


def test_what_each_may_do_over_a_real_ledger(staffed, tmp_path):
    office, users = staffed, staffed.users
    record = None
    for name, secret, may_edit, may_exchange, may_manage in (
        ("经一", "1111", True, True, False),
        ("审二", "2222", True, True, False),
        ("领三", "3333", False, False, False),
        ("管平", "0000", False, True, True),
    ):
        users.sign_in(name, secret)
        if may_edit:
            record = new(office, name)
        else:
            with pytest.raises(refused.NotYourRole) as no:
                new(office)
            assert "经办或审核" in no.value.message
        if may_exchange:
            assert office.exchange.export(tmp_path / name).packages
        else:
            with pytest.raises(refused.NotYourRole):
                office.exchange.export(tmp_path / name)
            assert not list((tmp_path / name).glob("*.hgb"))
        if may_manage:
            users.set_roles("经一", ("clerk",))
        else:
            with pytest.raises(refused.NotYourRole):
                users.set_roles("领三", ("admin",))
        assert office.records.show("problem", record)["description"]  # everybody looks
        assert office.care.check().ok
        assert office.exchange.peers()
    assert {u.name: u.roles for u in users.list()}["领三"] == ("leader",)


def test_who_does_not_judge_cannot_close(world):
    office = world["county"]
    office.users.add("管平", ("clerk",), "0000")
    office.users.sign_in("管平", "0000")
    office.users.add("审二", ("reviewer",), "2222")
    record = new(office)
    with pytest.raises(refused.NotYourRole):
        office.records.edit("problem", record, {"closing_stage": "closed"})
    rows = office.records.ids(_every())
    with pytest.raises(refused.NotYourRole):
        office.records.edit_many(office.records.plan_bulk("problem", rows, {"closing_stage": "closing"}))
    assert office.records.show("problem", record)["closing_stage"] == "none"
    with pytest.raises(refused.NotYourRole):
        office.months.judge("2024-06", [record], "accepted")
    office.users.sign_in("审二", "2222")
    assert office.records.edit("problem", record, {"closing_stage": "closed"})["closing_stage"] == "closed"


def _every():
    from models.services.views.lists import Query

    return Query("problem")


def test_wrong_secrets_have_to_wait_longer_each_time(staffed, world):
    users, clock = staffed.users, world.clock
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(refused.WrongSecret) as wrong:
            users.sign_in("经一", "1112")
        assert wrong.value.left == left
    with pytest.raises(refused.MustWait) as wait:
        users.sign_in("经一", "1111")
    assert 25 <= wait.value.seconds <= 31
    users.sign_in("审二", "2222")  # others need not
    clock.jump(days=1)
    with pytest.raises(refused.WrongSecret):
        users.sign_in("经一", "1112")
    with pytest.raises(refused.MustWait) as wait:
        users.sign_in("经一", "1111")
    assert 55 <= wait.value.seconds <= 61
    clock.now -= timedelta(days=400)  # a clock set back locks nobody out
    assert users.sign_in("经一", "1111").name == "经一"
    with pytest.raises(refused.WrongSecret) as wrong:  # one right one, and all tries are there again
        users.sign_in("经一", "1112")
    assert wrong.value.left == 4


def test_there_is_always_an_admin_until_the_last_user_goes(staffed):
    users = staffed.users
    users.sign_in("管平", "0000")
    for verb in (lambda: users.remove("管平"), lambda: users.set_roles("管平", ("clerk",))):
        with pytest.raises(refused.LastAdmin):
            verb()
    users.set_roles("审二", ("reviewer", "admin"))
    users.set_roles("管平", ("clerk",))
    with pytest.raises(refused.NotYourRole):  # at once, not at the next signing in
        users.remove("领三")
    users.sign_in("审二", "2222")
    for name in ("管平", "领三", "经一"):
        users.remove(name)
    users.remove("审二")
    assert users.list() == ()
    new(staffed)


@pytest.mark.parametrize("name", ["", " ", "本机", "张 三", "张" * 21])
def test_names_that_are_none(world, name):
    with pytest.raises(refused.BadName):
        world["town"].users.add(name, ("clerk",), "1111")


@pytest.mark.parametrize("secret", ["", "123", "    ", "1" * 65])
def test_secrets_that_are_none(staffed, secret):
    staffed.users.sign_in("管平", "0000")
    with pytest.raises(refused.BadSecret):
        staffed.users.add("新来", ("clerk",), secret)
    with pytest.raises(refused.BadSecret):
        staffed.users.set_secret("经一", secret)


def test_names_are_taken_once_and_roles_are_known(staffed):
    users = staffed.users
    users.sign_in("管平", "0000")
    with pytest.raises(refused.NameTaken):
        users.add("经一", ("clerk",), "1111")
    with pytest.raises(refused.NoRole):
        users.add("新来", (), "1111")
    with pytest.raises(refused.NoRole):
        users.set_roles("经一", ())
    with pytest.raises(refused.NoSuchRole):
        users.add("新来", ("king",), "1111")
    with pytest.raises(refused.NoSuchUser):
        users.sign_in("无名", "1111")


def test_everybody_changes_his_own_secret_and_the_admin_all(staffed):
    users = staffed.users
    users.sign_in("经一", "1111")
    users.set_secret("经一", "新的口令")
    with pytest.raises(refused.NotYourRole):
        users.set_secret("审二", "9999")
    users.sign_in("管平", "0000")
    users.set_secret("审二", "9999")
    assert users.sign_in("审二", "9999").name == "审二"
    assert users.sign_in("经一", "新的口令").name == "经一"


def test_the_code_on_paper_gives_an_admin_a_new_secret_once(world):
    users = world["town"].users
    assert not users.have_code
    users.add("管平", (), "0000")
    code = users.take_code()
    assert len(code.replace("-", "")) == 20
    assert (users.take_code(), users.have_code) == ("", True)
    users.sign_in("管平", "0000")
    users.add("经一", ("clerk",), "1111")
    assert users.take_code() == "", "the first one alone has one"
    users.sign_out()
    with pytest.raises(refused.WrongCode):
        users.recover("0" * 20, "管平", "9999")
    with pytest.raises(refused.NotAnAdmin):
        users.recover(code, "经一", "9999")
    with pytest.raises(refused.BadSecret):
        users.recover(code, "管平", "9")
    assert users.sign_in("管平", "0000"), "nothing was changed"
    users.sign_out()
    users.recover(code.lower().replace("-", " ").replace("0", "o"), "管平", "9999")
    other = users.take_code()
    assert users.sign_in("管平", "9999").roles == {"admin"}
    for used in (code, ""):
        with pytest.raises(refused.WrongCode):
            users.recover(used, "管平", "8888")
    users.new_code()
    with pytest.raises(refused.WrongCode):
        users.recover(other, "管平", "8888")
    users.sign_in("经一", "1111")
    with pytest.raises(refused.NotYourRole):
        users.new_code()


def test_secrets_are_hashed_and_users_stay_on_this_pc_and_through_an_undo(staffed, world):
    with staffed.desk.ledger.read() as connection:
        kept = connection.scalars(select(local_schema.user.c.secret)).all()
    assert all(text.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for text in kept)
    assert len(set(kept)) == len(kept)
    staffed.users.sign_in("经一", "1111")
    world.round("town")
    assert world["county"].users.list() == ()
    staffed.users.sign_in("管平", "0000")
    staffed.users.add("后来", ("clerk",), "4444")
    with staffed.desk.ledger.read() as connection:
        assert last(staffed.desk, connection) is not None
    staffed.exchange.undo()
    assert "后来" in {one.name for one in staffed.users.list()}


def test_by_command(world, capsys, monkeypatch):
    home = str(world["town"].desk.home)
    world.close()

    def asked(*words: str, pin: str = "", new_pin: str = "") -> tuple[int, dict]:
        for name, value in (("HUANGAI_PIN", pin), ("HUANGAI_NEW_PIN", new_pin)):
            monkeypatch.setenv(name, value)
        status = run(parse(["--home", home, "--json", *words]))
        return status, json.loads(capsys.readouterr().out)

    assert asked("user", "list")[1] == {"users": []}
    status, answer = asked("user", "add", "管平", "--role", "clerk", new_pin="0000")
    assert status == 0
    monkeypatch.setenv("HUANGAI_RECOVERY", answer["recovery_code"])
    assert "recovery_code" in asked("user", "recover", "管平", new_pin="0000")[1]
    assert asked("user", "recover", "管平", new_pin="1111")[1]["error"]["code"] == "U120"
    assert "recovery_code" in asked("--as", "管平", "user", "code", pin="0000")[1]
    edit = ("records", "add", "problems", "--set", "description=坏")
    assert asked(*edit)[1]["error"]["code"] == "U101"
    assert asked("--as", "管平", *edit)[1]["error"]["code"] == "U101"
    assert asked("--as", "管平", *edit, pin="1")[1]["error"]["code"] == "U103"
    status, record = asked("--as", "管平", *edit, pin="0000")
    assert status == 0
    history = asked("records", "history", "problems", record["id"])[1]["changes"]
    assert {one["by"] for one in history} == {"管平"}
    assert asked("--as", "管平", "user", "passwd", "管平", pin="0000", new_pin="5555")[0] == 0
    assert asked("--as", "管平", "user", "add", "领三", "--role", "leader", pin="5555", new_pin="3333")[0] == 0
    assert asked("--as", "领三", *edit, pin="3333")[1]["error"]["code"] == "U105"
    assert asked("--as", "管平", "user", "role", "领三", "--role", "clerk", pin="5555")[0] == 0
    assert asked("--as", "管平", "user", "remove", "领三", pin="5555")[1]["users"][0]["name"] == "管平"
    assert asked("user", "add", "乙", pin="5555")[1]["error"]["code"] == "R446"
    assert asked("--as", "管平", "user", "remove", "管平", pin="5555")[1] == {"users": []}
    assert "HUANGAI_PIN" in asked("user", "add", "独一")[1]["error"]["way_out"]
    assert len(asked("user", "add", "独一", pin="6666")[1]["users"][0]["roles"]) == 4
    assert asked("--as", "独一", *edit, pin="6666")[0] == 0
