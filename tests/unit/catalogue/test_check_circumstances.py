"""Sentences about who comes and where a certificate was issued."""

from typing import Any


def test_a_sentence_on_both_sides_is_named_at_both_places(city: Any) -> None:
    city.language["circumstances"] = "agent:\n  - 他没空，我去\nin_person:\n  - 我去\n  - 他没空我去！\n"
    assert city.errors() == [
        "circumstances.yaml 第5行：“他没空我去！”既写在 in_person，又写在 agent，只能归一边；"
        "另一处在 circumstances.yaml 第2行（“他没空，我去”）"
    ]


def test_the_two_questions_are_apart(city: Any) -> None:
    city.language["circumstances"] = {"agent": ["他在外地我去"], "not_outside": ["他在外地我去"]}
    assert city.errors() == []


def test_the_same_sentence_twice_on_one_side_is_an_error(city: Any) -> None:
    city.language["circumstances"] = "outside:\n  - 老家开的\n  - 老家开的\n"
    (error,) = city.errors()
    assert error == "circumstances.yaml 第3行：“老家开的”写了两遍，请删掉一处；另一处在 circumstances.yaml 第2行"


def test_a_sentence_of_which_nothing_is_left_is_an_error(city: Any) -> None:
    city.language["circumstances"] = {"outside": ["👍"]}
    (error,) = city.errors()
    assert "什么也不剩" in error


def test_a_side_that_nobody_knows_is_an_error(city: Any) -> None:
    city.language["circumstances"] = {"somebody": ["我去"]}
    (error,) = city.errors()
    assert error.startswith("circumstances.yaml somebody：没有这一组")


def test_a_word_that_yaml_reads_as_something_else_is_an_error(city: Any) -> None:
    city.language["circumstances"] = "agent:\n  - no\n"
    (error,) = city.errors()
    assert "没有加引号" in error


def test_few_sentences_are_a_remark_and_no_file_is_none(city: Any) -> None:
    assert not any("circumstances" in str(remark) for remark in city.report().remarks)
    city.language["circumstances"] = {"agent": [f"第{number}个人替他去" for number in range(100)]}
    remarks = [str(remark) for remark in city.report().remarks if "circumstances" in str(remark)]
    assert len(remarks) == 3
    assert "circumstances.yaml：outside 只有 0 句，不到 100 句，请再写一些不同的说法" in remarks
