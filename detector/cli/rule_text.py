"""Rules as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detector.examples import example_settings
from detector.model import Clause, ClauseRef, Example, Rule
from detector.report.columns import pad, wrap
from detector.report.labels import EVASIONS, KINDS, OUTCOMES, SEVERITIES
from detector.rulebook import RuleBook

_GROUPS = (("应当命中", "hits"), ("不应命中", "misses"), ("识破规避", "evasions"))
_LABEL_COLUMNS = 10


def list_rules(book: RuleBook) -> Iterator[str]:
    """Yield one line for each rule: id, severity, usual outcome, title."""
    widest = max((len(rule.id) for rule in book.rules), default=0)
    for rule in book.rules:
        outcome = pad(OUTCOMES[rule.default], 10)
        yield f"{rule.id:<{widest}}  {SEVERITIES[rule.severity]}  {outcome}  {rule.title}"
    yield f"共 {len(book.rules)} 条规则，规则集版本 {book.version}。"


def show_rule(book: RuleBook, rule: Rule, width: int) -> Iterator[str]:
    """Yield the lines that show one rule with its clauses, words and examples."""
    yield f"{rule.id}  {rule.title}"
    for label, lines in _entries(book, rule):
        for line in lines:
            for row in wrap(line, width - _LABEL_COLUMNS - 2):
                yield f"  {pad(label, _LABEL_COLUMNS)}{row}"
                label = ""  # stands beside the first row only


def _entries(book: RuleBook, rule: Rule) -> Iterator[tuple[str, Iterable[str]]]:
    unsure = "" if rule.status == "verified" else "（尚未核实）"
    yield "等级", [f"{SEVERITIES[rule.severity]}{unsure}"]
    yield "通常", [OUTCOMES[rule.default]]
    yield "材料", ["、".join(KINDS[kind] for kind in KINDS if kind in rule.kinds)]
    yield "依据", (line for ref in rule.clauses for line in _clause(book, ref))
    yield "参见", rule.see_also
    yield "列举", ["、".join(rule.listed)]
    yield "写法", _spellings(rule)
    yield "句式", (pattern.expression for pattern in rule.patterns)
    yield "语境", dict.fromkeys(cue.detail for cue in rule.cues)
    yield "须核实", [rule.message]
    yield "改写", [rule.suggestion]
    for label, group in _GROUPS:
        yield label, map(_example, getattr(rule, group))


def _clause(book: RuleBook, ref: ClauseRef) -> Iterator[str]:
    clause: Clause = book.clause(ref.clause)
    notice = book.notice(clause.notice)
    kinds = "、".join(KINDS[kind] for kind in KINDS if kind in ref.kinds)
    only = f"（限{kinds}）" if kinds else ""
    yield f"{clause.id}  {notice.short} {clause.heading}{only}"
    yield clause.summary


def _spellings(rule: Rule) -> Iterator[str]:
    """Yield the other ways in which each listed term is written, with the kind of disguise."""
    for listed in rule.listed:
        others = [
            f"{term.text}（{EVASIONS[term.evasion]}）" if term.evasion else term.text
            for term in rule.terms
            if term.listed == listed and term.text != listed
        ]
        if others:
            yield f"{listed}：{'、'.join(others)}"


def _example(example: Example) -> str:
    return f"{example.text}  [{example_settings(example)}]"
