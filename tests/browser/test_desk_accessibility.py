"""What WCAG 2.2 AA asks of the desk."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk_page import DeskPage
from tests.browser.measures import (
    find_low_contrast,
    find_nameless,
    find_small_targets,
    list_heading_levels,
    measure_overflow,
)

pytestmark = pytest.mark.browser

SitDown = Callable[..., DeskPage]
SIZES: Final = [(320, 640), (375, 812), (1280, 800), (1440, 900)]
# One verdict with its list, several verdicts, a question back, a list alone, and words alone.
QUESTIONS: Final = [
    "申请公租房要无房证明吗",
    "公租房要户口本和结婚证吗",
    "身份证要带吗",
    "公租房申请要哪些材料",
    "你好",
]
_LEAST_TARGET: Final = 24
_FOCUSED: Final = """() => {
  const node = document.activeElement;
  const seen = node.matches('.switch__input') ? node.nextElementSibling : node;
  const box = seen.getBoundingClientRect();
  const outline = parseFloat(getComputedStyle(seen).outlineWidth);
  return [node.id || node.name || node.className, outline, box.width > 0 && box.height > 0];
}"""


@pytest.fixture(params=["light", "dark"])
def themed(request: pytest.FixtureRequest, sit_down: SitDown) -> DeskPage:
    """The desk in both colour schemes."""
    return sit_down(theme=request.param)


def test_all_text_has_enough_contrast(themed: DeskPage) -> None:
    assert find_low_contrast(themed.page) == []
    themed.press("Alt+p", "Alt+o")
    for question in QUESTIONS:
        themed.ask(question)
        assert find_low_contrast(themed.page) == [], question


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_gate_has_enough_contrast(open_page: Callable[..., Page], theme: str) -> None:
    desk = DeskPage(open_page(path="/desk", theme=theme))
    desk.press("Enter")
    expect(desk.problem).not_to_be_empty()
    assert find_low_contrast(desk.page) == []
    assert find_nameless(desk.page) == []


@pytest.mark.parametrize("size", SIZES)
def test_nothing_runs_out_of_the_page_sideways(sit_down: SitDown, size: tuple[int, int]) -> None:
    desk = sit_down(size=size)
    assert measure_overflow(desk.page) == 0
    for question in QUESTIONS:
        desk.ask(question)
        assert measure_overflow(desk.page) == 0, question
        assert find_small_targets(desk.page, _LEAST_TARGET) == [], question


def test_everything_one_can_use_has_a_name(sit_down: SitDown) -> None:
    desk = sit_down()
    for question in QUESTIONS:
        desk.ask(question)
        assert find_nameless(desk.page) == [], question


def test_headings_do_not_skip_a_level(sit_down: SitDown) -> None:
    desk = sit_down()
    for question in QUESTIONS:
        desk.ask(question)
        levels = list_heading_levels(desk.page)
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), (question, levels)


def test_the_keyboard_reaches_everything_with_visible_focus_and_comes_round(sit_down: SitDown) -> None:
    desk = sit_down()
    desk.ask("公租房要户口本和结婚证吗")
    seen = []
    for _ in range(120):
        desk.press("Tab")
        name, outline, is_there = desk.page.evaluate(_FOCUSED)
        if name == "":
            continue
        assert outline >= 2, name
        assert is_there, name
        seen.append(name)
        if name == "question":
            break
    places = " ".join(seen)
    for place in ("person", "issued", "say__copy", "row__name", "trace__toggle", "past", "skip-link", "bar__button"):
        assert place in places, place
    assert seen[-1] == "question"


def test_a_choice_by_tab_and_enter_hands_the_focus_to_the_box(sit_down: SitDown) -> None:
    desk = sit_down()
    desk.ask("身份证要带吗")
    desk.choices.first.focus()
    desk.press("Enter")
    expect(desk.slips).to_have_count(1)
    expect(desk.box).to_be_focused()


def test_switches_work_with_arrow_keys_and_keep_the_focus(sit_down: SitDown) -> None:
    desk = sit_down()
    desk.ask("申请公租房要身份证吗")
    desk.switch("谁来办", "没说").focus()
    desk.press("ArrowRight", "ArrowRight")
    expect(desk.switch("谁来办", "代理人")).to_be_focused()
    expect(desk.slips.first).to_have_attribute("data-verdict", "needed")


def test_changes_are_announced(sit_down: SitDown) -> None:
    desk = sit_down()
    expect(desk.announcer).to_have_attribute("aria-live", "polite")
    desk.ask("身份证要带吗")
    expect(desk.announcer).to_contain_text("您要办哪一件")
    desk.ask("申请公租房要身份证吗")
    expect(desk.announcer).to_contain_text("居民身份证：不用带")


def test_larger_type_of_the_reader_is_respected(sit_down: SitDown) -> None:
    desk = sit_down()
    desk.page.evaluate("() => localStorage.setItem('mianzheng.text', 'large')")
    desk.page.reload()
    desk.ask("申请公租房要无房证明吗")
    size = desk.say.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)")
    assert size == 30
    assert measure_overflow(desk.page) == 0


def test_nothing_moves_for_those_who_asked_for_stillness(sit_down: SitDown) -> None:
    desk = sit_down()
    desk.page.emulate_media(reduced_motion="reduce")
    busy = desk.page.locator(".query__busy")
    duration = busy.evaluate("(node) => getComputedStyle(node).transitionDuration")
    assert float(duration.rstrip("s")) < 0.001
