"""Results, origins and decisions that the tests of the casebook are made of."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from detector.casebook.bring_in import Origin, bring_in
from detector.casebook.decisions import decide
from detector.casebook.values import Decision, Verdict
from detector.database import now, writing
from detector.model import (
    Anchor,
    DocumentKind,
    Evasion,
    Finding,
    Outcome,
    RegistryCheck,
    Severity,
    Source,
    SourceResult,
    Span,
    Standing,
)

CLAUSE = "CN-2022-25#一（二）"
TEXT = "电工证培训，签约包过，名额有限"


def finding(
    fingerprint: str,
    *,
    rule: str = "guarantee.pass",
    clause: str = CLAUSE,
    outcome: Outcome = Outcome.REPORT,
    severity: Severity = Severity.HIGH,
    evasion: Evasion | None = None,
    excerpt: str = TEXT,
) -> Finding:
    return Finding(
        fingerprint=fingerprint,
        rule=rule,
        clauses=(clause,),
        term="包过",
        severity=severity,
        outcome=outcome,
        span=Span(8, 10),
        surface="包过",
        excerpt=excerpt,
        highlight=Span(8, 10),
        anchor=Anchor(0, 1, 9),
        message="疑似承诺通过考试；须核对广告主与发布日期。",
        suggestion="删去承诺通过的表述。",
        evasion=evasion,
    )


def result(
    uri: str,
    *findings: Finding,
    kind: DocumentKind = DocumentKind.AD,
    named: Sequence[str] = (),
) -> SourceResult:
    checks = tuple(RegistryCheck(one, "广告主", Standing.UNLISTED, "名单中没有") for one in named)
    return SourceResult(Source(uri), kind, findings=findings, registry=checks)


def origin(name: str = "report.json", created: str = "2026-11-25T10:00:00+08:00") -> Origin:
    return Origin(name, uuid.uuid4().hex, created, "shanzhai-detector 0", "rules")


def import_results(engine, *results: SourceResult, created: str = "2026-11-25T10:00:00+08:00"):
    with writing(engine) as connection:
        return bring_in(connection, results, origin(created=created), "测试", now())


def say(engine, fingerprint: str, verdict: Verdict, reviewer: str = "张三", reason: str = ""):
    decision = Decision(uuid.uuid4().hex, fingerprint, verdict, reviewer, now(), reason)
    with writing(engine) as connection:
        return decide(connection, decision)
