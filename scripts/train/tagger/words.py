"""The known words that the tagger is told of, by family, from the rules and lexicons."""

from __future__ import annotations

from collections import defaultdict

from detector.match.disguises import Disguises
from detector.match.vocabulary import Vocabulary
from detector.rulebook import RuleBook
from detector.text import Normaliser

# Rules → family; where rules share words (state.*), so do they share the family.
FAMILIES = {
    "state.": "state",
    "authority.ministry": "ministry",
    "authority.former": "ministry",
    "authority.": "organ",
    "guarantee.": "guarantee",
    "status.level": "level",
    "status.special": "level",
    "status.": "status",
    "gimmick.": "gimmick",
    "mark.": "mark",
    "practice.": "practice",
}
LEXICONS = ("scope", "occupations", "lawful-bodies", "official-titles", "cancelling")
DISGUISED, OTHER = "disguised", "other"
# Families whose words nobody writes by chance; those of the others stand on all sorts of pages.
TELLING = ("guarantee", "practice", DISGUISED)


def known_words(book: RuleBook, normaliser: Normaliser) -> dict[str, list[str]]:
    """Return the words of each family in compact form, families and words in a fixed order."""
    vocabulary = Vocabulary(
        book.rules, (), (), (), Disguises(book.lexicons["disguises"]), normaliser.compact
    )
    families: dict[str, set[str]] = defaultdict(set)
    claimed = vocabulary.spoken(None, in_scope=True).claims
    for word, claims in zip(vocabulary.words, claimed, strict=True):
        for claim in claims:
            families[_family(claim.rule)].add(word)
            if claim.evasion:
                families[DISGUISED].add(word)
    for name in LEXICONS:
        words = {normaliser.compact(entry.text) for entry in book.lexicons[name].entries}
        families[name] |= {word for word in words if len(word) > 1}
    return {name: sorted(words) for name, words in sorted(families.items())}


def _family(rule: str) -> str:
    return next((name for start, name in FAMILIES.items() if rule.startswith(start)), OTHER)
