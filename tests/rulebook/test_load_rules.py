"""Rule files → RuleBook: what stands in the files stands in the values."""

from __future__ import annotations

import json
import pickle
import shutil
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from detector import model
from detector.errors import UsageError
from detector.model import (
    ClauseRef,
    Cue,
    DocumentKind,
    Effect,
    Entry,
    Evasion,
    Example,
    MarkKind,
    Outcome,
    Pattern,
    Roll,
    Severity,
    Term,
    ViewName,
)
from detector.rulebook import NATIONAL, load_rules
from detector.settings import shipped_rules

VALID = Path(__file__).parent / "valid"
AD, CERTIFICATE = DocumentKind.AD, DocumentKind.CERTIFICATE


@pytest.fixture
def rules(tmp_path):
    """Return a folder of valid rules that may be changed."""
    return shutil.copytree(VALID, tmp_path / "rules")


@pytest.fixture(scope="module")
def book():
    return load_rules(VALID)


@pytest.fixture(scope="module")
def shipped():
    return load_rules()


def test_a_notice_is_what_its_file_says(book):
    notice = book.notice("CN-2022-1")
    assert (notice.title, notice.number) == ("全国通知", "人社部函〔2022〕1号")
    assert (notice.issuers, notice.issued) == (("某部",), date(2022, 3, 16))
    assert (notice.jurisdiction, notice.forwards) == ("CN", None)
    assert book.notice("HN-2022").forwards == "CN-2022-1"


def test_a_clause_is_what_its_file_says_and_inherits_its_time_in_force(book):
    first, second = book.notice("CN-2022-1").clauses
    assert (first.id, first.path, first.notice) == ("CN-2022-1#一（一）", "一（一）", "CN-2022-1")
    assert (first.materials, first.lists) == ({CERTIFICATE, AD}, ("国家",))
    assert (first.in_force_from, first.in_force_to) == (date(2022, 3, 16), None)
    assert (second.in_force_from, second.in_force_to) == (date(2022, 3, 16), date(2023, 12, 31))
    assert book.clause("HN-2022#二").local_repeat


def test_a_clause_may_begin_later_than_its_notice_and_hold_for_one_day(rules):
    notice = rules / "notices" / "CN-2022-1.yaml"
    text = notice.read_text(encoding="utf-8")
    day = "{from: 2023-12-31, to: 2023-12-31}"
    notice.write_text(text.replace("{to: 2023-12-31}", day), encoding="utf-8")
    clause = load_rules(rules).clause("CN-2022-1#一（二）")
    days = [date(2023, 12, 30), date(2023, 12, 31), date(2024, 1, 1)]
    assert [clause.in_force(day) for day in days] == [False, True, False]


def test_a_rule_is_what_its_file_says(book):
    rule = book.rule("sample.pass")
    assert rule.clauses[2] == ClauseRef("CN-2022-1#一（二）", frozenset({AD, CERTIFICATE}))
    assert rule.severity is Severity.HIGH
    assert rule.terms == (Term("包过", "包过"), Term("宝过", "包过", Evasion.HOMOPHONE))
    assert rule.patterns == (Pattern("百分百(?P<hit>通过)", "包过"),)
    cue = Cue("bag", Effect.DISMISS, "说的是书包", before="书$", terms=frozenset({"包过"}))
    assert rule.cues == (cue,)
    assert (rule.message, rule.suggestion) == ("疑似承诺通过。", "删去。")
    assert rule.see_also == ("广告法#24",)


def test_what_a_rule_leaves_out_takes_the_defaults(book):
    rule = book.rule("sample.pass")
    assert (rule.default, rule.status, rule.skip) == (Outcome.REPORT, "verified", set())
    assert (rule.gated, rule.border) == (True, True)
    assert (rule.kinds, rule.views) == (set(DocumentKind), set(ViewName))


def test_what_a_rule_says_wins_over_the_defaults(book):
    rule = book.rule("sample.names")
    assert (rule.default, rule.status, rule.skip) == (Outcome.REVIEW, "unverified", {"voice"})
    assert (rule.gated, rule.border) == (False, False)
    assert (rule.kinds, rule.views) == ({CERTIFICATE}, {ViewName.PLAIN})


def test_terms_are_borrowed_from_a_lexicon_by_what_they_stand_for(book):
    assert book.rule("sample.names").terms == (
        Term("某局", "国家"),
        Term("mj", "国家", Evasion.LETTERS),
        Term("某j", "国家", Evasion.LETTERS),
    )


def test_examples_take_kind_and_place_from_their_rule(book):
    rule = book.rule("sample.pass")
    assert rule.hits == (
        Example("电工证包过", AD, "HN"),
        Example("证书包过", CERTIFICATE, "GD", date(2024, 1, 1)),
    )
    assert book.rule("sample.names").misses == (Example("无", CERTIFICATE, "CN"),)


def test_entries_of_a_lexicon_take_what_their_group_says(book):
    fields = {"status": "unverified"}
    listed = {**fields, "listed": "国家"}
    assert book.lexicons["names"].entries == (
        Entry("单列", "", fields),
        Entry("某局", "说明", listed),
        Entry("mj", "组的说明", {**listed, "evasion": "letters"}),
        Entry("某j", "自己的说明", {**listed, "evasion": "letters"}),
    )


def test_places_have_names(book):
    assert book.jurisdictions == {"CN": "全国", "GD": "广东", "HN": "湖南"}
    book.check_jurisdictions(["GD", "CN"])
    with pytest.raises(UsageError, match=r"没有代码为 XX 的地区。可用的地区：CN 全国、GD 广东"):
        book.check_jurisdictions(["GD", "XX"])


