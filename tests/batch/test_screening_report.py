"""`shanzhai report` lists what was asked for and tells of all that was screened."""

from __future__ import annotations

import json
from pathlib import Path

import crawls
import docx
import openpyxl
import pyarrow.parquet as pq
import pytest

from detector.batch.run import screen_inputs
from detector.cli import main
from detector.errors import ExitCode
from detector.settings import Settings

PAGES = 40
EMPTY = ("http://site9.example.cn/empty.html", b"<html><body></body></html>")


@pytest.fixture(scope="module")
def screened(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("screened")
    crawl = crawls.write_warc(folder / "crawl.warc.gz", [*crawls.pages(PAGES), EMPTY])
    screen_inputs([str(crawl)], Settings(out=folder / "out", workers=1, chunk_pages=15))
    return folder / "out"


@pytest.fixture
def report(screened, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*options: str) -> tuple[dict, str]:
        code = main(["report", str(screened), "--format", "json", "--out", "report", *options])
        said = capsys.readouterr()
        assert code == ExitCode.CLEAN, said.err
        return json.loads(Path("report/report.json").read_text("utf-8")), said.out

    return run


def addresses(report: dict) -> list[str]:
    return [result["source"]["uri"] for result in report["results"]]


def test_it_lists_what_was_found_and_not_read_but_counts_every_page(report):
    value, said = report()
    advertising = [a for n, (a, _) in enumerate(crawls.pages(PAGES)) if n % 5 == 0]
    assert sorted(addresses(value)[:-1]) == sorted(advertising)
    assert addresses(value)[-1] == EMPTY[0]
    assert value["totals"]["sources"] == PAGES + 1
    assert value["totals"]["unread"] == 1
    assert value["totals"]["report"] == sum(len(r["findings"]) for r in value["results"])
    assert "1 个没有读到内容" in said


def test_beyond_the_limit_it_says_how_many_are_left_out_and_keeps_the_totals(report):
    value, said = report("--limit", "3")
    assert len(value["results"]) == 3
    assert value["totals"] == report()[0]["totals"]
    assert f"另有 {PAGES // 5 + 1 - 3} 个未列出" in said
    assert "--limit" in said


def test_the_page_itself_says_that_it_does_not_list_all(report):
    report("--limit", "3", "--format", "html")
    page = Path("report/report.html").read_text("utf-8")
    assert f"只列出 3 份材料；总计是全部 {PAGES + 1} 份的" in page


def test_a_site_is_reported_with_its_own_totals(report):
    value, _ = report("--site", "Site1.example.cn")
    assert {address.split("/")[2] for address in addresses(value)} == {"site1.example.cn"}
    assert value["totals"]["sources"] == PAGES / 4


def test_a_clause_is_reported_with_the_findings_that_cite_it_alone(report):
    cited = {c for r in report()[0]["results"] for f in r["findings"] for c in f["clauses"]}
    for clause in cited:
        value, _ = report("--clause", clause)
        findings = [f for r in value["results"] for f in r["findings"]]
        assert findings
        assert all(clause in f["clauses"] for f in findings)
        assert value["totals"]["report"] + value["totals"]["review"] == len(findings)


def test_the_report_says_what_was_chosen(report):
    value, _ = report("--site", "site1.example.cn", "--outcome", "report")
    assert value["settings"]["report_site"] == "site1.example.cn"
    assert value["settings"]["report_outcome"] == "report"
    assert value["settings"]["show_personal_data"] == "false"


@pytest.mark.parametrize(
    ("options", "words"),
    [(["--site", "nowhere.cn"], "没有网站 nowhere.cn"), (["--clause", "X#1"], "没有条款 X#1")],
)
def test_what_nothing_could_fit_is_refused_rather_than_reported_as_clean(
    screened, capsys, options, words
):
    assert main(["report", str(screened), *options]) == ExitCode.USAGE
    assert words in capsys.readouterr().err


def known_of(value: dict, folder: Path) -> Path:
    path = folder / "known.txt"
    prints = {f["fingerprint"] for r in value["results"] for f in r["findings"]}
    path.write_text("\n".join(sorted(prints)), "utf-8")
    return path


def test_what_a_baseline_knows_is_counted_and_not_listed(report, tmp_path):
    whole, _ = report()
    part, _ = report("--site", "site1.example.cn")
    baseline = known_of(part, tmp_path)
    value, said = report("--baseline", str(baseline))
    found = whole["totals"]["report"] + whole["totals"]["review"]
    known = part["totals"]["report"] + part["totals"]["review"]
    assert known
    assert value["totals"]["known"] == known
    assert value["totals"]["report"] + value["totals"]["review"] == found - known
    assert sum(len(result["findings"]) for result in value["results"]) == found - known
    assert value["totals"]["sources"] == whole["totals"]["sources"]
    assert f"另有 {known} 处在基准 {baseline} 中已知，未列出。" in said
    assert addresses(value)[-1] == EMPTY[0]


def test_the_limit_is_for_pages_with_something_new(report, tmp_path):
    first, _ = report("--limit", "3")
    second, _ = report("--limit", "3", "--baseline", str(known_of(first, tmp_path)))
    assert len(second["results"]) == 3
    assert not set(addresses(first)) & set(addresses(second))


def test_the_exit_code_is_set_by_what_is_new(screened, report, tmp_path, capsys):
    value, _ = report()
    baseline = str(known_of(value, tmp_path))
    command = ["report", str(screened), "--out", "x", "--format", "json", "--only-new"]
    assert main([*command, "--baseline", baseline]) == ExitCode.INCOMPLETE
    Path(baseline).write_text("0" * 24, "utf-8")
    assert main([*command, "--baseline", baseline]) == ExitCode.FINDINGS


@pytest.mark.parametrize("name", ["md", "docx", "csv", "xlsx", "sarif", "jsonl"])
def test_every_format_says_that_it_does_not_list_all(report, name):
    report("--limit", "3", "--format", name)
    (path, *_) = sorted(Path("report").glob(f"*.{name}"), key=lambda p: p.stem != "unread")
    words = "本报告只列出 3 份材料"
    if name == "docx":
        assert any(words in p.text for p in docx.Document(str(path)).paragraphs)
    elif name == "xlsx":
        rows = openpyxl.load_workbook(path)["概要"].values
        assert any(words in str(cell) for row in rows for cell in row)
    elif name == "jsonl":
        head = json.loads(path.read_text("utf-8").splitlines()[0])
        assert (head["results"], head["totals"]["sources"]) == (3, PAGES + 1)
    else:
        assert words in path.read_text("utf-8")


def test_settings_of_several_names_are_read_back_as_they_were(tmp_path):
    crawl = crawls.write_warc(tmp_path / "crawl.warc", crawls.pages(1))
    out = tmp_path / "out"
    screen_inputs([str(crawl)], Settings(out=out, workers=1, jurisdiction=("GD", "HN")))
    assert main(["report", str(out), "--format", "json"]) == ExitCode.CLEAN
    value = json.loads((out / "report" / "report.json").read_text("utf-8"))
    assert value["settings"]["jurisdiction"] == "GD,HN"


def test_a_report_of_a_screening_is_made_into_other_formats(report):
    report("--format", "jsonl")
    assert main(["report", "report/report.json", "--format", "jsonl"]) == ExitCode.CLEAN
    again = Path("report/report/report.jsonl").read_bytes()
    assert again == Path("report/report.jsonl").read_bytes()


def test_a_folder_without_a_manifest_is_explained(tmp_path, capsys):
    assert main(["report", str(tmp_path)]) == ExitCode.USAGE
    assert "shanzhai screen" in capsys.readouterr().err


def test_a_manifest_of_another_version_is_explained(tmp_path, capsys):
    (tmp_path / "manifest.json").write_text('{"schema": "shanzhai-screen/9"}', "utf-8")
    assert main(["report", str(tmp_path)]) == ExitCode.USAGE
    assert "shanzhai-screen/9" in capsys.readouterr().err


PERSON = "联系人：欧阳建国，手机13812345678，身份证号110101199003077758。"
SECRETS = ("欧阳建国", "13812345678", "199003077758")


def written_with_person(folder: Path, **more: object) -> tuple[str, str]:
    """Screen a page that names a person; return the words of its parts and of its report."""
    body = f"<html><body><p>{PERSON}{crawls.ADVERT}{PERSON}</p></body></html>".encode()
    crawl = crawls.write_warc(folder / "crawl.warc", [("http://a.cn/", body)])
    out = folder / "out"
    screen_inputs([str(crawl)], Settings(out=out, workers=1, **more))
    assert main(["report", str(out)]) == ExitCode.CLEAN
    tables = [pq.read_table(path) for path in sorted(out.glob("*/*.parquet"))]
    assert sum(table.num_rows for table in tables) >= 2
    parts = "".join(str(table.to_pylist()) for table in tables)
    reports = "".join((out / "report" / f"report.{end}").read_text("utf-8") for end in KINDS)
    return parts, reports


KINDS = ("json", "html")


def test_neither_parts_nor_report_show_a_person(tmp_path):
    parts, reports = written_with_person(tmp_path)
    assert "欧" in parts  # the excerpt does reach the person
    assert [secret for secret in SECRETS if secret in parts + reports] == []


def test_a_screening_that_shows_personal_data_says_so_in_its_report(tmp_path):
    parts, reports = written_with_person(tmp_path, show_personal_data=True)
    assert "欧阳建国" in parts
    assert "欧阳建国" in reports
    assert "<b>未遮盖</b>" in reports
