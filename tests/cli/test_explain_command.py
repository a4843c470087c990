"""`shanzhai explain`: every candidate with its reasons, the dismissed too."""

from __future__ import annotations

TEXT = "本校绝不包过，成绩以公布为准。\n电工证培训，签约包过，报名从速。\n"


def test_the_dismissed_are_shown_with_their_reasons(shanzhai, workplace):
    (workplace / "a.txt").write_text(TEXT, encoding="utf-8")
    shown = shanzhai("explain", "a.txt", "--kind", "ad")
    assert shown.code == 0
    assert "a.txt:1:5: 已排除（高）“包过”" in shown.out
    assert "否认" in shown.out
    assert "a.txt:2:9: 疑似违规（高）“包过”" in shown.out
    assert "guarantee.pass" in shown.out
    assert "材料类型：广告（由使用者指定）" in shown.out


def test_one_line_is_explained_alone(shanzhai, workplace):
    (workplace / "a.txt").write_text(TEXT, encoding="utf-8")
    shown = shanzhai("explain", "a.txt:2", "--kind", "ad")
    assert "a.txt:2:9:" in shown.out
    assert "a.txt:1:5:" not in shown.out


def test_a_name_with_a_colon_that_exists_is_a_name(shanzhai, workplace):
    (workplace / "b:2").write_text(TEXT, encoding="utf-8")
    assert "b:2:1:5:" in shanzhai("explain", "b:2", "--kind", "ad").out


def test_no_candidate_and_no_file(shanzhai, workplace):
    (workplace / "c.txt").write_text("今天天气很好。", encoding="utf-8")
    assert "没有候选" in shanzhai("explain", "c.txt").out
    missing = shanzhai("explain", "d.txt:3")
    assert missing.code == 3
    assert "找不到文件" in missing.out
