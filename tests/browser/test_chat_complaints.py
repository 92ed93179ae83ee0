"""A complaint in a real browser: from a refused verdict to its number, its card, pictures and notices."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.chat_page import ChatPage

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
NUMBER: Final = re.compile(r"TS\d\d-\d{4}-\d{4}-\d{4}")
STORY: Final = "我要投诉，昨天在高桥镇办低保，窗口非要我开收入证明"


def press(chat: ChatPage, label: str) -> None:
    """The latest button with these words; waits for the answer."""
    count = chat.answers.count()
    chat.answers.last.get_by_role("button", name=label).click()
    chat.await_answer(count)


def file_complaint(chat: ChatPage, phone: str) -> str:
    """Tells a complaint, confirms it, and reads the number off the card."""
    chat.ask(STORY)
    chat.ask(phone)
    press(chat, "对，登记")
    if chat.answers.last.get_by_role("button", name="单独登记").count():
        press(chat, "单独登记")
    return chat.answers.last.locator(".ticket__number strong").inner_text()


def test_from_a_refused_verdict_to_a_number(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    chat.ask("办公租房要无房证明吗")
    chat.ask("窗口还是要，我要投诉")
    chat.ask("昨天上午")
    expect(chat.field).to_have_attribute("placeholder", "手机号")
    expect(chat.field).to_have_js_property("inputMode", "tel")
    summary = chat.ask("13900001234")
    for words in ("公共租赁住房", "不动产登记信息查询证明", "13900001234", "第二十条"):
        expect(summary).to_contain_text(words)
    press(chat, "对，登记")

    card = chat.answers.last.locator(".ticket")
    expect(card.locator(".ticket__number strong")).to_have_text(NUMBER)
    expect(card.locator(".ticket__state")).to_have_text("已登记")
    press(chat, "看进度")
    expect(chat.answers.last.locator(".timeline__line").first).to_contain_text("登记")
    expect(chat.field).to_have_js_property("inputMode", "text")


def test_the_number_can_be_copied(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    number = file_complaint(chat, "13900001235")
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.answers.last.get_by_role("button", name="复制").click()
    expect(chat.answers.last.get_by_text("已复制")).to_be_visible()
    assert chat.page.evaluate("navigator.clipboard.readText()") == number


def test_pictures_are_added_while_a_complaint_is_taken_and_only_then(open_page: OpenPage, tmp_path: Path) -> None:
    chat = ChatPage(open_page())
    button = chat.page.get_by_role("button", name="照片")
    expect(button).to_be_hidden()
    chat.ask(STORY)
    expect(button).to_be_visible()
    picture = tmp_path / "window.png"
    Image.new("RGB", (3_000, 1_000), "teal").save(picture)

    count = chat.answers.count()
    with chat.page.expect_file_chooser() as chooser:
        button.click()
    chooser.value.set_files(picture)
    expect(chat.await_answer(count)).to_contain_text("一共1张")
    expect(chat.page.locator("img.picture")).to_be_visible()
    chat.ask("算了")
    expect(button).to_be_hidden()


def test_what_is_no_picture_is_refused_in_plain_words(open_page: OpenPage, tmp_path: Path) -> None:
    chat = ChatPage(open_page())
    chat.ask(STORY)
    for name, content, words in (("a.pdf", b"%PDF", "只能发照片"), ("b.jpg", b"no picture", "打不开")):
        (tmp_path / name).write_bytes(content)
        chat.page.locator("#picture-file").set_input_files(tmp_path / name)
        expect(chat.page.get_by_role("alert")).to_contain_text(words)


def test_a_complaint_waits_while_something_else_is_asked(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    chat.ask(STORY)
    chat.ask("先问一下，领结婚证要单身证明吗")
    press(chat, "接着投诉")
    expect(chat.field).to_have_attribute("placeholder", "手机号")


def test_a_complaint_is_accepted_by_12345_answered_and_rated_while_the_page_is_open(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    number = file_complaint(chat, "13900001236")
    states = chat.page.locator(".ticket__state")
    # The sandbox plays 12345; each piece of its news comes to the open page by itself.
    for state in ("已受理", "已答复", "已办结"):
        expect(states.filter(has_text=state).first).to_be_visible(timeout=60_000)
    expect(chat.answers.last.locator(".choice--rating")).to_have_count(5)
    press(chat, "非常满意")
    expect(chat.answers.last).to_contain_text("谢谢您的评价")
    told = chat.answers.count()
    chat.reload()
    expect(chat.answers).to_have_count(told)
    expect(chat.answers.last.locator(".ticket__number strong")).to_have_text(number)


def test_news_that_came_while_the_line_was_down_is_shown_when_it_is_back(open_page: OpenPage) -> None:
    chat = ChatPage(open_page(cuts_line=True))
    file_complaint(chat, "13900001237")
    chat.page.context.set_offline(True)
    shown = chat.answers.count()
    # The sandbox goes on without us; a second page of the same person would see it.
    chat.page.wait_for_timeout(6_000)
    assert chat.answers.count() == shown
    chat.page.context.set_offline(False)
    expect(chat.page.locator(".ticket__state").filter(has_text="已受理").first).to_be_visible(timeout=60_000)
