"""What all pages that are made of templates have in common: escaping, and signs made visible."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from detector.report.visible import is_unseen, write_out


def open_templates(folder: Path) -> Environment:
    """Return the templates of a folder: all text is escaped, an unknown name is an error."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = show_text
    return environment


def show_text(text: str) -> Markup:
    """Escape text and make visible what would steer it: controls, bidi marks, zero widths."""
    if text.isprintable():
        return escape(text)
    return Markup("").join(map(_show_character, text))


def _show_character(character: str) -> Markup:
    if is_unseen(character):
        return Markup('<span class="unseen">{}</span>').format(write_out(character))
    return escape(character)
