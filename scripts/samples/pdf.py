"""A small PDF writer: pages of pictures, pages of text with an embedded font, a password.

Written after ISO 32000-1: 9.7 (composite fonts), 9.10 (ToUnicode), 7.6 (encryption).
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image

from samples import fonts

Size = tuple[int, int]
A4: Size = (595, 842)  # points
A5_ACROSS: Size = (595, 420)
# The string that pads a password, from the standard (algorithm 2, step a).
PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
FILE_ID = hashlib.md5(b"shanzhai-detector samples").digest()
NO_RIGHTS = -64  # all permission bits that revision 2 knows are off


class Text(NamedTuple):
    """A line of text on a page: its left end and baseline in points from the lower left."""

    x: float
    y: float
    size: float
    text: str


class Document:
    """The numbered objects of a file, to be written with or without encryption."""

    def __init__(self, password: str = "") -> None:
        """Start an empty file that opens with `password` where one is given."""
        self.bodies: list[bytes] = []
        self.owner = b""
        self.key = b""
        if password:
            self.owner = rc4(_padded_digest(password), _padded(password))
            rights = NO_RIGHTS.to_bytes(4, "little", signed=True)
            self.key = hashlib.md5(
                _padded(password) + self.owner + rights + FILE_ID
            ).digest()[:5]  # fmt: skip

    def add(self, body: str) -> int:
        """Store an object without a stream; return its number."""
        self.bodies.append(body.encode("latin-1"))
        return len(self.bodies)

    def stream(self, data: bytes, entries: str = "", packed: bool = False) -> int:
        """Store a stream, deflated unless it is `packed` already; return its number."""
        if not packed:
            data, entries = zlib.compress(data, 9), entries + " /Filter /FlateDecode"
        if self.key:
            data = rc4(self._object_key(len(self.bodies) + 1), data)
        head = f"<< /Length {len(data)} {entries} >>\nstream\n".encode("latin-1")
        self.bodies.append(head + data + b"\nendstream")
        return len(self.bodies)

    def _object_key(self, number: int) -> bytes:
        return hashlib.md5(self.key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]

    def write(self, pages: Sequence[int], tree: int) -> bytes:
        """Return the file; `tree` is the number that the page tree was promised."""
        kids = " ".join(f"{page} 0 R" for page in pages)
        body = f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>"
        self.bodies[tree - 1] = body.encode()
        root = self.add(f"<< /Type /Catalog /Pages {tree} 0 R >>")
        extra = f"/ID [<{FILE_ID.hex()}> <{FILE_ID.hex()}>]"
        if self.key:
            user = rc4(self.key, PADDING)
            entry = f"/Filter /Standard /V 1 /R 2 /P {NO_RIGHTS}"
            number = self.add(f"<< {entry} /O <{self.owner.hex()}> /U <{user.hex()}> >>")
            extra += f" /Encrypt {number} 0 R"
        return self._assemble(f"/Root {root} 0 R {extra}")

    def _assemble(self, trailer: str) -> bytes:
        out = io.BytesIO(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        out.seek(0, io.SEEK_END)
        places = []
        for number, body in enumerate(self.bodies, 1):
            places.append(out.tell())
            out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
        table = out.tell()
        out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
        out.writelines(b"%010d 00000 n \n" % place for place in places)
        size = len(places) + 1
        end = f"trailer\n<< /Size {size} {trailer} >>\nstartxref\n{table}\n%%EOF\n"
        out.write(end.encode())
        return out.getvalue()


def picture_pages(jpegs: Iterable[bytes], password: str = "") -> bytes:
    """Return a PDF whose A4 pages show one JPEG each and hold no text."""
    made = Document(password)
    tree, pages = made.add(""), []
    for data in jpegs:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
            space = "DeviceGray" if picture.mode == "L" else "DeviceRGB"
        image = made.stream(
            data,
            f"/Type /XObject /Subtype /Image /Width {width} /Height {height}"
            f" /ColorSpace /{space} /BitsPerComponent 8 /Filter /DCTDecode",
            packed=True,
        )
        content = made.stream(f"q {A4[0]} 0 0 {A4[1]} 0 0 cm /P Do Q".encode())
        pages.append(_page(made, tree, content, A4, f"/XObject << /P {image} 0 R >>"))
    return made.write(pages, tree)


def text_pages(pages: Sequence[Sequence[Text]], face: str) -> bytes:
    """Return a PDF of A5 pages, across, set in a face of `samples/fonts/` that is embedded."""
    made = Document()
    tree = made.add("")
    used = "".join(sorted({c for page in pages for line in page for c in line.text}))
    number, cids = _embed(made, face, used)
    numbers = []
    for page in pages:
        shown = [_show(line, cids) for line in page]
        content = made.stream("\n".join(shown).encode())
        numbers.append(_page(made, tree, content, A5_ACROSS, f"/Font << /F {number} 0 R >>"))
    return made.write(numbers, tree)


def _page(made: Document, tree: int, content: int, size: Size, resources: str) -> int:
    return made.add(
        f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {size[0]} {size[1]}]"
        f" /Resources << {resources} >> /Contents {content} 0 R >>"
    )


def _show(line: Text, cids: Mapping[str, int]) -> str:
    codes = "".join(f"{cids[c]:04X}" for c in line.text)
    return f"BT /F {line.size} Tf {line.x:g} {line.y:g} Td <{codes}> Tj ET"


def _embed(made: Document, face: str, used: str) -> tuple[int, dict[str, int]]:
    font = _subset(face, used)
    names, best = font.getReverseGlyphMap(), font.getBestCmap()
    hollow = "CFF " not in font
    # In a CID-keyed font the character identifier is part of the glyph's name: cid01234.
    cids = {c: names[best[ord(c)]] if hollow else int(best[ord(c)][3:]) for c in used}
    scale = 1000 / font["head"].unitsPerEm
    widths = " ".join(
        f"{cids[c]} [{round(font['hmtx'][best[ord(c)]][0] * scale)}]" for c in used
    )  # fmt: skip
    if hollow:
        held = io.BytesIO()
        font.save(held)
        key, entries, data = "FontFile2", "", held.getvalue()
    else:
        key, entries = "FontFile3", "/Subtype /CIDFontType0C"
        data = font.getTableData("CFF ")
    file = made.stream(data, entries)
    name = f"SAMPLE+{face.title().replace('-', '')}"
    descriptor = made.add(
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [-200 -300 1200 1100]"
        f" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 733 /StemV 80 /{key} {file} 0 R >>"
    )
    mapped = " /CIDToGIDMap /Identity" if hollow else ""
    descendant = made.add(
        f"<< /Type /Font /Subtype /CIDFontType{2 if hollow else 0} /BaseFont /{name}"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        f" /FontDescriptor {descriptor} 0 R /DW 1000 /W [{widths}]{mapped} >>"
    )
    unicode = made.stream(_to_unicode(cids).encode())
    number = made.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H"
        f" /DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R >>"
    )
    return number, cids


def _subset(face: str, used: str) -> TTFont:
    options = subset.Options()
    options.layout_features = []
    font = TTFont(fonts.font_file(face), recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=used)
    subsetter.subset(font)
    return font


def _to_unicode(cids: Mapping[str, int]) -> str:
    rows = [f"<{cid:04X}> <{ord(char):04X}>" for char, cid in cids.items()]
    blocks = [rows[i : i + 100] for i in range(0, len(rows), 100)]
    maps = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CMapName /Sample def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{maps}\nendcmap\nend\nend\n"
    )


def rc4(key: bytes, data: bytes) -> bytes:
    """Return `data` under the RC4 stream of `key`; the same call undoes it."""
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(data), 0, 0
    for at in range(len(out)):
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        out[at] ^= box[(box[i] + box[j]) & 255]
    return bytes(out)


def _padded(password: str) -> bytes:
    return (password.encode("latin-1") + PADDING)[:32]


def _padded_digest(password: str) -> bytes:
    return hashlib.md5(_padded(password)).digest()[:5]
