"""The rule set as one value: look up by id, and which clauses speak in a case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from detector.errors import UsageError
from detector.model import Clause, ClauseRef, DocumentKind, Lexicon, Notice, Rule

NATIONAL = "CN"
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, eq=False)
class RuleBook:
    """Everything below `rules/` that is data for the judgement.

    `jurisdictions` maps codes to Chinese names; `version` is a hash over the files' content.
    """

    notices: tuple[Notice, ...]
    rules: tuple[Rule, ...]
    lexicons: Mapping[str, Lexicon]
    jurisdictions: Mapping[str, str]
    version: str
    _by_id: Mapping[str, Notice | Rule | Clause] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index notices, clauses and rules; their ids cannot collide (`#`, `.`)."""
        clauses = [clause for notice in self.notices for clause in notice.clauses]
        values: list[Notice | Rule | Clause] = [*self.notices, *self.rules, *clauses]
        object.__setattr__(self, "_by_id", {value.id: value for value in values})

    def notice(self, id: str) -> Notice:
        """Return the notice of that id; raises UsageError where there is none."""
        return self._find(id, Notice, "通知")

    def clause(self, id: str) -> Clause:
        """Return the clause of that id (NOTICE#path); raises UsageError where there is none."""
        return self._find(id, Clause, "条款")

    def rule(self, id: str) -> Rule:
        """Return the rule of that id; raises UsageError that names the nearest ones."""
        return self._find(id, Rule, "规则")

    def _find(self, id: str, sort: type[_Value], name: str) -> _Value:
        value = self._by_id.get(id)
        if isinstance(value, sort):
            return value
        known = [key for key, other in self._by_id.items() if isinstance(other, sort)]
        raise UsageError(f"没有编号为 {id} 的{name}。{_nearest(id, known)}")

    def check_jurisdictions(self, codes: Iterable[str]) -> None:
        """Raise UsageError for a code that `rules/jurisdictions.yaml` does not hold."""
        for code in codes:
            if code not in self.jurisdictions:
                known = "、".join(f"{key} {name}" for key, name in self.jurisdictions.items())
                raise UsageError(f"没有代码为 {code} 的地区。可用的地区：{known}。")

    def asked_for(self, packs: Collection[str]) -> tuple[Rule, ...]:
        """Return the rules that speak where these optional packs are asked for.

        Raises UsageError for a name that no optional pack has.
        """
        optional = {rule.pack for rule in self.rules if rule.optional}
        for pack in packs:
            if pack not in optional:
                known = "、".join(sorted(optional)) or "（没有）"
                raise UsageError(f"没有名为 {pack} 的可选规则包。可选的有：{known}。")
        return tuple(rule for rule in self.rules if not rule.optional or rule.pack in packs)

    def applicable(
        self, rule: Rule, kind: DocumentKind, jurisdictions: Collection[str], on: date
    ) -> tuple[str, ...]:
        """Return the ids of the clauses that list the rule's terms in this case, primary first.

        None: the rule is silent. Local clauses that list terms come before national ones, these
        in the order of their notices' dates, and local repeats last (docs/rule-format.md).
        """
        if kind not in rule.kinds:
            return ()
        speaking = [
            self.clause(ref.clause)
            for ref in rule.clauses
            if self._speaks(ref, kind, jurisdictions, on)
        ]
        return tuple(clause.id for clause in sorted(speaking, key=self._rank))

    def _speaks(
        self, ref: ClauseRef, kind: DocumentKind, jurisdictions: Collection[str], on: date
    ) -> bool:
        clause = self.clause(ref.clause)
        place = self.notice(clause.notice).jurisdiction
        return (
            kind in clause.materials
            and (not ref.kinds or kind in ref.kinds)
            and (place == NATIONAL or place in jurisdictions)
            and clause.in_force(on)
        )

    def _rank(self, clause: Clause) -> tuple[int, date]:
        notice = self.notice(clause.notice)
        group = 1 if notice.jurisdiction == NATIONAL else 2 if clause.local_repeat else 0
        return group, notice.issued


def _nearest(id: str, known: Collection[str]) -> str:
    near = get_close_matches(id, known, n=3, cutoff=0.5)
    return f"相近的有：{'、'.join(near)}。" if near else "请运行 shanzhai rules list 查看全部编号。"
