"""Lists as offices keep them come into the registry, and bad rows stay out by name."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from detector.database import open_database, reading, verify
from detector.database.tables import audit
from detector.errors import SettingsError, UsageError
from detector.model import Institution, Roll
from detector.registry import digest, load_institutions
from detector.registry.bring_in import bring_in
from detector.registry.columns import Listing, read_listing
from detector.registry.rows import read_rows
from detector.registry.store import read_history
from detector.registry.write import write_listing

SCHOOL = "广州市越某职业培训学校"
CSV = f"""2024年备案评价机构一览表,,,
（排名不分先后）,,,
序号,单位名称,备案编号,备案职业（工种）,有效期自,有效期至,所在地区
1,{SCHOOL},S000144000001,"电工、茶艺师（评茶员、茶叶加工工）；焊工",2023年1月5日,2026.1.4,广东
2,长沙市岳某技工学校,S000143000002,保育师,20220301,长期,湖南
"""


@pytest.fixture
def table(tmp_path):
    """Write a list and import it; the casebook's place comes back with what was said."""

    def bring(data: bytes | str, name="list.csv", roll=Roll.WHITE, sheet=None, **options):
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        registry = str(tmp_path / "book.db")
        return bring_in(path, registry, roll, sheet, **options), registry

    return bring


def workbook(tmp_path, rows, sheets=("名单",)):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in sheets:
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    path = tmp_path / "made.xlsx"
    book.save(path)
    return path.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t"])
def test_a_csv_is_read_in_any_usual_encoding_and_with_any_usual_separator(table, encoding, sign):
    done, registry = table(CSV.replace(",", sign).encode(encoding))
    one, other = sorted(load_institutions(registry), key=lambda each: each.code, reverse=True)
    assert done.faults == ()
    assert one.name == SCHOOL
    assert one.occupations == ("电工", "茶艺师（评茶员、茶叶加工工）", "焊工")
    assert (one.valid_from, one.valid_to) == (date(2023, 1, 5), date(2026, 1, 4))
    assert (other.valid_from, other.valid_to) == (date(2022, 3, 1), None)
    assert other.province == "湖南"


def test_a_workbook_is_read_with_its_dates_and_numbers(table, tmp_path):
    data = workbook(
        tmp_path,
        [
            ["黑名单"],
            ["名称", "编号", "名单", "原因", "有效期止"],
            ["华某测评中心", 20240001, "黑名单", "违规发证", datetime(2030, 5, 1)],
        ],
        sheets=("其他", "甲"),
    )
    done, registry = table(data, "list.xlsx", None, "甲")
    (one,) = load_institutions(registry)
    assert done.counts.added == 1
    assert (one.roll, one.code, one.reason) == (Roll.BLACK, "20240001", "违规发证")
    assert one.valid_to == date(2030, 5, 1)


def test_rows_of_one_body_add_up_to_its_scope(table):
    rows = "".join(f"{SCHOOL},{each}\n" for each in ("电工", "焊工", "电工"))
    _, registry = table(f"机构名称,职业\n{rows}")
    (one,) = load_institutions(registry)
    assert one.occupations == ("电工", "焊工")


def test_bad_rows_are_named_and_the_others_come_in(table):
    done, registry = table(
        f"机构名称,备案日期,有效期至\n{SCHOOL},2023-02-30,\n,2023-01-01,\n"
        "南某技工学校,2023-05-01,2022-05-01\n12,,\n北某技工学校,2023/5/1,2026-4-30\n"
    )
    assert [one.name for one in load_institutions(registry)] == ["北某技工学校"]
    assert [(fault.row, fault.column) for fault in done.faults] == [
        (2, "备案日期"),
        (3, "机构名称"),
        (4, "有效期至"),
        (5, "机构名称"),
    ]


def test_importing_again_changes_nothing_and_a_new_line_takes_the_place_of_the_old(table):
    first, registry = table(CSV)
    again, _ = table(CSV)
    later, _ = table(CSV.replace("保育师", "育婴员"))
    assert (first.counts, again.counts, later.counts) == (
        (2, 0, 0, 0),
        (0, 0, 2, 0),
        (0, 1, 1, 0),
    )
    assert {one.occupations[-1] for one in load_institutions(registry)} == {"焊工", "育婴员"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "没有内容"),
        ("甲,乙\n1,2\n", "表头"),
        ("机构名称,职业\n", "没有内容"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为 .xlsx"),
        (b"PK\x03\x04broken", "不是完好的 XLSX"),
        (b"\x00\x01\x02\xff\xfe", "不是可读"),
    ],
)
def test_what_is_no_list_is_refused_with_a_remedy(table, data, said):
    with pytest.raises(UsageError, match=said):
        table(data)


