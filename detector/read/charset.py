"""Bytes to text: which encoding, and how many bytes did not fit it.

Order: byte order mark, valid UTF-8, damaged UTF-8, the encoding that the page declares, then
detection. UTF-8 stands before the declaration because pages declare wrongly and text of another
encoding that happens to be valid UTF-8 is next to impossible beyond a few characters; a Western
declaration (what old page editors write) gives way where detection finds Chinese. Everything of
the GB family is decoded as GB18030, its superset.
"""

from __future__ import annotations

import codecs
import re
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
CHINESE = GB18030, BIG5 = "gb18030", "big5hkscs"
# Share of Chinese among the characters beyond ASCII from which on a reading is believed …
CHINESE_SHARE = 0.7
# … if it has no more bad bytes than this for each of them.
BAD_SHARE = 0.1
# Han, the punctuation and signs set among it, and the vowels of pinyin.
_CHINESE = re.compile(
    r"[\u2010-\u27bf\u3000-\u303f\u4e00-\u9fff\uff00-\uffefāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+"
)
SAMPLE = 65536  # bytes that detection looks at

_NARROW = bytes(range(0xE0))  # what is no first byte of three or more in UTF-8
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
    if _is_utf8(data, declared):
        return _decode_as(data, "utf-8")
    if declared in CHINESE:
        return _decode_as(data, declared)
    detected = _detect(data)
    if declared not in ("", "utf-8") and detected not in CHINESE:
        return _decode_as(data, declared)
    return _decode_detected(data, detected)


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
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:  # the usual page has no bad bytes, and is done ten times sooner
        text = data.decode(encoding, _ERRORS)
    return Decoded(text.replace(_BAD, "\ufffd"), encoding, text.count(_BAD))


def _is_utf8(data: bytes, declared: str) -> bool:
    """Tell whether the bytes are UTF-8, perhaps damaged in a few places."""
    if data.isascii():
        return True
    valid = data.decode("utf-8", "ignore").encode()
    bad = len(data) - len(valid)
    # Two-byte characters prove little: "联通" in GBK is valid UTF-8. Of Chinese text in GBK, read
    # as UTF-8, less than one character of three bytes comes out for each bad byte.
    return bad < _count_wide(valid) or (not bad and declared in ("", "utf-8"))


def _count_wide(utf8: bytes) -> int:
    """Count the characters that take three bytes or more, by their first bytes."""
    return len(utf8.translate(None, _NARROW))


def _decode_detected(data: bytes, detected: str) -> Decoded:
    for encoding in sorted(CHINESE, key=detected.__ne__):  # what was detected comes first
        reading = _decode_as(data, encoding)
        if _is_chinese(reading):
            return reading
    return _decode_as(data, detected or GB18030)


def _is_chinese(decoded: Decoded) -> bool:
    text = decoded.text
    beyond = len(text) - len(text.encode("ascii", "ignore")) - decoded.bad
    chinese = sum(map(len, _CHINESE.findall(text)))
    return chinese >= CHINESE_SHARE * beyond and decoded.bad <= BAD_SHARE * chinese


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
