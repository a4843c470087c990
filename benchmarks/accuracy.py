"""Accuracy on the labelled cases: a naive list of words, rules alone, tagger alone, both.

    python -m benchmarks.accuracy [CASES.jsonl …] [--small] [--no-write]

On `train.jsonl`, which the tagger was trained on, it reads each author with weights that were
trained without that author's texts (`make folds`); where there are none, it is left out there.

A finding is right when it overlaps a labelled span and one of its clauses is among the label's
clause and `also`; a label is found when some finding is right for it; findings that touch only a
neutral span count neither way. "strict" counts outcome report, "loose" report and review.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import ahocorasick

from benchmarks.record import write_results
from detector import Scanner, load_rules
from detector.judge.context import Case
from detector.model import DocumentKind
from detector.rulebook import RuleBook
from detector.settings import load_settings, shipped_tagger
from detector.tagger import Tagger
from detector.text import Normaliser

CASES = Path(__file__).parent / "cases"
FOLDS = Path(__file__).parents[1] / ".cache" / "tagger"  # written by scripts.train.tagger
LIKELY, POSSIBLE = 0.8, 0.5  # of the tagger alone: strict, and loose
DEFAULT = (CASES / "dev.jsonl", CASES / "train.jsonl")
SMALL = 40
# What a word filter without rules would look for, with the clause it would cite.
NAIVE_WORDS = ("中华人民共和国", "国家", "全国", "中国", "包过", "保过", "职业资格", "人社部")
NAIVE_CLAUSES = frozenset(
    {"CN-2022-25#一（一）", "CN-2022-25#一（二）", "CN-2023-SAMR#二（三）5", "GD-2022#二（一）"}
    | {"GD-2022#二（二）", "YQ-2023-196#二（三）5"}
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a method says of a text: a span and the clauses it cites, counted when strict or not."""

    start: int
    end: int
    clauses: frozenset[str]
    strict: bool


Method = Callable[[dict, Path], list[Claim]]  # of a case, with the weights for the tagger


@cache
def _scanner(jurisdiction: str, weights: Path | None) -> Scanner:
    return Scanner(replace(load_settings(), tagger=weights), jurisdiction=jurisdiction)


def _claims_of_detector(case: dict, weights: Path | None) -> list[Claim]:
    """Claim what the detector reports or holds for review."""
    scanner = _scanner(case["jurisdiction"], weights)
    return [
        Claim(f.span.start, f.span.end, frozenset(f.clauses), f.outcome == "report")
        for f in scanner.scan_text(case["text"], kind=case["kind"]).findings
        if f.outcome != "dismissed"
    ]


def rules_alone(case: dict, weights: Path) -> list[Claim]:
    """Claim what the rules say without the tagger."""
    return _claims_of_detector(case, None)


def rules_and_tagger(case: dict, weights: Path) -> list[Claim]:
    """Claim what the detector says as it is shipped, with these weights."""
    return _claims_of_detector(case, weights)


@cache
def _tools(weights: Path) -> tuple[RuleBook, Normaliser, Tagger]:
    rules = load_settings().rules
    return load_rules(rules), Normaliser.load(rules / "lexicon"), Tagger(weights)


def tagger_alone(case: dict, weights: Path) -> list[Claim]:
    """Claim what the tagger sees in the whole text, likely enough by its best F1 on authors out."""
    book, normaliser, tagger = _tools(weights)
    places = () if case["jurisdiction"] == "CN" else (case["jurisdiction"],)
    kind, on = DocumentKind(case["kind"]), date.today()
    applying = Case.of(book, kind, places, on)
    view = normaliser.normalise([case["text"]]).view(0)
    allowed = applying.clauses.keys()
    (reading,) = tagger.read([view.text], kind, allowed, applying.elsewhere)
    return [
        Claim(
            *view.original(seen.at),
            frozenset(applying.clauses[seen.rule]),
            seen.probability >= LIKELY,
        )
        for seen in reading.mentions(POSSIBLE)
    ]


@cache
def _naive_automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word in NAIVE_WORDS:
        automaton.add_word(word, len(word))
    automaton.make_automaton()
    return automaton


def naive_list(case: dict, weights: Path) -> list[Claim]:
    """Claim every occurrence of eight words, whatever stands round it."""
    return [
        Claim(end - size + 1, end + 1, NAIVE_CLAUSES, True)
        for end, size in _naive_automaton().iter(case["text"])
    ]


METHODS: dict[str, Method] = {
    "naive list": naive_list,
    "rules": rules_alone,
    "tagger": tagger_alone,
    "both": rules_and_tagger,
}
LEARNED = ("tagger", "both")


