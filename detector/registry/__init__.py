"""Lists of filed and of black-listed institutions: imported, kept in a file, looked up by name."""

from detector.registry.bring_in import Imported, bring_in
from detector.registry.lookup import Registry
from detector.registry.standing import Named, look_up, not_checked
from detector.registry.store import load_institutions
from detector.registry.words import Words

__all__ = [
    "Imported",
    "Named",
    "Registry",
    "Words",
    "bring_in",
    "load_institutions",
    "look_up",
    "not_checked",
]
