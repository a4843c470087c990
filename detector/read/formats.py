"""The table of input formats: a format is one line here and one file beside this one.

Members are named as strings and loaded on use, so that reading a text file loads no imaging.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from detector.read.content import Content, Task
from detector.settings import Settings

if TYPE_CHECKING:
    from PIL.Image import Image

Reader = Callable[[Task], Content]
PageDrawer = Callable[[bytes, Settings], "Iterator[Image]"]

TEXT, MARKDOWN, HTML = "text/plain", "text/markdown", "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Format:
    """How one media type is called, known and read.

    `signatures` are (offset, bytes) pairs, one of which stands in every file of the format;
    formats without one are told by rules in `sniff`. `pages` is empty where nothing is drawn.
    """

    name: str
    extensions: tuple[str, ...]
    reader: str
    pages: str = ""
    signatures: tuple[tuple[int, bytes], ...] = ()


def _picture(name: str, extensions: tuple[str, ...], *signatures: tuple[int, bytes]) -> Format:
    module = "detector.read.picture"
    return Format(name, extensions, f"{module}:read", f"{module}:draw_pages", signatures)


_TIFF = ((0, b"II*\0"), (0, b"MM\0*"), (0, b"II+\0"), (0, b"MM\0+"))
_PNG = (0, b"\x89PNG\r\n\x1a\n")

READERS: dict[str, Format] = {
    "image/jpeg": _picture("JPEG 图片", (".jpg", ".jpeg", ".jpe", ".jfif"), (0, b"\xff\xd8\xff")),
    "image/png": _picture("PNG 图片", (".png",), _PNG),
    "image/tiff": _picture("TIFF 图片", (".tif", ".tiff"), *_TIFF),
    "image/bmp": _picture("BMP 图片", (".bmp", ".dib")),
    "image/webp": _picture("WebP 图片", (".webp",), (8, b"WEBPVP8")),
    "image/gif": _picture("GIF 图片", (".gif",), (0, b"GIF87a"), (0, b"GIF89a")),
    PDF: Format("PDF", (".pdf",), "detector.read.pdf:read", "detector.read.pdf:draw_pages"),
    DOCX: Format(
        "Word 文档", (".docx", ".docm"), "detector.read.docx:read", "detector.read.docx:draw_pages"
    ),
    HTML: Format("网页", (".html", ".htm", ".xhtml"), "detector.read.html:read"),
    MARKDOWN: Format("Markdown 文本", (".md", ".markdown"), "detector.read.plain:read"),
    TEXT: Format("纯文本", (".txt", ".text"), "detector.read.plain:read"),
}

# What servers declare, where it is not the name that the table knows a format by.
DECLARED: dict[str, str] = {
    "application/xhtml+xml": HTML,
    "application/vnd.wap.xhtml+xml": HTML,
    "text/x-markdown": MARKDOWN,
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    # Said by servers that do not know: the content decides.
    "application/octet-stream": "",
    "binary/octet-stream": "",
    "application/x-download": "",
    "unk": "",
}


def load_reader(media_type: str) -> Reader:
    """Return the function that reads a media type of the table."""
    reader: Reader = _load(READERS[media_type].reader)
    return reader


def load_drawer(media_type: str) -> PageDrawer | None:
    """Return the function that draws the pages of a media type, None where it has none."""
    name = READERS[media_type].pages
    drawer: PageDrawer | None = _load(name) if name else None
    return drawer


def _load(name: str) -> Any:
    module, function = name.split(":")
    return getattr(import_module(module), function)
