"""Report → report.docx, a paper that an official can file; what was not read comes first."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from detector.errors import ReadError
from detector.model import Finding, Report, SourceResult
from detector.report.annotate import COLOURS, as_jpeg
from detector.report.build import is_silent, number_standing
from detector.report.crops import draw_crops
from detector.report.files import write_bytes
from detector.report.formats import PageImages
from detector.report.labels import EVASIONS, OUTCOMES, SEVERITIES
from detector.report.office import add_row, add_table, add_text, open_paper
from detector.report.overview import list_clauses, list_notices, list_origins, list_totals
from detector.report.table import tabulate_problems
from detector.report.upright import Numbered
from detector.report.visible import visible
from detector.report.wording import (
    ANNEX_LEAD,
    LEAD,
    TITLE,
    UNREAD_LEAD,
    Lookup,
    cite,
    describe_lost,
    describe_place,
    describe_source,
    give_reasons,
    look_up,
    name_problem,
    name_source,
    remark,
    sum_up,
)

FILE_NAME = "report.docx"
JPEG_QUALITY = 80
MOST_CROP = Mm(120)
# Bytes of pictures in one paper: what Word opens without complaint.
PICTURE_BUDGET = 48_000_000
# Widths in millimetres: of the text, of a label and of what it is about.
TEXT_MM, LABELLED = 156, (27, 129)

Crops = Mapping[int, bytes]


@dataclass(slots=True)
class Album:
    """Where the pictures of findings come from, and how many bytes of them still fit."""

    pages: PageImages
    left: int

    def cut(self, result: SourceResult, findings: Mapping[int, Finding]) -> tuple[Crops, str]:
        """Return pictures by the findings' numbers, and why some are missing, in Chinese."""
        crops: dict[int, bytes] = {}
        numbered = [Numbered(number, finding) for number, finding in findings.items()]
        try:
            for one, image in draw_crops(result, numbered, self.pages):
                if self.left <= 0:
                    return crops, "图片较多，其余未放入本文件；请用 crops 格式取得线索截图。"
                if one.number not in crops:
                    crops[one.number] = as_jpeg(image, JPEG_QUALITY)
                    self.left -= len(crops[one.number])
        except (ReadError, OSError) as error:
            return crops, f"证据图片无法生成（{error}）。请核对原件是否仍在原处。"
        return crops, ""


def write(report: Report, folder: Path, pages: PageImages) -> list[Path]:
    """Write report.docx with pictures of the findings' places, where pages can be drawn."""
    paper = open_paper(f"{visible(report.tool)}  规则集 {visible(report.rules)}")
    properties = paper.core_properties
    properties.title, properties.author, properties.comments = TITLE, report.tool, ""
    properties.created = datetime.fromisoformat(report.created).replace(tzinfo=None)
    _add_head(paper, report)
    _add_unread(paper, report)
    _add_findings(paper, report, Album(pages, PICTURE_BUDGET))
    _add_silent(paper, report)
    _add_annex(paper, report)
    data = io.BytesIO()
    paper.save(data)
    return [write_bytes(folder / FILE_NAME, data.getvalue())]


