"""Write `rules/lexicon/characters/traditional.tsv`: characters → their simplified form.

    python scripts/build_characters.py

The pairs come from OpenCC's character dictionaries (Apache-2.0), asked one character at a time,
so that wrong traditional forms (製度, 係統, 全麵) fold too. Japanese forms (証, 験) are taken
through their traditional ones, unless they are themselves in ordinary Chinese use (研, 翻, 沪, 予:
all of GB 2312), where the Japanese reading would make another word of them. `variants.tsv` beside
it is written by hand.
"""

from __future__ import annotations

from pathlib import Path

import opencc

TARGET = Path(__file__).parent.parent / "rules/lexicon/characters/traditional.tsv"
BLOCKS = ((0x3400, 0xA000), (0xF900, 0xFB00))
HEAD = "# Made by scripts/build_characters.py from OpenCC; do not edit by hand.\n"


def pairs() -> dict[str, str]:
    """Return each character that has a simplified form other than itself."""
    simplify, japanese = opencc.OpenCC("t2s"), opencc.OpenCC("jp2t")
    found = {}
    for code in (code for block in BLOCKS for code in range(*block)):
        character = chr(code)
        simple = simplify.convert(character)
        if simple == character and not _is_common(character):
            simple = simplify.convert(japanese.convert(character))
        if len(simple) == 1 and simple != character:
            found[character] = simple
    return found


def _is_common(character: str) -> bool:
    """Tell whether a character is in GB 2312, the repertoire of ordinary simplified text."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def main() -> None:
    """Write the table, in the order of code points."""
    lines = (f"{character}\t{simple}\n" for character, simple in pairs().items())
    TARGET.write_text(HEAD + "".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
