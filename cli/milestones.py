"""Back-planning by command: what a template proposes for one problem, and keeping it."""

from __future__ import annotations

import argparse

from cli import home
from cli.output import DONE, say
from models.services.views.milestones import Backplan

STATE = {"new": "新加", "moved": "改期", "same": "不变"}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The verb of `measure` beside `add` and `edit`."""
    verbs = commands.choices["measure"].get_default("verbs")
    plan = verbs.add_parser("plan", parents=[common], help="按整改时限倒排时间节点")
    plan.add_argument("problem")
    plan.add_argument("--template", default="", help="用哪个模板；不写就用最合适的")
    plan.add_argument("--preview", action="store_true", help="只列出来，不写入")
    plan.set_defaults(act=_plan)


def _plan(given: argparse.Namespace) -> int:
    at = home.opened(given.home, given.user).milestones
    found = at.propose(given.problem, given.template)
    said = {
        "problem": found.problem, "template": found.template, "templates": found.templates, "start": found.start,
        "deadline": found.deadline, "lines": [one._asdict() for one in found.lines], "done": found.done,
        "doubts": found.doubts(),
    }  # fmt: skip
    if given.preview:
        say({"plan": said}, _in_words(found), as_json=given.json)
        return DONE
    planned = at.plan(given.problem, found.lines, found.template)
    written = {"made": planned.made, "moved": [one.id for one in planned.moved]}
    say({"plan": said, **written}, f"{_in_words(found)}\n已写入。", as_json=given.json)
    return DONE


def _in_words(found: Backplan) -> str:
    told = [f"按“{found.template}”倒排：{found.start} 至 {found.deadline}"]
    told += [f"{one.due}  {STATE[one.state]}  {one.text}" for one in found.lines]
    return "\n".join([*told, *found.doubts()])
