"""`rules/` → RuleBook: notices, rules, lexicons and places, checked as they are read."""

from detector.rulebook.book import NATIONAL, RuleBook
from detector.rulebook.load import load_rules

__all__ = ["NATIONAL", "RuleBook", "load_rules"]
