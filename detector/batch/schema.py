"""The columns of the parts, documented in docs/screen-output.md.

A column may be added under the same version; one that is renamed, or changes its meaning,
makes a new version.
"""

from __future__ import annotations

import pyarrow as pa

VERSION = "shanzhai-screen/1"
_METADATA = {"shanzhai-screen": VERSION}

_text = pa.string()
_texts = pa.list_(_text)
_count = pa.int32()

# What a page and each of its findings are known by.
_PAGE = [
    ("address", _text),
    ("host", _text),
    ("captured", pa.timestamp("us", tz="UTC")),
    ("container", _text),
    ("position", pa.int64()),
    ("media_type", _text),
    ("content", _text),
    ("kind", _text),
]

# One finding a row.
FINDINGS = pa.schema(
    [
        *_PAGE,
        ("fingerprint", _text),
        ("rule", _text),
        ("clauses", _texts),
        ("see_also", _texts),
        ("term", _text),
        ("severity", _text),
        ("outcome", _text),
        ("field", _text),
        ("passage", _count),
        ("start", _count),
        ("end", _count),
        ("surface", _text),
        ("excerpt", _text),
        ("highlight_start", _count),
        ("highlight_end", _count),
        ("line", _count),
        ("column", _count),
        ("page", _count),
        ("boxes", pa.list_(pa.struct([("page", _count), ("polygon", pa.list_(pa.float64()))]))),
        ("confidence", pa.float64()),
        ("engine", _text),
        (
            "second",
            pa.list_(pa.struct([("text", _text), ("confidence", pa.float64()), ("how", _text)])),
        ),
        ("evasion", _text),
        (
            "reasons",
            pa.list_(pa.struct([("kind", _text), ("effect", _text), ("detail", _text)])),
        ),
        ("message", _text),
        ("suggestion", _text),
        ("rules", _text),
    ],
    metadata=_METADATA,
)

# One page a row, whatever was found on it: what is not here was not screened.
PAGES = pa.schema(
    [
        *_PAGE,
        ("kind_reason", _text),
        ("size", pa.int64()),
        ("sha256", _text),
        ("pages", _count),
        ("repeated", pa.bool_()),
        ("unread", pa.bool_()),
        ("report", _count),
        ("review", _count),
        ("dismissed", _count),
        (
            "problems",
            pa.list_(pa.struct([("code", _text), ("message", _text), ("page", _count)])),
        ),
        # Marks, certificates and registry checks as JSON, null where there are none.
        ("details", _text),
    ],
    metadata=_METADATA,
)
