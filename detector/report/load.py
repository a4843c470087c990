"""report.json → Report, whichever version of the schema it was written under.

A version's step turns what it wrote into what the next one writes; steps are taken in turn, so
that a new version adds one step and touches none of the others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from detector.errors import UsageError
from detector.model import Report
from detector.report.build import SCHEMA
from detector.report.decode import DecodeError, decode
from detector.report.json_report import FILE_NAME

Raw = dict[str, Any]


def load_report(path: Path) -> Report:
    """Read a report.json, or the one in a folder.

    Raises UsageError where there is none, or where it is no report of a version that is known.
    """
    file = path / FILE_NAME if path.is_dir() else path
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            f"报告 {file} 无法打开（{error.strerror}）。请给出 shanzhai scan 的报告目录或其中的 "
            f"{FILE_NAME}。"
        ) from error
    except ValueError as error:
        raise UsageError(f"{file} 不是完好的 JSON，不能当作报告读取。请检查路径。") from error
    return as_report(raw, str(file))


def as_report(raw: Any, name: str) -> Report:
    """Return what a report's JSON says, upgraded; `name` is what messages call it.

    Raises UsageError where it is no report of a version that is known.
    """
    upgraded = upgrade(raw, name)
    try:
        return decode(Report, upgraded)
    except DecodeError as error:
        raise UsageError(f"报告 {name} 已损坏或被改动（{error}）。请改用原件。") from error


def upgrade(raw: Any, name: str) -> Raw:
    """Return a report's JSON as the present version writes it."""
    if not isinstance(raw, dict) or not str(raw.get("schema", "")).startswith("shanzhai-report/"):
        raise UsageError(f"{name} 不是本程序的报告。请给出 shanzhai scan 写出的 {FILE_NAME}。")
    report: Raw = raw
    while report["schema"] != SCHEMA:
        step = _STEPS.get(report["schema"])
        if step is None:
            raise UsageError(
                f"报告 {name} 的格式是 {report['schema']}，本程序只认到 {SCHEMA}。请升级程序。"
            )
        report = step(report)
    return report


def _from_1(raw: Raw) -> Raw:
    """Count what a baseline hid, which 1 could not do.

    What the first reports under 1 did not say yet has a default in the model.
    """
    totals = {**raw.get("totals", {}), "known": 0}
    return {**raw, "schema": "shanzhai-report/2", "totals": totals}


_STEPS: Mapping[str, Callable[[Raw], Raw]] = {"shanzhai-report/1": _from_1}