LOOK_UPS = {
    "rule": ("sample.pas", "没有编号为 sample.pas 的规则。相近的有：sample.pass"),
    "clause": ("CN-2023-2#六", "没有编号为 CN-2023-2#六 的条款。相近的有：CN-2023-2#五"),
    "notice": ("CN-2023-3", "没有编号为 CN-2023-3 的通知。相近的有：CN-2023-2"),
}


@pytest.mark.parametrize("sort", LOOK_UPS)
def test_an_unknown_id_is_told_with_the_nearest(book, sort):
    wrong, message = LOOK_UPS[sort]
    with pytest.raises(UsageError) as caught:
        getattr(book, sort)(wrong)
    assert str(caught.value).startswith(message)


def test_an_id_near_to_none_sends_to_the_list(book):
    with pytest.raises(UsageError, match="shanzhai rules list"):
        book.rule("???")


def test_an_id_of_another_sort_is_unknown(book):
    with pytest.raises(UsageError, match="没有编号为 CN-2022-1 的规则"):
        book.rule("CN-2022-1")


def test_the_same_files_have_the_same_version_anywhere(rules, tmp_path):
    copy = shutil.copytree(rules, tmp_path / "copy")
    assert load_rules(rules).version == load_rules(copy).version == load_rules(VALID).version


def test_line_endings_play_no_part_in_the_version(rules):
    for path in rules.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_rules(rules).version == load_rules(VALID).version


def change_content(rules: Path) -> None:
    pack = rules / "packs" / "sample.yaml"
    pack.write_text(pack.read_text(encoding="utf-8").replace("疑似", "涉嫌"), encoding="utf-8")


def change_name(rules: Path) -> None:
    (rules / "packs" / "sample.yaml").rename(rules / "packs" / "other.yaml")


def add_table(rules: Path) -> None:
    (rules / "lexicon" / "characters").mkdir()
    (rules / "lexicon" / "characters" / "extra.txt").write_text("國 国", encoding="utf-8")


@pytest.mark.parametrize("change", [change_content, change_name, add_table])
def test_every_change_of_the_data_changes_the_version(rules, change):
    change(rules)
    assert load_rules(rules).version != load_rules(VALID).version


def test_a_changed_file_is_read_again_and_an_unchanged_one_is_not(rules):
    before = load_rules(rules)
    assert load_rules(rules) is before
    change_content(rules)
    assert load_rules(rules).rule("sample.pass").message == "涉嫌承诺通过。"


def test_a_book_goes_to_other_processes(book):
    again = pickle.loads(pickle.dumps(book))
    assert again.rule("sample.pass") == book.rule("sample.pass")
    assert again.version == book.version


def test_the_shipped_rules_load(shipped):
    assert {one.id for one in shipped.notices} == {
        "CN-2022-25",
        "CN-2022-CAC",
        "CN-2023-86",
        "CN-2023-SAMR",
        "GD-2022",
        "HN-2022",
        "JS-2023-64",
        "YQ-2023-196",
    }
    assert shipped.rules
    assert NATIONAL in shipped.jurisdictions


def test_every_shipped_rule_can_speak_for_each_of_its_kinds(shipped):
    silent = [
        (rule.id, kind.value)
        for rule in shipped.rules
        for kind in rule.kinds
        if not shipped.applicable(rule, kind, shipped.jurisdictions, date(2026, 1, 1))
    ]
    assert silent == []


def test_cues_speak_of_terms_that_their_rule_lists(shipped):
    strange = [
        (rule.id, cue.id)
        for rule in shipped.rules
        for cue in rule.cues
        if cue.terms - {one.listed for one in (*rule.terms, *rule.patterns)}
    ]
    assert strange == []


def schema(name: str) -> dict:
    path = shipped_rules() / "schema" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def every_choice(node: object) -> list[list[str]]:
    """Return all closed sets of values in a schema."""
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    found = [choice for one in inner for choice in every_choice(one)]
    return [*found, node["enum"]] if isinstance(node, dict) and "enum" in node else found


@pytest.mark.parametrize("name", ["pack", "notice", "lexicon"])
def test_the_schemas_know_the_same_choices_as_the_code(name):
    sets = (DocumentKind, Severity, Outcome, ViewName, Effect, Evasion, MarkKind, Roll)
    known = [sorted(one) for one in sets] + [["unverified", "verified"]]
    data = schema(name)
    data.get("$defs", {}).get("rule", {}).get("properties", {}).pop("skip", None)  # the judge's
    assert every_choice(data)
    assert [one for one in every_choice(data) if sorted(one) not in known] == []


def test_the_schema_knows_the_same_keys_as_the_code():
    rule = schema("pack")["$defs"]["rule"]["properties"]
    of_its_pack = {"optional"}
    assert set(rule) - {"terms_from"} == {one.name for one in fields(model.Rule)} - of_its_pack
    cue = rule["cues"]["items"]["properties"]
    assert set(cue) == {one.name for one in fields(model.Cue)}


def test_optional_packs_speak_only_where_asked_for(shipped):
    usual = {rule.pack for rule in shipped.asked_for(())}
    assert "online" not in usual
    assert {rule.pack for rule in shipped.asked_for(("online",))} == usual | {"online"}
    with pytest.raises(UsageError, match="没有名为 onlin 的可选规则包。可选的有：online"):
        shipped.asked_for(("onlin",))
