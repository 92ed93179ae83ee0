r"""Our own signed HTTP contract, for systems that publish none: the same for what we send and what calls us back. Pure.

The signature is Base64(HMAC-SHA-256(secret, METHOD \n path \n time \n id \n SHA-256 of the body in hex)). Headers:
`X-Mianzheng-App`, `X-Mianzheng-Time` (seconds since 1970), `X-Mianzheng-Id` (unique; a message
repeated with the same id is the same message), `X-Mianzheng-Signature`.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.errors import UnauthenticatedError

# How far two clocks may differ; within it the receiver remembers ids, so that nothing can be played again.
TOLERANCE_SECONDS: Final = 300
APP, TIME, ID, SIGNATURE = "X-Mianzheng-App", "X-Mianzheng-Time", "X-Mianzheng-Id", "X-Mianzheng-Signature"


class SignatureRefusedError(UnauthenticatedError):
    """A message that was forged, changed on the way, or is too old."""

    code = "signature-refused"
    title = "签名不对或者已经过期"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What both sides agreed on."""

    app: str
    secret: str


def sign_message(
    credentials: Credentials, *, method: str, path: str, body: bytes, at: datetime, message_id: str
) -> dict[str, str]:
    """The headers that sign a message.

    Args:
        path: with the query, as sent. message_id: printable ASCII without spaces.
    """
    seconds = str(int(at.timestamp()))
    return {
        APP: credentials.app,
        TIME: seconds,
        ID: message_id,
        SIGNATURE: _make_signature(credentials.secret, method, path, seconds, message_id, body),
    }


def check_message(
    credentials: Credentials, headers: Mapping[str, str], *, method: str, path: str, body: bytes, at: datetime
) -> str:
    """The id of a message that is what it says it is. Raises SignatureRefusedError, without saying what is wrong."""
    seconds, message_id = headers.get(TIME, ""), headers.get(ID, "")
    expected = _make_signature(credentials.secret, method, path, seconds, message_id, body)
    is_ours = hmac.compare_digest(expected, headers.get(SIGNATURE, ""))
    if not (is_ours and headers.get(APP) == credentials.app and message_id and _is_fresh(seconds, at)):
        raise SignatureRefusedError
    return message_id


def _is_fresh(seconds: str, at: datetime) -> bool:
    if not (seconds.isascii() and seconds.isdigit()):
        return False
    return abs(at.timestamp() - int(seconds)) <= TOLERANCE_SECONDS


def _make_signature(secret: str, method: str, path: str, seconds: str, message_id: str, body: bytes) -> str:
    text = "\n".join((method.upper(), path, seconds, message_id, hashlib.sha256(body).hexdigest()))
    return base64.b64encode(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()).decode()
