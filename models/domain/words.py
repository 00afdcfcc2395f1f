"""The Chinese word of every stored English value. Nothing else in the program spells them."""

from __future__ import annotations

# fmt: off
DEADLINE_KIND = {"immediate": "立行立改", "time_limited": "限期整改", "long_term": "长期坚持"}
PACE = {
    "not_started": "尚未启动", "behind": "未达到序时进度", "on_schedule": "达到序时进度",
    "ahead": "超过序时进度", "completed": "完成整改", "closed": "完成交账销号",
}
COMPLETION = {"open": "未完成", "completed": "已完成"}
CIRCULAR = {"named": "被上级通报", "ended": "已解除"}
CLOSING_STAGE = {"none": "未销号", "closing": "销号中", "closed": "已销号"}
FINISH_STATE = {"open": "正在办理", "staged": "阶段性办结", "finished": "已办结"}
VERIFIED = {"true": "属实", "mostly": "基本属实", "partly": "部分属实", "false": "不属实"}
YES_NO = {"true": "是", "false": "否"}
LIGHT = {"red": "红", "orange": "橙", "yellow": "黄", "green": "绿", "grey": "灰"}
# What a light means: the rule of domain/light.py in a few words. A finished problem has a tick instead of a light.
LIGHT_MEANING = {
    "red": "逾期反弹通报", "orange": "临近时限", "yellow": "将到期或未达序时", "green": "达到序时进度",
    "grey": "长期坚持、无时限", "done": "已完成",
}
# How far a record is: problems open → completed → closing → closed, petitions open → staged → finished → closed.
STAGE = {
    "problem": {"open": "未完成", "completed": "已完成", "closing": "销号中", "closed": "已销号"},
    "petition": {"open": "正在办理", "staged": "阶段性办结", "finished": "已办结", "closed": "已销号"},
}
EXCHANGE = {"unreported": "待报送", "exported": "已导出待回执", "received": "县已接收"}
EXCHANGE_OF_COUNTY = {"unreported": "待下发", "exported": "已导出待回执", "received": "单位已接收"}
# What stands in the papers of a rectification's life.
MEASURE_KIND = {"task": "任务", "milestone": "时间节点"}
JUDGEMENT = {"accepted": "认可", "returned": "退回"}
# How far one problem is in a month's dispatch; `again`: changed by the unit after the county returned it.
MONTH_STATE = {
    "missing": "未填", "reported": "已填", "again": "已重报", "returned": "退回", "accepted": "已认可",
}
NO_USER = "本机"  # who wrote where nobody is signed in
CYCLE_KIND = {"relapse": "反弹", "restart": "申请重启"}
REQUEST_KIND = {"extension": "申请延期", "to_long_term": "转为长期坚持", "restart": "申请重启"}
DECISION = {"approved": "同意", "refused": "不同意"}
ACCEPTANCE_STAGE = {
    "county": "县级验收", "city": "市级验收", "trade": "行业审查", "province": "省级验收", "public_notice": "公示",
    "sign_off": "主要领导审签", "closing": "销号", "filing": "备案",
}
# How far the acceptance of a problem has come: the last stage that it passed, in the order of the routes.
ACCEPTED = {
    "open": "未完成", "completed": "已完成，未提请", "closing": "已提请，未验收", "county": "已过县级验收",
    "public_notice": "已公示", "sign_off": "已审签", "city": "已过市级验收", "trade": "已过行业审查",
    "province": "已过省级验收", "closed": "已销号",
}
# How far one look-back is, or what it came to.
LOOKBACK_STATE = {
    "planned": "待看", "overdue": "逾期未看", "fine": "达标", "below": "不达标", "relapsed": "反弹",
    "derived": "衍生新问题",
}
CONCLUSION = {"passed": "通过", "returned": "退回"}
DAY_KIND = {"working": "工作日", "calendar": "自然日"}
NOTICE_KIND = {
    "assignment": "交办单", "reminder": "提示单", "supervision": "督办函", "month_request": "月调度通知",
}
# Self-inspection: the themes of the checklists (in the order in which they are shown), answers, and what is looked at.
THEME = {
    "air": "大气：四尘三烟三气", "drinking_water": "饮用水水源地", "rural_sewage": "农村生活污水与黑臭水体",
    "livestock": "畜禽养殖", "outfalls": "入河排污口", "rivers": "河湖四乱与采砂", "waste": "建筑垃圾与生活垃圾",
    "hazardous_waste": "危险废物与工业固废", "scrap_cars": "报废机动车拆解", "mines": "废弃矿山与水土流失",
    "nature": "自然保护地、林地与生态红线", "industry": "工业园区与散乱污企业", "facilities": "环境基础设施",
}
# The same in two characters, for the heads of a matrix.
THEME_SHORT = {
    "air": "大气", "drinking_water": "水源", "rural_sewage": "污水", "livestock": "畜禽", "outfalls": "排口",
    "rivers": "河湖", "waste": "垃圾", "hazardous_waste": "危废", "scrap_cars": "拆解", "mines": "矿山",
    "nature": "林地", "industry": "园区", "facilities": "设施",
}
ANSWER = {"yes": "是", "no": "否", "na": "不适用"}
SEVERITY = {"general": "一般", "serious": "较严重", "major": "重大"}
INSPECTION_KIND = {"patrol": "日常排查", "campaign": "专项排查", "visit": "督导来访、暗访"}
INSPECTION_STATE = {"open": "未完成", "finished": "已完成", "zero": "零报告"}
# How often all of a campaign's scope is looked at; without one: once.
REPEAT = {
    "day": "每天", "week": "每周", "half_month": "每半个月", "month": "每月", "quarter": "每季度", "year": "每年",
}
CAMPAIGN_STATE = {"coming": "未开始", "running": "进行中", "ended": "已结束"}
# What falls due on a day of the diary, in the order in which it stands there.
DIARY = {
    "deadline": "时限", "measure": "措施", "campaign": "排查", "recheck": "复查", "lookback": "回头看",
    "permit": "许可", "notice": "答复", "month": "月调度",
}  # fmt: skip
# What a unit said in a campaign, or in a time: that it looked, that it looked and found nothing, or nothing at all.
SAID = {"reported": "已排查", "zero": "零报告", "silent": "没有报"}
# What became of a finding.
FATE = {
    "unregistered": "没有登记问题", "open": "整改中", "overdue": "已逾期", "completed": "已完成", "closed": "已销号",
}
SOURCE_KIND = {
    "industry": "工业企业", "site": "建筑工地", "yard": "砂石料场", "catering": "餐饮单位", "livestock": "畜禽养殖场",
    "outfall": "入河排污口", "mine": "矿山", "dump": "垃圾堆放点", "sewage": "污水处理设施", "water": "饮用水水源地",
    "scrap": "报废机动车拆解点", "station": "加油站", "other": "其他",
}
DATUM = {"cgcs2000": "CGCS2000", "wgs84": "WGS-84", "gcj02": "手机地图坐标", "unknown": "不清楚"}
PERMIT_KIND = {
    "discharge": "排污许可证", "registration": "排污登记", "waste": "危险废物经营许可", "forest": "林地、采伐许可",
    "mining": "采矿许可", "other": "其他许可",
}
# How far a notice is.
NOTICE_STATE = {
    "open": "待回复", "overdue": "逾期未复", "replied": "已回复", "closed": "已办结", "void": "已撤回",
}
EVIDENCE_STAGE = {"before": "整改前", "during": "整改中", "after": "整改后"}
# Where a file that a record names is: in this home, asked for, or given up by all who may have had it.
# Of a large photo a smaller copy travels first: `copy` the copy alone is here, `asked` the file is asked for too,
# `only` nobody has the file any more.
FILE_STATE = {
    "here": "在本机", "wanted": "照片未到", "lost": "原件已遗失，需重拍",
    "copy": "只有小图", "asked": "已要原图，未到", "only": "原图已遗失，有小图",
}
FILE_WAY = {
    "copy": "先到的是小图，足够看清；需要原图的，点“要原图”，下次交换时对方会送来。",
    "asked": "已向对方要原图，下次交换时会送来；现在可以先看小图。",
    "only": "各单位都没有原图了，只有小图；需要原图的，请重新拍照再添加。",
    "wanted": "照片未到：下次交换时会自动向对方要；手里有原件的，可以再添加一次。",
    "lost": "原件已遗失：各单位都没有了，请重新拍照或补一份，再添加到这里。",
}
# Forms of a problem that people fill in by hand, by the name under which a command writes them.
PROBLEM_FORM = {
    "plan-form": "整改方案", "self-acceptance-form": "自查自验表", "site-form": "现场核查表",
    "public-notice-form": "公示", "closing-form": "销号申请表", "lookback-form": "回头看登记表",
}
ROLE = {"clerk": "经办", "reviewer": "审核", "leader": "领导", "admin": "管理员"}
ROLE_MEANING = {
    "clerk": "填报、改台账，写和读数据包", "reviewer": "还可以提请验收、验收、销号、退回", "leader": "查看，审签",
    "admin": "管用户、单位、电脑、字典和备份，写和读数据包",
}
UNIT_KIND = {"county": "县", "township": "乡镇", "department": "部门"}
TABLE = {
    "problem": "督察整改问题", "petition": "信访件", "measure": "整改措施", "dispatch": "月调度",
    "evidence": "佐证材料", "cycle": "整改周期", "request": "申请", "self_acceptance": "自查自验",
    "acceptance": "验收销号", "lookback": "回头看", "notice": "通知单", "dictionary": "字典", "remark": "备注",
    "apart": "不是同一件",
    "unit": "单位", "source": "污染源", "permit": "许可证", "campaign": "专项排查", "inspection": "检查",
    "answer": "检查项", "local_item": "本地检查项", "checklist": "检查表",
}
# What people call a package that was looked at, what it would change, and what became of it (sync.md 5.11).
PACKAGE = {
    "new": "新", "already": "已导入过", "older": "较早", "other": "不是给本单位", "damaged": "损坏",
    "newer": "需新版本", "trial": "试用版写的", "unknown": "未登记设备", "enrol": "登记申请",
    "welcome": "欢迎包", "own": "本单位写的",
}
# Why a unit that came with a stick does not count as having reported.
BROUGHT = {
    "damaged": "文件损坏", "newer": "包需新版本", "trial": "包是试用版写的", "unknown": "新电脑待登记",
    "enrol": "新电脑待登记", "already": "带来的是旧包",
}
CHANGE = {"new": "新增", "updated": "更新", "unchanged": "无变化", "conflict": "冲突", "held": "未应用"}
RESULT = {"imported": "已导入", "already": "已导入过", "skipped": "不是给本单位", "refused": "未导入"}
# The register of media: which way a package went, and how that ended.
WAY = {"out": "写出", "in": "读入", "undo": "撤销读入"}
DONE = {
    "written": "已写入并校验", "again": "再写一份，已校验", "failed": "没有写成", "imported": "已导入",
    "already": "已导入过", "refused": "未导入", "undone": "已撤销", "approved": "已批准",
}
# Why the program made a copy of the ledger by itself.
COPY_WHY = {
    "day": "每天自动", "import": "读取数据包之前", "upgrade": "程序升级之前", "restore": "恢复备份之前",
}
# How a record counts otherwise since a month was sealed, and what came after it.
SEAL_WHAT = {"new": "新计入", "gone": "不再计入", "changed": "有变化"}
SEAL_SAID = {"new": "封账时没有算，现在算", "gone": "封账时算了，现在不算"}
SEAL_CAUSE = {"late": "封账前写的，封账后才到", "brought": "封账后写的，随包到", "here": "封账后在本机填写"}
# What a row of a workbook would do.
ROW = {"new": "新增", "changed": "更新", "same": "无变化", "refused": "未导入"}
# fmt: on

