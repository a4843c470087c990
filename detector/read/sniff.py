"""What a file is, by its content; its extension decides only between kinds of text."""

from __future__ import annotations

import io
import re
import zipfile

from detector.errors import ProblemCode, ReadError
from detector.model import Problem
from detector.read.charset import byte_order_mark
from detector.read.content import problem
from detector.read.formats import DOCX, HTML, MARKDOWN, PDF, READERS, TEXT

HEAD = 8192  # bytes that are enough to tell text from binary
PDF_HEAD = 1024  # a reader must look for the header within this much (ISO 32000-1, annex H)
# Sizes of the header that may follow a bitmap's file header (BITMAPCOREHEADER … V5).
BITMAP_HEADERS = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
# Share of control characters above which bytes are no text.
CONTROL_SHARE = 0.05
_CONTROL = bytes(set(range(32)) - set(b"\t\n\f\r\x1b"))
# Comments are atomic: many of them in a row must not be parted in every possible way.
_HTML_START = re.compile(
    rb"\s*(?>(?:<\?xml[^>]*>|<!--.*?-->)\s*)*<(?:!doctype\s+html|html|head|body)\b", re.S | re.I
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# An Office file with a password is an OLE container with a stream of this name.
_OFFICE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

# Formats that are known but not read: offset, signature, name.
FOREIGN: tuple[tuple[int, bytes, str], ...] = (
    (0, b"Rar!\x1a\x07", "RAR 压缩包"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (0, b"\x1f\x8b", "gzip 压缩包"),
    (0, b"BZh", "bzip2 压缩包"),
    (0, b"\xfd7zXZ\x00", "xz 压缩包"),
    (4, b"ftypheic", "HEIC 照片"),
    (4, b"ftypheix", "HEIC 照片"),
    (4, b"ftypmif1", "HEIC 照片"),
    (4, b"ftypavif", "AVIF 图片"),
    (4, b"ftyp", "视频"),
    (0, b"\x1aE\xdf\xa3", "视频"),
    (0, b"ID3", "音频"),
    (0, b"8BPS", "Photoshop 文件"),
    (0, b"{\\rtf", "RTF 文档"),
    (0, b"SQLite format 3\0", "数据库"),
)
# Folders inside a zip package that tell what it is.
ZIP_NAMES: tuple[tuple[str, str], ...] = (
    ("xl/", "Excel 工作簿"),
    ("ppt/", "PowerPoint 演示文稿"),
    ("META-INF/manifest.xml", "OpenDocument 文档"),
    ("Doc_0/", "OFD 文档"),
)


def sniff(data: bytes, extension: str) -> str:
    """Return the media type of a file, one of READERS.

    `extension` is in lower case with its dot, empty where there is none.
    Raises ReadError for an empty file and for one that no reader is for.
    """
    if not data:
        raise ReadError(ProblemCode.EMPTY, "文件是空的（0 字节）。请重新取得原件。")
    if media_type := _by_signature(data, extension):
        return media_type
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_type(data, extension)
    if data.startswith(_OLE):
        raise _ole(data)
    for offset, magic, name in FOREIGN:
        if data.startswith(magic, offset):
            raise _unsupported(f"这是{name}")
    if not _is_text(data):
        raise _unsupported("内容不是文字，也不是认识的格式")
    return _text_type(data, extension)


def check_extension(media_type: str, extension: str) -> tuple[Problem, ...]:
    """Return a problem where the extension belongs to another format than the content."""
    known = READERS[media_type]
    if not extension or extension in known.extensions:
        return ()
    what = f"扩展名是 {extension}，内容却是“{known.name}”，已按内容读取。请改正扩展名后再存档。"
    return (problem(ProblemCode.WRONG_EXTENSION, what),)


def _by_signature(data: bytes, extension: str) -> str | None:
    for media_type, known in READERS.items():
        if any(data.startswith(magic, offset) for offset, magic in known.signatures):
            return media_type
    if data.startswith(b"BM") and int.from_bytes(data[14:18], "little") in BITMAP_HEADERS:
        return "image/bmp"
    if _is_pdf(data, extension):
        return PDF
    return None


def _is_pdf(data: bytes, extension: str) -> bool:
    """Tell whether this is a PDF; junk before the header counts only under its own extension."""
    head = data[:PDF_HEAD]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"%PDF-"):
        return True
    return extension in READERS[PDF].extensions and b"%PDF-" in head


def _zip_type(data: bytes, extension: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except Exception as error:  # the zip reader meets bytes that it was never written for
        if extension in READERS[DOCX].extensions:
            what = "Word 文档已损坏，无法打开。请用 Word 或 WPS 打开修复后另存，或重新取得原件。"
            raise ReadError(ProblemCode.DAMAGED, what) from error
        raise _unsupported("这是已损坏的压缩包") from error
    if any(name.startswith("word/") and name.endswith(".xml") for name in names):
        return DOCX
    for start, name in ZIP_NAMES:
        if any(member.startswith(start) for member in names):
            raise _unsupported(f"这是 {name}")
    raise ReadError(
        ProblemCode.UNSUPPORTED, "这是压缩包，里面的文件没有读。请解压后扫描解压出的文件夹。"
    )


def _ole(data: bytes) -> ReadError:
    if _OFFICE_ENCRYPTED in data:
        return ReadError(
            ProblemCode.ENCRYPTED, "Office 文档设有密码，未读。请用密码打开，另存为不加密的副本。"
        )
    return _unsupported("这是旧版 Office 文档（doc、xls、ppt）")


def _unsupported(what: str) -> ReadError:
    advice = "请用能打开它的程序另存为 PDF、docx、txt 或图片（jpg、png）后重试。"
    return ReadError(ProblemCode.UNSUPPORTED, f"{what}，未读。{advice}")


def _is_text(data: bytes) -> bool:
    if byte_order_mark(data):
        return True
    head = data[:HEAD]
    return len(head) - len(head.translate(None, _CONTROL)) <= CONTROL_SHARE * len(head)


def _text_type(data: bytes, extension: str) -> str:
    looks_html = _HTML_START.match(data[:HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe"))
    if extension in READERS[MARKDOWN].extensions:
        return MARKDOWN
    if looks_html or extension in READERS[HTML].extensions:
        return HTML
    if not extension or any(extension in known.extensions for known in READERS.values()):
        return TEXT
    what = f"{extension} 文件不在读取范围内，未读。其中若有文案，请另存为 txt 后重试。"
    raise ReadError(ProblemCode.UNSUPPORTED, what)
