"""Text tables: the encodings and separators of real offices, and no character dropped in silence."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.csv_in import read_csv
from models.documents.refusals import WorkbookRefused

ROWS = [["序号", "问题", "时限"], ["1", "甲，乙；丙", "2024年底"], ["2", "说“好”\n第二行", "0012"]]


def typed(rows: list[list[str]], separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def texts(content: bytes) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in read_csv(content).sheets[0].rows]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_usual_form_reads_the_same(encoding: str, separator: str) -> None:
    assert texts(typed(ROWS, separator).encode(encoding)) == ROWS


def test_an_unclosed_quotation_mark_is_refused() -> None:
    with pytest.raises(WorkbookRefused) as refused:
        read_csv('序号,问题\n1,"甲\n2,乙\n'.encode())
    assert "引号" in refused.value.message


def test_a_quotation_mark_inside_a_word_is_no_reason_to_refuse() -> None:
    assert texts('序号,问题\n1,"甲"乙\n'.encode()) == [["序号", "问题"], ["1", "甲乙"]]


@pytest.mark.parametrize("cut", [1, 2])
def test_a_file_cut_inside_a_character_is_refused(cut: int) -> None:
    with pytest.raises(WorkbookRefused) as refused:
        read_csv("序号,问题\n1,水环境".encode()[:-cut])
    assert refused.value.code == "X108"


def test_mixed_encodings_are_refused_with_the_line() -> None:
    with pytest.raises(WorkbookRefused) as refused:
        read_csv("序号,问题\n1,水\n".encode() + b"2,\xff\xfe\xff\n3,\xff")
    assert "第 3 行" in refused.value.message


@pytest.mark.parametrize("content", [b"\x01\x02\x03" * 50, b"a,b\n1,\x002\n"])
def test_what_is_no_text_is_called_so(content: bytes) -> None:
    with pytest.raises(WorkbookRefused):
        read_csv(content)


def test_zeros_that_a_system_kept_with_a_formula_are_kept() -> None:
    assert texts(b'a,b\n="0012",x\n') == [["a", "b"], ["0012", "x"]]


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(WorkbookRefused) as refused:
        read_csv((",".join("x" * 600) + "\n").encode())
    assert refused.value.code == "X104"


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs")), min_size=1),
            min_size=2,
            max_size=2,
        ),
        min_size=2,
        max_size=5,
    ),
    st.sampled_from(["utf-8-sig", "utf-16", "gb18030"]),
)
def test_what_was_written_is_read(rows: list[list[str]], encoding: str) -> None:
    rows = [["列一", "列二"], *rows]
    content = typed(rows).encode(encoding)
    if encoding == "gb18030":
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return  # the same bytes are good UTF-8: nobody can tell
    try:
        got = texts(content)
    except WorkbookRefused:
        assert any('"' in cell or "\ufeff" in cell for row in rows for cell in row)
        return
    expected = [[cell if cell.strip() else "" for cell in row] for row in rows]
    assert got == expected or any(cell.startswith('="') or ";" in cell for row in rows for cell in row)