def _add_head(paper: Paper, report: Report) -> None:
    paper.add_paragraph(TITLE, "Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.add_paragraph(LEAD)
    paper.add_paragraph().add_run(sum_up(report)).bold = True
    for what in remark(report):
        paper.add_paragraph(visible(what), "List Bullet")
    paper.add_heading("一、核查情况", 1)
    table = add_table(paper, LABELLED)
    for name, value in list_origins(report):
        add_row(table, name, value)
    for notice in list_notices(report):
        add_row(table, "引用的文件", notice)
    paper.add_paragraph()
    counts = list_totals(report)
    table = add_table(paper, (TEXT_MM // len(counts),) * len(counts))
    add_row(table, *(name for name, _ in counts), heading=True)
    add_row(table, *(str(count) for _, count in counts))


def _add_unread(paper: Paper, report: Report) -> None:
    problems = tabulate_problems(report).rows
    paper.add_heading(f"二、没有读到或没有读全的材料：{len(problems)} 项", 1)
    if not problems:
        paper.add_paragraph("没有。")
        return
    paper.add_paragraph(UNREAD_LEAD)
    table = add_table(paper, (56, 18, 26, 56))
    add_row(table, "材料", "位置", "原因", "说明", heading=True)
    for one in problems:
        add_row(
            table,
            visible(name_source(one.result.source)),
            describe_lost(one.problem, one.whole),
            visible(name_problem(one.problem)),
            visible(one.problem.message),
        )


def _add_findings(paper: Paper, report: Report, album: Album) -> None:
    paper.add_heading("三、线索", 1)
    paper.add_paragraph(sum_up(report))
    clauses = look_up(report)
    for file, result, findings in number_standing(report):
        paper.add_heading(f"材料 {file}　{visible(name_source(result.source))}", 2)
        paper.add_paragraph(visible(describe_source(result)))
        crops, note = album.cut(result, findings)
        if note:
            paper.add_paragraph(visible(note))
        for number, finding in findings.items():
            _add_finding(paper, number, finding, clauses, crops.get(number))


def _add_finding(
    paper: Paper, number: int, finding: Finding, clauses: Lookup, crop: bytes | None
) -> None:
    table = add_table(paper, LABELLED)
    how = f"，{EVASIONS[finding.evasion]}" if finding.evasion else ""
    verdict = f"{OUTCOMES[finding.outcome]}（程度{SEVERITIES[finding.severity]}）{how}"
    add_row(table, f"线索 {number}", f"“{visible(finding.term)}”　{verdict}", heading=True)
    _add_excerpt(add_row(table, "原文", "")[1], finding)
    if crop is not None:
        _add_crop(add_row(table, "原件", "")[1], crop, number)
    for label, words in _list_facts(finding, clauses):
        add_row(table, label, visible(words))
    paper.add_paragraph()


def _list_facts(finding: Finding, clauses: Lookup) -> Iterator[tuple[str, str]]:
    yield "位置", describe_place(finding.anchor)
    yield "依据", "\n".join(cite(clauses, id) for id in finding.clauses)
    yield "理由", "\n".join(give_reasons(finding))
    yield "须核实", finding.message
    yield "改写", finding.suggestion
    yield "规则", f"{finding.rule}　{finding.fingerprint}"


def _add_excerpt(paragraph: Paragraph, finding: Finding) -> None:
    start, end = finding.highlight
    add_text(paragraph, visible(finding.excerpt[:start]))
    colour = "".join(f"{part:02X}" for part in COLOURS[finding.severity])
    add_text(paragraph, visible(finding.excerpt[start:end]), bold=True, colour=colour)
    add_text(paragraph, visible(finding.excerpt[end:]))


def _add_crop(paragraph: Paragraph, crop: bytes, number: int) -> None:
    picture = paragraph.add_run().add_picture(io.BytesIO(crop))
    picture.height = round(picture.height * MOST_CROP / max(picture.width, MOST_CROP))
    picture.width = min(picture.width, MOST_CROP)
    picture._inline.docPr.set("descr", f"线索 {number} 在原件上的位置，加框")


def _add_silent(paper: Paper, report: Report) -> None:
    silent = [result for result in report.results if is_silent(result)]
    paper.add_heading(f"四、按现有规则未发现：{len(silent)} 份", 1)
    paper.add_paragraph("未发现不等于合规：规则只认得其列举的用语，未读全的材料另见上文。")
    for result in silent:
        partly = "（未读全；已读部分按现有规则未发现）" if result.problems else ""
        paper.add_paragraph(f"{visible(name_source(result.source))}{partly}", "List Bullet")


def _add_annex(paper: Paper, report: Report) -> None:
    paper.add_heading("附　引用的条款", 1)
    paper.add_paragraph(ANNEX_LEAD if report.clauses else "没有线索，因而没有引用条款。")
    table = add_table(paper, (56, 100))
    for _, name, text in list_clauses(report):
        add_row(table, name, text)
