"""Names for new things: unguessable, and in the order in which they were made."""

import secrets
import time


def new_id() -> str:
    """32 hexadecimal digits: 14 of the time in microseconds, 18 of chance."""
    return f"{time.time_ns() // 1_000:014x}{secrets.token_hex(9)}"
