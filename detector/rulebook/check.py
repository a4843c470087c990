"""Structure of rule files: JSON Schema in, the first error in the user's file out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from detector.errors import RuleError
from detector.rulebook.source import Key, RuleFile
from detector.settings import shipped_rules

_TYPES = {
    "string": "文字",
    "array": "列表",
    "object": "键值表",
    "boolean": " true 或 false",
    "null": "空（null）",
}


def check(file: RuleFile, schema: str) -> None:
    """Raise RuleError for the first place where `file` departs from the named schema."""
    errors: Iterable[ValidationError] = _validator(schema).iter_errors(file.data)
    found = sorted((_explain(file, error) for error in errors), key=lambda error: error.line)
    if found:
        raise found[0]


@cache
def _validator(schema: str) -> Draft202012Validator:
    path = shipped_rules() / "schema" / f"{schema}.json"
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


def _explain(file: RuleFile, error: ValidationError) -> RuleError:
    keys: tuple[Key, ...] = tuple(error.absolute_path)
    explain = _EXPLAIN.get(str(error.validator), _other)
    extra, what, remedy = explain(error)
    return file.error((*keys, extra) if extra else keys, what, remedy)


def _missing(error: ValidationError) -> tuple[str, str, str]:
    key = next(key for key in _values(error) if key not in _instance(error))
    return key, "缺少此项", f"补上 {key}"


def _missing_beside(error: ValidationError) -> tuple[str, str, str]:
    present = _instance(error)
    key = next(
        key
        for beside, keys in _values(error).items()
        if beside in present
        for key in keys
        if key not in present
    )
    return key, "缺少此项", f"补上 {key}"


def _unknown(error: ValidationError) -> tuple[str, str, str]:
    schema: Any = error.schema
    known = list(schema.get("properties", {}))
    key = next(key for key in _instance(error) if key not in known)
    return key, "没有这个键", f"改用：{'、'.join(get_close_matches(key, known) or known)}"


def _type(error: ValidationError) -> tuple[str, str, str]:
    wanted = [error.validator_value] if isinstance(error.validator_value, str) else _values(error)
    names = "或".join(_TYPES.get(name, name) for name in wanted)
    hint = "，数字和 yes/no 要加引号" if "string" in wanted else ""
    return "", f"值 {_shown(error)} 的类型不对", f"写成{names}{hint}"


def _choice(error: ValidationError) -> tuple[str, str, str]:
    return "", f"值 {_shown(error)} 不在可选范围内", f"改用：{'、'.join(_values(error))}"


def _pattern(error: ValidationError) -> tuple[str, str, str]:
    schema: Any = error.schema
    return "", f"值 {_shown(error)} 的写法不对", f"写成{schema.get('description', '规定的样子')}"


def _too_few(error: ValidationError) -> tuple[str, str, str]:
    schema: Any = error.schema
    usual = "填上内容" if isinstance(error.instance, str) else "至少写一项"
    return "", "不能为空", schema.get("description", usual)


def _twice(error: ValidationError) -> tuple[str, str, str]:
    return "", "列表里有重复的项", "去掉重复的项"


def _none_of(error: ValidationError) -> tuple[str, str, str]:
    names = "、".join(option["required"][0] for option in _values(error))
    return "", f"{names} 一项也没有", f"至少写上 {names} 中的一项"


def _other(error: ValidationError) -> tuple[str, str, str]:
    return "", error.message, "按 docs/rule-format.md 改正"


def _values(error: ValidationError) -> Any:
    return error.validator_value


def _instance(error: ValidationError) -> Any:
    return error.instance


def _shown(error: ValidationError) -> str:
    text = json.dumps(error.instance, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39] + "…"


_EXPLAIN = {
    "required": _missing,
    "dependentRequired": _missing_beside,
    "additionalProperties": _unknown,
    "type": _type,
    "enum": _choice,
    "pattern": _pattern,
    "minItems": _too_few,
    "minLength": _too_few,
    "minProperties": _too_few,
    "uniqueItems": _twice,
    "anyOf": _none_of,
}
