"""Everything that the papers of one problem say, read at once; and under which names its files lie in its dossier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from models.domain import media, words
from models.domain.routes import Paper
from models.domain.unit import split_names
from models.services.base import dictionaries, showing
from models.services.base.desk import Desk
from models.services.base.writing import find
from models.services.problems import workflow_look
from models.services.views.lists import Record
from models.store.schema import notice

OTHER = "其他材料"
_UNKNOWN = ".bin"  # what no other program should open by itself
AWAY = ("wanted", "lost")


class Filed(NamedTuple):
    """One file of a dossier: where it lies there (None: it is not here), and what it is."""

    path: PurePosixPath | None
    entry: Record
    sha256: str  # of what is written: the file, or of a photo its copy
    paper: str


class ProblemFile(NamedTuple):
    """One problem with all that its papers say."""

    record: Record
    route: str
    papers: tuple[Paper, ...]  # of 一问题一档, in the county's order
    standards: tuple[str, ...]  # of closing
    notices: tuple[tuple[Mapping[str, Any], str], ...]  # the values of each that speaks of it, and who sent it
    unit: str  # whose PC it is written on
    today: date

    def files(self) -> tuple[Filed, ...]:
        """The files of its dossier: those of each paper in a folder of their own, each file once."""
        return tuple(_filed(self))


def read(desk: Desk, connection: Connection, id: str) -> ProblemFile:
    """All of one problem, found by id or number."""
    row = find(connection, "problem", id)
    record = showing.record(desk, connection, "problem", row)
    at = workflow_look.look(desk, connection, row)
    who = desk.registry(connection)
    spoken = connection.execute(select(notice).where(notice.c.void_from.is_(None)).order_by(notice.c.pk)).mappings()
    told = tuple(
        (showing.values_of("notice", one), who.units.get(one["creator"], one["creator"]))
        for one in spoken
        if record["id"] in split_names(one["problems"] or "")
    )
    standards = tuple(dictionaries.content(connection, "closing_standards"))
    return ProblemFile(
        record, at.standing.route.name, at.standing.papers, standards, told, desk.here().name, desk.today()
    )


def _filed(file: ProblemFile) -> Iterator[Filed]:
    entries = {str(one["id"]): one for one in file.record["evidence"]}
    seen: set[str] = set()
    for number, paper in enumerate(file.papers, 1):
        own = [entries[id_] for id_ in paper.files if id_ in entries and id_ not in seen]
        seen |= set(paper.files)
        yield from _of_paper(number, paper.name, own)
    rest = [one for id_, one in entries.items() if id_ not in seen]
    yield from _of_paper(len(file.papers) + 1, OTHER, rest)


def _of_paper(number: int, paper: str, entries: list[Record]) -> Iterator[Filed]:
    folder = media.clear_name(f"{number:02} {paper}", 30)
    for at, one in enumerate(entries, 1):
        sha256, ending = one["sha256"], media.suffix_to_open(one["media"], one["name"]) or _UNKNOWN
        if one["state"] not in ("here", *AWAY):  # of a photo its copy alone
            sha256, ending = one["picture"], "（小图）.jpg"
        if one["state"] in AWAY or not sha256:
            yield Filed(None, one, "", paper)
            continue
        stage = words.EVIDENCE_STAGE.get(one["stage"], "")
        plain = one["name"] if ending == _UNKNOWN else one["name"].rpartition(".")[0]
        said = one["caption"] or plain or one["name"]
        day = one["taken_on"] if media.is_photo(one["media"]) else ""
        parts = (f"{number:02}-{at:02}", "" if stage in said else stage, said, day)
        name = media.clear_name(" ".join(part for part in parts if part))
        yield Filed(PurePosixPath(folder, f"{name}{ending}"), one, sha256, paper)
