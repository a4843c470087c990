"""What offices wrote into a table of cases, taken into the book; nobody's later change is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sqlalchemy import Connection

from detector.casebook.cases import in_order, load_cases, save_case, state_of
from detector.casebook.columns import CASES
from detector.casebook.decisions import check_signed
from detector.casebook.opening import next_number
from detector.casebook.sheets import Draft, Sheets
from detector.casebook.values import Case
from detector.database import wait_for_turn
from detector.database.tables import audit
from detector.errors import UsageError
from detector.registry.cells import Fault


class Signed(NamedTuple):
    """Who changes something, and when (ISO 8601)."""

    actor: str
    at: str


@dataclass(slots=True)
class Edited:
    """What an import did: the numbers of cases, and the rows that were kept out."""

    opened: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def take_edits(
    connection: Connection, sheets: Sheets, signed: Signed, *, overwrite: bool = False
) -> Edited:
    """Take the cases of a table into the book, all that can be, in the caller's transaction.

    A case that was changed since it was exported is refused, unless `overwrite`; one whose rows
    are as they were exported stays what it is in the book. Raises UsageError where nobody signs.
    """
    check_signed(signed.actor)
    wait_for_turn(connection, audit)
    book = {case.number: case for case in load_cases(connection)}
    taken = {*book, *sheets.numbers}
    done = Edited(faults=list(sheets.faults))
    # Numbers that the office gives come first: none is made that stands further down.
    for draft in sorted(sheets.drafts, key=lambda draft: not draft.number):
        try:
            before = book.get(draft.number) if draft.number else _likeness(draft, book.values())
            case = _as_case(draft, before, taken)
            if before is not None and not _is_edited(draft, before, case):
                done.same.append(before.number)
                continue
            if before is not None and not overwrite:
                _check_state(draft, before)
            save_case(connection, case, *signed)
        except UsageError as refused:
            what = str(refused).rstrip("。")
            done.faults.append(Fault(draft.row, CASES.columns[0].heading, what, CASES.title))
        else:
            book[case.number] = case
            taken.add(case.number)
            (done.opened if before is None else done.changed).append(case.number)
    return done


def _likeness(draft: Draft, book: Iterable[Case]) -> Case | None:
    """Return the case that a row without a number brought in earlier; None for a new one.

    Raises UsageError where it may be one of the book's, or not.
    """
    names = draft.values.get("institution"), draft.values.get("opened")
    alike = [case for case in book if (case.institution, case.opened) == names]
    for case in alike:
        if replace(case, **draft.values) == case:
            return case
    if alike:
        raise UsageError(
            f"案卷库中已有同一机构、同一天的案件 {'、'.join(case.number for case in alike)}："
            "是同一案的，请填上它的编号；不是的，请另给一个编号"
        )
    return None


def _as_case(draft: Draft, before: Case | None, taken: set[str]) -> Case:
    """Make a case of a draft; what the table has no column for stays as it is in the book."""
    if before is not None:
        return in_order(replace(before, **draft.values))
    lacking = [c.heading for c in CASES.columns if c.needed and c.field not in draft.values]
    if lacking:
        raise UsageError(f"新的案件须有“{'”“'.join(lacking)}”，表中没有这一栏，请补上")
    number = draft.number or next_number(taken, draft.values["opened"])
    return in_order(Case(number=number, **draft.values))


def _is_edited(draft: Draft, before: Case, case: Case) -> bool:
    """Tell whether somebody wrote something into the rows of a case."""
    return case != before and draft.state != state_of(case)


def _check_state(draft: Draft, before: Case) -> None:
    """Raise UsageError where an edit does not start from what the book holds now."""
    if not draft.state:
        raise UsageError(
            f"案卷库中已有案件 {before.number}，内容不同，而这一行不是从案卷库导出的。"
            "请用 shanzhai case export 导出后修改；确要以本表为准，请加 --overwrite"
        )
    if draft.state != state_of(before):
        raise UsageError(
            f"案件 {before.number} 在导出之后已被改动（见 shanzhai case show {before.number}）。"
            "请重新导出后修改；确要以本表为准，请加 --overwrite"
        )
