"""A finding under review as a terminal shows it: the words, the clause, and what people said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from detector.casebook.labels import VERDICTS
from detector.casebook.values import Decision, Verdict
from detector.casebook.walk import Look
from detector.model import Clause, Finding, Notice
from detector.report.columns import ELLIPSIS, clean, pad
from detector.report.labels import KINDS, STANDINGS
from detector.report.mask import Labels, mask_finding, mask_text
from detector.report.terminal import labelled, show_basis, show_reasons, show_words, style
from detector.report.wording import Lookup, cite, name_source

MOST_NAMED = 6
MOST_ALIKE = 3
LINE_BREAK = " / "
_TONES: Mapping[str, str] = {
    Verdict.CONFIRMED: "red",
    Verdict.DISMISSED: "green",
    Verdict.NEEDS_PAPERS: "yellow",
    Verdict.WITHDRAWN: "bright_black",
}


@dataclass(frozen=True, slots=True)
class Screen:
    """How findings are shown; `labels` None leaves personal data as it is, `width` is columns."""

    clauses: Lookup
    labels: Labels | None
    colour: bool
    width: int
    titles: Mapping[str, str] = field(default_factory=dict)  # of rules

    def show(self, look: Look, total: int) -> Iterator[str]:
        """Yield a finding with all that a decision on it rests on."""
        held = look.held
        finding = self._masked(held.finding)
        yield style(self._ruled(f"第 {look.place} 条，共 {total} 条"), self.colour, bold=True)
        yield from show_words(finding, held.source, "", self.colour, self.width)
        if "\n" in finding.excerpt:  # above are only the lines that the words touch
            yield from labelled("上下文", finding.excerpt.replace("\n", LINE_BREAK), self.width)
        yield from self._source(look, finding)
        yield from self._basis(finding)
        title = self.titles.get(finding.rule, "")
        yield from labelled("规则", f"{finding.rule} {title}", self.width)
        yield from show_reasons(finding, self.width)
        yield from labelled("须核实", finding.message, self.width)
        yield from self._named(look)
        yield from self._history(look)

    def say_decision(self, decision: Decision) -> str:
        """Return what someone decided, when and why, in a line."""
        day, _, time = decision.at.partition("T")
        why = f"：{mask_text(decision.reason)}" if decision.reason else ""
        verdict = style(VERDICTS[decision.verdict], self.colour, fg=_TONES[decision.verdict])
        return f"{day} {time[:5]} {clean(decision.reviewer)} {verdict}{clean(why)}"

    def _ruled(self, text: str) -> str:
        return pad(f"── {text} ", self.width, "─")

    def _source(self, look: Look, finding: Finding) -> Iterator[str]:
        """Yield where the original lies: it is for the reviewer to open, never for the program."""
        page = finding.anchor.page
        where = f"，第 {page + 1} 页" if page is not None else ""
        gone = "" if look.held.seen else "。最近一次扫描中已没有这处"
        what = f"{name_source(look.held.source)}{where}（{KINDS[look.held.kind]}）{gone}"
        yield from labelled("材料", what, self.width)

    def _basis(self, finding: Finding) -> Iterator[str]:
        first, others = finding.clauses[:1], finding.clauses[1:]
        yield from show_basis(first, self.clauses, self.width)
        for notice, clause in (self.clauses[id] for id in first if id in self.clauses):
            if clause.lists:
                yield from labelled("列举", "、".join(clause.lists), self.width)
            yield from labelled("施行", _in_force(notice, clause), self.width)
        also = "；".join(cite(self.clauses, id) for id in others)
        yield from labelled("另据", also, self.width)

    def _named(self, look: Look) -> Iterator[str]:
        label = "机构"
        for check in look.named[:MOST_NAMED]:
            like = f"（{check.entry}）" if check.entry and check.entry != check.name else ""
            what = f"{check.name}，{check.role}：{STANDINGS[check.standing]}{like}"
            yield from labelled(label, what, self.width)
            label = ""
        if len(look.named) > MOST_NAMED:
            yield from labelled("", f"{ELLIPSIS}另有 {len(look.named) - MOST_NAMED} 个", self.width)

    def _history(self, look: Look) -> Iterator[str]:
        said = [self._plainly(decision) for decision in look.history]
        for one in look.alike[:MOST_ALIKE]:
            if one.decision:
                words = self._masked(one.finding).excerpt.replace("\n", LINE_BREAK)
                said.append(f"相近的一处（{words}）：{self._plainly(one.decision)}")
        for number, what in enumerate(said):
            yield from labelled("" if number else "审核", what, self.width)

    def _plainly(self, decision: Decision) -> str:
        return replace(self, colour=False).say_decision(decision)

    def _masked(self, finding: Finding) -> Finding:
        return finding if self.labels is None else mask_finding(finding, self.labels)


def _in_force(notice: Notice, clause: Clause) -> str:
    start = clause.in_force_from or notice.issued
    end = f"，至 {clause.in_force_to} 止" if clause.in_force_to else ""
    return f"自 {start} 起{end}"
