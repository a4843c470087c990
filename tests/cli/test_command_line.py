"""What holds for every command: help, errors and their codes, streams, speed of starting."""

from __future__ import annotations

import subprocess
import sys

import pytest

from detector import __version__
from detector.cli import app
from detector.errors import MissingPartError

HEAVY = ("numpy", "cv2", "jieba", "onnxruntime", "PIL", "yaml", "regex", "ahocorasick", "lxml")
COMMANDS = [[], ["scan"], ["check"], ["read"], ["rules"], ["rules", "list"], ["rules", "show"]]


def test_version(shanzhai):
    assert shanzhai("--version") == (0, f"shanzhai {__version__}\n", "")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_is_chinese(shanzhai, command):
    shown = shanzhai(*command, "--help")
    assert shown.code == 0
    assert shown.out.startswith("用法：shanzhai")
    assert "选项：" in shown.out
    assert not any(word in shown.out for word in ("Usage", "Options", "Commands", "Show this"))


def test_help_tells_every_exit_code(shanzhai):
    told = shanzhai("--help").out.split("退出码")[1]
    for code in app.ExitCode:
        assert f"\n  {code.value} " in told


@pytest.mark.parametrize("arguments", [["--version"], *[[*c, "--help"] for c in COMMANDS]])
def test_help_and_version_load_nothing_heavy(arguments):
    code = (
        f"import sys; from detector.cli import main; main({arguments!r}); "
        f"sys.exit(', '.join(m for m in {HEAVY!r} if m in sys.modules) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "用法：shanzhai"),
        (["nope"], "没有名为 nope 的命令。可用：scan、screen、report、check、explain"),
        (["scan"], "缺少参数“路径…”"),
        (["scan", "x", "--outt", "y"], "没有 --outt 这个选项。相近的有：--out"),
        (["scan", "x", "--out"], "选项 --out 的写法不对"),
        (["scan", "x", "--kind", "poster"], "选项 --kind 的值不对。可用：auto、ad、"),
        (["scan", "x", "--format", "pdf"], "选项 --format 的值不对。可用：json、jsonl、csv"),
        (["check"], "请给出文件、“-”或 --text 之一"),
        (["check", "--text", ""], "请给出文件、“-”或 --text 之一"),
        (["check", "x", "--text", "y"], "请给出文件、“-”或 --text 之一"),
        (["read", "x", "y"], "多出的参数：y"),
        (["rules", "show"], "缺少参数“编号”"),
        (["rules", "show", "guarantee.pas"], "相近的有：guarantee.pass"),
        (["check", "x", "--jurisdiction", "GD,XX"], "没有代码为 XX 的地区。可用的地区：CN"),
        (["check", "x", "--as-of", "2024-13-01"], "设置 as_of 的值 '2024-13-01' 不合要求"),
        (["check", "x", "--settings", "none.toml"], "设置文件 none.toml 无法打开"),
        (["rules", "list", "--rules", "none"], "none 不存在。请检查 --rules"),
    ],
)
def test_wrong_usage_is_told_in_chinese(shanzhai, arguments, message):
    shown = shanzhai(*arguments)
    assert (shown.code, shown.out) == (2, "")
    assert message in shown.err
    assert "Error" not in shown.err


def test_an_unknown_setting_is_told_with_its_file(shanzhai, workplace):
    (workplace / "shanzhai.toml").write_text('jurisdicton = "GD"', encoding="utf-8")
    shown = shanzhai("check", "--text", "x")
    assert shown.code == 2
    assert "shanzhai.toml：没有名为 jurisdicton 的设置。可用的设置：" in shown.err


def test_a_bad_rule_file_is_told_with_line_and_key(shanzhai, own_rules):
    pack = own_rules / "packs" / "guarantee.yaml"
    text = pack.read_text(encoding="utf-8").replace("severity: high", "severity: huge", 1)
    pack.write_text(text, encoding="utf-8")
    line = text[: text.index("severity: huge")].count("\n") + 1
    shown = shanzhai("rules", "list", "--rules", own_rules)
    assert shown.code == 2
    assert f"guarantee.yaml:{line}: rules[1].severity: " in shown.err


def test_a_missing_part_has_its_own_code(shanzhai, monkeypatch):
    def load_rules(folder):
        raise MissingPartError("缺少 tesseract。请先安装。")

    monkeypatch.setattr("detector.rulebook.load_rules", load_rules)
    assert shanzhai("rules", "list") == (4, "", "错误：缺少 tesseract。请先安装。\n")


def test_a_bug_is_called_one(shanzhai, monkeypatch):
    def load_rules(folder):
        raise KeyError("lost")

    monkeypatch.setattr("detector.rulebook.load_rules", load_rules)
    shown = shanzhai("rules", "list")
    assert shown.code == 70
    assert shown.err.startswith("程序出错：KeyError（test_command_line.py 第 ")
    assert __version__ in shown.err
    assert "Traceback" not in shown.err


def test_an_interruption_has_its_own_code(shanzhai, monkeypatch):
    def load_rules(folder):
        raise KeyboardInterrupt

    monkeypatch.setattr("detector.rulebook.load_rules", load_rules)
    shown = shanzhai("rules", "list")
    assert (shown.code, shown.err.strip()) == (130, "已中断。")


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_output_is_utf8_in_every_locale(process, workplace, env):
    (workplace / "a.txt").write_text("包过，电工证培训", encoding="utf-8")
    done = process("check", "a.txt", env=env)
    assert done.returncode == 1
    assert "疑似违规" in done.stdout.decode("utf-8")
    assert process("nope", env=env).stderr.decode("utf-8").startswith("错误：")


def test_a_reader_that_goes_away_changes_nothing(advert):
    command = [sys.executable, "-m", "detector", "check", str(advert)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        complaints = running.stderr.read()
        code = running.wait(timeout=120)
    assert (code, complaints) == (1, b"")
