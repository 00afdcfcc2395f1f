"""一问题一档 with all its files: a folder, or a .zip, of what there is of one problem, under clear names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from models import files
from models.domain import media, words
from models.domain.paper import Paper
from models.errors import LedgerError
from models.progress import Part, Progress
from models.services.base import exhibits
from models.services.base.desk import Desk
from models.services.base.file_refusals import FileDamaged
from models.services.papers import dossier_text, problem_file, problem_forms, templates
from models.services.papers.papers import ToPdf
from models.services.papers.problem_file import AWAY, Filed, ProblemFile
from models.services.problems import notice_texts
from models.services.views.files import Packed

_SPARE = 20_000_000  # bytes for what is printed
_TEXT = "00 目录和情况"


@dataclass(eq=False)
class FolderThere(LedgerError):
    """A dossier goes into a folder of its own."""

    code = "R730"
    title = "一问题一档没有写出"
    folder: Path

    @property
    def message(self) -> str:
        return f"“{self.folder}”已经有了，没有写出文件，里面的内容没有改动，本机数据未改动。"

    @property
    def way_out(self) -> str:
        return "请换一个还没有的文件夹名字，或者先把原来的移走、改名，再写一次。"


def pack(desk: Desk, id: str, out: Path, to_pdf: ToPdf, progress: Progress) -> Packed:
    """Write the dossier of a problem: as .zip if the name ends so (one of that name is replaced), else as a new folder.

    A file that turns out to be damaged, or gone, is left out and listed as not being here.
    """
    if out.suffix.lower() != ".zip" and out.exists():
        raise FolderThere(out)
    while True:
        file = _present(desk, id)
        try:
            return _write(desk, file, out, to_pdf, progress)
        except FileDamaged:
            continue  # it was put aside: the next time it is listed as missing


def _present(desk: Desk, id: str) -> ProblemFile:
    """The problem, after everything that is said to lie here was looked for."""
    while True:
        with desk.ledger.read() as connection:
            file = problem_file.read(desk, connection, id)
        gone = {one.sha256 for one in file.files() if one.path and not desk.blobs.has(one.sha256)}
        if not gone:
            return file
        for sha256 in sorted(gone):
            exhibits.lose(desk, sha256)


def _write(desk: Desk, file: ProblemFile, out: Path, to_pdf: ToPdf, progress: Progress) -> Packed:
    filed = file.files()
    here = [(one.path, one) for one in filed if one.path]
    is_zip = out.suffix.lower() == ".zip"
    files.ensure_space(out.parent, (1 + is_zip) * (sum(desk.blobs.size(one.sha256) for _, one in here) + _SPARE))
    with files.scratch(out.parent) as own:
        folder = own / ((media.clear_name(out.stem) or "档") if is_zip else out.name)
        _fill(desk, file, here, folder, to_pdf, progress)
        if is_zip:
            with files.new_file(own / out.name) as content, ZipFile(content, "w") as archive:
                for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                    progress.step(0, 0, f"正在写“{out.name}”")
                    archive.write(path, path.relative_to(own))
            files.replace(own / out.name, out)
        else:
            files.rename_new(folder, out)
    return Packed(out, len(here), tuple(one.entry["name"] for one in filed if one.entry["state"] in AWAY))


def _fill(
    desk: Desk, file: ProblemFile, here: Sequence[tuple[PurePosixPath, Filed]], folder: Path, to_pdf: ToPdf,
    progress: Progress,
) -> None:  # fmt: skip
    """Write everything into a folder that nobody sees yet."""
    from models.documents.word_out import word  # noqa: PLC0415 - only where it is needed

    papers = list(_papers(file))
    whole = len(papers) + len(here)

    def put(at: int, path: PurePosixPath, content: bytes | Iterable[bytes]) -> None:
        progress.step(at, whole, f"正在写“{path.name}”")
        files.make_folder((folder / path).parent)
        files.durable_write(folder / path, content)

    for at, (path, paper) in enumerate(papers):
        own = templates.made(desk, paper)
        put(at, path.with_suffix(".docx"), own) if own else put(at, path, to_pdf(paper))
    put(len(papers), PurePosixPath(f"{_TEXT}（可以修改）.docx"), word(dossier_text.dossier(file)))
    for at, (path, one) in enumerate(here, len(papers)):
        put(at, path, exhibits.pieces(desk, one.sha256, one.entry["name"], Part(progress, at, 1, whole)))


def _papers(file: ProblemFile) -> Iterator[tuple[PurePosixPath, Paper]]:
    """What is printed for the dossier: the text with the contents, the photos, the forms, the notices."""
    yield PurePosixPath(f"{_TEXT}.pdf"), dossier_text.dossier(file)
    if any(dossier_text.side_by_side(file.record)):
        yield PurePosixPath(f"00 {dossier_text.PAIRS}.pdf"), dossier_text.pairs(file)
    for name, word in words.PROBLEM_FORM.items():
        yield PurePosixPath("00 表格", f"{word}.pdf"), problem_forms.form(file, name)
    for at, (said, sender) in enumerate(file.notices, 1):
        name = media.clear_name(f"{at:02} {words.NOTICE_KIND.get(said['kind'], '')} {said['number'] or ''}")
        yield PurePosixPath(f"00 {words.TABLE['notice']}", f"{name}.pdf"), notice_texts.paper(said, sender)
