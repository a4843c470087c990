"""Files of each sort that cannot be read, or not as their names say."""

from __future__ import annotations

from samples import encode, pdf
from samples.expected import Broken, Makers, Sample
from samples.sheet import Sheet, Type

PASSWORD = "18-invented"
# 0xFF stands in no valid UTF-8 and in no valid GB18030 either.
SPOILT = "青屿市蓝湾职业培训学校\n开班时间：每周六\n".encode() + b"\xff\xfe\xff" + "电话".encode()


def _notice() -> bytes:
    """Return a JPEG of a harmless notice."""
    sheet = Sheet(640, 400)
    sheet.write(320, 100, "停课通知", Type("sans-bold", 56), "m")
    sheet.write(320, 210, "因设备检修，本周六停课一天。", Type("sans", 32), "m")
    sheet.write(320, 300, "蓝湾职业培训学校教务处", Type("sans", 28), "m")
    return encode.jpeg(sheet.finish(), 60)


def truncated() -> Sample:
    """Make a picture whose second half never arrived."""
    data = _notice()
    verdict = Broken(("damaged",), "a JPEG that ends in the middle")
    return Sample(data[: len(data) * 2 // 5], verdict)


def empty() -> Sample:
    """Make a picture of no bytes."""
    return Sample(b"", Broken(("empty",), "a file of no bytes"))


def empty_word() -> Sample:
    """Make a Word file of no bytes."""
    return Sample(b"", Broken(("empty",), "a Word file of no bytes"))


def locked() -> Sample:
    """Make a PDF that asks for a password."""
    verdict = Broken(("encrypted",), f"opens only with the password {PASSWORD}")
    return Sample(pdf.picture_pages([_notice()], PASSWORD), verdict)


def misnamed() -> Sample:
    """Make a picture that calls itself a PDF."""
    verdict = Broken(("wrong-extension",), "a JPEG under the name of a PDF")
    return Sample(_notice(), verdict)


def spoilt_text() -> Sample:
    """Make a text in which some bytes are no text."""
    verdict = Broken(("bad-encoding",), "UTF-8 with three bytes that stand in no encoding")
    return Sample(SPOILT, verdict)


MAKERS: Makers = {
    "broken/truncated.jpg": truncated,
    "broken/empty.png": empty,
    "broken/empty.docx": empty_word,
    "broken/password.pdf": locked,
    "broken/picture.pdf": misnamed,
    "broken/invalid-utf8.txt": spoilt_text,
}
