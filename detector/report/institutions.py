"""The institutions that the material of a report names, each once, with what the registry says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detector.judge.institutions import SEAL
from detector.model import SourceResult, Standing
from detector.report import labels


@dataclass(frozen=True, slots=True)
class NamedInstitution:
    """A name that stands in some sources; `key` is its short name in the page's filter, from 1.

    One name may stand differently from paper to paper: within its scope here, beyond it there.
    """

    key: int
    name: str
    standings: tuple[Standing, ...]
    sources: int

    @property
    def standing(self) -> str:
        """Return in Chinese what the registry says of it."""
        return "、".join(labels.STANDINGS[standing] for standing in self.standings)


def name_institutions(result: SourceResult) -> tuple[str, ...]:
    """Return the names of a source, each once.

    Those that only a seal says count where none is printed: along an arc names are misread.
    """
    printed = [check.name for check in result.registry if check.role != SEAL]
    return tuple(dict.fromkeys(printed or [check.name for check in result.registry]))


def list_institutions(results: Iterable[SourceResult]) -> dict[str, NamedInstitution]:
    """Return the named institutions by name, in the order in which they come up."""
    standings: dict[str, list[Standing]] = {}
    for result in results:
        checks = {check.name: check.standing for check in result.registry}
        for name in name_institutions(result):
            standings.setdefault(name, []).append(checks[name])
    return {
        name: NamedInstitution(key, name, tuple(dict.fromkeys(found)), len(found))
        for key, (name, found) in enumerate(standings.items(), start=1)
    }
