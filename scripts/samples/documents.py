"""PDF and Word documents, offending and lawful. Everything named is invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from samples import encode, fonts, pdf, wear
from samples.expected import (
    PUBLICITY,
    UNFILED,
    WORDS,
    Expected,
    Makers,
    Sample,
    mentions,
)
from samples.ornaments import Seal, stamp
from samples.sheet import Sheet, Type


class Written(NamedTuple):
    """A document as plain data: pages of lines, the first line of the first page its title."""

    title: str
    pages: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Return all lines in reading order."""
        return (self.title, *(line for page in self.pages for line in page))


SCANNED = Written(
    "招 生 简 章",
    (
        (
            "主办单位：中国青屿人才发展促进中心",
            "一、培训项目",
            "　　企业合规师、家庭教育指导师、收纳整理师。",
            "二、证书说明",
            "　　学员结业后颁发国家级技能证书，持证信息进入",
            "全国人才库，长期有效。",
            "三、培训方式",
            "　　线上录播，每科二十课时，可反复观看。",
        ),
        (
            "四、收费标准",
            "　　每科1980元，三人以上团报八折。",
            "五、考核说明",
            "　　线上开卷，签协议保过。",
            "六、报名材料",
            "　　身份证复印件一份，一寸照片两张。",
            "报名电话：0000-0000075",
            "报名地址：临汐市虚构路75号",
        ),
    ),
)


def scanned() -> Sample:
    """Write a prospectus of two scanned pages, without a text layer."""
    pages = []
    for number, lines in enumerate(SCANNED.pages):
        sheet = Sheet(910, 1287)
        y = 150
        if number == 0:
            sheet.ink(455, 140, SCANNED.title, Type("serif-bold", 60), "m")
            y = 270
        for line in lines:
            heading = "、" in line[:2] or "：" in line
            sheet.ink(110, y, line, Type("serif-bold" if heading else "serif", 31))
            y += 74
        if number == 1:
            stamp(sheet, 660, 800, Seal("中国青屿人才发展促进中心", 94, turn=8))
        sheet.ink(455, 1230, f"— {number + 1} —", Type("serif", 24), "m")
        picture = wear.scan(sheet.finish(), 101 + number, 0.5 - number)
        pages.append(encode.jpeg(picture, 52))
    expected = Expected(
        kind="ad",
        lines=SCANNED.lines,
        note="pictures only: reading it needs OCR",
        violations=mentions(
            (PUBLICITY, "中国"), (PUBLICITY, "国家"), (PUBLICITY, "全国"), (UNFILED, "保过")
        ),
        seals=("中国青屿人才发展促进中心",),
        in_seals=mentions((PUBLICITY, "中国")),
    )
    return Sample(pdf.picture_pages(pages), expected)


ENROLMENT = Written(
    "职业能力培训报名须知",
    (
        (
            "云川众才教育科技有限公司",
            "一、本公司由原劳动部专家团队创办，专注取证十八年。",
            "二、学员可报考采购管理人员资格、仓储管理人员资格两类证书。",
            "三、证书由中华云川匠才评价中心颁发，全国通用。",
        ),
        (
            "四、报名即签协议，百分百通过。",
            "五、学费每科2600元，含教材和邮寄费用。",
            "六、咨询电话：0000-0000083，网址：www.zs-chaxun.example",
        ),
    ),
)

PROSPECTUS = Written(
    "2025年秋季培训招生简章",
    (
        (
            "青屿市蓝湾职业培训学校",
            "办学许可证号：人社民000000000000号",
            "一、开设课程：中式面点制作、养老护理、电工基础。",
            "二、课程依据《国家职业技能标准（2022年版）》编写，每门一百二十学时。",
            "三、学费每门1800元，未开课的全额退还，已开课的按课时退还。",
        ),
        (
            "四、结业考核合格的，由本校发给培训合格证书。",
            "五、本校不承诺考试结果，不提供任何考试答案。",
            "六、需要参加职业技能等级认定的，请自行向已备案的评价机构报名。",
            "电话：0000-0000091",
        ),
    ),
)


def enrolment() -> Sample:
    """Write a PDF with a text layer (serif, CFF outlines) that offends."""
    expected = Expected(
        kind="ad",
        lines=ENROLMENT.lines,
        note="text layer over two pages; embedded CID-keyed font with a ToUnicode map",
        violations=mentions(
            (PUBLICITY, "原×××部", "原劳动部"),
            (UNFILED, "人员资格"),
            (UNFILED, "人员资格"),
            (PUBLICITY, "中华"),
            (PUBLICITY, "全国"),
            (PUBLICITY, "包过", "百分百通过"),
        ),
    )
    return Sample(_typeset(ENROLMENT, "serif"), expected)


