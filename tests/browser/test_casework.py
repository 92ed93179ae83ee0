"""The page of complaints as people at work use it; the sandbox plays 12345 and moves each complaint on."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, ROOT

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
Work = Callable[..., Page]
LOGIN, NAME, PASSWORD = "lijing", "李静", "watch-over-every-case-9"
STORY: Final = "昨天上午在段塘街道，我给我妈办高龄津贴，窗口非要我去社区开健在证明，电话13900001234"
# The sandbox closes a complaint about twelve seconds after it has got it.
_CLOSED_MS: Final = 60_000


@pytest.fixture(scope="module")
def supervisor(service_url: str, service_environ: Mapping[str, str]) -> dict[str, str]:
    command = [sys.executable, "server.py", "create-account", LOGIN, "--role", "supervisor", "--name", NAME]
    subprocess.run(command, cwd=ROOT, env=service_environ, input=f"{PASSWORD}\n", text=True, check=True)
    account: dict[str, str] = _post(service_url, "/auth/sign-in", {"login": LOGIN, "password": PASSWORD})
    return account


@pytest.fixture
def work(open_page: OpenPage, supervisor: dict[str, str]) -> Work:
    """Opens the page with the supervisor signed in; arguments as for `open_page`."""

    def open_work(**options: Any) -> Page:
        page = open_page(**{"size": DESK, "path": "/desk/complaints", **options})
        page.evaluate("(kept) => sessionStorage.setItem('mianzheng.desk', kept)", json.dumps(supervisor))
        page.reload()
        expect(page.get_by_role("button", name="在办")).to_be_visible()
        return page

    return open_work


@pytest.fixture
def number(service_url: str, supervisor: dict[str, str]) -> str:
    """A complaint taken at the desk."""
    complaint = {
        "story": STORY,
        "unit_id": "t-duantang",
        "matter_id": "mz-age",
        "certificate_ids": ["alive"],
        "name": "王小明",
        "phone": "13900001234",
        "declines_join": True,
    }
    filed: str = _post(service_url, "/desk/complaints", complaint, supervisor["token"])["number"]
    return filed


def test_one_sees_what_was_told_and_what_the_catalogue_says(work: Work, number: str) -> None:
    page = work()
    page.get_by_role("button", name="全部").click()
    page.locator(f"[data-number='{number}']").click()
    case = page.locator("#case")
    for words in ("高龄津贴发放", "健在证明", "段塘街道", "第二十条", "王**", "139****34"):
        expect(case).to_contain_text(words)
    expect(case).not_to_contain_text("13900001234")
    assert page.url.endswith(number)


def test_a_note_is_added_and_marked_as_unseen_by_the_citizen(work: Work, number: str) -> None:
    page = work(path=f"/desk/complaints#{number}")
    page.get_by_role("button", name="内部备注").click()
    page.get_by_label("备注（群众看不到）").fill("已和街道沟通")
    page.get_by_role("button", name="确定内部备注").click()
    event = page.locator(".event").filter(has_text="已和街道沟通")
    expect(event).to_contain_text("群众看不到")


def test_a_closed_complaint_is_followed_up(work: Work, number: str) -> None:
    page = work()
    page.get_by_role("button", name="全部").click()
    row = page.locator(f"[data-number='{number}']")
    expect(row).to_be_visible()

    def is_closed() -> bool:
        page.get_by_role("button", name="刷新").click()
        return row.get_by_text("已办结").is_visible()

    _wait_until(page, is_closed)
    row.click()
    page.get_by_role("button", name="回访").click()
    page.get_by_label("内容（群众会看到）").fill("已电话回访，群众认可")
    page.get_by_role("button", name="确定回访").click()
    expect(page.locator(".case__line")).to_contain_text("已回访")
    expect(page.locator("#announcer")).to_contain_text("工单")


def test_nothing_of_a_complaint_stays_after_signing_out(work: Work, number: str) -> None:
    page = work(path=f"/desk/complaints#{number}")
    expect(page.locator("#case")).to_contain_text("高龄津贴")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_label("账号")).to_be_visible()
    assert "高龄津贴" not in page.content()


def _wait_until(page: Page, is_done: Callable[[], bool]) -> None:
    for _ in range(_CLOSED_MS // 500):
        if is_done():
            return
        page.wait_for_timeout(500)
    pytest.fail("it took too long")


def _post(url: str, path: str, body: Any, token: str = "") -> Any:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    request = urllib.request.Request(f"{url}/api/v1{path}", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)
