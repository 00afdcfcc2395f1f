from __future__ import annotations

import pytest

from models.documents.texts import clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 白水镇 ", "白水镇"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("\u200b白\u00ad水\ufeff镇\u202c", "白水镇"),
        ("\u2060 ", ""),
    ],
)
def test_what_nobody_sees_is_taken_off(typed, kept):
    assert clean(typed) == kept
