"""Fill every form from an invented casebook and draw it: docs/images/forms/*.png.

    python scripts/draw_forms.py [FOLDER]

LibreOffice makes a PDF of each Word document, and of one workbook. The first page is drawn: it is
the form itself. Institutions, cases and findings are invented.
"""

from __future__ import annotations

import hashlib
import io
import sys
from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image

from detector.casebook.findings import Held
from detector.casebook.values import (
    Body,
    Case,
    Decision,
    Evidence,
    Practice,
    Step,
    StepKind,
    Verdict,
)
from detector.forms import docx, xlsx
from detector.forms.fill import Asked, fill
from detector.forms.filled import FilledForm, Period
from detector.forms.holdings import Holdings
from detector.forms.load import load_forms
from detector.forms.pdf import convert
from detector.model import (
    Anchor,
    DocumentKind,
    Finding,
    Institution,
    Outcome,
    PassageKind,
    Roll,
    Severity,
    Source,
    Span,
)
from detector.rulebook import load_rules
from detector.settings import shipped_rules

FOLDER = Path(__file__).parents[1] / "docs" / "images" / "forms"
PERIOD = Period(date(2023, 7, 1), date(2023, 7, 31))
UNIT = "某某市"
CASE = "2023-007"
AS_WORKBOOK = ("yq-2023-196-2",)
COLOURS = 16
WIDTH = 1400  # pixels


def on(day: int, month: int = 7) -> date:
    """Return a day of 2023."""
    return date(2023, month, day)


def step(kind: StepKind, day: int, **more: object) -> Step:
    """Return a step in July 2023."""
    return Step(kind, on(day), **more)  # type: ignore[arg-type]


def digest(number: int) -> str:
    """Return an invented file's digest."""
    return hashlib.sha256(str(number).encode()).hexdigest()


CASES = (
    Case(
        "2023-001", "某某市甲职业培训学校", Body.TRAINING_BODY, on(3),
        practices=(Practice.SHAM_TRAINING,), fingerprints=("f0917ad4",), region="某某市一区",
        lead="群众投诉", checked=on(5), verified=True, summary="编造两期电工培训的上课记录。",
        handling="移出目录，补贴已追回。",
        note="审计报告同时反映该校 2022 年的两个班次。",
        steps=(
            step(StepKind.TRANSFERRED, 8, by="人社部门"),
            step(StepKind.CASE_FILED, 12, by="公安部门"),
            step(StepKind.OFF_CATALOGUE, 14, by="人社部门"),
            step(StepKind.SUBSIDY_RECOVERED, 20, by="人社部门", amount=12_680_050),
        ),
    ),
    Case(
        "2023-002", "某某市乙教育咨询有限公司", Body.TRAINING_BODY, on(4),
        practices=(Practice.FALSE_CLAIMS, Practice.SHAM_TRAINING), region="某某市二区",
        lead="大数据筛查", checked=on(6), verified=True, handling="责令限期整改，追回补贴。",
        steps=(
            step(StepKind.TRANSFERRED, 9, by="人社部门"),
            step(StepKind.NOT_FILED, 18, by="公安部门"),
            step(StepKind.RECTIFICATION, 19, by="人社部门"),
            step(StepKind.SUBSIDY_RECOVERED, 26, by="人社部门", amount=3_400_000),
        ),
    ),
    Case(
        "2023-003", "丙技能提升项目（养老护理员）", Body.TRAINING_PROJECT, on(5),
        practices=(Practice.INEFFECTIVE,), region="某某市一区", lead="实地检查", checked=on(10),
        verified=True, handling="移出补贴性培训项目目录。",
        steps=(step(StepKind.OFF_CATALOGUE, 21, by="人社部门"),),
    ),
    Case(
        "2023-004", "某某市丁就业训练中心", Body.SUBORDINATE_UNIT, on(6),
        practices=(Practice.SUBCONTRACTED,), region="某某市三区", lead="审计报告", checked=on(11),
        verified=True, handling="由主管部门责令限期整改。",
        note="线索已按干部管理权限移送纪检监察机关。",
        steps=(step(StepKind.RECTIFICATION, 17, by="主管部门"),),
    ),
    Case(
        "2023-005", "某某市戊职业技能鉴定所", Body.QUALIFICATION, on(7),
        practices=(Practice.FORGED_PAPERS,), region="某某市二区", lead="群众投诉", checked=on(12),
        verified=True, certificates=46, handling="取消评价结果，证书作废。",
        steps=(
            step(StepKind.RESULTS_VOID, 19, by="人社部门"),
            step(StepKind.SUBSIDY_RECOVERED, 27, by="人社部门", amount=2_300_000),
        ),
    ),
    Case(
        "2023-006", "己技能评价有限公司", Body.SKILL_LEVEL, on(8), practices=(Practice.NO_EXAM,),
        region="某某市一区", lead="网民留言", checked=on(13), verified=True, certificates=128,
        handling="宣布证书作废，取消备案。",
        steps=(
            step(StepKind.TRANSFERRED, 15, by="人社部门"),
            step(StepKind.CASE_FILED, 18, by="公安部门"),
            step(StepKind.FILING_CANCELLED, 24, by="人社部门"),
            step(StepKind.HELD_LIABLE, 30, by="公安部门", persons=2),
        ),
    ),
    Case(
        CASE, "庚人才测评中心（某某）有限公司", Body.SELF_RUN, on(3), code="91140300MA0XXXXX0X",
        practices=(Practice.COPYCAT, Practice.CERTIFICATE_TRADE), region="某某市三区",
        lead="互联网检索", checked=on(14), verified=True, certificates=640,
        summary="该公司在网页和短视频中以“全国通用”“包过”招揽，收费 680 元至 2980 元不等，"
        "不培训、不考试，寄发自行印制的“职业资格证书”。",
        handling="网站关停，已移送公安机关。", note="涉及外省买受人，已函告有关地区。",
        steps=(
            step(StepKind.SITE_CLOSED, 16, by="网信部门"),
            step(StepKind.TRANSFERRED, 17, by="人社部门"),
            step(StepKind.CASE_FILED, 20, by="公安部门"),
            step(StepKind.CASE_SOLVED, 28, by="公安部门"),
            step(StepKind.GAINS_CONFISCATED, 31, by="公安部门", amount=41_250_000),
            step(StepKind.BLACK_LISTED, 31, by="人社部门"),
        ),
        fingerprints=("a41c09e2", "b7750d13", "c91f2e64"),
        evidence=(
            Evidence("收款记录.xlsx", digest(1), 48_230, "2023-07-16", "网银导出"),
            Evidence("证书扫描件.pdf", digest(2), 2_310_442, "2023-07-16", "买受人提供"),
            Evidence("网页存证.zip", digest(3), 18_902_117, "2023-07-14", "公证处保全"),
        ),
    ),
    Case(
        "2023-008", "某某市辛行业协会", Body.SELF_RUN, on(10), practices=(Practice.COPYCAT,),
        region="某某市一区", lead="群众投诉", checked=on(20), verified=False,
        fingerprints=("e6b3c718",),
        handling="经核查不属实。", closed=on(25), certificates=12,
    ),
)  # fmt: skip


