"""Find suspected violations of the notices on copycat certificates.

Names are loaded on first use, so that importing the package stays cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from detector.batch.library import screen
    from detector.model import Clause, Finding, Report
    from detector.rulebook import load_rules
    from detector.scanner import Scanner

__all__ = ["Clause", "Finding", "Report", "Scanner", "__version__", "load_rules", "screen"]

_HOMES = {
    "Clause": "detector.model",
    "Finding": "detector.model",
    "Report": "detector.model",
    "Scanner": "detector.scanner",
    "load_rules": "detector.rulebook",
    "screen": "detector.batch.library",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'detector' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
