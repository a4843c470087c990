"""The table of the formats of forms, and writing a form in some of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from detector.errors import UsageError
from detector.forms.filled import FilledForm
from detector.report.files import write_bytes

_UNSAFE = re.compile(r"[^\w\-]+")  # in the name of a file
OUT = Path("shanzhai-forms")
Renderer = Callable[[FilledForm], bytes]
# Members are named, and loaded on use: the libraries of office papers take their time.
FORMATS: dict[str, str] = {
    "docx": "detector.forms.docx:render",
    "xlsx": "detector.forms.xlsx:render",
    "pdf": "detector.forms.pdf:render",
}


def write_form(form: FilledForm, folder: Path, formats: Sequence[str]) -> list[Path]:
    """Write a form in each of the formats and return the files written: all, or none.

    Raises UsageError for a folder that cannot be written, and where a file is there already: a
    person may have completed it.
    """
    paths = [folder / f"{_stem(form)}.{name}" for name in formats]
    for path in paths:
        if path.exists():
            raise UsageError(f"{path} 已存在，可能有人填写过。请移走它，或用 --out 换一个目录。")
    papers = [_renderer(name)(form) for name in formats]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [write_bytes(path, paper) for path, paper in zip(paths, papers, strict=True)]
    except OSError as error:
        raise UsageError(
            f"表格无法写入 {error.filename or folder}（{error.strerror}）。"
            "请检查磁盘空间和目录权限，或用 --out 换一个目录。"
        ) from error


def _stem(form: FilledForm) -> str:
    """Return the name of a form's files: by its case, or its period."""
    if form.subject:
        return f"{form.name}_{_UNSAFE.sub('_', form.subject)}"
    return f"{form.name}_{form.period.start}_{form.period.end}"


def _renderer(name: str) -> Renderer:
    module, function = FORMATS[name].split(":")
    renderer: Renderer = getattr(import_module(module), function)
    return renderer
