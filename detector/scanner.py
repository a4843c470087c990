"""Scanner: the one file that knows all rooms. One source in, one SourceResult out."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

from detector.errors import UsageError
from detector.judge import Judge
from detector.match import Matched, Matcher
from detector.model import Document, DocumentKind, Institution, Source, SourceResult
from detector.ocr import Engine, load_engine
from detector.read import PageListener, Task, ignore_page, read_bytes, read_source, read_text
from detector.registry import Registry, load_institutions
from detector.rulebook import RuleBook, load_rules
from detector.settings import Settings, load_settings
from detector.tagger import Tagger
from detector.text import Borders, Normaliser

if TYPE_CHECKING:
    from detector.marks import MarkFinder

KIND_GIVEN = "由使用者指定"


class Scanner:
    """Reads sources and judges them under a rule book, for some jurisdictions on one day.

    National notices always apply; local ones where `jurisdiction` names their code. Options
    given here win over `settings`. One scanner belongs to one thread.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        jurisdiction: str | Sequence[str] = (),
        as_of: date | None = None,
        rules: Path | None = None,
        institutions: Sequence[Institution] | None = None,
    ) -> None:
        """Load the rules; raises RuleError, or UsageError for an unknown jurisdiction.

        `institutions` stand in for the registry that the settings name.
        """
        settings = settings or load_settings()
        codes = (jurisdiction,) if isinstance(jurisdiction, str) else tuple(jurisdiction)
        self.settings = replace(
            settings,
            jurisdiction=codes or settings.jurisdiction,
            as_of=as_of or settings.as_of or date.today(),
            rules=rules or settings.rules,
        )
        self.rulebook: RuleBook = load_rules(self.settings.rules)
        self.rulebook.check_jurisdictions(self.settings.jurisdiction)
        self._rules = self.rulebook.asked_for(self.settings.packs)
        self._given_institutions = institutions

    def warm_up(self) -> None:
        """Load now what would be loaded with the first text that tells of something."""
        examples = (rule.hits[0] for rule in self._rules if rule.hits and not rule.check)
        for example in islice(examples, 1):
            self.scan_text(example.text, example.kind)

    def scan_text(self, text: str, kind: str | None = None) -> SourceResult:
        """Judge one text; `kind` None infers it."""
        return self.scan_document(read_text(text), kind)

    def scan_texts(self, texts: Iterable[str], kind: str | None = None) -> Iterator[SourceResult]:
        """Judge texts in batches: the same results as scan_text, faster."""
        return self.scan_documents(map(read_text, texts), kind)

    def scan_documents(
        self, documents: Iterable[Document], kind: str | None = None
    ) -> Iterator[SourceResult]:
        """Judge documents in batches: the same results as scan_document, faster."""
        asked, remaining = self._asked(kind), iter(documents)
        while batch := list(islice(remaining, self.settings.batch_passages)):
            for given, group in groupby(batch, key=lambda document: document.kind):
                yield from self._scan_together(list(group), asked or given, kind)

    def _scan_together(
        self, documents: Sequence[Document], known: DocumentKind | None, kind: str | None
    ) -> Iterator[SourceResult]:
        """Judge documents that are `known` to be of one kind, or all of none."""
        groups = [at for at, document in enumerate(documents) for _ in document.passages]
        texts = [passage.text for document in documents for passage in document.passages]
        matched = iter(self._matcher.find(texts, groups, known))
        for document in documents:
            yield self._result(document, list(islice(matched, len(document.passages))), kind)

    def scan_file(self, path: str | Path, kind: str | None = None) -> SourceResult:
        """Read and judge one file; what could not be read is among the result's problems."""
        return self.scan_source(Source(uri=str(path)), kind)

    def scan_source(self, source: Source, kind: str | None = None) -> SourceResult:
        """Read and judge one source."""
        started = time.perf_counter()
        result = self.scan_document(self.read_source(source), kind)
        return replace(result, seconds=time.perf_counter() - started)

    def scan_document(self, document: Document, kind: str | None = None) -> SourceResult:
        """Judge what was read from a source."""
        [result] = self.scan_documents([document], kind)
        return result

    def read_file(self, path: str | Path) -> Document:
        """Read one file without judging it."""
        return self.read_source(Source(uri=str(path)))

    def read_source(self, source: Source, on_page: PageListener = ignore_page) -> Document:
        """Read one source without judging it; the OCR engine is loaded when first needed.

        `on_page` is called after each page of paged material, with the number of its pages.
        """
        return read_source(
            source, self.settings, lambda: self._engine, on_page, lambda: self._finder
        )

    def read_bytes(self, data: bytes, source: Source, declared: str = "") -> Document:
        """Read bytes that were loaded before; `declared` is the encoding named outside of them.

        The source's media type, where it has one, is what they were declared to be.
        """
        task = Task(
            data,
            self.settings,
            lambda: self._engine,
            finder=lambda: self._finder,
            declared=declared,
        )
        return read_bytes(task, source)

    def _result(
        self, document: Document, matched: Sequence[Matched], kind: str | None
    ) -> SourceResult:
        started = time.perf_counter()
        chosen, why = self._kind(document, matched, kind)
        assert self.settings.as_of is not None
        on = self.settings.as_of
        certificates = self._judge.read_certificates(document, chosen)
        registry = self._judge.look_up(document, chosen, certificates, on)
        findings = self._judge.judge(
            document, matched, chosen, self.settings.jurisdiction, on, certificates, registry
        )
        return SourceResult(
            source=document.source,
            kind=chosen,
            kind_reason=why,
            findings=findings,
            marks=document.marks,
            certificates=certificates,
            registry=registry,
            problems=document.problems,
            pages=document.pages,
            seconds=time.perf_counter() - started,
        )

    def _kind(
        self, document: Document, matched: Sequence[Matched], given: str | None
    ) -> tuple[DocumentKind, str]:
        asked = self._asked(given)
        if asked is not None:
            return asked, KIND_GIVEN
        if document.kind is not None:
            return document.kind, document.kind_reason
        hit = any(match.hits for match in matched)
        if not (hit or self._judge.is_worth_reading(document, matched)):
            return DocumentKind.WEB, "未见培训、评价或证书，类型未作推断"
        return self._judge.infer_kind(document, matched)

    def _asked(self, given: str | None) -> DocumentKind | None:
        asked = given or self.settings.kind
        return _document_kind(asked) if asked else None

    @cached_property
    def _normaliser(self) -> Normaliser:
        return Normaliser.load(self.settings.rules / "lexicon")

    @cached_property
    def _matcher(self) -> Matcher:
        scope = frozenset(
            entry.text
            for name in ("scope", "occupations")
            for entry in self.rulebook.lexicons[name].entries
        )
        disguises = self.rulebook.lexicons["disguises"]
        return Matcher(self._rules, scope, self._judge.words, disguises, self._normaliser)

    @cached_property
    def _judge(self) -> Judge:
        tagger = Tagger(self.settings.tagger) if self.settings.tagger else None
        return Judge(
            self.rulebook, Borders(), tagger, self.settings.excerpt_context, self._registry
        )

    @cached_property
    def _registry(self) -> Registry | None:
        listed = self._given_institutions
        if listed is None:
            listed = load_institutions(self.settings.casebook)
        return Registry(listed, self.rulebook.lexicons["institutions"]) if listed else None

    @cached_property
    def _engine(self) -> Engine:
        return load_engine(self.settings.ocr_engine, self.settings)

    @cached_property
    def _finder(self) -> MarkFinder | None:
        # Named here and not above: it would load OpenCV with every text that is scanned.
        from detector.marks import load_finder

        return load_finder(self.settings, self._engine) if self.settings.marks else None


def _document_kind(name: str) -> DocumentKind:
    try:
        return DocumentKind(name)
    except ValueError as error:
        choices = "、".join(DocumentKind)
        raise UsageError(f"没有名为 {name} 的材料类型。可用：{choices}。") from error
