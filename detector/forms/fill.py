"""A form and what the book holds → the form filled in, a value that all writers lay out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from detector.casebook.values import Case
from detector.errors import UsageError
from detector.forms.case_rows import CASE_VALUES, CaseRow, counted_of_case
from detector.forms.counting import last_day
from detector.forms.filled import FilledForm, Meaning, Period, Section
from detector.forms.holdings import Holdings
from detector.forms.institution_rows import INSTITUTION_VALUES, is_valid
from detector.forms.lead_rows import LEAD_VALUES, cite, counted_of_lead, lead_row
from detector.forms.leads import Lead, divide
from detector.forms.letter import RULE, fill_attachments, fill_letter
from detector.forms.lists import Rows, fill_list
from detector.forms.table import fill_table
from detector.forms.values import Department, Form, Kind
from detector.model import Notice, Roll
from detector.rulebook import RuleBook

UNDECIDED_BANNER = "含尚未审核的线索"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user asks of a form: the period, who fills it in, and for some forms which case."""

    period: Period
    unit: str = ""
    case: str = ""
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class _Given:
    """What every form is filled from."""

    book: RuleBook
    holdings: Holdings
    asked: Asked


def fill(form: Form, book: RuleBook, holdings: Holdings, asked: Asked) -> FilledForm:
    """Return the form filled in; raises UsageError where it needs a case that is not there."""
    empty = FilledForm(
        name=form.name,
        title=form.title,
        basis=_basis(form, book.notice(form.notice)),
        period=asked.period,
        sections=(),
        subtitle=form.subtitle,
        annex=form.annex,
        banner=form.banner,
        filler=_filler(form, asked.unit),
        footnotes=form.footnotes,
        meanings=tuple(_meanings(form)),
    )
    filled = _FILL[form.kind](form, empty, _Given(book, holdings, asked))
    if form.kind in (Kind.TABLE, Kind.CASES) and not holdings.cases:
        filled = replace(filled, remarks=("案卷库中没有案件。", *filled.remarks))
    return filled


def _basis(form: Form, notice: Notice) -> str:
    name = notice.short or notice.title
    return f"{name} {form.clause}" + (f"，{form.annex}" if form.annex else "")


def _filler(form: Form, unit: str) -> str:
    if form.filler is None:
        return ""
    return form.filler.before + (_whole_unit(form, unit) or f"{RULE}{form.filler.after}")


def _whole_unit(form: Form, unit: str) -> str:
    """Complete the name of a place to that of its bureau."""
    filler = form.filler
    if not unit or filler is None or (filler.whole and filler.whole in unit):
        return unit
    return unit + filler.after


def _meanings(form: Form) -> list[Meaning]:
    columns = [*form.columns, *(c for a in form.attachments for c in a.columns)]
    return [
        Meaning("·".join(filter(None, column.heading)), column.meaning)
        for column in columns
        if column.meaning
    ]


def _fill_table(form: Form, empty: FilledForm, given: _Given) -> FilledForm:
    section, remarks = fill_table(form, given.holdings.cases, given.asked.period)
    return replace(empty, sections=(section,), remarks=tuple(remarks))


def _fill_cases(form: Form, empty: FilledForm, given: _Given) -> FilledForm:
    period = given.asked.period
    black = frozenset(
        one.name
        for one in given.holdings.institutions
        if one.roll is Roll.BLACK and is_valid(one, period)
    )
    cases = [case for case in given.holdings.cases if last_day(case, period)]
    rows = [_case_row(form, case, black, given) for case in cases]
    section = fill_list(form.columns, Rows(rows, CASE_VALUES, counted_of_case), label=2)
    return replace(empty, sections=(section,), remarks=_blanks(section))


def _case_row(form: Form, case: Case, black: frozenset[str], given: _Given) -> CaseRow:
    findings = given.holdings.of_case(case)
    clauses = cite((held.finding.clauses[0] for held in findings), given.book)
    return CaseRow(case, given.asked.period, findings, clauses, form.categories, black)


def _fill_leads(form: Form, empty: FilledForm, given: _Given) -> FilledForm:
    undecided = given.asked.undecided
    divided = list(divide(form, given.holdings, given.asked.period, undecided=undecided))
    sections = tuple(_department(form, one, leads, given) for one, leads in divided)
    remarks = [f"{section.title}：期内没有线索。" for section in sections if not section.rows]
    all_leads = {lead.held.finding.fingerprint: lead.held for _, leads in divided for lead in leads}
    if still_open := sum(held.decision is None for held in all_leads.values()):
        remarks.append(f"所列有 {still_open} 条线索尚未审核，见“审核结论”一栏。")
    banner = UNDECIDED_BANNER if undecided else ""
    return replace(empty, sections=sections, banner=banner, remarks=tuple(remarks))


def _department(
    form: Form, department: Department, leads: Sequence[Lead], given: _Given
) -> Section:
    rows = [lead_row(lead.held, given.holdings, given.book, lead.reasons) for lead in leads]
    return fill_list(
        form.columns,
        Rows(rows, LEAD_VALUES, counted_of_lead),
        title=department.name,
        note=f"“{department.wording}”",
    )


def _fill_institutions(form: Form, empty: FilledForm, given: _Given) -> FilledForm:
    listed = [one for one in given.holdings.institutions if one.roll is form.roll]
    valid = [one for one in listed if is_valid(one, given.asked.period)]
    rows = Rows(valid, INSTITUTION_VALUES, lambda one: ())
    section = fill_list(form.columns, rows)
    remarks = _blanks(section)
    if left := [one.name for one in listed if one not in valid]:
        remarks = (*remarks, f"期末时不在所列期限内，未列：{'、'.join(left)}。")
    if not listed:
        remarks = ("机构名单中没有这一名单；请先用 shanzhai registry import 导入。",)
    return replace(empty, sections=(section,), remarks=remarks)


def _fill_letter(form: Form, empty: FilledForm, given: _Given) -> FilledForm:
    case = _find_case(given.holdings.cases, given.asked.case)
    paragraphs, remarks = fill_letter(form, case, _whole_unit(form, given.asked.unit))
    sections = tuple(fill_attachments(form, case, given.holdings, given.book))
    bare = [one.title for one in sections if one.heads and not one.rows]
    remarks += [f"“{title}”：案卷中没有。" for title in bare]
    return replace(
        empty,
        subject=case.number,
        paragraphs=paragraphs,
        sections=sections,
        remarks=tuple(remarks),
    )


def _find_case(cases: Sequence[Case], number: str) -> Case:
    if not number:
        raise UsageError("这份文书针对一个案件。请加上 --case 案件编号。")
    for case in cases:
        if case.number == number:
            return case
    raise UsageError(f"案卷库中没有案件 {number}。请用 shanzhai case list 查看编号。")


def _blanks(section: Section) -> tuple[str, ...]:
    """Name the columns that are blank in some rows, with the rows' labels."""
    remarks = []
    for at, name in enumerate(section.names):
        rows = [str(row[section.label].value) for row in section.rows if row[at].value is None]
        if rows:
            most = "、".join(rows[:5]) + (f" 等 {len(rows)} 行" if len(rows) > 5 else "")
            remarks.append(f"“{name}”留空：{most}，案卷或名单中没有登记。")
    return tuple(remarks)


_FILL = {
    Kind.TABLE: _fill_table,
    Kind.CASES: _fill_cases,
    Kind.LEADS: _fill_leads,
    Kind.INSTITUTIONS: _fill_institutions,
    Kind.LETTER: _fill_letter,
}
