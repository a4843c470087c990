"""Every limit, path and default, merged in one place.

Order, later wins: the defaults below, the settings file (`shanzhai.toml` in the working
directory or the one named by `--settings`), environment variables (`SHANZHAI_` + the upper-case
name), options of the command line. Nothing else in the package reads the environment.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from detector.errors import SettingsError
from detector.model import DocumentKind, Outcome

ENVIRONMENT_PREFIX = "SHANZHAI_"
DEFAULT_FILE = Path("shanzhai.toml")
_Choice = TypeVar("_Choice", bound=StrEnum)


class Engine(StrEnum):
    """What runs a screening: processes of this machine, or a cluster."""

    LOCAL = "local"
    RAY = "ray"


def shipped_rules() -> Path:
    """Return the folder of rules: inside an installed wheel, beside the package in a checkout."""
    inside = Path(__file__).parent / "_rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "rules"


def shipped_tagger() -> Path:
    """Return the file with the weights of the tagger."""
    return Path(__file__).parent / "tagger" / "weights" / "tagger.npz"


def shipped_emblem() -> Path:
    """Return the file with the weights of the emblem finder."""
    return Path(__file__).parent / "marks" / "weights" / "emblem.npz"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run depends on. Sizes are bytes, pixels or code points as the name says.

    `tagger` None leaves the judgement to the rules alone. `casebook` is a file, or the URL of a
    database; one that is no file yet leaves institutions unchecked. `reviewer` signs what is
    decided and changed in it. `layer_check_lines` lines of a PDF page are held against its text
    layer; 0 takes the layer's word.

    Screening: `workers` 0 is one for each processor; a column's empty name lets usual names do;
    `chunk_pages`, `chunk_scans` and `chunk_bytes` bound what a worker takes at a time, and
    `survey_pages` what one step of listing a container does. `same_texts` are remembered by a
    worker, so that copies of a page are judged once. `ocr_gpus` is the share of a GPU that each
    actor that reads pictures has on a cluster.
    """

    rules: Path = field(default_factory=shipped_rules)
    jurisdiction: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    tagger: Path | None = field(default_factory=shipped_tagger)
    casebook: str = "shanzhai-casebook.db"
    reviewer: str = ""
    kind: DocumentKind | None = None
    as_of: date | None = None
    ocr_engine: str = "rapid"
    threshold: Outcome = Outcome.REPORT
    show_personal_data: bool = False
    out: Path = Path("shanzhai-report")
    excerpt_context: int = 24
    max_file_bytes: int = 200_000_000
    max_text_chars: int = 20_000_000
    max_pages: int = 2_000
    max_page_pixels: int = 120_000_000
    render_dpi: int = 200
    ocr_long_side: int = 1600
    ocr_min_confidence: float = 0.5
    marks: bool = True
    emblem: Path = field(default_factory=shipped_emblem)
    layer_check_lines: int = 4
    batch_passages: int = 50
    workers: int = 0
    max_seconds_per_document: int = 300
    max_memory: int = 4_000_000_000
    chunk_pages: int = 500
    chunk_scans: int = 8
    chunk_bytes: int = 32_000_000
    survey_pages: int = 10_000
    same_texts: int = 10_000
    keep_dismissed: bool = True
    engine: Engine = Engine.LOCAL
    ray_address: str = ""
    ocr_gpus: float = 0.0
    url_column: str = ""
    text_column: str = ""
    html_column: str = ""
    time_column: str = ""
    max_archive_depth: int = 3
    max_archive_members: int = 1_000_000
    max_archive_bytes: int = 50_000_000_000
    max_archive_ratio: int = 200


