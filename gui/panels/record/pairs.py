"""Photos of one spot before and after, side by side, as a strip of thumbnails shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from PySide6.QtGui import QImage

from gui.dialogs.viewer import Entry
from gui.widgets.thumbnails import AFTER, BEFORE, Pair, Photo
from models.domain import words

AWAY = ("wanted", "lost")  # nothing of it can be seen here


def is_photo(one: Entry) -> bool:
    """Whether an entry is a photo."""
    return str(one["media"]).startswith("image/")


def pairs(photos: Sequence[Entry], pictures: Mapping[str, QImage | None], *, may_add: bool) -> list[Pair]:
    """Photos of one caption before and after, side by side; those of neither beside each other."""
    found: list[Pair] = []
    for caption in dict.fromkeys(str(one["caption"]) for one in photos):
        some = [one for one in photos if one["caption"] == caption]
        of = {stage: [_photo(one, pictures) for one in some if one["stage"] == stage] for stage in (BEFORE, AFTER)}
        for before, after in zip_longest(of[BEFORE], of[AFTER]):
            lacks = "" if before and after else f"缺{words.EVIDENCE_STAGE[AFTER if before else BEFORE]}"
            found.append(Pair(caption, before, after, lacks, "yellow", may_add=may_add))
        for stage in ("during", ""):
            others = tuple(_photo(one, pictures) for one in some if one["stage"] == stage)
            if others:
                mark = words.EVIDENCE_STAGE.get(stage, "没有写明阶段")
                found.append(Pair(caption, None, None, mark, "grey", others, stage))
    return found


def _photo(one: Entry, pictures: Mapping[str, QImage | None]) -> Photo:
    said = words.FILE_STATE[one["state"]] if one["state"] in AWAY else str(one["taken_on"] or one["name"])
    return Photo(str(one["id"]), pictures.get(one["picture"]), said)
