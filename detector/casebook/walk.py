"""A sitting: undecided findings one after the other, each decision kept before the next is shown.

There is nothing to save: who quits has decided what is decided, and the rest is still undecided.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Engine

from detector.casebook.decisions import decide, history, last_reasons
from detector.casebook.findings import Held, load_alike, load_findings, load_namings
from detector.casebook.values import Decision, Verdict
from detector.database import now, reading, writing
from detector.model import RegistryCheck

MOST_REASONS = 9  # to choose from by a digit


@dataclass(frozen=True, slots=True)
class Look:
    """What a reviewer has to see of a finding; `place` counts from 1.

    `alike` are decided findings that were most likely the same words before the source changed.
    `overtaken`: someone else has decided it since the sitting began.
    """

    place: int
    held: Held
    history: tuple[Decision, ...]
    named: tuple[RegistryCheck, ...]
    alike: tuple[Held, ...]
    overtaken: bool


class OvertakenError(Exception):
    """Someone else decided first; nothing was appended."""

    def __init__(self, decision: Decision) -> None:
        """Keep the decision that was faster."""
        super().__init__(decision.fingerprint)
        self.decision = decision


class Walk:
    """A queue of fingerprints and the place in it, which may be behind its end."""

    def __init__(
        self, engine: Engine, queue: tuple[str, ...], reviewer: str, *, again: bool = False
    ) -> None:
        """Begin at the first finding; `again` looks at decided ones too."""
        self._engine = engine
        self._queue = queue
        self._reviewer = reviewer
        self._again = again
        self._made: list[Decision] = []  # those that stand, the last one last
        self._own: set[str] = set()
        self._place, self._step = 0, 1

    @property
    def total(self) -> int:
        """Return how many findings the queue has."""
        return len(self._queue)

    def look(self) -> Look | None:
        """Return the present finding as it is now; None behind the last one."""
        if self._place >= self.total:
            return None
        fingerprint = self._queue[self._place]
        with reading(self._engine) as connection:
            (held,) = load_findings(connection, (fingerprint,))
            said = history(connection, fingerprint)
            named = load_namings(connection, held.source)
            alike = load_alike(connection, held)
        others = held.decision is not None and held.decision.id not in self._own
        return Look(self._place + 1, held, said, named, alike, others and not self._again)

    def decide(self, look: Look, verdict: Verdict, reason: str = "") -> Decision:
        """Append a decision on what was seen and go on.

        Raises OvertakenError where the finding was decided after it was looked at.
        """
        fingerprint = look.held.finding.fingerprint
        made = self._append(fingerprint, verdict, reason, look.history)
        self._made.append(made)
        self._own.add(made.id)
        self.skip()
        return made

    def undo(self) -> Decision | None:
        """Withdraw the last decision of this sitting and go back to its finding; None: none left.

        Raises OvertakenError where someone decided after it; it then counts as done.
        """
        if not self._made:
            return None
        last = self._made[-1]
        self._made = [one for one in self._made if one.fingerprint != last.fingerprint]
        self._place = self._queue.index(last.fingerprint)
        with reading(self._engine) as connection:
            said = history(connection, last.fingerprint)
        if said[-1].id != last.id:
            raise OvertakenError(said[-1])
        self._append(last.fingerprint, Verdict.WITHDRAWN, "", said)
        return last

    def skip(self) -> None:
        """Go on without a decision."""
        self._place, self._step = min(self._place + 1, self.total), 1

    def back(self) -> None:
        """Go to the finding before this one; the first one has none."""
        self._place, self._step = max(self._place - 1, 0), -1 if self._place > 1 else 1

    def pass_over(self) -> None:
        """Leave the present finding in the direction in which it was reached."""
        if self._step < 0:
            self.back()
        else:
            self.skip()

    def last_reasons(self, verdict: Verdict) -> tuple[str, ...]:
        """Return the reasons that were last given for a verdict, by anyone, the newest first."""
        with reading(self._engine) as connection:
            return last_reasons(connection, verdict, MOST_REASONS)

    def tally(self) -> Counter[Verdict]:
        """Count the findings that were decided in this sitting, by their last verdict."""
        return Counter({one.fingerprint: one.verdict for one in self._made}.values())

    def _append(
        self, fingerprint: str, verdict: Verdict, reason: str, seen: tuple[Decision, ...]
    ) -> Decision:
        decision = Decision(uuid.uuid4().hex, fingerprint, verdict, self._reviewer, now(), reason)
        with writing(self._engine) as connection:
            made = decide(connection, decision)
            # Asked after appending, which waits for whoever is appending at the same time.
            *before, _ = history(connection, fingerprint)
            if len(before) != len(seen):
                raise OvertakenError(before[-1])
        return made
