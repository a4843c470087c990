"""`shanzhai read`: what the scanner sees of a file, before any judgement."""

from __future__ import annotations

from typing import Any

import click

from detector.cli.chinese import Command
from detector.cli.options import build_scanner, reading_options, rule_options
from detector.cli.output import say
from detector.cli.scanning import find_labels
from detector.errors import ExitCode
from detector.report.document_json import document_as_json, document_as_text
from detector.report.mask import mask_document

WRITERS = {"text": document_as_text, "json": document_as_json}


@click.command(
    "read",
    cls=Command,
    help="显示从文件中读到了什么：各段文字及其出处、位置和识别把握，以及没有读到的部分。",
    short_help="显示程序从文件中读到了什么。",
)
@click.argument("file", metavar="文件 | -")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(WRITERS)),
    default="text",
    help="text 供人看，json 另有每行文字在图上的位置；默认 text。",
)
@reading_options
@rule_options
def read(file: str, form: str, **options: Any) -> ExitCode:
    """Print the document of one file."""
    scanner = build_scanner(**options)
    labels = find_labels(scanner)
    document = scanner.read_file(file)
    if labels is not None:
        document = mask_document(document, labels)
    say(WRITERS[form](document).rstrip("\n"))
    return ExitCode.INCOMPLETE if document.problems else ExitCode.CLEAN