def prospectus() -> Sample:
    """Write a PDF with a text layer (kai, TrueType outlines) that is lawful."""
    expected = Expected(
        kind="ad",
        lines=PROSPECTUS.lines,
        note="lawful: a licensed school; the state word stands in the title of a standard",
    )
    return Sample(_typeset(PROSPECTUS, "kai"), expected)


def _typeset(written: Written, face: str) -> bytes:
    width, height = pdf.A5_ACROSS
    pages = []
    for number, lines in enumerate(written.pages):
        margin = (width - fonts.font(face, 24).getlength(written.title)) / 2
        page = [] if number else [pdf.Text(margin, height - 76, 24, written.title)]
        top = height - (90 if number else 140)
        page += [pdf.Text(64, top - 44 * i, 14, line) for i, line in enumerate(lines)]
        pages.append(page)
    return pdf.text_pages(pages, face)


class Letter(NamedTuple):
    """A Word document: a title, paragraphs, a table below them, closing lines."""

    title: str
    paragraphs: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    closing: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what is written, cell by cell, in reading order."""
        cells = (cell for row in self.table for cell in row)
        return (self.title, *self.paragraphs, *cells, *self.closing)


INVITATION = Letter(
    "关于举办碳排放管理师岗位能力培训班的通知",
    (
        "各有关单位：",
        "受工业和信息化部委托，我中心定于2023年9月举办碳排放管理师岗位能力培训班。",
        "参训人员考试合格后，颁发碳排放管理师职业资格证书，在全国范围内有效。",
    ),
    (
        ("班次", "时间", "费用"),
        ("第一期", "9月9日至10日", "3980元"),
        ("第二期", "9月16日至17日", "3980元"),
    ),
    ("联系电话：0000-0000109", "中国云川绿色人才培训中心", "2023年8月1日"),
)

IN_HOUSE = Letter(
    "关于组织叉车安全操作内部培训的通知",
    (
        "各部门：",
        "为减少装卸事故，公司定于6月12日组织叉车安全操作内部培训，由设备部授课。",
        "培训结束后发给内部结业证明。该证明不是职业资格证书，不能代替特种设备作业人员证。",
    ),
    (
        ("时间", "地点", "人数"),
        ("6月12日上午", "一号仓库", "18人"),
        ("6月12日下午", "二号仓库", "16人"),
    ),
    ("联系人：许例话，内线018", "青屿远航仓储有限公司", "2024年6月3日"),
)


def invitation() -> Sample:
    """Write a Word file that dresses an advertisement up as an official notice."""
    expected = Expected(
        kind="web",
        lines=INVITATION.lines,
        note="docx with a table; a private body writes as if a ministry had sent it",
        violations=mentions(
            (PUBLICITY, "×××部", "工业和信息化部"),
            (WORDS, "职业资格"),
            (PUBLICITY, "全国"),
            (PUBLICITY, "中国"),
        ),
    )
    return Sample(_word(INVITATION), expected)


def in_house() -> Sample:
    """Write a Word file about a course for a company's own staff."""
    expected = Expected(
        kind="web",
        lines=IN_HOUSE.lines,
        note="lawful: in-house training that says what its paper is not",
    )
    return Sample(_word(IN_HOUSE), expected)


_NAMESPACE = "http://schemas.openxmlformats.org"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_NAMESPACE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_NAMESPACE}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_NAMESPACE}/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>',
}


def _word(letter: Letter) -> bytes:
    body = _paragraph(letter.title, bold=True) + "".join(map(_paragraph, letter.paragraphs))
    body += _table(letter.table) + "".join(map(_paragraph, letter.closing))
    document = (
        f'<w:document xmlns:w="{_NAMESPACE}/wordprocessingml/2006/main"><w:body>{body}'
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for name, text in {**_PARTS, "word/document.xml": document}.items():
            # A fixed date, so that the same document gives the same bytes.
            entry = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, '<?xml version="1.0" encoding="UTF-8"?>\n' + text)
    return held.getvalue()


def _paragraph(text: str, bold: bool = False) -> str:
    # Two runs, as editors leave them behind: a word may be cut anywhere.
    half = len(text) // 2
    looks = "<w:rPr><w:b/></w:rPr>" if bold else ""
    runs = "".join(
        f'<w:r>{looks}<w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for part in (text[:half], text[half:])
    )
    return f"<w:p>{runs}</w:p>"


def _table(rows: Sequence[Sequence[str]]) -> str:
    def cell(text: str) -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{_paragraph(text)}</w:tc>'

    filled = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    grid = '<w:gridCol w:w="3000"/>' * len(rows[0])
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{filled}</w:tbl>"


MAKERS: Makers = {
    "documents/scanned.pdf": scanned,
    "documents/enrolment.pdf": enrolment,
    "documents/lawful-prospectus.pdf": prospectus,
    "documents/invitation.docx": invitation,
    "documents/lawful-in-house.docx": in_house,
}
