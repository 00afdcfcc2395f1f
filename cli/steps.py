"""The way of a problem by command: what is possible now and what is missing; one step of it."""

from __future__ import annotations

import argparse

from cli import home
from cli.output import DONE, say
from cli.records import say_record, set_option
from models.domain.workflow import COUNTY
from models.services.views.workflow import StepView


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """`problem steps` and `problem step`."""
    verbs = commands.add_parser("problem", parents=[common], help="问题的办理").add_subparsers(
        dest="verb", required=True
    )
    listed = verbs.add_parser("steps", parents=[common], help="现在能办哪一步，还缺什么")
    listed.add_argument("id")
    listed.set_defaults(act=_steps)
    step = verbs.add_parser("step", parents=[common], help="办一步")
    step.add_argument("id")
    step.add_argument("step", metavar="VERB")
    set_option(step)
    step.set_defaults(act=_step)


def _steps(given: argparse.Namespace) -> int:
    way = home.opened(given.home, given.user).workflow.steps(given.id)
    answer = {
        "steps": [{**one._asdict(), "fields": [asked._asdict() for asked in one.fields]} for one in way.steps],
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
        said = f"还缺：{'、'.join(one.missing)}" if one.missing else "可以办" if one.possible else "等对方办"
    return f"{one.verb}  {one.label}（{whose}）  {said}"


def _step(given: argparse.Namespace) -> int:
    record = home.opened(given.home, given.user).workflow.step(given.id, given.step, dict(given.set), given.why)
    return say_record(record, "problem", as_json=given.json)
