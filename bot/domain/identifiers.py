"""Names for new things, in the order in which they were made.

They are names, not secrets: whatever one of them names is guarded by who owns it.
"""

import random
import time


def new_id() -> str:
    """32 hexadecimal digits: 14 of the time in microseconds, 18 of chance."""
    return f"{time.time_ns() // 1_000:014x}{random.getrandbits(72):018x}"
