"""A signed message is accepted once it is what it says it is, and not a moment too late."""

from datetime import timedelta

import pytest

from integrations.signing import (
    APP,
    ID,
    SIGNATURE,
    TIME,
    TOLERANCE_SECONDS,
    Credentials,
    SignatureRefusedError,
    check_message,
    sign_message,
)
from tests.builders import NOON

OURS = Credentials(app="mianzheng", secret="a secret that both know")
BODY = b'{"externalNumber":"TS26-4821-7730-5916"}'


def _signed() -> dict[str, str]:
    return sign_message(OURS, method="POST", path="/work-orders", body=BODY, at=NOON, message_id="m1")


def _check(headers: dict[str, str], *, body: bytes = BODY, path: str = "/work-orders", late: float = 0) -> str:
    at = NOON + timedelta(seconds=late)
    return check_message(OURS, headers, method="POST", path=path, body=body, at=at)


def test_the_signature_is_the_documented_one() -> None:
    # Worked out with openssl: printf of the text | openssl dgst -sha256 -hmac SECRET -binary | base64
    assert _signed() == {
        APP: "mianzheng",
        TIME: "1795320000",
        ID: "m1",
        SIGNATURE: "SDH+Sg8gWRBRAETwSAyRCaiF/BfIemZUz6hH3aNKldk=",
    }


def test_a_signed_message_is_accepted_with_its_id() -> None:
    assert _check(_signed()) == "m1"


@pytest.mark.parametrize("seconds", [-TOLERANCE_SECONDS, TOLERANCE_SECONDS])
def test_clocks_may_differ_a_little(seconds: float) -> None:
    assert _check(_signed(), late=seconds) == "m1"


@pytest.mark.parametrize("seconds", [-TOLERANCE_SECONDS - 1, TOLERANCE_SECONDS + 1])
def test_a_message_out_of_time_is_refused(seconds: float) -> None:
    with pytest.raises(SignatureRefusedError):
        _check(_signed(), late=seconds)


@pytest.mark.parametrize(
    "change",
    [
        {APP: "somebody"},
        {TIME: "1795320001"},
        {ID: "m2"},
        {SIGNATURE: "AAAA"},
        {SIGNATURE: ""},
        {TIME: "now"},
        {TIME: "１７９５"},
    ],
)
def test_any_change_of_a_header_is_noticed(change: dict[str, str]) -> None:
    with pytest.raises(SignatureRefusedError):
        _check(_signed() | change)


def test_another_body_or_address_is_noticed() -> None:
    with pytest.raises(SignatureRefusedError):
        _check(_signed(), body=BODY + b" ")
    with pytest.raises(SignatureRefusedError):
        _check(_signed(), path="/work-orders/TS26/updates")
