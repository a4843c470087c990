"""Web pages: what a visitor reads, and apart from it what he does not see.

Each sort of text is a passage of its own: title, description, body, words of attributes,
hidden stretches, values of JSON-LD. Words that only markup divides (包<b>过</b>) stay together.

The parser repairs the page and writes it out again; what it writes is so regular (every tag is
closed, every `<` and `>` that is no tag's is an entity) that its tags can be cut out by one
expression. That is four times as fast as asking for the nodes of its tree one by one
(docs/decisions/screening.md).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from detector.model import Passage, PassageKind
from detector.read.charset import decode, encoding_problems
from detector.read.content import Content, Task, passage
from detector.read.html_look import Flow, Look, look_at
from detector.read.html_tags import READ_ATTRIBUTES, SPOKEN_ATTRIBUTES, Tag, Tags, unescape
from detector.read.html_text import Layout

DECLARATION_HEAD = 4096  # bytes in which a page's own word on its encoding is looked for
_DECLARED = re.compile(
    rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*"
    rb"[\"']([\w.:-]+)",
    re.I,
)
# `rp` holds brackets for browsers that cannot set a gloss; every gloss has its brackets here.
SKIPPED = ["script", "style", "template", "iframe", "noembed", "noframes", "rp"]
# Comments, elements whose text is written out as it is (tags and all), tags.
_TAG = re.compile(
    r"(<!--.*?-->|<xmp\b[^>]*>.*?</xmp>|<plaintext\b[^>]*>.*?</plaintext>|<[/a-zA-Z][^>]*>)", re.S
)
# What no one reads of a tag, so that the same few tags are left. In text `<` and `>` are entities:
# where the next of them is a `>`, this is the inside of a tag.
_UNREAD_ATTRIBUTE = re.compile(
    rf' (?!(?:{"|".join(READ_ATTRIBUTES)})=)[^\s="<>]+="[^"]*"(?=[^<>]*>)'
)
WORDED_INPUTS = frozenset({"submit", "button", "reset", "text", "search"})
META_NAMES = frozenset({"description", "keywords", "name", "headline", "abstract", "subject"})
META_PREFIXES = ("og:", "twitter:", "dc.")
JSON_LD = "application/ld+json"
# The order in which a page's passages stand: what names it first, what is hidden last.
ORDER = (
    PassageKind.TITLE,
    PassageKind.META,
    PassageKind.BODY,
    PassageKind.ALT,
    PassageKind.HIDDEN,
    PassageKind.JSON_LD,
)
_PLAIN = Look()


def read(task: Task) -> Content:
    """Read a page; spans count in the text of each passage, not in the source of the page."""
    decoded = decode(task.data, task.declared or _declared(task.data))
    page = Page()
    page.take(LexborHTMLParser(decoded.text))
    return Content(tuple(page.passages()), problems=encoding_problems(decoded))


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:DECLARATION_HEAD])
    return (found[1] or found[2]).decode("ascii", "replace") if found else ""


@dataclass(slots=True)
class Open:
    """An element that looks or flows unlike others of its name, until it ends.

    `inside` counts the elements of the same name that were opened in it and not closed yet.
    """

    name: str
    look: Look
    flow: Flow
    layout: Layout
    inside: int = 0


class Page:
    """Gathers the pieces of one page, tag by tag."""

    def __init__(self) -> None:
        """Begin with an empty body."""
        self._body = Layout()
        self._pieces: dict[PassageKind, dict[str, None]] = {kind: {} for kind in ORDER}
        self._open: list[Open] = [Open("", _PLAIN, Flow.INLINE, self._body)]
        self._title: list[str] | None = None  # the words of a title that is open
        self._drawing = 0  # depth of svg, whose titles are words on a picture

    def take(self, parser: LexborHTMLParser) -> None:
        """Take in a parsed page; the parser's tree is changed."""
        for script in parser.css("script[type]"):
            if (script.attributes.get("type") or "").strip().lower().startswith(JSON_LD):
                self._note(PassageKind.JSON_LD, "\n".join(_json_strings(script.text())))
        parser.strip_tags(SKIPPED)
        if parser.root is None:
            return
        first, *rest = _TAG.split(_UNREAD_ATTRIBUTE.sub("", parser.root.html or ""))
        tags = Tags()
        self._say(first)
        for source, text in zip(rest[::2], rest[1::2], strict=True):
            tag = tags[source]
            if tag.tells or self._open[-1].name:
                self._turn(tag)
            elif tag.flow is Flow.BLOCK:
                self._body.end_line()
            if text:
                self._say(text)

    def passages(self) -> Iterator[Passage]:
        """Yield the passages; equal pieces of one kind stand once."""
        self._note(PassageKind.BODY, self._body.text())
        for kind in ORDER:
            for text in self._pieces[kind]:
                yield passage(kind, text)

    def _say(self, text: str) -> None:
        """Add the words between two tags."""
        if "&" in text:
            text = unescape(text)
        if self._title is not None:
            self._title.append(text)
        else:
            inner = self._open[-1]
            inner.layout.add(text, verbatim=inner.look.verbatim)

    def _turn(self, tag: Tag) -> None:
        """Take in a tag that does more than to begin a line."""
        if tag.name == "title":
            self._turn_title(tag)
        elif tag.name == "meta":
            self._meta(tag.attributes)
        elif tag.name == "br":
            self._open[-1].layout.break_line()
        elif tag.closes:
            self._end(tag)
        else:
            self._begin(tag)
            if tag.whole:
                if tag.text:
                    self._open[-1].layout.add(tag.text, verbatim=True)
                self._end(tag)

    def _begin(self, tag: Tag) -> None:
        around = self._open[-1]
        look, flow, layout = around.look, tag.flow, around.layout
        if tag.styled:
            look, flow = look_at(tag.name, tag.attributes, around.look)
            layout = self._layout(look, around)
        if tag.name == "svg":
            self._drawing += 1
        if flow is Flow.BLOCK:
            layout.end_line()
        elif flow is Flow.GLOSS:
            layout.add("(")
        if look != around.look or flow is not tag.flow:
            self._open.append(Open(tag.name, look, flow, layout))
        elif tag.name == around.name:
            around.inside += 1
        if tag.attributes:
            self._attributes(tag.name, tag.attributes)

    def _layout(self, look: Look, around: Open) -> Layout:
        """Return where an element's text goes: hidden stretches are laid out apart."""
        if look.hidden == around.look.hidden:
            return around.layout
        return Layout() if look.hidden else self._body

    def _end(self, tag: Tag) -> None:
        closed, flow = self._open[-1], tag.flow
        ends = closed.name == tag.name and not closed.inside
        if ends:
            flow = closed.flow
            self._open.pop()
        elif closed.name == tag.name:
            closed.inside -= 1
        if tag.name == "svg":
            self._drawing -= 1
        if flow is Flow.BLOCK:
            closed.layout.end_line()
        elif flow is Flow.CELL:
            closed.layout.end_cell()
        elif flow is Flow.GLOSS:
            closed.layout.add(")")
        if ends and closed.look.hidden and closed.layout is not self._open[-1].layout:
            self._note(PassageKind.HIDDEN, closed.layout.text())

    def _attributes(self, name: str, attributes: Mapping[str, str]) -> None:
        inner = self._open[-1]
        if name == "input":
            kind = (attributes.get("type") or "text").lower()
            if kind == "hidden":
                return
            if kind in WORDED_INPUTS:
                inner.layout.add(attributes.get("value") or "")
        where = PassageKind.HIDDEN if inner.look.hidden else PassageKind.ALT
        for spoken in SPOKEN_ATTRIBUTES:
            if spoken in attributes:
                self._note(where, attributes[spoken])

    def _turn_title(self, tag: Tag) -> None:
        if not tag.closes:
            self._title = []
        elif self._title is not None:
            kind = PassageKind.ALT if self._drawing else PassageKind.TITLE
            self._note(kind, _folded("".join(self._title)))
            self._title = None

    def _meta(self, attributes: Mapping[str, str]) -> None:
        names = (attributes.get(key) or "" for key in ("name", "property", "itemprop"))
        name = next((name.strip().lower() for name in names if name), "")
        if name in META_NAMES or name.startswith(META_PREFIXES):
            self._note(PassageKind.META, attributes.get("content") or "")

    def _note(self, kind: PassageKind, text: str) -> None:
        text = text.strip()
        if text and not _is_address(text):
            self._pieces[kind].setdefault(text)


def _folded(text: str) -> str:
    layout = Layout()
    layout.add(text)
    return layout.text()


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "//")) and len(text.split()) == 1


def _json_strings(source: str) -> list[str]:
    """Return the text values of a JSON document, or its source where it is not valid."""
    try:
        document = json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return [source]
    found: list[str] = []
    todo: list[Any] = [document]
    while todo:
        value = todo.pop()
        if isinstance(value, str) and not _is_address(value):
            found.append(value)
        elif isinstance(value, list):
            todo += reversed(value)
        elif isinstance(value, dict):
            todo += reversed([inner for key, inner in value.items() if not key.startswith("@")])
    return found
