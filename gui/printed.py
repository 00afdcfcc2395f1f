"""Papers with photos as PDF: the photos are opened in a child process, one after the other, as pages ask for them."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from functools import partial

from PySide6.QtGui import QImage

from gui import printing
from gui.small_pictures import Places, large_pictures
from models.domain.paper import Book, Paper
from models.progress import Progress


@contextmanager
def to_pdf(places: Places, progress: Progress) -> Generator[Callable[[Paper | Book], bytes]]:
    """What makes a PDF of a paper, while its photos are wanted; the child starts with the first of them."""
    with closing(large_pictures()) as eyes:

        def picture(sha256: str) -> QImage | None:
            known = eyes.known([sha256]) or eyes.make(places, [sha256], progress)
            return known.get(sha256)

        yield partial(printing.pdf, pictures=picture)
