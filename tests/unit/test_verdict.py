"""Each rule of the two documents, one by one: first on an invented city, then on the real catalogue."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue.load import load_catalogue
from bot.domain.catalogue import Catalogue, Channel, Entry, IssuerKind, Measure, Origin, Scope
from bot.domain.verdict import Circumstances, IssuedWhere, Person, Reason, Verdict, VerdictKind
from bot.verdict import decide, is_identity_document, overall
from tests.city import CERTIFICATES, TODAY, make_city, make_entry

NOBODY = Circumstances()
AGENT = Circumstances(person=Person.AGENT)
HIMSELF = Circumstances(person=Person.SELF)
OUTSIDE = Circumstances(issued=IssuedWhere.OUTSIDE)
INSIDE = Circumstances(issued=IssuedWhere.INSIDE)
SPARING = (Measure.CANCEL, Measure.SHARE, Measure.VERIFY, Measure.SUBSTITUTE, Measure.COMMITMENT, Measure.OTHER)


def ask(
    city: Catalogue,
    matter: str | None,
    certificate: str,
    circumstances: Circumstances = NOBODY,
    on: date = TODAY,
) -> Verdict:
    return decide(city, matter_id=matter, certificate_id=certificate, circumstances=circumstances, on=on)


def ask_entry(
    measure: Measure, certificate: str = "marry", circumstances: Circumstances = NOBODY, on: date = TODAY, **given: Any
) -> Verdict:
    return ask(make_city(make_entry("rent", certificate, measure, **given)), "rent", certificate, circumstances, on)


# Measures (2019 plan, part 1 (2) and annex 3)


@pytest.mark.parametrize("measure", SPARING)
def test_every_measure_spares_the_certificate(measure: Measure) -> None:
    verdict = ask_entry(measure, channel=Channel.DATA_PLATFORM, action="这样办", legal_basis=("甲", "乙"))
    assert (verdict.kind, verdict.reason, verdict.measure) == (VerdictKind.NOT_NEEDED, Reason.MEASURE, measure)
    assert (verdict.channel, verdict.action, verdict.basis) == (Channel.DATA_PLATFORM, "这样办", ("甲", "乙"))
    assert verdict.entry_ids == ("rent-marry",)


def test_what_cannot_be_spared_yet_is_needed_and_says_why() -> None:
    verdict = ask_entry(Measure.NOT_YET, reason="法律要求原件")
    assert (verdict.kind, verdict.reason, verdict.why) == (VerdictKind.NEEDED, Reason.NOT_YET, "法律要求原件")


# The closed catalogue (2020 rules, article 8)


def test_a_pair_outside_the_catalogue_is_not_listed() -> None:
    verdict = ask(make_city(), "passport", "blood")
    assert (verdict.kind, verdict.reason) == (VerdictKind.NOT_LISTED, Reason.NOT_LISTED)
    assert verdict.basis == ("规定 第八条", "国家条例 第四十四条")
    assert verdict.entry_ids == ()


def test_not_listed_rests_on_sample_data_where_the_matter_does() -> None:
    assert ask(make_city(make_entry("rent", "id", Measure.OTHER, origin=Origin.ILLUSTRATIVE)), "rent", "kin").is_sample
    assert not ask(make_city(), "passport", "blood").is_sample


# Scope (article 2 and the column `scope`)


@pytest.mark.parametrize("measure", list(Measure))
def test_what_is_out_of_scope_is_needed_whatever_its_measure(measure: Measure) -> None:
    verdict = ask_entry(measure, scope=Scope.EXCLUDED)
    assert (verdict.kind, verdict.reason) == (VerdictKind.NEEDED, Reason.EXCLUDED)
    assert verdict.basis[0] == "规定 第二条"


@pytest.mark.parametrize("measure", [Measure.SHARE, Measure.VERIFY, Measure.OTHER])
def test_a_certificate_from_outside_depends_where_data_of_the_issuer_is_needed(measure: Measure) -> None:
    verdict = ask_entry(measure, circumstances=OUTSIDE)
    assert (verdict.kind, verdict.reason) == (VerdictKind.DEPENDS, Reason.ISSUED_OUTSIDE)
    assert verdict.basis[0] == "规定 第二条"


@pytest.mark.parametrize("measure", [Measure.CANCEL, Measure.SUBSTITUTE, Measure.COMMITMENT])
def test_where_it_was_issued_does_not_matter_where_nobody_looks_it_up(measure: Measure) -> None:
    assert ask_entry(measure, circumstances=OUTSIDE).kind is VerdictKind.NOT_NEEDED


def test_a_certificate_of_this_city_is_spared_as_ever() -> None:
    assert ask_entry(Measure.SHARE, circumstances=INSIDE).kind is VerdictKind.NOT_NEEDED


# Identity card and business licence (article 12)


@pytest.mark.parametrize("certificate", ["id", "lic"])
def test_an_agent_brings_identity_card_and_business_licence(certificate: str) -> None:
    verdict = ask(make_city(), "rent", certificate, AGENT)
    assert (verdict.kind, verdict.reason) == (VerdictKind.NEEDED, Reason.AGENT)
    assert verdict.basis[0] == "规定 第十二条"


@pytest.mark.parametrize("circumstances", [NOBODY, HIMSELF])
def test_who_comes_in_person_is_spared_them(circumstances: Circumstances) -> None:
    assert ask(make_city(), "rent", "id", circumstances).kind is VerdictKind.NOT_NEEDED


def test_an_agent_is_spared_every_other_certificate() -> None:
    assert ask(make_city(), "rent", "marry", AGENT).kind is VerdictKind.NOT_NEEDED


def test_what_is_cancelled_stays_so_for_an_agent() -> None:
    assert ask_entry(Measure.CANCEL, "id", AGENT).kind is VerdictKind.NOT_NEEDED


def test_the_two_documents_are_known_by_their_national_names() -> None:
    assert [item.id for item in CERTIFICATES if is_identity_document(item)] == ["id", "lic"]


# By reference, judicial documents, issuers that are no government unit (articles 3 and 21, plan part 1 (3))


def test_banks_and_schools_apply_the_rules_by_reference() -> None:
    verdict = ask(make_city(), "loan", "marry")
    assert (verdict.kind, verdict.by_reference) == (VerdictKind.NOT_NEEDED, True)
    assert verdict.basis[-1] == "规定 第二十一条"


def test_a_judicial_document_is_no_certificate_and_must_be_brought() -> None:
    verdict = ask(make_city(), "rent", "court")
    assert (verdict.kind, verdict.reason) == (VerdictKind.NEEDED, Reason.JUDICIAL)
    assert verdict.basis[0] == "方案 一（三）"


def test_an_issuer_that_is_no_government_unit_falls_under_the_plan_alone() -> None:
    verdict = ask(make_city(), "rent", "income")
    assert (verdict.kind, verdict.plan_only, verdict.is_sample) == (VerdictKind.NOT_NEEDED, True, True)


# Effective dates


@pytest.mark.parametrize(
    ("day", "kind"),
    [(date(2020, 12, 30), VerdictKind.NEEDED), (date(2020, 12, 31), VerdictKind.NOT_NEEDED)],
)
def test_a_measure_spares_from_its_day_on(day: date, kind: VerdictKind) -> None:
    assert ask(make_city(), "birth", "marry", on=day).kind is kind


def test_before_that_day_the_verdict_names_it() -> None:
    verdict = ask(make_city(), "birth", "marry", on=date(2020, 1, 1))
    assert (verdict.reason, verdict.time_limit) == (Reason.NOT_IN_FORCE, "2020-12-31")


# Verification (article 14)


def test_a_verification_carries_its_time_limit() -> None:
    assert ask(make_city(), "passport", "nohouse").time_limit == "原则上半小时内"


# No matter named


def test_without_a_matter_it_is_answered_where_all_entries_agree() -> None:
    verdict = ask(make_city(), None, "marry")
    assert (verdict.kind, verdict.reason, verdict.matter_id) == (VerdictKind.NOT_NEEDED, Reason.ALL_AGREE, None)
    assert verdict.entry_ids == ("rent-marry", "birth-marry", "loan-marry")
    assert verdict.measure is Measure.SHARE


def test_without_a_matter_different_measures_leave_the_measure_open() -> None:
    verdict = ask(make_city(), None, "nohouse")
    assert (verdict.kind, verdict.measure, verdict.action) == (VerdictKind.NOT_NEEDED, None, "")


def test_without_a_matter_it_is_asked_for_where_entries_differ() -> None:
    verdict = ask(make_city(), None, "id")
    assert (verdict.kind, verdict.reason) == (VerdictKind.CLARIFY, Reason.MATTER_DECIDES)
    assert verdict.likely_matter_ids == ("rent", "passport")


def test_without_a_matter_a_certificate_in_no_entry_is_asked_about() -> None:
    assert ask(make_city(), None, "blood").kind is VerdictKind.CLARIFY


def test_the_circumstances_count_without_a_matter_too() -> None:
    assert ask(make_city(), None, "id", AGENT).kind is VerdictKind.NEEDED
    assert ask(make_city(), None, "marry", OUTSIDE).kind is VerdictKind.DEPENDS


# Several certificates


@pytest.mark.parametrize(
    ("certificates", "kind"),
    [
        (("nohouse", "kin"), VerdictKind.NOT_NEEDED),
        (("nohouse", "blood"), VerdictKind.NOT_LISTED),
        (("nohouse", "court", "blood"), VerdictKind.NEEDED),
    ],
)
def test_the_strictest_verdict_stands_for_several(certificates: Iterable[str], kind: VerdictKind) -> None:
    assert overall(tuple(ask(make_city(), "rent", item) for item in certificates)) is kind


def test_depends_is_stricter_than_not_listed_and_milder_than_needed() -> None:
    depends = ask(make_city(), "rent", "marry", OUTSIDE)
    assert overall((depends, ask(make_city(), "rent", "blood"))) is VerdictKind.DEPENDS
    assert overall((depends, ask(make_city(), "rent", "court"))) is VerdictKind.NEEDED


def test_an_unknown_id_is_an_error() -> None:
    with pytest.raises(KeyError):
        ask(make_city(), "rent", "nothing")
    with pytest.raises(KeyError):
        ask(make_city(), "nothing", "id")


# The real catalogue


@pytest.fixture(scope="module")
def real() -> Catalogue:
    return load_catalogue(Path("catalogue_data"))


def test_every_real_entry_is_decided_as_its_row_says(real: Catalogue) -> None:
    wrong = [entry.id for entry in real.entries.values() if _ask_real(real, entry).kind is not _expect(entry)]
    assert wrong == []


def test_every_real_verdict_names_an_article(real: Catalogue) -> None:
    assert [entry.id for entry in real.entries.values() if not _ask_real(real, entry).basis] == []


def test_every_real_verification_of_another_unit_tells_its_clock(real: Catalogue) -> None:
    waiting = [
        entry for entry in real.entries.values() if entry.measure is Measure.VERIFY and "发起核实" in entry.action
    ]
    assert waiting
    assert [entry.id for entry in waiting if not _ask_real(real, entry).time_limit] == []


@pytest.mark.parametrize(
    ("matter", "certificate", "circumstances", "kind"),
    [
        ("rk-birth", "marry", NOBODY, VerdictKind.NOT_NEEDED),
        ("rk-in-house", "marry", OUTSIDE, VerdictKind.DEPENDS),
        ("rk-out", "hukoumove", OUTSIDE, VerdictKind.DEPENDS),
        ("cj-pass", "id", NOBODY, VerdictKind.NEEDED),
        ("cl-card", "id", AGENT, VerdictKind.NEEDED),
        ("cl-card", "id", HIMSELF, VerdictKind.NOT_NEEDED),
        ("sc-entchg", "lic", AGENT, VerdictKind.NEEDED),
        ("sc-entchg", "tax", AGENT, VerdictKind.NOT_NEEDED),
        ("mz-divorce", "court", NOBODY, VerdictKind.NEEDED),
        ("mz-marry", "wmarital", NOBODY, VerdictKind.NEEDED),
        ("rk-birth", "social", NOBODY, VerdictKind.NOT_LISTED),
        ("zjj-rent", "income", OUTSIDE, VerdictKind.NOT_NEEDED),
        (None, "marry", NOBODY, VerdictKind.NOT_NEEDED),
        (None, "id", NOBODY, VerdictKind.CLARIFY),
        (None, "tw", NOBODY, VerdictKind.NEEDED),
    ],
)
def test_real_questions(
    real: Catalogue, matter: str | None, certificate: str, circumstances: Circumstances, kind: VerdictKind
) -> None:
    assert ask(real, matter, certificate, circumstances).kind is kind


def _ask_real(real: Catalogue, entry: Entry) -> Verdict:
    return ask(real, entry.matter_id, entry.certificate_id)


def _expect(entry: Entry) -> VerdictKind:
    is_spared = entry.measure is not Measure.NOT_YET and entry.scope is not Scope.EXCLUDED
    return VerdictKind.NOT_NEEDED if is_spared else VerdictKind.NEEDED


def test_every_real_judicial_document_is_told_as_one(real: Catalogue) -> None:
    of_courts = [
        entry
        for entry in real.entries.values()
        if real.certificates[entry.certificate_id].issuer_kind is IssuerKind.JUDICIARY and entry.scope is Scope.EXCLUDED
    ]
    assert {_ask_real(real, entry).reason for entry in of_courts} == {Reason.JUDICIAL}
