"""A look-up goes its way and no other, and carries no more than was agreed to."""

from datetime import timedelta
from itertools import product

import pytest

from bot.domain import e_license
from bot.domain.e_license import LicenseState, Provider, agree, dispute, mask_field, move
from bot.domain.errors import ConflictError, ForbiddenError
from bot.domain.identity import IdentityLevel, mask_name, mask_number
from bot.domain.objection import word_question
from tests.builders import NOON
from tests.license_builders import HOLDER, NUMBER, make_consent, make_fetched, make_license, make_request

_LEGAL = {
    "requested": "consented refused expired",
    "consented": "handed_over fetched failed refused expired",
    "handed_over": "consented fetched failed refused expired",
    "fetched": "shown expired",
    "failed": "consented refused expired",
    "shown": "expired",
}


@pytest.mark.parametrize(("state", "target"), list(product(LicenseState, LicenseState)))
def test_only_the_drawn_ways_are_open(state: LicenseState, target: LicenseState) -> None:
    request = make_request(state=state)
    if target.value in _LEGAL.get(state.value, "").split():
        assert move(request, target).state is target
    else:
        with pytest.raises(ConflictError):
            move(request, target)


def test_a_login_that_is_not_sure_enough_cannot_agree() -> None:
    with pytest.raises(ForbiddenError, match="高级实名"):
        agree(
            make_request(level=IdentityLevel.ADVANCED),
            make_consent(holder=HOLDER.__class__(source="zheliban", subject="u", level=IdentityLevel.REAL_NAME)),
            Provider.ZHELIBAN,
            "s",
        )


def test_a_provider_that_was_not_offered_is_not_taken() -> None:
    with pytest.raises(ForbiddenError):
        agree(make_request(), make_consent(), Provider.ALA_POLICE, "s")


def test_what_was_not_agreed_to_is_dropped_when_it_comes() -> None:
    assert make_fetched().license is not None
    assert set(make_fetched().license.fields) == {"持有人", "证照编号"}  # type: ignore[union-attr]


def test_a_licence_stays_for_minutes_only() -> None:
    assert make_fetched().expires_at == NOON + timedelta(minutes=10)


def test_after_its_end_nothing_personal_is_kept() -> None:
    ended = e_license.expire(make_fetched())
    assert (ended.license, ended.consent, ended.session) == (None, None, "")


def test_who_refuses_leaves_nothing_behind() -> None:
    agreed = agree(make_request(), make_consent(), Provider.ZHELIBAN, "s")
    refused = e_license.refuse(agreed)
    assert (refused.consent, refused.session, refused.state) == (None, "", LicenseState.REFUSED)


def test_a_disputed_value_is_marked_once() -> None:
    disputed = dispute(make_fetched(), "持有人")
    assert disputed.license is not None
    assert disputed.license.disputed == ("持有人",)
    with pytest.raises(ConflictError):
        dispute(disputed, "持有人")
    with pytest.raises(ConflictError):
        dispute(make_fetched(), "住址")


def test_an_objection_asks_the_issuer_about_the_value() -> None:
    question = word_question(make_fetched(), "持有人", "应是王晓明")
    assert "王小明" in question.facts
    assert "应是王晓明" in question.facts
    assert question.field == "持有人"


def test_names_and_numbers_are_shown_in_part() -> None:
    assert (mask_name("王小明"), mask_name("王明"), mask_name("欧阳小明")) == ("王*明", "王*", "欧**明")
    assert mask_number(NUMBER) == "*" * 14 + "002X"
    assert mask_field("证照编号", "330200001234").endswith("1234")
    assert mask_field("持有人", "王小明") == "王*明"
    assert mask_field("有效期至", "2030-01-01") == "2030-01-01"


def test_neither_holder_nor_licence_shows_in_a_printed_form() -> None:
    printed = repr(make_fetched()) + repr(make_license()) + repr(HOLDER)
    assert "王小明" not in printed
    assert NUMBER not in printed
    assert "3302-2026" not in printed
