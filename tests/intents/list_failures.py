"""Writes the list of known failures anew: `python -m tests.intents.list_failures`."""

from tests.intents.golden import KNOWN_FAILURES, list_failing, read_golden

_HEADING = """\
# Ids of labelled sentences that are not answered wholly right. What is mended must leave this list, and a new failure
# needs a reason to enter it. After the engine has learned anew, write it again from the root of the project with
#   .venv/bin/python -m tests.intents.list_failures
"""


def write_known_failures() -> int:
    """How many there are."""
    failing = list_failing()
    KNOWN_FAILURES.write_text(_HEADING + "".join(f"{identifier}\n" for identifier in failing), "utf-8")
    return len(failing)


if __name__ == "__main__":
    print(f"{write_known_failures()} of {len(read_golden())} sentences are known to fail")
