"""Prefilter, automaton and patterns: texts to hits."""

from detector.match.matcher import Matched, Matcher
from detector.match.phrases import Phrases
from detector.match.possible import Possible
from detector.match.timed import Timed
from detector.match.words import Place

__all__ = ["Matched", "Matcher", "Phrases", "Place", "Possible", "Timed"]
