"""How characters are read: the pinyin of each, and both readings of those that people read in two ways."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from models.domain.pinyin import table

# What offices write and read in more than one way; the rare readings of a dictionary are left out, since nobody types
# them. The first is the usual one.
# fmt: off
_TWO_WAYS = """
重 zhong chong; 长 chang zhang; 行 xing hang; 调 diao tiao; 率 lv shuai; 都 dou du; 会 hui kuai; 还 huan hai;
畜 chu xu; 泊 bo po; 乐 le yue; 参 can shen; 朝 chao zhao; 降 jiang xiang; 传 chuan zhuan; 弹 dan tan;
给 gei ji; 角 jiao jue; 觉 jue jiao; 校 xiao jiao; 劲 jin jing; 卡 ka qia; 壳 ke qiao; 勒 le lei; 埋 mai man;
没 mei mo; 模 mo mu; 秘 mi bi; 泌 mi bi; 弄 nong long; 迫 po pai; 屏 ping bing; 朴 pu piao; 瀑 pu bao;
曝 pu bao; 栖 qi xi; 奇 qi ji; 圈 quan juan; 厦 sha xia; 盛 sheng cheng; 拓 tuo ta; 涡 wo guo; 系 xi ji;
巷 xiang hang; 削 xiao xue; 血 xue xie; 择 ze zhai; 曾 ceng zeng; 扎 zha za; 轧 ya zha; 粘 zhan nian;
着 zhe zhuo; 幢 zhuang chuang; 差 cha chai; 称 cheng chen; 澄 cheng deng; 乘 cheng sheng; 臭 chou xiu; 伺 si ci;
藏 cang zang; 薄 bo bao; 剥 bo bao; 堡 bao pu; 便 bian pian; 柏 bai bo; 蚌 bang beng; 磅 bang pang; 囤 tun dun;
番 fan pan; 谷 gu yu; 缉 ji qi; 稽 ji qi; 槛 kan jian; 溃 kui hui; 括 kuo gua; 抹 mo ma; 尿 niao sui; 耙 pa ba;
扒 ba pa; 茄 qie jia; 纤 xian qian; 铅 qian yan; 仇 chou qiu; 杉 shan sha; 圩 wei xu; 浒 hu xu; 陂 bei pi;
覃 qin tan; 翟 zhai di; 折 zhe she; 厕 ce si; 氓 meng mang; 峒 dong tong; 略 lve lue; 掠 lve lue; 虐 nve nue;
疟 nve nue; 塞 sai se; 似 si shi; 佛 fo fu; 仔 zi zai; 什 shi shen; 刨 pao bao; 琢 zhuo zuo; 肋 lei le; 卜 bu bo;
栅 zha shan; 蛤 ha ge; 露 lu lou
"""
_SURNAMES = """
单 shan; 查 zha; 解 xie; 区 ou; 盖 ge; 种 chong; 召 shao; 曾 zeng; 朴 piao; 仇 qiu; 翟 zhai; 乐 yue; 尉 yu; 覃 qin;
缪 miao; 牟 mou; 燕 yan; 句 gou; 宿 su; 谌 chen
"""
# fmt: on
_MOST_SPLITS = 6
_NAME = 4  # characters of a name at most
_VOWELS = frozenset("aeiouv")


@cache
def both() -> dict[str, tuple[str, ...]]:
    """The characters that are read in more than one way, with their readings."""
    return _table(_TWO_WAYS)


@cache
def surnames() -> dict[str, tuple[str, ...]]:
    """The characters that are read otherwise as a surname, with all their readings."""
    return {
        character: tuple(dict.fromkeys((*of(character), *as_name))) for character, as_name in _table(_SURNAMES).items()
    }


def _table(text: str) -> dict[str, tuple[str, ...]]:
    listed = (entry.split() for entry in text.replace("\n", " ").split(";"))
    return {character: tuple(readings) for character, *readings in listed}


def in_two_ways(runs: list[str]) -> dict[int, tuple[str, ...]]:
    """The characters of some runs that are read in more than one way: place → readings, the usual one first.

    A short run, of characters that stand together, may be a name. Places count through all runs.
    """
    ways, names, start = both(), surnames(), 0
    found = {match.start(): ways[match[0]] for match in _twice().finditer("".join(runs))}
    for run in runs:
        if 1 < len(run) <= _NAME and len(names.get(run[0], ())) > 1:
            found[start] = names[run[0]]
        start += len(run)
    return dict(sorted(found.items()))


@cache
def _twice() -> re.Pattern[str]:
    return re.compile(f"[{''.join(both())}]")


def of(character: str) -> tuple[str, ...]:
    """The readings of a character, the usual one first; none where it is no Chinese character."""
    usual = table().get(character)
    return both().get(character) or ((usual,) if usual else ())


def of_any(character: str) -> tuple[str, ...]:
    """All readings of a character, those of a surname too."""
    return surnames().get(character) or of(character)


@cache
def beginning_with(letter: str) -> str:
    """All characters one of whose readings begins with a letter."""
    return "".join(c for c in table() if any(reading[0] == letter for reading in of_any(c)))


@cache
def syllables() -> frozenset[str]:
    """All syllables that a character is read as; sounds without a vowel are none."""
    every = (reading for character in table() for reading in of_any(character))
    return frozenset(reading for reading in every if not _VOWELS.isdisjoint(reading))


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(syllable[:end] for syllable in syllables() for end in range(1, len(syllable) + 1))


@lru_cache(maxsize=512)
def splits(letters: str) -> tuple[tuple[str, ...], ...]:
    """The ways to read letters as syllables, the last of which may be unfinished; those of fewest syllables first."""
    found = [way for way in _ways(letters, bare=False) if way]
    return tuple(sorted(found, key=len)[:_MOST_SPLITS])


@lru_cache(maxsize=512)
def mixed_splits(letters: str) -> tuple[tuple[str, ...], ...]:
    """The shortest ways to read letters as syllables and single initials in one row: baofqc, bfeiqc."""
    found = [way for way in _ways(letters, bare=True) if way]
    fewest = min(map(len, found), default=0)
    return tuple(way for way in found if len(way) == fewest)[:_MOST_SPLITS]


def _ways(letters: str, *, bare: bool) -> list[tuple[str, ...]]:
    """All splits of letters, from the end; `bare`: a single consonant may stand for its character anywhere."""
    if len(letters) > 40:
        return []
    nothing: tuple[str, ...] = ()
    ways: list[list[tuple[str, ...]]] = [*([] for _ in letters), [nothing]]
    for start in reversed(range(len(letters))):
        for end in range(start + 1, min(start + 6, len(letters)) + 1):
            part = letters[start:end]
            good = part in syllables() or (end == len(letters) and part in _beginnings())
            if good or (bare and len(part) == 1 and part not in _VOWELS):
                ways[start] += [(part, *rest) for rest in ways[end]]
        ways[start] = sorted(ways[start], key=len)[: _MOST_SPLITS * 4]
    return ways[0]
