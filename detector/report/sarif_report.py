"""Report → report.sarif, for tools that show findings of many checkers (SARIF 2.1.0, OASIS).

Section numbers below are those of the standard with its errata 01.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from detector.model import Finding, Outcome, Problem, Report, Severity, Source, SourceResult
from detector.report.build import UNREAD
from detector.report.encode import as_bytes, dump, encode
from detector.report.files import write_bytes
from detector.report.formats import PageImages
from detector.report.labels import OUTCOMES
from detector.report.visible import visible
from detector.report.wording import (
    Lookup,
    cite,
    describe_choice,
    describe_known,
    describe_lost,
    describe_place,
    give_reasons,
    look_up,
    name_problem,
)

FILE_NAME = "report.sarif"
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "shanzhaiFingerprint/v1"
LEVELS = {Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "note"}
# Of these kinds of file the first passage is the text itself, so that its lines are the file's.
TEXTS = frozenset({"text/plain", "text/markdown"})
# Marks that a message could take for a placeholder (3.11.5) or a link (3.11.6).
_ESCAPES = str.maketrans({"{": "{{", "}": "}}", "[": "\\[", "]": "\\]"})

Object = dict[str, Any]


def write(report: Report, folder: Path, pages: PageImages) -> list[Path]:
    """Write report.sarif; needs no pictures."""
    return [write_bytes(folder / FILE_NAME, as_bytes(dump(as_sarif(report))))]


def as_sarif(report: Report) -> Object:
    """Return a SARIF log with one run."""
    rules = _rules(report)
    places = {rule["id"]: place for place, rule in enumerate(rules)}
    name, _, version = report.tool.partition(" ")
    run = {
        "tool": {"driver": {"name": name, "version": version, "rules": rules}},
        "invocations": [_invocation(report)],
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(result.source) for result in report.results],
        "results": [
            _result(finding, result.source, place, places)
            for place, result in enumerate(report.results)
            for finding in result.findings
        ],
        "properties": _properties(report),
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def address(source: Source) -> str:
    """Return a source's address as a URI reference: a path is relative or file://.

    Bytes of file names that are no UTF-8 stay what they are.
    """
    if "://" in source.uri:
        uri = quote(_bytes(source.uri), safe="/:?#@!$&'()*+,;=%~")
    else:
        uri = ("file://" if source.uri.startswith("/") else "") + quote(_bytes(source.uri))
    return f"{uri}#{quote(_bytes(source.member))}" if source.member else uri


def _bytes(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _rules(report: Report) -> list[Object]:
    """Describe the rules by what their findings cite: a report knows no more of them."""
    clauses = look_up(report)
    found: dict[str, list[Finding]] = {}
    for result in report.results:
        for finding in result.findings:
            found.setdefault(finding.rule, []).append(finding)
    return [_rule(id, findings, clauses) for id, findings in found.items()]


def _rule(id: str, findings: list[Finding], clauses: Lookup) -> Object:
    ids = tuple(dict.fromkeys(clause for finding in findings for clause in finding.clauses))
    first = findings[0]
    basis = [f"{cite(clauses, clause)}：{_summary(clause, clauses)}" for clause in ids]
    return {
        "id": id,
        "name": "".join(part.capitalize() for part in id.replace("-", ".").split(".")),
        "shortDescription": _message(cite(clauses, ids[0]) if ids else id),
        "fullDescription": _message(_summary(ids[0], clauses) if ids else first.message),
        "help": _message("\n".join([*basis, f"改写：{first.suggestion}"])),
        "defaultConfiguration": {"level": LEVELS[first.severity]},
        "properties": {"clauses": list(ids), "seeAlso": list(first.see_also)},
    }


def _summary(id: str, clauses: Lookup) -> str:
    return clauses[id][1].summary if id in clauses else id


def _invocation(report: Report) -> Object:
    """Say what was not read: a run that lost something did not succeed (3.20.14)."""
    notices = [
        _notification(problem, result, place)
        for place, result in enumerate(report.results)
        for problem in result.problems
    ]
    left_out = (*describe_choice(report), *describe_known(report))
    notices += [{"level": "note", "message": _message(what)} for what in left_out]
    lost = any(notice["level"] == "error" for notice in notices) or report.totals.unread > 0
    return {
        "executionSuccessful": not lost,
        "endTimeUtc": _utc(report.created),
        "toolExecutionNotifications": notices,
    }


def _notification(problem: Problem, result: SourceResult, place: int) -> Object:
    where = describe_lost(problem, whole=problem.code in UNREAD)
    return {
        "descriptor": {"id": problem.code},
        "level": "error" if problem.code in UNREAD else "warning",
        "message": _message(f"未读全（{where}，{name_problem(problem)}）：{problem.message}"),
        "locations": [{"physicalLocation": {"artifactLocation": _location(result.source, place)}}],
    }


def _artifact(source: Source) -> Object:
    artifact: Object = {"location": {"uri": address(source)}, "roles": ["analysisTarget"]}
    if source.sha256:
        artifact |= {"length": source.size, "hashes": {"sha-256": source.sha256}}
    return artifact | ({"mimeType": source.media_type} if source.media_type else {})


def _result(finding: Finding, source: Source, place: int, rules: dict[str, int]) -> Object:
    anchor = finding.anchor
    words = {"term": finding.term, "outcome": OUTCOMES[finding.outcome]}
    boxes = {"page": anchor.page + 1} if anchor.page is not None else {}
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules[finding.rule],
        **_verdict(finding),
        "message": _message(f"“{finding.term}”：{finding.message}改写：{finding.suggestion}"),
        "locations": [_place(finding, source, place)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {
            **words,
            "surface": finding.surface,
            "excerpt": finding.excerpt,
            "clauses": list(finding.clauses),
            "reasons": give_reasons(finding),
            **boxes,
            "boxes": encode(anchor.boxes),
        },
    }


def _verdict(finding: Finding) -> Object:
    """Return kind and level; of what a person must decide on, the level is none (3.27.10)."""
    if finding.outcome is Outcome.REVIEW:
        return {"kind": "review", "level": "none"}
    verdict: Object = {"kind": "fail", "level": LEVELS[finding.severity]}
    if finding.outcome is Outcome.DISMISSED:
        why = visible("；".join(give_reasons(finding)))
        accepted = {"kind": "external", "status": "accepted", "justification": why}
        verdict["suppressions"] = [accepted]
    return verdict


def _place(finding: Finding, source: Source, place: int) -> Object:
    """Return where a finding stands; a region only where it counts in the file itself."""
    physical: Object = {"artifactLocation": _location(source, place)}
    if source.media_type in TEXTS and finding.anchor.passage == 0:
        physical["region"] = _region(finding)
    name = {"fullyQualifiedName": describe_place(finding.anchor)}
    return {"physicalLocation": physical, "logicalLocations": [name]}


def _region(finding: Finding) -> Object:
    *before, last = finding.surface.split("\n")
    anchor, (start, end) = finding.anchor, finding.span
    first_column = 1 if before else anchor.column
    return {
        "startLine": anchor.line,
        "startColumn": anchor.column,
        "endLine": anchor.line + len(before),
        "endColumn": first_column + len(last),
        "charOffset": start,
        "charLength": end - start,
        "snippet": {"text": finding.surface},
    }


def _location(source: Source, place: int) -> Object:
    return {"uri": address(source), "index": place}


def _properties(report: Report) -> Object:
    return {
        "rules": report.rules,
        "totals": encode(report.totals),
        "settings": dict(report.settings),
    }


def _message(text: str) -> Object:
    return {"text": visible(text).translate(_ESCAPES)}


def _utc(created: str) -> str:
    return datetime.fromisoformat(created).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
