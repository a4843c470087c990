"""What JSON says → values of the model: the way back from `encode`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeVar, cast, get_args, get_origin, get_type_hints

from detector.model import Point, Span
from detector.report.encode import PAIRS

_Value = TypeVar("_Value")
_Decoder = Callable[[Any], Any]


class DecodeError(ValueError):
    """Something that is no value of the model; `place` names the field, outermost first."""

    def __init__(self, what: str, place: tuple[str, ...] = ()) -> None:
        """Keep the place apart from the words, so that each level can add its own."""
        super().__init__(what)
        self.what, self.place = what, place

    def __str__(self) -> str:
        """Return the place and what is wrong there."""
        return f"{'.'.join(self.place)}：{self.what}" if self.place else self.what


class _Part(NamedTuple):
    name: str
    decode: _Decoder
    required: bool


def decode(kind: type[_Value], value: Any) -> _Value:
    """Return `value`, as `encode` made it, as a `kind`; fields with defaults may be missing.

    Raises DecodeError where a value does not fit.
    """
    make: _Decoder = _decoder(cast("Hashable", kind))
    decoded: _Value = make(value)
    return decoded


@cache
def _decoder(kind: Any) -> _Decoder:
    """Return the function that makes a `kind`; it is built once for each kind."""
    if kind is Span:
        return lambda value: Span(value["start"], value["end"])
    if kind is Point:
        return lambda value: Point(*value)
    if is_dataclass(kind):
        return _fields_decoder(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return _optional(_decoder(next(one for one in arguments if one is not NoneType)))
    if origin is tuple or origin is frozenset:
        return _collection(origin, arguments)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind is date:
        return date.fromisoformat
    return _plain(kind)


def _fields_decoder(kind: Any) -> _Decoder:
    hints = get_type_hints(kind)
    parts = [
        _Part(
            one.name,
            _pairs if one.name in PAIRS else _decoder(hints[one.name]),
            one.default is MISSING and one.default_factory is MISSING,
        )
        for one in fields(kind)
    ]

    def decode_fields(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise DecodeError("应为对象")
        return kind(**{p.name: _take(p, value) for p in parts if p.required or p.name in value})

    return decode_fields


def _take(part: _Part, value: Mapping[str, Any]) -> Any:
    try:
        return part.decode(value[part.name])
    except DecodeError as error:
        raise DecodeError(error.what, (part.name, *error.place)) from error
    except KeyError as error:
        raise DecodeError("缺少这一项", (part.name,)) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise DecodeError("内容不合格式", (part.name,)) from error


def _optional(inner: _Decoder) -> _Decoder:
    return lambda value: None if value is None else inner(value)


def _collection(origin: Callable[[Any], Any], arguments: tuple[Any, ...]) -> _Decoder:
    member = _decoder(arguments[0])
    length = None if origin is frozenset or Ellipsis in arguments else len(arguments)

    def decode_members(value: Any) -> Any:
        if not isinstance(value, list) or (length is not None and len(value) != length):
            raise DecodeError("应为数组")
        return origin(map(member, value))

    return decode_members


def _pairs(value: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(value.items())


def _plain(kind: type) -> _Decoder:
    accepted = (int, float) if kind is float else kind

    def decode_plain(value: Any) -> Any:
        if not isinstance(value, accepted):
            raise DecodeError("类型不符")
        return value

    return decode_plain
