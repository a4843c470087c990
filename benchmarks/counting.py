"""What a reading got right: characters, listed terms, order; seals, emblems, codes, fields.

Characters are compared line by line: what was read goes to the line of the truth that it lies
on, so that an engine's order and its breaking of lines cost it no characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from benchmarks.drawn import texts
from benchmarks.drawn.truth import Code, Corners, Emblem, Page, Seal, Written, host_of
from benchmarks.reading import Reading, ReadLine, ReadMark
from detector.settings import Settings
from detector.text import Normaliser
from detector.text.characters import CODE, Flag

GRID = np.stack(np.meshgrid(np.linspace(0.1, 0.9, 7), np.linspace(0.2, 0.8, 3)), -1).reshape(-1, 2)
ON = 0.25  # share of a read line's points that must lie on a line of the truth
SQUARELY = 0.5  # share from which what is read in a seal or code may be of the line below it
MERGED = 0.2  # share from which a second line of the truth counts as read with it
DEBRIS = 0.5  # of what is read in a seal or code, this share must be of the line below it
OVERLAP = 0.5  # intersection over union of a mark that counts as found
QUOTES = str.maketrans("“”‘’", "\"\"''")

Counts = Counter[str]


def count_reading(page: Page, reading: Reading) -> Counts:
    """Count characters and how many are wrong, terms and how many were found, order."""
    counts: Counts = Counter()
    order, assigned, noise = _assign(page, reading.lines)
    truth = fold("".join(page.lines[i].text for i in order))
    read = fold("".join(text for i in order for _, text in sorted(assigned.get(i, []))))
    counts["characters"] = len(truth)
    counts["wrong"] = distance(truth, read) + sum(len(fold(text)) for text in noise)
    wanted = Counter(page.terms)
    found = Counter(texts.listed_in(_compact("\n".join(line.text for line in reading.lines))))
    counts["terms"] = wanted.total()
    counts["terms_found"] = (wanted & found).total()
    counts += _count_order(page, reading.lines)
    return counts


def count_marks(page: Page, reading: Reading) -> Counts:
    """Count seals, emblems and codes, found and falsely found."""
    counts: Counts = Counter()
    if reading.marks is None:
        return counts
    _count_seals(page.seals, [m for m in reading.marks if m.kind == "seal"], counts)
    _count_emblems(page, [m for m in reading.marks if m.kind == "emblem"], counts)
    said = [m.text for m in reading.marks if m.kind == "code"]
    _count_codes(page.codes, said, counts)
    return counts


def count_fields(page: Page, reading: Reading) -> Counts:
    """Count the fields of the standard certificate, and whether a lawful one came out clean."""
    counts: Counts = Counter()
    if reading.fields is not None:
        counts["fields"] = len(page.fields)
        counts["fields_right"] = sum(
            fold(reading.fields.get(name, "")) == fold(value) for name, value in page.fields.items()
        )
    if page.lawful:
        counts["lawful"] = 1
        counts["lawful_clean"] = int(bool(reading.clean))
    return counts


def _assign(
    page: Page, lines: Sequence[ReadLine]
) -> tuple[list[int], dict[int, list[tuple[float, str]]], list[str]]:
    """Give each read line to a line of the truth.

    Return the order to compare the truth in, for each line of it what was read there with its
    place along the line, and what was read where no line is.
    """
    order = list(range(len(page.lines)))
    assigned: dict[int, list[tuple[float, str]]] = {}
    noise: list[str] = []
    for line in lines:
        shares = [_share_on(line, written) for written in page.lines]
        best = int(np.argmax(shares)) if shares else 0
        below = page.lines[best].text if shares and shares[best] >= SQUARELY else ""
        if _is_debris(page, line, below):
            continue
        if not shares or shares[best] < ON:
            noise.append(line.text)
            continue
        assigned.setdefault(best, []).append((_along(line, page.lines[best]), line.text))
        also = [i for i, share in enumerate(shares) if share >= MERGED]
        if len(also) > 1:
            ahead = _direction(page.lines[best])
            _gather(
                order,
                sorted(also, key=lambda i: float(_centre(page.lines[i].polygon) @ ahead)),
                best,
                assigned,
            )
    return order, assigned, noise


def _gather(order: list[int], merged: list[int], best: int, assigned: dict[int, Any]) -> None:
    """Put lines that were read as one next to each other, in the order of that reading."""
    place = min(order.index(i) for i in merged)
    kept = [i for i in order if i not in merged]
    order[:] = [*kept[:place], *merged, *kept[place:]]
    first = merged[0]  # the reading begins with this one
    if first != best:
        assigned.setdefault(first, []).append(assigned[best].pop())


def _share_on(line: ReadLine, written: Written) -> float:
    if line.page != written.page:
        return 0.0
    return float(_within(_points(line.corners), written.polygon).mean())


def _points(corners: Corners) -> np.ndarray:
    a, b, c, d = (np.array(corner) for corner in corners)
    u, v = GRID[:, :1], GRID[:, 1:]
    return a * (1 - u) * (1 - v) + b * u * (1 - v) + c * u * v + d * (1 - u) * v


def _within(points: np.ndarray, polygon: Corners) -> np.ndarray:
    sides = []
    for (x0, y0), (x1, y1) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        sides.append((x1 - x0) * (points[:, 1] - y0) - (y1 - y0) * (points[:, 0] - x0))
    signs = np.array(sides)
    return (signs >= 0).all(0) | (signs <= 0).all(0)


def _centre(corners: Corners) -> np.ndarray:
    return np.mean(np.array(corners), 0)


def _direction(written: Written) -> np.ndarray:
    a, b, _, d = (np.array(corner) for corner in written.polygon)
    along, down = b - a, d - a
    longer = along if np.linalg.norm(along) > np.linalg.norm(down) else down
    return longer / np.linalg.norm(longer)


def _along(line: ReadLine, written: Written) -> float:
    return float(_centre(line.corners) @ _direction(written))


def _is_debris(page: Page, line: ReadLine, below: str) -> bool:
    """Tell whether a line was read in a seal, a code or a picture and is no line of the text."""
    centre = _centre(line.corners)[None, :]
    marks = (*page.seals, *page.codes, *page.emblems)
    boxes = [m.polygon for m in marks if m.page == line.page] + list(page.portraits)
    if not any(_within(centre, box)[0] for box in boxes):
        return False
    read = fold(line.text)
    return common(read, fold(below)) < DEBRIS * len(read)


def _count_order(page: Page, lines: Sequence[ReadLine]) -> Counts:
    """Count neighbouring lines of the truth, and how many were read in that order."""
    first: dict[int, int] = {}
    for at, line in enumerate(lines):
        shares = [_share_on(line, written) for written in page.lines]
        for i, share in enumerate(shares):
            if share >= ON:
                first.setdefault(i, at)
    pairs = [
        (first[i], first[i + 1])
        for i in range(len(page.lines) - 1)
        if i in first and i + 1 in first
    ]
    return Counter(pairs=len(pairs), pairs_in_order=sum(a <= b for a, b in pairs))


def _count_seals(seals: Sequence[Seal], marks: list[ReadMark], counts: Counts) -> None:
    counts["seals"] += len(seals)
    left = list(marks)
    for seal in seals:
        best = max(left, key=lambda m: _overlap(seal, m), default=None)
        counts["arc"] += len(fold(seal.arc))
        if best is None or _overlap(seal, best) < OVERLAP:
            continue
        left.remove(best)
        counts["seals_found"] += 1
        read = best.text.split("\n")[0] if seal.shape != "square" else best.text.replace("\n", "")
        counts["arc_right"] += common(fold(read), fold(seal.arc))
    counts["seals_false"] += len(left)


def _count_emblems(page: Page, marks: list[ReadMark], counts: Counts) -> None:
    left = list(marks)
    for emblem in page.emblems:
        name = "watermarks" if emblem.style == "watermark" else "emblems"
        counts[name] += 1
        best = max(left, key=lambda m: _overlap(emblem, m), default=None)
        if best is not None and _overlap(emblem, best) >= OVERLAP:
            left.remove(best)
            counts[name + "_found"] += 1
    if not page.emblems:
        counts["emblem_negatives"] += 1
        counts["emblem_alarms"] += bool(left)
    counts["emblems_false"] += len(left)


def _count_codes(codes: Sequence[Code], said: list[str], counts: Counts) -> None:
    hosts = Counter(host_of(text) for text in said)
    for code in codes:
        if code.symbology == "qr":
            counts["hosts"] += 1
            counts["hosts_found"] += hosts[code.host] > 0
        else:
            counts["bars"] += 1
            counts["bars_found"] += code.content in said


def _overlap(thing: Seal | Emblem, mark: ReadMark) -> float:
    """Return the intersection over union of the boxes around a thing and a mark."""
    if thing.page != mark.page:
        return 0.0
    a, b = _bounds(thing), (np.min(np.array(mark.corners), 0), np.max(np.array(mark.corners), 0))
    sides = np.minimum(a[1], b[1]) - np.maximum(a[0], b[0])
    shared = float(np.prod(sides.clip(0)))
    return shared / (float(np.prod(a[1] - a[0])) + float(np.prod(b[1] - b[0])) - shared)


def _bounds(thing: Seal | Emblem) -> tuple[np.ndarray, np.ndarray]:
    corners = np.array(thing.polygon)
    if getattr(thing, "shape", "round") == "square":
        return corners.min(0), corners.max(0)
    # What is round fills less than the box around its turned corners.
    half = np.hypot(corners[1] - corners[0], corners[3] - corners[0]) / 2
    return corners.mean(0) - half, corners.mean(0) + half


@cache
def _normaliser() -> Normaliser:
    return Normaliser.load(Settings().rules / "lexicon")


@cache
def _compact(text: str) -> str:
    return _normaliser().compact(text)


def fold(text: str) -> str:
    """Return a text without spaces, in one width, case and kind of Chinese characters.

    Of asterisks only that they stand there is kept: how many cover a number says nothing.
    """
    table = _normaliser().characters
    folded = []
    for char in text.translate(QUOTES):
        value = int(table.values[ord(char)])
        if value & Flag.LONGER:
            folded.append(table.longer[value & CODE])
        elif not value & Flag.SPACE:
            folded.append(chr(value & CODE))
    return re.sub(r"\*+", "*", "".join(folded))


def distance(one: str, other: str) -> int:
    """Return how many characters must be put in, taken out or changed (Levenshtein)."""
    other_codes = np.array([ord(char) for char in other])
    steps = np.arange(len(other) + 1)
    row = steps.copy()
    for i, char in enumerate(one, 1):
        fresh = np.concatenate(
            ([i], np.minimum(row[:-1] + (other_codes != ord(char)), row[1:] + 1))
        )
        row = np.minimum.accumulate(fresh - steps) + steps
    return int(row[-1])


def common(one: str, other: str) -> int:
    """Return the length of the longest sequence that both hold, gaps allowed."""
    row = [0] * (len(other) + 1)
    for char in one:
        before = 0
        for j, its in enumerate(other, 1):
            above = row[j]
            row[j] = before + 1 if char == its else max(above, row[j - 1])
            before = above
    return row[-1]
