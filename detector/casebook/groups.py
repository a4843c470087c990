"""Findings grouped against the institutions that their sources name: how cases begin."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select

from detector.casebook.cases import load_cases
from detector.casebook.cells import choose
from detector.casebook.findings import AT_A_TIME, Choice
from detector.casebook.findings import choose as choose_findings
from detector.casebook.labels import BODIES
from detector.casebook.opening import add_to_case, open_case
from detector.casebook.values import Body, Case, Verdict
from detector.database import wait_for_turn
from detector.database.tables import audit, case_findings, findings, institutions, namings
from detector.judge.institutions import ADVERTISER, ISSUER, SEAL
from detector.model import Outcome, Roll, Standing
from detector.registry.cells import UnreadableError
from detector.report.labels import STANDINGS

LEAD = "扫描"
# Whoever issued answers for a paper, then who advertises; a seal speaks where nobody else does.
ROLES = (ISSUER, ADVERTISER, SEAL)
_AS_LISTED = frozenset(
    {Standing.LISTED, Standing.OUT_OF_SCOPE, Standing.EXPIRED, Standing.BLACK_LISTED}
)


class Added(NamedTuple):
    """A case, and how many findings were put to it."""

    case: Case
    findings: int


@dataclass(slots=True)
class Grouped:
    """What grouping did; `homeless` findings stand in sources that name no institution."""

    opened: list[Added] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)
    homeless: list[str] = field(default_factory=list)


class _Naming(NamedTuple):
    """An institution as a source names it, and what the lists say of it."""

    name: str
    role: str
    standing: Standing
    entry: str

    @property
    def institution(self) -> str:
        """Return the listed name where the one that was read is a writing of it, not a branch."""
        is_listed = self.standing in _AS_LISTED and not self.name.startswith(self.entry)
        return self.entry if is_listed else self.name


@dataclass(slots=True)
class _Group:
    """The findings of an institution; `shared` where a source of theirs names others as well."""

    naming: _Naming
    fingerprints: list[str] = field(default_factory=list)
    shared: bool = False


def group_findings(
    connection: Connection,
    actor: str,
    at: str,
    *,
    opened: date,
    undecided: bool = False,
    organs: Collection[str] = (),
) -> Grouped:
    """Put findings to the open case of each institution, which is opened where there is none.

    Taken are the findings that people confirmed, and with `undecided` those that the rules report
    and nobody has spoken on; what belongs to a case already is left there. `organs` are names
    that forgers print and that no case is opened against.
    """
    wait_for_turn(connection, audit)
    done = Grouped()
    wanted = _wanted(connection, undecided)
    groups = _grouped(wanted, _named(connection, wanted), frozenset(organs), done.homeless)
    running = {case.institution: case for case in load_cases(connection) if case.closed is None}
    white = _white_list(connection)
    for institution, group in groups.items():
        count = len(group.fingerprints)
        if case := running.get(institution):
            add_to_case(connection, case.number, actor, at, fingerprints=group.fingerprints)
            done.added.append(Added(case, count))
        else:
            case = _begun(institution, group, white.get(institution), opened, undecided)
            done.opened.append(Added(open_case(connection, case, actor, at), count))
    return done


def _wanted(connection: Connection, undecided: bool) -> tuple[str, ...]:
    confirmed = choose_findings(connection, Choice(outcomes=(), verdicts=(Verdict.CONFIRMED,)))
    reported = Choice(outcomes=(Outcome.REPORT,), decided=False)
    more = choose_findings(connection, reported) if undecided else ()
    placed = set(connection.execute(select(case_findings.c.fingerprint)).scalars())
    return tuple(one for one in (*confirmed, *more) if one not in placed)


def _named(connection: Connection, wanted: Sequence[str]) -> dict[str, list[_Naming]]:
    """Return by fingerprint the institutions that the source names."""
    named: dict[str, list[_Naming]] = {}
    for start in range(0, len(wanted), AT_A_TIME):
        query = (
            select(findings.c.fingerprint, namings)
            .join(namings, namings.c.source_id == findings.c.source_id)
            .where(findings.c.fingerprint.in_(wanted[start : start + AT_A_TIME]))
            .order_by(namings.c.name)
        )
        for row in connection.execute(query):
            one = _Naming(row.name, row.role, Standing(row.standing), row.entry)
            named.setdefault(row.fingerprint, []).append(one)
    return named


def _grouped(
    wanted: Iterable[str],
    named: Mapping[str, list[_Naming]],
    organs: Collection[str],
    homeless: list[str],
) -> dict[str, _Group]:
    groups: dict[str, _Group] = {}
    for fingerprint in wanted:
        owners = _owners(one for one in named.get(fingerprint, ()) if one.name not in organs)
        if not owners:
            homeless.append(fingerprint)
        for name, naming in owners.items():
            group = groups.setdefault(name, _Group(naming))
            group.fingerprints.append(fingerprint)
            group.shared |= len(owners) > 1
    return groups


def _owners(names: Iterable[_Naming]) -> dict[str, _Naming]:
    """Return those who are named in the first of the roles in which anybody is."""
    by_role: dict[str, dict[str, _Naming]] = {}
    for one in names:
        by_role.setdefault(one.role, {})[one.institution] = one
    return next((by_role[role] for role in ROLES if role in by_role), {})


def _white_list(connection: Connection) -> dict[str, str]:
    """Return the kind that the white list gives each of its institutions, as it is written."""
    query = select(institutions.c.name, institutions.c.body).where(
        institutions.c.roll == Roll.WHITE.value, institutions.c.until.is_(None)
    )
    return {row.name: row.body for row in connection.execute(query)}


def _begun(
    institution: str, group: _Group, kind: str | None, opened: date, undecided: bool
) -> Case:
    body, why = _guess(group.naming.standing, kind)
    notes = [f"机构类型由程序推定：{why}"]
    if group.shared:
        notes.append("有的材料还提到其他机构，请核对线索归属")
    if undecided:
        notes.append("含未经人工审核的线索，须先核实")
    return Case(
        number="",
        institution=institution,
        body=body,
        opened=opened,
        lead=LEAD,
        fingerprints=tuple(group.fingerprints),
        note="；".join(notes) + "。",
    )


def _guess(standing: Standing, kind: str | None) -> tuple[Body, str]:
    """Guess which row of the tables an institution belongs to, and say in Chinese why."""
    if kind is None:
        said = STANDINGS[standing]
        return Body.SELF_RUN, f"备案名单中没有这个机构（{said}），暂按“自行开展”登记，请核对"
    try:
        return choose(kind, Body, BODIES), f"名单中为“{kind}”"
    except UnreadableError:
        said = f"名单中为“{kind}”" if kind else "名单未写类别"
        return Body.SKILL_LEVEL, f"在备案名单内，{said}，暂按技能等级认定机构登记，请核对"
