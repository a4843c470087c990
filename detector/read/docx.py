"""Word documents: every text part of the package, and the pictures in it by OCR.

The parts are read as XML, not through a document model, so that text boxes, headers, notes and
diagrams are not lost. Pictures count as pages, in the order of their names in the package;
passages of text have no page. Text that Word hides and comments are HIDDEN.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePosixPath

from lxml import etree
from PIL import Image

from detector.errors import ProblemCode, ReadError
from detector.model import Passage, PassageKind, Problem
from detector.read.content import Content, Gathered, PageRead, Task, passage, problem
from detector.read.docx_text import paragraphs_of
from detector.read.page_text import read_page
from detector.read.picture import Frame, frames
from detector.settings import Settings

MAX_MEMBERS = 20_000
# A member that grows more than this, and to more than a megabyte, is a bomb: deflate reaches
# about 1000, XML of real documents 50.
MAX_RATIO = 200
RATIO_FROM = 1_000_000
# Body first, then what stands round it; other parts (diagrams, charts) come last.
PART_ORDER = ("document", "header", "footer", "footnotes", "endnotes", "comments")
UNPRINTED = ("comments",)
# Parts that hold settings, styles and building blocks, none of which is in the document.
TEXTLESS = re.compile(r"word/(?:theme/|glossary/|styles|settings|webSettings|fontTable|numbering)")
MEDIA = "word/media/"
VECTOR_PICTURES = frozenset({".emf", ".wmf", ".svg"})
OTHER_MEDIA = frozenset({".wav", ".mp3", ".mp4", ".bin"})
ORNAMENT_SIDE = 48  # pixels: smaller pictures are bullets and lines


def read(task: Task) -> Content:
    """Read a package; raises ReadError where it is encrypted, damaged or a bomb."""
    with _opened(task.data, task.settings) as package:
        gathered = Gathered(*_read_parts(package))
        pictures = _pictures(package)
        for page, name in enumerate(pictures):
            gathered.add(_read_picture(package, name, page, task))
            task.on_page(len(pictures))
    return gathered.content(max(1, len(pictures)))


def draw_pages(data: bytes, settings: Settings) -> Iterator[Image.Image]:
    """Yield the pictures of a document; one that cannot be read is a single white pixel."""
    with _opened(data, settings) as package:
        for name in _pictures(package):
            try:
                image = _first_frame(package, name, settings).image
            except ReadError:
                image = None
            yield image or Image.new("RGB", (1, 1), "white")


@contextmanager
def _opened(data: bytes, settings: Settings) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_package(package, settings)
            yield package
    except zipfile.BadZipFile as error:
        raise ReadError(ProblemCode.DAMAGED, _damaged("无法打开")) from error


def _check_package(package: zipfile.ZipFile, settings: Settings) -> None:
    members = package.infolist()
    if any(member.flag_bits & 1 for member in members):
        what = "Word 文档设有密码，未读。请用密码打开，另存为不加密的副本。"
        raise ReadError(ProblemCode.ENCRYPTED, what)
    # zipfile gives no more than the declared size of a member, so the declaration can be used.
    total = sum(member.file_size for member in members)
    bombs = any(
        member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * member.compress_size
        for member in members
    )
    if len(members) > MAX_MEMBERS or total > settings.max_file_bytes or bombs:
        what = "文档解压后过大，疑似压缩炸弹，未读。请核实来源，再用 Word 打开后另存。"
        raise ReadError(ProblemCode.TOO_LARGE, what)


def _read_parts(package: zipfile.ZipFile) -> tuple[list[Passage], list[Problem]]:
    passages: list[Passage] = []
    problems: list[Problem] = []
    for name in sorted(filter(_is_text_part, package.namelist()), key=_part_place):
        try:
            root = _parse(package.read(name))
        except Exception as error:  # damaged members: zip, CRC, inflate or XML errors
            what = _damaged(f"其中的 {name} 未读（{error}）")
            problems.append(problem(ProblemCode.DAMAGED, what))
            continue
        passages += _part_passages(root, unprinted=_stem(name).startswith(UNPRINTED))
    return passages, problems


def _parse(data: bytes) -> etree._Element:
    """Parse XML with entities, network and document types off; raises XMLSyntaxError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    return etree.fromstring(data, parser)


def _part_passages(root: etree._Element, *, unprinted: bool) -> list[Passage]:
    shown, hidden = paragraphs_of(root)
    kind = PassageKind.HIDDEN if unprinted else PassageKind.BODY
    return [
        passage(kind, text) for kind, text in ((kind, shown), (PassageKind.HIDDEN, hidden)) if text
    ]


def _is_text_part(name: str) -> bool:
    return name.startswith("word/") and name.endswith(".xml") and not TEXTLESS.match(name)


def _part_place(name: str) -> tuple[int, str]:
    stem = _stem(name)
    place = next((i for i, start in enumerate(PART_ORDER) if stem.startswith(start)), None)
    return (len(PART_ORDER) if place is None else place), name


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _pictures(package: zipfile.ZipFile) -> list[str]:
    names = [name for name in package.namelist() if name.startswith(MEDIA) and name != MEDIA]
    return sorted(name for name in names if _suffix(name) not in OTHER_MEDIA)


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _read_picture(package: zipfile.ZipFile, name: str, page: int, task: Task) -> PageRead:
    """Read one picture of the document as a page; only the first of several frames counts."""
    if page >= task.settings.max_pages:
        what = "文档中的图片过多，此图未读。请拆分文件，或调大设置 max_pages。"
        return PageRead(problems=(problem(ProblemCode.TRUNCATED, what, page),))
    if _suffix(name) in VECTOR_PICTURES:
        what = f"文档中的矢量图 {_stem(name)} 未读。请把它另存为图片，或把文档另存为 PDF 后重试。"
        return PageRead(problems=(problem(ProblemCode.UNSUPPORTED, what, page),))
    try:
        frame = _first_frame(package, name, task.settings)
    except ReadError as error:
        return PageRead(problems=(problem(error.code, str(error), page),))
    problems = tuple(problem(ProblemCode(one.code), one.message, page) for one in frame.problems)
    if frame.image is None or min(frame.image.size) < ORNAMENT_SIDE:
        return PageRead(problems=problems)
    read = read_page(frame.image, page, task)
    return replace(read, problems=(*problems, *read.problems))


def _first_frame(package: zipfile.ZipFile, name: str, settings: Settings) -> Frame:
    """Return a picture of the document; raises ReadError where it cannot be opened."""
    try:
        data = package.read(name)
    except Exception as error:  # zip, CRC or inflate errors: the rest of the document is whole
        what = _damaged(f"其中的图片 {PurePosixPath(name).name} 未读（{error}）")
        raise ReadError(ProblemCode.DAMAGED, what) from error
    return next(frames(data, settings))


def _damaged(how: str) -> str:
    return f"Word 文档已损坏，{how}。请用 Word 或 WPS 打开修复后另存，或重新取得原件。"
