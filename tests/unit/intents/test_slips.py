"""Names typed with one slip are found; with two they are not."""

import pytest

from intents.features import GramIndex
from intents.slips import SlipFinder
from intents.understanding import Mention

USUAL = GramIndex.learn(["这些材料要带吗", "我要公租房申请，行吗", "还要个体户证明", "还要身份证吗"], least=1)
FINDER = SlipFinder(
    [
        ("matter", "rent", "公租房申请"),
        ("certificate", "nohouse", "无房证明"),
        ("certificate", "single", "无婚证明"),
        ("certificate", "id", "身份证"),
        ("certificate", "short", "执照"),
        ("certificate", "heap", "堆材料"),
        ("certificate", "free", "不要材料"),
        ("certificate", "oc", "归侨，侨眷身份证明"),
        ("matter", "long", "城乡居民基本医疗保险参保登记"),
        ("matter", "longest", "无居民海岛开发利用具体方案审查和使用金减免批准"),
    ],
    USUAL,
)


def spot(text: str) -> set[str]:
    return {mention.id for mention in FINDER.spot(text)}


@pytest.mark.parametrize("typed", ["公租申请", "公租房房申请", "公房租申请", "公祖房申请", "公租房申情"])
def test_a_character_dropped_doubled_swapped_or_replaced_is_one_slip(typed: str) -> None:
    assert spot(f"我要{typed}，行吗") == {"rent"}


@pytest.mark.parametrize("typed", ["公申请", "公祖方申请", "租公申房请", "公租租房房申请"])
def test_two_slips_are_too_many(typed: str) -> None:
    assert spot(f"我要{typed}") == set()


def test_the_name_itself_is_no_slip() -> None:
    assert "身份证" not in [found.text for found in FINDER.spot("身份证")]


def test_the_place_of_the_slip_is_told() -> None:
    (found,) = FINDER.spot("带无房政明吗")
    assert (found.kind, found.start, found.end, found.text) == ("certificate", 1, 5, "无房政明")


def test_where_two_names_are_as_near_both_are_given() -> None:
    assert spot("无证明") == {"nohouse", "single"}


def test_the_longest_of_overlapping_slips_wins() -> None:
    assert [found.id for found in FINDER.spot("公租房申清")] == ["rent"]


@pytest.mark.parametrize(
    "typed", ["城乡居民基医本疗保险参保登记", "城乡居民基本医疗保保险参保登记", "城乡居民基本医疗保险参保登计"]
)
def test_long_names_are_found(typed: str) -> None:
    assert spot(f"我要{typed}") == {"long"}


@pytest.mark.parametrize("typed", ["执找", "无居民海岛开发利用具体方案审查和使用金减免批住"])
def test_very_short_and_very_long_names_are_not_guessed(typed: str) -> None:
    assert spot(typed) == set()


def test_long_texts_and_no_text_are_left_alone() -> None:
    assert spot("") == set()
    assert spot("无房政明" + "说" * 60) == set()


def test_a_slip_at_either_end_is_found() -> None:
    assert spot("无房证") == {"nohouse"}
    assert spot("房证明") >= {"nohouse"}


def test_a_pause_is_no_slip_of_a_name() -> None:
    assert spot("无房，证明要吗") == set()


def test_a_pause_that_belongs_to_a_name_is_none_of_its_slips() -> None:
    assert spot("归，侨眷身份证明") == {"oc"}


def test_what_is_usual_is_no_slip() -> None:
    assert spot("这些材料") == set()
    assert spot("材料") == set()
    assert spot("堆柿料") == {"heap"}


def test_the_beginning_of_a_short_name_may_stand_for_it() -> None:
    assert spot("带身份吗") == {"id"}


def test_a_neighbour_is_not_taken_for_the_end_of_a_name() -> None:
    assert spot("柿房证明") == spot("房证明")
    assert [found.text for found in FINDER.spot("柿房证明")] == ["房证明"]


def test_a_swap_goes_before_a_character_that_is_missing() -> None:
    assert spot("租公房申请") == {"rent"}
    assert [found.text for found in FINDER.spot("婚无证明")] == ["婚无证明"]


def test_a_known_name_is_kept_but_for_a_longer_one() -> None:
    text = "归侨，眷侨身份证明"
    named = [Mention("certificate", "id", 5, 8, "身份证")]
    assert [found.id for found in FINDER.spot(text, named)] == ["oc"]
    assert FINDER.spot("份身证", [Mention("certificate", "other", 0, 3, "份身证")]) == []


def test_where_nothing_is_missed_a_slip_must_look_strange() -> None:
    assert [found.id for found in FINDER.spot("要无柿证明吗", is_missed=False)] == ["nohouse", "single"]
    assert FINDER.spot("这些材料要带吗", is_missed=False) == []


def test_in_a_longer_message_it_must_be_beyond_doubt_too() -> None:
    assert [found.id for found in FINDER.spot("房证明" + "，说" * 4, is_missed=False)] == ["nohouse"]
    assert FINDER.spot("房证明" + "，说" * 8, is_missed=False) == []
    assert [found.id for found in FINDER.spot("房无证明" + "，说" * 8, is_missed=False)] == ["nohouse"]


def test_of_three_characters_one_may_differ_by_chance() -> None:
    assert spot("身边证") == set()
    assert spot("份身证") == {"id"}
