"""`rules/forms/` → forms, checked as they are read; a wrong file is named with line and key.

A form can extend another: what it does not say itself is the other's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from detector.errors import RuleError, UsageError
from detector.forms.case_rows import CASE_VALUES
from detector.forms.institution_rows import INSTITUTION_VALUES
from detector.forms.lead_rows import LEAD_VALUES
from detector.forms.letter import EVIDENCE_VALUES
from detector.forms.lists import PLACE
from detector.forms.values import Form, Forms, Kind, Measure
from detector.report.decode import decode
from detector.rulebook import RuleBook
from detector.rulebook.check import check
from detector.rulebook.load import FORMS
from detector.rulebook.source import Key, RuleFile, read_file

Keys = tuple[Key, ...]
_RENAMED = {"form": "name", "due": "terms", "period": "action"}
# What a form of a kind must have beside its title.
_NEEDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.TABLE: ("columns", "rows"),
    Kind.CASES: ("columns", "categories"),
    Kind.LEADS: ("columns", "departments"),
    Kind.INSTITUTIONS: ("columns", "roll"),
    Kind.LETTER: ("parts", "attachments"),
}
_COUNT_NEEDS: Mapping[str | None, str] = {
    Measure.AMOUNT: "steps",
    Measure.PERSONS: "steps",
    Measure.TEXT: "text",
}
# What columns can ask for, by what a row is; that of an attachment is what it is `of`.
VALUES: Mapping[str, frozenset[str]] = {
    Kind.CASES: frozenset({PLACE, *CASE_VALUES}),
    Kind.LEADS: frozenset({PLACE, *LEAD_VALUES}),
    Kind.INSTITUTIONS: frozenset({PLACE, *INSTITUTION_VALUES}),
    "evidence": frozenset({PLACE, *EVIDENCE_VALUES}),
    "findings": frozenset({PLACE, *LEAD_VALUES}),
}
_FORMATS = ["docx", "xlsx", "pdf"]


def load_forms(rules: Path, book: RuleBook) -> Forms:
    """Return the forms below `rules`, by name.

    Raises UsageError where there are none, RuleError for the first fault of a file.
    """
    files = {path.stem: read_file(path) for path in sorted((rules / FORMS).glob("*.yaml"))}
    if not files:
        folder = rules / FORMS
        raise UsageError(f"规则目录 {folder} 里没有 .yaml 文件。请检查 --rules 给出的路径。")
    for file in files.values():
        check(file, "form")
        _check_name(file)
    return {name: _build(file, files, book) for name, file in files.items()}


def _check_name(file: RuleFile) -> None:
    if file.data["form"] != file.path.stem:
        raise file.error(("form",), "与文件名不同", f"改为 {file.path.stem}，或改文件名")


def _build(file: RuleFile, files: Mapping[str, RuleFile], book: RuleBook) -> Form:
    data = _extended(file, files, ())
    for error in _faults(file, data, book):
        raise error
    for error in _column_faults(file, data):
        raise error
    return decode(Form, _renamed({"formats": _FORMATS, **data}))


def _extended(
    file: RuleFile, files: Mapping[str, RuleFile], seen: tuple[str, ...]
) -> dict[str, Any]:
    data = dict(file.data)
    other = data.pop("extends", None)
    if other is None:
        return data
    if other not in files or other in (*seen, data["form"]):
        raise file.error(("extends",), f"没有可以沿用的表 {other}", f"改用：{'、'.join(files)}")
    return _extended(files[other], files, (*seen, data["form"])) | data


def _renamed(data: Mapping[str, Any]) -> dict[str, Any]:
    renamed = {_RENAMED.get(key, key): value for key, value in data.items()}
    if "action" in renamed:
        days = renamed["action"]
        renamed["action"] = {"start": days["from"], "end": days.get("to")}
    return renamed


def _faults(file: RuleFile, data: Mapping[str, Any], book: RuleBook) -> Iterator[RuleError]:
    kind = Kind(data["kind"])
    for key in _NEEDS[kind]:
        if key not in data:
            yield file.error((key,), f"{kind} 类的表缺少此项", f"补上 {key}")
    if data["notice"] not in {notice.id for notice in book.notices}:
        what = f"没有编号为 {data['notice']} 的通知"
        yield file.error(("notice",), what, "对照 rules/notices/ 改正")
    for keys, text in _days(data):
        try:
            date.fromisoformat(text)
        except ValueError:
            yield file.error(keys, f"日期 {text} 不存在", "写成存在的日期，如 2023-07-01")
    yield from _reference_faults(file, data, book)


def _days(data: Mapping[str, Any]) -> Iterator[tuple[Keys, str]]:
    for key, text in data.get("period", {}).items():
        yield ("period", key), text
    for at, term in enumerate(data.get("due", ())):
        if "once" in term:
            yield ("due", at, "once"), term["once"]


def _reference_faults(
    file: RuleFile, data: Mapping[str, Any], book: RuleBook
) -> Iterator[RuleError]:
    """Yield what names a clause or a rule that the rule set does not have."""
    clauses = {clause.id for notice in book.notices for clause in notice.clauses}
    for keys, one in _takings(data):
        for at, clause in enumerate(one.get("clauses", ())):
            if clause not in clauses:
                what = f"没有编号为 {clause} 的条款"
                yield file.error((*keys, "clauses", at), what, "对照 rules/notices/ 改正")
        for at, start in enumerate(one.get("rules", ())):
            if not any(rule.id.startswith(start) for rule in book.rules):
                what = f"没有编号以 {start} 开头的规则"
                yield file.error((*keys, "rules", at), what, "对照 shanzhai rules list 改正")


def _takings(data: Mapping[str, Any]) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
    for at, category in enumerate(data.get("categories", ())):
        yield ("categories", at), category
    for at, department in enumerate(data.get("departments", ())):
        for place, taking in enumerate(department["takes"]):
            yield ("departments", at, "takes", place), taking


def _column_faults(file: RuleFile, data: Mapping[str, Any]) -> Iterator[RuleError]:
    for keys, column, of in _columns(data):
        known = VALUES.get(of, frozenset())
        if of == Kind.TABLE:
            yield from _count_faults(file, keys, column)
        elif column.get("value") not in known:
            what = f"没有名为 {column.get('value')} 的取值"
            yield file.error((*keys, "value"), what, f"改用：{'、'.join(sorted(known))}")


def _columns(data: Mapping[str, Any]) -> Iterator[tuple[Keys, Mapping[str, Any], str]]:
    """Yield columns with their place, and what a row of theirs is."""
    for at, column in enumerate(data.get("columns", ())):
        yield ("columns", at), column, data["kind"]
    for at, attachment in enumerate(data.get("attachments", ())):
        for place, column in enumerate(attachment.get("columns", ())):
            yield ("attachments", at, "columns", place), column, attachment.get("of", "")


def _count_faults(file: RuleFile, keys: Keys, column: Mapping[str, Any]) -> Iterator[RuleError]:
    count = column.get("count")
    for key in ("count", "meaning", _COUNT_NEEDS.get(count, "count")):
        if key not in column:
            yield file.error((*keys, key), "缺少此项", f"补上 {key}")
