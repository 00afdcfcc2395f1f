"""Commands as somebody types them, in this process: what they answer, and whether anything broke on the way."""

from __future__ import annotations

import io
import json
import os
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cli.main import parse, run
from models.services.opening import open_office
from models.services.views.campaigns import Wanted
from models.services.views.sampling import Lot

ENDINGS = (0, 2, 3)


@dataclass(frozen=True)
class Answer:
    """What one command said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.out)


class _Stream(io.TextIOWrapper):
    """A stream of text with bytes below, as a terminal has."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", errors="backslashreplace", write_through=True)

    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode("utf-8", "replace")  # type: ignore[attr-defined]


def ask(home: Path, *words: str | Path, as_json: bool = True) -> Answer:
    """Run a command at the hatch of a home."""
    out, err = _Stream(), _Stream()
    given = ["--home", str(home), *(("--json",) if as_json else ()), *map(str, words)]
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = run(parse(given))
        except SystemExit as left:
            status = int(left.code or 0)
    return Answer(status, out.text(), err.text())


def calm(home: Path, *words: str | Path, endings: tuple[int, ...] = ENDINGS) -> Answer:
    """The same; no bug, no traceback, and a refusal says in Chinese what happened and what to do."""
    answer = ask(home, *words)
    assert answer.status in endings, (words, answer)
    assert "Traceback" not in answer.err + answer.out, (words, answer)
    log = home / "log" / "huangai.log"
    assert not os.path.exists(log), log.read_text(encoding="utf-8")  # noqa: PTH110 - a name may be too long to ask for
    if answer.status == 3:
        error = answer.json["error"]
        assert error["code"], (words, answer)
        assert error["way_out"].endswith("。"), (words, answer)
        assert any("一" <= sign <= "鿿" for sign in error["message"]), (words, answer)
    return answer


def pages(home: Path, folder: Path) -> dict[str, Any]:
    """Everything that a clerk looks at still opens. Returns the records as shown."""
    shown: dict[str, Any] = {}
    assert calm(home, "check", "--deep", endings=(0,)).json["ok"], home
    for kind in ("problems", "petitions"):
        for record in calm(home, "records", "list", kind, endings=(0,)).json["records"]:
            shown[record["id"]] = calm(home, "records", "show", kind, record["id"], endings=(0,)).json
            calm(home, "records", "history", kind, record["id"], endings=(0,))
        calm(home, "records", "export", kind, "--out", folder / f"{home.name}-{kind}.xlsx", endings=(0,))
    _self_inspection(home)
    for words in (("conflict", "list"), ("tally",), ("exchange", "status"), ("unit", "list"), ("digest",)):
        calm(home, *words, endings=(0,))
    calm(home, "tally", "--as-of", "2024-06-30", "--known-by", "2099-01-01", endings=(0,))
    calm(home, "records", "list", "problems", "--search", "a河", "--where", "township=白水镇", endings=(0,))
    return shown


def _self_inspection(home: Path) -> None:
    """What self-inspection shows; one opening for all of it, since every command opens the ledger anew."""
    with closing(open_office(home)) as office:
        for table in ("source", "inspection", "campaign"):
            for record in office.records.list(table)[1]:
                office.records.show(table, record["id"])
        assert office.checklists.show("air")["items"]
        office.sources.permits_due()
        office.sources.doubles()
        office.campaigns.list()
        office.inspections.findings(Wanted())
        office.sampling.draw(Lot(of="inspections"))
        office.inspections.figures()
        office.inspections.figures(known_by=date(2099, 1, 1))
