"""The chat page in a real browser: asking, choosing, coming back, and bad lines."""

from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.browser.chat_page import EVERY_PART, VERDICTS, ChatPage, answer_with, refuse_sockets

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
BIRTH: Final = "给新生儿报户口，结婚证要带吗"
MATERIALS: Final = "给新生儿报户口要带哪些材料"
UNCLEAR: Final = "户口簿还要带吗"


def test_every_module_is_fetched_at_once(open_page: OpenPage) -> None:
    page = open_page()
    expect(page.locator("button.suggestion").first).to_be_visible()
    loaded, announced = page.evaluate(
        """() => [
          performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => name.endsWith('.js')),
          [...document.querySelectorAll('link[rel=modulepreload], script')].map((node) => node.href || node.src),
        ]"""
    )
    assert set(loaded) == set(announced)


def test_a_question_by_keyboard_is_answered_with_a_verdict_card(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    answer = chat.ask(BIRTH)
    card = answer.locator(".slip").first
    expect(card.get_by_role("heading")).to_contain_text("不用带")
    expect(card).to_have_attribute("data-verdict", "not_needed")
    expect(chat.questions).to_contain_text("已送达")


def test_the_law_is_folded_and_opens_by_keyboard(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    fold = chat.ask(BIRTH).locator("details").first
    expect(fold.locator("li").first).to_be_hidden()
    fold.locator("summary").focus()
    chat.page.keyboard.press("Enter")
    expect(fold.locator("li").first).to_be_visible()


def test_an_answer_from_sample_data_says_so(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    expect(chat.ask(BIRTH).get_by_text("示例数据，尚未经单位确认").first).to_be_visible()


def test_a_matter_is_answered_with_a_list_that_folds(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    groups = chat.ask(MATERIALS).locator(".group")
    expect(groups.first.locator(".material").first).to_be_visible()
    groups.first.locator("summary").click()
    expect(groups.first.locator(".material").first).to_be_hidden()


def test_a_choice_is_pressed_once_and_answered(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    chat.ask(UNCLEAR)
    label = chat.choices.first.locator(".choice__label").inner_text()
    chat.choices.first.focus()
    chat.page.keyboard.press("Enter")
    chat.await_answer(1)
    expect(chat.questions.last).to_contain_text(label)
    expect(chat.choices.first).to_be_disabled()
    expect(chat.choices.first).to_contain_text("已选")


def test_a_question_of_ours_stays_where_the_citizen_goes_on_without_choosing(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    asked = chat.ask("那个红本本还要带吗").locator(".choices__text")
    chat.ask(MATERIALS)
    expect(asked.first).to_be_visible()
    expect(chat.answers.first.locator(".choice").first).to_be_hidden()


def test_a_suggestion_starts_the_conversation(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    question = chat.suggestions.first.inner_text()
    chat.suggestions.first.click()
    chat.await_answer(0)
    expect(chat.questions).to_contain_text(question)
    expect(chat.suggestions.first).to_be_hidden()


def test_the_counter_still_asks_is_one_press_away(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    chat.ask(BIRTH).get_by_role("button", name="窗口还是要").click()
    chat.await_answer(1)
    expect(chat.questions.last).to_contain_text("窗口还是要")


def test_every_part_is_shown_and_none_as_markup(open_page: OpenPage) -> None:
    chat = ChatPage(open_page(prepare=answer_with(EVERY_PART)))
    answer = chat.ask("都给我看看")
    for verdict, word in VERDICTS.items():
        expect(answer.locator(f'.slip[data-verdict="{verdict}"] .slip__word')).to_have_text(word)
    expect(answer.locator(".slip__occasion").first).to_have_text("办“出生登记”")
    expect(answer.get_by_role("button", name="窗口还是要？")).to_be_visible()
    expect(answer).to_contain_text("目录条目 c0002、c0003、c0004 等 4 条")
    expect(answer).to_contain_text("<b>还不认得的一种</b>")
    expect(answer.get_by_role("link")).to_have_count(2)


def test_history_comes_back_after_a_reload(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    chat.ask(BIRTH)
    chat.reload()
    expect(chat.questions).to_have_count(1)
    expect(chat.answers).to_have_count(1)
    expect(chat.cards.first).to_be_visible()
    chat.ask("那户口簿呢")
    expect(chat.answers).to_have_count(2)


def test_a_new_conversation_starts_empty_and_stays_so(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    chat.ask(BIRTH)
    chat.press_menu("新对话")
    expect(chat.questions).to_have_count(0)
    expect(chat.field).to_be_focused()
    chat.page.reload()
    expect(chat.suggestions.first).to_be_visible()


def test_large_type_and_dark_colours_are_remembered(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    chat.press_menu("大字")
    chat.press_menu("深色")
    chat.page.reload()
    root = chat.page.locator("html")
    expect(root).to_have_attribute("data-text", "large")
    expect(root).to_have_attribute("data-theme", "dark")


def test_dark_colours_follow_the_system_until_chosen(open_page: OpenPage) -> None:
    page = open_page(theme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_large_type_shortens_the_answer(open_page: OpenPage) -> None:
    chat = ChatPage(open_page(prepare=answer_with(EVERY_PART)))
    chat.press_menu("大字")
    answer = chat.ask("都给我看看")
    expect(answer.get_by_text("看全部")).to_be_visible()
    expect(answer.locator(".material").first).to_be_hidden()
    expect(chat.cards.first.locator(".slip__facts")).to_be_hidden()
    expect(chat.cards.first.get_by_text("示例数据，尚未经单位确认")).to_be_visible()


def test_shift_enter_breaks_the_line_and_an_input_method_may_finish(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    chat.field.focus()
    chat.page.keyboard.insert_text("第一行")
    chat.page.keyboard.press("Shift+Enter")
    chat.page.keyboard.insert_text("第二行")
    chat.field.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True, "cancelable": True})
    expect(chat.field).to_have_value("第一行\n第二行")
    expect(chat.questions).to_have_count(0)


def test_without_a_socket_the_message_is_posted(open_page: OpenPage) -> None:
    chat = ChatPage(open_page(cuts_line=True, prepare=refuse_sockets))
    with chat.page.expect_request("**/chat/messages"):
        chat.ask(BIRTH)


def test_a_lost_answer_is_asked_for_again_without_doubling(open_page: OpenPage) -> None:
    lost: list[str] = []

    def lose_an_answer(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()  # The service has taken it; only the answer never arrives.
        route.abort()

    chat = ChatPage(open_page(cuts_line=True, prepare=refuse_sockets))
    chat.ask(BIRTH)
    chat.page.route("**/chat/messages", lose_an_answer)
    chat.type("那户口簿呢")
    chat.resend.click()
    chat.await_answer(1)
    chat.reload()
    expect(chat.answers).to_have_count(2)
    expect(chat.questions).to_have_count(2)


def test_an_answer_lost_before_a_reload_is_not_doubled(open_page: OpenPage) -> None:
    def lose_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    chat = ChatPage(open_page(cuts_line=True, prepare=refuse_sockets))
    chat.ask(BIRTH)
    chat.page.route("**/chat/messages", lose_answer)
    chat.type("那户口簿呢")
    expect(chat.resend).to_be_visible()
    chat.page.unroute("**/chat/messages")
    chat.reload()
    chat.resend.click()
    expect(chat.resend).to_be_hidden()
    expect(chat.questions).to_have_count(2)
    expect(chat.answers).to_have_count(2)


def test_words_that_could_not_be_sent_survive_a_reload(open_page: OpenPage) -> None:
    def prepare(page: Page) -> None:
        refuse_sockets(page)
        page.route("**/chat/messages", lambda route: route.abort())

    chat = ChatPage(open_page(cuts_line=True, prepare=prepare))
    chat.type(BIRTH)
    expect(chat.resend).to_be_visible()
    chat.page.reload()
    chat.page.unroute("**/chat/messages")
    expect(chat.questions).to_contain_text(BIRTH)
    chat.resend.click()
    chat.await_answer(0)
    expect(chat.questions).to_have_count(1)


def test_offline_is_said_and_the_message_goes_out_later(open_page: OpenPage) -> None:
    chat = ChatPage(open_page(cuts_line=True))
    chat.ask(BIRTH)
    chat.page.context.set_offline(True)
    expect(chat.page.get_by_text("现在没有网络")).to_be_visible()
    chat.type("那户口簿呢")
    expect(chat.resend).to_be_visible()
    chat.page.context.set_offline(False)
    expect(chat.page.get_by_text("现在没有网络")).to_be_hidden()
    chat.resend.click()
    chat.await_answer(1)
    chat.reload()
    expect(chat.questions).to_have_count(2)


def test_a_broken_socket_comes_back(open_page: OpenPage) -> None:
    sockets: list[WebSocketRoute] = []

    def join(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        socket.connect_to_server()

    chat = ChatPage(open_page(prepare=lambda page: page.route_web_socket("**/chat/ws", join)))
    chat.ask(BIRTH)
    sockets[0].close()
    for _ in range(50):
        if len(sockets) > 1:
            break
        chat.page.wait_for_timeout(100)
    assert len(sockets) == 2
    chat.ask("那户口簿呢")


def test_a_slow_answer_shows_that_somebody_is_looking(open_page: OpenPage) -> None:
    def answer_late(route: Route) -> None:
        expect(chat.page.locator("#typing")).to_be_visible()
        route.continue_()

    chat = ChatPage(open_page(prepare=refuse_sockets, cuts_line=True))
    chat.page.route("**/chat/messages", answer_late)
    chat.ask(BIRTH)
    expect(chat.page.locator("#typing")).to_be_hidden()


def test_a_refused_token_is_renewed_and_the_talk_starts_over(open_page: OpenPage) -> None:
    chat = ChatPage(open_page(cuts_line=True))
    chat.ask(BIRTH)
    chat.page.evaluate("() => localStorage.setItem('mianzheng.token', 'forged')")
    chat.reload()
    expect(chat.page.get_by_text("以前的对话已经过期")).to_be_visible()
    chat.ask(BIRTH)


def test_words_that_are_too_long_are_given_back(open_page: OpenPage) -> None:
    chat = ChatPage(open_page(cuts_line=True))
    chat.type("长" * 20_000)
    chat.page.get_by_role("button", name="没发出去，点这里改一改").click()
    expect(chat.questions).to_have_count(0)
    expect(chat.field).to_be_focused()
    expect(chat.field).to_have_value("长" * 20_000)


def test_forgetting_leaves_nothing_on_the_device(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    chat.ask(BIRTH)
    chat.press_menu("关于和隐私")
    chat.page.get_by_role("button", name="清除这台设备上的记录").click()
    expect(chat.questions).to_have_count(0)
    assert chat.page.evaluate("() => localStorage.getItem('mianzheng.conversation')") is None
