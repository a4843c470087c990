"""Opening cases and adding to them; each reads and writes with no other writer in between."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, select

from detector.casebook.cases import find_case, save_case
from detector.casebook.values import Case, Evidence, Step
from detector.database import wait_for_turn
from detector.database.tables import audit, cases
from detector.errors import UsageError

_MADE = re.compile(r"(\d{4})-(\d{4,9})")


def next_number(taken: Collection[str], opened: date) -> str:
    """Return the next free number of the year in which a case was opened: 2025-0001."""
    made = (match for number in taken if (match := _MADE.fullmatch(number)))
    last = max((int(match[2]) for match in made if int(match[1]) == opened.year), default=0)
    return f"{opened.year}-{last + 1:04}"


def open_case(connection: Connection, case: Case, actor: str, at: str) -> Case:
    """Put a new case into the book and return it, with a number where it had none.

    Raises UsageError where it names no institution, or a finding that the book lacks, and where
    its number is taken.
    """
    if not case.institution:
        raise UsageError("没有写机构名称。请用 --institution 写明。")
    wait_for_turn(connection, audit)
    taken = set(connection.execute(select(cases.c.number)).scalars())
    if case.number in taken:
        raise UsageError(f"案卷库中已有案件 {case.number}。请换一个编号，或不写编号。")
    case = case if case.number else replace(case, number=next_number(taken, case.opened))
    save_case(connection, case, actor, at)
    return case


def add_to_case(
    connection: Connection,
    number: str,
    actor: str,
    at: str,
    *,
    steps: Iterable[Step] = (),
    fingerprints: Iterable[str] = (),
    evidence: Iterable[Evidence] = (),
) -> bool:
    """Add to a case what it does not have yet and tell whether that changed it.

    A step that is there already is no second one. Raises UsageError where there is no such case.
    """
    wait_for_turn(connection, audit)
    case = must_find(connection, number)
    held = {one.sha256 for one in case.evidence}
    more = replace(
        case,
        steps=(*case.steps, *(one for one in steps if one not in case.steps)),
        fingerprints=(*case.fingerprints, *fingerprints),
        evidence=(*case.evidence, *(one for one in evidence if one.sha256 not in held)),
    )
    return save_case(connection, more, actor, at)


def must_find(connection: Connection, number: str) -> Case:
    """Return the case of a number; raises UsageError where there is none."""
    if case := find_case(connection, number):
        return case
    raise UsageError(f"案卷库中没有案件 {number}。请用 shanzhai case list 查看编号。")
