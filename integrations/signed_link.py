"""Addresses that a citizen's browser or APP carries from us to another system: signed, so that nobody changes them.

`app`, `time` (seconds since 1970) and `sign` are added to the query; `sign` is the HMAC-SHA-256, in hex, of the path, a
line feed, and the other parameters in the order of their names, form-encoded.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from integrations.signing import Credentials, SignatureRefusedError

# So long a link may be followed.
LIFETIME_SECONDS: Final = 300


def sign_link(credentials: Credentials, base_url: str, path: str, query: Mapping[str, str], at: datetime) -> str:
    """The whole address."""
    content = {**query, "app": credentials.app, "time": str(int(at.timestamp()))}
    sign = _make_sign(credentials.secret, path, content)
    return f"{base_url.rstrip('/')}{path}?{urlencode({**content, 'sign': sign})}"


def check_link(credentials: Credentials, path: str, query: Mapping[str, str], at: datetime) -> None:
    """Raises SignatureRefusedError for a link that was changed, is not ours, or is too old."""
    content = {name: value for name, value in query.items() if name != "sign"}
    is_ours = hmac.compare_digest(_make_sign(credentials.secret, path, content), query.get("sign", ""))
    seconds = content.get("time", "")
    is_fresh = seconds.isascii() and seconds.isdigit() and abs(at.timestamp() - int(seconds)) <= LIFETIME_SECONDS
    if not (is_ours and is_fresh and content.get("app") == credentials.app):
        raise SignatureRefusedError


def _make_sign(secret: str, path: str, content: Mapping[str, str]) -> str:
    text = f"{path}\n{urlencode(sorted(content.items()))}"
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
