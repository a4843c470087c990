"""Words that could break a format or its reader, and a report that is full of them."""

from __future__ import annotations

from dataclasses import replace

from report_values import finding, report_of, result

from detector.model import Effect, Outcome, Problem, Reason, Report, SourceResult

HOSTILE = (
    '=HYPERLINK("http://evil.cn","x")',
    "+86 010",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    "#N/A",
    "_x0041_",
    "<script>alert(1)</script>",
    "&lt;b&gt; &amp;",
    "]]> <!-- -->",
    "[点击](http://evil.cn) ![图](http://evil.cn/x.png)",
    "http://evil.cn www.evil.cn a@evil.cn",
    "**粗** _斜_ ~~删~~ `码` | 表 | $x$ #1",
    "一行\n# 标题\n- 项\n    代码\n| 表 |",
    '引号"与,逗号;\r\n换行',
    "控制\x00\x07\x1b[31m\x7f\x85",
    "方向\u202e倒\u202c\u2066x\u2069",
    "零宽\u200b\u2060\ufeff",
    "分行\u2028分段\u2029",
    "四字节𠮷😀👨\u200d👩\u200d👧",
    "半个\ud83d代理\udc80",
    "非字符\ufffe\uffff\U0010ffff",
    "{0} \\[x](y) C:\\路径\\",
    "“包过”</w:t>]]>\"'",
    " 两头空格 ",
    "长" * 40_000,
)


def hostile_report(texts: tuple[str, ...] = HOSTILE) -> Report:
    """Return a report with a source for each text, which stands wherever others' words can."""
    return report_of(*(_result(number, text) for number, text in enumerate(texts)))


def _result(number: int, text: str) -> SourceResult:
    said = f"{number}：{text}包过"
    one = finding(
        said,
        "包过" if number % 2 else f"{text}包过",
        term=text or "空",
        outcome=Outcome.REVIEW if number % 3 == 0 else Outcome.REPORT,
        reasons=(Reason("x", Effect.RAISE, text),),
        message=f"须核实{text}",
        context=100_000,
    )
    problem = Problem("truncated", f"只读了{text}")
    return result(
        f"目录/{number}-{text}", replace(one, fingerprint=f"{number:024x}"), problems=(problem,)
    )
