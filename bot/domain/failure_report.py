"""Tells where a program error arose without repeating its words, which may quote what a citizen wrote. Pure."""

import traceback


def describe_failure(error: BaseException) -> str:
    """Kinds of the error and of its causes, and the places in the code, the latest first."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__name__}")
        lines += (f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in _frames_of(seen))
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


def _frames_of(error: BaseException) -> list[traceback.FrameSummary]:
    return list(reversed(traceback.extract_tb(error.__traceback__, limit=-12)))
