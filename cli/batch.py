"""Questions as JSON lines: one answer a line, in the same order; a bad line gets an error in its place."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, Final, NoReturn, Protocol

from bot.dialogue.dialogue import Dialogue, Utterance
from bot.dialogue.steps.hear import understand_message
from bot.dialogue.stories import Understander
from bot.domain.conversation import Memory, Reply
from bot.domain.errors import DomainError, InvalidInputError
from bot.domain.message_text import clean_text
from intents.understanding import Trace

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class LineAnswerer(Protocol):
    """Whatever answers lines of JSON."""

    def answer(self, line: bytes) -> dict[str, Any]:
        """The answer to a line, with a key `error` where it cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class BatchAnswerer:
    """Answers one line after another, each as a conversation of its own.

    Attributes:
        today: the day for lines that name none. engine: where given, each answer says why the engine understood so.
    """

    dialogue: Dialogue
    today: date
    engine: Understander | None = None

    def answer(self, line: bytes) -> dict[str, Any]:
        """The answer to a line, or `{"id", "error"}` where it cannot be read."""
        identifier: Any = None
        try:
            request = read_object(line)
            identifier = request.get("id")
            return self._answer_request(request)
        except DomainError as error:
            return {"id": identifier, "error": error.detail}

    def _answer_request(self, request: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(request.get("id"), str | int):
            raise InvalidInputError("每行要有 id")
        today = read_day(request, "today", self.today)
        if "turns" not in request:
            return next(self._converse(request["id"], [read_text(request.get("text"))], today))
        turns = request["turns"]
        if not isinstance(turns, list) or not turns:
            raise InvalidInputError("turns 应是一列话，至少一句")
        answers = self._converse(request["id"], [read_text(turn) for turn in turns], today)
        return {"id": request["id"], "turns": list(answers)}

    def _converse(self, identifier: str | int, texts: Iterable[str], today: date) -> Iterator[dict[str, Any]]:
        memory = Memory()
        for text in texts:
            understanding = understand_message(self.engine, text, memory) if self.engine else None
            reply, memory = self.dialogue.respond(Utterance(text=text), memory, today)
            trace = {"trace": _render_trace(understanding.trace)} if understanding else {}
            yield _to_object(identifier, reply) | trace


def answer_lines(source: BinaryIO, target: BinaryIO, answerer: LineAnswerer) -> bool:
    """Answers every line that is not blank, each as soon as it has come. Whether all of them could be read."""
    is_good = True
    for line in source:
        content = line.removeprefix(_BYTE_ORDER_MARK).strip()
        if not content:
            continue
        answer = answerer.answer(content)
        is_good = is_good and "error" not in answer
        # A half character in an id becomes the escape that JSON has for it.
        target.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
        target.flush()
    return is_good


def read_object(line: bytes) -> dict[str, Any]:
    """The object of a line. Raises InvalidInputError."""
    try:
        content = json.loads(line.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise InvalidInputError("这一行不是 UTF-8 的 JSON") from error
    if not isinstance(content, dict):
        raise InvalidInputError("这一行应是 JSON 对象")
    return content


def read_day(request: dict[str, Any], key: str, default: date) -> date:
    """The day under a key, or the default where it is missing. Raises InvalidInputError."""
    value = request.get(key)
    if value is None:
        return default
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise InvalidInputError(f"{key} 应是日期，如 2026-11-22") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def read_text(value: object) -> str:
    """What a citizen said, cleaned. Raises EmptyTextError, TextTooLongError, InvalidInputError."""
    if not isinstance(value, str):
        raise InvalidInputError("text 应是一句话")
    return clean_text(value)


def _to_object(identifier: str | int, reply: Reply) -> dict[str, Any]:
    understood = reply.understood
    return {
        "id": identifier,
        "intent": understood.intent,
        "matter": understood.matter,
        "certificate": understood.certificate,
        "certificates": list(understood.certificates),
        "verdict": understood.verdict,
        "measure": reply.measure,
        "confidence": understood.confidence,
        "entries": list(reply.entries),
        "asks": reply.asks,
        "reply": "\n".join(part.text for part in reply.parts if part.text),
    }


def _render_trace(trace: Trace) -> dict[str, Any]:
    return {
        "normalised": trace.normalised,
        "segments": trace.segments,
        "mentions": [mention._asdict() for mention in trace.mentions],
        "scores": {head: [item._asdict() for item in candidates] for head, candidates in trace.scores.items()},
        "decided_by": trace.decided_by,
        "thresholds": trace.thresholds,
    }
