"""Seals personal data before it is written down: AES-256-GCM, the key named in front, the place bound to the content.

A sealed value cannot be moved to another row or column: its place is authenticated with it (NIST SP 800-38D).
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.domain.errors import DomainError

_MARK: Final = "sealed"
_NONCE_BYTES: Final = 12
KEY_BYTES: Final = 32


class SealBrokenError(DomainError):
    """What is stored cannot be read: its key is missing, or somebody changed or moved it."""

    code = "seal-broken"
    title = "这份资料读不出来，请联系管理员"


class Cipher:
    """Seals and opens values.

    Args:
        keys: 32 bytes each by name; the first seals, all of them open, so that a key can be replaced without a stop.
    """

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self._current = next(iter(keys))
        self._keys = {name: AESGCM(key) for name, key in keys.items()}
        # Every key may be replaced one day but the index must not change with it: it comes from the last, oldest one.
        oldest = keys[tuple(keys)[-1]]
        self._index_key = hashlib.sha256(b"mianzheng index" + oldest).digest()

    def seal(self, text: str, place: str) -> str:
        """The text sealed for one place, such as `messages.text:ID`; printable characters only."""
        return self.seal_bytes(text.encode(), place)

    def seal_bytes(self, content: bytes, place: str) -> str:
        """Bytes sealed for one place."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = nonce + self._keys[self._current].encrypt(nonce, content, place.encode())
        return f"{_MARK}:{self._current}:{base64.b64encode(sealed).decode()}"

    def open(self, sealed: str, place: str) -> str:
        """The text. Raises SealBrokenError."""
        return self.open_bytes(sealed, place).decode()

    def open_bytes(self, sealed: str, place: str) -> bytes:
        """The bytes. Raises SealBrokenError."""
        mark, _, rest = sealed.partition(":")
        name, _, content = rest.partition(":")
        if mark != _MARK or name not in self._keys:
            raise SealBrokenError
        raw = base64.b64decode(content)
        try:
            return self._keys[name].decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], place.encode())
        except InvalidTag as error:
            raise SealBrokenError from error

    def is_sealed(self, text: str) -> bool:
        """Whether a stored value was sealed; older versions of the program stored some in the open."""
        mark, _, rest = text.partition(":")
        return mark == _MARK and rest.partition(":")[0] in self._keys

    def index(self, value: str, kind: str) -> str:
        """By which equal values are found without being readable: HMAC-SHA-256 of the value and its kind."""
        return hmac.new(self._index_key, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()
