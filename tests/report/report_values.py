"""Values that the report tests are built from, and a picture without any font of the system."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from PIL import Image, ImageDraw

from detector.errors import ReadError
from detector.model import (
    Anchor,
    Box,
    Cell,
    Clause,
    Document,
    DocumentKind,
    Effect,
    Entry,
    Evasion,
    Finding,
    Lexicon,
    Line,
    Mark,
    MarkKind,
    Notice,
    Outcome,
    Passage,
    PassageKind,
    Point,
    Problem,
    Reason,
    Report,
    Severity,
    Source,
    SourceResult,
    Span,
)
from detector.report import build_report
from detector.settings import Settings

CREATED = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PAGE_SIZE = (800, 560)


def clause(notice: str, path: str, heading: str, *lists: str) -> Clause:
    return Clause(
        id=f"{notice}#{path}",
        notice=notice,
        path=path,
        heading=heading,
        summary=f"{heading}的概要，用我们自己的话写。",
        materials=frozenset({DocumentKind.AD, DocumentKind.CERTIFICATE}),
        lists=lists,
        in_force_from=date(2022, 3, 16),
    )


NOTICES = (
    Notice(
        id="CN-2022-25",
        title="关于开展技术技能类“山寨证书”专项治理工作的通知",
        number="人社部函〔2022〕25号",
        short="人社部函〔2022〕25号",
        issuers=("人力资源社会保障部",),
        issued=date(2022, 3, 16),
        jurisdiction="CN",
        clauses=(
            clause(
                "CN-2022-25", "一（一）", "违规使用有关字样和标识", "中华人民共和国", "职业资格"
            ),
            clause("CN-2022-25", "一（二）", "虚假或夸大宣传", "包过", "内部渠道"),
            clause("CN-2022-25", "一（三）", "不引用的条款"),
        ),
    ),
    Notice(
        id="GD-2022",
        title="广东省专项治理通知",
        number="",
        short="广东四部门2022年通知",
        issuers=("广东省人力资源和社会保障厅", "广东省公安厅"),
        issued=date(2022, 5, 17),
        jurisdiction="GD",
        clauses=(clause("GD-2022", "二（二）", "虚假宣传", "包过"),),
    ),
    Notice(
        id="HN-2022",
        title="不引用的通知",
        number="",
        issuers=("湖南省人力资源和社会保障厅",),
        issued=date(2022, 3, 29),
        jurisdiction="HN",
        clauses=(clause("HN-2022", "全文", "转发"),),
    ),
)
LABELS = Lexicon(
    "personal-data",
    "个人信息的标签",
    (
        Entry("姓名", fields={"pattern": "name"}),
        Entry("学员", fields={"pattern": "named"}),
        Entry("住址", fields={"pattern": "address"}),
        Entry("护照号", fields={"pattern": "number"}),
        Entry("性别", fields={"pattern": "stop"}),
    ),
)


def box(left: float, top: float, right: float, bottom: float, page: int = 0) -> Box:
    corners = Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)
    return Box(page, corners)


def finding(
    text: str,
    surface: str,
    *,
    term: str | None = None,
    clauses: tuple[str, ...] = ("CN-2022-25#一（二）",),
    severity: Severity = Severity.HIGH,
    outcome: Outcome = Outcome.REPORT,
    evasion: Evasion | None = None,
    boxes: tuple[Box, ...] = (),
    passage: int = 0,
    reasons: tuple[Reason, ...] = (Reason("speaker", Effect.RAISE, "句子以机构自己的口气承诺"),),
    context: int = 24,
    message: str = "疑似承诺通过考试；须核对广告主与发布日期。",
) -> Finding:
    start = text.index(surface)
    end = start + len(surface)
    from_ = max(0, start - context)
    line_start = text.rfind("\n", 0, start) + 1
    return Finding(
        fingerprint=f"{abs(start):024x}",
        rule="guarantee.pass",
        clauses=clauses,
        term=term or surface,
        severity=severity,
        outcome=outcome,
        span=Span(start, end),
        surface=surface,
        excerpt=text[from_ : end + context],
        highlight=Span(start - from_, end - from_),
        anchor=Anchor(
            passage=passage,
            line=text.count("\n", 0, start) + 1,
            column=start - line_start + 1,
            page=boxes[0].page if boxes else None,
            boxes=boxes,
            confidence=0.97 if boxes else None,
        ),
        message=message,
        suggestion="删去承诺通过的表述；可写“提供考前辅导”。",
        evasion=evasion,
        reasons=reasons,
        see_also=("广告法#24（一）",),
    )


def result(uri: str, *findings: Finding, **changes: object) -> SourceResult:
    fields: dict[str, object] = {
        "source": Source(uri, "text/plain", 120, "ab" * 32),
        "kind": DocumentKind.AD,
        "kind_reason": "由使用者指定",
        "findings": findings,
        "seconds": 0.25,
    }
    return SourceResult(**(fields | changes))  # type: ignore[arg-type]


def report_of(*results: SourceResult, **settings: object) -> Report:
    chosen = Settings(**({"as_of": date(2026, 11, 24)} | settings))  # type: ignore[arg-type]
    return build_report(results, NOTICES, "sha256:0123456789abcdef", chosen, CREATED)


def picture() -> Image.Image:
    """Draw a page with dark bars where lines of text would stand."""
    image = Image.new("RGB", PAGE_SIZE, (250, 248, 240))
    draw = ImageDraw.Draw(image)
    for top in range(60, 500, 60):
        draw.rectangle((80, top, 720, top + 28), fill=(90, 90, 96))
    return image


def pages(source: Source) -> Iterator[Image.Image]:
    yield picture()
    yield picture()


def no_pages(source: Source) -> Iterator[Image.Image]:
    raise AssertionError(f"没有框的材料不该取图：{source.uri}")


def lost_pages(source: Source) -> Iterator[Image.Image]:
    raise ReadError("not-found", "文件已不在原处")  # type: ignore[arg-type]


def full_report(**settings: object) -> Report:
    """Return a report with every sort of thing in it."""
    advert = "电工证包过，不过退费。\n内部渠道拿证，联系13812345678。\n本校从不承诺包过学员。"
    scan = "中华人民共和国\n职业资格证书 包\u200b过"
    return report_of(
        result(
            "广告/招生.txt",
            finding(advert, "包过", clauses=("GD-2022#二（二）", "CN-2022-25#一（二）")),
            finding(advert, "内部渠道", severity=Severity.MEDIUM, outcome=Outcome.REVIEW),
            finding(
                advert,
                "承诺包过",
                term="包过",
                outcome=Outcome.DISMISSED,
                reasons=(Reason("negation", Effect.DISMISS, "“从不”否定了承诺"),),
            ),
        ),
        result(
            "扫描/证书.png",
            finding(
                scan,
                "中华人民共和国",
                clauses=("CN-2022-25#一（一）",),
                severity=Severity.LOW,
                boxes=(box(100, 60, 400, 88),),
            ),
            finding(
                scan,
                "包\u200b过",
                term="包过",
                evasion=Evasion.ZERO_WIDTH,
                boxes=(box(480, 120, 560, 148, page=1),),
            ),
            kind=DocumentKind.CERTIFICATE,
            kind_reason="见“职业资格证书”字样",
            marks=(Mark(MarkKind.SEAL, box(600, 400, 700, 500), (("red", 0.9),), "某某培训中心"),),
            problems=(Problem("low-confidence", "第 2 页有 3 行识别把握不足，请核对原件。", 1),),
            pages=2,
        ),
        result("坏/截断.jpg", problems=(Problem("damaged", "图片不完整，请重新取得原件。"),)),
        result("合规/须知.txt"),
        **settings,
    )


def certificate() -> Document:
    """Return a page whose characters have boxes of ten pixels, with personal data on it."""
    text = "姓名：张三丰 性别：男\n身份证号 110101199001011237\n包过班"
    lines, start = [], 0
    for row, words in enumerate(text.split("\n")):
        top = 100 + row * 40
        cells = tuple(
            Cell(Span(start + i, start + i + 1), box(100 + i * 20, top, 120 + i * 20, top + 24))
            for i in range(len(words))
        )
        whole = box(100, top, 100 + len(words) * 20, top + 24)
        lines.append(Line(Span(start, start + len(words)), whole, 0.9, cells if row else ()))
        start += len(words) + 1
    passage = Passage(0, PassageKind.OCR, text, 0, tuple(lines), "rapid")
    return Document(Source("证书.png", "image/png"), (passage,), DocumentKind.CERTIFICATE)
