"""manifest.json: what a screening's folder holds, for programs and for `shanzhai report`."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from detector.batch.ledger import GivenUp, Ledger
from detector.batch.schema import VERSION
from detector.errors import UsageError

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Part:
    """A chunk that is done: its two parts are named by `key`."""

    key: str
    container: str
    pages: int
    findings: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts that count, and what they were made with.

    `complete` is false where the run was cut off; `quarantined` are the pages that were given up.
    """

    schema: str
    tool: str
    rules: str
    created: str
    complete: bool
    settings: dict[str, str]
    totals: dict[str, int]
    quarantined: tuple[GivenUp, ...]
    parts: tuple[Part, ...]


def build_manifest(ledger: Ledger, tool: str, rules: str, created: datetime) -> Manifest:
    """Put together what a ledger says is done."""
    tally = ledger.tally()
    totals = asdict(tally)
    listed = totals.pop("listed")
    complete = totals.pop("complete_list") and listed == tally.pages
    return Manifest(
        schema=VERSION,
        tool=tool,
        rules=rules,
        created=created.isoformat(timespec="seconds"),
        complete=complete,
        settings=ledger.signature | {"as_of": ledger.day(created.date()).isoformat()},
        totals=totals,
        quarantined=tuple(ledger.given_up()),
        parts=tuple(Part(*row) for row in ledger.parts()),
    )


def write_manifest(out: Path, manifest: Manifest) -> Path:
    """Write manifest.json whole or not at all."""
    path = out / MANIFEST
    unfinished = path.with_name(path.name + ".tmp")
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return unfinished.replace(path)


def read_manifest(out: Path) -> Manifest:
    """Read a folder's manifest. Raises UsageError where there is none, or of another version."""
    try:
        value: dict[str, Any] = json.loads((out / MANIFEST).read_text("utf-8"))
    except OSError as error:
        raise UsageError(
            f"目录 {out} 中没有可读的 {MANIFEST}。请指定 shanzhai screen 的结果目录；"
            "若筛查还没有完成，请先完成。"
        ) from error
    except ValueError as error:
        raise UsageError(
            f"{out / MANIFEST} 已损坏。请用同样的命令重新运行 shanzhai screen。"
        ) from error
    if value.get("schema") != VERSION:
        raise UsageError(
            f"{out / MANIFEST} 的格式是 {value.get('schema')}，本程序只认识 {VERSION}。"
            "请用相同版本的程序重新筛查。"
        )
    value["quarantined"] = tuple(GivenUp(**one) for one in value["quarantined"])
    value["parts"] = tuple(Part(**one) for one in value["parts"])
    return Manifest(**value)
