"""What the registry says of a named institution: its standing, in words that a user reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from detector.model import Institution, RegistryCheck, Roll, Standing
from detector.registry.lookup import How, Match, Registry

# Levels behind an occupation: 电工（三级/高级工）, 电工5-3级.
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_LEVELS = re.compile(r"[\d一二三四五特初中高、,，/\-—~至]*(?:级工?|技师|级)+$")
SHORTEST_OCCUPATION = 2


@dataclass(frozen=True, slots=True)
class Named:
    """An institution as a document names it.

    `doubtful`: its characters were read with little confidence. `readings` are other readings
    of the same place. `occupations` are those of its certificate, `on` the day that counts.
    """

    name: str
    role: str
    on: date
    doubtful: bool = False
    readings: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()


def look_up(registry: Registry, named: Named) -> RegistryCheck:
    """Return what the registry says of a named institution."""
    match = registry.find(named.name)
    slipped = _is_slip(registry, match, named)
    standing, detail = _standing(match, named, slipped)
    entry = match.institutions[0].name if match.institutions else ""
    return RegistryCheck(named.name, named.role, standing, detail, entry, match.similarity)


def not_checked(name: str, role: str) -> RegistryCheck:
    """Return what is said without a registry."""
    how = "未核对：没有机构名单。请用 shanzhai registry import 导入备案评价机构名单和黑名单后重试。"
    return RegistryCheck(name, role, Standing.NOT_CHECKED, how)


def _is_slip(registry: Registry, match: Match, named: Named) -> bool:
    """Tell whether a name differs from a listed one by a misreading only."""
    if match.how not in (How.SLIP, How.NEAR):
        return False
    key, listed = registry.words.key(named.name), registry.words.key(match.institutions[0].name)
    if len(key) != len(listed):
        return False
    return named.doubtful or any(listed in registry.words.key(text) for text in named.readings)


def _standing(match: Match, named: Named, slipped: bool) -> tuple[Standing, str]:
    if match.how is How.NONE:
        return Standing.UNLISTED, "名单中没有这个机构"
    entry = match.institutions[0]
    roll = "黑名单" if entry.roll is Roll.BLACK else "备案名单"
    if match.how is How.NEAR and not slipped:
        what = f"名单中没有这个机构；与{roll}中的“{entry.name}”只差一字，字号不同，须核对是否误写"
        return Standing.UNLISTED, what
    if match.how in (How.COPY, How.SLIP) and not slipped:
        what = f"名称与{roll}中的“{entry.name}”相近而不同（相似度 {match.similarity:.0%}）"
        return Standing.LOOK_ALIKE, what
    note = _HOW_FOUND[How.SLIP if slipped else match.how].format(entry.name)
    black = [one for one in match.institutions if one.roll is Roll.BLACK]
    standing_black = [one for one in black if one.valid_to is None or named.on <= one.valid_to]
    if standing_black:
        return Standing.BLACK_LISTED, f"{_listed_black(standing_black[0], named)}{note}"
    white = [one for one in match.institutions if one.roll is Roll.WHITE]
    if not white:
        return (
            Standing.UNLISTED,
            f"曾在黑名单内（{_terms(black)}），现已期满，也不在备案名单内{note}",
        )
    standing, detail = _scope(white, named)
    past = f"；曾在黑名单内（{_terms(black)}）" if black else ""
    return standing, f"{detail}{_grounds(white[0])}{past}{note}"


def _listed_black(entry: Institution, named: Named) -> str:
    later = entry.valid_from is not None and named.on < entry.valid_from
    since = f"，{entry.valid_from} 列入，晚于所查的 {named.on}，须核对" if later else ""
    return f"在黑名单内{_grounds(entry)}{since}"


_HOW_FOUND = {
    How.EXACT: "",
    How.SHORTENED: "；名单中作“{}”，只差行政区划用字",
    How.BRANCH: "；名单中是其总机构“{}”，分支机构须另行核对",
    How.SLIP: "；名单中作“{}”，差一字，该处识别把握低，按识别误差处理，须对照原件",
}


def _grounds(entry: Institution) -> str:
    parts = [entry.code and f"编号 {entry.code}", entry.reason, entry.document]
    said = "，".join(part for part in parts if part)
    return f"（{said}）" if said else ""


def _scope(entries: Sequence[Institution], named: Named) -> tuple[Standing, str]:
    """Judge a listed body: it counts as filed where one of its lines covers day and occupation."""
    valid = [entry for entry in entries if _is_valid(entry, named.on)]
    if not valid:
        return Standing.EXPIRED, f"在备案名单内，但 {named.on} 不在有效期（{_terms(entries)}）"
    if not named.occupations:
        return Standing.LISTED, "在备案名单内；未见职业名称，评价范围未核对"
    listed = [each for entry in valid for each in entry.occupations]
    if not all(entry.occupations for entry in valid):
        return Standing.LISTED, "在备案名单内；名单未写评价范围，范围未核对"
    outside = [each for each in named.occupations if not is_covered(each, listed)]
    if outside:
        what = "、".join(outside)
        return Standing.OUT_OF_SCOPE, f"在备案名单内，但评价范围未见“{what}”"
    return Standing.LISTED, f"在备案名单内，评价范围含“{'、'.join(named.occupations)}”"


def _is_valid(entry: Institution, on: date) -> bool:
    return (entry.valid_from is None or entry.valid_from <= on) and (
        entry.valid_to is None or on <= entry.valid_to
    )


def _terms(entries: Sequence[Institution]) -> str:
    return "；".join(f"{e.valid_from or '…'} 至 {e.valid_to or '…'}" for e in entries)


def is_covered(occupation: str, listed: Sequence[str]) -> bool:
    """Tell whether an occupation is one of those listed, levels and kinds of work aside."""
    wanted = _bare(occupation)
    if len(wanted) < SHORTEST_OCCUPATION:
        return True  # nothing that could be compared
    return any(
        bare == wanted or wanted in _kinds_of_work(each)
        for each in listed
        if len(bare := _bare(each)) >= SHORTEST_OCCUPATION
    )


def _bare(occupation: str) -> str:
    """Return an occupation without brackets, levels and spaces."""
    text = re.sub(r"\s", "", occupation)
    return _LEVELS.sub("", _BRACKETS.sub("", text))


def _kinds_of_work(occupation: str) -> list[str]:
    """Return what stands in the brackets behind an occupation: 保健调理师（保健按摩师、…）."""
    inside = [part[1:-1] for part in _BRACKETS.findall(occupation)]
    return [_bare(each) for text in inside for each in re.split(r"[、，,；;/]", text)]
