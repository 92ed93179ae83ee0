"""Tokens say who somebody is until they end."""

from datetime import timedelta

import jwt
import pytest

from bot.domain.errors import UnauthenticatedError
from bot.domain.viewer import Role
from bot.services.clock import SystemClock
from tests.builders import SetClock, make_viewer
from web.tokens import Tokens

SECRET = "s" * 40


def make_tokens(clock: SetClock | SystemClock | None = None, secret: str = SECRET) -> Tokens:
    return Tokens(
        secret=secret,
        clock=clock or SystemClock(),
        guest_lifetime=timedelta(days=30),
        shift_lifetime=timedelta(hours=12),
    )


@pytest.mark.parametrize("role", list(Role))
def test_a_token_tells_everything_about_its_viewer(role: Role) -> None:
    viewer = make_viewer(role=role, name="王小云", unit_id="housing")
    token = make_tokens().issue(viewer)
    assert make_tokens().read(token.text) == viewer


def test_a_guest_is_let_in_for_weeks_and_an_operator_for_a_shift() -> None:
    tokens = make_tokens(SetClock())
    guest, operator = tokens.issue(make_viewer()), tokens.issue(make_viewer(role=Role.OPERATOR))
    assert guest.expires_at == SetClock().at + timedelta(days=30)
    assert operator.expires_at == SetClock().at + timedelta(hours=12)


def test_a_token_ends_whether_it_is_known_or_new() -> None:
    clock = SetClock()
    tokens = make_tokens(clock)
    known, new = tokens.issue(make_viewer()).text, tokens.issue(make_viewer()).text
    assert tokens.read(known)
    clock.move(days=30, seconds=-1)
    assert tokens.read(known)
    clock.move(seconds=1)
    for token in (known, new):
        with pytest.raises(UnauthenticatedError, match="过期"):
            tokens.read(token)


def test_a_token_of_another_key_is_refused() -> None:
    token = make_tokens(secret="o" * 40).issue(make_viewer()).text
    with pytest.raises(UnauthenticatedError, match="无效"):
        make_tokens().read(token)


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "x", "role": "citizen", "iss": "somebody"},
        {"sub": "x", "role": "king", "iss": "mianzheng"},
        {"sub": 5, "role": "citizen", "iss": "mianzheng"},
        {"role": "citizen", "iss": "mianzheng"},
        {"sub": "x", "iss": "mianzheng"},
        {"sub": "x", "role": "citizen", "iss": "mianzheng", "exp": "soon"},
    ],
)
def test_a_token_with_other_claims_is_refused(claims: dict[str, object]) -> None:
    claims = {"exp": 2**31} | claims
    with pytest.raises(UnauthenticatedError):
        make_tokens().read(jwt.encode(claims, SECRET, algorithm="HS256"))
