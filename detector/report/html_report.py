"""Report → report.html: one self-contained file, opened from disk, with no outside request."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from detector.model import Finding, MarkKind, Outcome, Report, Severity
from detector.report import labels
from detector.report.columns import clean
from detector.report.files import write_text
from detector.report.formats import PageImages
from detector.report.institutions import NamedInstitution, list_institutions
from detector.report.pages import open_templates, show_text
from detector.report.plots import draw_plots
from detector.report.views import FileView, list_bases, list_problems, view_files
from detector.report.wording import describe_choice, describe_known, name_source

FILE_NAME = "report.html"
TEMPLATES = Path(__file__).parent / "templates"
# Joined in this order: a script may use what those before it declare.
STYLES = ("page.css", "overview.css", "findings.css", "viewer.css", "narrow.css", "print.css")
SCRIPTS = ("index.js", "filter.js", "current.js", "viewer.js", "keys.js")
# A browser lays out only those batches of findings that are in the window, which is why a report
# of thousands answers at once (docs/decisions/html-report.md).
BATCH = 25


def write(report: Report, folder: Path, pages: PageImages) -> list[Path]:
    """Write report.html with its pictures inside."""
    return [write_text(folder / FILE_NAME, render(report, pages))]


def render(report: Report, pages: PageImages) -> str:
    """Return the page's HTML."""
    bases = list_bases(report)
    institutions = list_institutions(report.results)
    files = view_files(report, bases, institutions, pages)
    return (
        _environment()
        .get_template("report.html")
        .render(
            report=report,
            settings=dict(report.settings),
            bases=tuple(bases.values()),
            institutions=_with_findings(files),
            files=files,
            not_read=list_problems(files),
            plots=draw_plots(files),
            left_out=(*describe_choice(report), *describe_known(report)),
            created=report.created.replace("T", " "),
        )
    )


def _with_findings(files: Iterable[FileView]) -> tuple[NamedInstitution, ...]:
    named = (one for view in files if view.findings for one in view.institutions)
    return tuple(dict.fromkeys(named))


def show_excerpt(finding: Finding) -> Markup:
    """Return the excerpt with the surface marked in the colour of the severity."""
    start, end = finding.highlight
    return Markup('{}<mark class="{}">{}</mark>{}').format(
        show_text(finding.excerpt[:start]),
        finding.severity.value,
        show_text(finding.excerpt[start:end]),
        show_text(finding.excerpt[end:]),
    )


@cache
def _environment() -> Environment:
    environment = open_templates(TEMPLATES)
    environment.globals.update(
        style=_join(STYLES),
        script=_join(SCRIPTS),
        labels=labels,
        Outcome=Outcome,
        Severity=Severity,
        PERSONAL=MarkKind.PERSONAL,
        BATCH=BATCH,
    )
    environment.filters.update(excerpt=show_excerpt, clean=clean, source_name=name_source)
    return environment


def _join(names: tuple[str, ...]) -> Markup:
    """Return files of our own, joined, as they are to stand in the page."""
    return Markup("\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names))
