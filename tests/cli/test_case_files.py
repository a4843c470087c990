"""`shanzhai case`: what a user sees of cases, from the first lead to the last paper."""

from __future__ import annotations

import json
from datetime import date

import openpyxl
import pytest

from detector.errors import ExitCode

SCHOOL = "广州市越某职业培训学校"
TODAY = date.today()
FIRST = f"{TODAY.year}-0001"


@pytest.fixture(autouse=True)
def reviewer(monkeypatch):
    monkeypatch.setenv("SHANZHAI_REVIEWER", "张三")


@pytest.fixture
def case(shanzhai):
    """Run a command of the group."""
    return lambda *arguments: shanzhai("case", *arguments)


@pytest.fixture
def opened(case):
    """Open a case and return its number."""
    done = case("open", "--institution", SCHOOL, "--body", "自行开展", "--region", "广东省")
    assert (done.code, done.err) == (ExitCode.CLEAN, "")
    return done.out.strip()


@pytest.fixture
def certificate(workplace):
    """Return a page on which the rules find something, and which says who issued it."""
    path = workplace / "证书.txt"
    text = f"职业技能等级证书\n签约包过\n职业名称：茶艺师\n发证机构：{SCHOOL}\n"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_case_is_opened_and_everything_about_it_is_shown(case, opened, workplace):
    assert opened == FIRST
    (workplace / "照片.jpg").write_bytes(b"abc")
    case("step", opened, "移送", "--on", "2025年3月5日", "--amount", "1.2万", "--persons", "3人")
    case("evidence", opened, workplace / "照片.jpg", "--note", "门头")
    shown = case("show", opened).out
    assert SCHOOL in shown and "广东省" in shown and TODAY.isoformat() in shown
    assert "2025-03-05 移送公安机关 12,000.00 元 3 人" in shown
    assert "照片.jpg" in shown and "门头" in shown
    history = shown.partition("变更记录")[2]
    assert history.count("张三") == 3 and "立卷" in history and "证据：增加 照片.jpg" in history


@pytest.mark.parametrize("kind", ["约谈", "talk"])
def test_a_step_is_called_by_its_label_or_its_value(case, opened, kind):
    assert "约谈" in case("step", opened, kind, "--on", "2025-03-05").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("step", FIRST, "取消"), "“取消备案”"),
        (("step", FIRST, "约谈", "--on", "三月"), "--on"),
        (("step", FIRST, "约谈", "--amount", "若干"), "--amount"),
        (("step", "2000-0001", "约谈"), "case list"),
        (("show", "2000-0001"), "case list"),
        (("open", "--institution", "乙", "--body", "学校"), "--body"),
        (("open", "--institution", "", "--body", "自行开展"), "--institution"),
        (("open", "--institution", "乙", "--body", "自行", "--finding", "f"), "case import"),
        (("evidence", FIRST), "--check"),
        (("evidence", FIRST, "没有.jpg"), "没有.jpg"),
        (("export", "cases.csv"), ".xlsx"),
        (("export", "没有/cases.xlsx"), "无法写入"),
        (("edit", "没有.xlsx"), "没有.xlsx"),
        (("list", "--from", "昨天"), "--from"),
        (("step", FIRST, "约谈", "--reviewer", " "), "--reviewer"),
    ],
)
def test_what_cannot_be_done_is_told_with_a_remedy(case, opened, arguments, said):
    done = case(*arguments)
    assert done.code == ExitCode.USAGE
    assert said in done.err


def test_cases_are_listed_by_what_they_are(case, opened):
    case("open", "--institution", "乙", "--body", "training-body", "--opened", "2024-05-01")
    assert "共 2 件，未结 2 件" in case("list").out
    for chosen, there in (
        (("--region", "广东"), SCHOOL),
        (("--body", "补贴性培训任务"), "乙"),
        (("--to", "2024-12-31"), "乙"),
        (("--from", "2025-01-01"), SCHOOL),
    ):
        listed = case("list", *chosen).out
        assert there in listed and "共 1 件" in listed
    assert "共 0 件" in case("list", "--closed").out


