"""Checked rule files → the values of `detector.model`.

What a schema cannot say of one file is checked here: dates that exist, expressions that
compile, ids that carry their pack's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import regex

from detector.model import (
    Clause,
    ClauseRef,
    Cue,
    DocumentKind,
    Effect,
    Entry,
    Evasion,
    Example,
    Institution,
    Lexicon,
    MarkKind,
    Notice,
    Outcome,
    Pattern,
    Roll,
    Rule,
    Severity,
    Term,
    ViewName,
)
from detector.rulebook.source import Key, RuleFile

Keys = tuple[Key, ...]
_EXAMPLE_KEYS = ("hits", "misses", "evasions")


def build_notice(file: RuleFile) -> Notice:
    """Return the notice of one checked file; its clauses inherit its time in force."""
    data = file.data
    start, end = _force(file, ("in_force",), data["in_force"])
    clauses = tuple(
        _clause(file, ("clauses", at), clause, start, end)
        for at, clause in enumerate(data["clauses"])
    )
    return Notice(
        id=data["id"],
        title=data["title"],
        number=data["number"],
        issuers=tuple(data["issuers"]),
        issued=_day(file, ("issued",), data["issued"]),
        jurisdiction=data["jurisdiction"],
        clauses=clauses,
        forwards=data.get("forwards"),
        note=data.get("note", ""),
        short=data.get("short") or data["number"] or data["title"],
    )


def _clause(
    file: RuleFile, keys: Keys, data: Mapping[str, Any], start: date | None, end: date | None
) -> Clause:
    own_start, own_end = _force(file, (*keys, "in_force"), data.get("in_force", {}))
    return Clause(
        id=f"{file.data['id']}#{data['path']}",
        notice=file.data["id"],
        path=data["path"],
        heading=data["heading"],
        summary=data["summary"],
        materials=_kinds(data["materials"]),
        lists=tuple(data.get("lists", ())),
        in_force_from=own_start or start,
        in_force_to=own_end or end,
        local_repeat=data.get("local_repeat", False),
    )


def _force(file: RuleFile, keys: Keys, data: Mapping[str, str]) -> tuple[date | None, date | None]:
    start, end = (
        _day(file, (*keys, side), data[side]) if side in data else None for side in ("from", "to")
    )
    if start and end and end < start:
        raise file.error((*keys, "to"), "失效日期早于生效日期", "核对 from 与 to 的先后")
    return start, end


def _day(file: RuleFile, keys: Keys, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise file.error(keys, f"没有 {text} 这一天", "改成真实的日期") from error


def _kinds(names: list[str]) -> frozenset[DocumentKind]:
    return frozenset(map(DocumentKind, names))


def build_rules(file: RuleFile, lexicons: Mapping[str, Lexicon]) -> tuple[Rule, ...]:
    """Return the rules of one checked pack, in its order, with the terms they borrow."""
    return tuple(
        _rule(file, ("rules", at), data, lexicons) for at, data in enumerate(file.data["rules"])
    )


def _rule(
    file: RuleFile, keys: Keys, data: Mapping[str, Any], lexicons: Mapping[str, Lexicon]
) -> Rule:
    pack = file.data["pack"]
    if not data["id"].startswith(f"{pack}."):
        raise file.error(
            (*keys, "id"), f"编号 {data['id']} 不以包名 {pack} 开头", f"改为 {pack}. 开头的编号"
        )
    rule = Rule(
        id=data["id"],
        title=data["title"],
        clauses=tuple(map(_clause_ref, data["clauses"])),
        severity=Severity(data["severity"]),
        message=data["message"],
        suggestion=data["suggestion"],
        terms=(
            *map(_term, data.get("terms", ())),
            *_borrowed(file, (*keys, "terms_from"), data.get("terms_from"), lexicons),
        ),
        patterns=_patterns(file, (*keys, "patterns"), data.get("patterns", ())),
        check=data.get("check", ""),
        cues=_cues(file, (*keys, "cues"), data.get("cues", ())),
        see_also=tuple(data.get("see_also", ())),
        optional=file.data.get("optional", False),
        **_examples(file, keys, data),
    )
    return replace(rule, **{key: _READ[key](data[key]) for key in _READ if key in data})


# Keys that may be left out; their defaults stand in `detector.model.Rule` alone.
_READ: dict[str, Any] = {
    "default": Outcome,
    "kinds": _kinds,
    "gated": bool,
    "border": bool,
    "views": lambda names: frozenset(map(ViewName, names)),
    "skip": frozenset,
    "status": str,
}


def _clause_ref(data: str | dict[str, Any]) -> ClauseRef:
    if isinstance(data, str):
        return ClauseRef(data)
    return ClauseRef(data["id"], _kinds(data.get("kinds", [])))


def _term(data: str | dict[str, str]) -> Term:
    if isinstance(data, str):
        return Term(data, data)
    return Term(data["text"], data.get("listed", data["text"]), _evasion(data))


def _borrowed(
    file: RuleFile, keys: Keys, data: Mapping[str, str] | None, lexicons: Mapping[str, Lexicon]
) -> tuple[Term, ...]:
    """Return the lexicon's entries whose field `listed` is the one asked for."""
    if data is None:
        return ()
    name, listed = data["lexicon"], data["listed"]
    if name not in lexicons:
        raise file.error(
            (*keys, "lexicon"), f"没有名为 {name} 的词表", f"改用 {'、'.join(sorted(lexicons))}"
        )
    terms = tuple(
        Term(entry.text, listed, _evasion(entry.fields))
        for entry in lexicons[name].entries
        if entry.fields.get("listed") == listed
    )
    if not terms:
        raise file.error(
            (*keys, "listed"), f"词表 {name} 中没有属于 {listed} 的词", "核对词表各条的 listed"
        )
    return terms