def load_settings(
    file: Path | None = None,
    environment: Mapping[str, str] | None = None,
    **options: Any,
) -> Settings:
    """Merge defaults, file, environment and options; options that are None are left out.

    Raises SettingsError for an unknown name or a value that does not fit, naming its origin.
    """
    merged = Settings()
    if file is not None or DEFAULT_FILE.is_file():
        path = file or DEFAULT_FILE
        merged = _apply(merged, _read_file(path), str(path))
    env = os.environ if environment is None else environment
    known = {f.name for f in fields(Settings)}
    from_env = {
        name: env[ENVIRONMENT_PREFIX + name.upper()]
        for name in sorted(known)
        if ENVIRONMENT_PREFIX + name.upper() in env
    }
    merged = _apply(merged, from_env, "环境变量")
    return _apply(merged, {k: v for k, v in options.items() if v is not None}, "命令行")


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"设置文件 {path} 无法打开（{error.strerror}）。请检查路径。"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"设置文件 {path} 不是有效的 TOML：{error}。请改正后重试。") from error


def _apply(base: Settings, values: Mapping[str, Any], origin: str) -> Settings:
    converted = {}
    for name, value in values.items():
        if name not in _CONVERT:
            raise SettingsError(
                f"{origin}：没有名为 {name} 的设置。可用的设置：{'、'.join(sorted(_CONVERT))}。"
            )
        try:
            converted[name] = _CONVERT[name](value)
        except ValueError as error:
            raise SettingsError(
                f"{origin}：设置 {name} 的值 {value!r} 不合要求（{error}）。"
            ) from error
    return replace(base, **converted)


def _path(value: Any) -> Path:
    if not isinstance(value, str | Path):
        raise ValueError("应为路径")
    return Path(value)


def _optional_path(value: Any) -> Path | None:
    return None if value == "none" else _path(value)


def _names(value: Any) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
        raise ValueError("应为名称，几个之间用逗号隔开")
    return tuple(part.strip() for part in parts if part.strip())


def _codes(value: Any) -> tuple[str, ...]:
    return tuple(name.upper() for name in _names(value))


def _kind(value: Any) -> DocumentKind | None:
    return None if value in ("auto", "") else _one_of(DocumentKind, value)


def _outcome(value: Any) -> Outcome:
    return _one_of(Outcome, value)


def _engine(value: Any) -> Engine:
    return _one_of(Engine, value)


def _one_of(choices: type[_Choice], value: Any) -> _Choice:
    try:
        return choices(value)
    except ValueError as error:
        raise ValueError(f"可用：{'、'.join(choices)}") from error


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError("应为年-月-日，如 2024-01-31") from error


def _flag(value: Any) -> bool:
    word = str(value).lower()
    if word in ("1", "true", "yes", "on"):
        return True
    if word in ("0", "false", "no", "off"):
        return False
    raise ValueError("应为 true 或 false")


def _positive(value: Any) -> int:
    if not str(value).isdecimal() or int(value) == 0:
        raise ValueError("应为正整数")
    return int(value)


def _count(value: Any) -> int:
    return 0 if str(value) == "0" else _positive(value)


def _share(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number <= 1:
        raise ValueError("应在 0 与 1 之间")
    return number


_CONVERT: dict[str, Callable[[Any], Any]] = {
    "rules": _path,
    "jurisdiction": _codes,
    "packs": _names,
    "tagger": _optional_path,
    "casebook": str,
    "reviewer": str,
    "kind": _kind,
    "as_of": _day,
    "ocr_engine": str,
    "threshold": _outcome,
    "show_personal_data": _flag,
    "out": _path,
    "excerpt_context": _positive,
    "max_file_bytes": _positive,
    "max_text_chars": _positive,
    "max_pages": _positive,
    "max_page_pixels": _positive,
    "render_dpi": _positive,
    "ocr_long_side": _positive,
    "ocr_min_confidence": _share,
    "marks": _flag,
    "emblem": _path,
    "layer_check_lines": _count,
    "batch_passages": _positive,
    "workers": _count,
    "max_seconds_per_document": _positive,
    "max_memory": _positive,
    "chunk_pages": _positive,
    "chunk_scans": _positive,
    "chunk_bytes": _positive,
    "survey_pages": _positive,
    "same_texts": _positive,
    "keep_dismissed": _flag,
    "engine": _engine,
    "ray_address": str,
    "ocr_gpus": _share,
    "url_column": str,
    "text_column": str,
    "html_column": str,
    "time_column": str,
    "max_archive_depth": _positive,
    "max_archive_members": _positive,
    "max_archive_bytes": _positive,
    "max_archive_ratio": _positive,
}
