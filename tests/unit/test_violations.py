"""Which item of article 20 a story tells of, or why the demand is lawful, or what is still missing."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest

from bot.domain.catalogue import Article, Catalogue, Channel, Measure, Scope
from bot.domain.verdict import Circumstances, IssuedWhere, Person
from bot.violations import Assessment, Demand, Fact, HigherLaw, Story, assess
from tests.city import ARTICLES, TODAY, make_city, make_entry

BREACHES: Final = tuple(
    Article(key=f"breach_{item}", document="规定", article=f"第二十条第{item}项", summary=f"第{item}项")
    for item in range(1, 9)
)
ABOVE: Final = Article(key="provincial_beyond_guide", document="省规定", article="第七条", summary="指南之外不得要")
AGENT: Final = Circumstances(person=Person.AGENT)
OUTSIDE: Final = Circumstances(issued=IssuedWhere.OUTSIDE)
DAY: Final = date(2020, 12, 31)


@pytest.fixture
def city() -> Catalogue:
    known = {article.key: article for article in (*ARTICLES, *BREACHES, ABOVE)}
    return make_city(articles=known)


def judge(city: Catalogue, certificate: str | None = None, *, on: date = TODAY, **given: Any) -> Assessment:
    """A story of the matter `rent` unless told otherwise."""
    certificates = (certificate,) if certificate else ()
    default: dict[str, Any] = {"matter_id": "rent", "certificate_ids": certificates}
    return assess(city, Story(**default | given), on=on)


# What the catalogue alone shows


@pytest.mark.parametrize(
    "measure", [Measure.SHARE, Measure.VERIFY, Measure.SUBSTITUTE, Measure.COMMITMENT, Measure.OTHER]
)
def test_what_a_measure_spares_was_demanded_all_the_same(measure: Measure) -> None:
    judged = judge(make_city(make_entry("rent", "marry", measure)), "marry")
    assert (judged.items, judged.lawful, judged.entry_ids) == ((5,), False, ("rent-marry",))


def test_what_was_cancelled_and_is_demanded_has_no_basis(city: Catalogue) -> None:
    judged = judge(city, "kin")
    assert (judged.items, judged.lawful, judged.entry_ids) == ((2, 5), False, ("rent-kin",))


def test_what_is_not_in_the_catalogue_was_created_without_basis(city: Catalogue) -> None:
    judged = judge(city, "blood")
    assert (judged.items, judged.lawful, judged.entry_ids) == ((2, 5), False, ())


def test_of_several_certificates_every_breach_counts_once(city: Catalogue) -> None:
    judged = judge(city, certificate_ids=("blood", "kin", "marry"))
    assert judged.items == (2, 5)
    assert judged.entry_ids == ("rent-kin", "rent-marry")


# What words show


@pytest.mark.parametrize("item", [1, 3, 4, 6, 7, 8])
def test_some_breaches_are_told_by_words_alone(city: Catalogue, item: int) -> None:
    judged = judge(city, told=(item,))
    assert (judged.items, judged.lawful) == ((item,), False)
    assert judged.basis == (f"规定 第二十条第{item}项",)


@pytest.mark.parametrize("item", [2, 5])
def test_some_breaches_are_only_told_where_the_catalogue_shows_one(city: Catalogue, item: int) -> None:
    assert judge(city, told=(item,)).items == ()
    assert judge(city, "diag", told=(item,)).items == tuple(dict.fromkeys((item, 5)))


def test_what_is_told_comes_before_what_the_catalogue_shows(city: Catalogue) -> None:
    assert judge(city, "marry", told=(4, 2)).items == (4, 2, 5)


@pytest.mark.parametrize(("certificate", "told"), [("kin", ()), ("blood", ()), (None, (8,)), ("marry", (1, 3, 6, 7))])
def test_only_the_eight_items_of_the_article_are_told(
    city: Catalogue, certificate: str | None, told: tuple[int, ...]
) -> None:
    assert set(judge(city, certificate, told=told).items) <= set(range(1, 9))


def test_a_breach_in_words_stands_even_where_the_certificate_may_be_demanded(city: Catalogue) -> None:
    judged = judge(city, "id", matter_id="passport", told=(7,))
    assert (judged.items, judged.lawful) == ((7,), False)


# What may be demanded


def test_what_cannot_be_spared_yet_may_be_demanded(city: Catalogue) -> None:
    judged = judge(city, "id", matter_id="passport")
    assert (judged.items, judged.lawful, judged.missing) == ((), True, ())
    assert judged.verdicts[0].why == "法律要求核验原件"


@pytest.mark.parametrize("certificate", ["id", "lic"])
def test_an_agent_must_show_identity_papers(city: Catalogue, certificate: str) -> None:
    assert judge(city, certificate, circumstances=AGENT).lawful is True
    assert judge(city, certificate).lawful is False


def test_an_agent_need_not_show_anything_else(city: Catalogue) -> None:
    assert judge(city, "marry", circumstances=AGENT).items == (5,)


@pytest.mark.parametrize("certificate", ["court", "abroad"])
def test_judicial_documents_and_what_is_out_of_scope_may_be_demanded(city: Catalogue, certificate: str) -> None:
    judged = judge(city, certificate)
    assert (judged.items, judged.lawful) == ((), True)


def test_one_lawful_demand_excuses_no_other(city: Catalogue) -> None:
    judged = judge(city, certificate_ids=("court", "kin"))
    assert (judged.items, judged.lawful) == ((2, 5), False)


def test_that_it_was_made_by_reference_makes_no_demand_lawful(city: Catalogue) -> None:
    assert city.entries["loan-marry"].scope is Scope.BY_REFERENCE
    assert judge(city, "marry", matter_id="loan").items == (5,)


# The day it happened


@pytest.mark.parametrize(
    ("on", "lawful"), [(DAY - timedelta(days=1), True), (DAY, False), (DAY + timedelta(days=1), False)]
)
def test_before_an_entry_was_in_force_the_demand_was_lawful(city: Catalogue, on: date, lawful: bool) -> None:
    assert judge(city, "marry", matter_id="birth", on=on).lawful is lawful


def test_a_certificate_that_is_spared_later_is_no_breach_today(city: Catalogue) -> None:
    tomorrow = make_entry("rent", "marry", Measure.CANCEL, effective_from=TODAY + timedelta(days=1))
    judged = judge(make_city(tomorrow), "marry")
    assert (judged.items, judged.lawful) == ((), True)


# What is still needed


def test_where_a_certificate_came_from_decides_whether_it_can_be_shared(city: Catalogue) -> None:
    judged = judge(city, "marry", circumstances=OUTSIDE)
    assert (judged.items, judged.lawful, judged.missing) == ((), None, ("issued",))


def test_what_was_cancelled_was_cancelled_wherever_it_came_from(city: Catalogue) -> None:
    assert judge(city, "kin", circumstances=OUTSIDE).items == (2, 5)


def test_where_nothing_is_told_everything_is_missing_in_the_order_to_ask(city: Catalogue) -> None:
    judged = judge(city, matter_id=None)
    assert (judged.items, judged.lawful, judged.missing) == ((), None, ("certificate", "matter", "unit"))
    assert judged.basis == ()


def test_a_certificate_that_not_all_matters_spare_needs_the_matter(city: Catalogue) -> None:
    judged = judge(city, "income", matter_id=None)
    assert (judged.items, judged.lawful, judged.missing) == ((), None, ("matter", "unit"))


def test_a_certificate_that_every_matter_spares_needs_none(city: Catalogue) -> None:
    judged = judge(city, "nohouse", matter_id=None, unit_id="housing")
    assert (judged.items, judged.lawful, judged.missing) == ((5,), False, ())


def test_a_matter_alone_needs_the_certificate(city: Catalogue) -> None:
    assert judge(city).missing == ("certificate",)
    assert judge(city, told=(4,)).missing == ()


@pytest.mark.parametrize(
    ("given", "missing"), [({"unit_id": "police", "matter_id": None}, False), ({}, False), ({"matter_id": None}, True)]
)
def test_the_unit_is_missing_where_neither_it_nor_its_matter_is_known(
    city: Catalogue, given: dict[str, Any], missing: bool
) -> None:
    assert ("unit" in judge(city, "marry", **given).missing) is missing


# Citations


def test_a_breach_is_cited_first_and_then_the_law_above_it(city: Catalogue) -> None:
    assert judge(city, "kin").basis == ("规定 第二十条第2项", "规定 第二十条第5项", "省规定 第七条")


def test_for_a_lawful_demand_is_cited_what_makes_it_so(city: Catalogue) -> None:
    assert "方案 一（三）" in judge(city, "court").basis
    assert "规定 第十二条" in judge(city, "id", circumstances=AGENT).basis


def test_a_city_that_does_not_name_the_articles_cites_none() -> None:
    judged = judge(make_city(articles={}), "blood")
    assert (judged.items, judged.basis) == ((2, 5), ())


def test_what_the_catalogue_does_not_hold_is_an_error(city: Catalogue) -> None:
    with pytest.raises(KeyError):
        judge(city, "unheard")
    with pytest.raises(KeyError):
        judge(city, "marry", matter_id="unheard")


def test_the_evidence_is_listed_once() -> None:
    entry = make_entry("rent", "marry", Measure.SHARE, channel=Channel.APP)
    assert judge(make_city(entry), certificate_ids=("marry", "marry")).entry_ids == ("rent-marry",)


# What the story says of the demand


@pytest.mark.parametrize(
    ("demand", "missing"), [(Demand.ASKED, (Fact.DEMAND,)), (Demand.DENIED, ()), (Demand.UNTOLD, ())]
)
def test_where_nothing_was_demanded_there_is_no_breach(
    city: Catalogue, demand: Demand, missing: tuple[Fact, ...]
) -> None:
    judged = judge(city, "kin", demand=demand)
    assert (judged.items, judged.laws, judged.lawful, judged.missing) == ((), (), None, missing)


def test_another_breach_stands_without_a_demand(city: Catalogue) -> None:
    judged = judge(city, "marry", told=(7,), demand=Demand.UNTOLD)
    assert (judged.items, judged.laws, judged.lawful) == ((7,), (), False)


@pytest.mark.parametrize(("certificate", "items"), [("marry", (5, 6)), ("id", (5, 6))])
def test_what_is_only_hinted_stands_behind_what_the_catalogue_shows(
    city: Catalogue, certificate: str, items: tuple[int, ...]
) -> None:
    assert judge(city, certificate, hinted=(6,)).items == items


@pytest.mark.parametrize("item", [2, 6])
def test_what_is_hinted_is_the_whole_story_where_no_certificate_is_told(city: Catalogue, item: int) -> None:
    assert judge(city, hinted=(item,)).items == (item,)


def test_what_is_hinted_makes_no_lawful_demand_a_breach(city: Catalogue) -> None:
    assert judge(city, "court", hinted=(2, 6)).lawful is True


# The laws above


def test_what_is_demanded_twice_breaches_the_provincial_rule_even_where_it_is_needed(city: Catalogue) -> None:
    judged = judge(city, "id", matter_id="passport", is_repeated=True)
    assert (judged.items, judged.laws, judged.lawful) == ((), (HigherLaw.PROVINCIAL,), False)


def test_what_the_guide_itself_asks_for_is_not_beyond_the_guide(city: Catalogue) -> None:
    assert HigherLaw.PROVINCIAL in judge(city, "marry").laws
    assert HigherLaw.PROVINCIAL not in judge(city, "marry", told=(4,)).laws


@pytest.mark.parametrize(
    ("audience", "is_market_entity", "fits"),
    [("个人", False, False), ("法人", False, True), ("both", False, True), ("", False, False), ("个人", True, True)],
)
def test_the_national_law_protects_enterprises_and_the_self_employed(
    city: Catalogue, audience: str, is_market_entity: bool, fits: bool
) -> None:
    matters = {**city.matters, "rent": replace(city.matters["rent"], audience=audience)}
    judged = judge(replace(city, matters=matters), "kin", is_market_entity=is_market_entity)
    assert (HigherLaw.NATIONAL in judged.laws) is fits


def test_a_lawful_demand_breaches_no_law_above(city: Catalogue) -> None:
    assert judge(city, "court", is_market_entity=True).laws == ()


# What was issued elsewhere


def test_what_was_issued_outside_and_is_not_shared_may_be_demanded(city: Catalogue) -> None:
    judged = judge(city, "marry", circumstances=OUTSIDE, is_unshared=True)
    assert (judged.items, judged.lawful, judged.missing) == ((), True, ())


def test_that_a_counter_cannot_find_what_was_issued_here_excuses_nothing(city: Catalogue) -> None:
    assert judge(city, "marry", is_unshared=True).items == (5,)


def test_the_rule_does_not_reach_what_is_unlisted_and_was_issued_outside(city: Catalogue) -> None:
    judged = judge(city, "blood", circumstances=OUTSIDE)
    assert (judged.items, judged.lawful, judged.missing) == ((), None, ("issued",))


# Before the rule


def test_before_the_rule_was_in_force_none_of_its_items_fits(city: Catalogue) -> None:
    since = replace(city, facts={**city.facts, "rule_effective": "2020-09-01"})
    judged = judge(since, "kin", on=date(2020, 8, 31))
    assert (judged.items, judged.lawful, judged.is_before_rule) == ((), False, True)
    assert judge(since, "blood", on=date(2020, 8, 31)).lawful is None
    assert judge(since, "kin", on=date(2020, 9, 1)).items == (2, 5)
