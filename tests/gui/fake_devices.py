"""PCs, what is set aside, and the recovery sheet, for pages without a ledger."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from models.domain.paper import Paper, Text
from models.services.views.devices import Decided, DeviceView, Kept, Late
from models.services.views.exchange import PreviewLine, Report


def pc(digits: str, unit: str, name: str, kind: str = "township", **more) -> DeviceView:
    given = {
        "this": False, "certified": "2025-03-01T09:00:00+08:00", "revoked": False, "revoked_at": "", "live": True,
        "heard": "2026-11-14T10:00:00+08:00", "packages": 6, "forks": 0,
    }  # fmt: skip
    return DeviceView(digits * 16, unit, name, kind, (digits * 4).upper(), **{**given, **more})


class FakeDevices:
    def __init__(self) -> None:
        self.devices = [
            pc("cd", "361021", "临江县环委办", "county", this=True),
            pc("a1", "361021101", "白水镇"),
            pc("a2", "361021101", "白水镇", live=False, forks=2),
            pc("b1", "361021102", "青石镇", heard="", packages=0),
            pc("b2", "361021102", "青石镇", revoked=True, live=False),
        ]
        self.revoked: list[str] = []
        self.renewed = self.looked = 0

    def list(self):
        return tuple(self.devices)

    def revoke(self, wanted):
        self.revoked.append(wanted)
        self.devices = [replace(d, revoked=d.revoked or d.id == wanted) for d in self.devices]
        return self.list()

    def renew(self):
        self.renewed += 1
        return self.list()

    def fork_seen(self):
        self.looked += 1
        self.devices = [replace(d, forks=0) if d.this else d for d in self.devices]


class FakeAside:
    def __init__(self) -> None:
        self.kept: list[Kept] = []
        self.lates: list[Late] = []
        self.taken: list[str] = []

    def fill(self) -> None:
        self.kept = [
            Kept("aa" * 16, "package", "361021102", "青石镇", "b2" * 16, 7, "2026-11-20T09:00:00+08:00", 81_000, 12),
            Kept("bb" * 16, "operations", "361021101", "白水镇", "", 9, "2026-11-21T09:00:00+08:00", 3_000, 2),
        ]
        title = "下洲村支渠边堆放生活垃圾约 300 立方米，雨天渗滤液流入支渠"
        late = Late("problem", "0" * 32, title, "QS-2026-004", "361021102", "青石镇", "b2" * 16, 3, "2026-11-20")
        self.lates = [replace(late, record=f"{n:032x}") for n in range(23)]

    def list(self):
        return tuple(self.kept)

    def late(self):
        return tuple(self.lates)

    def seen(self):
        self.lates = []

    def look(self, wanted, progress):
        line = PreviewLine("updated", "problem", "0" * 32, "下洲村支渠", "QS-2026-004", "progress", "进展", "一", "二")
        return Report(Path(wanted), "imported", "导入成功。", created=1, updated=2, changes=(line,))

    def take(self, wanted, progress):
        self.taken.append(wanted)
        self.kept = [one for one in self.kept if one.id != wanted]
        return Decided(12, "导入成功：新增 1 条，更新 2 条。")


class FakeRecovery:
    def __init__(self) -> None:
        self.possible, self.due = True, False
        self.met: list[Path] = []
        self.typed: list[str] = []

    def write(self, path, to_pdf):
        path.write_bytes(to_pdf(Paper("县密钥恢复单", (Text("01  ABCD", typed=True),))))
        self.due = False
        return path

    def restore(self, text):
        self.typed.append(text)

    def meet(self, paths):
        self.met += paths
        return ("白水镇", "青石镇")
