"""The desk in a real browser: signing in, answering while a caller speaks, and leaving nothing behind."""

import re
from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.desk_page import NAME, DeskPage

pytestmark = pytest.mark.browser

Account = dict[str, str]
OpenPage = Callable[..., Page]
SitDown = Callable[..., DeskPage]
DESK: Final = (1280, 800)
NEEDED_NOT: Final = "申请公租房要无房证明吗"
IDENTITY: Final = "申请公租房要身份证吗"
UNCLEAR: Final = "身份证要带吗"
SEARCH: Final = "**/api/v1/desk/search*"


@pytest.fixture
def desk(sit_down: SitDown) -> DeskPage:
    """The desk on an operator's screen."""
    return sit_down()


def test_a_wrong_password_is_told_in_chinese_and_lets_nobody_in(open_page: OpenPage, operator: Account) -> None:
    desk = DeskPage(open_page(size=DESK, path="/desk", cuts_line=True))
    desk.sign_in(password="not-the-password-1")
    expect(desk.problem).to_have_text("账号或者密码不对，请再输一遍。")
    expect(desk.password).to_be_focused()
    expect(desk.password).to_have_attribute("aria-invalid", "true")
    expect(desk.box).to_be_hidden()
    assert _stored(desk.page) == {}


def test_an_empty_form_says_what_is_missing(open_page: OpenPage) -> None:
    desk = DeskPage(open_page(size=DESK, path="/desk"))
    expect(desk.login).to_be_focused()
    desk.press("Enter")
    expect(desk.problem).to_have_text("请输入账号。")
    desk.login.fill("somebody")
    desk.press("Enter")
    expect(desk.problem).to_have_text("请输入密码。")


def test_signing_in_leads_to_the_search_box(open_page: OpenPage, operator: Account) -> None:
    desk = DeskPage(open_page(size=DESK, path="/desk"))
    desk.enter()
    expect(desk.page.locator("#account")).to_contain_text(NAME)
    expect(desk.box).to_be_focused()
    assert list(_stored(desk.page)) == ["mianzheng.desk"]
    assert desk.page.evaluate("() => Object.keys(localStorage)") == []


def test_a_reload_keeps_the_operator_signed_in(desk: DeskPage) -> None:
    desk.page.reload()
    expect(desk.box).to_be_focused()


def test_a_search_shows_words_to_say_and_the_verdict_with_its_grounds(desk: DeskPage) -> None:
    desk.ask(NEEDED_NOT)
    slip = desk.slips.first
    expect(desk.say).to_contain_text("不")
    expect(slip).to_have_attribute("data-verdict", "not_needed")
    expect(slip.get_by_role("heading", level=3)).to_contain_text("不用带")
    expect(slip.locator(".ruling__measure")).to_contain_text("共享")
    expect(slip.locator(".ruling__action")).not_to_be_empty()
    expect(slip.locator(".slip__basis")).to_contain_text("第九条第四项")
    expect(slip.locator(".ruling__foot")).to_contain_text("c0450")
    expect(slip.locator(".ruling__foot")).to_contain_text("目录版本")
    expect(desk.announcer).to_contain_text("不用带")
    expect(desk.box).to_be_focused()


def test_the_trace_shows_what_was_read_and_how_sure_the_engine_is(desk: DeskPage) -> None:
    desk.ask(NEEDED_NOT)
    expect(desk.trace.locator(".normalised")).to_contain_text("公租房")
    expect(desk.trace.locator("mark").first).to_be_visible()
    for heading in ("谁说了算", "有多大把握", "意图候选", "事项候选", "证明候选"):
        expect(desk.trace.get_by_role("heading", name=heading)).to_be_visible()
    expect(desk.trace).to_contain_text("公共租赁住房保障申请")
    expect(desk.trace).to_contain_text("到这里直接答")
    expect(desk.trace.locator(".decided")).to_contain_text(re.compile("模型判断：意图|事项和证明都说了，按问证明算"))


def test_the_trace_tells_rules_and_odds_in_chinese(desk: DeskPage) -> None:
    desk.ask("替我妈办公租房审请要带什么")
    expect(desk.trace.locator(".decided")).to_contain_text("整句看：替别人办")
    expect(desk.trace.locator(".decided")).not_to_contain_text(":")
    expect(desk.trace).to_contain_text("代理人")
    expect(desk.trace).to_contain_text("是第二名的几倍算遥遥领先")


def test_the_trace_folds_and_stays_folded(desk: DeskPage) -> None:
    desk.press("Alt+g")
    expect(desk.trace).to_be_hidden()
    desk.page.reload()
    expect(desk.page.get_by_role("button", name="判断过程")).to_have_attribute("aria-expanded", "false")


def test_the_agent_switch_changes_the_verdict(desk: DeskPage) -> None:
    desk.ask(IDENTITY)
    expect(desk.slips.first).to_have_attribute("data-verdict", "not_needed")
    desk.press("Alt+p", "Alt+p")
    expect(desk.switch("谁来办", "代理人")).to_be_checked()
    expect(desk.slips.first).to_have_attribute("data-verdict", "needed")
    expect(desk.slips.first).to_contain_text("第十二条")
    expect(desk.page.locator(".say__grounds")).to_contain_text("按代理人")
    expect(desk.box).to_be_focused()


