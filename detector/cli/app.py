"""The command `shanzhai`, and the one function that turns exceptions into exit codes."""

from __future__ import annotations

from collections.abc import Sequence

import click

from detector import __version__
from detector.cli.case import case
from detector.cli.check import check
from detector.cli.chinese import Group, explain
from detector.cli.explain import explain as explain_command
from detector.cli.forms import forms
from detector.cli.output import prepare_streams, say
from detector.cli.read import read
from detector.cli.registry import registry
from detector.cli.report import report
from detector.cli.review import review
from detector.cli.rules import rules
from detector.cli.scan import scan
from detector.cli.scanning import name_bug
from detector.cli.screen import screen
from detector.cli.stats import stats
from detector.errors import ExitCode, ShanzhaiError

NAME = "shanzhai"
HELP = (
    "检查职业技能类证书与培训广告中是否有通知所列的疑似违规内容。\n"
    "结论只是“疑似”或“按现有规则未发现”，须由人核实。"
)
EPILOG = """\
退出码：
0    按现有规则未发现达到门槛的内容
1    有发现
2    用法、设置或规则有误
3    有内容没有读全，读到的部分没有发现
4    缺少可选部件（提示中有安装方法）
70   程序缺陷
130  被中断"""


@click.group(NAME, cls=Group, help=HELP, epilog=EPILOG)
@click.version_option(__version__, message="%(prog)s %(version)s", help="显示版本。")
def shanzhai() -> None:
    """Hold the commands."""


COMMANDS = (scan, screen, report, check, explain_command, read, rules, registry)
OFFICE = (case, review, stats, forms)  # what is done with the results
for command in (*COMMANDS, *OFFICE):
    shanzhai.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (by default the process's own) and return its exit code."""
    prepare_streams()
    try:
        code = shanzhai.main(arguments, prog_name=NAME, standalone_mode=False)
    except SystemExit:  # click's answer to a reader that went away while help was printed
        code = ExitCode.CLEAN
    except click.Abort:
        code = _fail("已中断。", ExitCode.INTERRUPTED)
    except click.ClickException as error:
        code = _fail(explain(error), ExitCode.USAGE)
    except ShanzhaiError as error:
        code = _fail(f"错误：{error}", error.exit_code)
    except Exception as error:
        code = _fail(_bug(error), ExitCode.BUG)
    return int(code)


def _fail(message: str, code: ExitCode) -> ExitCode:
    say(message, to_stderr=True)
    return code


def _bug(error: Exception) -> str:
    return (
        f"程序出错：{name_bug(error)}：{error}\n"
        f"这是程序的缺陷。请把这条信息、所用的命令和版本 {__version__} 报告给维护者；"
        "其中若有个人信息，请先删去。"
    )
