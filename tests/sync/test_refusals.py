"""Every refusal has a code of its own, says that nothing was changed, and names a way out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models import file_faults
from models.errors import LedgerError
from models.sync import refusals, stick

GOLDEN = {
    "S100": "PackageRefused", "S101": "NotAPackage", "S102": "NotGenuine", "S103": "NeedsNewerProgram",
    "S104": "PackageForOther", "S105": "NotSealedForUs", "S106": "Incomplete", "S107": "ForeignCounty",
    "S108": "Damaged", "S109": "OverLimit", "S110": "IsEnrolmentRequest", "S111": "NotAnEnrolmentRequest",
    "S112": "NotAWelcome", "S113": "FromTheTrial",
    "S120": "CannotPack", "S200": "KeysRefused", "S201": "PassphraseNeeded", "S202": "PassphraseWrong",
    "S203": "KeysUnreadable", "S204": "KeysOfAnotherMachine", "S205": "NotACertificate", "S206": "NoRootKey",
    "S207": "NotASheet", "S208": "SheetMistyped", "S209": "SheetOfOther",
    "S300": "FileTrouble", "S301": "DiskFull", "S302": "FileHeld", "S303": "NotWritable", "S304": "FileGone",
    "S305": "PathTooLong", "S310": "ReadBackDiffers", "S311": "TakenAway",
    "F110": "AttachmentDamaged",
}  # fmt: skip


def family(parent: type[LedgerError]) -> Iterator[type[LedgerError]]:
    for child in parent.__subclasses__():
        yield child
        yield from family(child)


ROOMS = {module.__name__ for module in (refusals, file_faults, stick)}
OURS = [kind for kind in family(LedgerError) if kind.__module__ in ROOMS]


def test_codes_are_given_once_and_for_ever():
    assert {kind.code: kind.__name__ for kind in OURS} == GOLDEN
    assert len(OURS) == len(GOLDEN)


# fmt: off
GIVEN: dict[str, tuple[object, ...]] = {  # what the refusals are told that speak of no file
    "NotACertificate": (), "NoRootKey": (), "NotASheet": (), "SheetOfOther": (), "SheetMistyped": (("原因",),),
    "CannotPack": ("原因",), "AttachmentDamaged": ("原因",),
}
# fmt: on


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_a_refusal_says_what_happened_and_what_to_do(kind):
    arguments = GIVEN.get(kind.__name__, (Path("/U盘/包.hgb"),))
    error = kind(*arguments)
    assert ("没有做任何改动" if kind.code == "S206" else "本机数据未改动") in error.message
    assert error.way_out.startswith("请")
    assert error.way_out.endswith("。")
    assert str(error).startswith(f"[{kind.code}]")
    if arguments:
        assert "包.hgb" in error.message or "原因" in error.message


def test_a_refusal_without_a_file_still_speaks():
    assert refusals.Damaged().message == "数据包内容已损坏，没有导入任何内容。本机数据未改动。"
    assert refusals.Incomplete().message == "数据包不完整，没有复制完。本机数据未改动。"