def _evasion(data: Mapping[str, str]) -> Evasion | None:
    return Evasion(data["evasion"]) if "evasion" in data else None


def _patterns(file: RuleFile, keys: Keys, data: list[dict[str, str]]) -> tuple[Pattern, ...]:
    for at, pattern in enumerate(data):
        _compile(file, (*keys, at, "expression"), pattern["expression"])
    return tuple(Pattern(each["expression"], each["listed"], _evasion(each)) for each in data)


def _cues(file: RuleFile, keys: Keys, data: list[dict[str, Any]]) -> tuple[Cue, ...]:
    for at, cue in enumerate(data):
        for side in ("before", "after", "within"):
            if side in cue:
                _compile(file, (*keys, at, side), cue[side])
    return tuple(_cue(each) for each in data)


def _cue(data: Mapping[str, Any]) -> Cue:
    return Cue(
        id=data["id"],
        effect=Effect(data["effect"]),
        detail=data["detail"],
        before=data.get("before", ""),
        after=data.get("after", ""),
        within=data.get("within", ""),
        terms=frozenset(data.get("terms", ())),
    )


def _compile(file: RuleFile, keys: Keys, expression: str) -> None:
    try:
        regex.compile(expression)
    except regex.error as error:
        raise file.error(
            keys, f"正则表达式无法编译（{error}）", "检查括号、方括号和转义，语法见 regex 库"
        ) from error


def _examples(file: RuleFile, keys: Keys, data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(
            _example(file, (*keys, name, at), each) for at, each in enumerate(data.get(name, ()))
        )
        for name in _EXAMPLE_KEYS
    }


def _example(file: RuleFile, keys: Keys, data: str | dict[str, Any]) -> Example:
    if isinstance(data, str):
        return Example(data, jurisdiction="")
    return Example(
        text=data["text"],
        kind=DocumentKind(data["kind"]) if "kind" in data else None,
        jurisdiction=data.get("jurisdiction", ""),
        as_of=_day(file, (*keys, "as_of"), data["as_of"]) if "as_of" in data else None,
        marks=tuple((MarkKind(m["kind"]), m.get("text", "")) for m in data.get("marks", ())),
        registry=tuple(
            _institution(file, (*keys, "registry", at), each)
            for at, each in enumerate(data.get("registry", ()))
        ),
        layer=data.get("layer", ""),
    )


def _institution(file: RuleFile, keys: Keys, data: Mapping[str, Any]) -> Institution:
    start, end = (
        _day(file, (*keys, side), data[side]) if side in data else None
        for side in ("valid_from", "valid_to")
    )
    return Institution(
        name=data["name"],
        roll=Roll(data["list"]),
        occupations=tuple(data.get("occupations", ())),
        valid_from=start,
        valid_to=end,
        reason=data.get("reason", ""),
    )


def build_lexicon(file: RuleFile) -> Lexicon:
    """Return the lexicon of one checked file: single entries first, then the groups."""
    data = file.data
    common = {"status": data["status"]} if "status" in data else {}
    entries = [_entry(each, common) for each in data.get("entries", ())]
    for group in data.get("groups", ()):
        fields = common | {key: text for key, text in group.items() if key != "entries"}
        entries += [_entry(each, fields) for each in group["entries"]]
    return Lexicon(data["lexicon"], data["title"], tuple(entries))


def _entry(data: str | dict[str, str], common: dict[str, str]) -> Entry:
    if isinstance(data, str):
        return Entry(data, common.get("note", ""), _fields(common))
    merged = common | data
    return Entry(data["text"], merged.get("note", ""), _fields(merged))


def _fields(data: dict[str, str]) -> dict[str, str]:
    return {key: text for key, text in data.items() if key not in ("text", "note")}
