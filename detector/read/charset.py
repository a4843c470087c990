"""Bytes to text: which encoding, and how many bytes did not fit it.

Order: byte order mark, valid UTF-8, damaged UTF-8, the encoding that the page declares, then
detection by resiliparse. UTF-8 stands before the declaration because pages declare wrongly and
text of another encoding that happens to be valid UTF-8 is next to impossible beyond a few
characters. Everything of the GB family is decoded as GB18030, its superset.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from detector.errors import ProblemCode
from detector.model import Problem
from detector.read.content import problem

BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Superset of each family, by the name that the HTML standard gives the family.
SUPERSETS = {"gbk": "gb18030", "gb2312": "gb18030", "big5": "big5hkscs"}
GB18030 = "gb18030"
# Bad bytes for each good multi-byte character up to which text counts as damaged UTF-8.
DAMAGED_SHARE = 0.1
# Share of Han among the characters beyond ASCII above which a reading as GB18030 is believed.
HAN_SHARE = 0.7
SAMPLE = 65536  # bytes that detection looks at

_ERRORS = "shanzhai-count"
_BAD = "\udc80"  # no decoder yields a lone surrogate, so it can be counted


def _mark_bad(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _BAD * (error.end - error.start), error.end


codecs.register_error(_ERRORS, _mark_bad)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read as and the number of bytes that did not fit it.

    Each of those bytes stands as U+FFFD in the text; a byte order mark does not.
    """

    text: str
    encoding: str
    bad: int = 0


def byte_order_mark(data: bytes) -> tuple[bytes, str] | None:
    """Return the byte order mark at the start and its encoding, None where there is none."""
    return next((pair for pair in BYTE_ORDER_MARKS if data.startswith(pair[0])), None)


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode the bytes of a text file; `declared` is the encoding that the file itself names."""
    if mark := byte_order_mark(data):
        return _decode_as(data[len(mark[0]) :], mark[1])
    declared = _known(declared)
    utf8 = _decode_as(data, "utf-8")
    if _is_utf8(utf8, data, declared):
        return utf8
    if declared and declared != "utf-8":
        return _decode_as(data, declared)
    return _decode_detected(data)


def encoding_problems(decoded: Decoded) -> tuple[Problem, ...]:
    """Return a problem where bytes did not fit the encoding."""
    if not decoded.bad:
        return ()
    what = (
        f"有 {decoded.bad} 个字节不是有效的 {decoded.encoding.upper()} 编码，已用“\ufffd”代替，"
        "其余照常读取。请核对原文，或用原来的程序另存为 UTF-8 后重试。"
    )
    return (problem(ProblemCode.BAD_ENCODING, what),)


def _decode_as(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, _ERRORS)
    bad = text.count(_BAD)
    return Decoded(text.replace(_BAD, "\ufffd") if bad else text, encoding, bad)


def _is_utf8(decoded: Decoded, data: bytes, declared: str) -> bool:
    """Tell whether the bytes are UTF-8, perhaps damaged in a few places."""
    if decoded.text.isascii():
        return True
    if decoded.bad:
        good = sum(character > "\x7f" for character in decoded.text) - decoded.bad
        return decoded.bad <= DAMAGED_SHARE * good
    # Only pairs of two-byte characters can be both UTF-8 and GBK in earnest (the "联通" case).
    return declared in ("", "utf-8") or any(character > "\u07ff" for character in decoded.text)


def _decode_detected(data: bytes) -> Decoded:
    chinese = _decode_as(data, GB18030)
    beyond = [character for character in chinese.text if character > "\x7f"]
    han = sum("\u4e00" <= character <= "\u9fff" for character in beyond)
    if han >= HAN_SHARE * len(beyond) and chinese.bad <= DAMAGED_SHARE * han:
        detected = _detect(data)
        return _decode_as(data, detected) if detected == "big5hkscs" else chinese
    return _decode_as(data, _detect(data) or GB18030)


def _detect(data: bytes) -> str:
    from resiliparse.parse.encoding import detect_encoding

    return _known(detect_encoding(data[:SAMPLE]) or "")


def _known(name: str) -> str:
    """Return Python's name for an encoding of the HTML standard, "" for any other."""
    from resiliparse.parse.encoding import map_encoding_to_html5

    standard = map_encoding_to_html5(name, fallback_utf8=False) if name else None
    if not standard:
        return ""
    encoding = SUPERSETS.get(standard, standard)
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return ""
