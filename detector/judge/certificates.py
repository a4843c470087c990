"""Whether a certificate is one on which the listed words lawfully stand."""

from __future__ import annotations

import regex

from detector.judge.speech import PATTERN_SECONDS
from detector.model import Effect, Lexicon, Reason


class LawfulCertificates:
    """Certificate kinds that the notices do not aim at, as patterns over the whole text."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile the lexicon's patterns."""
        self._patterns = [
            (regex.compile(e.text, regex.IGNORECASE), e.note) for e in lexicon.entries
        ]

    def reason(self, compact: str) -> Reason | None:
        """Return why words on this certificate are not taken up, or None."""
        for pattern, note in self._patterns:
            match = pattern.search(compact, timeout=PATTERN_SECONDS)
            if match:
                return Reason("certificate", Effect.DISMISS, f"{note}：“{match.group()[:20]}”")
        return None
