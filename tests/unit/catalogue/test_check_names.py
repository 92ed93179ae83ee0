"""Names that mean two things, or nothing."""

from typing import Any


def test_a_phrase_of_two_matters_is_named_at_both_places(city: Any) -> None:
    city.spoken["matters"] = [("最低生活保障申请", "困难补助"), ("投靠落户", "困难补助")]
    assert city.errors() == [
        "spoken/matters.csv 第3行：“困难补助”既指事项“投靠落户”，又指“最低生活保障申请”，只能归一个；"
        "另一处在 spoken/matters.csv 第2行"
    ]


def test_phrases_are_compared_in_the_form_that_the_engine_uses(city: Any) -> None:
    city.spoken["certificates"] = [("居民身份证", "啥西證件"), ("结婚证", "什么 证件")]
    (error,) = city.errors()
    assert error.startswith("spoken/certificates.csv 第3行：“什么 证件”（和“啥西證件”整理后是同一句）")
    assert error.endswith("另一处在 spoken/certificates.csv 第2行")


def test_an_alias_of_two_certificates_is_an_error(city: Any) -> None:
    city.change("certificates", "income", aliases="工资证明|红本本")
    (error,) = city.errors()
    assert error.startswith("certificates.csv 第4行：“红本本”既指证明“收入证明”，又指“结婚证”")
    assert error.endswith("另一处在 certificates.csv 第3行")


def test_an_alias_of_two_matters_is_named_at_both_places(city: Any) -> None:
    city.change("matters", "kaihu", aliases="开折子|吃低保")
    assert city.errors() == [
        "matters.csv 第4行：“吃低保”既指事项“开立账户”，又指“最低生活保障申请”，只能归一个；另一处在 matters.csv 第2行"
    ]


def test_an_alias_of_three_matters_is_named_at_every_place(city: Any) -> None:
    for matter in ("luohu", "kaihu"):
        city.change("matters", matter, aliases="吃低保")
    errors = sorted(city.errors())
    assert [error.partition("：")[0] for error in errors] == ["matters.csv 第3行", "matters.csv 第4行"]
    assert all(error.endswith("另一处在 matters.csv 第2行") for error in errors)


def test_an_alias_that_is_another_official_name_says_so(city: Any) -> None:
    city.change("certificates", "income", aliases="结婚证")
    (error,) = city.errors()
    assert "certificates.csv 第4行：" in error
    assert "正式名称就叫这个，另一处在 certificates.csv 第3行" in error


def test_a_phrase_against_an_alias_is_an_error(city: Any) -> None:
    city.spoken["matters"] = [("投靠落户", "吃低保")]
    (error,) = city.errors()
    assert error.startswith("spoken/matters.csv 第2行：“吃低保”既指事项“投靠落户”，又指“最低生活保障申请”")
    assert error.endswith("另一处在 matters.csv 第2行")


def test_two_rows_of_one_name_are_an_error(city: Any) -> None:
    city.change("matters", "luohu", name="最低生活保障申请")
    assert "matters.csv 第3行：已经有事项叫“最低生活保障申请”，另一处在 matters.csv 第2行" in city.errors()


def test_names_that_differ_in_brackets_only_are_no_mistake(city: Any) -> None:
    city.change("matters", "luohu", name="落户（夫妻）", aliases="")
    city.change("matters", "kaihu", name="落户（父母）", aliases="")
    assert city.errors() == []


def test_an_alias_that_is_a_name_without_brackets_is_an_error(city: Any) -> None:
    city.change("matters", "luohu", name="落户（夫妻）", aliases="")
    city.change("matters", "kaihu", aliases="落户")
    (error,) = city.errors()
    assert "“落户”既指" in error
    assert "matters.csv 第3行" in error
    assert "matters.csv 第4行" in error


def test_a_matter_and_a_certificate_may_share_a_name(city: Any) -> None:
    city.spoken["matters"] = [("投靠落户", "红本本")]
    assert city.errors() == []


def test_an_alias_of_two_units_is_an_error(city: Any) -> None:
    city.change("units", "gong", aliases="民政局")
    (error,) = city.errors()
    assert error.startswith("units.csv 第3行：“民政局”既指单位“山城市公安局”，又指“山城市民政局”")


def test_a_phrase_of_which_nothing_is_left_is_an_error(city: Any) -> None:
    city.spoken["matters"] = [("投靠落户", "🏠")]
    assert city.errors() == ["spoken/matters.csv 第2行：“🏠”去掉符号和长数字以后什么也不剩，程序认不出来，请删掉"]


def test_an_alias_of_one_character_or_of_nothing_is_a_remark(city: Any) -> None:
    city.change("units", "gong", aliases="公|81890")
    assert city.remarks() == [
        "units.csv 第3行：“公”只有一个字，容易认错，建议换长一点的说法",
        "units.csv 第3行：“81890”去掉符号和长数字以后什么也不剩，程序认不出来",
    ]


def test_a_phrase_said_twice_of_one_thing_is_a_remark(city: Any) -> None:
    city.spoken["matters"] = [("投靠落户", "啥西落户"), ("投靠落户", "什么落户")]
    assert city.errors() == []
    assert city.remarks() == [
        "spoken/matters.csv 第3行：“什么落户”整理后和“啥西落户”一样，多余了，可以删掉"
        "（另一处在 spoken/matters.csv 第2行）"
    ]


def test_a_phrase_that_repeats_an_alias_serves_other_cities(city: Any) -> None:
    city.spoken["matters"] = [("投靠落户", "迁户口")]
    assert city.errors() == city.remarks() == []


def test_a_slip_in_an_official_name_is_a_remark(city: Any) -> None:
    city.spoken["matters"] = [("投靠落护", "老婆户口迁来"), ("水上乐园许可", "开水上乐园")]
    assert city.remarks() == [
        "spoken/matters.csv 第2行：目录里没有叫“投靠落护”的事项，是不是“投靠落户”写错了",
        "spoken/matters.csv 第3行：有 1 个事项名称不在目录里，说法暂时用不上：水上乐园许可",
    ]


def test_phrases_of_what_this_city_does_not_have_may_repeat_its_names(city: Any) -> None:
    city.spoken["matters"] = [("低保证明开具", "吃低保")]
    assert city.errors() == []


def test_few_names_are_a_remark_and_fifteen_are_enough(city: Any) -> None:
    city.spoken["matters"] = [("投靠落户", f"第{number}种说法") for number in "一二三四五六七八九十百千"]
    remarks = [str(remark) for remark in city.report().remarks]
    assert "matters.csv 第3行：事项“投靠落户”只有 14 种叫法，不到 15 种，请补充别名或者口语说法" in remarks
    city.spoken["matters"].append(("投靠落户", "最后一种说法"))
    assert not any("“投靠落户”只有" in str(remark) for remark in city.report().remarks)
