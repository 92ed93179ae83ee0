"""Lists of words, and how files are written."""

from typing import Any

import pytest

MISSHAPEN = {
    "a sentence with a colon": ("human", "intent: human\nsentences:\n- 你好: 转人工\n", "第3行：这里应当是一句话"),
    "a word that YAML reads as false": ("human", "intent: human\nsentences:\n- no\n", "第3行：“no”没有加引号"),
    "sentences without list": ("human", "intent: human\nsentences: 转人工\n", "第2行：这里应当是一份列表"),
    "a cue without list": ("cues", "agent:\n  words: 代办\n", "第2行：这里应当是一份列表"),
    "an act without list": ("acts", "affirm: 是的\n", "第1行：这里应当是一份列表"),
    "a lexicon without sections": ("lexicon", "啥西: 什么\n", "第1行：这里应当是“名称: 内容”的形式"),
}


@pytest.mark.parametrize(("name", "text", "words"), MISSHAPEN.values(), ids=MISSHAPEN)
def test_a_file_written_otherwise_is_an_error(city: Any, name: str, text: str, words: str) -> None:
    city.language[name] = text
    (error,) = city.errors()
    assert error.startswith(f"{name}.yaml {words}")


def test_a_file_that_is_no_yaml_is_an_error(city: Any) -> None:
    city.language["human"] = "intent: human\nsentences: [“\n"
    (error,) = city.errors()
    assert error.startswith("human.yaml：读不懂这个文件")


def test_a_replacement_that_is_replaced_again_is_an_error(city: Any) -> None:
    city.language["lexicon"] = {"dialect": {"啥西": "什么", "啥东西": "啥西"}}
    assert city.errors() == ["lexicon.yaml 第3行：“啥东西”改成“啥西”，而“啥西”又会被改成“什么”，请直接写成最后的词"]


def test_a_word_with_two_replacements_is_an_error(city: Any) -> None:
    city.language["lexicon"] = {"dialect": {"小囡": "小孩"}, "synonyms": {"小囡": "女儿"}}
    assert city.errors() == [
        "lexicon.yaml 第4行：“小囡”在 lexicon.yaml 第2行 已经改成“小孩”，这里又改成“女儿”，只能留一处"
    ]


def test_a_word_that_breaks_an_official_name_is_an_error(city: Any) -> None:
    city.language["lexicon"] = {"dialect": {"靠落": "依靠"}}
    (error,) = city.errors()
    assert error.startswith("matters.csv 第3行：正式名称“投靠落户”里有 lexicon.yaml 要改写的词，会被读成“投依靠户”")
    city.language["lexicon"]["dialect"]["投靠落户"] = "投靠落户"
    assert city.errors() == []


def test_an_act_that_is_no_regular_expression_is_an_error(city: Any) -> None:
    city.language["acts"] = {"affirm": ["是的", "(好的"]}
    (error,) = city.errors()
    assert error.startswith("acts.yaml 第3行：“(好的”不是有效的正则表达式：第1个字附近")


def test_a_cue_with_an_unknown_slot_is_an_error(city: Any) -> None:
    city.language["cues"]["agent"]["patterns"] = ["替{persom}"]
    (error,) = city.errors()
    assert error.endswith("“替{persom}”里没有叫 persom 的槽位，只能用 {person}")


def test_a_cue_that_counts_in_and_out_is_an_error(city: Any) -> None:
    city.language["cues"]["agent"]["not_agent"] = ["代办"]
    (error,) = city.errors()
    assert "“代办”在 agent 里既写在 words（cues.yaml 第4行），又写在 not_agent" in error


def test_words_for_an_unknown_slot_are_an_error(city: Any) -> None:
    city.language["fillers"]["planet"] = ["火星"]
    (error,) = city.errors()
    assert "没有叫 planet 的槽位，只能是 certificate、date、" in error
