"""PDF pages whose text layer says something else than the page shows, and honest ones."""

from __future__ import annotations

import importlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from detector.errors import ProblemCode
from detector.model import PassageKind, Source
from detector.ocr import Engine, load_engine
from detector.read import read_source
from detector.read.layer_check import is_odd
from detector.settings import Settings

with pytest.MonkeyPatch.context() as patch:  # as the generator's command line imports it
    patch.syspath_prepend(Path(__file__).parents[2] / "scripts")
    fonts = importlib.import_module("samples.fonts")
    pdf = importlib.import_module("samples.pdf")

FACE = "serif"
SHOWN = ["职业技能培训合格证书", "兹证明该同学参加本校举办的培训", "经考核成绩合格，特发此证。"]
OTHER = ["收费标准每人一千二百元", "报名地点在学院路二十八号三楼", "国家承认全国通用终身有效"]
LATIN = ["Certificate of Completion", "has attended the course held from March to June 2023"]
TABLE = ["A-12  48210  99.12  45%", "A-13  19204  12.50  61%", "A-14  77120  30.04  18%"]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load_engine("rapid", Settings())


def words(lines: Sequence[str]) -> list:
    return [pdf.Text(50, 360 - 40 * at, 16, line) for at, line in enumerate(lines)]


def make(
    said: Sequence[str],
    monkeypatch: pytest.MonkeyPatch,
    mapped: Mapping[str, str] | None = None,
    before: str = "",
    scan: Sequence[str] = (),
) -> bytes:
    """Return a page; `mapped` changes what drawn characters are said to mean, `scan` lies below."""
    usual = pdf._to_unicode
    with monkeypatch.context() as changed:
        if mapped:
            changed.setattr(
                pdf,
                "_to_unicode",
                lambda cids: _swapped(usual(cids), cids, mapped),
            )
        made = pdf.Document()
        tree = made.add("")
        used = "".join(sorted({c for line in said for c in line}))
        font, cids = pdf._embed(made, FACE, used)
    resources = f"/Font << /F {font} 0 R >>"
    content = before + "\n".join(pdf._show(line, cids) for line in words(said))
    if scan:
        picture = made.stream(
            _scanned(scan),
            "/Type /XObject /Subtype /Image /Width 1240 /Height 875 /ColorSpace /DeviceRGB"
            " /BitsPerComponent 8 /Filter /DCTDecode",
            packed=True,
        )
        resources += f" /XObject << /P {picture} 0 R >>"
        content = f"q 595 0 0 420 0 0 cm /P Do Q\n3 Tr\n{content}"
    page = pdf._page(made, tree, made.stream(content.encode()), pdf.A5_ACROSS, resources)
    return made.write([page], tree)


def _swapped(table: str, cids: Mapping[str, int], mapped: Mapping[str, str]) -> str:
    for character, cid in cids.items():
        other = mapped.get(character, character)
        table = table.replace(
            f"<{cid:04X}> <{ord(character):04X}>", f"<{cid:04X}> <{ord(other):04X}>"
        )
    return table


def _scanned(lines: Sequence[str]) -> bytes:
    scale = 1240 / 595
    page = Image.new("RGB", (1240, 875), (247, 246, 240))
    pen = ImageDraw.Draw(page)
    for line in words(lines):
        place = (line.x * scale, (420 - line.y) * scale)
        pen.text(place, line.text, (40, 38, 40), fonts.font(FACE, int(16 * scale)), anchor="ls")
    grain = np.random.default_rng(3).normal(0, 4, (875, 1240, 1))
    noisy = Image.fromarray((np.asarray(page) + grain).clip(0, 255).astype(np.uint8))
    out = io.BytesIO()
    noisy.save(out, "JPEG", quality=75)
    return out.getvalue()


@pytest.fixture
def read(tmp_path, engine):
    def read_bytes(data: bytes, **settings: object):
        path = tmp_path / "a.pdf"
        path.write_bytes(data)
        return read_source(Source(str(path)), Settings(**settings), lambda: engine)

    return read_bytes


