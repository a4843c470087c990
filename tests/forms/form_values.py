"""An invented casebook: forty cases of a seed, kept as plain facts and put into a database."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from detector.casebook.bring_in import Origin, bring_in
from detector.casebook.cases import save_case
from detector.casebook.decisions import decide
from detector.casebook.values import (
    Body,
    Case,
    Decision,
    Evidence,
    Practice,
    Step,
    StepKind,
    Verdict,
)
from detector.database import open_database, reading, writing
from detector.forms.fill import Asked, fill
from detector.forms.filled import FilledForm, Period
from detector.forms.holdings import Holdings, read_holdings
from detector.forms.load import load_forms
from detector.model import (
    Anchor,
    DocumentKind,
    Finding,
    Institution,
    Outcome,
    RegistryCheck,
    Severity,
    Source,
    SourceResult,
    Span,
    Standing,
)
from detector.rulebook import load_rules
from detector.settings import shipped_rules

ROOT = Path(__file__).parents[2]
START, END = date(2023, 7, 1), date(2023, 7, 31)
JULY = Period(START, END)
BOOK = load_rules()
FORMS = load_forms(shipped_rules(), BOOK)
TABLES = [name for name, form in FORMS.items() if form.kind == "table"]
AT = "2023-07-20T09:00:00+08:00"


def make_facts(seed: int, size: int = 40) -> list[dict]:
    """Return cases as plain dicts: days from June to August, sums and texts sometimes missing."""
    chance = random.Random(seed)
    return [_fact(chance, number) for number in range(1, size + 1)]


def _fact(chance: random.Random, number: int) -> dict:
    steps = [
        (
            chance.choice(list(StepKind)).value,
            _day(chance),
            chance.choice([0, 1, 99, 100, 1_250_000, 123_456_789]),
            chance.choice([0, 1, 3]),
        )
        for _ in range(chance.randrange(9))
    ]
    if chance.random() < 0.6:
        steps.append(("transferred", _day(chance), 0, 0))
    return {
        "number": f"2023-{number:03}",
        "institution": f"某某市{number}号机构",
        "body": chance.choice(list(Body)).value,
        "practices": [one.value for one in chance.sample(list(Practice), chance.randrange(4))],
        "opened": _day(chance),
        "checked": _day(chance) if chance.random() < 0.8 else None,
        "verified": chance.choice([True, True, False, None]),
        "certificates": chance.choice([0, 7, 120]),
        "handling": chance.choice(["", "责令整改"]),
        "note": chance.choice(["", "", "另有情况"]),
        "steps": sorted(steps, key=lambda step: step[1]),
    }


def _day(chance: random.Random) -> date:
    return date(2023, 6, 15) + timedelta(days=chance.randrange(62))


def as_case(fact: dict) -> Case:
    """Return the case of a fact."""
    return Case(
        number=fact["number"],
        institution=fact["institution"],
        body=Body(fact["body"]),
        opened=fact["opened"],
        practices=tuple(map(Practice, fact["practices"])),
        checked=fact["checked"],
        verified=fact["verified"],
        certificates=fact["certificates"],
        handling=fact["handling"],
        note=fact["note"],
        steps=tuple(Step(StepKind(k), day, "", amount, n) for k, day, amount, n in fact["steps"]),
    )


def finding(fingerprint: str, rule: str, *clauses: str, term: str = "包过") -> Finding:
    return Finding(
        fingerprint=fingerprint,
        rule=rule,
        clauses=clauses or ("GD-2022#二（二）",),
        term=term,
        severity=Severity.HIGH,
        outcome=Outcome.REPORT,
        span=Span(0, len(term)),
        surface=term,
        excerpt=term,
        highlight=Span(0, len(term)),
        anchor=Anchor(0, 3, 1),
        message="疑似",
        suggestion="删去",
    )


def result(
    uri: str, *findings: Finding, kind: DocumentKind = DocumentKind.AD, named: str = ""
) -> SourceResult:
    checks = (RegistryCheck(named, "广告主", Standing.UNLISTED, ""),) if named else ()
    return SourceResult(Source(uri), kind, findings=findings, registry=checks)


@contextmanager
def casebook(folder: Path) -> Iterator[Casebook]:
    """Give an empty casebook in a folder."""
    engine = open_database(str(folder / "book.db"), create=True)
    yield Casebook(engine)
    engine.dispose()


class Casebook:
    """A casebook that tests fill and read."""

    def __init__(self, engine) -> None:
        self.engine = engine

    def add(self, *results: SourceResult) -> None:
        origin = Origin("report.json", uuid.uuid4().hex, AT, "shanzhai-detector 0", "rules")
        with writing(self.engine) as connection:
            bring_in(connection, results, origin, "测试", AT)

    def decide(self, fingerprint: str, verdict: Verdict, at: str = AT) -> None:
        decision = Decision(uuid.uuid4().hex, fingerprint, verdict, "审核员甲", at)
        with writing(self.engine) as connection:
            decide(connection, decision)

    def save(self, *cases: Case) -> None:
        with writing(self.engine) as connection:
            for case in cases:
                save_case(connection, case, "测试", AT)

    def read(self, *institutions: Institution, undecided: bool = False) -> Holdings:
        with reading(self.engine) as connection:
            return read_holdings(connection, institutions, undecided=undecided)


def fill_form(
    name: str, holdings: Holdings, *, case: str = "", undecided: bool = False, unit: str = "某某市"
) -> FilledForm:
    return fill(FORMS[name], BOOK, holdings, Asked(JULY, unit, case, undecided=undecided))


def evidence(name: str, size: int = 10) -> Evidence:
    return Evidence(name, "ab" * 32, size, "2023-07-16", "网页保全")
