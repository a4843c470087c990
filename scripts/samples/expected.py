"""What a scan of a sample should say: the values written to NAME.expected.json."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

# The clauses that the samples offend, by the labels of the notices (see rules/notices/).
WORDS = "CN-2022-25#一（一）"
PUBLICITY = "CN-2022-25#一（二）"
SHAM = "CN-2022-25#一（三）"
UNFILED = "CN-2023-SAMR#二（三）5"
TITLED = "CN-2023-SAMR#二（四）"
GD_WORDS = "GD-2022#二（一）"
GD_PUBLICITY = "GD-2022#二（二）"
GD_FORM = "GD-2022#二（四）"
GD_REGISTRATION = "GD-2022#二（五）"


class Violation(NamedTuple):
    """A mention: its primary clause, the term the notice lists, and what is written."""

    clause: str
    term: str
    text: str


class KnownFailure(NamedTuple):
    """A difference, in the words of tests/samples/test_samples.py, and why it stands for now."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Expected:
    """The verdict on a sample, by the labelling guideline and not by what the detector says.

    `lines` are what a reader sees, in reading order. `seals` and `in_seals` are the texts of
    round seals and the mentions within them; they are kept apart because reading a seal is a
    step of its own. `known_failures` are where the detector is known to differ; the test fails
    when one of them goes away.
    """

    kind: str
    lines: tuple[str, ...]
    note: str
    violations: tuple[Violation, ...] = ()
    jurisdiction: str = "CN"
    seals: tuple[str, ...] = ()
    in_seals: tuple[Violation, ...] = ()
    known_failures: tuple[KnownFailure, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a mention that its lines do not hold as often as it is listed."""
        _require(self.violations, "\n".join(self.lines))
        _require(self.in_seals, "\n".join(self.seals))

    def as_json(self) -> str:
        """Return the file's text."""
        value: dict[str, object] = {
            "kind": self.kind,
            "jurisdiction": self.jurisdiction,
            "violations": [v._asdict() for v in self.violations],
            "clean": not (self.violations or self.in_seals),
            "note": self.note,
            "text": self.lines,
        }
        if self.seals:
            value["seals"] = self.seals
            value["in_seals"] = [v._asdict() for v in self.in_seals]
        if self.known_failures:
            value["known_failures"] = dict(self.known_failures)
        return dump(value)


@dataclass(frozen=True, slots=True)
class Broken:
    """What a scan should say of a file that cannot be read, by `detector.errors.ProblemCode`."""

    problems: tuple[str, ...]
    note: str

    def as_json(self) -> str:
        """Return the file's text."""
        return dump({"problems": self.problems, "note": self.note})


class Sample(NamedTuple):
    """The bytes of a finished file and the verdict beside it."""

    data: bytes
    expected: Expected | Broken


# What makes a sample, by the sample's path below `samples/`.
Makers = Mapping[str, Callable[[], Sample]]


def mentions(*found: tuple[str, str] | tuple[str, str, str]) -> tuple[Violation, ...]:
    """Build mentions from (clause, term) or (clause, term, text as written)."""
    return tuple(Violation(f[0], f[1], f[-1]) for f in found)


def dump(value: object) -> str:
    """Return `value` as the JSON text of an expectation file."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _require(violations: Iterable[Violation], text: str) -> None:
    wanted = [v.text for v in violations]
    for surface in wanted:
        if text.count(surface) < wanted.count(surface):
            raise ValueError(f"{surface!r} is listed more often than it is written")
