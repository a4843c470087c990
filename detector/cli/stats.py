"""`shanzhai stats`: how often the tool was right, by what people decided."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click
from wcwidth import wcswidth

from detector.cli.chinese import Command
from detector.cli.options import casebook_option, read_settings, rule_options
from detector.cli.output import say
from detector.errors import ExitCode
from detector.model import Outcome
from detector.report.columns import pad
from detector.report.labels import EVASIONS, KINDS, OUTCOMES

if TYPE_CHECKING:
    from detector.casebook.stats import Grouping, Tally

    Tables = Sequence[tuple[Sequence[Grouping], Sequence[Tally]]]

GROUPINGS: Mapping[str, str] = {
    "rule": "规则",
    "clause": "条款",
    "kind": "材料",
    "evasion": "规避手法",
}
COUNTS: Mapping[str, str] = {
    "confirmed": "确认",
    "dismissed": "排除",
    "needs_papers": "待补",
    "undecided": "未审",
}
ALL, UNDISGUISED, FEW = "全部", "无规避", "少"
NOTE = (
    "精确率＝确认÷（确认＋排除），括号内是 95% 区间（Wilson）。\n"
    "“已排除”各行是程序排除、审核时却确认的比例。\n"
    "标“少”的决定不足 {handful} 条，只供参考。"
)
DIGITS = 4


@click.command(
    "stats",
    cls=Command,
    help=(
        "按案卷库中的审核决定，统计每条规则、每个条款等的精确率。\n"
        "不写 --by 时分别按规则、条款、材料和规避手法列出。"
    ),
    short_help="按审核决定统计精确率。",
)
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(list(GROUPINGS)),
    help="按什么分组："
    + "，".join(f"{one} {name}" for one, name in GROUPINGS.items())
    + "；可重复，如 --by rule --by kind。",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    help="输出格式，默认 text。",
)
@casebook_option
@rule_options
def stats(by: tuple[str, ...], form: str, **options: Any) -> ExitCode:
    """Print one table for the groupings together, or one for each."""
    from detector.casebook.stats import Grouping, tally
    from detector.database import open_database, reading

    asked = [tuple(map(Grouping, dict.fromkeys(by)))] if by else [(), *((g,) for g in Grouping)]
    with reading(open_database(read_settings(**options).casebook)) as connection:
        tables = [(one, tally(connection, one)) for one in asked]
    say(_WRITERS[form](tables).rstrip("\n"))
    return ExitCode.CLEAN


def _as_text(tables: Tables) -> str:
    from detector.casebook.stats import HANDFUL

    lines: list[str] = []
    for by, tallies in tables:
        shown = [one for one in tallies if one.outcome is not Outcome.DISMISSED or _touched(one)]
        names = [_name(by, one.group) for one in shown]
        heading = "、".join(GROUPINGS[one] for one in by) or ALL
        widest = max(map(wcswidth, [heading, *names]))
        lines += [_line(pad(heading, widest), "程序判断", COUNTS.values(), "精确率")]
        for name, one in zip(names, shown, strict=True):
            counts = [getattr(one, field) for field in COUNTS]
            lines += [_line(pad(name, widest), OUTCOMES[one.outcome], counts, _rate(one))]
        if left := len(tallies) - len(shown):
            lines += [f"（另有 {left} 组“已排除”的没有审核过，未列出。）"]
        lines += [""]
    return "\n".join([*lines, NOTE.format(handful=HANDFUL)])


def _touched(one: Tally) -> bool:
    return bool(one.decided or one.needs_papers)


def _line(name: str, outcome: str, counts: Any, rate: str) -> str:
    cells = "".join(f"{count:>4}" if isinstance(count, str) else f"{count:>6}" for count in counts)
    return f"{name}  {pad(outcome, 10)}{cells}  {rate}"


def _rate(one: Tally) -> str:
    if one.precision is None or one.interval is None:
        return "—"
    few = f"  {FEW}" if one.few else ""
    return f"{one.precision:4.0%}（{one.interval.low:.0%}～{one.interval.high:.0%}）{few}"


def _name(by: Sequence[Grouping], group: Sequence[str]) -> str:
    return "  ".join(map(_value, by, group)) or ALL


def _value(by: Grouping, value: str) -> str:
    names: Mapping[str, Mapping[str, str]] = {
        "kind": KINDS,
        "evasion": {**EVASIONS, "": UNDISGUISED},
    }
    return names.get(by, {}).get(value, value)


def _as_csv(tables: Tables) -> str:
    out = io.StringIO(newline="")
    rates = ("精确率", "区间下限", "区间上限", FEW)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("分组", *GROUPINGS.values(), "程序判断", *COUNTS.values(), *rates))
    for by, tallies in tables:
        for one in tallies:
            values = {
                str(each): _value(each, value) for each, value in zip(by, one.group, strict=True)
            }
            writer.writerow(
                (
                    "、".join(GROUPINGS[each] for each in by) or ALL,
                    *(values.get(each, "") for each in GROUPINGS),
                    OUTCOMES[one.outcome],
                    *(getattr(one, field) for field in COUNTS),
                    *_rounded(one).values(),
                    FEW if one.few else "",
                )
            )
    return out.getvalue()


def _as_json(tables: Tables) -> str:
    said = [{"by": list(by), "rows": [_object(by, one) for one in rows]} for by, rows in tables]
    return json.dumps({"tables": said}, ensure_ascii=False, indent=2)


def _object(by: Sequence[Grouping], one: Tally) -> dict[str, Any]:
    return {
        **dict(zip(by, one.group, strict=True)),
        "outcome": one.outcome,
        **{field: getattr(one, field) for field in COUNTS},
        **_rounded(one),
        "few": one.few,
    }


def _rounded(one: Tally) -> dict[str, float | None]:
    low, high = one.interval or (None, None)
    rates = {"precision": one.precision, "low": low, "high": high}
    return {name: None if rate is None else round(rate, DIGITS) for name, rate in rates.items()}


_WRITERS: Mapping[str, Callable[[Tables], str]] = {
    "text": _as_text,
    "csv": _as_csv,
    "json": _as_json,
}
