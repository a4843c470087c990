"""The one schema: lists of institutions, findings, decisions, cases, and what was done to them.

`migrations/` brings a database to what stands here; a test holds both against each other.
Days are dates, moments text in ISO 8601 with their offset, so that what is hashed reads back as
it was written on every database. Sums are whole fen (分).
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, *constraints: ForeignKey, key: bool = False) -> Column[str]:
    return Column(name, String, *constraints, primary_key=key, nullable=False)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


# What came in, and from which file: reports, lists of institutions, tables of cases.
imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("what"),
    _text("name"),
    _text("sha256"),
    _text("at"),
    _text("actor"),
    Column("detail", JSON, nullable=False),
    UniqueConstraint("what", "sha256"),
)

# An institution as a list has it. A change ends a row and begins another: nothing is lost.
institutions = Table(
    "institutions",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("roll"),
    _text("name"),
    _text("code"),
    _text("body"),
    Column("occupations", JSON, nullable=False),
    _text("province"),
    Column("valid_from", Date),
    Column("valid_to", Date),
    _text("reason"),
    _text("document"),
    _text("since"),
    Column("until", String),
    _text("origin"),
)
_CURRENT = text("until IS NULL")
Index(
    "uq_institutions_current",
    institutions.c.roll,
    institutions.c.name,
    institutions.c.code,
    unique=True,
    sqlite_where=_CURRENT,
    postgresql_where=_CURRENT,
)

# One row for each source that a report speaks of, as the newest report read it; `id` is made of
# what names it, so that it need not be asked for.
sources = Table(
    "sources",
    metadata,
    _text("id", key=True),
    _text("uri"),
    _text("member"),
    _text("media_type"),
    Column("size", BigInteger, nullable=False),
    _text("sha256"),
    _text("kind"),
    _text("kind_reason"),
    _count("pages"),
    Column("unread", Boolean, nullable=False),
    Column("problems", JSON, nullable=False),
    _text("reported"),
    Column("import_id", Integer, ForeignKey("imports.id"), nullable=False, index=True),
    UniqueConstraint("uri", "member"),
)

# The institutions that a source names, and what the lists said of them when it was read.
namings = Table(
    "namings",
    metadata,
    _text("source_id", ForeignKey("sources.id"), key=True),
    _text("name", key=True),
    _text("role", key=True),
    _text("standing"),
    _text("entry"),
)

# One row for each fingerprint, as the newest report saw it; `detail` is the finding as JSON.
findings = Table(
    "findings",
    metadata,
    _text("fingerprint", key=True),
    Column("source_id", String, ForeignKey("sources.id"), nullable=False, index=True),
    _text("rule"),
    _text("clause"),
    _text("term"),
    _text("severity"),
    _text("outcome"),
    _text("evasion"),
    _text("kind"),
    Column("detail", JSON, nullable=False),
    Column("first_import", Integer, ForeignKey("imports.id"), nullable=False),
    Column("import_id", Integer, ForeignKey("imports.id"), nullable=False, index=True),
)

# People's decisions, append-only and chained: each row's hash covers the hash before it.
decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("fingerprint", String, nullable=False, index=True),
    _text("verdict"),
    _text("reviewer"),
    _text("at"),
    _text("reason"),
    Column("previous", String, nullable=False, unique=True),
    Column("hash", String, nullable=False, unique=True),
)

# What was done to lists and cases, append-only and chained like the decisions.
audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("actor"),
    _text("action"),
    Column("subject", String, nullable=False, index=True),
    Column("detail", JSON, nullable=False),
    Column("previous", String, nullable=False, unique=True),
    Column("hash", String, nullable=False, unique=True),
)
CHAINED = (decisions, audit)

cases = Table(
    "cases",
    metadata,
    _text("number", key=True),
    Column("institution", String, nullable=False, index=True),
    _text("code"),
    _text("body"),
    Column("practices", JSON, nullable=False),
    _text("region"),
    _text("lead"),
    Column("opened", Date, nullable=False, index=True),
    Column("checked", Date),
    Column("verified", Boolean),
    Column("closed", Date),
    _count("certificates"),
    _text("summary"),
    _text("handling"),
    _text("note"),
)
case_steps = Table(
    "case_steps",
    metadata,
    _text("case_number", ForeignKey("cases.number"), key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    _text("kind"),
    Column("day", Date, nullable=False),
    _text("by"),
    Column("amount", BigInteger, nullable=False),
    _count("persons"),
    _text("detail"),
)
case_findings = Table(
    "case_findings",
    metadata,
    _text("case_number", ForeignKey("cases.number"), key=True),
    _text("fingerprint", ForeignKey("findings.fingerprint"), key=True),
)
case_evidence = Table(
    "case_evidence",
    metadata,
    _text("case_number", ForeignKey("cases.number"), key=True),
    _text("sha256", key=True),
    _text("name"),
    Column("size", BigInteger, nullable=False),
    _text("added"),
    _text("note"),
)
