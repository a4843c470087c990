"""What pages of a generated crawl look like: the bodies of six sorts of sites.

The markup is what such sites have: link lists with titles, tables for layout, tags that are
never closed or written in capitals, forms, stretches that nobody sees.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.crawl_words import Words

LINK_SHARE = 0.25  # of the characters of a page stand in its lists of links
LINK_LENGTH = 9  # characters, on average
FEWEST_LINKS = 6
STUFFED = 0.04  # of the pages repeat keywords where nobody sees them
TRACK = "~track~"  # stands for what differs between copies: ids of sessions and campaigns


@dataclass(frozen=True, slots=True)
class Writer:
    """Draws the pieces of one page; `case` is the labelled case among them, "" for none."""

    chance: random.Random
    words: Words
    characters: int
    case: str

    def phrase(self) -> str:
        """Return a few words."""
        return self.chance.choice(self.words.phrases)

    def number(self) -> int:
        """Return a number as addresses and ids have it."""
        return self.chance.randint(100, 9_999_999)

    def day(self) -> str:
        """Return a date as pages write it."""
        return f"2026-{self.chance.randint(1, 9):02}-{self.chance.randint(1, 28):02}"

    def paragraphs(self, fewest: int, most: int) -> list[str]:
        """Return the page's text, so many clauses a paragraph, with the case among them."""
        left = round(self.characters * (1 - LINK_SHARE))
        drawn = []
        while left > 0:
            clauses = self.chance.choices(self.words.clauses, k=self.chance.randint(fewest, most))
            drawn.append("".join(clauses))
            left -= len(drawn[-1])
        if self.case:
            drawn.insert(len(drawn) // 2, self.case)
        return drawn

    def links(self, part: float = 1.0) -> str:
        """Return the items of a list of links; `part` of all that the page has."""
        many = round(self.characters * LINK_SHARE / LINK_LENGTH * part)
        phrases = self.chance.choices(self.words.phrases, k=max(FEWEST_LINKS, many))
        first = self.number()
        return "\n".join(
            f'<li class="item"><a href="/show/{first + at}.html?from={TRACK}" target="_blank"'
            f' title="{phrase}">{phrase}</a></li>'
            for at, phrase in enumerate(phrases)
        )

    def hidden(self) -> str:
        """Return a stretch that nobody sees; on most pages it is empty."""
        if self.chance.random() >= STUFFED:
            return '<div id="popup" style="display:none"></div>'
        stuffed = self.chance.choices(self.words.phrases, k=8) * self.chance.randint(2, 12)
        return f'<div style="display:none">{" ".join(stuffed)}</div>'


Body = Callable[[Writer, str], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Site:
    """A sort of sites: how its hosts and paths are named, and what its pages hold."""

    name: str
    path: str
    body: Body


def _news(writer: Writer, title: str) -> Iterator[str]:
    yield f'<div class="top"><ul class="nav clearfix">{writer.links(0.4)}</ul></div>\n'
    yield f'<div class="main w1000"><div class="crumb"><a href="/">{writer.phrase()}</a> &gt; '
    yield f"{writer.phrase()}</div>\n<h1>{title}</h1>\n"
    yield f'<div class="info"><span>{writer.day()}&nbsp;&nbsp;{writer.phrase()}</span></div>\n'
    yield '<div class="article" id="artibody">\n'
    for text in writer.paragraphs(3, 9):
        yield f"<p>　　{text}</p>\n"
        if writer.chance.random() < 0.1:
            yield f'<p align="center"><img src="/pic/{writer.number()}.jpg" '
            yield f'alt="{writer.phrase()}"><br>{writer.phrase()}</p>\n'
    yield f'</div>\n{writer.hidden()}<div class="related"><h3>{writer.phrase()}</h3><ul>'
    yield f"{writer.links(0.6)}</ul></div></div>\n"
    yield f'<div class="footer"><p>{writer.phrase()}</p></div>'


def _school(writer: Writer, title: str) -> Iterator[str]:
    yield f'<DIV class="banner"><IMG SRC="/banner.jpg" ALT="{title}"></DIV>\n'
    yield f'<DIV ID="menu"><UL>{writer.links(0.5)}</UL></DIV>\n{writer.hidden()}'
    for text in writer.paragraphs(1, 6):
        yield f'<div class="sec"><div class="hd"><h2><FONT size="5">{writer.phrase()}</FONT></h2>'
        yield f'</div><div class="bd"><p>{text}<p class="more"><a href="#form" title="'
        yield f'{writer.phrase()}">{writer.phrase()}</a></div></div>\n'
    yield '<form action="/post.php" method="post"><input type="hidden" name="sid" value="'
    yield f'{TRACK}"><input name="name" placeholder="{writer.phrase()}"><select name="c">'
    yield "".join(f"<option value={at}>{writer.phrase()}" for at in range(6))
    yield f'</select><input type="submit" value="{writer.phrase()}"></form>\n'
    yield f'<ul class="links">{writer.links(0.5)}</ul>'


def _forum(writer: Writer, title: str) -> Iterator[str]:
    yield f'<div id="nv"><ul>{writer.links(0.5)}</ul></div>\n<h1 id="subject">{title}</h1>\n'
    for text in writer.paragraphs(1, 4):
        number = writer.number()
        yield f'<div id="post_{number}"><table cellspacing="0" cellpadding="0"><tr><td class="pls"'
        yield f' rowspan="2"><div class="authi"><a href="/space-uid-{number}.html?s={TRACK}">'
        yield f'{writer.phrase()}</a></div><img src="/avatar/{number}.jpg"></td><td class="plc">'
        yield f'<div class="pi"><em>{writer.day()}</em></div><div class="t_f">{text}</div></td>'
        yield f'</tr><tr><td class="plc po"><a href="#" onclick="reply({number})" aria-label="'
        yield f'{writer.phrase()}">#</a></td></tr></table></div>\n'
    yield f'{writer.hidden()}<div id="ft"><ul>{writer.links(0.5)}</ul></div>'


def _shop(writer: Writer, title: str) -> Iterator[str]:
    yield f'<div class="cat"><dl><dt>{title}</dt><dd><ul>{writer.links()}</ul></dd></dl></div>\n'
    yield '<div class="goods-list">\n'
    for text in writer.paragraphs(1, 2):
        number = writer.number()
        yield f'<div class="goods" data-sku="{number}"><div class="p-img"><a href="/item/{number}'
        yield f'.html?spm={TRACK}"><img data-lazy="/g/{number}.webp" alt="{writer.phrase()}"></a>'
        yield f'</div><div class="p-price"><em>&yen;</em><i>{number % 2000}.00</i></div>'
        yield f'<div class="p-name"><a title="{writer.phrase()}"><em>{text}</em></a></div>'
        yield f'<div class="p-shop"><span>{writer.phrase()}</span></div></div>\n'
    yield f"</div>{writer.hidden()}"


def _government(writer: Writer, title: str) -> Iterator[str]:
    yield '<TABLE width="980" border=0 align=center cellPadding=0><TR><TD width=200 vAlign=top>'
    yield f'<UL>{writer.links(0.5)}</UL><TD><TABLE width="100%"><TR><TD class="t">{title}</TD></TR>'
    yield "".join(f"<TR><TH>{writer.phrase()}<TD>{writer.phrase()}\n" for _ in range(4))
    yield '</TABLE><DIV class="TRS_Editor">\n'
    for text in writer.paragraphs(3, 10):
        yield '<P style="TEXT-INDENT: 2em; LINE-HEIGHT: 2em"><SPAN lang=EN-US></SPAN>'
        yield f'<SPAN style="FONT-FAMILY: 宋体; FONT-SIZE: 16pt">{text}</SPAN>\n'
    yield f'</DIV>{writer.hidden()}</TD></TR></TABLE>\n<DIV class="foot"><UL>{writer.links(0.5)}'
    yield f"</UL><P>{writer.phrase()}</DIV>"


def _blog(writer: Writer, title: str) -> Iterator[str]:
    yield f'<header><nav aria-label="{writer.phrase()}"><ul>{writer.links(0.3)}</ul></nav></header>'
    yield f'<main><article><h1 class="entry-title">{title}</h1><time>{writer.day()}</time>\n'
    for text in writer.paragraphs(2, 8):
        if writer.chance.random() < 0.2:
            yield f"<h2>{writer.phrase()}</h2>\n"
        yield f'<section class="block"><div><p>{text}</p></div></section>\n'
    yield f'</article><aside><ol class="comments">{writer.links(0.7)}</ol></aside></main>\n'
    yield f"{writer.hidden()}<footer><small>{writer.phrase()}</small></footer>"


_KINDS = (
    (Site("news", "/{day}/{number}.html", _news), 6),
    (Site("school", "/page/{number}/", _school), 2),
    (Site("bbs", "/thread-{number}-1-1.html", _forum), 3),
    (Site("shop", "/list.php?id={number}", _shop), 3),
    (Site("gov", "/zwgk/{day}/t{number}.htm", _government), 2),
    (Site("blog", "/archives/{number}", _blog), 4),
)
SITES = tuple(site for site, many in _KINDS for _ in range(many))
