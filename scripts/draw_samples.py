"""Draw and write everything below `samples/`.

Usage: python scripts/draw_samples.py [--out FOLDER] [--only TEXT] [--fonts]

The same library versions give the same bytes. `--fonts` cuts the glyph subsets anew first, which
needs the Debian packages fonts-noto-cjk and fonts-lxgw-wenkai.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from samples.expected import Makers, Sample

from samples import (
    broken,
    certificates,
    copy_texts,
    documents,
    fonts,
    lawful_certificates,
    lawful_posters,
    posters,
    screens,
    web_pages,
    worn_certificates,
)

MAKERS: Makers = {
    **certificates.MAKERS,
    **worn_certificates.MAKERS,
    **lawful_certificates.MAKERS,
    **posters.MAKERS,
    **screens.MAKERS,
    **lawful_posters.MAKERS,
    **documents.MAKERS,
    **copy_texts.MAKERS,
    **web_pages.MAKERS,
    **broken.MAKERS,
}


def write(sample: Sample, target: Path) -> None:
    """Write the file and, beside it, what a scan of it should say."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(sample.data)
    beside = target.with_name(target.name + ".expected.json")
    beside.write_text(sample.expected.as_json(), encoding="utf-8", newline="\n")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=fonts.ROOT / "samples", metavar="FOLDER")
    parser.add_argument("--only", default="", metavar="TEXT", help="those with TEXT in their path")
    parser.add_argument("--fonts", action="store_true", help="cut the glyph subsets anew first")
    chosen = parser.parse_args()
    if chosen.fonts:
        fonts.cut_fonts()
    for path, make in MAKERS.items():
        if chosen.only in path:
            sample = make()
            write(sample, chosen.out / path)
            print(f"{path}  {len(sample.data):,} bytes")


if __name__ == "__main__":
    main()
