"""The chain of use records notices whatever is done to it, and misuse shows up in it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.misuse import MANY_A_DAY, find_misuse
from bot.domain.use_record import GENESIS, Use, UseAct, UseRecord, chain_use, find_breaches
from tests.license_builders import make_use


def chain(*uses: Use) -> list[UseRecord]:
    records: list[UseRecord] = []
    for use in uses:
        records.append(chain_use(use, len(records) + 1, records[-1].hash if records else GENESIS))
    return records


LOOKED_UP = chain(
    make_use(UseAct.REQUEST),
    make_use(UseAct.CONSENT),
    make_use(UseAct.FETCH, case_number="BJ26-1"),
    make_use(UseAct.SHOW, case_number="BJ26-1"),
)


def test_an_untouched_chain_holds() -> None:
    assert find_breaches(LOOKED_UP) == ()
    assert find_breaches(LOOKED_UP[2:], first=3, before=LOOKED_UP[1].hash) == ()


def test_a_changed_act_is_found() -> None:
    forged = list(LOOKED_UP)
    forged[2] = replace(forged[2], use=replace(forged[2].use, act=UseAct.SHOW))
    assert [breach.seq for breach in find_breaches(forged)] == [3]


def test_a_changed_act_with_a_new_hash_is_found_at_the_next_record() -> None:
    forged = list(LOOKED_UP)
    forged[1] = chain_use(replace(forged[1].use, actor_id="somebody"), 2, forged[0].hash)
    assert [breach.seq for breach in find_breaches(forged)] == [3]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_missing_record_is_found(place: int) -> None:
    assert find_breaches([record for at, record in enumerate(LOOKED_UP) if at != place])


def test_two_records_that_changed_places_are_found() -> None:
    assert find_breaches([LOOKED_UP[1], LOOKED_UP[0], *LOOKED_UP[2:]])


def test_a_look_up_with_consent_is_no_misuse() -> None:
    assert find_misuse(LOOKED_UP) == ()


def _kinds(records: Sequence[UseRecord]) -> list[str]:
    return [item.kind for item in find_misuse(records)]


def test_fetching_without_consent_shows_up() -> None:
    assert _kinds(chain(make_use(UseAct.FETCH, case_number="BJ26-1"))) == ["no_consent"]


def test_fetching_after_a_refusal_shows_up() -> None:
    refused = (make_use(UseAct.CONSENT), make_use(UseAct.REFUSE), make_use(UseAct.FETCH, case_number="BJ26-1"))
    assert _kinds(chain(*refused)) == ["no_consent"]


def test_a_use_without_a_case_shows_up() -> None:
    assert _kinds(chain(make_use(UseAct.READ_ANSWER))) == ["no_case"]


def test_another_purpose_shows_up_with_its_articles() -> None:
    (found,) = find_misuse(chain(make_use(UseAct.TURNED_AWAY, purpose="招商联络")))
    assert "招商联络" in found.what
    assert "第二十条第八项" in found.article


def test_reading_more_than_anybody_can_handle_shows_up() -> None:
    read = make_use(UseAct.READ_ANSWER, actor_id="busy", case_number="BJ26-1")
    assert _kinds(chain(*[read] * MANY_A_DAY)) == []
    assert _kinds(chain(*[read] * (MANY_A_DAY + 1))) == ["too_many"]
