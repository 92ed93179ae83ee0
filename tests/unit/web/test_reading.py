"""What does not fit a model is told field by field, in Chinese."""

from datetime import datetime
from typing import Annotated

import msgspec
import pytest

from bot.domain.errors import InvalidInputError
from web.reading import MalformedBodyError, read_json


class Inner(msgspec.Struct):
    name: str


class Form(msgspec.Struct):
    text: Annotated[str, msgspec.Meta(min_length=2, max_length=4)]
    count: Annotated[int, msgspec.Meta(ge=1, le=9)] = 1
    is_open: bool = True
    at: datetime | None = None
    inner: Inner | None = None
    items: list[Inner] = []


@pytest.mark.parametrize(
    ("content", "field", "told"),
    [
        ("{}", "text", "缺少这一项"),
        ('{"text": 1}', "text", "应当是文字"),
        ('{"text": "一"}', "text", "太短了，至少 2 个字符"),
        ('{"text": "一二三四五"}', "text", "太长了，最多 4 个字符"),
        ('{"text": "一二", "count": "x"}', "count", "应当是整数"),
        ('{"text": "一二", "count": 0}', "count", "太小了，至少 1"),
        ('{"text": "一二", "count": 10}', "count", "太大了，最多 9"),
        ('{"text": "一二", "is_open": "yes"}', "is_open", "应当是 true 或 false"),
        ('{"text": "一二", "at": "gestern"}', "at", "应当是带时区的时间，如 2026-01-01T08:00:00+08:00"),
        ('{"text": "一二", "inner": {}}', "inner.name", "缺少这一项"),
        ('{"text": "一二", "items": [{"name": 1}]}', "items[0].name", "应当是文字"),
        ('{"text": "一二", "items": 5}', "items", "不是能用的值"),
    ],
)
def test_a_field_is_named_with_what_is_wrong(content: str, field: str, told: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        read_json(content, Form)
    assert refused.value.fields in ({field: told}, {field.replace("[0]", "[...]"): told})


def test_unknown_fields_are_passed_over() -> None:
    assert read_json('{"text": "一二", "new": [1]}', Form) == Form(text="一二")


@pytest.mark.parametrize("content", ["", "{", "x", '{"text": "\\ud800"}', b"\xff", b'{"a":' + b"[" * 50_000])
def test_what_is_no_json_is_told_as_a_whole(content: str | bytes) -> None:
    with pytest.raises(MalformedBodyError):
        read_json(content, Form)
