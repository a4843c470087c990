"""Single cells of the cases' sheets: as offices fill them in → as a case holds them, and back.

What cannot be read raises UnreadableError, whose message says what to write instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from detector.casebook.labels import PRACTICES
from detector.casebook.values import Practice
from detector.registry.cells import UnreadableError, as_heading, read_day

LONGEST_TEXT = 32_000  # characters; a table program cuts a cell at 32,767 without a word
LONGEST_NUMBER = 60
MOST_FEN = 10**14  # a million million yuan
MOST = 10**9  # persons, certificates
LARGEST_FILE = 10**15  # bytes; a table program counts exactly up to here
YEARS = range(1949, 2200)
FEN = 100  # in a yuan
PARTING = "、"
_Choice = TypeVar("_Choice", bound=StrEnum)
# As table programs write what a formula could not come to.
_FAILED = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})
_NO_TEXT = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_x000D_")
_WIDE = str.maketrans(
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "（）"}
)
_SUM = re.compile(r"(?:人民币|RMB|¥)?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(万|亿)?元?整?")
_COUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?[人名份本张件个]?")
_UNITS = {None: 1, "万": 10_000, "亿": 100_000_000}
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PARTING = re.compile(r"[、，,；;\n|]+")
_YES_NO: Mapping[str, bool | None] = {
    "": None, "是": True, "查实": True, "已查实": True, "属实": True, "true": True, "1": True,
    "否": False, "未查实": False, "不属实": False, "查否": False, "false": False, "0": False,
}  # fmt: skip


def read_text(text: str) -> str:
    """Return a text as a case holds it."""
    if text in _FAILED:
        raise UnreadableError("公式没有结果，请用表格软件打开并保存后重试，或改成文字")
    plain = tidy(text)
    if len(plain) > LONGEST_TEXT:
        raise UnreadableError(f"文字超过 {LONGEST_TEXT} 字，请缩短，详情另存为证据文件")
    return plain


def tidy(text: str) -> str:
    """Return what a cell can hold of a text: characters only, line ends plain, no blanks round."""
    return _NO_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def read_number(text: str) -> str:
    """Read the number of a case: letters and digits half-width, no blanks."""
    number = re.sub(r"\s", "", read_text(text).translate(_WIDE))
    if len(number) > LONGEST_NUMBER:
        raise UnreadableError(f"编号超过 {LONGEST_NUMBER} 字，请核对")
    return number


def read_date(text: str) -> date | None:
    """Read a day; None for none."""
    day = read_day(read_text(text))
    if day and day.year not in YEARS:
        raise UnreadableError(f"{day.year} 年不可能，请核对年份")
    return day


def read_sum(text: str) -> int:
    """Read a sum of yuan as whole fen: 12,000.00, 1.2万, 3000元; nothing is 0."""
    plain = _plain(text)
    if plain in ("", "-", "无"):
        return 0
    match = _SUM.fullmatch(plain)
    if not match:
        raise UnreadableError(f"“{text[:20]}”不是金额，请写成 12000.00（元）或 1.2万")
    yuan = Decimal(match[1].replace(",", "") + (match[2] or "")) * _UNITS[match[3]]
    fen = round(yuan * FEN)
    if fen > MOST_FEN:
        raise UnreadableError(f"“{text[:20]}”过大，请核对单位（元）")
    # What a formula added up is off by less than any sum is meant to be.
    if abs(yuan * FEN - fen) > Decimal("0.001"):
        raise UnreadableError(f"“{text[:20]}”不到一分，请写到分为止")
    return fen


def read_count(text: str) -> int:
    """Read a number of persons or things; nothing is 0."""
    plain = _plain(text)
    if plain in ("", "-", "无"):
        return 0
    match = _COUNT.fullmatch(plain)
    if not match:
        raise UnreadableError(f"“{text[:20]}”不是整数，请只写数字")
    return _bounded(match[1].replace(",", ""), MOST, text)


def read_size(text: str) -> int:
    """Read the size of a file in bytes."""
    plain = _plain(text)
    if not plain.isdecimal():
        raise UnreadableError(f"“{text[:20]}”不是字节数，请用 shanzhai case evidence 登记证据")
    return _bounded(plain, LARGEST_FILE, text)


def read_sha256(text: str) -> str:
    """Read the digest of a file."""
    digest = _plain(text).lower()
    if not _SHA256.fullmatch(digest):
        raise UnreadableError("不是 64 位的 SHA-256，请用 shanzhai case evidence 登记证据")
    return digest


def read_moment(text: str) -> str:
    """Read a moment in ISO 8601, which stays as it is, or a day."""
    plain = read_text(text)
    try:
        datetime.fromisoformat(plain)
    except ValueError:
        day = read_date(plain)
        return day.isoformat() if day else ""
    return plain


def read_yes_no(text: str) -> bool | None:
    """Read whether a lead was borne out; nothing is None: not yet known."""
    plain = _plain(text).lower()
    if plain not in _YES_NO:
        raise UnreadableError(f"“{text[:20]}”无法识别，请写“是”“否”，或空着（尚未查明）")
    return _YES_NO[plain]


def choose(text: str, kind: type[_Choice], labels: Mapping[str, str]) -> _Choice:
    """Return the member of a label, a value, or a part of one label alone."""
    wanted = as_heading(read_text(text))
    called = {member: as_heading(labels[member]) for member in kind}
    for member, label in called.items():
        if wanted in (label, member.value):
            return member
    near = [member for member, label in called.items() if len(wanted) > 1 and wanted in label]
    if len(near) == 1:
        return near[0]
    known = "".join(f"“{labels[member]}”" for member in near or kind)
    raise UnreadableError(f"“{text[:20]}”无法识别，可写：{known}")


def chosen_from(kind: type[_Choice], labels: Mapping[str, str]) -> Callable[[str], _Choice]:
    """Return a reader of one of some choices."""
    return lambda text: choose(text, kind, labels)


def read_practices(text: str) -> tuple[Practice, ...]:
    """Read practices parted by 、 each once, in the order in which they stand."""
    parts = filter(None, map(str.strip, _PARTING.split(read_text(text))))
    return tuple(dict.fromkeys(choose(part, Practice, PRACTICES) for part in parts))


def show_yes_no(verified: bool | None) -> str:
    """Return what `read_yes_no` reads."""
    return {None: "", True: "是", False: "否"}[verified]


def show_practices(practices: tuple[Practice, ...]) -> str:
    """Return what `read_practices` reads."""
    return PARTING.join(PRACTICES[one] for one in practices)


def show_sum(fen: int) -> Decimal | None:
    """Return a sum in yuan; none is an empty cell."""
    return Decimal(fen) / FEN if fen else None


def show_count(count: int) -> int | None:
    """Return a number; none is an empty cell."""
    return count or None


def show_as_it_is(value: Any) -> Any:
    """Return what a cell takes as it is: texts, days, numbers."""
    return value


def _plain(text: str) -> str:
    """Return a number's text half-width and without blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", read_text(text)))


def _bounded(digits: str, most: int, text: str) -> int:
    # Long digits first: Python converts no text of thousands of them.
    if len(digits) > len(str(most)) or int(digits) > most:
        raise UnreadableError(f"“{text[:20]}”过大，请核对")
    return int(digits)
