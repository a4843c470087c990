"""Web pages: what a visitor reads, and apart from it what he does not see.

Each sort of text is a passage of its own: title, description, body, words of attributes,
hidden stretches, values of JSON-LD. Words that only markup divides (包<b>过</b>) stay together.

The parser repairs the page and writes it out again, so regularly that its tags can be cut out by
one expression. To ask for the nodes of its tree one by one takes several times as long.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import chain
from typing import Any, cast

from selectolax.lexbor import LexborHTMLParser

from detector.model import Passage, PassageKind
from detector.read.charset import decode, encoding_problems
from detector.read.content import Content, Task, passage
from detector.read.html_look import Flow, Look
from detector.read.html_tags import (
    MARKS,
    TELLING,
    VOID,
    Tag,
    Tags,
    bounds,
    spoken_words,
    unescape,
)
from detector.read.html_text import BREAK, keep_space, lay_out

DECLARATION_HEAD = 4096  # bytes in which a page's own word on its encoding is looked for
_DECLARED = re.compile(
    rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*"
    rb"[\"']([\w.:-]+)",
    re.I,
)
# `rp` holds brackets for browsers that cannot set a gloss; every gloss has its brackets here.
SKIPPED = ["style", "template", "iframe", "noembed", "noframes", "rp"]
JSON_LD = "application/ld+json"
# Comments, and tags: the parser writes out every other `<` and `>` as an entity.
_TAG = re.compile(r"<(!--.*?--(?=>)|[^ >]*)([^>]*)>", re.S)
WORDED_INPUTS = frozenset({"submit", "button", "reset", "text", "search"})
META_NAMES = frozenset({"description", "keywords", "name", "headline", "abstract", "subject"})
META_PREFIXES = ("og:", "twitter:", "dc.")
# The order in which a page's passages stand: what names it first, what is hidden last.
ORDER = (
    PassageKind.TITLE,
    PassageKind.META,
    PassageKind.BODY,
    PassageKind.ALT,
    PassageKind.HIDDEN,
    PassageKind.JSON_LD,
)


def read(task: Task) -> Content:
    """Read a page; spans count in the text of each passage, not in the source of the page."""
    decoded = decode(task.data, task.declared or _declared(task.data))
    page = Page()
    page.take(LexborHTMLParser(decoded.text))
    return Content(tuple(page.passages()), problems=encoding_problems(decoded))


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:DECLARATION_HEAD])
    return (found[1] or found[2]).decode("ascii", "replace") if found else ""


@dataclass(frozen=True, slots=True)
class Open:
    """An element whose end is still to come, and where its text goes: None is the body."""

    name: str
    look: Look
    flow: Flow
    hidden: list[str] | None


_BODY = Open("", Look(), Flow.INLINE, None)


class Page:
    """Gathers the pieces of one page from its tags and the text that follows each of them.

    Most tags only bear on lines: marks stand for them, all at once. Within an element that
    looks or flows unlike others of its name, tags are visited one by one.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._pieces: dict[PassageKind, dict[str, None]] = {kind: {} for kind in ORDER}
        self._known = Tags()
        self._names: list[str] = []
        self._attributes: list[str] = []
        self._marks: list[str | None] = []  # what stands in the body for each tag
        self._texts: list[str] = []  # what stands in the body after each tag
        self._open: list[Open] = [_BODY]

    def take(self, parser: LexborHTMLParser) -> None:
        """Take in a parsed page; the parser's tree is changed."""
        parser.strip_tags(SKIPPED)
        for script in parser.css("script[type]"):
            if (script.attributes.get("type") or "").strip().lower().startswith(JSON_LD):
                self._note(PassageKind.JSON_LD, "\n".join(_json_strings(script.text())))
        parser.strip_tags(["script"])
        first, *rest = _TAG.split(_written_out(parser))
        self._names, self._attributes, self._texts = rest[::3], rest[1::3], rest[2::3]
        self._marks = list(map(MARKS.get, self._names))
        self._visit_telling()
        pieces = chain.from_iterable(zip(self._marks, self._texts, strict=True))
        body = first + "".join(cast("Iterator[str]", pieces))
        self._note(PassageKind.BODY, lay_out(unescape(body)))

    def passages(self) -> Iterator[Passage]:
        """Yield the passages; equal pieces of one kind stand once."""
        for kind in ORDER:
            for text in self._pieces[kind]:
                yield passage(kind, text)

    def _visit_telling(self) -> None:
        """Visit the tags that are more than a mark, and all within those that are odd."""
        done = 0
        found = zip(self._marks, map(TELLING.search, self._attributes), strict=True)
        for at in [at for at, (mark, words) in enumerate(found) if mark is None or words]:
            if at < done:
                continue
            attributes = self._attributes[at]
            if self._marks[at] is None or "style" in attributes or "hidden" in attributes:
                done = self._visit_unless_plain(at)
            elif self._names[at] != "br":
                for text in spoken_words(attributes):
                    self._note(PassageKind.ALT, text)

    def _visit_unless_plain(self, at: int) -> int:
        """Visit a tag, and all that its element holds where it is odd; return what follows."""
        tag = self._tag(at)
        if tag.odd or tag.tells:
            return self._visit_element(at)
        self._marks[at] = tag.mark
        for text in tag.spoken:
            self._note(PassageKind.ALT, text)
        return at + 1

    def _tag(self, at: int) -> Tag:
        return self._known[self._names[at] + self._attributes[at]]

    def _visit_element(self, at: int) -> int:
        """Visit an element from its first tag to its last; return what follows."""
        at = self._visit(at)
        while len(self._open) > 1 and at < len(self._names):
            at = self._visit(at)
        return at

    def _visit(self, at: int) -> int:
        """Take in a tag and the text after it; return the place of the next."""
        tag, inner = self._tag(at), self._open[-1]
        self._marks[at] = ""
        if tag.name == "title" and not tag.closes:
            return self._title(at)
        if tag.name == "meta":
            self._meta(tag.attributes)
        elif tag.name == "br":
            self._write(at, inner, BREAK)
        elif not tag.closes:
            self._begin(at, tag)
        elif inner.name == tag.name:
            self._end(at, self._open.pop())
        self._say(at)
        return at + 1

    def _begin(self, at: int, tag: Tag) -> None:
        around = self._open[-1]
        plain = around is _BODY and not tag.odd
        look, flow = (around.look, tag.flow) if plain else tag.look_in(around.look)
        opened = Open(tag.name, look, flow, _layout(look, around))
        self._write(at, opened, bounds(flow)[0])
        if tag.attributes:
            self._take_attributes(at, tag, opened)
        if tag.name in VOID:
            self._end(at, opened)
        elif not plain:
            self._open.append(opened)

    def _end(self, at: int, closed: Open) -> None:
        self._write(at, closed, bounds(closed.flow)[1])
        hidden = closed.hidden
        if hidden is not None and hidden is not self._open[-1].hidden:
            self._note(PassageKind.HIDDEN, lay_out(unescape("".join(hidden))))

    def _write(self, at: int, inner: Open, mark: str) -> None:
        """Let a mark stand for a tag; one tag may have several."""
        if inner.hidden is None:
            self._marks[at] = f"{self._marks[at]}{mark}"
        else:
            inner.hidden.append(mark)

    def _say(self, at: int) -> None:
        """Take in the text after a tag."""
        inner = self._open[-1]
        if inner.look.verbatim:
            self._texts[at] = keep_space(self._texts[at])
        if inner.hidden is not None:
            inner.hidden.append(self._texts[at])
            self._texts[at] = ""

    def _take_attributes(self, at: int, tag: Tag, opened: Open) -> None:
        if tag.name == "input":
            kind = (tag.attributes.get("type") or "text").lower()
            if kind == "hidden":
                return
            if kind in WORDED_INPUTS:
                value = tag.attributes.get("value", "")
                self._write(at, opened, value.replace("&", "&amp;"))
        where = PassageKind.HIDDEN if opened.look.hidden else PassageKind.ALT
        for text in tag.spoken:
            self._note(where, text)

    def _title(self, at: int) -> int:
        """Take in a title, whatever it holds; return the place of its last tag."""
        end, depth = at + 1, 1
        while end < len(self._names):
            depth += {"title": 1, "/title": -1}.get(self._names[end], 0)
            if not depth:
                break
            end += 1
        kind = PassageKind.ALT if self._open[-1].name == "svg" else PassageKind.TITLE
        self._note(kind, lay_out(unescape("".join(self._texts[at:end]))))
        self._marks[at:end] = self._texts[at:end] = [""] * (end - at)
        return end

    def _meta(self, attributes: Mapping[str, str]) -> None:
        names = (attributes.get(key) or "" for key in ("name", "property", "itemprop"))
        name = next((name.strip().lower() for name in names if name), "")
        if name in META_NAMES or name.startswith(META_PREFIXES):
            self._note(PassageKind.META, attributes.get("content") or "")

    def _note(self, kind: PassageKind, text: str) -> None:
        text = text.strip()
        if text and not _is_address(text):
            self._pieces[kind].setdefault(text)


def _layout(look: Look, around: Open) -> list[str] | None:
    """Return where an element's text goes: hidden stretches are laid out apart."""
    if look.hidden == around.look.hidden:
        return around.hidden
    return [] if look.hidden else None


def _written_out(parser: LexborHTMLParser) -> str:
    root = parser.root
    source = (root.html if root else None) or ""
    if root and ("<xmp" in source or "<plaintext" in source):
        _escape_raw(parser)
        source = root.html or ""
    return source


def _escape_raw(parser: LexborHTMLParser) -> None:
    """Escape what the parser would write out as it is, tags and all."""
    for node in parser.css("xmp, plaintext"):
        for child in list(node.iter(include_text=True)):
            if child.is_text_node:
                child.replace_with(escape(child.text_content or "", quote=False))


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
