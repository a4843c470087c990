"""The golden files and what makes them; run this file to renew them, then read the diff."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from report_values import (
    NOTICES,
    certificate,
    finding,
    full_report,
    no_pages,
    result,
)

from detector import __version__
from detector.model import Effect, Evasion, Outcome, Problem, Reason, Severity
from detector.report import write_report
from detector.report.document_json import document_as_text
from detector.report.terminal import render_check

FOLDER = Path(__file__).parent / "golden"
CLAUSES = {clause.id: (notice, clause) for notice in NOTICES for clause in notice.clauses}
ADVERT = (
    "\t电工证😀包\u200b过，不过退费，名额有限，咨询从速，联系我们的招生老师了解详情。\n内部\n渠道。"
)


def written(format: str) -> str:
    """Return the first file of a format, without the version that changes with every release."""
    with TemporaryDirectory() as folder:
        path, *_ = write_report(full_report(), Path(folder), [format], no_pages)
        return path.read_bytes().decode("utf-8").replace(__version__, "VERSION")


def check(colour: bool = False, width: int = 60) -> str:
    found = result(
        "广告.txt",
        finding(
            ADVERT,
            "包\u200b过",
            term="包过",
            evasion=Evasion.ZERO_WIDTH,
            clauses=("GD-2022#二（二）", "CN-2022-25#一（二）"),
            reasons=(
                Reason("border", Effect.RAISE, "前后都不成别的词"),
                Reason("speaker", Effect.LOWER, "未见机构自称，说话人不能确定，请结合发布账号判断"),
            ),
        ),
        finding(
            ADVERT,
            "内部\n渠道",
            term="内部渠道",
            evasion=Evasion.LINE_SPLIT,
            severity=Severity.MEDIUM,
            outcome=Outcome.REVIEW,
        ),
        finding(ADVERT, "退费", outcome=Outcome.DISMISSED),
        problems=(Problem("bad-encoding", "有 3 处字节不合编码，已用 � 代替。请核对原文。"),),
    )
    return render_check(found, ADVERT, CLAUSES, colour, width)


GOLDEN: dict[str, Callable[[], str]] = {
    "report.json": partial(written, "json"),
    "report.jsonl": partial(written, "jsonl"),
    "report.csv": partial(written, "csv"),
    "report.md": partial(written, "md"),
    "report.sarif": partial(written, "sarif"),
    "check.txt": check,
    "read.txt": lambda: document_as_text(certificate()),
}


def golden(name: str) -> str:
    return (FOLDER / name).read_bytes().decode("utf-8")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, make in GOLDEN.items():
        (FOLDER / name).write_bytes(make().encode("utf-8"))
