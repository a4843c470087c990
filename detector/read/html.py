"""Web pages: what a visitor reads, and apart from it what he does not see.

Each sort of text is a passage of its own: title, description, body, words of attributes,
hidden stretches, values of JSON-LD. Words that only markup divides (包<b>过</b>) stay together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from detector.model import Passage, PassageKind
from detector.read.charset import decode, encoding_problems
from detector.read.content import Content, Task, passage
from detector.read.html_look import Flow, Look, look_at
from detector.read.html_text import Layout

DECLARATION_HEAD = 4096  # bytes in which a page's own word on its encoding is looked for
_DECLARED = re.compile(
    rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*"
    rb"[\"']([\w.:-]+)",
    re.I,
)
TEXT, COMMENT = "-text", "-comment"
# `rp` holds brackets for browsers that cannot set a gloss; every gloss has its brackets here.
SKIPPED = frozenset(
    {"style", "template", "iframe", "noembed", "noframes", "rp", COMMENT, "!doctype"}
)
SPOKEN_ATTRIBUTES = ("alt", "title", "placeholder", "aria-label", "label")
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
    root = LexborHTMLParser(decoded.text).root
    if root is not None:
        page.walk(root)
    return Content(tuple(page.passages()), problems=encoding_problems(decoded))


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:DECLARATION_HEAD])
    return (found[1] or found[2]).decode("ascii", "replace") if found else ""


@dataclass(frozen=True, slots=True)
class Open:
    """An element whose end is still to come, and where its text goes."""

    look: Look
    flow: Flow
    layout: Layout


class Page:
    """Gathers the pieces of one page in a single walk over its tree."""

    def __init__(self) -> None:
        """Begin with an empty body."""
        self._body = Layout()
        self._pieces: dict[PassageKind, dict[str, None]] = {kind: {} for kind in ORDER}
        self._open: list[Open] = [Open(Look(), Flow.INLINE, self._body)]

    def walk(self, root: LexborNode) -> None:
        """Visit the tree in document order; a stack, for pages nest deeper than calls may."""
        todo: list[LexborNode | None] = [root]
        while todo:
            node = todo.pop()
            if node is None:
                self._close()
            elif node.tag == TEXT:
                inner = self._open[-1]
                inner.layout.add(node.text_content or "", verbatim=inner.look.verbatim)
            elif self._enter(node):
                todo.append(None)
                todo += reversed(list(node.iter(include_text=True)))

    def passages(self) -> Iterator[Passage]:
        """Yield the passages; equal pieces of one kind stand once."""
        self._note(PassageKind.BODY, self._body.text())
        for kind in ORDER:
            for text in self._pieces[kind]:
                yield passage(kind, text)

    def _enter(self, node: LexborNode) -> bool:
        """Take in an element's own words; tell whether what it holds is to be visited."""
        tag = node.tag or ""
        if tag in SKIPPED:
            return False
        attributes = node.attributes
        if tag == "script":
            self._script(node, attributes)
        elif tag == "title":
            self._title(node)
        elif tag == "meta":
            self._meta(attributes)
        elif tag == "br":
            self._open[-1].layout.break_line()
        else:
            self._begin(tag, attributes)
            return True
        return False

    def _begin(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        around = self._open[-1]
        look, flow = look_at(tag, attributes, around.look)
        layout = self._layout(look, around)
        if flow is Flow.BLOCK:
            layout.end_line()
        elif flow is Flow.GLOSS:
            layout.add("(")
        self._open.append(Open(look, flow, layout))
        if attributes:
            self._attributes(tag, attributes)

    def _layout(self, look: Look, around: Open) -> Layout:
        """Return where an element's text goes: hidden stretches are laid out apart."""
        if look.hidden == around.look.hidden:
            return around.layout
        return Layout() if look.hidden else self._body

    def _close(self) -> None:
        closed, around = self._open.pop(), self._open[-1]
        if closed.flow is Flow.BLOCK:
            closed.layout.end_line()
        elif closed.flow is Flow.CELL:
            closed.layout.end_cell()
        elif closed.flow is Flow.GLOSS:
            closed.layout.add(")")
        if closed.look.hidden and closed.layout is not around.layout:
            self._note(PassageKind.HIDDEN, closed.layout.text())

    def _attributes(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        inner = self._open[-1]
        if tag == "input":
            kind = (attributes.get("type") or "text").lower()
            if kind == "hidden":
                return
            if kind in WORDED_INPUTS:
                inner.layout.add(attributes.get("value") or "")
        where = PassageKind.HIDDEN if inner.look.hidden else PassageKind.ALT
        for name in SPOKEN_ATTRIBUTES:
            self._note(where, attributes.get(name) or "")

    def _title(self, node: LexborNode) -> None:
        parent = node.parent
        kind = PassageKind.ALT if parent is not None and parent.tag == "svg" else PassageKind.TITLE
        self._note(kind, _folded(node.text()))

    def _meta(self, attributes: Mapping[str, str | None]) -> None:
        names = (attributes.get(key) or "" for key in ("name", "property", "itemprop"))
        name = next((name.strip().lower() for name in names if name), "")
        if name in META_NAMES or name.startswith(META_PREFIXES):
            self._note(PassageKind.META, attributes.get("content") or "")

    def _script(self, node: LexborNode, attributes: Mapping[str, str | None]) -> None:
        if (attributes.get("type") or "").strip().lower().startswith("application/ld+json"):
            self._note(PassageKind.JSON_LD, "\n".join(_json_strings(node.text())))

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
