"""Likely doubles for a window without a ledger."""

from __future__ import annotations

from models.services.views.doubles import Compared, Double, Doubles, Side

FARM = "下洲村养猪场臭气扰民，污水直排河道，村民多次反映没有处理。"
AGAIN = "群众反映下洲村养猪场臭气扰民，污水直接排入河道，一直没有处理。"
NUMBERS = ("XF2026-0412", "XF2026-0507")


def a_double(at: int, table: str = "petition") -> Double:
    one = Side(f"{at:032x}", NUMBERS[0] if not at else f"XF2026-{at:04}", FARM, "白水镇")
    other = Side(f"{at + 500:032x}", NUMBERS[1] if not at else "", AGAIN, "白水镇")
    return Double(
        table, one, other, "receipt_number" if at % 3 == 2 else "", "受理编号" if at % 3 == 2 else "", 90 - at
    )


class FakeDoubles:
    """Problems have none; petitions so many."""

    def __init__(self, count: int = 12) -> None:
        self.pairs = [a_double(at) for at in range(count)]
        self.done: list[tuple[str, ...]] = []

    def list(self, table, progress=None):
        found = self.pairs if table == "petition" else []
        return Doubles(len(found), tuple(found))

    def compare(self, table, one, other):
        fields = (
            ("receipt_number", "受理编号", *NUMBERS), ("content", "交办问题基本情况", FARM, AGAIN),
            ("township", "行政区域", "白水镇", "白水镇"), ("person", "联络人", "李志强", "王秀兰"),
            ("investigation", "调查核实情况", "现场检查属实。" * 12, None),
            ("finish_state", "办结状态", "open", "finished"),
            ("found_on", "受理时间", "2026-04-12", "2026-05-07"), ("created_by", "登记单位", "临江县环委办", "白水镇"),
        )  # fmt: skip
        return Compared(table, {"id": one}, {"id": other}, fields)

    def _drop(self, *ids):
        self.pairs = [one for one in self.pairs if not {one.one.id, one.other.id} & set(ids)]

    def merge(self, table, keep, gone, why=""):
        self.done.append(("merge", keep, gone))
        self._drop(gone)
        return {"id": keep, "receipt_number": NUMBERS[0]}

    def unmerge(self, table, gone):
        self.done.append(("unmerge", gone))
        self.pairs.insert(0, a_double(0))
        return {"id": gone}

    def tell_apart(self, table, one, other):
        self.done.append(("tell_apart", one, other))
        self._drop(one)

    def ask_again(self, table, one, other):
        self.done.append(("ask_again", one, other))
        self.pairs.insert(0, a_double(0))
