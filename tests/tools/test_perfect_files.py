from __future__ import annotations

import pytest

WHOLE = {"summary": {"num_statements": 3}, "missing_lines": [], "missing_branches": []}
HOLE = {"summary": {"num_statements": 3}, "missing_lines": [7], "missing_branches": [[7, -1]]}
BRANCH = {"summary": {"num_statements": 3}, "missing_lines": [], "missing_branches": [[2, 5]]}
EMPTY = {"summary": {"num_statements": 0}, "missing_lines": [], "missing_branches": []}


@pytest.fixture
def judge(perfect):
    def _judge(listed, percent=90.0, **files):
        report = {"files": {f"models/{name}.py": entry for name, entry in files.items()}}
        return perfect.compare([f"models/{name}.py" for name in listed], perfect.files_of(report), percent, floor=80.0)

    return _judge


def test_a_list_that_is_true_is_content(judge):
    assert judge(["a"], a=WHOLE, b=HOLE, c=BRANCH, d=EMPTY) == []


def test_a_perfect_file_must_stay_so(judge):
    [complaint] = judge(["a"], a=HOLE)
    assert "models/a.py was perfect" in complaint
    assert "lines 7" in complaint


def test_a_branch_counts(judge):
    [complaint] = judge(["a"], a=BRANCH)
    assert "2→5" in complaint


def test_a_new_perfect_file_must_be_listed(judge):
    [complaint] = judge([], a=WHOLE)
    assert "add models/a.py" in complaint


def test_a_file_that_is_gone_leaves_the_list(judge):
    [complaint] = judge(["gone"])
    assert "models/gone.py is gone" in complaint


@pytest.mark.parametrize(("percent", "complaints"), [(79.9, 1), (80.0, 0)])
def test_the_floor_holds(judge, percent, complaints):
    assert len(judge([], percent=percent)) == complaints


def test_write_lists_the_perfect_files(perfect, monkeypatch, tmp_path):
    report = {"files": {"b.py": WHOLE, "a.py": WHOLE, "c.py": HOLE}, "totals": {"percent_covered": 10.0}}
    monkeypatch.setattr(perfect, "LIST", tmp_path / "perfect_files.txt")
    monkeypatch.setattr(perfect, "FLOOR", 10.0)
    monkeypatch.setattr(perfect, "measure", lambda: report)
    assert perfect.main(["--write"]) == 0
    assert perfect.LIST.read_text(encoding="utf-8") == "a.py\nb.py\n"
    assert perfect.main([]) == 0


def test_paths_of_windows_are_written_like_the_others(perfect):
    [file] = perfect.files_of({"files": {"models\\a.py": WHOLE}})
    assert file.path == "models/a.py"
