"""Sentences that want two things, or stand twice."""

from typing import Any


def test_a_sentence_under_two_intents_is_named_at_both_places(city: Any) -> None:
    city.language["human"] = ["转人工", "我要找个活人"]
    city.language["smalltalk"] = ["你好", "我要找个活人！"]
    assert city.errors() == [
        "smalltalk.yaml 第4行：“我要找个活人！”既写在 smalltalk，又写在 human，只能归一种意图；"
        "另一处在 human.yaml 第4行（“我要找个活人”）"
    ]


def test_slots_are_compared_by_their_names(city: Any) -> None:
    city.language["certificate_needed"] = ["{certificate}啥西用"]
    city.language["certificate_obtain"] = ["{certificate}什么用"]
    city.language["matter_materials"] = ["{matter}什么用"]
    (error,) = city.errors()
    assert error.startswith("certificate_obtain.yaml 第3行：“{certificate}什么用”既写在 certificate_obtain")


def test_the_same_sentence_twice_in_a_file_is_an_error(city: Any) -> None:
    city.language["human"] = ["转人工", "接人工", "转人工"]
    assert city.errors() == ["human.yaml 第5行：“转人工”写了两遍，请删掉一处；另一处在 human.yaml 第3行"]


def test_a_question_that_is_a_sentence_of_another_intent_is_named_at_both_places(city: Any) -> None:
    city.language["human"] = ["转人工", "迁户口红本带不带"]
    city.questions = [
        ("开立账户", "居民身份证", "certificate_needed", "开户身份证带不带"),
        ("投靠落户", "结婚证", "certificate_needed", "迁户口，红本带不带？"),
    ]
    assert city.errors() == [
        "questions.csv 第3行：“迁户口，红本带不带？”既写在 certificate_needed，又写在 human，只能归一种意图；"
        "另一处在 human.yaml 第4行（“迁户口红本带不带”）"
    ]


def test_a_question_asked_twice_with_two_intents_is_named_at_both_places(city: Any) -> None:
    city.questions = [
        ("投靠落户", "结婚证", "certificate_needed", "迁过来红本带不带"),
        ("投靠落户", "结婚证", "certificate_obtain", "迁过来红本带不带？"),
    ]
    assert city.errors() == [
        "questions.csv 第3行：“迁过来红本带不带？”既写在 certificate_obtain，又写在 certificate_needed，"
        "只能归一种意图；另一处在 questions.csv 第2行（“迁过来红本带不带”）"
    ]


def test_a_sentence_of_three_intents_is_named_at_every_place(city: Any) -> None:
    for intent in ("human", "smalltalk", "emergency"):
        city.language[intent] = ["来个人"]
    errors = "\n".join(city.errors())
    assert len(city.errors()) == 2
    assert all(f"{intent}.yaml 第3行" in errors for intent in ("human", "smalltalk", "emergency"))


def test_dialect_beside_the_standard_word_is_no_mistake(city: Any) -> None:
    city.language["human"] = ["啥西都不要，转人工", "什么都不要，转人工"]
    assert city.errors() == city.remarks() == []


def test_a_sentence_of_which_nothing_is_left_is_an_error(city: Any) -> None:
    city.language["smalltalk"] = ["你好", "👍"]
    assert city.errors() == ["smalltalk.yaml 第4行：“👍”去掉符号、表情和长数字以后什么也不剩，学不到东西，请删掉"]


def test_few_sentences_are_a_remark(city: Any) -> None:
    city.language["human"] = [f"第{number}次转人工" for number in range(100)]
    remarks = [str(remark) for remark in city.report().remarks]
    assert "emergency.yaml：只有 1 句，不到 100 句，请再写一些不同的说法" in remarks
    assert not any(remark.startswith("human.yaml") for remark in remarks)


def test_a_phrase_that_is_a_sentence_of_another_intent_is_an_error(city: Any) -> None:
    city.language["out_of_scope"] = ["银行卡密码忘了"]
    city.spoken["matters"] = [("开立账户", "银行卡密码忘了")]
    assert city.errors() == [
        "spoken/matters.csv 第2行：“银行卡密码忘了”既写在 matter_materials，又写在 out_of_scope，只能归一种意图；"
        "另一处在 out_of_scope.yaml 第3行（“银行卡密码忘了”）"
    ]


def test_an_ask_of_the_faq_that_is_a_sentence_of_another_intent_is_an_error(city: Any) -> None:
    city.language["measure_how"] = ["“承诺”是什么意思"]
    city.ask("promise", "签字就行。", ["承诺是什么意思？"])
    (error,) = city.errors()
    assert error.startswith("faq.yaml 第4行：“承诺是什么意思？”既写在 policy_faq，又写在 measure_how")
    assert error.endswith("另一处在 measure_how.yaml 第3行（““承诺”是什么意思”）")
    city.faq[0]["intent"] = "measure_how"
    assert city.errors() == []


def test_one_way_of_asking_under_two_entries_is_an_error(city: Any) -> None:
    city.ask("first", "一。", ["这算什么规定"])
    city.ask("second", "二。", ["算数吗", "这算啥西规定"])
    assert city.errors() == [
        "faq.yaml 第12行：“这算啥西规定”既是“second”的问法，又是“first”的问法，只能归一条；另一处在 faq.yaml 第4行"
    ]


def test_one_question_about_two_things_is_an_error(city: Any) -> None:
    city.questions = [
        ("投靠落户", "结婚证", "certificate_needed", "迁过来红本带不带"),
        ("投靠落户", "居民身份证", "certificate_needed", "迁过来，红本带不带？"),
    ]
    (error,) = city.errors()
    assert error.startswith("questions.csv 第3行：“迁过来，红本带不带？”既是“投靠落户＋居民身份证”的问法")
    assert error.endswith("另一处在 questions.csv 第2行")


def test_a_question_about_nothing_of_this_catalogue_is_a_remark(city: Any) -> None:
    city.questions = [("办护照", "结婚证|驾驶证", "certificate_needed", "办护照要驾照吗")]
    assert city.remarks() == [
        "questions.csv 第2行：目录里没有叫“办护照”的事项或者证明，这一句暂时用不上",
        "questions.csv 第2行：目录里没有叫“驾驶证”的事项或者证明，这一句暂时用不上",
    ]
