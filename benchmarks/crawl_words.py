"""What the pages of a generated crawl say, and the scripts and styles that say nothing.

All is drawn once, as pieces; pages are put together from them, which makes them quick to draw.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from html import escape

from benchmarks.pages import CASES, ordinary_text, ordinary_words

CHARACTERS = 400_000  # of ordinary text
PHRASES = 6_000
FILLERS = 240  # scripts, styles and pictures of each sort
LONGEST_PHRASE = 24
WITH_TAG, WITH_ENTITY = 0.12, 0.05  # of the clauses
_TAGS = (
    ("<b>", "</b>"),
    ("<strong>", "</strong>"),
    ("<span>", "</span>"),
    ('<span style="font-size:14px">', "</span>"),
    ('<FONT color="#ff0000">', "</FONT>"),
    ('<a href="/tag/~track~" target="_blank">', "</a>"),
)
_ENTITIES = ("&nbsp;&nbsp;", "&ldquo;", "&mdash;", "&#8226;", "&hellip;", "&gt;", "&#x3000;")
_STATEMENTS = (
    'var {a} = document.getElementById("{b}_{n}");',
    '$("#{a}").on("click", function(e){{ e.preventDefault(); {b}.push({n}); return false; }});',
    'if (typeof {a} !== "undefined" && {a}.length > {n}) {{ {b}({a}, {n}); }}',
    'window.{a} = window.{a} || []; {a}.push(["_set{b}", "{n}"]);',
    '_hmt.push(["_trackEvent", "{a}", "{b}", "{n}"]); // 统计',
    '(function(d,s){{var {a}=d.createElement(s);{a}.async=1;{a}.src="/static/{b}.js?v={n}";}})();',
    '{a}["{b}"] = {{"id":{n},"type":"{b}","tpl":"<div class=\\"{a}\\">加载中<\\/div>","ad":null}};',
)
_STYLES = (
    ".{a} .{b}{{margin:0 {n}px;padding:3px 0 0 8px;color:#666;font:12px/1.5 'Microsoft YaHei'}}",
    "#{a}_{n} li:hover>a{{background:url(/img/{b}.png) no-repeat 0 -{n}px;text-indent:4px}}",
    "@media (max-width:{n}px){{.{a}{{float:none;width:100%}}.{b}{{display:none}}}}",
)
_PICTURES = (
    '<div class="{a}"><a href="/{b}/{n}.html?from=~track~"><img src="/img/{b}_{n}.jpg" alt=""'
    ' width="120" height="90"></a><i class="icon icon-{a}"></i></div>',
    '<div class="{a} clearfix" data-id="{n}" data-spm="~track~"><span class="{b}"></span></div>',
    "<!-- {a} {b} {n} begin --><div id={a}{n}></div><!-- end -->",
)
_SYLLABLES = ("nav", "top", "list", "ad", "box", "item", "user", "tab", "img", "hot", "cms", "pv")


@dataclass(frozen=True, slots=True)
class Fillers:
    """Markup without words for readers."""

    scripts: list[str]
    styles: list[str]
    pictures: list[str]


@dataclass(frozen=True, slots=True)
class Words:
    """Pieces of text. Phrases are plain, the others are markup.

    Telling cases have findings that are expected, harmless ones have none.
    """

    clauses: list[str]
    phrases: list[str]
    telling: list[str]
    harmless: list[str]

    def traditional(self) -> Words:
        """Return the same in traditional characters."""
        from opencc import OpenCC

        convert = OpenCC("s2t").convert
        lists = (self.clauses, self.phrases, self.telling, self.harmless)
        return Words(*(convert("\0".join(pieces)).split("\0") for pieces in lists))


def draw_words(chance: random.Random) -> Words:
    """Draw pieces of ordinary text by the frequencies of words; the cases are the labelled ones."""
    words, weights = ordinary_words()
    clauses = [
        _marked_up(chance, clause) for clause in ordinary_text(chance, words, weights, CHARACTERS)
    ]
    phrases = [
        "".join(chance.choices(words, cum_weights=weights, k=chance.randint(1, 6)))
        for _ in range(PHRASES)
    ]
    cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    return Words(
        clauses,
        [phrase[:LONGEST_PHRASE] for phrase in phrases],
        [_as_markup(case["text"]) for case in cases if case["violations"]],
        [_as_markup(case["text"]) for case in cases if not case["violations"]],
    )


def _marked_up(chance: random.Random, clause: str) -> str:
    """Return a clause as markup, now and then with a tag that begins or ends within a word."""
    drawn = chance.random()
    if drawn < WITH_TAG:
        opening, closing = chance.choice(_TAGS)
        start = chance.randrange(len(clause))
        end = chance.randint(start + 1, len(clause))
        parts = (escape(part) for part in (clause[:start], clause[start:end], clause[end:]))
        return "{}{opening}{}{closing}{}".format(*parts, opening=opening, closing=closing)
    if drawn < WITH_TAG + WITH_ENTITY:
        return chance.choice(_ENTITIES) + escape(clause)
    return escape(clause).replace("\n", "<br>\n")


def _as_markup(text: str) -> str:
    return "<br>\n".join(map(escape, text.splitlines()))


def draw_fillers(chance: random.Random) -> Fillers:
    """Draw scripts, styles and pictures of many lengths."""
    return Fillers(
        [
            f'<script type="text/javascript">\n{_lines(chance, _STATEMENTS, 20)}\n</script>\n'
            for _ in range(FILLERS)
        ],
        [f"<style>\n{_lines(chance, _STYLES, 20)}\n</style>\n" for _ in range(FILLERS)],
        [_lines(chance, _PICTURES, 8) + "\n" for _ in range(FILLERS)],
    )


def _lines(chance: random.Random, patterns: tuple[str, ...], most: int) -> str:
    return "\n".join(
        chance.choice(patterns).format(
            a="_".join(chance.choices(_SYLLABLES, k=2)),
            b=chance.choice(_SYLLABLES),
            n=chance.randint(1, 9999),
        )
        for _ in range(chance.randint(1, most))
    )
