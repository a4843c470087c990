"""Tags as the parser writes them out: what each name and each set of attributes comes to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from detector.read.html_look import FLOWS, UNSEEN, VERBATIM, Flow, Look, look_at
from detector.read.html_text import BLOCK, BREAK, CELL

# Elements without an end (HTML standard, 13.1.2 "Elements"), and those that once had none.
VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param "  # noqa: SIM905
    "source track wbr".split()
)
SPOKEN_ATTRIBUTES = ("alt", "title", "placeholder", "aria-label", "label")
# What stands in the text in place of the begin and the end of an element.
_BOUNDS = {
    Flow.INLINE: ("", ""),
    Flow.BLOCK: (BLOCK, BLOCK),
    Flow.CELL: ("", CELL),
    Flow.GLOSS: ("(", ")"),
}
_INLINE = (
    "a abbr area b bdi bdo big cite code col colgroup dfn em font head i img ins kbd label link "  # noqa: SIM905
    "mark nobr q ruby s samp small span strike strong sub sup time tt u var wbr".split()
)
# What stands for tags that are a name without telling attributes. All others are looked at.
MARKS: Mapping[str, str] = {
    **dict.fromkeys(_INLINE, ""),
    **{f"/{name}": "" for name in _INLINE},
    **{name: _BOUNDS[flow][0] for name, flow in FLOWS.items() if name not in VERBATIM},
    **{f"/{name}": _BOUNDS[flow][1] for name, flow in FLOWS.items()},
    "br": BREAK,
    "/title": "",
}
_ATTRIBUTE = re.compile(r' ([^ ][^ =]*)="([^"]*)"')
# What attributes must hold for more than the name of their tag to matter; it may stand in the
# value of another attribute, so this is only a first look.
TELLING = re.compile(
    r" (?:style|hidden|alt|title|placeholder|aria-label|label|type|value|name|property|itemprop)="
)
_ODD = UNSEEN | VERBATIM | {"svg"}
_TELLING = frozenset({"title", "meta", "input"})
_PLAIN = Look()


class Tag(NamedTuple):
    """A tag and the mark that stands for it.

    One that is `odd` changes how what it holds is to be read; one that `tells` does more than
    its mark and its `spoken` attributes say.
    """

    name: str
    closes: bool
    flow: Flow
    attributes: Mapping[str, str]
    odd: bool
    tells: bool
    spoken: tuple[str, ...]
    mark: str

    def look_in(self, around: Look) -> tuple[Look, Flow]:
        """Return how its element looks and flows inside another."""
        return look_at(self.name, self.attributes, around)


class Tags(dict[str, Tag]):
    """The tags of one page by what stands between their angle brackets."""

    def __missing__(self, source: str) -> Tag:
        """Read a tag that is met for the first time."""
        tag = self[source] = _read(source)
        return tag


def bounds(flow: Flow) -> tuple[str, str]:
    """Return what stands in the text for the begin and the end of an element."""
    return _BOUNDS[flow]


def spoken_words(attributes: str) -> list[str]:
    """Return the words that attributes, as written out, say to a visitor."""
    found = dict(_ATTRIBUTE.findall(attributes))
    return [unescape(found[key]) for key in SPOKEN_ATTRIBUTES if key in found]


def unescape(text: str) -> str:
    """Return text without the few entities that the parser writes."""
    if "&" not in text:
        return text
    text = text.replace("&nbsp;", "\xa0").replace("&quot;", '"')
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _read(source: str) -> Tag:
    written = source.partition(" ")[0]
    name = written.removeprefix("/").lower()
    flow, odd = FLOWS.get(name, Flow.INLINE), name in _ODD
    # Ends of elements, comments, instructions; the attributes of a line break say nothing.
    if written.startswith(("/", "!", "?")) or name == "br":
        return Tag(name, True, flow, {}, False, False, (), MARKS.get(written) or "")
    attributes = {key: unescape(value) for key, value in _ATTRIBUTE.findall(source, len(written))}
    if "style" in attributes or "hidden" in attributes:
        odd = odd or look_at(name, attributes, _PLAIN) != (_PLAIN, flow)
    spoken = tuple(attributes[key] for key in SPOKEN_ATTRIBUTES if key in attributes)
    mark = MARKS.get(written) or ""
    return Tag(name, False, flow, attributes, odd, odd or name in _TELLING, spoken, mark)
