"""What taking in one package does to the log (sync.md 5.0 laws 2, 12); what it says of its writer is in `told.py`.

The only door for foreign operations: it takes an `Opened`, which only a verified and wholly decrypted package is.

- Certificates first, then the rest: who wrote an operation decides whether it may be held at all.
- The county takes an operation of another than the sending unit only with its own stamp. A township takes operations
  of other units only from a county package. What may not be held is not held, counted, and remembered by its hash.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from models.domain.operation import CERT
from models.domain.unit import COUNTY, Author, Registry
from models.errors import LedgerError
from models.progress import STEP, Part, Progress
from models.store import fold, operations, relation
from models.store.holding import NO_STAMP, Incoming, add, learned, numbers_of, stamp_late
from models.store.schema import aside_op, device, known, pkg_in, pkg_out, refused
from models.store.sqlite import insert_new
from models.sync.ahead import Ahead, batches
from models.sync.certificate import Certificate, check_certificate
from models.sync.header import Header
from models.sync.keys import CountyKeys
from models.sync.meta import decode, is_of
from models.sync.package import Opened
from models.sync.refusals import Damaged, NotACertificate, OverLimit, PackageForOther
from models.sync.taken import Receiving, Taken
from models.sync.told import remember


@dataclass(eq=False)
class OwnPackage(LedgerError):
    """The package was written here."""

    code = "S121"
    title = "这是本单位导出的包，不用导入，本机数据未改动"

    @property
    def way_out(self) -> str:
        return "请把它交给收件单位导入。"


@dataclass(eq=False)
class DeviceRevoked(LedgerError):
    """The county took back the certificate of the writing device."""

    code = "S122"
    title = "写这个包的电脑已被县里停用，整包放在一边，没有导入，本机数据未改动"

    @property
    def way_out(self) -> str:
        return "请与该单位核实；需要其中的内容时，由县环委办在“设备与登记”里查看，再决定是否接收。"


@dataclass(eq=False)
class FilesOfRevoked(LedgerError):
    """Files that a stopped device sends: they are not kept, since whoever wants them asks for them by name."""

    code = "S134"
    title = "写这些照片和文档的电脑已被县里停用，没有导入，本机数据未改动"

    @property
    def way_out(self) -> str:
        return "缺的照片和文档，请该单位用别的电脑再送一次；本机缺哪些，写给它的数据包里会自动说明。"


def seen(connection: Connection, header: Header) -> str | None:
    """When this package was taken in here before; None: never."""
    statement = select(pkg_in.c.imported).where(
        pkg_in.c.device == bytes.fromhex(header.sender.device), pkg_in.c.id == bytes.fromhex(header.pkg_id)
    )
    return connection.scalar(statement)


def admit(
    connection: Connection, header: Header, path_refusal: PackageForOther, receiving: Receiving, *,
    decided: bool = False,
) -> None:  # fmt: skip
    """Refuse packages that are genuine, but not for this home to take in. `decided`: a person wants a stopped one."""
    if connection.scalar(select(pkg_out.c.pk).where(pkg_out.c.id == bytes.fromhex(header.pkg_id))) is not None:
        raise OwnPackage
    side = receiving.side
    sender = connection.execute(select(device).where(device.c.id == bytes.fromhex(header.sender.device))).first()
    if sender is not None and sender.revoked and not decided and seen(connection, header) is None:
        raise DeviceRevoked
    from_county = sender is not None and sender.kind == "county"
    if header.to.unit != side.unit or (not side.is_county and not from_county and header.sender.unit != side.unit):
        raise path_refusal


def learn(connection: Connection, raw: bytes, certificate: Certificate) -> set[bytes]:
    """Remember a device by its genuine certificate. Returns histories that must be folded again."""
    there = connection.execute(select(device.c.certificate).where(device.c.id == certificate.device)).first()
    if there is None:
        heard = relation.packages_from(connection, certificate.unit)
        connection.execute(
            device.insert().values(
                id=certificate.device, unit=certificate.unit, kind=certificate.kind, certificate=raw, revoked=0,
                heard=heard, forks=0, lists_from=0,
            )
        )  # fmt: skip
        fold.mark_stopped(connection)  # a device that is stopped before it is known is stopped from the start
        return learned(connection, certificate.device, Author(certificate.unit, certificate.kind))
    if not there.certificate:
        connection.execute(device.update().where(device.c.id == certificate.device).values(certificate=raw))
    return set()


def take(
    connection: Connection, opened: Opened, ahead: Ahead, receiving: Receiving, watch: fold.Watch, progress: Progress
) -> Taken:
    """Take a verified package in, batch by batch. Everything in one transaction, which the caller may roll back."""
    header = opened.header
    meta = decode(opened.meta)
    if not is_of(meta, header):
        raise Damaged(opened.path)
    taken = Taken(opened.path, header, meta)
    writer = bytes.fromhex(header.sender.device)
    taken.clone = writer == receiving.side.device
    certificate = check_certificate(opened.certificate, receiving.root)
    taken.tops |= learn(connection, opened.certificate, certificate)
    if certificate.kind == COUNTY and receiving.side.is_county and meta.secrets:
        mine = receiving.county or CountyKeys(None, {}, public_root=receiving.root)
        receiving = replace(receiving, county=mine.joined((n, bytes.fromhex(s)) for n, s in meta.secrets))
    if receiving.county:
        receiving = replace(receiving, county=receiving.county.reached(ahead.secret))
    taken.county = receiving.county
    _certificates(connection, ahead.certificates, receiving, taken)
    who = fold.registry(connection)
    late, waiting = set(taken.tops), set[bytes]()
    done, total = 0, 2 * header.n_ops
    for number, batch in enumerate(batches(opened)):
        size = len(batch)
        counted = _counted(batch, Part(progress, done, size, total))
        fresh = _hold(connection, counted, who, receiving, taken)
        waiting |= {bytes.fromhex(i.operation.top) for i in fresh}
        ready = {top for top in waiting if ahead.last.get(top, 0) <= number}  # of these histories nothing more comes
        waiting -= ready
        late -= ready
        decoded = {i.sha: i.operation for i in fresh}
        _fold(connection, ready, taken.units, watch, Part(progress, done + size, size, total), decoded)
        done += 2 * size
    remember(connection, taken, receiving)
    _fold(connection, late, taken.units, watch, progress, {})
    return taken


def _fold(
    connection: Connection, tops: set[bytes], units: set[bytes], watch: fold.Watch, progress: Progress,
    decoded: fold.Decoded,
) -> None:  # fmt: skip
    fold.refold(connection, tops & units, watch=watch, decoded=decoded)  # first: else what names them is folded twice
    fold.refold(connection, tops - units, progress, watch, decoded)


def _certificates(connection: Connection, bodies: list[bytes], receiving: Receiving, taken: Taken) -> None:
    for body in bodies:
        try:
            operation = operations.read(body)
            value = operation.fields.get("certificate", (None,))[0]
            if operation.kind != CERT or not isinstance(value, str):
                continue
            raw = b64decode(value, validate=True)
            taken.tops |= learn(connection, raw, check_certificate(raw, receiving.root))
        except (operations.Unreadable, operations.OverLimit, NotACertificate, NotBase64, ValueError):
            continue  # it proves nothing; as an operation it is judged like any other


def _counted(batch: list[tuple[bytes, bytes]], progress: Progress) -> Iterator[tuple[bytes, bytes]]:
    for number, pair in enumerate(batch):
        if number % STEP == 0:
            progress.step(number, len(batch), "正在核对内容")
        yield pair


def _hold(
    connection: Connection, batch: Iterable[tuple[bytes, bytes]], who: Registry, receiving: Receiving, taken: Taken
) -> list[Incoming]:
    """Put what may be held into the log. Returns what was not there before."""
    writer = bytes.fromhex(taken.header.sender.device)
    incoming: dict[bytes, Incoming] = {}
    doubtful: set[bytes] = set()
    no: list[bytes] = []
    for stamp, body in batch:
        sha = operations.digest_of(body)
        try:
            operation = operations.read(body, sha)
        except operations.OverLimit as error:
            raise OverLimit(taken.path) from error
        except operations.Unreadable:
            no.append(sha)
            continue
        believed = _believed(who.author(operation.device), stamp, body, receiving, taken.header, who)
        if not believed or not operation.travels:
            no.append(sha)
            continue
        own = receiving.county.stamp(body) if receiving.county else stamp
        incoming.setdefault(sha[:16], Incoming(operation, body, sha, own))
        if _of_old_number(who.author(operation.device), stamp, receiving, taken.header, who):
            doubtful.add(sha)
    there = numbers_of(connection, list(incoming))
    fresh = {id_: i for id_, i in incoming.items() if id_ not in there}
    aside = [i for i in fresh.values() if i.sha in doubtful]
    if aside:
        fresh = {id_: i for id_, i in fresh.items() if i.sha not in doubtful}
        _set_aside(connection, aside, receiving, taken)
        no += [i.sha for i in aside]
    taken.new += len(fresh)
    taken.not_held += len(no) - len(aside)
    taken.aside += len(aside)
    numbers = there | add(connection, fresh, who, receiving.now, bytes.fromhex(taken.header.pkg_id))
    taken.tops |= {bytes.fromhex(i.operation.top) for i in fresh.values()}
    taken.units |= {bytes.fromhex(i.operation.top) for i in fresh.values() if i.operation.table == "unit"}
    stamp_late(connection, ((id_, incoming[id_].stamp) for id_ in there if incoming[id_].stamp != NO_STAMP))
    insert_new(refused, [{"device": writer, "sha": sha} for sha in no], connection)
    insert_new(known, [{"device": writer, "op": pk} for pk in numbers.values()], connection)
    return list(fresh.values())


def _believed(
    author: Author | None, stamp: bytes, body: bytes, receiving: Receiving, header: Header, who: Registry
) -> bool:
    """Law 12: whether the author can be believed, seen who sends it."""
    if author is not None and author.unit == header.sender.unit:
        return True
    if receiving.county is not None:
        return receiving.county.genuine(stamp, body)
    sender = who.author(header.sender.device)
    return sender is not None and sender.is_county


def _of_old_number(
    author: Author | None, stamp: bytes, receiving: Receiving, header: Header, who: Registry
) -> bool:  # fmt: skip
    """Whether only a stamp vouches that a stopped PC of the county could have made (sync.md 5.7.7)."""
    if receiving.county is None or not receiving.county.is_old(stamp):
        return False
    sender = who.author(header.sender.device)
    return (author is None or author.unit != header.sender.unit) and not (sender is not None and sender.is_county)


def _set_aside(connection: Connection, aside: list[Incoming], receiving: Receiving, taken: Taken) -> None:
    """Keep operations for a person to decide on; until then they are not held."""
    from_unit, package = taken.header.sender.unit, bytes.fromhex(taken.header.pkg_id)
    rows = [
        {"sha": i.sha, "body": i.body, "stamp": i.stamp, "unit": from_unit, "package": package, "at": receiving.now}
        for i in aside
    ]
    insert_new(aside_op, rows, connection)