BY_FIELD: dict[str, dict[str, str]] = {
    "deadline_kind": DEADLINE_KIND,
    "pace": PACE,
    "completed_on": COMPLETION,
    "closing_stage": CLOSING_STAGE,
    "finish_state": FINISH_STATE,
    "circular": CIRCULAR,
    "accepted": ACCEPTED,
    "verified": VERIFIED,
    "long_term_too": YES_NO,
    "duplicate": YES_NO,
    "light": LIGHT | {"done": COMPLETION["completed"]},
    "exchange": EXCHANGE,
}


def say(field: str, value: object) -> str:
    """How a stored value is shown to a person: the Chinese word of an enum value, any other value as text."""
    if value is None:
        return ""
    words = BY_FIELD.get(field)
    return words.get(str(value), str(value)) if words else str(value)


def exchange(state: str, *, county: bool) -> str:
    """How far a record is on its way to the other side, as the county or as any other unit says it."""
    return (EXCHANGE_OF_COUNTY if county else EXCHANGE).get(state, "")


def light(colour: str, why: str = "") -> str:
    """A light by its name, with its reason: 红灯：逾期 8 天."""
    if colour not in LIGHT_MEANING:
        return ""
    name = f"{LIGHT[colour]}灯" if colour in LIGHT else COMPLETION["completed"]
    return f"{name}：{why}" if why and why != name else name
