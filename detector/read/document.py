"""One source in, one Document out; and its pages as pictures, for annotating."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING

from detector.errors import ProblemCode, ReadError, ShanzhaiError
from detector.model import Document, Passage, PassageKind, Problem, Source
from detector.read.content import (
    Content,
    EngineLoader,
    FinderLoader,
    PageListener,
    Task,
    cut_text,
    ignore_page,
    no_finder,
    problem,
    problem_of,
)
from detector.read.formats import DECLARED, READERS, TEXT, load_drawer, load_reader
from detector.read.load import load_bytes
from detector.read.sniff import check_extension, sniff
from detector.read.sources import STDIN
from detector.settings import Settings

if TYPE_CHECKING:
    from PIL.Image import Image


def read_source(
    source: Source,
    settings: Settings,
    engine: EngineLoader,
    on_page: PageListener = ignore_page,
    finder: FinderLoader = no_finder,
) -> Document:
    """Read one source. What could not be read is a Problem; what was read is kept.

    `engine` loads the OCR engine and `finder` what finds marks; they are called when the first
    page needs them. `on_page` is called after each page of paged material. Boxes are in pixels
    of the pictures that `page_images` draws. Raises nothing for bad input; MissingPartError from
    `engine` passes through.
    """
    try:
        data = load_bytes(source, settings.max_file_bytes)
    except ReadError as error:
        return Document(source, problems=(problem_of(error),))
    return read_bytes(Task(data, settings, engine, on_page, finder), source)


def read_bytes(task: Task, source: Source) -> Document:
    """Read bytes that were loaded before; otherwise as `read_source`.

    A source that has a media type was declared to be of it, as by a server: that decides between
    kinds of text in place of an extension, since addresses end in anything.
    """
    source = replace(source, size=len(task.data), sha256=_digest(task.data))
    extension = _declared_extension(source) or _extension(source)
    try:
        media_type = sniff(task.data, extension)
    except ReadError as error:
        return Document(source, problems=(problem_of(error),))
    content = _read_content(media_type, task)
    content = cut_text(_without_empty(content), task.settings.max_text_chars)
    problems = content.problems
    if not source.media_type:
        problems = (*check_extension(media_type, extension), *problems)
    return _document(replace(source, media_type=media_type), content, problems)


def read_text(text: str) -> Document:
    """Return a document of one body passage that holds the text unchanged."""
    return Document(Source(uri="", media_type=TEXT), (Passage(0, PassageKind.BODY, text),))


def page_images(source: Source, settings: Settings) -> Iterator[Image]:
    """Yield the pages of a source as upright RGB pictures, in the pixels of its boxes.

    Yields nothing for material without pages. Raises ReadError where the source cannot be read
    a second time, or is no longer what was read: boxes on another picture would be false
    evidence.
    """
    if source.uri == STDIN:
        what = "标准输入只能读一次，无法再取页面图片。请存成文件后再扫描。"
        raise ReadError(ProblemCode.UNREADABLE, what)
    yield from draw_pages(load_bytes(source, settings.max_file_bytes), source, settings)


def draw_pages(data: bytes, source: Source, settings: Settings) -> Iterator[Image]:
    """Yield the pages of bytes that were loaded before; otherwise as `page_images`."""
    if source.sha256 and source.sha256 != _digest(data):
        what = "原件在读取之后有改动，不能再取页面图片。请重新扫描。"
        raise ReadError(ProblemCode.UNREADABLE, what)
    drawer = load_drawer(source.media_type or sniff(data, _extension(source)))
    if drawer is not None:
        yield from drawer(data, settings)


def _read_content(media_type: str, task: Task) -> Content:
    try:
        return load_reader(media_type)(task)
    except ReadError as error:
        return Content(problems=(problem_of(error),))
    except ShanzhaiError:  # a part is missing, a setting is wrong: for the user, not the file
        raise
    except Exception as error:  # parsers raise anything on bytes that they were not written for
        what = (
            f"{READERS[media_type].name}读取时出错（{type(error).__name__}：{error}）。"
            "请用能打开它的程序另存后重试。"
        )
        return Content(problems=(problem(ProblemCode.DAMAGED, what),))


def _document(source: Source, content: Content, problems: tuple[Problem, ...]) -> Document:
    if not content.passages and not content.problems:
        what = "没有读到文字。若材料上有字，请换更清晰的原件；若确为空白，无需处理。"
        problems = (*problems, problem(ProblemCode.NO_TEXT, what))
    passages = tuple(map(_numbered, count(), content.passages))
    return Document(source, passages, pages=content.pages, marks=content.marks, problems=problems)


def _numbered(index: int, one: Passage) -> Passage:
    """Return a passage with its number; `replace` would take five times as long."""
    return Passage(index, one.kind, one.text, one.page, one.lines, one.engine)


def _without_empty(content: Content) -> Content:
    kept = tuple(one for one in content.passages if one.text and not one.text.isspace())
    return replace(content, passages=kept)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _declared_extension(source: Source) -> str:
    """Return the extension of the declared media type, "" where none is declared or known."""
    declared = DECLARED.get(source.media_type, source.media_type)
    known = READERS.get(declared)
    if known is not None:
        return known.extensions[0]
    return f".{declared.rpartition('/')[2]}" if declared else ""


def _extension(source: Source) -> str:
    name = source.member or source.uri
    if "://" in name:  # addresses end in anything (.php, .aspx); only known endings tell
        ending = PurePosixPath(re.split("[?#]", name, maxsplit=1)[0]).suffix.lower()
        return ending if any(ending in known.extensions for known in READERS.values()) else ""
    return "" if name == STDIN else PurePath(name).suffix.lower()