def test_a_workbook_goes_out_is_edited_and_comes_back(case, opened):
    case("step", opened, "约谈", "--on", "2025-03-05")
    assert "1 件案件" in case("export", "cases.xlsx").out
    assert "未变 1 件" in case("edit", "cases.xlsx").out
    book = openpyxl.load_workbook("cases.xlsx")
    book["案件"]["K2"] = TODAY
    book["案件"].append(["", "乙", "", "自行开展能力水平评价活动的机构", *[""] * 3, TODAY])
    book["措施"].append([opened, "破案", "2025.6.1", "", 3, "2万"])
    book.save("cases.xlsx")
    done = case("edit", "cases.xlsx", "--reviewer", "李四")
    assert done.code == ExitCode.INCOMPLETE
    assert "措施 第 3 行“人数”：“2万”不是整数" in done.err and f"案件 {opened} 整案" in done.err
    assert f"新立 1 件（{TODAY.year}-0002），修改 0 件" in done.out
    book["措施"]["F3"] = 2
    book.save("cases.xlsx")
    again = case("edit", "cases.xlsx", "--reviewer", "李四")
    assert (again.code, again.err) == (ExitCode.CLEAN, "")
    assert "新立 0 件，修改 1 件，未变 1 件" in again.out
    shown = case("show", opened).out
    assert "2025-06-01 破案" in shown and f"结案日期：空 → {TODAY}" in shown and "李四" in shown
    assert "未结 1 件" in case("list").out


def test_a_case_that_was_changed_after_the_export_needs_overwriting(case, opened):
    case("export", "cases.xlsx")
    case("step", opened, "约谈")
    book = openpyxl.load_workbook("cases.xlsx")
    book["案件"]["O2"] = "改过"
    book.save("cases.xlsx")
    refused = case("edit", "cases.xlsx")
    assert refused.code == ExitCode.INCOMPLETE
    assert "重新导出" in refused.err and "--overwrite" in refused.err
    assert case("edit", "cases.xlsx", "--overwrite").code == ExitCode.CLEAN
    assert "改过" in case("show", opened).out


def test_numbers_of_persons_are_masked_on_the_terminal_and_kept_in_the_workbook(case, opened):
    number = "440101199001011234"
    done = case("step", opened, "约谈", "--detail", f"身份证 {number}")
    shown = done.out, case("list").out, case("show", opened).out
    assert all(number not in text and "44*" in text for text in shown)
    assert number in case("show", opened, "--show-personal-data").out
    case("export", "cases.xlsx")
    assert openpyxl.load_workbook("cases.xlsx")["措施"]["G2"].value.endswith(number)


def test_evidence_is_checked_against_a_folder(case, opened, workplace):
    file = workplace / "照片.jpg"
    file.write_bytes(b"abc")
    case("evidence", opened, file)
    assert case("evidence", opened, "--check", workplace).code == ExitCode.CLEAN
    file.write_bytes(b"abd")
    changed = case("evidence", opened, "--check", workplace)
    assert changed.code == ExitCode.FINDINGS and "内容已变  照片.jpg" in changed.out


def test_what_a_scan_found_becomes_a_case_of_the_issuer(case, shanzhai, certificate, report):
    shanzhai("scan", certificate, "--kind", "certificate", "--format", "json")
    found = [one for one in report()["results"][0]["findings"] if one["outcome"] == "report"]
    case("import", "shanzhai-report")
    assert "立卷 0 件" in case("group").out
    done = case("group", "--undecided")
    assert f"{FIRST}  {SCHOOL}  线索 {len(found)} 条" in done.out
    shown = case("show", FIRST).out
    assert found[0]["fingerprint"] in shown and "疑似违规  未审核" in shown
    case("export", "cases.xlsx")
    page = openpyxl.load_workbook("cases.xlsx")["线索"]
    assert page["B2"].value in {one["fingerprint"] for one in found}
    assert page["D2"].value.endswith("证书.txt")


def test_findings_of_sources_that_name_nobody_are_counted(case, shanzhai, advert, report):
    shanzhai("scan", advert, "--format", "json")
    case("import", "shanzhai-report")
    done = case("group", "--undecided")
    assert done.code == ExitCode.CLEAN
    assert "没有写明机构" in done.err and "--finding" in done.err
    fingerprint = report()["results"][0]["findings"][0]["fingerprint"]
    case("open", "--institution", "乙", "--body", "自行开展", "--finding", fingerprint)
    assert json.dumps(fingerprint)[1:-1] in case("show", FIRST).out
