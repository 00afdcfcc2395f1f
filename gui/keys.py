"""The keys of the window, in one table: shortcuts, tool tips and the key map of the help are made from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """One key or a few that belong together: as people read it, what it does, where it works."""

    keys: str
    deed: str
    where: str
    act: str = ""  # the deed of the window that it is tied to; "" where the part itself listens
    presses: tuple[str, ...] = ()  # as Qt names them

    @property
    def tip(self) -> str:
        """What a tool tip adds to its words."""
        return f"（{self.keys}）"


EVERYWHERE, ON_A_PAGE, IN_A_LIST, IN_RESULTS = "随处", "有这一项的页面", "列表", "查找结果"
IN_A_MONTH, JUDGING, LOOKING, DECIDING = "月调度表", "逐条评定月调度", "逐个登记回头看", "逐件审核"
LARGE = "看大图时"
IN_INSPECTIONS, FILLING_IN = "自查自纠", "填检查表"
IN_A_CALENDAR = "日历"
ON_A_RECORD, IN_A_FORM, IN_A_DISPATCH, IN_FIELDS = "一条记录", "正在填写时", "填月调度时", "填写栏"

# fmt: off
KEYS = (
    Key("Ctrl+1…9、0", "到左边的第 1 到第 9 页，0 是第 10 页", EVERYWHERE, "page",
        tuple(f"Ctrl+{number % 10}" for number in range(1, 11))),
    Key("Ctrl+K", "在全部里找：问题、信访件、污染源、单位", EVERYWHERE, "find", ("Ctrl+K",)),
    Key("Ctrl+F", "在这一页里找", ON_A_PAGE, "seek", ("Ctrl+F",)),
    Key("Ctrl+N", "新增一条", ON_A_PAGE, "new", ("Ctrl+N",)),
    Key("Ctrl+S", "保存", EVERYWHERE, "save", ("Ctrl+S",)),
    Key("Ctrl+E", "去写数据包", EVERYWHERE, "export", ("Ctrl+E",)),
    Key("Alt+←", "返回刚才的地方（鼠标侧面的后退键也行）", EVERYWHERE, "back", ("Alt+Left", "Back")),
    Key("Ctrl+L", "锁定，回来要输口令（设了登录用户的电脑）", EVERYWHERE, "lock", ("Ctrl+L",)),
    Key("F1", "看这一页的帮助", EVERYWHERE, "help", ("F1",)),
    Key("F5", "重新读一遍这一页", EVERYWHERE, "refresh", ("F5",)),
    Key("Tab", "到下一处；Shift+Tab 回上一处", EVERYWHERE),
    Key("Esc", "清空查找、收起、返回；问话框里是稳妥的那一个", EVERYWHERE),
    Key("↑ ↓", "上一行、下一行", IN_A_LIST),
    Key("Enter", "打开这一行", IN_A_LIST),
    Key("空格", "选中或取消选中这一行", IN_A_LIST),
    Key("Ctrl+A", "选中列表里的全部", IN_A_LIST),
    Key("Ctrl+C", "把选中的行复制成文字", IN_A_LIST),
    Key("直接打字", "在这个列表里查找", IN_A_LIST),
    Key("↑ ↓", "上一条、下一条，不用离开查找框", IN_RESULTS),
    Key("Enter", "打开这一条，Alt+← 回到结果", IN_RESULTS),
    Key("PgUp / PgDn", "列表里的上一条、下一条", ON_A_RECORD),
    Key("F2", "修改这条记录", ON_A_RECORD),
    Key("Ctrl+V", "把复制的照片、文件或截图添加到这条记录", ON_A_RECORD),
    Key("← →", "上一组、下一组照片", LARGE),
    Key("Esc", "关掉大图", LARGE),
    Key("Ctrl+S", "保存后留在这里", IN_A_FORM),
    Key("Esc", "不改了，没保存的会先问您", IN_A_FORM),
    Key("Ctrl+D", "带入上个月的内容", IN_A_DISPATCH),
    Key("Tab / Enter", "下一格；按住 Shift 是上一格", IN_A_MONTH),
    Key("1…6", "选序时进度；也可以打拼音首字母", IN_A_MONTH),
    Key("Ctrl+↓", "到下一个还空着、要填的格", IN_A_MONTH),
    Key("Ctrl+D", "把上月的内容带进选中的格", IN_A_MONTH),
    Key("F6", "把上月的内容带进整行", IN_A_MONTH),
    Key("Ctrl+V", "从 Excel 粘贴一格、一列或一块", IN_A_MONTH),
    Key("Ctrl+Z / Ctrl+Y", "撤销、重做", IN_A_MONTH),
    Key("F2", "到下方写长文字，Esc 回到表里", IN_A_MONTH),
    Key("F7", "这一行零报告，再按一次取消", IN_A_MONTH),
    Key("F8", "其余没填的都零报告", IN_A_MONTH),
    Key("Enter", "认可，看下一条", JUDGING),
    Key("PgUp / PgDn", "上一条、下一条，先不评定", JUDGING),
    Key("PgUp / PgDn", "上一个、下一个，先不登记", LOOKING),
    Key("Ctrl+S", "同意，看下一件", DECIDING),
    Key("PgUp / PgDn", "上一件、下一件，先不审核", DECIDING),
    Key("PgUp / PgDn", "上个月、下个月", IN_A_CALENDAR),
    Key("Home", "回到今天", IN_A_CALENDAR),
    Key("Enter", "到这一天的名单里", IN_A_CALENDAR),
    Key("F7", "报零报告，再按 Enter 就报好了", IN_INSPECTIONS),
    Key("1 / 2 / 3", "答“是”“否”“不适用”，自动到下一项", FILLING_IN),
    Key("Enter", "到下一个没有答的；都答完了，再按完成，完成了再按接着查下一个", FILLING_IN),
    Key("F2", "写刚才答“否”的情况说明，Enter 写好回来", FILLING_IN),
    Key("Alt+↓", "打开可以选的内容，打字或打拼音首字母缩小范围", IN_FIELDS),
)
# fmt: on


def of(act: str) -> Key:
    """The key of a deed of the window."""
    return next(one for one in KEYS if one.act == act)


def tip(words: str, act: str) -> str:
    """A tool tip that tells the key too."""
    return f"{words}{of(act).tip}"