def lead(
    fingerprint: str,
    rule: str,
    clause: str,
    term: str,
    uri: str,
    kind: DocumentKind,
    decided: bool = True,
) -> Held:
    """Return a finding of the casebook, confirmed or not yet looked at."""
    finding = Finding(
        fingerprint, rule, (clause,), term, Severity.HIGH, Outcome.REPORT, Span(0, len(term)),
        term, term, Span(0, len(term)), Anchor(0, 3, 5, field=PassageKind.BODY), "", "",
    )  # fmt: skip
    decision = Decision(fingerprint, fingerprint, Verdict.CONFIRMED, "审核员甲", "2023-07-15T09:00")
    since = "2023-07-12T10:00:00+08:00"
    return Held(finding, Source(uri), kind, since, True, decision if decided else None)


PAGE = "https://cert.example.cn/zhengshu.html"
LEADS = (
    lead("a41c09e2", "guarantee.pass", "GD-2022#二（二）", "包过", PAGE, DocumentKind.WEB),
    lead("b7750d13", "practice.trade", "GD-2022#二（三）", "制售证书", PAGE, DocumentKind.WEB),
    lead("c91f2e64", "status.qualification", "GD-2022#二（一）", "职业资格", "证书扫描件.pdf",
         DocumentKind.CERTIFICATE),
    lead("d2280fa5", "gimmick.points", "GD-2022#二（二）", "积分入户", "招生海报.jpg",
         DocumentKind.AD),
    lead("e6b3c718", "registration.centre", "GD-2022#二（五）", "职业技能等级鉴定(建设/评价)中心",
         "企业登记.xlsx", DocumentKind.REGISTRATION),
    lead("f0917ad4", "practice.subsidy", "GD-2022#二（三）", "骗取补贴", "群聊截图.png",
         DocumentKind.AD, decided=False),
)  # fmt: skip
INSTITUTIONS = (
    Institution("某某市职业技能评价有限公司", Roll.WHITE, "S000144000001", ("电工", "茶艺师"),
                "某某省", on(1, 1), date(2026, 1, 1), document="某人社备〔2023〕1号"),
    Institution("某某省建设行业协会", Roll.WHITE, "S000144000002", ("砌筑工", "架子工", "焊工"),
                "某某省", on(1, 3), date(2026, 3, 1), document="某人社备〔2023〕7号"),
    Institution("庚人才测评中心（某某）有限公司", Roll.BLACK, "91140300MA0XXXXX0X", (), "某某省",
                on(31), None, "制售“山寨证书”，已移送公安机关", "某人社函〔2023〕88号"),
)  # fmt: skip
HOLDINGS = Holdings(
    CASES,
    {held.finding.fingerprint: held for held in LEADS},
    {Source(PAGE): ("庚人才测评中心（某某）有限公司",)},
    INSTITUTIONS,
)


def main(folder: Path) -> None:
    """Draw every form into a folder."""
    book = load_rules()
    folder.mkdir(parents=True, exist_ok=True)
    for name, form in load_forms(shipped_rules(), book).items():
        asked = Asked(PERIOD, UNIT, CASE, undecided=True)
        filled = fill(form, book, HOLDINGS, asked)
        draw(filled, folder / f"{name}.png")
        if name in AS_WORKBOOK:
            save(convert(xlsx.render(filled), ".xlsx"), folder / f"{name}-xlsx.png")


def draw(filled: FilledForm, path: Path) -> None:
    """Draw the first page of a form's Word document."""
    save(convert(docx.render(filled), ".docx"), path)


def save(pdf: bytes, path: Path) -> None:
    """Draw the first page of a PDF in few colours."""
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        page = document[0]
        image: Image.Image = page.render(scale=WIDTH / page.get_width()).to_pil()
    image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(path, optimize=True)
    print(f"{path}: {path.stat().st_size:,} bytes, {len(pdf):,} of PDF")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
