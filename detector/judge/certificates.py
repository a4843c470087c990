"""Whether a certificate is one on which the listed words lawfully stand."""

from __future__ import annotations

from detector.match import Timed
from detector.model import Effect, Lexicon, Reason


class LawfulCertificates:
    """Certificate kinds that the notices do not aim at, as patterns over the whole text."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile the lexicon's patterns."""
        self._patterns = [(Timed(entry.text), entry.note) for entry in lexicon.entries]

    def reason(self, compact: str) -> Reason | None:
        """Return why words on this certificate are not taken up, or None."""
        for pattern, note in self._patterns:
            match = pattern.search(compact)
            if match:
                return Reason("certificate", Effect.DISMISS, f"{note}：“{match.group()[:20]}”")
        return None
