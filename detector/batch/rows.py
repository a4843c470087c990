"""Results → rows of the parts (schema.py)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from detector.batch.schema import FINDINGS, PAGES
from detector.batch.values import Page
from detector.model import Box, Finding, Outcome, SourceResult
from detector.report.build import is_unread
from detector.report.encode import encode

# Fields of a result that few pages have, and that are kept as JSON.
DETAILS = ("marks", "certificates", "registry")


class Rows:
    """Gathers the rows of one chunk, column by column."""

    def __init__(self, container: str, rules: str, keep_dismissed: bool) -> None:
        """`container` and `rules` (the hash of the rule set) are those of all rows."""
        self._container = container
        self._rules = rules
        self._keep_dismissed = keep_dismissed
        self._findings: dict[str, list[Any]] = {name: [] for name in FINDINGS.names}
        self._pages: dict[str, list[Any]] = {name: [] for name in PAGES.names}

    def add(
        self,
        page: Page,
        position: int,
        result: SourceResult,
        content: str,
        repeated: bool,
    ) -> None:
        """Add a page and what was found on it, masked before where it must be.

        `content` is the hash of its texts; `repeated` tells that an equal page was judged.
        """
        shared = self._shared(page, position, result, content)
        _append(self._pages, shared | _page_row(result, repeated))
        for finding in result.findings:
            if self._keep_dismissed or finding.outcome is not Outcome.DISMISSED:
                row = shared | _finding_row(finding) | {"rules": self._rules}
                _append(self._findings, row)

    def tables(self) -> tuple[pa.Table, pa.Table]:
        """Return the findings and the pages."""
        return _table(self._findings, FINDINGS), _table(self._pages, PAGES)

    def _shared(
        self, page: Page, position: int, result: SourceResult, content: str
    ) -> dict[str, Any]:
        return {
            "address": page.address,
            "host": host_of(page.address, self._container),
            "captured": page.captured,
            "container": self._container,
            "position": position,
            "media_type": result.source.media_type,
            "content": content or None,
            "kind": result.kind.value,
        }


def host_of(address: str, container: str) -> str:
    """Return the site that a page counts under: its host, or the container of a page without."""
    if "://" not in address:
        return container
    try:
        host = urlsplit(address).hostname
    except ValueError:  # brackets that hold no IPv6 address
        host = None
    return host or container


def _append(columns: dict[str, list[Any]], row: dict[str, Any]) -> None:
    for name, column in columns.items():
        column.append(row[name])


def _page_row(result: SourceResult, repeated: bool) -> dict[str, Any]:
    outcomes = [finding.outcome for finding in result.findings]
    return {
        "kind_reason": result.kind_reason,
        "size": result.source.size,
        "sha256": result.source.sha256,
        "pages": result.pages,
        "repeated": repeated,
        "unread": is_unread(result),
        "report": outcomes.count(Outcome.REPORT),
        "review": outcomes.count(Outcome.REVIEW),
        "dismissed": outcomes.count(Outcome.DISMISSED),
        "problems": [
            {"code": one.code, "message": one.message, "page": one.page} for one in result.problems
        ],
        "details": _details(result),
    }


def _finding_row(finding: Finding) -> dict[str, Any]:
    anchor = finding.anchor
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "clauses": finding.clauses,
        "see_also": finding.see_also,
        "term": finding.term,
        "severity": finding.severity.value,
        "outcome": finding.outcome.value,
        "field": anchor.field.value if anchor.field else None,
        "passage": anchor.passage,
        "start": finding.span.start,
        "end": finding.span.end,
        "surface": finding.surface,
        "excerpt": finding.excerpt,
        "highlight_start": finding.highlight.start,
        "highlight_end": finding.highlight.end,
        "line": anchor.line,
        "column": anchor.column,
        "page": anchor.page,
        "boxes": [_box(box) for box in anchor.boxes],
        "confidence": anchor.confidence,
        "engine": anchor.engine,
        "second": [encode(one) for one in anchor.second],
        "evasion": finding.evasion.value if finding.evasion else None,
        "reasons": [encode(reason) for reason in finding.reasons],
        "message": finding.message,
        "suggestion": finding.suggestion,
    }


def _box(box: Box) -> dict[str, Any]:
    return {"page": box.page, "polygon": [number for point in box.polygon for number in point]}


def _details(result: SourceResult) -> str | None:
    details = {name: encode(getattr(result, name)) for name in DETAILS if getattr(result, name)}
    return json.dumps(details, ensure_ascii=False) if details else None


def _table(columns: dict[str, list[Any]], schema: pa.Schema) -> pa.Table:
    try:
        return pa.Table.from_pydict(columns, schema=schema)
    except UnicodeEncodeError:  # pages may spell out lone surrogates, which Arrow cannot hold
        return pa.Table.from_pydict(_sound(columns), schema=schema)


def _sound(value: Any) -> Any:
    """Return a value with the lone surrogates in its texts replaced, one for one."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list | tuple):
        return [_sound(member) for member in value]
    if isinstance(value, dict):
        return {name: _sound(member) for name, member in value.items()}
    return value
