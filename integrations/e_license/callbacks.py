"""What an APP posts back when its user has decided; the same for every APP."""

from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from bot.domain.errors import InvalidInputError
from bot.license_ports import Grant
from bot.ports import Clock
from integrations.signing import Credentials, check_message


class _Decision(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    token: str
    decision: Literal["GRANTED", "REFUSED"]
    code: str = ""
    holder_number: str = ""


_DECISIONS: Final = msgspec.json.Decoder(_Decision)


class GrantReader:
    """Checks and reads the callbacks of one APP."""

    def __init__(self, *, credentials: Credentials, clock: Clock) -> None:
        self._credentials = credentials
        self._clock = clock

    def __call__(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Grant:
        """The grant. Raises SignatureRefusedError, InvalidInputError."""
        check_message(self._credentials, headers, method=method, path=path, body=body, at=self._clock.now())
        try:
            decision = _DECISIONS.decode(body)
        except msgspec.MsgspecError as error:
            raise InvalidInputError(f"回调内容有误：{error}") from error
        is_granted = decision.decision == "GRANTED"
        if is_granted and not (decision.code and decision.holder_number):
            raise InvalidInputError("同意授权的，要带上授权码和持有人号码")
        return Grant(
            token=decision.token,
            code=decision.code if is_granted else "",
            holder_number=decision.holder_number.upper(),
        )
