"""Suggested questions are what the city chose, else what its tables can answer."""

from bot.services.suggestions import list_suggestions
from tests.builders import make_catalogue


def test_a_city_may_choose_its_questions() -> None:
    catalogue = make_catalogue(facts={"suggested_questions": "办公租房要带什么？| 无犯罪记录去哪开？|"})
    assert list_suggestions(catalogue) == ("办公租房要带什么？", "无犯罪记录去哪开？")


def test_otherwise_they_come_from_the_tables() -> None:
    assert list_suggestions(make_catalogue()) == (
        "办公租房申请还要无房证明吗？",
        "办低保申请还要收入证明吗？",
        "什么是无证明城市？",
    )


def test_a_city_without_any_entry_has_none() -> None:
    assert list_suggestions(make_catalogue(by_matter={}, faq={})) == ()
