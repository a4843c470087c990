"""What a document is: given, or inferred from patterns in rules/lexicon/document-kinds.yaml."""

from __future__ import annotations

import regex

from detector.judge.speech import PATTERN_SECONDS
from detector.model import DocumentKind, Lexicon

# How much of a text decides; kinds show themselves early and long pages are costly.
SAMPLE = 4000
NAMES = {
    DocumentKind.AD: "广告",
    DocumentKind.CERTIFICATE: "证书",
    DocumentKind.WEB: "网页或其他文本",
    DocumentKind.REGISTRATION: "企业登记",
}


class Kinds:
    """Infers a document's kind from its text."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Compile the lexicon's patterns."""
        self._patterns = [
            (
                regex.compile(entry.text, regex.IGNORECASE),
                DocumentKind(entry.fields["kind"]),
                int(entry.fields["weight"]),
                entry.note,
            )
            for entry in lexicon.entries
        ]

    def infer(self, compact: str) -> tuple[DocumentKind, str]:
        """Return the likeliest kind and, in Chinese, why; web where nothing speaks."""
        sample = compact[:SAMPLE]
        scores: dict[DocumentKind, int] = {}
        notes: dict[DocumentKind, str] = {}
        for pattern, kind, weight, note in self._patterns:
            found = {m.group() for m in pattern.finditer(sample, timeout=PATTERN_SECONDS)}
            if found:
                scores[kind] = scores.get(kind, 0) + weight * min(len(found), 4)
                notes[kind] = f"{note}（{'、'.join(sorted(found)[:3])}）"
        if not scores:
            return DocumentKind.WEB, "未见特征，按网页或其他文本处理"
        best = max(scores, key=lambda kind: (scores[kind], kind.value))
        return best, f"推断为{NAMES[best]}：{notes[best]}"