def flagged(document) -> bool:
    return any(one.code == ProblemCode.LAYER_DIFFERS for one in document.problems)


def turned(lines: Sequence[str]) -> dict[str, str]:
    """Return a map that gives each Chinese character of the lines the meaning of the next one."""
    used = sorted({c for line in lines for c in line if c.isalnum()})
    return dict(zip(used, [*used[1:], used[0]], strict=True))


def test_characters_that_mean_others_than_are_drawn_are_read_from_the_page(read, monkeypatch):
    document = read(make(SHOWN, monkeypatch, mapped=turned(SHOWN)))
    assert flagged(document)
    by_kind = {one.kind: one.text for one in document.passages}
    assert set(by_kind) == {PassageKind.OCR, PassageKind.HIDDEN}
    assert SHOWN[0] in by_kind[PassageKind.OCR]
    assert SHOWN[0] not in by_kind[PassageKind.HIDDEN]


def test_another_wording_below_a_scan_is_kept_as_hidden(read, monkeypatch):
    document = read(make(OTHER, monkeypatch, scan=SHOWN))
    assert flagged(document)
    shown = "\n".join(p.text for p in document.passages if p.kind is PassageKind.OCR)
    hidden = "\n".join(p.text for p in document.passages if p.kind is PassageKind.HIDDEN)
    assert SHOWN[1] in shown
    assert OTHER[1] in hidden


def test_white_words_on_white_are_hidden_and_the_others_stay(read, monkeypatch):
    made = make([*SHOWN[:2], "国家承认全国通用包过"], monkeypatch)
    white = pdf.text_pages([words(SHOWN)], FACE)
    assert not flagged(read(made))
    assert not flagged(read(white))
    document = read(make(SHOWN, monkeypatch, before="1 1 1 rg\n"))
    assert flagged(document)
    assert PassageKind.BODY not in {one.kind for one in document.passages}


def test_words_off_the_page_are_hidden(read):
    lines = [*words(SHOWN), pdf.Text(-600, 200, 16, "国家承认全国通用包过")]
    document = read(pdf.text_pages([lines], FACE))
    assert flagged(document)
    texts = {one.kind: one.text for one in document.passages}
    assert texts[PassageKind.HIDDEN] == "国家承认全国通用包过"
    assert texts[PassageKind.BODY] == "\n".join(SHOWN)


@pytest.mark.parametrize("lines", [SHOWN, LATIN, TABLE, SHOWN[:1]])
def test_honest_pages_are_taken_at_their_word(read, monkeypatch, lines):
    document = read(make(lines, monkeypatch))
    assert not flagged(document)
    assert [one.kind for one in document.passages] == [PassageKind.BODY]


def test_a_scan_whose_layer_has_some_wrong_characters_is_honest(read, monkeypatch):
    slips = [SHOWN[0].replace("技", "校"), SHOWN[1].replace("校", "本"), SHOWN[2]]
    document = read(make(slips, monkeypatch, scan=SHOWN))
    assert not flagged(document)


def test_white_words_on_a_dark_ground_are_seen(read, monkeypatch):
    ground = "0.1 0.2 0.4 rg 0 0 595 420 re f 1 1 1 rg\n"
    assert not flagged(read(make(SHOWN, monkeypatch, before=ground)))


def test_the_settings_turn_the_look_off(read, monkeypatch):
    document = read(make(SHOWN, monkeypatch, mapped=turned(SHOWN)), layer_check_lines=0)
    assert not flagged(document)
    assert [one.kind for one in document.passages] == [PassageKind.BODY]


def test_characters_from_all_over_are_odd_and_both_scripts_are_not():
    chance = np.random.default_rng(5).integers(0x4E00, 0x9FA5, 40)
    assert is_odd("".join(map(chr, chance)))
    assert not is_odd("职业技能培训合格证书，兹证明该同学参加本校举办的培训")
    assert not is_odd("職業技能培訓合格證書，茲證明該同學參加本校舉辦的培訓")
