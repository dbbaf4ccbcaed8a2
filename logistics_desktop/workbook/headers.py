"""Header texts: made comparable, their units split off, and what a ledger knows them as."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

_UNIT_WORDS = """
元 万元 千元 百元 亿元 人民币 人民币元 rmb cny ¥ 美元 % ‰ 年 月 个月 季 周 日 天 小时 时 h 分钟
台 套 个 件 只 把 张 辆 本 册 人 次 座 倍 平方米 平米 m2 亩 公顷 立方米 m3 吨 t 千克 公斤 kg 克 g 升 l 毫升 ml
米 m 厘米 cm 毫米 mm 公里 千米 km 万公里 千瓦 kw 瓦 w 度 kwh
"""
UNITS = frozenset(_UNIT_WORDS.split())
"""What in brackets after a header is a unit; other brackets belong to the name ("名称(中文)")."""

_WITHIN_CHINESE = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_BRACKETED = re.compile(r"^(?P<name>.+?)\s*[(\[【<](?:单位[:：]?)?(?P<unit>[^()\[\]【】<>]{1,8})[)\]】>]$")
_TAILED = re.compile(r"^(?P<name>.+?)\s*(?:[/:：,，]\s*(?P<unit>[^/:：,，]{1,4})|(?P<percent>[%‰]))$")
_BRACKETS = re.compile(r"\s*[(\[【<][^()\[\]【】<>]*[)\]】>]")
_MARKS = re.compile(r"[\s*:：]+|\((?:必填|选填|必录|可选)\)")


def flat(text: str) -> str:
    """One line, in compatibility form (full-width letters and brackets become plain), no spaces within Chinese."""
    return _WITHIN_CHINESE.sub("", " ".join(unicodedata.normalize("NFKC", text).split()))


def normalise(text: str) -> str:
    """A header as it is compared: no case, no spaces, no marks for required columns."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def split_unit(text: str) -> tuple[str, str | None]:
    """A header and the unit in it: "价格(万元)" gives "价格" and "万元"; "名称(中文)" stays whole."""
    one_line = flat(text)
    for pattern in (_BRACKETED, _TAILED):
        found = pattern.match(one_line)
        if found:
            groups = found.groupdict()
            unit = (groups.get("unit") or groups.get("percent") or "").replace(" ", "")
            if unit.casefold() in UNITS:
                return groups["name"].rstrip(), unit
    return one_line, None


def keys(path: Sequence[str]) -> tuple[str, ...]:
    """The names under which a column may be known, best first.

    A header of two rows is known by both together (期初数量), by the lower (折旧信息/本月折旧), or by the
    upper (资产名称/中文); each also without what stands in brackets.
    """
    parts = [split_unit(part)[0] for part in path if part]
    if not parts:
        return ()
    names = ["".join(parts), parts[-1], parts[0]]
    return tuple(dict.fromkeys(normalise(form) for name in names for form in (name, _BRACKETS.sub("", flat(name)))))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a ledger knows: header names to field keys, and which fields say more.

    `names` maps normalised header names to field keys. A table must have a column for at least one of `needed`
    (the fields that tell records apart, such as code or name). Fields in `sums` are amounts: one number merged over
    several rows belongs to all of them together and is not repeated.
    """

    names: Mapping[str, str]
    needed: frozenset[str]
    sums: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, aliases: Mapping[str, Iterable[str]], needed: Iterable[str], sums: Iterable[str] = ()) -> Vocabulary:
        """From the names of each field as people write them."""
        names: dict[str, str] = {}
        for key, texts in aliases.items():
            for text in texts:
                names.setdefault(normalise(split_unit(text)[0]), key)
        return cls(names, frozenset(needed), frozenset(sums))

    def field_of(self, path: Sequence[str]) -> str | None:
        """The field that a column with this header stands for, None if nobody knows."""
        return next((self.names[key] for key in keys(path) if key in self.names), None)
