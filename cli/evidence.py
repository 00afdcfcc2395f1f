"""Photos and documents by command: evidence add, list, edit, get, void, twice, want. Adding looks in, by a child."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path

from cli import home
from cli.output import DONE, Told, say
from cli.records import SHOWN, set_option
from models.domain import words


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The commands of this family."""
    verbs = commands.add_parser("evidence", parents=[common], help=words.TABLE["evidence"]).add_subparsers(
        dest="verb", required=True
    )
    new = verbs.add_parser("add", parents=[common], help="给记录添加照片和文档")
    new.add_argument("kind", choices=tuple(SHOWN))
    new.add_argument("id")
    new.add_argument("file", type=Path, nargs="+")
    new.add_argument("--stage", choices=tuple(words.EVIDENCE_STAGE), help="整改前、整改中、整改后")
    new.add_argument("--caption", default="", help="说明")
    new.add_argument("--part", default="", help="归入哪一条措施、月调度、验收或回头看（代号）")
    new.add_argument("--paper", default="", help="是一问题一档里的哪种材料")
    new.set_defaults(act=_add)
    listed = verbs.add_parser("list", parents=[common], help="列出一条记录的照片和文档")
    listed.add_argument("kind", choices=tuple(SHOWN))
    listed.add_argument("id")
    listed.add_argument("--part", default="", help="只列归入这一环节的")
    listed.set_defaults(act=_list)
    again = verbs.add_parser("twice", parents=[common], help="列出别的记录也用了的、或看上去一样的照片")
    again.add_argument("kind", choices=tuple(SHOWN))
    again.add_argument("id")
    again.set_defaults(act=_twice)
    want = verbs.add_parser("want", parents=[common], help="要照片的原图（现在只有小图）")
    want.add_argument("id", nargs="+")
    want.set_defaults(act=_want)
    got = verbs.add_parser("get", parents=[common], help="写出一个文件")
    got.add_argument("sha256")
    got.add_argument("--out", type=Path, required=True)
    got.set_defaults(act=_get)
    edit = verbs.add_parser("edit", parents=[common], help="改一份材料的阶段、说明、归属")
    edit.add_argument("id")
    set_option(edit)
    edit.set_defaults(act=_edit)
    void = verbs.add_parser("void", parents=[common], help="作废一条佐证材料")
    void.add_argument("id")
    void.add_argument("--why", required=True)
    void.set_defaults(act=_void)


def _edit(given: argparse.Namespace) -> int:
    one = home.opened(given.home, given.user).evidence.edit(given.id, dict(given.set))
    say({"evidence": one}, f"{one.name}  {words.EVIDENCE_STAGE.get(one.stage, '')}  {one.caption}  "
        f"{one.part_said}  {one.paper}".rstrip(), as_json=given.json)  # fmt: skip
    return DONE


def _add(given: argparse.Namespace) -> int:
    told = {"stage": given.stage or "", "caption": given.caption, "paper": given.paper}
    values = {name: text for name, text in told.items() if text}
    at = home.opened(given.home, given.user).evidence
    from gui.photo_reader import PhotoReader

    with closing(PhotoReader()) as reader:
        done = at.add(
            SHOWN[given.kind], given.id, given.file, values, Told(), part=given.part, reader=reader.read
        )  # fmt: skip
    text = f"已添加 {len(done.added)} 个文件。"
    if done.already:
        text += f"有 {len(done.already)} 个这条记录里已经有了，没有重复添加。"
    if done.elsewhere:
        text += f"别的记录也用了这些文件，请核对：{'、'.join(done.elsewhere)}。"
    text += "".join(
        f"“{one.name}”看上去和{one.number or one.title}里的一张一样，请核对。" for one in done.twice if one.near
    )
    if done.unreadable:
        text += f"这些照片打不开，可能没有传完整，请核对：{'、'.join(done.unreadable)}。"
    result = {
        "added": done.added, "already": done.already, "elsewhere": done.elsewhere, "twice": done.twice,
        "unreadable": done.unreadable,
    }  # fmt: skip
    say(result, text, as_json=given.json)
    return DONE


def _twice(given: argparse.Namespace) -> int:
    found = home.opened(given.home, given.user).evidence.twice(SHOWN[given.kind], given.id)
    text = "\n".join(
        f"{one.name}  {'看上去一样' if one.near else '同一个文件'}  {one.number} {one.title}" for one in found
    )
    say({"twice": found}, text or "没有发现重复使用的照片。", as_json=given.json)
    return DONE


def _want(given: argparse.Namespace) -> int:
    count = home.opened(given.home, given.user).evidence.want(given.id)
    say({"wanted": count}, f"下一个数据包会向对方要 {count} 个原图。", as_json=given.json)
    return DONE


def _list(given: argparse.Namespace) -> int:
    every = home.opened(given.home, given.user).evidence.list(SHOWN[given.kind], given.id)
    found = [one for one in every if given.part in ("", one.part)]
    text = "\n".join(
        f"{e.id}  {words.EVIDENCE_STAGE.get(e.stage, '—')}  {e.name}  {words.FILE_STATE[e.state]}  {e.sha256}"
        for e in found
    )
    say({"evidence": found}, text or "还没有佐证材料。", as_json=given.json)
    return DONE


def _get(given: argparse.Namespace) -> int:
    done = home.opened(given.home, given.user).evidence.get(given.sha256, given.out, Told())
    say({"path": done.path, "sha256": done.sha256, "bytes": done.bytes}, f"已写出 {done.path}。", as_json=given.json)
    return DONE


def _void(given: argparse.Namespace) -> int:
    home.opened(given.home, given.user).evidence.void(given.id, given.why)
    say({"void": given.id}, "已作废，文件仍保留在本机。", as_json=given.json)
    return DONE
