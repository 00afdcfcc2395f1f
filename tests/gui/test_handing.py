"""What a paper is called at first: a name that any system takes, in the folder of the stick."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from PySide6.QtWidgets import QFileDialog

from gui.handing import where_to


def test_a_campaign_or_unit_with_a_slash_in_its_name_leads_into_no_other_folder(monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (asked.append(Path(a[2])), ("", ""))[1])
    session = SimpleNamespace(settings=SimpleNamespace(stick=str(tmp_path)))
    assert where_to(None, session, "2026/2027 冬季：夜查?名单") is None
    assert asked == [tmp_path / "2026 2027 冬季：夜查 名单.pdf"]
