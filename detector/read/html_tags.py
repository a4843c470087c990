"""Tags as the parser writes them out: what each name and each set of attributes comes to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from detector.read.html_look import FLOWS, STYLED, Flow, Look, look_at

# Elements without an end (HTML standard, 13.1.2 "Elements"), and those that once had none.
VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param "  # noqa: SIM905
    "source track wbr".split()
)
# Elements whose text is written out as it is, tags and all.
RAW = frozenset({"xmp", "plaintext"})
# Elements of which more than their place in the line matters.
_TELLING = frozenset({"title", "meta", "br", "svg", "input"}) | RAW
SPOKEN_ATTRIBUTES = ("alt", "title", "placeholder", "aria-label", "label")
READ_ATTRIBUTES = (
    *SPOKEN_ATTRIBUTES,
    *("style", "hidden", "type", "value", "name", "property", "itemprop", "content"),
)
_RAW_STARTS = tuple(f"<{name}" for name in RAW)
_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"\s([^\s=]+)=\"([^\"]*)\"")
_PLAIN = Look()


class Tag(NamedTuple):
    """A tag. `flow` is that of its name; `tells` where it does more than begin a line.

    One that is `styled` may change how its element looks or flows. One that is `whole` is all of
    its element, with its `text`, if any.
    """

    name: str
    closes: bool
    flow: Flow
    tells: bool
    styled: bool
    whole: bool
    attributes: Mapping[str, str]
    text: str = ""


class Tags(dict[str, Tag]):
    """The tags of one page by their source; most stand on it many times."""

    def __missing__(self, source: str) -> Tag:
        """Read a tag that is met for the first time; most are like any other of their name."""
        found = _NAME.match(source)
        if found is None or source.startswith(_RAW_STARTS):
            tag = _read(source)
        elif "=" not in source:
            tag = _read_plain(found[0])
        else:
            tag = _with_attributes(_read_plain(found[0]), source)
        self[source] = tag
        return tag


def unescape(text: str) -> str:
    """Return text without the few entities that the parser writes."""
    text = text.replace("&nbsp;", "\xa0").replace("&quot;", '"')
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _with_attributes(plain: Tag, source: str) -> Tag:
    """Return a tag with its attributes, given that of its name alone."""
    attributes = dict(_ATTRIBUTE.findall(source))
    if "&" in source:
        attributes = {name: unescape(value) for name, value in attributes.items()}
    name, flow, tells, styled = plain.name, plain.flow, plain.tells, plain.styled
    if "style" in attributes or "hidden" in attributes:
        styled = True
        tells = tells or look_at(name, attributes, _PLAIN) != (_PLAIN, flow)
    tells = tells or any(spoken in attributes for spoken in SPOKEN_ATTRIBUTES)
    return Tag(name, False, flow, tells, styled, plain.whole, attributes)


def _read(source: str) -> Tag:
    """Read a comment, an element whose text stands as it is, or a tag without attributes."""
    found = _NAME.match(source)
    if found is None:
        return Tag("", True, Flow.INLINE, False, False, True, {})
    name, closes = found[1].lower(), source.startswith("</")
    flow = FLOWS.get(name, Flow.INLINE)
    tells = name in _TELLING or name in STYLED or flow not in (Flow.INLINE, Flow.BLOCK)
    styled = not closes and name in STYLED
    plain = Tag(name, closes, flow, tells, styled, name in VOID or name in RAW, {})
    if name not in RAW or ">" not in source:
        return plain
    beginning, _, text = source.partition(">")
    return _with_attributes(plain, beginning)._replace(text=text.removesuffix(f"</{name}>"))


# Tags without attributes are the same on all pages; the many names of a hostile one are not kept.
_read_plain = lru_cache(maxsize=1024)(_read)
