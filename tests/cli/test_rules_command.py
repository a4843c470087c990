"""`shanzhai rules`: the list, one rule, all examples."""

from __future__ import annotations

from wcwidth import wcswidth

from detector.rulebook import load_rules


def test_list_has_a_line_for_each_rule_in_columns(shanzhai):
    shown = shanzhai("rules", "list")
    book = load_rules()
    rows = shown.out.splitlines()
    assert shown.code == 0
    assert rows[-1] == f"共 {len(book.rules)} 条规则，规则集版本 {book.version}。"
    assert [row.split()[0] for row in rows[:-1]] == [rule.id for rule in book.rules]
    starts = {
        wcswidth(row[: row.index(rule.title)])
        for row, rule in zip(rows[:-1], book.rules, strict=True)
    }
    assert len(starts) == 1


def test_show_tells_everything_of_a_rule(shanzhai):
    shown = shanzhai("rules", "show", "guarantee.pass")
    rule = load_rules().rule("guarantee.pass")
    assert shown.code == 0
    assert all(ref.clause in shown.out for ref in rule.clauses)
    assert all(term.text in shown.out for term in rule.terms)
    examples = (*rule.hits, *rule.misses, *rule.evasions)
    assert all(example.text in shown.out for example in examples)
    assert rule.message in shown.out
    assert rule.suggestion in shown.out


def test_every_rule_can_be_shown(shanzhai):
    for rule in load_rules().rules:
        assert shanzhai("rules", "show", rule.id).code == 0


def test_examples_that_hold(shanzhai, own_rules):
    shown = shanzhai("rules", "test", "--rules", own_rules)
    assert shown.code == 0
    assert shown.out.endswith("0 个不符。\n")


def test_examples_that_fail_mean_wrong_rules(shanzhai, own_rules):
    pack = own_rules / "packs" / "guarantee.yaml"
    text = pack.read_text(encoding="utf-8")
    pack.write_text(text.replace("健康管理师新班开课，包过，", "健康管理师新班开课，"), "utf-8")
    shown = shanzhai("rules", "test", "--rules", own_rules)
    assert shown.code == 2
    assert "guarantee.pass hits：应当命中，却没有（没有候选）" in shown.out
    assert shown.out.endswith("1 个不符。\n")
