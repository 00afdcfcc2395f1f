"""Is this program whole: an empty ledger, a package signed and opened, a workbook written and read."""

from __future__ import annotations

import tempfile
from pathlib import Path

from models.errors import LedgerError
from models.services.opening import set_up


class NotWhole(LedgerError):
    """A part of the program is missing or does not work."""

    code = "H109"
    title = "程序不完整"

    def __init__(self, step: str) -> None:
        super().__init__()
        self.step = step

    @property
    def message(self) -> str:
        return f"程序自检在“{self.step}”这一步没有通过，台账没有改动。"

    @property
    def way_out(self) -> str:
        return "请重新复制整个程序文件夹后再试。"


def self_check() -> list[str]:
    """Go the main way once in a temporary folder. Returns what was done."""
    with tempfile.TemporaryDirectory(prefix="huangai-") as folder:
        top = Path(folder)
        county = set_up(top / "county", "county", "测试县", "360000")
        town = set_up(top / "town", "township", "测试镇", "360000101")
        try:
            county.units.add("township", "测试镇", "360000101")
            asked = town.enrolment.request(top / "stick")
            answer = county.enrolment.approve(asked, "360000101", top / "stick")
            town.enrolment.accept(answer.path, answer.fingerprint)
            record = town.records.add("problem", {"description": "自检", "deadline": "2024年底前"})
            written = town.exchange.export(top / "stick").packages[0]
            report = county.exchange.bring_in([written.path])[0]
            if report.result != "imported" or county.records.show("problem", record["id"])["deadline"] != "2024-12-31":
                raise NotWhole("数据交换")
            if town.exchange.digest("360000101") != county.exchange.digest("360000101"):
                raise NotWhole("数据摘要")
            book = top / "ledger.xlsx"
            county.records.export("problem", book)
            seen = county.imports.look(book, "problems")
            if (seen.same, seen.new) != (1, 0):
                raise NotWhole("台账导出与读入")
            county.records.list("problem", words="zj")
            if not county.care.check(deep=True).ok:
                raise NotWhole("台账检查")
        finally:
            county.close()
            town.close()
    return ["空台账", "登记", "数据包写出与读入", "数据摘要", "台账导出与读入", "拼音查找", "检查"]
