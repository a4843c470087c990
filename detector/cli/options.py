"""Options that several commands share, and the way from them to settings and a scanner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from detector.errors import UsageError
from detector.model import DocumentKind, Outcome
from detector.ocr import ENGINES
from detector.report import FORMATS, WITHOUT_BOM
from detector.settings import Settings, load_settings

if TYPE_CHECKING:
    from detector.report.baseline import Baseline
    from detector.scanner import Scanner

_Function = TypeVar("_Function", bound=Callable[..., Any])
_Decorator = Callable[[_Function], _Function]
_DEFAULTS = Settings()


def rule_options(function: _Function) -> _Function:
    """Add the options that say which settings and which rules are read."""
    return _add(
        function,
        click.option(
            "--settings",
            "settings_file",
            metavar="文件",
            help="设置文件，默认是当前目录下的 shanzhai.toml（若有）。",
        ),
        click.option("--rules", metavar="目录", help="规则目录，默认是随程序安装的规则。"),
    )


def ocr_option(name: str) -> _Decorator[Any]:
    """Return the option that says which OCR engine reads pictures."""
    return click.option(
        name,
        "ocr_engine",
        type=click.Choice(list(ENGINES)),
        help=f"文字识别引擎，默认 {_DEFAULTS.ocr_engine}。",
    )


def reading_options(function: _Function) -> _Function:
    """Add the options that bear on what is read and shown of it."""
    return _add(function, ocr_option("--engine"), personal_data_option)


def personal_data_option(function: _Function) -> _Function:
    """Add the option that leaves personal data as it is."""
    return _add(
        function,
        click.option(
            "--show-personal-data",
            is_flag=True,
            default=None,
            help="不遮盖姓名、证件号、手机号等个人信息。",
        ),
    )


def casebook_option(function: _Function) -> _Function:
    """Add the option that says which casebook is used."""
    return _add(function, _casebook())


def _casebook(more: str = "") -> _Decorator[Any]:
    return click.option(
        "--casebook",
        metavar="文件",
        help=(
            "案卷库，存机构名单、审核决定和案件：文件，或 postgresql://…；"
            f"默认当前目录下的 {_DEFAULTS.casebook}。{more}"
        ),
    )


def reviewer_option(function: _Function) -> _Function:
    """Add the option that says who decides or changes something."""
    return _add(
        function,
        click.option("--reviewer", metavar="姓名", help="经办人，记入案卷库；也可写在设置文件中。"),
    )


def decisions_option(function: _Function) -> _Function:
    """Add the flag that lets people's decisions speak in the results."""
    return _add(
        function,
        click.option(
            "--decisions",
            is_flag=True,
            help="沿用案卷库中的审核决定：确认的、排除的、待补材料的，按审核的算，理由中写明。",
        ),
    )


def judging_options(function: _Function) -> _Function:
    """Add the options that bear on what is found, and on the exit code."""
    return _add(
        function,
        click.option(
            "--jurisdiction",
            multiple=True,
            metavar="代码",
            help="另加一地的规则，如 GD；可重复，也可用逗号分开。全国性规则总是适用。",
        ),
        click.option(
            "--pack",
            "packs",
            multiple=True,
            metavar="名称",
            help="另加一个可选规则包，如 online；可重复，也可用逗号分开。",
        ),
        click.option(
            "--kind",
            type=click.Choice(["auto", *(kind.value for kind in DocumentKind)]),
            help="材料类型，默认 auto：由程序推断。",
        ),
        click.option(
            "--as-of", metavar="日期", help="按这一天有效的条款检查，如 2024-01-31；默认今天。"
        ),
        click.option(
            "--threshold",
            type=click.Choice([outcome.value for outcome in Outcome]),
            help=f"达到此门槛即以退出码 1 结束，默认 {_DEFAULTS.threshold}。",
        ),
        _casebook("没有时不核对机构。"),
    )


def format_options(usual: Sequence[str]) -> _Decorator[Any]:
    """Return the options that say which reports are written; `usual` are named as the default."""
    format_ = click.option(
        "--format",
        "formats",
        multiple=True,
        type=click.Choice(list(FORMATS)),
        help=f"报告格式，可重复；默认 {'、'.join(usual)}。",
    )
    no_bom = click.option(
        "--no-bom", is_flag=True, help="CSV 不带字节顺序标记：给程序用，Excel 会显示乱码。"
    )
    return lambda function: _add(function, format_, no_bom)


def choose_formats(formats: Sequence[str], no_bom: bool, usual: Sequence[str]) -> tuple[str, ...]:
    """Return the formats to write."""
    chosen = formats or usual
    return tuple(WITHOUT_BOM.get(name, name) if no_bom else name for name in chosen)


def baseline_options(function: _Function) -> _Function:
    """Add the options that tell what is new from what is known."""
    return _add(
        function,
        click.option(
            "--baseline",
            metavar="文件",
            help="不列出此基准中已知的线索，只写明其数目：以前的 report.json、report.jsonl，"
            "或每行一个指纹的清单。",
        ),
        click.option("--only-new", is_flag=True, help="退出码只看基准中没有的线索。"),
    )


def read_baseline(file: str | None, only_new: bool) -> Baseline:
    """Return the baseline that a command was given; without one, nothing is known."""
    from detector.report.baseline import NOTHING_KNOWN, load_baseline

    if file is not None:
        return load_baseline(Path(file))
    if only_new:
        raise UsageError("--only-new 要与基准相比。请用 --baseline 给出以前的报告。")
    return NOTHING_KNOWN


def read_settings(settings_file: str | None, **options: Any) -> Settings:
    """Merge the command line's options with file and environment."""
    for name in ("jurisdiction", "packs"):
        if name in options:
            options[name] = ",".join(options[name]) or None
    return load_settings(Path(settings_file) if settings_file else None, **options)


def build_scanner(**options: Any) -> Scanner:
    """Build a scanner from the command line's options."""
    # Loaded here, so that help and version need none of the engines' libraries.
    from detector.scanner import Scanner

    return Scanner(read_settings(**options))


def _add(function: _Function, *options: _Decorator[_Function]) -> _Function:
    return reduce(lambda decorated, option: option(decorated), reversed(options), function)
