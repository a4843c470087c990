"""Decisions made elsewhere come in once; what is no decision is named and stays out."""

from __future__ import annotations

import csv
import io

import pytest
from book_values import finding, import_results, result, say

from detector.casebook.decision_table import bring_in_table, export_table
from detector.casebook.decisions import history, standing_decisions
from detector.casebook.values import Verdict
from detector.database import open_database, reading, writing
from detector.errors import UsageError

HEAD = "指纹,结论,审核人,时间,原因\n"


@pytest.fixture
def book(engine):
    import_results(engine, result("a.txt", *map(finding, "123")))
    return engine


@pytest.fixture
def table(tmp_path):
    def write(text: str, encoding: str = "utf-8"):
        path = tmp_path / "decisions.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def bring_in(engine, path):
    with writing(engine) as connection:
        return bring_in_table(connection, path)


def standing(engine):
    with reading(engine) as connection:
        return standing_decisions(connection)


def test_a_table_is_imported_once(book, table):
    path = table(
        HEAD + "1,确认,李四,2026-11-01T09:30:00+08:00,属实\n2,dismissed,王五,2026-11-02,\n"
    )
    first, again = bring_in(book, path), bring_in(book, path)
    assert (first.added, first.known, first.faults) == (2, 0, ())
    assert (again.added, again.known, again.faults) == (0, 2, ())
    one = standing(book)["1"]
    assert (one.verdict, one.reviewer, one.reason) == (Verdict.CONFIRMED, "李四", "属实")
    assert one.at == "2026-11-01T09:30:00+08:00"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_tables_of_excel_are_read(book, table, encoding):
    path = table("Fingerprint\tVerdict\tReviewer\tTime\n1\t排除\t李四\t2026/1/5 9:05\n", encoding)
    assert bring_in(book, path).added == 1
    assert standing(book)["1"].at.startswith("2026-01-05T09:05:00")


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("nowhere,确认,李四,2026-11-01,", "没有线索 nowhere"),
        ("1,也许,李四,2026-11-01,", "“也许”不是审核决定"),
        ("1,确认,,2026-11-01,", "没有写审核人"),
        ("1,确认,李四,昨天,", "“昨天”不是时间"),
        ("1,确认,李四,2026-02-30,", "“2026-02-30”不是时间"),
        ("1,确认,李四,2999-01-01,", "晚于现在"),
        ("1", "没有写审核人"),
    ],
)
def test_a_bad_row_stays_out_and_the_others_come_in(book, table, row, what):
    done = bring_in(book, table(f"{HEAD}{row}\n2,确认,李四,2026-11-01,\n"))
    assert done.added == 1
    [fault] = done.faults
    assert fault.row == 2 and what in fault.what
    assert standing(book).keys() == {"2"}


def test_an_older_decision_does_not_overrule_a_newer_one(book, table):
    say(book, "1", Verdict.CONFIRMED)
    done = bring_in(book, table(HEAD + "1,排除,李四,2020-01-01,旧\n"))
    assert done.added == 0 and "更晚的决定" in done.faults[0].what
    assert standing(book)["1"].verdict is Verdict.CONFIRMED


def test_the_last_of_several_stands_whatever_their_order_in_the_table(book, table):
    rows = "1,排除,李四,2026-11-03,后\n1,确认,李四,2026-11-01,先\n"
    assert bring_in(book, table(HEAD + rows)).added == 2
    assert standing(book)["1"].reason == "后"


def test_what_is_exported_changes_nothing_where_it_came_from_and_is_all_there_elsewhere(
    book, new_database, tmp_path
):
    say(book, "1", Verdict.CONFIRMED, reason="=1+1，见“卷宗”\n第二页")
    say(book, "2", Verdict.DISMISSED, "李四")
    say(book, "2", Verdict.WITHDRAWN, "李四")
    with reading(book) as connection:
        data, count = export_table(connection)
    path = tmp_path / "out.csv"
    path.write_bytes(data)
    assert count == 3
    again = bring_in(book, path)
    assert (again.added, again.known, again.faults) == (0, 3, ())
    other = open_database(new_database(), create=True)
    import_results(other, result("a.txt", *map(finding, "123")))
    assert bring_in(other, path).added == 3
    assert standing(other) == standing(book)
    with reading(other) as connection:
        assert [one.verdict for one in history(connection, "2")] == ["dismissed", "withdrawn"]
    other.dispose()


def test_an_export_opens_in_excel_and_starts_no_formula(book):
    say(book, "1", Verdict.CONFIRMED, reason="=HYPERLINK(1)")
    with reading(book) as connection:
        data, _ = export_table(connection)
    assert data.startswith(b"\xef\xbb\xbf")
    [row] = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    assert (row["线索指纹"], row["审核决定"], row["来源"]) == ("1", "确认", "a.txt")
    assert row["理由"] == "'=HYPERLINK(1)"


def test_a_changed_row_of_an_export_is_named(book, tmp_path):
    say(book, "1", Verdict.CONFIRMED)
    with reading(book) as connection:
        data, _ = export_table(connection)
    path = tmp_path / "out.csv"
    path.write_bytes(data.replace("确认".encode(), "排除".encode()))
    assert "内容不同" in bring_in(book, path).faults[0].what
    assert standing(book)["1"].verdict is Verdict.CONFIRMED


def test_a_table_without_the_columns_is_refused(book, table):
    with pytest.raises(UsageError, match="“审核决定”"):
        bring_in(book, table("指纹,审核人,时间\n1,李四,2026-11-01\n"))
