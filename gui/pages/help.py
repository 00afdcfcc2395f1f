"""帮助: a short page with the first day, the month, and the keys."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout

from gui import theme
from gui.page import Page
from gui.session import Session
from gui.widgets.frames import Card, Scroller
from gui.widgets.labels import Prose, label

# fmt: off
CHAPTERS = (
    ("第一天", "township",
     ("1. 到“数据交换 → 设备与登记”写一个登记申请，用 U 盘交给县环委办。\n"
     "2. 县里写回欢迎包后，在同一页读入，电话核对 24 位号码，一致再点“登记”。\n"
     "3. 县里已有的问题会随欢迎包带来；自己的 Excel 台账在“督察整改 → 导入 Excel”里导入。")),
    ("每个月", "township",
     ("1. 打开“总览”，从“现在要做的”第一件做起。\n"
     "2. 在“督察整改 → 未填本月调度”里逐个填写，可以带入上月内容再改。\n"
     "3. 到“数据交换 → 报送”写数据包。看到“可以拔出 U 盘了”再拔。\n"
     "4. 县里把回执写在同一个 U 盘上，读入后记录会显示“县已接收”。")),
    ("第一天", "county",
     ("1. 在“设置”里添加各乡镇、街道、园区和部门，代码要与他们自己填的一样。\n"
     "2. 在“督察整改”“信访件”里导入全县的 Excel 台账，写着单位名称的记录会自动归到各单位名下。\n"
     "3. 各单位送来登记申请后，在“数据交换 → 设备与登记”里登记，写回欢迎包，并电话核对 24 位号码。")),
    ("收数据的那天", "county",
     ("1. 插上 U 盘，在“数据交换 → 接收”里选它，先看变化，再导入。一个包有问题不影响别的包。\n"
     "2. 有冲突时到“冲突”里选；没选之前不影响任何工作。\n"
     "3. 在“下发”里给各单位写包：新任务、批复和回执一起带去。\n"
     "4. “总览”里有各单位的数字、还没报送的名单，和一段可以直接复制的话。")),
    ("出了意外", "",
     ("写 U 盘时断开：本机台账不变，重新插好再写一次。\n"
     "U 盘丢了：包是加密的，只有收件单位能打开；再写一份即可，不会重复计数。\n"
     "电脑坏了或恢复了旧备份：与对方各写一次包，缺的内容会自动补齐。\n"
     "导错了、改错了：每一处改动都在变更历史里，作废的记录可以恢复。")),
)
KEYS = (
    ("Ctrl+1 … 6", "打开左边第几页"), ("Ctrl+F", "查找"),
    ("Alt+←", "返回"), ("F1", "帮助"),
    ("Ctrl+N", "新增"), ("Enter", "打开选中的一行"),
    ("Ctrl+S", "保存"), ("Esc", "返回、不改了"),
    ("Ctrl+E", "写数据包"), ("F5", "重新读取"),
    ("PgUp / PgDn", "上一条、下一条记录"), ("Ctrl+C", "把选中的行复制成文字"),
    ("空格", "打钩"), ("Tab", "到下一栏"),
)
# fmt: on


class HelpPage(Page):
    """Plain words; what concerns the other kind of desk is left out."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "帮助")
        scroller = Scroller()
        desk = "county" if session.is_county else "township"
        for title, whose, text in CHAPTERS:
            if whose in {"", desk}:
                self._add(scroller, title, text)
        keys = Card("按键", pad=20)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(8))
        for number, (key, deed) in enumerate(KEYS):
            at, side = divmod(number, 2)
            grid.addWidget(label(key, "bold"), at, side * 2)
            grid.addWidget(label(deed), at, side * 2 + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        keys.add(grid)
        keys.setMaximumWidth(theme.px(800))
        scroller.body.addWidget(keys)
        scroller.body.addStretch(1)
        self.put(scroller, 1)

    @staticmethod
    def _add(scroller: Scroller, title: str, text: str) -> None:
        card = Card(title, pad=20)
        prose = Prose(text)
        card.add(prose)
        card.setMaximumWidth(theme.px(800))
        scroller.body.addWidget(card)
