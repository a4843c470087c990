"""`shanzhai registry`: what a user sees of an import, of the list and of a question."""

from __future__ import annotations

import pytest

from detector.errors import ExitCode

SCHOOL = "广州市越某职业培训学校"
ROWS = f"机构名称,备案编号,备案职业,有效期至\n{SCHOOL},S1,茶艺师、电工,2030-12-31\n"


@pytest.fixture
def listing(workplace):
    def write(text=ROWS, encoding="gb18030"):
        path = workplace / "名单.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_a_list_is_imported_shown_and_asked(shanzhai, listing):
    done = shanzhai("registry", "import", listing(), "--list", "white")
    assert (done.code, done.err) == (ExitCode.CLEAN, "")
    assert "新增 1 个" in done.out
    assert "未变 1 个" in shanzhai("registry", "import", listing(), "--list", "white").out
    shown = shanzhai("registry", "list").out
    assert SCHOOL in shown and "茶艺师、电工" in shown and "2030-12-31" in shown
    asked = shanzhai("registry", "check", SCHOOL, "--occupation", "茶艺师")
    assert asked.code == ExitCode.CLEAN and "在名单内" in asked.out
    beyond = shanzhai("registry", "check", SCHOOL, "--occupation", "焊工")
    assert "超出备案范围" in beyond.out


def test_a_copied_name_ends_with_the_code_of_findings(shanzhai, listing):
    shanzhai("registry", "import", listing(), "--list", "white")
    asked = shanzhai("registry", "check", SCHOOL.replace("培训", "教育"))
    assert asked.code == ExitCode.FINDINGS
    assert "名称近似" in asked.out and SCHOOL in asked.out


def test_bad_rows_are_named_and_the_code_says_that_something_is_missing(shanzhai, listing):
    done = shanzhai("registry", "import", listing(ROWS + ",S2,电工,\n"), "--list", "white")
    assert done.code == ExitCode.INCOMPLETE
    assert "第 3 行“机构名称”" in done.err
    assert "新增 1 个" in done.out


def test_what_cannot_be_used_is_a_usage_error_with_a_remedy(shanzhai, listing, workplace):
    assert "--list" in shanzhai("registry", "import", listing()).err
    asked = shanzhai("registry", "check", SCHOOL)
    assert asked.code == ExitCode.USAGE and "registry import" in asked.err
    (workplace / "x.db").write_text("不是名单" * 100)
    broken = shanzhai("registry", "list", "--casebook", "x.db")
    assert broken.code == ExitCode.USAGE and "x.db" in broken.err


def test_a_scan_uses_the_list_and_says_where_there_is_none(shanzhai, listing, report, workplace):
    page = workplace / "证书.txt"
    page.write_text(f"职业技能等级证书\n职业名称：茶艺师\n发证机构：{SCHOOL}\n", encoding="utf-8")
    shanzhai("scan", page, "--kind", "certificate", "--format", "json")
    (check,) = report()["results"][0]["registry"]
    assert (check["name"], check["standing"]) == (SCHOOL, "not-checked")
    shanzhai("registry", "import", listing(), "--list", "white", "--casebook", "mine.db")
    shanzhai("scan", page, "--kind", "certificate", "--format", "json", "--casebook", "mine.db")
    (check,) = report()["results"][0]["registry"]
    assert check["standing"] == "listed"


def test_a_list_is_exported_and_an_institution_is_taken_off(shanzhai, listing, workplace):
    shanzhai("registry", "import", listing(), "--list", "white")
    assert "1 个机构" in shanzhai("registry", "export", "out.xlsx").out
    assert "未变 1 个" in shanzhai("registry", "import", "out.xlsx").out
    gone = shanzhai(
        "registry", "remove", SCHOOL, "--list", "white", "--reason", "备案终止", "--reviewer", "张"
    )
    assert gone.code == ExitCode.CLEAN
    assert SCHOOL not in shanzhai("registry", "list").out
    assert SCHOOL in shanzhai("registry", "history", SCHOOL).out
    again = shanzhai("registry", "remove", SCHOOL, "--list", "white", "--reason", "再来")
    assert again.code == ExitCode.USAGE and "registry list" in again.err
