"""What WCAG 2.2 AA asks of the chat page, as far as a program can measure it."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat_page import EVERY_PART, ChatPage, answer_with

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
SIZES: Final = [(320, 640), (375, 812), (1280, 800)]

# Every visible text with its contrast against the nearest opaque background behind it (WCAG 2.2, relative luminance).
_LOW_CONTRAST: Final = """() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility({ visibilityProperty: true })) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(behind(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${walker.currentNode.data.trim().slice(0, 20)}`);
  }
  return found;
}"""
_SMALL_TARGETS: Final = """(least) => [...document.querySelectorAll('button, .button, .menu__item, summary, textarea')]
  .filter((node) => node.checkVisibility())
  .map((node) => [node.getBoundingClientRect(), node.textContent.trim() || node.id])
  .filter(([box]) => box.height < least || box.width < least)
  .map(([box, name]) => `${name}: ${box.width} x ${box.height}`)"""
_NAMELESS: Final = """() => [...document.querySelectorAll('button, a, summary, textarea, dialog, nav, [role]')]
  .filter((node) => node.checkVisibility())
  .filter((node) => !(node.getAttribute('aria-label') || node.textContent.trim() || node.labels?.length))
  .filter((node) => !['status', 'log'].includes(node.getAttribute('role')))
  .map((node) => node.outerHTML.slice(0, 80))"""


@pytest.fixture(params=["light", "dark"])
def full_page(request: pytest.FixtureRequest, open_page: OpenPage) -> ChatPage:
    """A conversation with every kind of part in it, in both colour schemes."""
    chat = ChatPage(open_page(theme=request.param, prepare=answer_with(EVERY_PART)))
    _open_everything(chat)
    return chat


def test_all_text_has_enough_contrast(full_page: ChatPage) -> None:
    assert full_page.page.evaluate(_LOW_CONTRAST) == []


def test_text_of_the_open_menu_and_dialog_has_enough_contrast(full_page: ChatPage) -> None:
    full_page.press_menu("关于和隐私")
    expect(full_page.page.get_by_role("dialog")).to_be_visible()
    assert full_page.page.evaluate(_LOW_CONTRAST) == []


def test_an_empty_page_has_enough_contrast(open_page: OpenPage) -> None:
    for theme in ("light", "dark"):
        chat = ChatPage(open_page(theme=theme))
        expect(chat.suggestions.first).to_be_visible()
        assert chat.page.evaluate(_LOW_CONTRAST) == []


@pytest.mark.parametrize(("text", "least"), [("normal", 44), ("large", 60)])
def test_targets_are_big_enough(open_page: OpenPage, text: str, least: int) -> None:
    chat = ChatPage(open_page(prepare=answer_with(EVERY_PART)))
    if text == "large":
        chat.press_menu("大字")
    _open_everything(chat)
    chat.page.get_by_role("button", name="菜单", exact=True).click()
    assert chat.page.evaluate(_SMALL_TARGETS, least) == []


def test_large_type_is_at_least_22_pixels(open_page: OpenPage) -> None:
    chat = ChatPage(open_page(prepare=answer_with(EVERY_PART)))
    size = "(node) => parseFloat(getComputedStyle(node).fontSize)"
    answer = chat.ask("都给我看看")
    assert answer.locator(".slip__action").first.evaluate(size) == 18
    chat.press_menu("大字")
    assert chat.answers.locator(".slip__action").first.evaluate(size) >= 22
    assert chat.answers.locator(".sample").first.evaluate(size) >= 22


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text", ["normal", "large"])
def test_nothing_runs_out_of_the_page_sideways(open_page: OpenPage, size: tuple[int, int], text: str) -> None:
    chat = ChatPage(open_page(size=size, prepare=answer_with(EVERY_PART)))
    if text == "large":
        chat.page.evaluate("() => localStorage.setItem('mianzheng.text', 'large')")
        chat.page.reload()
    _open_everything(chat)
    overflow: dict[str, Any] = chat.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('body, #scroller, .masthead')]
          .map((node) => [node.className || node.tagName, node.scrollWidth - node.clientWidth]))"""
    )
    assert set(overflow.values()) == {0}, overflow


def test_everything_one_can_press_has_a_name(full_page: ChatPage) -> None:
    assert full_page.page.evaluate(_NAMELESS) == []
    assert full_page.page.locator("#log").get_attribute("aria-live") == "polite"
    assert full_page.page.locator("html").get_attribute("lang") == "zh-CN"


def test_headings_do_not_skip_a_level(full_page: ChatPage) -> None:
    levels: list[int] = full_page.page.evaluate(
        """() => [...document.querySelectorAll('h1, h2, h3, h4')]
          .filter((heading) => heading.checkVisibility())
          .map((heading) => Number(heading.tagName[1]))"""
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_skip_link_leads_to_the_input(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    chat.page.keyboard.press("Tab")
    expect(chat.page.get_by_role("link", name="跳到输入框")).to_be_focused()
    chat.page.keyboard.press("Enter")
    expect(chat.field).to_be_focused()


def test_the_keyboard_reaches_everything_and_leaves_again(full_page: ChatPage) -> None:
    names = "() => document.activeElement.id || document.activeElement.textContent.trim()"
    full_page.field.focus()
    seen = []
    for _ in range(80):
        full_page.page.keyboard.press("Tab")
        seen.append(full_page.page.evaluate(names))
        if seen.count("question") == 1:
            break
    assert {"scroller", "menu-opener", "发送", "question"} <= set(seen)


def test_escape_closes_menu_and_dialog_and_gives_the_focus_back(open_page: OpenPage) -> None:
    chat = ChatPage(open_page())
    opener = chat.page.get_by_role("button", name="菜单", exact=True)
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    chat.page.keyboard.press("Escape")
    expect(opener).to_have_attribute("aria-expanded", "false")
    expect(opener).to_be_focused()
    chat.press_menu("关于和隐私")
    chat.page.keyboard.press("Escape")
    expect(chat.page.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()


def test_focus_is_visible(open_page: OpenPage) -> None:
    page = open_page()
    for _ in range(3):
        page.keyboard.press("Tab")
        width = page.evaluate("() => parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2


def test_the_focus_stays_near_after_a_choice(open_page: OpenPage) -> None:
    chat = ChatPage(open_page(prepare=answer_with(EVERY_PART)))
    chat.ask("都给我看看")
    chat.choices.first.focus()
    chat.page.keyboard.press("Enter")
    chat.await_answer(1)
    expect(chat.questions.last).to_be_focused()


def test_nothing_moves_for_those_who_asked_for_stillness(open_page: OpenPage) -> None:
    page = open_page()
    page.emulate_media(reduced_motion="reduce")
    duration = page.locator(".typing__wave i").first.evaluate("(node) => getComputedStyle(node).animationDuration")
    assert float(duration.rstrip("s")) < 0.001


def _open_everything(chat: ChatPage) -> None:
    chat.ask("都给我看看")
    chat.page.evaluate("() => document.querySelectorAll('details').forEach((node) => { node.open = true; })")
