"""Beside the screening of a crawl: an HTML parser alone, and word searches alone.

    python -m benchmarks.crawl_peers [--small] [--no-write]

The parser reads decoded markup, the searches read text that was taken out of it before. None of
them decodes bytes, undoes disguises or judges what it finds: screening cannot be faster than the
former, and the latter are what a plain word filter would be in its place. All run in turn on the
same pages; the best CPU time of some rounds counts. These machines are shared: only the ratios
within one run mean something.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from functools import partial

from flashtext import KeywordProcessor
from selectolax.lexbor import LexborHTMLParser

from benchmarks.crawl_pages import CrawledPage, draw_crawl
from benchmarks.record import write_results
from benchmarks.speed import Run, best_times, daachorse_alone, pyahocorasick_alone, word_lists
from detector import Scanner
from detector.read.charset import decode

PAGES, ROUNDS = 2000, 5
SLOW_PAGES, SLOW_ROUNDS = 500, 2  # of what is pure Python
ATTRIBUTES = ("alt", "title", "placeholder", "aria-label")
_WITH_WORDS = ",".join(f"[{name}]" for name in ATTRIBUTES)
_END = ""  # the key of a trie that no character equals
_BUILDERS = {"pyahocorasick": pyahocorasick_alone, "daachorse": daachorse_alone}


def measure(pages: Iterable[CrawledPage], rounds: int = ROUNDS) -> dict[str, dict]:
    """Return a row for each peer; slow ones are measured on the first pages and scaled to all.

    `megabytes_a_second` counts UTF-8 of what the peer reads, be it markup or text.
    """
    html = [decode(page.body, page.declared).text for page in pages]
    texts = [plain_text(source) for source in html]
    words, terms = word_lists(Scanner())
    lists = {"all words": words, "terms of the packs": terms}
    parsers: dict[str, Run] = {
        "selectolax, parse": lambda: sum(map(_parsed, html)),
        "selectolax, parse and take out text": lambda: sum(len(plain_text(one)) for one in html),
    }
    searches = {
        f"{name} alone, {which}": build(listed, texts)
        for name, build in _BUILDERS.items()
        for which, listed in lists.items()
    }
    few = texts[:SLOW_PAGES]
    slow = {
        f"{name}, {which}": build(listed, few)
        for name, build in {"trie in Python": trie_filter, "flashtext": flashtext_alone}.items()
        for which, listed in lists.items()
    }
    return {
        **_rows(parsers, rounds, html, len(html)),
        **_rows(searches, rounds, texts, len(texts)),
        **_rows(slow, min(rounds, SLOW_ROUNDS), few, len(texts)),
    }


def _rows(runs: dict[str, Run], rounds: int, sources: list[str], pages: int) -> dict[str, dict]:
    """Measure runs over the sources; times and finds are scaled where these are not all pages."""
    seconds, found = best_times(runs, rounds)
    megabytes = sum(len(source.encode()) for source in sources) / 1e6
    scale = pages / len(sources)
    scaled = {"scaled_from_pages": len(sources)} if scale > 1 else {}
    return {
        name: {
            "seconds_cpu": round(seconds[name] * scale, 4),
            "megabytes_a_second": round(megabytes / seconds[name], 2),
            "pages_a_second": round(len(sources) / seconds[name], 1),
            "finds": round(found[name] * scale),
            **scaled,
        }
        for name in runs
    }


def _parsed(source: str) -> bool:
    return LexborHTMLParser(source).root is not None


def plain_text(source: str) -> str:
    """Return the text of a page as a plain extraction takes it: a piece a line."""
    return "\n".join(_pieces(LexborHTMLParser(source)))


def _pieces(tree: LexborHTMLParser) -> Iterator[str]:
    tree.strip_tags(["script", "style"])
    if title := tree.css_first("title"):
        yield title.text()
    for meta in tree.css("meta[content]"):
        yield meta.attributes["content"] or ""
    for node in tree.css(_WITH_WORDS):
        attributes = node.attributes
        yield from (attributes[name] or "" for name in ATTRIBUTES if name in attributes)
    if tree.body is not None:
        yield tree.body.text()


def trie_filter(words: list[str], texts: list[str]) -> Run:
    """Return what counts all occurrences of the words as tutorials on word filters write it."""
    return partial(_count_in_trie, _trie(words), texts)


def _trie(words: list[str]) -> dict:
    trie: dict = {}
    for word in words:
        level = trie
        for character in word:
            level = level.setdefault(character, {})
        level[_END] = True
    return trie


def _count_in_trie(trie: dict, texts: list[str]) -> int:
    found = 0
    for text in texts:
        for start in range(len(text)):
            level = trie
            for at in range(start, len(text)):
                level = level.get(text[at])
                if level is None:
                    break
                found += _END in level
    return found


def flashtext_alone(words: list[str], texts: list[str]) -> Run:
    """Return what counts words with flashtext: the longest at each place, none overlapping.

    Chinese is written without blanks, so its users let words end at any character. It steps over
    a word that follows right after another one.
    """
    processor = KeywordProcessor(case_sensitive=True)
    processor.set_non_word_boundaries(set())
    processor.add_keywords_from_list(words)
    return lambda: sum(len(processor.extract_keywords(text)) for text in texts)


def main() -> int:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--no-write", action="store_true")
    arguments = parser.parse_args()
    results = measure(
        draw_crawl(100 if arguments.small else PAGES), 1 if arguments.small else ROUNDS
    )
    print(json.dumps(results, ensure_ascii=False, indent=1))
    if not (arguments.small or arguments.no_write):
        print(write_results("crawl_peers", results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
