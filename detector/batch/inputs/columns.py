"""Tables of pages: which column holds what, and rows as pages."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from detector.batch.values import Page
from detector.errors import ProblemCode, ReadError
from detector.model import Problem
from detector.read.formats import HTML, TEXT
from detector.settings import Settings

# Names that crawlers and exports give their columns, compared without case; the first one wins.
USUAL: dict[str, tuple[str, ...]] = {
    "url": ("url", "uri", "address", "link", "warc_target_uri", "target_uri", "网址", "链接"),
    "html": ("html", "raw_html", "page_html", "body", "网页"),
    "text": (
        "text",
        "content_text",
        "plain_text",
        "content",
        "raw_content",
        "正文",
        "文本",
        "内容",
    ),
    "time": (
        "captured",
        "crawled",
        "fetched",
        "warc_date",
        "time",
        "date",
        "timestamp",
        "抓取时间",
    ),
    "media_type": ("content_type", "media_type", "mime", "mime_type"),
    "charset": ("charset", "encoding"),
}
_COMPACT_TIME = "%Y%m%d%H%M%S"  # as crawl indexes write it
_LATEST = 4_102_444_800  # 2100-01-01: greater numbers count milliseconds


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns that are read, by what they hold; only what there is."""

    names: Mapping[str, str]

    @property
    def body(self) -> str:
        """Return the column that holds the page: its markup, else its text."""
        return self.names.get("html") or self.names["text"]


def choose_columns(there: Collection[str], settings: Settings) -> Columns:
    """Choose columns by the settings, else by usual names; markup wins over text.

    Raises ReadError where none can hold pages, or one that was asked for is missing.
    """
    asked = {name: getattr(settings, f"{name}_column") for name in ("url", "text", "html", "time")}
    missing = [column for column in asked.values() if column and column not in there]
    lower = {name.lower(): name for name in reversed(list(there))}
    chosen = {}
    for role, usual in USUAL.items():
        found = asked.get(role) or next((lower[name] for name in usual if name in lower), None)
        if found:
            chosen[role] = found
    if asked["text"] and not asked["html"]:
        chosen.pop("html", None)
    if missing or not {"html", "text"} & chosen.keys():
        lacking = f"没有名为 {'、'.join(missing)} 的列" if missing else "看不出哪一列是网页或正文"
        shown = "、".join(map(str, there)) or "（没有列）"
        raise ReadError(
            ProblemCode.UNSUPPORTED,
            f"{lacking}，未读。现有的列：{shown}。请用 --html-column 或 --text-column 指明。",
        )
    return Columns(chosen)


def page_of_row(row: Mapping[str, Any], columns: Columns, place: str, limit: int) -> Page:
    """Return a row as a page; `place` is its address where it has none of its own."""
    value = {role: row.get(name) for role, name in columns.names.items()}
    address = str(value.get("url") or place)
    captured = moment(value.get("time"))
    body = value.get("html")
    is_html = body is not None
    if body is None:
        body = value.get("text")
    if isinstance(body, list | dict):  # some crawls keep a page as a list of lines
        body = json.dumps(body, ensure_ascii=False)
    if body is None or len(body) == 0:
        return Page(address, captured=captured, problem=_EMPTY)
    if isinstance(body, bytes):
        data, charset = body, str(value.get("charset") or "")
    else:
        data, charset = str(body).encode("utf-8", "replace"), "utf-8"
    if len(data) > limit:
        what = f"超过 {limit} 字节的上限，未读。可调大设置 max_file_bytes。"
        return Page(address, captured=captured, problem=Problem(ProblemCode.TOO_LARGE, what))
    declared, _, parameters = str(value.get("media_type") or "").lower().partition(";")
    if "charset=" in parameters and not charset:
        charset = parameters.partition("charset=")[2].strip(" \"'")
    media_type = declared.strip() or (HTML if is_html else TEXT)
    return Page(address, data, media_type, charset, captured)


_EMPTY = Problem(ProblemCode.EMPTY, "网页内容是空的（0 字节）。")


def moment(value: Any) -> datetime | None:
    """Return a time of capture in UTC; None where it says none that can be understood."""
    if isinstance(value, datetime):
        found: datetime | None = value
    elif isinstance(value, date):
        found = datetime(value.year, value.month, value.day)
    else:
        found = _written(str(value).strip()) if value not in (None, "") else None
    if found is None:
        return None
    zoned = found if found.tzinfo else found.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).replace(microsecond=0)


def _written(text: str) -> datetime | None:
    try:
        if text.isdecimal() and len(text) == len("20240131235959"):
            return datetime.strptime(text, _COMPACT_TIME)
        if text.replace(".", "", 1).isdecimal() and len(text) >= len("1000000000"):
            seconds = float(text)
            return datetime.fromtimestamp(seconds / 1000 if seconds > _LATEST else seconds, UTC)
        return datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return None
