"""The loop of a review: a finding, a key, what the key does."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from detector.casebook.labels import VERDICTS
from detector.casebook.values import Verdict
from detector.casebook.walk import Look, OvertakenError, Walk
from detector.cli.keys import read_key, read_line
from detector.cli.output import say
from detector.report.columns import clean

if TYPE_CHECKING:
    from detector.casebook.screen import Screen

KEYS: Mapping[str, str] = {
    "y": "确认",
    "n": "排除",
    "p": "待补材料",
    "s": "跳过",
    "b": "上一条",
    "u": "撤销",
    "r": "写理由",
    "?": "帮助",
    "q": "退出",
}
KEY_HELP = """\
  y  确认：属实，应当处理
  n  排除：不是违规，须写一行理由
  p  待补材料：要看备案、许可等材料才能定
  s  跳过：这次不定，下次还会出现
  b  上一条：回到前一条，可改决定
  u  撤销：撤回本次最后作的决定，回到那一条
  r  写理由：先写一行，随接着按的 y、n 或 p 一起存入
  q  退出（Ctrl-C 也可）：已作的决定都已存好
按键不用回车，不分大小写；使用中文输入法时请先切换到英文。"""
AT_THE_END = "已是最后一条。u 撤销刚才的决定  b 上一条  其他键结束"
VERDICT_KEYS: Mapping[str, Verdict] = {
    "y": Verdict.CONFIRMED,
    "n": Verdict.DISMISSED,
    "p": Verdict.NEEDS_PAPERS,
}
SKIP, BACK, UNDO, REASON, HELP, QUIT = "s", "b", "u", "r", "?", "q"


class Sitting:
    """One reviewer at a terminal: keys go to `walk`, what is shown comes from `screen`."""

    def __init__(self, walk: Walk, screen: Screen) -> None:
        """Keep both; the screen's width is that of the terminal at each finding."""
        self._walk, self._screen = walk, screen

    def run(self) -> None:
        """Show one finding after the other until the reviewer quits or has seen all.

        Ctrl-C raises KeyboardInterrupt, Ctrl-D EOFError: both only mean to quit.
        """
        going = True
        while going:
            look = self._walk.look()
            if look is None:
                going = self._end()
            elif look.overtaken:
                self._pass_over(look)
            else:
                self._show(look)
                going = self._answer(look)

    def _show(self, look: Look) -> None:
        self._screen = replace(self._screen, width=shutil.get_terminal_size().columns)
        say("\n".join(["", *self._screen.show(look, self._walk.total), ""]))
        _say_keys()

    def _pass_over(self, look: Look) -> None:
        decision = look.held.decision
        assert decision is not None
        said = self._screen.say_decision(decision)
        say(f"第 {look.place} 条已由他人审核，跳过：{said}")
        self._walk.pass_over()

    def _answer(self, look: Look) -> bool:
        """Take keys until one leaves this finding; tell whether the review goes on."""
        reason = ""
        while True:
            key = read_key()
            if key in VERDICT_KEYS:
                if self._decide(look, VERDICT_KEYS[key], reason):
                    return True
            elif key == REASON:
                reason = read_line("理由（随接着的决定存入）：")
                _say_keys("理由已记下，请接着作决定。" if reason else "没有写理由。")
            elif key == HELP:
                say(KEY_HELP)
            elif key == UNDO:
                if self._undo():
                    return True
            elif key in (SKIP, BACK):
                self._walk.skip() if key == SKIP else self._walk.back()
                return True
            elif key == QUIT:
                return False
            else:
                _say_keys("没有这个键（一次按一个，不用回车）。")

    def _decide(self, look: Look, verdict: Verdict, reason: str) -> bool:
        """Decide, unless a reason is needed and none is given."""
        if verdict is Verdict.DISMISSED and not reason:
            reason = self._choose_reason(verdict)
            if not reason:
                _say_keys("没有写理由，未作决定。")
                return False
        try:
            made = self._walk.decide(look, verdict, reason)
        except OvertakenError as first:
            say(f"他人刚刚作了决定，你的没有存入：{self._screen.say_decision(first.decision)}")
            return True
        say(f"已存入：{self._screen.say_decision(made)}")
        return True

    def _choose_reason(self, verdict: Verdict) -> str:
        """Ask for a reason: a line, or the number of one that was used before."""
        earlier = self._walk.last_reasons(verdict)
        pick = "，或只写编号选用以前的" if earlier else ""
        say(f"{VERDICTS[verdict]}的理由：写一行后回车{pick}；直接回车则不作决定。")
        for number, one in enumerate(earlier, start=1):
            say(f"  {number}  {clean(one)}")
        typed = read_line("理由：")
        picked = typed.isdecimal() and 1 <= int(typed) <= len(earlier)
        return earlier[int(typed) - 1] if picked else typed

    def _undo(self) -> bool:
        """Take the last decision back; tell whether another finding is to be shown."""
        try:
            taken_back = self._walk.undo()
        except OvertakenError as later:
            said = self._screen.say_decision(later.decision)
            say(f"那一条后来又由他人审核，没有撤销：{said}")
            return True
        if taken_back is None:
            _say_keys("本次没有可以撤销的决定。")
            return False
        say(f"已撤销：{self._screen.say_decision(taken_back)}")
        return True

    def _end(self) -> bool:
        """Let the last decision be undone before all is over; tell whether the review goes on."""
        say(f"\n{AT_THE_END}")
        key = read_key()
        if key == BACK:
            self._walk.back()
        return key == BACK or (key == UNDO and self._undo())


def _say_keys(first: str = "") -> None:
    """Say which keys there are, below what has just happened."""
    keys = "  ".join(f"{click.style(key, bold=True)} {name}" for key, name in KEYS.items())
    say(f"{first}\n{keys}" if first else keys)
