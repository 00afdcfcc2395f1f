"""Templates of papers that this office edits in Word: written out, taken back, and used for every .docx from then on.

They are files of this home, one for each paper, and never travel (ADR 26). What has none is made as the program has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from models import file_faults, files
from models.domain import words
from models.domain.paper import Book, Paper, printed
from models.domain.roles import Deed
from models.domain.template import Known
from models.errors import LedgerError
from models.services.base.desk import Desk
from models.services.exchange import receipts
from models.services.figures import monthly
from models.services.papers.problem_forms import FORMS, KNOWN
from models.services.problems import notice_texts
from models.services.views.templates import TemplateView

# Papers with a template, by the name under which a command knows them.
WORDS: Final[Mapping[str, str]] = {
    **words.PROBLEM_FORM,
    **{notice_texts.form_of(kind): word for kind, word in words.NOTICE_KIND.items()},
    receipts.FORM: receipts.TITLE,
    monthly.FORM: "月报",
}


@dataclass(eq=False)
class NoSuchTemplate(LedgerError):
    """No paper of this name has a template."""

    code = "R517"
    title = "没有这种模板"
    name: str

    @property
    def message(self) -> str:
        return f"没有叫“{self.name}”的模板，没有做任何改动。"

    @property
    def way_out(self) -> str:
        return f"可以有自己的模板的是：{'、'.join(WORDS.values())}；命令里怎么写，见帮助。"


@dataclass(eq=False)
class NotADocx(LedgerError):
    """A template is a .docx."""

    code = "R518"
    title = "模板没有写出"
    path: Path

    @property
    def message(self) -> str:
        return f"“{self.path.name}”的结尾不是 .docx，没有写出文件，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请把文件名的结尾改成 .docx 再写一次。"


class _Kind(NamedTuple):
    paper: Paper
    known: Known


class Templates:
    """Everything the window and the hatch may ask of templates."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> tuple[TemplateView, ...]:
        """Every paper that may have a template, and whether this office has one of its own."""
        return tuple(TemplateView(name, word, *_state(_place(self._desk, name))) for name, word in WORDS.items())

    def write(self, name: str, path: Path) -> Path:
        """Write the template that holds now as a .docx: this office's own, else the program's."""
        kind = self._kind(name)
        if path.suffix.lower() != ".docx":
            raise NotADocx(path)
        from models.documents.word_out import word  # noqa: PLC0415 - only where it is needed

        files.durable_write(path, _own(self._desk, name) or word(kind.paper))
        return path

    def take(self, name: str, path: Path) -> tuple[TemplateView, ...]:
        """Take a template in; refused, and the former one stays, where it cannot be filled in."""
        from models.documents import word_parts, word_template  # noqa: PLC0415
        from models.documents.template_refusals import TemplateDamaged  # noqa: PLC0415

        kind = self._kind(name)
        self._desk.ledger.gate(Deed.MANAGE)
        with file_faults.in_words(path):
            if path.stat().st_size > word_parts.BYTES:
                raise TemplateDamaged("超过 20 MB")
            content = path.read_bytes()
        word_template.check(content, kind.known)
        files.durable_write(_place(self._desk, name), content)
        return self.list()

    def drop(self, name: str) -> tuple[TemplateView, ...]:
        """Go back to the template of the program."""
        self._kind(name)
        self._desk.ledger.gate(Deed.MANAGE)
        place = _place(self._desk, name)
        if place.exists():
            files.remove(place)
        return self.list()

    def _kind(self, name: str) -> _Kind:
        if name not in WORDS:
            raise NoSuchTemplate(name)
        if name in FORMS:
            return _Kind(FORMS[name], KNOWN)
        if name == receipts.FORM:
            return _Kind(receipts.RECEIPT, receipts.KNOWN)
        if name == monthly.FORM:
            with self._desk.ledger.read() as connection:
                return _Kind(*monthly.template(self._desk, connection))
        return _Kind(notice_texts.LETTER, notice_texts.KNOWN)


def made(desk: Desk, what: Paper | Book) -> bytes | None:
    """A paper, or several of one form, from this office's own template; None where it has none."""
    papers = printed(what)
    form = papers[0].form
    content = _own(desk, form) if form in WORDS and all(one.form == form for one in papers) else None
    if content is None:
        return None
    from models.documents.word_template import fill  # noqa: PLC0415

    return fill(content, [one.fields for one in papers])


def _place(desk: Desk, name: str) -> Path:
    return desk.templates / f"{name}.docx"


def _own(desk: Desk, name: str) -> bytes | None:
    place = _place(desk, name)
    with file_faults.in_words(place):
        return place.read_bytes() if place.exists() else None


def _state(place: Path) -> tuple[bool, str]:
    """Whether there is one of its own, and the day on which it was taken in."""
    if not place.exists():
        return False, ""
    return True, datetime.fromtimestamp(place.stat().st_mtime).astimezone().date().isoformat()
