"""Scanner: documents judged in batches give what each gives alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import cycle, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector import Scanner
from detector.errors import UsageError
from detector.judge.second_reader import SecondReader
from detector.model import Document, DocumentKind, Passage, PassageKind, Source, SourceResult
from detector.settings import Settings

ROOT = Path(__file__).parents[1]
CASES = ROOT / "benchmarks" / "cases" / "train.jsonl"
SAMPLES = ROOT / "samples"
EXPECTED = sorted(SAMPLES.rglob("*.expected.json"))
READ_QUICKLY = (".txt", ".html", ".md", ".docx")
SCANNER = Scanner(jurisdiction=("GD", "YQ", "HN", "JS"))
WORDS = (
    *("包过", "国家认可", "电工证", "培训", "报名", "人社部", "证书", "不合格退款", "家国", "天气"),
    *("www.osta-cn.example.com", "bao过", "包\u200b过", "。", "\n", " ", "，", "ﷺ", "&amp;"),
)
PASSAGES = st.tuples(
    st.sampled_from(PassageKind), st.lists(st.sampled_from(WORDS), max_size=8).map("".join)
)
KINDS = st.sampled_from([None, *DocumentKind])


def document(passages: Iterable[tuple[PassageKind, str]], kind: str | None = None) -> Document:
    numbered = tuple(Passage(at, where, text) for at, (where, text) in enumerate(passages))
    known = None if kind is None else DocumentKind(kind)
    return Document(Source("a.html"), numbered, known, "由试验指定" if known else "")


def timeless(results: Iterable[SourceResult]) -> list[SourceResult]:
    return [replace(result, seconds=0.0) for result in results]


def assert_same_in_batches(documents: list[Document], kind: str | None = None) -> None:
    together = timeless(SCANNER.scan_documents(documents, kind))
    assert together == timeless(SCANNER.scan_document(one, kind) for one in documents)


def sample_documents() -> Iterator[Document]:
    """Yield the samples as they are read, those that would take OCR with the text expected."""
    for path in EXPECTED:
        sample = path.with_name(path.name.removesuffix(".expected.json"))
        expected: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if sample.suffix in READ_QUICKLY:
            yield SCANNER.read_file(sample)
        elif "text" in expected:
            lines = [(PassageKind.OCR, "\n".join(pair)) for pair in pairwise(expected["text"])]
            yield document(lines)
            yield document(lines, expected["kind"])


def case_documents() -> Iterator[Document]:
    """Yield labelled texts as pages of several passages; some have a kind of their own."""
    lines = CASES.read_text(encoding="utf-8").splitlines()[::4]
    wheres = cycle([PassageKind.TITLE, PassageKind.ALT, PassageKind.HIDDEN, PassageKind.META])
    for number, case in enumerate(map(json.loads, lines)):
        head, *rest = case["text"].split("\n")
        others = [(PassageKind.ALT, "首页"), (PassageKind.BODY, "\n".join(rest) or "今天天气好。")]
        known = case["kind"] if number % 3 == 0 else None
        yield document([(next(wheres), head), *others], known)


def test_samples_give_in_batches_what_they_give_alone():
    assert_same_in_batches(list(sample_documents()))


@pytest.mark.parametrize("kind", [None, "ad"])
def test_labelled_texts_give_in_batches_what_they_give_alone(kind):
    assert_same_in_batches(list(case_documents()), kind)


@given(st.lists(st.tuples(st.lists(PASSAGES, max_size=5), KINDS), max_size=6))
@settings(max_examples=100, deadline=None)
def test_documents_give_in_batches_what_they_give_alone(drawn):
    assert_same_in_batches([document(passages, kind) for passages, kind in drawn])


def test_passages_that_are_not_opened_hold_nothing_and_what_was_read_before_changes_nothing(
    monkeypatch,
):
    documents = [*sample_documents(), *case_documents()]
    known = timeless(SCANNER.scan_documents(documents))
    monkeypatch.setattr(SecondReader, "choose", lambda self, texts, *case: texts.keys())
    fresh = Scanner(jurisdiction=("GD", "YQ", "HN", "JS"))
    assert timeless(fresh.scan_documents(reversed(documents))) == known[::-1]


def test_documents_do_not_lend_each_other_their_scope():
    pages = [document([(PassageKind.BODY, text)]) for text in ("电工培训", "包过")]
    assert [bool(result.findings) for result in SCANNER.scan_documents(pages)] == [False, False]


def test_documents_are_taken_only_as_batches_need_them():
    taken = []
    small = Scanner(Settings(batch_passages=3))
    pages = (taken.append(n) or document([(PassageKind.BODY, "天气")]) for n in range(9))
    next(small.scan_documents(pages))
    assert taken == [0, 1, 2]


def test_an_unknown_kind_is_refused():
    with pytest.raises(UsageError, match="没有名为 page 的材料类型"):
        list(SCANNER.scan_documents([], "page"))