def test_where_it_was_issued_changes_the_verdict(desk: DeskPage) -> None:
    desk.ask(NEEDED_NOT)
    desk.switch("哪里开的", "外地").click()
    expect(desk.slips.first).to_have_attribute("data-verdict", "depends")
    expect(desk.box).to_be_focused()


def test_a_digit_after_enter_chooses(desk: DeskPage) -> None:
    desk.ask(UNCLEAR)
    expect(desk.page.locator(".choices--asked")).to_be_visible()
    label = desk.choices.first.locator(".choice__label").inner_text()
    desk.press("Enter", "1")
    expect(desk.slips.first).to_contain_text(label)
    expect(desk.choices.first).to_have_attribute("aria-pressed", "true")
    expect(desk.box).to_have_value(UNCLEAR)


def test_alt_and_a_digit_choose_while_typing_and_again_take_it_back(desk: DeskPage) -> None:
    desk.ask(UNCLEAR)
    desk.press("End", "Alt+1")
    expect(desk.slips).to_have_count(1)
    desk.press("Alt+1")
    expect(desk.slips).to_have_count(0)
    expect(desk.page.locator(".choices--asked")).to_be_visible()


def test_digits_in_a_sentence_are_digits(desk: DeskPage) -> None:
    desk.ask(UNCLEAR)
    desk.press("End", "1")
    expect(desk.box).to_have_value(f"{UNCLEAR}1")


def test_single_keys_can_be_switched_off(desk: DeskPage) -> None:
    desk.page.get_by_role("button", name="不配 Ctrl、Alt 的按键").click()
    desk.ask(UNCLEAR)
    desk.press("Enter", "1")
    expect(desk.box).to_have_value("1")


def test_new_words_forget_the_choice(desk: DeskPage) -> None:
    desk.ask(UNCLEAR)
    desk.press("Enter", "1")
    expect(desk.slips).to_have_count(1)
    with desk.page.expect_request(SEARCH) as request:
        desk.box.fill("结婚证还要带吗")
    assert "matter=" not in request.value.url


def test_the_matters_whole_list_answers_for_any_of_its_certificates(desk: DeskPage) -> None:
    desk.ask(NEEDED_NOT)
    expect(desk.page.locator(".row--current")).to_contain_text("不动产登记信息查询证明")
    desk.page.get_by_role("button", name="结婚证").click()
    expect(desk.slips.first).to_contain_text("结婚证")
    expect(desk.page.locator(".row--current")).to_contain_text("结婚证")
    expect(desk.box).to_be_focused()


def test_keys_lead_back_to_the_box_and_escape_clears_for_the_next_caller(desk: DeskPage) -> None:
    desk.ask(IDENTITY)
    desk.press("Alt+p")
    desk.page.get_by_role("button", name="退出").focus()
    desk.press("/")
    expect(desk.box).to_be_focused()
    desk.page.get_by_role("button", name="退出").focus()
    desk.press("Control+k")
    expect(desk.box).to_be_focused()
    desk.press("Escape")
    expect(desk.box).to_have_value("")
    expect(desk.switch("谁来办", "没说")).to_be_checked()
    expect(desk.slips).to_have_count(0)
    expect(desk.page.get_by_role("heading", name="听来电人说")).to_be_visible()


def test_the_words_are_copied_by_key(desk: DeskPage) -> None:
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.ask(NEEDED_NOT)
    desk.press("Alt+c")
    expect(desk.page.get_by_text("已复制")).to_be_visible()
    copied: str = desk.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.split() == desk.say.inner_text().split()


def test_a_slow_old_answer_never_replaces_a_newer_one(desk: DeskPage) -> None:
    held: list[Route] = []
    desk.ask(NEEDED_NOT)
    desk.page.route(SEARCH, lambda route: held.append(route))
    with desk.page.expect_request(SEARCH):
        desk.box.fill(UNCLEAR)
    expect(desk.slips.first).to_contain_text("不动产登记信息查询证明")
    desk.page.unroute(SEARCH)
    desk.ask(IDENTITY)
    expect(desk.slips.first).to_contain_text("居民身份证")
    assert len(held) == 1


def test_typing_asks_once_after_a_pause(desk: DeskPage) -> None:
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url) if "/desk/search" in request.url else None)
    desk.box.press_sequentially("申请公租房要身份证吗", delay=20)
    expect(desk.slips.first).to_be_visible()
    assert len(asked) == 1


def test_an_outage_keeps_the_last_answer_and_offers_to_try_again(sit_down: SitDown) -> None:
    desk = sit_down(cuts_line=True)
    desk.ask(NEEDED_NOT)
    desk.page.route(SEARCH, lambda route: route.abort())
    desk.box.fill(IDENTITY)
    expect(desk.notice).to_contain_text("网络不通")
    expect(desk.slips.first).to_contain_text("不动产登记信息查询证明")
    desk.page.unroute(SEARCH)
    desk.page.get_by_role("button", name="再试一次").click()
    expect(desk.slips.first).to_contain_text("居民身份证")
    expect(desk.notice).to_be_hidden()


