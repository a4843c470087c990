"""Lists of filed and of black-listed institutions: imported, kept, looked up by name."""

from detector.registry.load import digest, load_institutions
from detector.registry.lookup import Registry
from detector.registry.standing import Named, look_up, not_checked
from detector.registry.words import Words

__all__ = [
    "Named",
    "Registry",
    "Words",
    "digest",
    "load_institutions",
    "look_up",
    "not_checked",
]
