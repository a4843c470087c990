"""Cases as text for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from detector.casebook.columns import CASES, EVIDENCE, FINDINGS, NUMBER, STEPS_SHEET
from detector.casebook.evidence import Checked, State
from detector.casebook.history import Change, describe_step
from detector.casebook.labels import BODIES
from detector.casebook.values import Case, Evidence
from detector.registry.cells import Fault
from detector.report.columns import clean, pad

STATES: Mapping[State, str] = {
    State.INTACT: "完好",
    State.CHANGED: "内容已变",
    State.MISSING: "找不到",
}
_LABEL_COLUMNS = 16


def list_cases(cases: Sequence[Case], mask: Callable[[str], str]) -> Iterator[str]:
    """Yield one line for each case, its last step through `mask`, and how many they are."""
    for case in cases:
        last = mask(describe_step(case.steps[-1])) if case.steps else "尚无措施"
        parts = (case.number, case.opened.isoformat(), case.institution, BODIES[case.body])
        end = f"{case.closed} 结案" if case.closed else "未结"
        yield clean("  ".join(part for part in (*parts, case.region, end, last) if part))
    still_open = sum(case.closed is None for case in cases)
    yield f"共 {len(cases)} 件，未结 {still_open} 件。"


def show_case(
    case: Case,
    context: Mapping[str, Sequence[str]],
    history: Iterable[Change],
    mask: Callable[[str], str],
) -> Iterator[str]:
    """Yield the lines that show a case: what it is, its parts, and who changed what.

    `context` says by fingerprint what findings are; free texts go through `mask`.
    """
    yield f"案件 {clean(case.number)}"
    for column in CASES.columns:
        value = column.show(getattr(case, column.field))
        if column.field != NUMBER and value not in (None, ""):
            text = clean(mask(str(value)) if column.is_free else str(value))
            yield f"  {pad(column.heading, _LABEL_COLUMNS)}{text}"
    yield from _section(STEPS_SHEET.title, (mask(describe_step(step)) for step in case.steps))
    known = ("  ".join((one, *context.get(one, ()))) for one in case.fingerprints)
    yield from _section(FINDINGS.title, known)
    yield from _section(EVIDENCE.title, (_evidence(one, mask) for one in case.evidence))
    yield from _section("变更记录", (line for change in history for line in _change(change)))


def show_faults(faults: Iterable[Fault]) -> Iterator[str]:
    """Yield one line for each row that was kept out."""
    for one in faults:
        yield clean(f"{one.sheet} 第 {one.row} 行“{one.column}”：{one.what}。")


def show_checked(checked: Iterable[Checked]) -> Iterator[str]:
    """Yield one line for each file of a case: what became of it."""
    for one in checked:
        where = f"  {one.path}" if one.path else ""
        yield clean(f"{STATES[one.state]}  {one.evidence.name}{where}")


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    for at, line in enumerate(lines):
        if not at:
            yield title
        yield f"  {clean(line)}"


def _evidence(one: Evidence, mask: Callable[[str], str]) -> str:
    parts = (one.name, f"{one.size} 字节", one.sha256, one.added, mask(one.note))
    return "  ".join(part for part in parts if part)


def _change(change: Change) -> Iterator[str]:
    yield f"{change.at[:19].replace('T', ' ')}  {change.actor}"
    yield from (f"  {what}" for what in change.what)
