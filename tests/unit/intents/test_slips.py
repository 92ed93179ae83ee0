"""Names typed with one slip are found; with two they are not."""

import pytest

from intents.slips import SlipFinder

FINDER = SlipFinder(
    [
        ("matter", "rent", "公租房申请"),
        ("certificate", "nohouse", "无房证明"),
        ("certificate", "single", "无婚证明"),
        ("certificate", "id", "身份证"),
        ("certificate", "short", "执照"),
        ("matter", "long", "城乡居民基本医疗保险参保登记"),
    ]
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


@pytest.mark.parametrize("typed", ["执找", "城乡居民基本医疗保险参保登计"])
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


def test_of_three_characters_one_may_differ_by_chance() -> None:
    assert spot("身边证") == set()
    assert spot("份身证") == {"id"}
