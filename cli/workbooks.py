"""Workbooks by command: records import, records export."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

from cli import home
from cli.output import DONE, Told, say
from models.domain.fields import PLURAL, SOURCES
from models.errors import LedgerError
from models.services.views.workbooks import WorkbookView


@dataclass(eq=False)
class BadMapping(LedgerError):
    """The file that should say which column is which does not."""

    code = "X190"
    title = "列对应关系文件看不懂，没有导入"
    path: Path

    @property
    def way_out(self) -> str:
        return "文件应是 JSON，每一项写成“表头或列号”对“栏目名”，请改正后重试。"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Both are verbs of `records`."""
    verbs = commands.choices["records"].get_default("verbs")
    taken = verbs.add_parser("import", parents=[common], help="读入 Excel 台账")
    taken.add_argument("kind", choices=(*PLURAL, *SOURCES))
    taken.add_argument("file", type=Path)
    taken.add_argument("--map", type=Path, help="列对应关系（JSON：表头或列号 → 栏目）")
    taken.add_argument("--preview", action="store_true", help="只看会改什么，不写入")
    taken.add_argument("--sheet", help="工作表名称")
    taken.set_defaults(act=_import)
    written = verbs.add_parser("export", parents=[common], help="导出 Excel 台账")
    written.add_argument("kind", choices=(*PLURAL, *SOURCES))
    written.add_argument("--out", type=Path, required=True)
    written.set_defaults(act=_export)


def _mapping(path: Path | None) -> dict[str, str] | None:
    if path is None:
        return None
    try:
        if not path.is_file():  # a pipe would let us wait for ever
            raise BadMapping(path)
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadMapping(path) from error
    if not isinstance(found, dict) or not all(isinstance(v, str | None) for v in found.values()):
        raise BadMapping(path)
    return {str(k): v or "" for k, v in found.items()}


def _import(given: argparse.Namespace) -> int:
    office, mapping = home.opened(given.home, given.user), _mapping(given.map)
    work = office.imports.look if given.preview else office.imports.take
    seen = work(given.file, given.kind, sheet=given.sheet, mapping=mapping, progress=Told())
    say(_answer(seen), _in_words(seen), as_json=given.json)
    return DONE


def _answer(seen: WorkbookView) -> dict[str, object]:
    return {
        "rows": seen.new + seen.changed + seen.same + seen.refused,
        "new": seen.new,
        "changed": seen.changed,
        "same": seen.same,
        "refused_rows": seen.refused,
        "rejected": seen.rejected,
        "flagged": seen.flagged,
        "sheet": seen.sheet,
        "as_of": seen.as_of,
        "columns": {c.heading or c.letter: c.field for c in seen.columns},
        "written": seen.written,
    }


def _in_words(seen: WorkbookView) -> str:
    lead = "已读入" if seen.written else "预览（还没有写入）"
    counts = f"新增 {seen.new} 条，更新 {seen.changed} 条，无变化 {seen.same} 条，未采用 {seen.refused} 行"
    lines = [f"{lead}：工作表“{seen.sheet}”，{counts}。"]
    lines += [f"  {n.cell} “{n.value}”：{n.why}" for n in (*seen.rejected, *seen.flagged)[:50]]
    return "\n".join(lines)


def _export(given: argparse.Namespace) -> int:
    rows = home.opened(given.home, given.user).records.export((PLURAL | SOURCES)[given.kind], given.out, Told())
    say({"path": given.out, "rows": rows}, f"已导出 {rows} 条到 {given.out}。", as_json=given.json)
    return DONE
