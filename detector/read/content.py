"""What a reader of one format is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from detector.errors import ProblemCode, ReadError
from detector.model import Mark, Passage, PassageKind, Problem
from detector.settings import Settings

if TYPE_CHECKING:
    from detector.marks import MarkFinder
    from detector.ocr import Engine

# Loads the OCR engine when the first page needs it; raises MissingPartError where it is absent.
EngineLoader = Callable[[], "Engine"]
# Loads what finds marks when the first page needs it; None where marks are not asked for.
FinderLoader = Callable[[], "MarkFinder | None"]
# Told after each page how many pages the file has.
PageListener = Callable[[int], None]


def ignore_page(pages: int) -> None:
    """Listen to no page."""


def no_finder() -> None:
    """Look for no marks."""


@dataclass(frozen=True, slots=True)
class Task:
    """The bytes of one file and what reading them may need.

    `declared` is the encoding that was named outside of them, as by an HTTP header.
    """

    data: bytes
    settings: Settings
    engine: EngineLoader
    on_page: PageListener = ignore_page
    finder: FinderLoader = no_finder
    declared: str = ""


@dataclass(frozen=True, slots=True)
class PageRead:
    """What was read of one page picture: its lines, what its marks say, its marks."""

    passages: tuple[Passage, ...] = ()
    marks: tuple[Mark, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """The passages of one file, in reading order and not yet numbered, and what went wrong."""

    passages: tuple[Passage, ...] = ()
    pages: int = 1
    problems: tuple[Problem, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(slots=True)
class Gathered:
    """What has been read of a file so far, page after page."""

    passages: list[Passage] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def add(self, read: PageRead) -> None:
        """Take in what was read of a page."""
        self.passages += read.passages
        self.problems += read.problems
        self.marks += read.marks

    def content(self, pages: int) -> Content:
        """Return the whole; `pages` is the number of pages that the file has."""
        return Content(tuple(self.passages), pages, tuple(self.problems), tuple(self.marks))


def passage(kind: PassageKind, text: str, page: int | None = None) -> Passage:
    """Return a passage without geometry; its number is given when the document is put together."""
    return Passage(index=0, kind=kind, text=text, page=page)


def problem(code: ProblemCode, message: str, page: int | None = None) -> Problem:
    """Return a problem; the page, counted from 0, is named in front of the message."""
    return Problem(code, message if page is None else f"第 {page + 1} 页：{message}", page)


def problem_of(error: ReadError) -> Problem:
    """Return the problem that an error reports."""
    return Problem(error.code, str(error))


def cut_text(content: Content, limit: int) -> Content:
    """Keep the first `limit` code points of all passages together, and say what was left out."""
    total = sum(len(passage.text) for passage in content.passages)
    if total <= limit:
        return content
    kept, left = [], limit
    for one in content.passages:
        if left <= 0:
            break
        kept.append(_cut_passage(one, left))
        left -= len(one.text)
    what = (
        f"文字共 {total} 个字符，只读了前 {limit} 个，其后 {total - limit} 个未读。"
        "请拆成几个文件，或调大设置 max_text_chars。"
    )
    problems = (*content.problems, problem(ProblemCode.TRUNCATED, what))
    return replace(content, passages=tuple(kept), problems=problems)


def _cut_passage(one: Passage, limit: int) -> Passage:
    lines = tuple(line for line in one.lines if line.span.end <= limit)
    return replace(one, text=one.text[:limit], lines=lines)
