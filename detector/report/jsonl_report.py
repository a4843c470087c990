"""Report → report.jsonl: a line for the report itself, then one for each source.

The first line is report.json's, with the number of the results in their place. Programs read the
file a line at a time; nothing has to hold all of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from detector.errors import UsageError
from detector.model import Report, SourceResult
from detector.report.decode import DecodeError, decode
from detector.report.encode import as_bytes, encode
from detector.report.files import write_bytes
from detector.report.formats import PageImages
from detector.report.load import as_report, upgrade

FILE_NAME = "report.jsonl"


def write(report: Report, folder: Path, pages: PageImages) -> list[Path]:
    """Write report.jsonl; needs no pictures."""
    head = encode(replace(report, results=())) | {"results": len(report.results)}
    lines = b"".join(map(_line, (head, *map(encode, report.results))))
    return [write_bytes(folder / FILE_NAME, lines)]


def load_lines(path: Path) -> Report:
    """Return the whole report of a report.jsonl. Raises UsageError where it is none."""
    return replace(read_head(path), results=tuple(read_results(path)))


def read_head(path: Path) -> Report:
    """Return what a report.jsonl says of the report, without its results.

    Raises UsageError where the file is none.
    """
    return as_report(_raw_head(path) | {"results": []}, str(path))


def read_results(path: Path) -> Iterator[SourceResult]:
    """Yield the results of a report.jsonl, one held at a time, upgraded as load.py does.

    Raises UsageError at a line that is broken, and at the end where lines are missing: what was
    cut off would pass for a source without findings.
    """
    head, count = _raw_head(path), 0
    for count, raw in enumerate(_values(path)):
        if count:
            whole = upgrade(head | {"results": [raw]}, str(path))
            yield _result(whole["results"][0], path, count + 1)
    if count != head["results"]:
        raise UsageError(
            f"{path} 不完整：应有 {head['results']} 份材料的结果，只有 {count} 份。请改用原件。"
        )


def _raw_head(path: Path) -> dict[str, Any]:
    head = next(_values(path), None)
    if not isinstance(head, dict) or not isinstance(head.get("results"), int):
        raise UsageError(f"{path} 的第 1 行不是报告的开头。请给出本程序写出的 {FILE_NAME}。")
    return head


def _values(path: Path) -> Iterator[Any]:
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, start=1):
                yield _parse(line, path, number)
    except OSError as error:
        raise UsageError(f"报告 {path} 无法打开（{error.strerror}）。请检查路径。") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} 不是 UTF-8 文本，不能当作报告读取。请检查路径。") from error


def _parse(line: str, path: Path, number: int) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise _broken(path, number, "不是完好的 JSON") from error


def _result(raw: Any, path: Path, number: int) -> SourceResult:
    try:
        return decode(SourceResult, raw)
    except DecodeError as error:
        raise _broken(path, number, str(error)) from error


def _broken(path: Path, number: int, what: str) -> UsageError:
    return UsageError(f"报告 {path} 的第 {number} 行已损坏或被改动（{what}）。请改用原件。")


def _line(value: Any) -> bytes:
    return as_bytes(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")
