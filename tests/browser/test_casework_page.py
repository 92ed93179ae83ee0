"""Complaints at work in a real browser: list, moves, secrets, and a complaint taken for a caller."""

import json
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.casework_page import CaseworkPage
from tests.browser.conftest import DESK, Account, make_account, make_environ, run_service
from tests.browser.measures import (
    find_low_contrast,
    find_nameless,
    find_small_targets,
    list_heading_levels,
    measure_overflow,
)

pytestmark = pytest.mark.browser

PASSWORD: Final = "keep-the-files-in-order-3"
PHONE: Final = "13900001234"
STORY: Final = f"昨天在高桥镇办低保，窗口非要我开收入证明，电话{PHONE}"
UNIT: Final = "高桥镇"
_LEAST_TARGET: Final = 24
_FOCUSED: Final = """() => {
  const node = document.activeElement;
  const box = node.getBoundingClientRect();
  return [node.className || node.id, parseFloat(getComputedStyle(node).outlineWidth), box.width > 0 && box.height > 0];
}"""
Sit = Callable[..., CaseworkPage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who works at the service."""

    url: str
    supervisor: Account
    operator: Account
    handler: Account

    def file(self, **given: Any) -> str:
        """A complaint that the operator has taken; its number."""
        told = {"story": STORY, "unit_id": "t-gaoqiao", "matter_id": "mz-dibao", "certificate_ids": ["income"]}
        contact = {"name": "陈桂香", "phone": PHONE, "protection": "hidden", "declines_join": True}
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.operator['token']}"}
        body = json.dumps(told | contact | given).encode()
        request = urllib.request.Request(f"{self.url}/api/v1/desk/complaints", body, headers)
        with urllib.request.urlopen(request, timeout=10) as response:
            number: str = json.load(response)["number"]
        return number


# A service of its own without the sandbox: nobody but the people of the test moves complaints here.
@pytest.fixture(scope="module")
def service_environ(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return make_environ(tmp_path_factory.mktemp("casework"), MIANZHENG_SANDBOX="0")


@pytest.fixture(scope="module")
def service_url(chromium: str, service_environ: Mapping[str, str]) -> Iterator[str]:
    with run_service(service_environ) as url:
        yield url


@pytest.fixture(scope="module")
def team(service_url: str, service_environ: Mapping[str, str]) -> Team:
    def hire(login: str, *given: str) -> Account:
        return make_account(service_url, service_environ, login, PASSWORD, *given)

    return Team(
        url=service_url,
        supervisor=hire("duban", "--role", "supervisor", "--name", "周督办"),
        operator=hire("huawu", "--role", "operator", "--name", "王芳"),
        handler=hire("banli", "--role", "handler", "--name", "李办理", "--unit", "t-gaoqiao"),
    )


@pytest.fixture
def sit(open_page: Callable[..., Page]) -> Sit:
    """Opens the page of complaints as somebody."""

    def sit(account: Account, **options: Any) -> CaseworkPage:
        work = CaseworkPage(open_page(**{"size": DESK, "path": "/desk/complaints", **options}))
        work.resume(account)
        return work

    return sit


def test_a_supervisor_signs_in_and_finds_what_waits(open_page: Callable[..., Page], team: Team) -> None:
    number = team.file()
    work = CaseworkPage(open_page(size=DESK, path="/desk/complaints"))
    work.page.get_by_label("账号").fill("duban")
    work.page.get_by_label("密码").fill(PASSWORD)
    work.page.keyboard.press("Enter")
    expect(work.page.get_by_role("button", name="在办", exact=True)).to_have_attribute("aria-pressed", "true")
    row = work.page.locator(f"[data-number='{number}']")
    for words in ("最低生活保障认定", "已登记", UNIT, "对单位保密"):
        expect(row).to_contain_text(words)
    work.filter("督办")
    expect(row).to_have_count(0)
    expect(work.page.locator("#announcer")).to_have_text("没有符合的工单")
    work.filter("待受理")
    expect(row).to_have_count(1)


def test_an_open_complaint_tells_story_judgement_and_history(sit: Sit, team: Team) -> None:
    number = team.file()
    work = sit(team.supervisor)
    work.open(number)
    expect(work.page.locator(f"[data-number='{number}']")).to_have_attribute("aria-current", "true")
    expect(work.page.locator(".story")).to_contain_text("窗口非要我开收入证明")
    expect(work.page.locator(".judgement--breach")).to_contain_text("第二十条第五项")
    expect(work.timeline).to_have_count(1)
    work.page.reload()
    expect(work.page.locator(".case__line")).to_contain_text(number)


def test_a_complaint_goes_from_hand_to_hand_to_its_end(sit: Sit, team: Team) -> None:
    number = team.file()
    operator = sit(team.operator)
    operator.open(number)
    operator.move("受理", "已受理")
    operator.move("派单", "已派单", 办理单位=UNIT)

    handler = sit(team.handler)
    handler.open(number)
    handler.move("开始办理", "办理中")
    handler.move("答复", "已答复", text="已经退回收入证明，并向您致歉", 办理结果="已解决")

    operator.page.reload()
    operator.move("办结", "已办结")
    expect(operator.timeline.filter(has_text="已经退回收入证明")).to_have_count(1)
    expect(operator.page.locator("#announcer")).not_to_be_empty()


def test_a_move_asks_for_what_it_needs_and_can_be_left(sit: Sit, team: Team) -> None:
    number = team.file()
    work = sit(team.supervisor)
    work.open(number)
    refuse = work.case.get_by_role("button", name="不予受理", exact=True)
    refuse.click()
    expect(work.case.locator("textarea")).to_be_focused()
    work.case.get_by_role("button", name="确定不予受理").click()
    expect(work.state).to_have_text("已登记")
    work.case.get_by_role("button", name="先不").click()
    expect(refuse).to_be_focused()


def test_who_comes_too_late_with_a_move_is_told_and_sees_how_it_stands(sit: Sit, team: Team) -> None:
    number = team.file()
    late, early = sit(team.operator, cuts_line=True), sit(team.supervisor)
    late.open(number)
    early.open(number)
    early.move("受理", "已受理")
    late.case.get_by_role("button", name="不予受理", exact=True).click()
    late.case.locator("textarea").fill("不归本平台办")
    late.case.get_by_role("button", name="确定不予受理").click()
    expect(late.state).to_have_text("已受理")
    expect(late.notice).to_be_visible()
    expect(late.case.locator("textarea")).to_have_value("不归本平台办")
    late.case.get_by_role("button", name="确定不予受理").click()
    expect(late.timeline.filter(has_text="不归本平台办")).to_have_count(1)
    expect(late.notice).to_be_hidden()


def test_a_phone_is_shown_to_who_says_why(sit: Sit, team: Team) -> None:
    number = team.file()
    work = sit(team.operator)
    work.open(number)
    assert PHONE not in work.page.locator(".facts").inner_text()
    row = work.page.locator(".secret").filter(has_text="139")
    row.get_by_role("button", name="显示").click()
    reason = row.get_by_label("为什么要看电话")
    expect(reason).to_be_focused()
    reason.fill("回访来电人")
    work.page.keyboard.press("Enter")
    expect(row).to_contain_text(PHONE)


def test_a_complaint_is_taken_for_a_caller(sit: Sit, team: Team) -> None:
    team.file()
    work = sit(team.operator)
    work.page.get_by_role("button", name="代来电人登记").click()
    story = work.caller.get_by_label("来电人怎么说")
    expect(story).to_be_focused()
    story.fill(STORY)
    expect(work.caller.get_by_label("单位", exact=True)).to_have_value("t-gaoqiao")
    expect(work.caller.get_by_label("办什么事")).to_have_value("mz-dibao")
    expect(work.caller.get_by_label("要的证明")).to_have_value("income")
    expect(work.caller.get_by_label("电话")).to_have_value(PHONE)
    expect(work.caller.get_by_role("status")).to_contain_text("第二十条第五项")
    assert find_low_contrast(work.page) == []
    work.caller.get_by_role("button", name="登记", exact=True).click()
    expect(work.caller.get_by_role("alert")).to_contain_text("要并在一起办吗")
    work.caller.get_by_role("button", name="单独登记").click()
    expect(work.caller).to_be_hidden()
    expect(work.page.locator(".facts")).to_contain_text("来电")
    expect(work.state).to_have_text("已登记")


def test_what_is_missing_is_said_in_the_form_and_escape_leaves_it(sit: Sit, team: Team) -> None:
    work = sit(team.operator, cuts_line=True)
    take = work.page.get_by_role("button", name="代来电人登记")
    take.click()
    work.caller.get_by_label("来电人怎么说").fill("他们态度不好")
    work.caller.get_by_role("button", name="登记", exact=True).click()
    expect(work.caller.get_by_role("alert")).to_contain_text("请说是哪个单位")
    work.page.keyboard.press("Escape")
    expect(work.caller).to_be_hidden()
    expect(take).to_be_focused()


def test_handlers_see_their_own_work_and_take_no_calls(sit: Sit, team: Team) -> None:
    number = team.file()
    work = sit(team.handler)
    expect(work.page.get_by_role("button", name="代来电人登记")).to_be_hidden()
    expect(work.page.locator(f"[data-number='{number}']")).to_have_count(0)


def test_on_a_phone_list_and_complaint_take_turns(sit: Sit, team: Team) -> None:
    number = team.file()
    work = sit(team.supervisor, size=(375, 812))
    work.open(number)
    expect(work.rows.first).to_be_hidden()
    work.page.get_by_role("button", name="回到列表").click()
    expect(work.rows.first).to_be_visible()
    expect(work.case).to_be_hidden()
    expect(work.page.locator(f"[data-number='{number}']")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(320, 640), (375, 812), (1280, 800)])
def test_the_page_is_accessible(sit: Sit, team: Team, size: tuple[int, int], theme: str) -> None:
    number = team.file()
    work = sit(team.supervisor, size=size, theme=theme)
    expect(work.rows.first).to_be_visible()
    _check(work.page)
    work.open(number)
    work.case.get_by_role("button", name="受理", exact=True).click()
    _check(work.page)


def _check(page: Page) -> None:
    assert find_low_contrast(page) == []
    assert find_nameless(page) == []
    assert find_small_targets(page, _LEAST_TARGET) == []
    assert measure_overflow(page) == 0
    levels = list_heading_levels(page)
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def test_the_keyboard_reaches_everything_with_visible_focus(sit: Sit, team: Team) -> None:
    number = team.file()
    work = sit(team.supervisor)
    work.open(number)
    seen = []
    for _ in range(60):
        work.page.keyboard.press("Tab")
        name, outline, is_there = work.page.evaluate(_FOCUSED)
        if not name:
            continue
        assert outline >= 2, name
        assert is_there, name
        seen.append(name)
    places = " ".join(seen)
    for place in ("skip-link", "bar__button", "nav__link", "list__take", "filter", "row", "secret__button", "button"):
        assert place in places, place
