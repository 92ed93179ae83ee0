"""What goes out loses nothing of what the dialogue said."""

from dataclasses import fields

import msgspec
import pytest

from bot.domain.conversation import Part
from tests.builders import make_answer, make_question, make_reply
from web.payloads import (
    ChoicesPart,
    LinkPart,
    MaterialsPart,
    ReplyBody,
    TextPart,
    TicketPart,
    VerdictPart,
    render_reply,
    render_transcript,
)

PARTS = (TextPart, VerdictPart, MaterialsPart, ChoicesPart, TicketPart, LinkPart)


def test_every_field_of_a_part_goes_out_in_some_type() -> None:
    going_out = {"type"} | {name for kind in PARTS for name in kind.__struct_fields__}
    assert {item.name for item in fields(Part)} == going_out


def test_a_part_shows_only_what_it_has() -> None:
    reply = make_reply(Part(type="verdict", text="不用", verdict="not_needed", basis=("规定第九条",), entries=("c1",)))
    (part,) = msgspec.json.decode(msgspec.json.encode(render_reply(reply)))["parts"]
    assert part == {
        "type": "verdict",
        "text": "不用",
        "verdict": "not_needed",
        "basis": ["规定第九条"],
        "entries": ["c1"],
    }


def test_a_message_of_the_bot_always_has_a_part() -> None:
    unreadable = make_answer("c1", "不用", reply=None)
    (said,) = render_transcript("c1", [unreadable]).messages
    assert said.reply == (TextPart(text="不用"),)
    (asked,) = render_transcript("c1", [make_question("c1")]).messages
    assert asked.reply == ()


@pytest.mark.parametrize("kind", ["text", "verdict", "materials", "choices", "ticket", "link"])
def test_every_type_of_part_goes_out_and_comes_back(kind: str) -> None:
    body = render_reply(make_reply(Part(type=kind, text="字", title="题")))
    assert msgspec.json.decode(msgspec.json.encode(body), type=ReplyBody) == body