def weights_for(case: dict) -> Path:
    """Return weights that were trained without a case; they may not have been made."""
    author = case["id"].rsplit("-", 1)[0]
    return shipped_tagger() if author == "dev" else FOLDS / f"{author}.npz"


def count(case: dict, claims: Iterable[Claim]) -> Counter:
    """Count labels, found labels, claims and right claims of one case, and whether it is dirty."""
    labels = [
        (v["start"], v["start"] + len(v["span_text"]), {v["clause"], *v.get("also", ())})
        for v in case["violations"]
    ]
    neutral = [(n["start"], n["start"] + len(n["span_text"])) for n in case.get("neutral", ())]
    found: set[int] = set()
    tally = Counter(cases=1, labels=len(labels), clean=not labels)
    for claim in claims:
        hits = [i for i, (a, b, _) in enumerate(labels) if claim.start < b and a < claim.end]
        if not hits and any(claim.start < b and a < claim.end for a, b in neutral):
            continue
        right = [i for i in hits if labels[i][2] & claim.clauses]
        tally["claims"] += 1
        tally["right"] += bool(right)
        found.update(right)
    tally["found"] = len(found)
    tally["dirty"] = not labels and tally["claims"] > 0
    return tally


def figures(tally: Counter) -> dict[str, float | int]:
    """Turn counts into precision, recall, F1 and the share of clean texts with a claim."""
    precision = tally["right"] / tally["claims"] if tally["claims"] else 0.0
    recall = tally["found"] / tally["labels"] if tally["labels"] else 0.0
    both = precision + recall
    return {
        "cases": tally["cases"],
        "labels": tally["labels"],
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / both, 3) if both else 0.0,
        "clean": tally["clean"],
        "clean_with_a_finding": round(tally["dirty"] / tally["clean"], 3) if tally["clean"] else 0,
    }


def groups(case: dict) -> Iterator[str]:
    """Name the groups that a case belongs to."""
    yield "all"
    yield f"kind {case['kind']}"
    yield f"jurisdiction {case['jurisdiction']}"
    yield f"author {case['id'].rsplit('-', 1)[0]}"
    size = len(case["text"])
    yield "length " + ("under 60" if size < 60 else "60 to 300" if size < 300 else "over 300")
    note = case["note"].split()[0] if case["note"].split() else ""
    if note.startswith("ev-"):
        yield f"evasion {note}"
    for clause in sorted({v["clause"] for v in case["violations"]}):
        yield f"clause {clause}"


def measure(paths: Iterable[Path] = DEFAULT, small: bool = False) -> dict:
    """Measure every method on every file; `small` takes a spread of few cases."""
    out: dict = {}
    for path in paths:
        cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        if small:
            cases = cases[:: max(1, len(cases) // SMALL)]
        able = [name for name in METHODS if name not in LEARNED or _all_weights(cases)]
        out[path.stem] = {name: _measure(METHODS[name], cases) for name in able}
    return out


def _all_weights(cases: list[dict]) -> bool:
    return all(path.is_file() for path in {weights_for(case) for case in cases})


def _measure(method: Method, cases: list[dict]) -> dict:
    strict: dict[str, Counter] = defaultdict(Counter)
    loose: dict[str, Counter] = defaultdict(Counter)
    for case in cases:
        claims = method(case, weights_for(case))
        tight, wide = count(case, (c for c in claims if c.strict)), count(case, claims)
        for group in groups(case):
            strict[group].update(tight)
            loose[group].update(wide)
    return {
        group: {"strict": figures(strict[group]), "loose": figures(loose[group])}
        for group in sorted(strict, key=lambda g: (g != "all", g))
    }


def print_table(results: dict, stream: Iterable | None = None) -> None:
    """Print one row a file, group and method."""
    head = f"{'file':8}{'method':11}{'group':34}{'cases':>6}{'P':>7}{'R':>7}{'F1':>7}"
    print(head + f"{'clean':>7}{'dirty':>7}{'loose F1':>10}", file=stream)
    for file, methods in results.items():
        for method, rows in methods.items():
            for group, row in rows.items():
                s, w = row["strict"], row["loose"]
                print(
                    f"{file:8}{method:11}{group:34}{s['cases']:>6}{s['precision']:>7}"
                    f"{s['recall']:>7}{s['f1']:>7}{s['clean']:>7}{s['clean_with_a_finding']:>7}"
                    f"{w['f1']:>10}",
                    file=stream,
                )


def main() -> int:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", type=Path, default=DEFAULT)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--no-write", action="store_true")
    arguments = parser.parse_args()
    results = measure(arguments.cases, arguments.small)
    print_table(results)
    if not (arguments.small or arguments.no_write):
        print(write_results("accuracy", results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
