"""A wrong file of a form is named with its line, its key and what to do."""

from __future__ import annotations

import shutil

import pytest
from form_values import BOOK, FORMS, ROOT

from detector.errors import RuleError, UsageError
from detector.forms.load import load_forms
from detector.rulebook import load_rules

WRONG = {
    "an unknown key": ("cn-2023-86-1", "subtitle: ", "subtitel: ", "subtitel: 没有这个键"),
    "a key that is missing": ("cn-2023-86-1", "notice: CN-2023-86\n", "", "notice: 缺少此项"),
    "an unknown step": ("cn-2023-86-1", "[case-filed]", "[case-field]", "不在可选范围内"),
    "a name unlike the file's": ("yq-2023-196-1", "form: yq-2023-196-1", "form: yq",
                                 "与文件名不同"),
    "a notice that is not there": ("yq-2023-196-1", "notice: YQ-2023-196", "notice: YQ-2023-1",
                                   "没有编号为 YQ-2023-1 的通知"),
    "a clause that is not there": ("gd-2022-list", "GD-2022#二（四）]", "GD-2022#九]",
                                   "没有编号为 GD-2022#九 的条款"),
    "rules that are not there": ("gd-2022-leads", "[site.]", "[sites.]",
                                 "没有编号以 sites. 开头的规则"),
    "a value that is not there": ("black-list", "value: province", "value: provinz",
                                  "没有名为 provinz 的取值"),
    "a value of another attachment": ("transfer", "value: digest", "value: term",
                                      "没有名为 term 的取值"),
    "a form to extend that is not there": ("js-2023-64-2", "extends: cn-2023-86-1",
                                           "extends: cn-1", "没有可以沿用的表 cn-1"),
    "a form that extends itself": ("js-2023-64-2", "extends: cn-2023-86-1",
                                   "extends: js-2023-64-2", "没有可以沿用的表 js-2023-64-2"),
    "a day that does not exist": ("yq-2023-196-1", "to: 2023-12-31", "to: 2023-11-31",
                                  "日期 2023-11-31 不存在"),
    "a column without its meaning": ("yq-2023-196-1",
                                     "    meaning: 期内有“移出目录”措施的案件数。\n", "",
                                     "columns[5].meaning: 缺少此项"),
    "a table without rows": ("white-list", "kind: institutions", "kind: table",
                             "rows: table 类的表缺少此项"),
}  # fmt: skip


@pytest.fixture
def rules(tmp_path):
    shutil.copytree(ROOT / "rules" / "forms", tmp_path / "forms")
    return tmp_path


@pytest.mark.parametrize(("name", "old", "new", "said"), WRONG.values(), ids=WRONG)
def test_the_message_names_file_line_key_fault_and_remedy(rules, name, old, new, said):
    path = rules / "forms" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_forms(rules, BOOK)
    assert str(caught.value).startswith(f"{path}:")
    assert said in str(caught.value) and "请" in str(caught.value)
    assert 1 <= caught.value.line <= text.count("\n") + 1


def test_a_folder_without_forms_is_told(tmp_path):
    with pytest.raises(UsageError, match=r"没有 \.yaml 文件"):
        load_forms(tmp_path, BOOK)


def test_a_form_has_what_it_does_not_say_from_the_one_that_it_extends():
    national, own = FORMS["cn-2023-86-2"], FORMS["js-2023-64-3"]
    assert own.columns == national.columns and own.rows == national.rows
    assert (own.annex, own.footnotes) == ("附件3", ())
    assert own.subtitle == national.subtitle == "（职业技能评价）"


def test_a_new_table_is_one_file(rules):
    text = (rules / "forms" / "yq-2023-196-1.yaml").read_text(encoding="utf-8")
    new = text.replace("form: yq-2023-196-1", "form: own-1").replace("违规转包（个）", "转包")
    (rules / "forms" / "own-1.yaml").write_text(new, encoding="utf-8")
    form = load_forms(rules, BOOK)["own-1"]
    assert form.columns[3].heading[-1] == "转包"


def test_forms_play_no_part_in_what_a_scan_finds(tmp_path):
    copy = shutil.copytree(ROOT / "rules", tmp_path / "rules")
    (copy / "forms" / "white-list.yaml").unlink()
    assert load_rules(copy).version == BOOK.version
