"""What the county altered in a checklist and did not issue yet: ids of new questions; a newer version beneath it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Question = Mapping[str, Any]


def free_id(beside: str, used: Iterable[str]) -> str:
    """An id in the group of another that never was another question."""
    prefix, _, _ = beside.partition("-")
    numbers = [int(n) for head, _, n in (one.partition("-") for one in used) if head == prefix and n]
    return f"{prefix}-{max(numbers, default=0) + 1}"


def carried(
    content: Sequence[Question], base: Sequence[Question], now: Sequence[Question]
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Carry what was altered (`base` became `content`) over to a newer version.

    What only one side altered is as that side has it. Where both altered a question, ours stands, but what they
    retired stays retired, and a new question whose id they gave to another gets an id of its own.

    Returns: the content; ids that both sides altered, for somebody to look at.
    """
    ours, was, theirs = ({one["id"]: one for one in some} for some in (content, base, now))
    both = [
        id_ for id_ in dict.fromkeys((*was, *theirs, *ours))
        if ours.get(id_) != was.get(id_) != theirs.get(id_) != ours.get(id_)
    ]  # fmt: skip
    made: list[dict[str, Any]] = []
    for id_, one in ours.items():
        if id_ in was and id_ not in theirs:
            continue
        if one == was.get(id_):
            made.append(dict(theirs[id_]))
        elif id_ in theirs and id_ not in was and one != theirs[id_]:
            made.append({**one, "id": free_id(id_, (*was, *theirs, *ours, *(each["id"] for each in made)))})
        else:
            made.append(dict(one))
    before = ""
    for id_, one in theirs.items():
        if id_ not in was and all(each["id"] != id_ for each in made):
            made.insert(next((at + 1 for at, each in enumerate(made) if each["id"] == before), 0), dict(one))
        before = id_
    return made, tuple(both)
