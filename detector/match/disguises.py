"""Surfaces that stand for a term: its sound or its letters in the place of characters.

Which characters are disguised how is data: rules/lexicon/disguises.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from detector.match.timed import Timed
from detector.model import Entry, Evasion, Lexicon, Term

LONGEST_FREE = 3  # up to here every mixture is made; beyond, one character at a time or all


class Disguises:
    """Makes the disguised forms of terms."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Read what each character may be replaced by."""
        self._sounds = {e.text: [e.fields["sound"]] for e in _having(lexicon, "sound")}
        self._doubles = {e.text: list(e.fields["doubles"]) for e in _having(lexicon, "doubles")}
        self._turned = Timed("|".join(e.text for e in _having(lexicon, "turned")) or "(?!)")

    def of(self, term: Term) -> Iterator[Term]:
        """Yield the disguised forms of a term of Han characters that is none itself."""
        if term.evasion is not None or len(term.text) < 2:
            return
        for text in _mixtures(term.text, self._sounds):
            yield Term(text, term.listed, Evasion.PINYIN)
        for text in _mixtures(term.text, self._doubles):
            yield Term(text, term.listed, Evasion.HOMOPHONE)
        for text in self._lettered(term.text):
            yield Term(text, term.listed, Evasion.LETTERS)
        if term.text != term.text[::-1]:
            yield Term(term.text[::-1], term.listed, Evasion.REVERSED)

    def is_turned(self, text: str) -> bool:
        """Tell whether a text says that words in it are to be read backwards."""
        return self._turned.search(text) is not None

    def _lettered(self, text: str) -> Iterator[str]:
        """Yield a word with its first, its second or all of its halves as initials."""
        if not all(character in self._sounds for character in text) or len(text) not in (2, 4, 6):
            return
        letters = "".join(self._sounds[character][0][0] for character in text)
        half = len(text) // 2
        yield from (letters, letters[:half] + text[half:], text[:half] + letters[half:])


def _mixtures(text: str, others: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the text with some of its characters replaced."""
    choices = [others.get(character, []) for character in text]
    if len(text) <= LONGEST_FREE:
        mixed = product(*([c, *other] for c, other in zip(text, choices, strict=True)))
        yield from ("".join(parts) for parts in mixed if "".join(parts) != text)
        return
    for at, other in enumerate(choices):
        yield from (text[:at] + one + text[at + 1 :] for one in other)
    if all(choices):
        yield "".join(other[0] for other in choices)


def _having(lexicon: Lexicon, field: str) -> Iterator[Entry]:
    return (entry for entry in lexicon.entries if field in entry.fields)
