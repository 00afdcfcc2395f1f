"""许可证: each with the day on which it ends, and a short form to add, change or take away one."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout

from gui import saying, theme
from gui.panels.record.short_form import ShortForm
from gui.panels.sources.lines import EXPIRY_TONE
from gui.widgets.buttons import GAP, button, carrier
from gui.widgets.chips import State
from gui.widgets.frames import clear, row
from gui.widgets.labels import label
from models.domain import sources, words
from models.services.views.lists import Record

NOTHING_YET = "还没有登记许可证。写明有效期，快到期时这里和列表里都会提醒。"


class Permits(ShortForm):
    """The card of permits."""

    wanted = Signal(str, object)  # id of the permit or "", the values that were typed
    void_asked = Signal(object)  # Record: the permit that is to be voided

    table = "permit"
    names = ("kind", "number", "issued_on", "expires_on")
    required = frozenset({"kind"})

    def __init__(self) -> None:
        super().__init__("许可证", "保存这个许可证", "先不填了", gap=6)
        self.add_one.setText(f"{GAP}加一个许可证")
        self.add_one.setAccessibleName("加一个许可证")
        self.tools.addWidget(self.add_one)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(2))
        self.add(self._rows)
        self.void = button("作废这个许可证…", "danger", size="slim", icon="void")
        self._place_form(self.void)
        self._permits: tuple[Record, ...] = ()
        self.add_one.clicked.connect(self.begin)
        self.void.clicked.connect(self._ask_void)

    def show_permits(self, record: Record, today: date, *, writable: bool) -> None:
        """Show the permits of a source, those that end first on top."""
        self._today = today
        some = record.get("permits") or ()
        self._permits = tuple(sorted(some, key=lambda one: one.get("expires_on") or "9"))
        self.quiet.setText(f"{len(some)} 个" if some else "")
        self.add_one.setVisible(writable)
        clear(self._rows)
        if not some:
            self._rows.addWidget(label(NOTHING_YET, "quiet", wrap=True))
        for one in self._permits:
            ends = str(one.get("expires_on") or "")
            how = sources.expiry(ends, today)
            state = State({"ended": "已到期", "soon": "快到期"}[how], EXPIRY_TONE[how]) if how else None
            kind = words.PERMIT_KIND.get(one["kind"], "")
            told = (
                f"证号 {one['number']}" if one.get("number") else "",
                f"有效期至 {ends}" if ends else "没有写有效期",
            )
            said = label(saying.SPACE.join(part for part in told if part), "quiet", selectable=True)
            name = label(kind, "bold")
            line = row(*(part for part in (name, said, state) if part is not None), None)
            if writable:
                change = carrier(one, "修改", "quiet", icon="edit", size="slim")
                change.setAccessibleName(f"修改{kind}")
                change.handed.connect(self._edit)
                line.addWidget(change)
            self._rows.addLayout(line)
        if self.piece and (now := self._permit(self.piece)):
            self.rebase(now)

    def _permit(self, id_: str) -> Record:
        return next((one for one in self._permits if one.get("id") == id_), {})

    @Slot()
    def begin(self) -> None:
        """Open the form for a new permit."""
        self.open_form({}, focus="kind")
        self.void.hide()

    @Slot(object)
    def _edit(self, permit: Record) -> None:
        """Open the form for a permit; when it ends is what one most often comes to write."""
        self.open_form(permit, str(permit["id"]), focus="expires_on")
        self.void.show()

    def go_on(self, piece: str) -> None:
        """Open the form again for a draft."""
        found = self._permit(piece) if piece else {}
        if found:
            self._edit(found)
        else:
            self.begin()

    @Slot()
    def _ask_void(self) -> None:
        self.void_asked.emit(self._permit(self.piece))

    @Slot()
    def ask_to_save(self) -> None:
        if self.form is None or self._lacks(("kind", "还差许可种类，选一个就行。")):
            return
        if values := self.form.changes():
            self.wanted.emit(self.piece, values)
        else:
            self.end()
