"""The text of one XML part of a Word document: paragraphs as lines, cells divided by tabs."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

_W = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",  # the same, in strict documents
)
_A = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}",
    "{http://purl.oclc.org/ooxml/drawingml/main}",
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def _tags(namespaces: tuple[str, ...], *names: str) -> frozenset[str]:
    return frozenset(namespace + name for namespace in namespaces for name in names)


PARAGRAPHS = _tags(_W + _A, "p")
TEXTS = _tags(_W + _A, "t")
RUNS = _tags(_W, "r")
CELLS = _tags(_W, "tc")
RUBIES, BASES = _tags(_W, "ruby"), _tags(_W, "rubyBase")
# What stands for a character without being text.
SIGNS = {
    **dict.fromkeys(_tags(_W, "tab", "ptab"), "\t"),
    **dict.fromkeys(_tags(_W + _A, "br") | _tags(_W, "cr"), "\n"),
    **dict.fromkeys(_tags(_W, "noBreakHyphen"), "-"),
}
# Taken out of the document by its author, or the source of a field and not its text; tab stops
# of a paragraph's properties share their tag with the tab character.
LEFT_OUT = _tags(_W, "del", "moveFrom", "instrText", "delText", "pPr", "rPr") | {_FALLBACK}
VANISH = tuple(_tags(_W, "vanish", "webHidden"))
OFF = frozenset({"0", "false", "off", "none"})


def paragraphs_of(root: etree._Element) -> tuple[str, str]:
    """Return the text that Word shows and the text that it hides, each in document order.

    A paragraph is a line; the first paragraph of a cell follows the cell before it after a tab.
    """
    shown: list[str] = []
    hidden: list[str] = []
    for paragraph in _paragraphs(root):
        before = "" if not shown else "\t" if _continues_row(paragraph) else "\n"
        shown.append(before + "".join(_pieces(paragraph, vanished=False)))
        if secret := "".join(_pieces(paragraph, vanished=True)):
            hidden.append(secret)
    return "".join(shown).strip("\t\n"), "\n".join(hidden)


def _paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs, those of text boxes after the one that they hang on."""
    todo = [root]
    while todo:
        node = todo.pop()
        if node.tag in PARAGRAPHS:
            yield node
        if node.tag not in LEFT_OUT:
            todo += reversed(node)


def _pieces(paragraph: etree._Element, *, vanished: bool) -> Iterator[str]:
    """Yield the text of a paragraph's own runs, either of hidden or of shown ones."""
    todo = [(child, False) for child in reversed(paragraph)]
    while todo:
        node, hidden = todo.pop()
        if node.tag in PARAGRAPHS or node.tag in LEFT_OUT:
            continue
        if node.tag in RUNS:
            hidden = _is_vanished(node)
        if node.tag in RUBIES:
            yield _glossed(node, vanished=vanished)
            continue
        if hidden == vanished and node.tag in TEXTS:
            yield node.text or ""
        elif hidden == vanished and node.tag in SIGNS:
            yield SIGNS[node.tag]
        todo += [(child, hidden) for child in reversed(node)]


def _glossed(ruby: etree._Element, *, vanished: bool) -> str:
    """Return what is explained, then in brackets the small text above it, which Word puts first."""
    base = gloss = ""
    for part in ruby:
        text = "".join(_pieces(part, vanished=vanished))
        if part.tag in BASES:
            base += text
        else:
            gloss += text
    return f"{base}({gloss})" if gloss else base


def _is_vanished(run: etree._Element) -> bool:
    for mark in run.iter(*VANISH):
        value = next((v for key, v in mark.attrib.items() if key.endswith("}val")), "")
        return str(value).lower() not in OFF
    return False


def _continues_row(paragraph: etree._Element) -> bool:
    """Tell whether a paragraph begins a cell that is not the first of its row."""
    cell = paragraph.getparent()
    if cell is None or cell.tag not in CELLS:
        return False
    first = next((child for child in cell if child.tag in PARAGRAPHS), None)
    return first is paragraph and any(one.tag in CELLS for one in cell.itersiblings(preceding=True))
