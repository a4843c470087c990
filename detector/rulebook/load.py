"""The folder `rules/` → RuleBook.

`notices/`, `packs/` and `lexicon/` are read file by file, in the order of their names;
folders below `lexicon/` belong to other rooms and count only for the version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from detector.errors import UsageError
from detector.model import DocumentKind, Example, Lexicon, Notice, Rule
from detector.rulebook.book import RuleBook
from detector.rulebook.build import build_lexicon, build_notice, build_rules
from detector.rulebook.check import check
from detector.rulebook.source import Key, RuleFile, read_bytes, read_file
from detector.settings import shipped_rules

_PASSED_OVER = (".", "_")  # begins the names of files that systems, editors and drafts leave
FORMS = "forms"  # the folder of another room's data, on which no finding depends
_EXAMPLE_KINDS = tuple(
    map(DocumentKind, ("ad", "web", "certificate", "registration"))
)  # the order in docs/rule-format.md


def load_rules(folder: Path | None = None) -> RuleBook:
    """Return the rule set below `folder`, by default the shipped one.

    Raises UsageError where the folder is none, RuleError for the first fault in a file.
    The same files are parsed once in a process; a changed file is parsed again.
    """
    root = (folder or shipped_rules()).resolve()
    if not root.is_dir():
        raise UsageError(f"规则目录 {root} 不存在。请检查 --rules 给出的路径。")
    return _load(root, _version(root))


def _version(root: Path) -> str:
    """Hash names and contents; the order of the listing and line endings play no part."""
    digest = sha256()
    for path in sorted(_data_files(root), key=lambda path: path.relative_to(root).as_posix()):
        content = read_bytes(path).replace(b"\r\n", b"\n")
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(b"\0%d\0" % len(content))
        digest.update(content)
    return digest.hexdigest()[:16]


def _data_files(root: Path) -> Iterator[Path]:
    for path in root.rglob("*"):
        inside = path.relative_to(root).parts
        passed_over = inside[0] == FORMS or any(part.startswith(_PASSED_OVER) for part in inside)
        if path.is_file() and not passed_over:
            yield path


@lru_cache(maxsize=4)
def _load(root: Path, version: str) -> RuleBook:
    places = _jurisdictions(root / "jurisdictions.yaml")
    notices = [(file, build_notice(file)) for file in _files(root / "notices", "notice")]
    _check_notices(notices, places)
    lexicons = _lexicons(root / "lexicon")
    packs = _files(root / "packs", "pack")
    _unique((file, ("pack",), file.data["pack"]) for file in packs)
    rules = [
        (file, at, rule) for file in packs for at, rule in enumerate(build_rules(file, lexicons))
    ]
    return RuleBook(
        notices=tuple(notice for _, notice in notices),
        rules=_check_rules(rules, {notice.id: notice for _, notice in notices}, places),
        lexicons=lexicons,
        jurisdictions=places,
        version=version,
    )


def _files(folder: Path, schema: str) -> list[RuleFile]:
    paths = sorted(folder.glob("*.yaml"))
    files = [read_file(path) for path in paths if not path.name.startswith(_PASSED_OVER)]
    if not files:  # a scan without rules would call everything clean
        raise UsageError(f"规则目录 {folder} 里没有 .yaml 文件。请检查 --rules 给出的路径。")
    for file in files:
        check(file, schema)
    return files


def _jurisdictions(path: Path) -> dict[str, str]:
    file = read_file(path)
    check(file, "jurisdictions")
    places = file.data["jurisdictions"]
    _unique((file, ("jurisdictions", at, "code"), each["code"]) for at, each in enumerate(places))
    return {each["code"]: each["name"] for each in places}


def _lexicons(folder: Path) -> dict[str, Lexicon]:
    built = [(file, build_lexicon(file)) for file in _files(folder, "lexicon")]
    _unique((file, ("lexicon",), lexicon.name) for file, lexicon in built)
    return {lexicon.name: lexicon for _, lexicon in built}


def _check_notices(notices: list[tuple[RuleFile, Notice]], places: Mapping[str, str]) -> None:
    _unique((file, ("id",), notice.id) for file, notice in notices)
    known = {notice.id for _, notice in notices}
    for file, notice in notices:
        _check_place(file, ("jurisdiction",), notice.jurisdiction, places)
        if notice.forwards and notice.forwards not in known:
            raise file.error(
                ("forwards",), f"没有编号为 {notice.forwards} 的通知", "先为它写一个通知文件"
            )
        _unique(
            (file, ("clauses", at, "path"), clause.path) for at, clause in enumerate(notice.clauses)
        )


def _check_place(
    file: RuleFile, keys: tuple[Key, ...], code: str, places: Mapping[str, str]
) -> None:
    if code not in places:
        raise file.error(
            keys,
            f"没有代码为 {code} 的地区",
            f"改用 {'、'.join(places)}，或补进 jurisdictions.yaml",
        )


def _unique(items: Iterable[tuple[RuleFile, tuple[Key, ...], str]]) -> None:
    seen: dict[str, Path] = {}
    for file, keys, name in items:
        if name in seen:
            raise file.error(keys, f"{name} 已在 {seen[name].name} 中用过", "换一个名称或删去一处")
        seen[name] = file.path


def _check_rules(
    rules: list[tuple[RuleFile, int, Rule]],
    notices: Mapping[str, Notice],
    places: Mapping[str, str],
) -> tuple[Rule, ...]:
    _unique((file, ("rules", at, "id"), rule.id) for file, at, rule in rules)
    clauses = {clause.id for notice in notices.values() for clause in notice.clauses}
    for file, at, rule in rules:
        _check_rule(file, ("rules", at), rule, clauses, places)
    return tuple(_settle_examples(rule, notices) for _, _, rule in rules)


def _check_rule(
    file: RuleFile,
    keys: tuple[Key, ...],
    rule: Rule,
    clauses: set[str],
    places: Mapping[str, str],
) -> None:
    for at, ref in enumerate(rule.clauses):
        if ref.clause not in clauses:
            raise file.error(
                (*keys, "clauses", at),
                f"没有编号为 {ref.clause} 的条款",
                "对照 rules/notices/ 改正",
            )
    for name in ("hits", "misses", "evasions"):
        for at, example in enumerate(getattr(rule, name)):
            if example.jurisdiction:
                _check_place(file, (*keys, name, at, "jurisdiction"), example.jurisdiction, places)


def _settle_examples(rule: Rule, notices: Mapping[str, Notice]) -> Rule:
    """Fill in the kind and the place that an example leaves to its rule."""
    kind = next(kind for kind in _EXAMPLE_KINDS if kind in rule.kinds)
    place = notices[rule.clauses[0].clause.partition("#")[0]].jurisdiction

    def settle(example: Example) -> Example:
        return replace(
            example, kind=example.kind or kind, jurisdiction=example.jurisdiction or place
        )

    settled: dict[str, Any] = {
        name: tuple(map(settle, getattr(rule, name))) for name in ("hits", "misses", "evasions")
    }
    return replace(rule, **settled)
