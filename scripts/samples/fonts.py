"""The glyph subsets in `samples/fonts/`: making them, and lending them to the drawing code.

Making them needs the Debian packages fonts-noto-cjk and fonts-lxgw-wenkai; drawing needs only
the committed subsets, so that neither tests nor `make demo` want a system font.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import ImageFont

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "samples" / "fonts"
NOTO = Path("/usr/share/fonts/opentype/noto")
WENKAI = Path("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf")
SIMPLIFIED = 2  # place of the SC face in the Noto CJK collections
RARE = 3  # a character of the training cases counts from this many uses on

# What no text of ours may contain yet, but a test or a later sample is likely to want.
SIGNS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "".join(map(chr, range(0xFF01, 0xFF5F)))
    + "、。〈〉《》「」『』【】〔〕—…‘’“”·×÷°±→↓№℃￥¥★☆●○◆■□▲△√✓①②③④⑤⑥⑦⑧⑨⑩"
    + "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
)


class Cut(NamedTuple):
    """One subset: its file, the new name it bears, and the font it is cut from.

    Headline faces hold only what the samples draw, the others every character a test may want.
    """

    file: str
    name: str
    origin: Path
    number: int = -1
    headline: bool = False


CUTS = (
    Cut("sans.otf", "Samples Sans", NOTO / "NotoSansCJK-Regular.ttc", SIMPLIFIED),
    Cut("sans-bold.otf", "Samples Sans Bold", NOTO / "NotoSansCJK-Bold.ttc", SIMPLIFIED, True),
    Cut("serif.otf", "Samples Serif", NOTO / "NotoSerifCJK-Regular.ttc", SIMPLIFIED),
    Cut("serif-bold.otf", "Samples Serif Bold", NOTO / "NotoSerifCJK-Bold.ttc", SIMPLIFIED, True),
    Cut("kai.ttf", "Samples Kai", WENKAI),
)


def drawn_characters() -> str:
    """Return, sorted, the signs above and every character of the sources of what is drawn."""
    sources = [*Path(__file__).parent.glob("*.py"), *(ROOT / "benchmarks" / "drawn").glob("*.py")]
    return _sorted(SIGNS + "".join(path.read_text(encoding="utf-8") for path in sources))


def wanted_characters() -> str:
    """Return, sorted, every character of the cases, the notices and this generator."""
    cases = ROOT / "benchmarks" / "cases"
    uses = Counter(_case_text(cases / "train.jsonl"))
    notices = (ROOT / "tests" / "notices_text").glob("*.txt")
    parts = [path.read_text(encoding="utf-8") for path in notices]
    parts += [drawn_characters(), _case_text(cases / "dev.jsonl")]
    return _sorted("".join(parts) + "".join(c for c in uses if uses[c] >= RARE))


def _sorted(text: str) -> str:
    # Emoji and variation selectors stand in no font here.
    return "".join(
        sorted(c for c in set(text) if (c.isprintable() or c == "\u3000") and ord(c) < 0x1F000)
    )


def _case_text(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return "".join(json.loads(line)["text"] for line in lines)


def cut_fonts(folder: Path = FOLDER) -> None:
    """Write all subsets below `folder`; needs the fonts of the two Debian packages."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn, wanted = drawn_characters(), wanted_characters()
    for cut in CUTS:
        _cut(cut, drawn if cut.headline else wanted, folder / cut.file)


def _cut(cut: Cut, text: str, target: Path) -> None:
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]
    font = TTFont(cut.origin, fontNumber=cut.number, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    _rename(font, cut.name)
    font.save(target)


def _rename(font: TTFont, name: str) -> None:
    # The licence forbids a changed font to bear the reserved names of its origin.
    postscript = name.replace(" ", "")
    for identifier, value in ((1, name), (2, "Regular"), (4, name), (6, postscript)):
        font["name"].setName(value, identifier, 3, 1, 0x409)
    kept = [r for r in font["name"].names if r.platformID == 3 and r.langID == 0x409]
    font["name"].names = kept
    if "CFF " in font:
        top = font["CFF "].cff
        top.fontNames = [postscript]
        top.topDictIndex[0].FullName = top.topDictIndex[0].FamilyName = name


@cache
def characters_of(face: str) -> frozenset[str]:
    """Return what the subset `face` (its file name without suffix) can draw."""
    with TTFont(font_file(face)) as font:
        return frozenset(map(chr, font.getBestCmap()))


def font_file(face: str) -> Path:
    """Return the file of a face: "sans", "serif", "kai", "sans-bold" or "serif-bold"."""
    return next(FOLDER / cut.file for cut in CUTS if cut.file.startswith(face + "."))


@cache
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a face at `size` pixels, laid out without any system library."""
    return ImageFont.truetype(font_file(face), size, layout_engine=ImageFont.Layout.BASIC)


def missing(face: str, texts: Iterable[str]) -> str:
    """Return the characters of `texts` that `face` cannot draw, sorted."""
    return "".join(sorted(set("".join(texts)) - characters_of(face) - {"\n"}))