def test_signing_out_forbids_and_leaves_nothing(desk: DeskPage) -> None:
    desk.ask(NEEDED_NOT)
    desk.page.get_by_role("button", name="退出").click()
    expect(desk.login).to_be_focused()
    expect(desk.box).to_be_hidden()
    assert _stored(desk.page) == {}
    assert NEEDED_NOT not in desk.page.content()
    assert "不动产登记信息查询证明" not in desk.page.content()
    assert desk.page.request.get("/api/v1/desk/search", params={"q": "身份证"}).status == 401
    desk.page.reload()
    expect(desk.login).to_be_focused()
    desk.enter()
    expect(desk.past).to_have_count(0)


def test_an_ended_session_asks_to_sign_in_and_answers_the_question_then(sit_down: SitDown) -> None:
    desk = sit_down(cuts_line=True)
    desk.page.evaluate(
        """() => {
          const kept = JSON.parse(sessionStorage.getItem('mianzheng.desk'));
          sessionStorage.setItem('mianzheng.desk', JSON.stringify({ ...kept, token: 'forged' }));
        }"""
    )
    desk.page.reload()
    desk.box.fill(NEEDED_NOT)
    expect(desk.problem).to_have_text("登录已到期，请再登录一次。您的问题还在。")
    desk.enter()
    expect(desk.slips.first).to_have_attribute("data-verdict", "not_needed")
    expect(desk.box).to_have_value(NEEDED_NOT)


def test_a_session_about_to_end_warns_in_time(desk: DeskPage) -> None:
    desk.page.evaluate(
        """() => {
          const kept = JSON.parse(sessionStorage.getItem('mianzheng.desk'));
          const end = new Date(Date.now() + 301_000).toISOString();
          sessionStorage.setItem('mianzheng.desk', JSON.stringify({ ...kept, expires_at: end }));
        }"""
    )
    desk.page.reload()
    expect(desk.notice).to_contain_text("登录快到期了")
    desk.ask(NEEDED_NOT)
    expect(desk.notice).to_be_visible()


def test_the_history_holds_the_last_twenty_in_memory_only(desk: DeskPage) -> None:
    desk.page.route(SEARCH, lambda route: route.fulfill(json=_outcome(say="好")))
    for number in range(22):
        desk.ask(f"{chr(ord('甲') + number)}问")
    expect(desk.past).to_have_count(20)
    kept = desk.page.evaluate("() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    assert "问" not in kept
    newest = desk.box.input_value()
    desk.press("ArrowUp")
    expect(desk.box).not_to_have_value(newest)
    desk.press("ArrowDown")
    expect(desk.box).to_have_value(newest)
    desk.page.reload()
    expect(desk.past).to_have_count(0)


def test_words_still_being_typed_take_one_line_of_history(desk: DeskPage) -> None:
    for text in ("申请公租房", "申请公租房要身份证", IDENTITY):
        desk.ask(text)
    expect(desk.past).to_have_count(1)
    expect(desk.past).to_contain_text(IDENTITY)


def test_nothing_that_arrives_is_taken_for_markup(desk: DeskPage) -> None:
    evil = "<img src=x onerror=alert(1)><b>粗</b>"
    desk.page.route(SEARCH, lambda route: route.fulfill(json=_outcome(say=evil, evil=evil)))
    desk.ask(evil)
    expect(desk.say).to_have_text(evil)
    expect(desk.page.locator("#desk img, #desk b")).to_have_count(0)
    expect(desk.page.locator("#desk a[href^='javascript']")).to_have_count(0)


def _stored(page: Page) -> dict[str, str]:
    kept: dict[str, str] = page.evaluate("() => ({ ...sessionStorage })")
    return kept


def _outcome(*, say: str, evil: str = "") -> dict[str, Any]:
    """An answer that the real service would not give, in the shape of the contract."""
    mention = {"kind": "matter", "id": evil, "start": 0, "end": 1, "text": evil, "name": evil}
    candidate = {"id": evil, "score": 0.5, "name": evil}
    parts = [
        {"type": "text", "text": evil},
        {"type": "verdict", "title": evil, "verdict": evil, "measure": evil, "text": evil, "basis": [evil]},
        {"type": "choices", "text": evil, "choices": [{"label": evil, "value": f"matter:{evil}"}]},
        {"type": "link", "text": evil, "label": evil, "url": "javascript:alert(1)"},
    ]
    return {
        "understood": {
            "intent": evil or "smalltalk",
            "matter": None,
            "certificates": [],
            "verdict": None,
            "confidence": 1,
        },
        "matter_name": evil or None,
        "state": "idle",
        "asks": None,
        "say": say,
        "heard": {"person": None, "issued": None},
        "materials": None,
        "reply": parts if evil else [{"type": "text", "text": say}],
        "trace": {
            "normalised": evil or say,
            "segments": [say],
            "mentions": [mention] if evil else [],
            "scores": {"intent": [candidate], "matter": [candidate]},
            "decided_by": [evil],
            "thresholds": {"answer_at": 0.5},
        },
        "version": evil,
    }
