"""Pollution sources out of lists: of every kind, in a few villages, some to be looked at."""

from __future__ import annotations

from models.domain import words
from models.services.views.lists import Change
from models.services.views.sources import LikelyDouble, SourceLine
from models.services.views.workbooks import CellNote, ColumnView, RowView, WorkbookView
from tests.gui.fake_names import TOWNS

KINDS = tuple(words.SOURCE_KIND)
VILLAGES = ("白水村", "下洲村", "石塘村", "")
NAMES = ("白水水泥厂", "下洲砂石料场", "石塘村生猪养殖场", "新港路农家乐", "316 国道加油站", "下洲村生活污水处理站")
WRITABLE = frozenset(
    {"name", "kind", "credit_code", "village", "place", "longitude", "latitude", "datum", "person", "phone",
     "control", "control_person", "remark"}
)  # fmt: skip


class FakeSources:
    """A list and one source; what is written is remembered."""

    def __init__(self, size: int = 22, *, county: bool = False) -> None:
        self.size, self.county = size, county
        self.calls: list[tuple] = []
        self.refusal = None
        self.asked: list[str] = []

    def list(self, words=""):
        self.asked.append(words)
        return tuple(one for row in range(self.size) if words in (one := self.line(row)).name)

    def line(self, row):
        town = row % len(TOWNS) if self.county else 0
        expires = {0: "2026-10-31", 1: "2026-12-20"}.get(row % 5, "2028-06-30" if row % 2 else "")
        way = "received" if row % 3 else "unreported"
        return SourceLine(
            row, f"{row:032x}", f"361021101-W2026-{row:04}A", f"{NAMES[row % len(NAMES)]}{row or ''}",
            KINDS[row % len(KINDS)], f"3610211{town:02}", TOWNS[town], VILLAGES[row % 4], "下洲村 316 国道旁", "王秀兰",
            "0791-8800001", expires, {0: "ended", 1: "soon"}.get(row % 5, ""),
            ("统一社会信用代码的校验位不对，可能抄错了一位",) if row % 7 == 2 else (), "2026-11-02" if row % 4 else "",
            row % 3, int(row == 4), "同类，相距约 20 米" if row in (5, 6) else "", row == 21, way,
            words.exchange(way, county=self.county),
        )  # fmt: skip

    def id_of(self, row):
        return f"{row:032x}" if row < self.size else ""

    def doubles_of(self, id):
        if int(id, 16):
            return ()
        return (LikelyDouble(f"{5:032x}", "361021101-W2026-0005A", "白水水泥有限公司", "白水村", "", "名称相同"),)

    def show(self, id):
        one = self.line(int(id, 16))
        return {
            "id": id, "table": "source", "number": one.number, "title": one.name, "name": one.name, "kind": one.kind,
            "credit_code": "91361021MA35KXQ22P", "township": one.unit, "township_name": one.unit_name, "unit": one.unit,
            "village": one.village, "place": one.place, "longitude": 115.9341, "latitude": 27.5522, "datum": "gcj02",
            "person": one.person, "phone": one.phone, "control": "重点管控，每月检查一次", "control_person": "李志强",
            "void": "2026-11-01" if one.void else None, "exchange": one.exchange, "exchange_said": one.exchange_said,
            "permits": [
                {"id": "e1" * 16, "kind": "discharge", "number": "91361021MA35KXQ22P001V", "issued_on": "2021-11-01",
                 "expires_on": "2026-10-31"},
                {"id": "e2" * 16, "kind": "waste", "number": "", "issued_on": None, "expires_on": "2027-12-31"},
            ],
            "doubts": ["统一社会信用代码的校验位不对，可能抄错了一位", "手机地图坐标与国家坐标相差几百米，上报前请换算",
                       "排污许可证：已于 2026-10-31 到期"],
            "problems": [
                {"id": f"{0:032x}", "number": "361021-2026-0001A", "title": "厂区雨污不分，雨水直排", "stage": "open"},
                {"id": f"{1:032x}", "number": "361021-2026-0002A", "title": "料堆没有覆盖", "stage": "closed"},
            ],
            "inspections": [
                {"id": f"{n:032x}", "number": f"J-{n:04}", "kind": "patrol" if n % 2 else "campaign",
                 "inspected_on": f"2026-{n:02}-08", "people": "王秀兰、周海平", "stage": "finished", "findings": n % 3}
                for n in range(3, 12)
            ],
            "repeated": [{"item": "x", "text": "露天堆放的砂石、渣土全部覆盖", "times": 3}],
            "evidence": [], "remarks": [], "conflicts": [],
        }  # fmt: skip

    def history(self, id):
        who = ("王秀兰", "361021101", "白水镇", "d0", id, "source")
        return (
            Change("2026-03-12T09:00:00+08:00", *who, "name", "名称", None, "白水水泥厂"),
            Change("2026-10-02T09:00:00+08:00", *who, "person", "负责人", "李四", "王秀兰"),
        )

    def _write(self, *what):
        self.calls.append(what)
        if self.refusal is not None:
            raise self.refusal

    def add_permit(self, id, values, why=""):
        self._write("add_permit", id, dict(values))

    def edit_permit(self, id, permit, values, why=""):
        self._write("edit_permit", id, permit, dict(values))

    def void_permit(self, id, permit, why):
        self._write("void_permit", id, permit, why)


def workbook(path):
    """A list of sources as it is understood, of which one row is in doubt and one is refused."""
    heads = ("污染源名称", "类型", "所在村", "统一社会信用代码", "备注")
    fields = (
        ("name", "名称"),
        ("kind", "类别"),
        ("village", "村（社区）"),
        ("credit_code", "统一社会信用代码"),
        (None, ""),
    )
    body = [(name, "企业", VILLAGES[at % 3], f"9136102{at}MA35", "") for at, name in enumerate(NAMES)]
    doubt = CellNote("D4", "91361021MA35", "统一社会信用代码应是 18 位，这里是 12 位")
    left = CellNote("B6", "不知道", "不在可选范围内：工业企业、建筑工地、砂石料场")
    rows = tuple(
        RowView(at, "new" if at % 3 else "changed", name, None, (("kind", None, "industry"),), {"kind": f"B{at}"},
                (doubt,) if at == 4 else (left,) if at == 6 else ())
        for at, name in enumerate(NAMES, start=3)
    )  # fmt: skip
    grid = [("白水镇污染源名单", *[""] * 4), heads, *body]
    columns = tuple(
        ColumnView(letter, head, *field, tuple(row[at] for row in body[:4] if row[at]), sure=True)
        for at, (letter, head, field) in enumerate(zip("ABCDE", heads, fields, strict=True))
    )
    return WorkbookView(
        path, "sources", "污染源", ("污染源",), None, "", grid, (2,), columns, rows,
        (left,), (doubt,), 4, 2, 0, 0, written=False,
    )  # fmt: skip
