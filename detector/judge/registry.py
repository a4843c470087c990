"""What the registry says of a document's institutions, and what that does to findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from rapidfuzz import fuzz

from detector.judge.institutions import ADVERTISER, ISSUER, SEAL, NameFinder, Place
from detector.judge.material import Check, Material, Spotted
from detector.model import (
    Certificate,
    CertificateForm,
    Document,
    DocumentKind,
    Effect,
    Finding,
    Lexicon,
    Outcome,
    Reason,
    RegistryCheck,
    Standing,
)
from detector.registry import Registry, Words, look_up, not_checked

STEP = "registry"
# Of a seal and a printed issuer, the shorter lies in the longer by this share (per cent) at least
# where they name the same body: what is read along an arc lacks characters.
SAME_OWNER = 60.0
# From this share on they differ by misreadings alone: on drawn standard pages names along arcs had
# 85 or more where they were read at all.
SLIPS_ALONE = 75.0
_SPOILS = frozenset(Standing) - {Standing.LISTED, Standing.UNLISTED, Standing.NOT_CHECKED}


class Institutions:
    """Looks up whom a document names, and says what follows; without a registry: nothing known."""

    def __init__(self, lexicon: Lexicon, registry: Registry | None) -> None:
        """Compile the lexicon; `registry` None leaves institutions unchecked."""
        self._registry = registry
        self._words = registry.words if registry else Words(lexicon)
        self._finder = NameFinder(self._words)
        self._filed = frozenset(self._words.of("filed"))
        self.checks: Mapping[str, Check] = {
            "black-listed": self._black_listed,
            "look-alike": self._look_alikes,
            "beyond-filing": self._beyond_filing,
            "unlisted": self._unlisted,
            "seal-owner": self._seal_owner,
        }

    def look_up(
        self,
        document: Document,
        kind: DocumentKind,
        certificates: tuple[Certificate, ...],
        on: date,
    ) -> tuple[RegistryCheck, ...]:
        """Return the standing of each institution that a document names."""
        places = self._places(document, kind, certificates, on)
        if self._registry is None:
            return tuple(not_checked(p.named.name, p.named.role) for p in places)
        checks = [look_up(self._registry, place.named) for place in places]
        return tuple(
            self._as_printed(place, check, places, checks)
            for place, check in zip(places, checks, strict=True)
        )

    def _as_printed(
        self,
        place: Place,
        check: RegistryCheck,
        places: Sequence[Place],
        checks: Sequence[RegistryCheck],
    ) -> RegistryCheck:
        """Let a seal stand as the printed issuer does where it names the same body but for slips.

        What is read along an arc lacks characters or has wrong ones, so that a name there is
        seldom a copy of another.
        """
        if check.role != SEAL or check.standing not in (Standing.LOOK_ALIKE, Standing.UNLISTED):
            return check
        for other, printed in zip(places, checks, strict=True):
            if other.page == place.page and printed.role == ISSUER:
                alike = self._likeness(check.name, printed.name)
                if alike >= SLIPS_ALONE:
                    what = f"与所印发证机构“{printed.name}”相同，只差识别误差；{printed.detail}"
                    return replace(check, standing=printed.standing, detail=what)
        return check

    def lower(self, findings: Sequence[Finding], checks: Sequence[RegistryCheck]) -> list[Finding]:
        """Lower what a filed body may print, where all that a document names speaks for one."""
        listed = next((check for check in checks if check.standing is Standing.LISTED), None)
        if listed is None or any(self._speaks_against(check) for check in checks):
            return list(findings)
        reason = Reason(STEP, Effect.LOWER, f"“{listed.name}”{listed.detail}")
        return [
            replace(finding, outcome=Outcome.REVIEW, reasons=(*finding.reasons, reason))
            if finding.rule in self._filed and finding.outcome is Outcome.REPORT
            else finding
            for finding in findings
        ]

    def _speaks_against(self, check: RegistryCheck) -> bool:
        unlisted = check.standing is Standing.UNLISTED and check.role != SEAL
        return unlisted or check.standing in _SPOILS

    def _places(
        self,
        document: Document,
        kind: DocumentKind,
        certificates: tuple[Certificate, ...],
        on: date = date.max,
    ) -> list[Place]:
        if kind is DocumentKind.CERTIFICATE:
            return self._finder.on_certificate(document, certificates, on)
        if kind is DocumentKind.AD and self._registry is not None:
            return self._finder.in_advertisement(document, self._registry.exact, on)
        return []

    def _black_listed(self, material: Material) -> Iterator[Spotted]:
        return self._spotted(material, {Standing.BLACK_LISTED}, Effect.RAISE)

    def _look_alikes(self, material: Material) -> Iterator[Spotted]:
        """Yield names that pass for listed ones; a seal's may be misread, so a person decides."""
        for role, outcome in ((SEAL, Outcome.REVIEW), (ISSUER, None), (ADVERTISER, None)):
            for spotted in self._spotted(material, {Standing.LOOK_ALIKE}, Effect.RAISE, role):
                yield replace(spotted, outcome=outcome)

    def _beyond_filing(self, material: Material) -> Iterator[Spotted]:
        return self._spotted(material, {Standing.OUT_OF_SCOPE, Standing.EXPIRED}, Effect.RAISE)

    def _unlisted(self, material: Material) -> Iterator[Spotted]:
        """Yield issuers that are on no list, of papers that only filed bodies may issue."""
        if self._is_claimed(material):
            for spotted in self._spotted(material, {Standing.UNLISTED}, Effect.RAISE, ISSUER):
                yield replace(spotted, outcome=Outcome.REVIEW)

    def _is_claimed(self, material: Material) -> bool:
        if any(page.form is CertificateForm.SKILL_LEVEL for page in material.certificates):
            return True
        texts = ["".join(passage.text.split()) for passage in material.document.passages]
        return any(claim in text for claim in self._words.of("claim") for text in texts)

    def _spotted(
        self, material: Material, standings: set[Standing], effect: Effect, role: str = ""
    ) -> Iterator[Spotted]:
        checks = {(c.name, c.role): c for c in material.registry if c.standing in standings}
        if not checks:
            return
        for place in self._places(material.document, material.kind, material.certificates):
            named = place.named
            check = checks.get((named.name, named.role))
            if check is not None and role in ("", named.role):
                reason = Reason(STEP, effect, f"{named.role}“{named.name}”{check.detail}")
                yield Spotted(named.name, (reason,), place.passage, place.span)

    def _seal_owner(self, material: Material) -> Iterator[Spotted]:
        """Yield the first seal of a page whose printed issuers own none of its seals."""
        places = self._places(material.document, material.kind, material.certificates)
        pages = dict.fromkeys(place.page for place in places)
        for page in pages:
            here = [place for place in places if place.page == page]
            issuers = [place.named.name for place in here if place.named.role == ISSUER]
            seals = [place for place in here if place.named.role == SEAL]
            alike = [self._same_owner(s.named.name, name) for s in seals for name in issuers]
            if alike and not any(alike):
                seal = seals[0]
                what = f"印章为“{seal.named.name}”，页面所印发证机构为“{'、'.join(issuers)}”"
                reason = Reason(STEP, Effect.RAISE, what)
                yield Spotted(
                    seal.named.name, (reason,), seal.passage, seal.span, outcome=Outcome.REVIEW
                )

    def _same_owner(self, seal: str, issuer: str) -> bool:
        return self._likeness(seal, issuer) >= SAME_OWNER

    def _likeness(self, seal: str, issuer: str) -> float:
        return fuzz.partial_ratio(self._words.key(seal), self._words.key(issuer))
