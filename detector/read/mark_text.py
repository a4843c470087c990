"""What marks say, as passages of their own: words in a seal, the content of a code."""

from __future__ import annotations

from detector.model import CONFIDENCE, Line, Mark, MarkKind, Passage, PassageKind, Span

PASSAGES = {MarkKind.SEAL: PassageKind.SEAL, MarkKind.CODE: PassageKind.CODE}


def mark_passage(mark: Mark, engine: str = "") -> Passage | None:
    """Return the passage of a mark's text, with the mark's box at each of its lines.

    None for a mark without text, or of a kind whose text nobody reads on the page.
    """
    kind = PASSAGES.get(mark.kind)
    if kind is None or not mark.text:
        return None
    confidence = dict(mark.scores).get(CONFIDENCE)
    lines, start = [], 0
    for text in mark.text.split("\n"):
        lines.append(Line(Span(start, start + len(text)), mark.box, confidence))
        start += len(text) + 1
    return Passage(0, kind, mark.text, mark.box.page, tuple(lines), engine)
