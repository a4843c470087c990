"""Tables of cases taken into the book: once, whole, and without losing what others changed."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from book_values import finding, import_results, result
from case_values import BODY, HEAD, ROW, SCHOOL, STEP_HEAD, case, faults, fill_in, step
from sqlalchemy import func, select

from detector.casebook.cases import find_case, load_cases, save_case
from detector.casebook.edits import Signed, take_edits
from detector.casebook.history import history_of
from detector.casebook.opening import add_to_case, open_case
from detector.casebook.sheets import read_cases
from detector.casebook.values import Evidence, StepKind
from detector.casebook.workbook import write_workbook
from detector.database import now, open_database, reading, verify, writing
from detector.database.tables import audit
from detector.errors import UsageError

ZHANG, LI = "张三", "李四"


@pytest.fixture
def book(engine, tmp_path):
    return Book(engine, tmp_path / "cases.xlsx")


class Book:
    """A casebook with a workbook that goes out of it and comes back."""

    def __init__(self, engine, path):
        self.engine, self.path = engine, path

    def save(self, *cases, actor=ZHANG):
        with writing(self.engine) as connection:
            for one in cases:
                save_case(connection, one, actor, now())

    def export(self):
        self.path.write_bytes(write_workbook(self.cases, {}))

    def rewrite(self, **changes):
        """Change cells of the workbook: by sheet and place, as 案件_C2."""
        pages = openpyxl.load_workbook(self.path)
        for name, value in changes.items():
            sheet, place = name.split("_")
            pages[sheet][place] = value
        pages.save(self.path)

    def bring(self, actor=LI, path=None, **options):
        sheets = read_cases(path or self.path)
        with writing(self.engine) as connection:
            return take_edits(connection, sheets, Signed(actor, now()), **options)

    @property
    def cases(self):
        with reading(self.engine) as connection:
            return load_cases(connection)

    def find(self, number):
        with reading(self.engine) as connection:
            return find_case(connection, number)

    def changes(self):
        with reading(self.engine) as connection:
            assert verify(connection, audit) is None
            return connection.execute(select(func.count()).select_from(audit)).scalar_one()


def test_an_offices_own_table_opens_cases_once(book):
    fill_in(
        book.path,
        {
            "案件": [
                [*HEAD, "备注"],
                ["", *ROW[1:], "另一件？"],
                ["", "乙", *ROW[2:]],
                ROW,
                ["", "丙", BODY, "2024-05-01"],
            ],
            "措施": [STEP_HEAD, ["甲-1", "约谈", "2025-04-01", "", 2]],
        },
    )
    # 甲-1 is of the same institution and day as the first row, which has no number.
    first = book.bring()
    assert (first.opened, faults(first)) == (
        ["甲-1", "2025-0001", "2024-0001"],
        [("案件", 2, "案件编号")],
    )
    with writing(book.engine) as connection:
        add_to_case(connection, "2025-0001", ZHANG, now(), steps=[step()])
    before = book.changes()
    again = book.bring()
    assert (again.opened, again.changed, len(again.same)) == ([], [], 3)
    assert book.changes() == before
    assert book.find("甲-1").steps == (step(persons=2),)


def test_made_numbers_do_not_meet_those_that_are_given(book):
    book.save(case("2025-0003"))
    fill_in(book.path, {"案件": [HEAD, ["", "乙", *ROW[2:]], ["2025-0004", "丙", *ROW[2:]]]})
    assert book.bring().opened == ["2025-0004", "2025-0005"]


def test_an_edit_changes_the_book_and_says_so_in_its_history(book):
    book.save(case(steps=(step(),), note="原来"))
    book.export()
    book.rewrite(案件_O2="改后", 案件_I2=date(2025, 5, 1), 措施_B3="立案", 措施_C3="2025.6.1",
                 措施_A3="2025-0001")  # fmt: skip
    done = book.bring()
    assert (done.changed, done.faults) == (["2025-0001"], [])
    filed = step(StepKind.CASE_FILED, date(2025, 6, 1))
    edited = case(note="改后", checked=date(2025, 5, 1), steps=(step(), filed))
    assert book.find("2025-0001") == edited
    with reading(book.engine) as connection:
        first, last = history_of(connection, "2025-0001")
    assert (first.actor, first.what, last.actor) == (ZHANG, ("立卷",), LI)
    assert last.what == (
        "检查日期：空 → 2025-05-01",
        "备注：原来 → 改后",
        "措施：增加 2025-06-01 立案",
    )


def test_what_somebody_changed_meanwhile_is_not_lost(book):
    book.save(case(), case("2025-0002"), case("2025-0003"))
    book.export()
    book.save(case(note="李四"), case("2025-0003", note="李四"), actor=LI)
    book.rewrite(案件_O2="张三", 案件_O3="张三")
    done = book.bring()
    assert done.changed == ["2025-0002"]
    assert done.same == ["2025-0003"]  # nobody edited its row: no older state comes back
    assert faults(done) == [("案件", 2, "案件编号")]
    assert "重新导出" in done.faults[0].what
    assert [one.note for one in book.cases] == ["李四", "张三", "李四"]
    assert book.bring(overwrite=True).changed == ["2025-0001"]
    assert [one.note for one in book.cases] == ["张三", "张三", "李四"]


def test_of_two_who_edit_the_same_state_at_once_one_is_refused(book, tmp_path):
    book.save(case())
    book.export()
    paths = []
    for number in range(4):
        book.rewrite(案件_O2=f"{number}")
        paths.append(book.path.rename(tmp_path / f"{number}.xlsx"))
        book.path.write_bytes(paths[-1].read_bytes())
    done, start = [], threading.Barrier(len(paths))

    def edit(path):
        start.wait()
        done.append(book.bring(path=path))

    threads = [threading.Thread(target=edit, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(one.changed) for one in done) == [0, 0, 0, 1]
    assert sorted(len(one.faults) for one in done) == [0, 1, 1, 1]


def test_cases_opened_at_once_have_numbers_of_their_own(engine, database):
    numbers = []

    def open_some():
        own = open_database(database)
        for _ in range(5):
            with writing(own) as connection:
                numbers.append(open_case(connection, case(""), ZHANG, now()).number)
        own.dispose()

    threads = [threading.Thread(target=open_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [f"2025-{number:04}" for number in range(1, 21)]


def test_a_table_that_no_export_made_does_not_overwrite_a_case_of_the_book(book):
    book.save(case("甲-1", note="原来"))
    fill_in(book.path, {"案件": [[*HEAD, "备注"], [*ROW, "另外"]]})
    done = book.bring()
    assert faults(done) == [("案件", 2, "案件编号")]
    assert "不是从案卷库导出" in done.faults[0].what
    assert book.find("甲-1").note == "原来"


def test_columns_and_sheets_that_are_left_out_leave_a_case_as_it_is(book):
    book.save(case(note="原来", steps=(step(),)))
    book.export()
    pages = openpyxl.load_workbook(book.path)
    del pages["措施"]
    pages["案件"].delete_cols(15)
    pages["案件"]["F2"] = "广东省"
    pages.save(book.path)
    assert book.bring().changed == ["2025-0001"]
    assert book.find("2025-0001") == case(note="原来", region="广东省", steps=(step(),))


def test_rows_that_were_deleted_take_parts_away_but_no_cases(book):
    book.save(case(steps=(step(), step(StepKind.PENALTY))), case("2025-0002"))
    book.export()
    pages = openpyxl.load_workbook(book.path)
    pages["措施"].delete_rows(2)
    pages["案件"].delete_rows(3)
    pages.save(book.path)
    assert book.bring().changed == ["2025-0001"]
    assert book.find("2025-0001").steps == (step(StepKind.PENALTY),)
    assert book.find("2025-0002") is not None


def test_a_case_with_a_finding_that_the_book_lacks_is_named_and_the_others_come_in(book):
    import_results(book.engine, result("a.txt", finding("f1")))
    rows = [HEAD, ROW, ["甲-2", *ROW[1:]]]
    found = [["案件编号", "指纹"], ["甲-1", "f1"], ["甲-2", "f2"]]
    fill_in(book.path, {"案件": rows, "线索": found})
    done = book.bring()
    assert (done.opened, faults(done)) == (["甲-1"], [("案件", 3, "案件编号")])
    assert "f2" in done.faults[0].what
    assert book.find("甲-1").fingerprints == ("f1",)


def test_a_new_case_needs_columns_that_an_edit_does_not(book):
    fill_in(book.path, {"案件": [["案件编号", "机构名称"], ["甲-1", SCHOOL]]})
    done = book.bring()
    assert "“机构类型”“线索日期”" in done.faults[0].what


def test_an_import_that_fails_leaves_nothing(book):
    fill_in(book.path, {"案件": [HEAD, ROW]})
    with pytest.raises(RuntimeError), writing(book.engine) as connection:
        take_edits(connection, read_cases(book.path), Signed(LI, now()))
        raise RuntimeError
    assert book.cases == () and book.changes() == 0


def test_nothing_is_changed_without_a_name(book):
    fill_in(book.path, {"案件": [HEAD, ROW]})
    with pytest.raises(UsageError, match="--reviewer"):
        book.bring(actor=" ")
    with pytest.raises(UsageError, match="--reviewer"):
        book.save(case(), actor="")


def test_what_is_added_twice_is_there_once(book):
    book.save(case())
    photo = Evidence("a.jpg", "ab" * 32, 3, now())
    for _ in range(2):
        with writing(book.engine) as connection:
            added = {"steps": [step()], "evidence": [photo]}
            add_to_case(connection, "2025-0001", LI, now(), **added)
    assert book.find("2025-0001") == case(steps=(step(),), evidence=(photo,))
    assert book.changes() == 2
    with writing(book.engine) as connection, pytest.raises(UsageError, match="case list"):
        add_to_case(connection, "2025-0009", LI, now(), steps=[step()])


def test_a_number_is_given_once(book):
    book.save(case())
    with writing(book.engine) as connection, pytest.raises(UsageError, match="已有案件 2025-0001"):
        open_case(connection, replace(case(), note="另一件"), ZHANG, now())
