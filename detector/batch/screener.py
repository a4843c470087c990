"""Pages read and judged in batches; a text that was met before is not judged again."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from detector.batch.values import Page
from detector.errors import ProblemCode, ShanzhaiError
from detector.judge import in_source
from detector.model import Document, Problem, Source, SourceResult
from detector.report.mask import choose_labels, hide_numbers, protect

if TYPE_CHECKING:
    from detector.scanner import Scanner

# Told the first page and the number of pages that are worked on from now on.
Standing = Callable[[int, int], None]


def ignore_standing(first: int, count: int) -> None:
    """Tell nobody which pages are worked on."""


class Screened(NamedTuple):
    """A page's result; `content` is the hash of what was read, "" where nothing was.

    `repeated` where the judgement was taken from a page with the same texts.
    """

    page: Page
    result: SourceResult
    content: str
    repeated: bool


@dataclass(frozen=True, slots=True)
class _Read:
    """A page that was read; `content` is empty where it must be judged for itself."""

    page: Page
    document: Document
    content: str


class Screener:
    """Judges pages under one scanner. One screener belongs to one thread."""

    def __init__(self, scanner: Scanner) -> None:
        """Take the scanner's settings; raises UsageError where personal data cannot be masked."""
        self.scanner = scanner
        self._labels = choose_labels(scanner.rulebook.lexicons, scanner.settings)
        self._known: OrderedDict[str, SourceResult] = OrderedDict()

    def screen(
        self, pages: Iterable[Page], batch: int, standing: Standing = ignore_standing
    ) -> Iterator[Screened]:
        """Yield the result of each page, in order, `batch` pages judged at a time.

        The results are those of judging each page alone. A bug that one page meets is that
        page's problem. Raises only what the user must mend (a part that is missing).
        """
        remaining, first = iter(pages), 0
        while taken := self._read(remaining, batch, first, standing):
            standing(first, len(taken))
            yield from self._judge(taken)
            first += len(taken)

    def _read(
        self, pages: Iterator[Page], batch: int, first: int, standing: Standing
    ) -> list[_Read]:
        taken = []
        standing(first, 1)
        for at, page in enumerate(islice(pages, batch), start=first + 1):
            taken.append(self._read_one(page))
            standing(at, 1)
        return taken

    def _read_one(self, page: Page) -> _Read:
        source = Source(uri=page.address, media_type=page.media_type)
        if page.problem is not None:
            return _Read(page, Document(source, problems=(page.problem,)), "")
        try:
            document = self.scanner.read_bytes(page.data, source, page.charset)
        except ShanzhaiError:
            raise
        except Exception as error:
            return _Read(page, _failed(source, error), "")
        # What stands on pictures is judged with its places and its marks, each for itself.
        plain = document.passages and not document.marks and document.passages[0].page is None
        return _Read(page, document, _hash_texts(document) if plain else "")

    def _judge(self, taken: list[_Read]) -> Iterator[Screened]:
        """Judge what is new among the pages, then give each page its own result."""
        first: dict[str, int] = {}
        for at, one in enumerate(taken):
            if one.content not in self._known:
                first.setdefault(one.content or f"page {at}", at)
        fresh = list(first.values())
        judged = self._judge_all([_without_source(taken[at]) for at in fresh])
        results = dict(zip(fresh, judged, strict=True))
        self._known.update((one, results[at]) for one, at in first.items() if taken[at].content)
        for at, one in enumerate(taken):
            result = results[at] if at in results else self._known[one.content]
            yield Screened(one.page, _placed(result, one), one.content, at not in results)
        while len(self._known) > self.scanner.settings.same_texts:
            self._known.popitem(last=False)

    def _judge_all(self, documents: list[Document]) -> list[SourceResult]:
        """Judge documents together; where that fails, one by one, to find the one at fault."""
        try:
            results = list(self.scanner.scan_documents(documents))
        except ShanzhaiError:
            raise
        except Exception:
            results = [self._judge_one(document) for document in documents]
        return [self._masked(*pair) for pair in zip(documents, results, strict=True)]

    def _judge_one(self, document: Document) -> SourceResult:
        try:
            return self.scanner.scan_document(document)
        except ShanzhaiError:
            raise
        except Exception as error:
            return self.scanner.scan_document(_failed(document.source, error))

    def _masked(self, document: Document, result: SourceResult) -> SourceResult:
        telling = result.findings or result.marks or result.certificates
        if self._labels is None or not telling:
            return result
        return hide_numbers(protect(result, document, self._labels))


def _without_source(one: _Read) -> Document:
    return replace(one.document, source=Source(uri="")) if one.content else one.document


def _placed(result: SourceResult, one: _Read) -> SourceResult:
    """Return a result that was judged without a source as that of a page."""
    if not one.content:
        return result
    source = one.document.source
    findings = tuple(
        replace(finding, fingerprint=in_source(finding.fingerprint, source))
        for finding in result.findings
    )
    problems = one.document.problems
    return replace(result, source=source, findings=findings, problems=problems)


def _hash_texts(document: Document) -> str:
    """Hash what a document says and where: markup, scripts and encoding do not matter."""
    shape = " ".join([f"{one.kind} {len(one.text)}" for one in document.passages])
    whole = "".join([shape, *[one.text for one in document.passages]])
    data = whole.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _failed(source: Source, error: Exception) -> Document:
    what = f"程序出错：{type(error).__name__}，未能完成。这是程序的缺陷，请报告给维护者。"
    return Document(source, problems=(Problem(ProblemCode.FAILED, what),))
