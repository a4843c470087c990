"""What goes with a form for the one who checks it: what each cell counted, and by which rule."""

from __future__ import annotations

from collections.abc import Iterator

from detector.forms.filled import FilledForm, Value

HEADINGS = ("表", "行", "列", "表中所填", "编号", "机构", "日期", "计入", "依据")
WIDTHS = (12, 16, 20, 12, 14, 18, 10, 12, 18)
CHECK = "各数由程序据案卷库和审核决定计算，须经人核对、签字并加盖公章后报送；线索均为疑似。"
BLANKS = "留空及须说明的项目"
MEANINGS = "各栏的计法"
LONGEST = 60  # characters of a text that a line of the list repeats


def list_counted(form: FilledForm) -> Iterator[tuple[Value, ...]]:
    """Yield a line for each thing counted in each cell, in the order of the cells."""
    for section in form.sections:
        for row in section.rows:
            for name, cell in zip(section.names, row, strict=True):
                for one in cell.counted:
                    day = one.day.isoformat() if one.day else ""
                    yield (
                        section.title or form.name,
                        row[section.label].value or row[0].value,
                        name,
                        _cut(cell.value),
                        one.number,
                        one.institution,
                        day,
                        _cut(one.share),
                        one.why,
                    )


def scope(form: FilledForm) -> tuple[str, str]:
    """Return what a form speaks of: a case, or a period."""
    if form.subject:
        return "案件", form.subject
    return "期间", f"{form.period.start} 至 {form.period.end}（含首尾两日）"


def list_facts(form: FilledForm) -> Iterator[tuple[str, str]]:
    """Yield the heading and text of each line that says what a form rests on."""
    yield "表名", f"{form.title}{form.subtitle}"
    yield "依据", form.basis
    yield scope(form)
    yield "说明", CHECK
    for remark in form.remarks:
        yield BLANKS, remark
    for meaning in form.meanings:
        yield f"{MEANINGS}：{meaning.column}", meaning.text


def _cut(value: Value) -> Value:
    """Shorten a text; a number stays a number."""
    if isinstance(value, str) and len(value) > LONGEST:
        return value[: LONGEST - 1] + "…"
    return value