def test_a_list_must_be_white_or_black(table):
    with pytest.raises(UsageError, match="--list white"):
        table(CSV, roll=None)


def test_a_missing_sheet_names_those_that_are_there(table, tmp_path):
    with pytest.raises(UsageError, match="名单、附表"):
        table(workbook(tmp_path, [["机构名称"]], ("名单", "附表")), "a.xlsx", sheet="无")


def test_no_file_is_no_registry_and_another_file_is_an_error(table, tmp_path):
    assert load_institutions(str(tmp_path / "none.db")) == ()
    (tmp_path / "book.db").write_text("这不是名单" * 200)
    with pytest.raises(SettingsError, match="请检查"):
        load_institutions(str(tmp_path / "book.db"))
    with pytest.raises(SettingsError, match="请检查"):
        table(CSV)


def test_a_whole_list_takes_off_what_it_lacks_and_history_keeps_it(table):
    _, book = table(CSV)
    later, _ = table(CSV.replace(SCHOOL, "另一学校"), whole=True, actor="张三")
    assert later.counts == (1, 0, 1, 1)
    assert SCHOOL not in {one.name for one in load_institutions(book)}
    with reading(open_database(book)) as connection:
        (was,) = read_history(connection, SCHOOL)
        (logged, *_) = connection.execute(select(audit).order_by(audit.c.number.desc())).mappings()
        assert verify(connection, audit) is None
    assert was.until and was.institution.name == SCHOOL
    assert (logged["actor"], logged["detail"]["removed"]) == ("张三", 1)


def test_a_whole_list_with_bad_rows_takes_nothing_off(table):
    table(CSV)
    later, book = table("机构名称,备案日期\n另一学校,2023-01-01\n坏学校,某日\n", whole=True)
    assert len(later.faults) == 1 and later.counts.removed == 0
    assert len(load_institutions(book)) == 3


def test_a_change_ends_what_was_said_and_begins_what_is(table):
    table(CSV)
    _, book = table(
        CSV.replace(
            "长沙市岳某技工学校,S000143000002,保育师", "长沙市岳某技工学校,S000143000002,育婴员"
        )
    )
    with reading(open_database(book)) as connection:
        old, new = read_history(connection, "长沙市岳某技工学校")
    assert (old.institution.occupations, new.institution.occupations) == (("保育师",), ("育婴员",))
    assert old.until == new.since and not new.until


def test_a_list_is_known_by_a_digest_of_what_it_holds(table, tmp_path):
    _, book = table(CSV)
    before = digest(load_institutions(book))
    table(CSV)
    assert digest(load_institutions(book)) == before
    table(CSV.replace("保育师", "育婴员"))
    assert digest(load_institutions(book)) != before
    assert digest(()) == ""


names = st.text(st.sampled_from("甲乙丙丁学校中心=+-@'（）"), min_size=2, max_size=12).map(
    "学校{}".format
)
texts = st.text(st.sampled_from("甲乙丙=+-@'，。0"), max_size=8).map(str.strip)
trades = st.lists(st.sampled_from(["电工", "焊工", "茶艺师（评茶员、茶叶加工工）"]), unique=True)
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
@given(name=names, roll=st.sampled_from(Roll), scope=trades, reason=texts, day=st.none() | days)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_what_is_exported_is_imported_as_it_was(
    tmp_path, extension, name, roll, scope, reason, day
):
    one = Institution(
        name, roll, "S1", tuple(scope), "广东", None, day, reason, "某文", "社会培训评价组织"
    )
    file = tmp_path / f"list.{extension}"
    write_listing(file, [one])
    assert read_listing(read_rows(file), file, None) == Listing((one,), ())


def test_an_export_without_a_known_extension_says_which_there_are(tmp_path):
    with pytest.raises(UsageError, match=r"\.csv 或 \.xlsx"):
        write_listing(tmp_path / "list.doc", [])
