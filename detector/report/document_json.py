"""A Document as `shanzhai read` prints it: as JSON, and as text for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from detector.model import Document, Line, Mark, Passage
from detector.report.columns import clean
from detector.report.encode import dump, encode
from detector.report.labels import KINDS, MARKS, PASSAGES, PROBLEMS


def document_as_json(document: Document) -> str:
    """Return what was read as JSON: passages with their lines, marks, problems."""
    return dump(document_value(document))


def document_value(document: Document) -> dict[str, Any]:
    """Return what was read as plain values; polygons are in pixels of the original picture."""
    return {
        "source": encode(document.source),
        "kind": encode(document.kind),
        "kind_reason": document.kind_reason,
        "pages": document.pages,
        "passages": [_passage(passage) for passage in document.passages],
        "marks": [_mark(mark) for mark in document.marks],
        "problems": encode(document.problems),
    }


def document_as_text(document: Document) -> str:
    """Return what was read as text, each passage under a line that says where it stands."""
    return "\n".join(_text_lines(document)) + "\n"


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "kind": passage.kind.value,
        "page": passage.page,
        "engine": passage.engine,
        "text": passage.text,
        "lines": [_line(passage, line) for line in passage.lines],
    }


def _line(passage: Passage, line: Line) -> dict[str, Any]:
    return {
        "text": passage.text[line.span.start : line.span.end],
        "polygon": encode(line.box.polygon) if line.box else None,
        "confidence": line.confidence,
        "second": encode(line.second),
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "kind": mark.kind,
        "box": encode(mark.box),
        "scores": dict(mark.scores),
        "text": mark.text,
    }


def _text_lines(document: Document) -> Iterator[str]:
    kind = KINDS[document.kind] if document.kind else "类型未定"
    why = f"（{clean(document.kind_reason)}）" if document.kind_reason else ""
    yield f"{clean(document.source.uri)}  {kind}{why}  {document.pages} 页"
    for passage in document.passages:
        yield ""
        yield _heading(passage)
        yield from map(clean, passage.text.split("\n"))
    for mark in document.marks:
        name = MARKS.get(mark.kind, mark.kind)
        yield f"── 第 {mark.box.page + 1} 页 {name} {clean(mark.text)}".rstrip()
    for problem in document.problems:
        page = f"第 {problem.page + 1} 页 " if problem.page is not None else ""
        name = PROBLEMS.get(problem.code, problem.code)
        yield f"未读全：{page}{name}：{clean(problem.message)}"
    if not document.passages:
        yield "没有读到文字。"


def _heading(passage: Passage) -> str:
    parts = [f"第 {passage.index + 1} 段", PASSAGES[passage.kind]]
    if passage.page is not None:
        parts.append(f"第 {passage.page + 1} 页")
    if passage.engine:
        parts.append(passage.engine)
    sure = [line.confidence for line in passage.lines if line.confidence is not None]
    if sure:
        parts.append(f"最低把握 {min(sure):.0%}")
    return "── " + " · ".join(parts)
