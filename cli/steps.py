"""The way of problems by command: what is possible now and what is missing; one step of one, or of several at once."""

from __future__ import annotations

import argparse

from cli import home
from cli.output import DONE, say
from cli.records import say_record, set_option
from models.domain.workflow import COUNTY
from models.services.views.workflow import StepView


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """`problem steps`, `problem step`, `problem unstep` and `problem waiting`."""
    verbs = commands.add_parser("problem", parents=[common], help="问题的办理").add_subparsers(
        dest="verb", required=True
    )
    listed = verbs.add_parser("steps", parents=[common], help="现在能办哪一步，还缺什么")
    listed.add_argument("id")
    listed.set_defaults(act=_steps)
    step = verbs.add_parser("step", parents=[common], help="办一步；几个问题可以一起办")
    step.add_argument("id", nargs="+")
    step.add_argument("step", metavar="VERB")
    step.add_argument("--preview", action="store_true", help="只看哪些能办、哪些不能，什么都不写")
    set_option(step)
    step.set_defaults(act=_step)
    waiting = verbs.add_parser("waiting", parents=[common], help="等这里审核的：验收、销号、申请……")
    waiting.set_defaults(act=_waiting)
    undo = verbs.add_parser("unstep", parents=[common], help="撤销几个问题一起办的那一步")
    undo.add_argument("token", help="办的时候说的撤销编号")
    undo.set_defaults(act=_unstep)


def _steps(given: argparse.Namespace) -> int:
    way = home.opened(given.home, given.user).workflow.steps(given.id)
    answer = {
        "steps": [
            {**one._asdict(), "missing": (*one.missing, *one.unsaid), "fields": [ask._asdict() for ask in one.fields]}
            for one in way.steps
        ],
        "route": way.route,
        "quick": way.quick,
        "papers": [one._asdict() for one in way.papers],
        "doubts": way.doubts,
    }
    text = "\n".join([f"验收路线：{way.route}", *(_in_words(one) for one in way.steps), *way.doubts])
    say(answer, text, as_json=given.json)
    return DONE


def _in_words(one: StepView) -> str:
    whose = "县环委办" if one.who == COUNTY else "责任单位"
    if one.done_on is not None:
        said = f"已办 {one.done_on}".rstrip()
    else:
        possible = f"可以办，要写明：{'、'.join(one.unsaid)}" if one.unsaid else "可以办"
        said = f"还缺：{'、'.join(one.missing)}" if one.missing else possible if one.possible else "等对方办"
    return f"{one.verb}  {one.label}（{whose}）  {said}"


def _step(given: argparse.Namespace) -> int:
    workflow = home.opened(given.home, given.user).workflow
    if len(given.id) == 1 and not given.preview:
        record = workflow.step(given.id[0], given.step, dict(given.set), given.why)
        return say_record(record, "problem", as_json=given.json)
    values = dict(given.set) | ({"opinion": given.why} if given.why and given.step == "return" else {})
    plan = workflow.plan_many(workflow.rows(given.id), given.step, values)
    taken = None if given.preview else workflow.step_many(plan)
    stayed = [one for one in plan.lines if one.state == "stays"]
    answer = {
        "step": plan.verb,
        "label": plan.label,
        "done": list(taken.ids) if taken else [],
        "would": [one.id for one in plan.going],
        "stayed": [{"id": one.id, "number": one.number, "title": one.title, "why": one.why} for one in stayed],
        "undo": taken.token if taken else "",
    }
    told = f"已办“{plan.label}”" if taken else f"能办“{plan.label}”"
    text = [f"{told} {len(plan.going)} 个", *(f"没有办：{one.number}  {one.why}" for one in stayed)]
    say(answer, "\n".join([*text, *([f"撤销编号：{taken.token}"] if taken else [])]), as_json=given.json)
    return DONE


def _waiting(given: argparse.Namespace) -> int:
    sheet = home.opened(given.home, given.user).queue.sheet()
    answer = {"waiting": [one._asdict() for one in sheet.lines], "others": sheet.others, "role": sheet.role}
    text = "\n".join(f"{one.number}  {one.unit_name}  {one.label}  {one.since}" for one in sheet.lines)
    say(answer, text or "没有等着审核的。", as_json=given.json)
    return DONE


def _unstep(given: argparse.Namespace) -> int:
    ids = home.opened(given.home, given.user).workflow.take_back(given.token)
    say({"undone": sorted(ids)}, f"已撤销 {len(ids)} 个", as_json=given.json)
    return DONE
