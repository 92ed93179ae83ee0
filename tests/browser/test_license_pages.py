"""Citizens in a real browser: a licence is looked up with consent, or not; a letter is signed; units verify."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, ROOT, OpenPage

pytestmark = pytest.mark.browser
ASK = "驾照换证要用驾驶证，帮我调一下电子驾驶证"
PASSWORD = "a long enough passphrase"


def _ask_license(page: Page) -> None:
    """From the words in the chat to the consent page, in the same tab."""
    page.get_by_role("textbox", name="您的问题").fill(ASK)
    page.get_by_role("button", name="发送").click()
    link = page.get_by_role("link", name="看清楚，再决定")
    expect(link).to_be_visible()
    address = link.get_attribute("href")
    assert address
    page.goto(address)
    expect(page.get_by_role("heading", name="机动车驾驶证：要不要调，您来定")).to_be_visible()


def _log_in(page: Page, name: str, button: str = "登录确认身份") -> None:
    page.get_by_role("link", name=button).click()
    page.get_by_role("button", name=name).click()


def test_a_citizen_agrees_and_sees_the_licence_and_who_looked(open_page: OpenPage) -> None:
    page = open_page()
    _ask_license(page)
    for word in ("只取这几项", "给谁", "做什么用", "最多10分钟"):
        expect(page.get_by_text(word)).to_be_visible()
    _log_in(page, "王小明")
    expect(page.get_by_text("您已确认身份：王*明")).to_be_visible()
    page.get_by_role("button", name="同意，去调取").click()
    expect(page.get_by_role("img", name="授权二维码")).to_be_visible()
    page.get_by_role("link", name="打开APP授权").click()
    page.get_by_role("button", name="王小明：同意授权").click()

    licence = page.get_by_role("article")
    expect(licence).to_contain_text("电子证明共享信息专用章")
    expect(licence).to_contain_text("提取单位")
    assert "王小明" not in licence.inner_text()
    for word in ("提出调取", "本人同意", "调取成功", "本人查看"):
        expect(page.get_by_text(word)).to_be_visible()

    page.get_by_role("button", name="有效期至不对").click()
    page.get_by_label("“有效期至”应该是什么？").fill("应是2033年")
    page.get_by_role("button", name="提出异议").click()
    expect(page.get_by_text("已受理")).to_be_visible()


def test_a_citizen_who_refuses_is_offered_other_ways(open_page: OpenPage) -> None:
    page = open_page()
    _ask_license(page)
    page.get_by_role("button", name="不同意，不调了").click()
    expect(page.get_by_role("heading", name="好的，没有调取")).to_be_visible()
    expect(page.get_by_text("带上纸质的证件")).to_be_visible()


@pytest.mark.parametrize("size", [(320, 640), (375, 812), DESK])
@pytest.mark.parametrize("path", ["/commitments/{entry}", "/consent/nothing", "/desk/verifications"])
def test_no_page_scrolls_sideways(open_page: OpenPage, size: tuple[int, int], path: str, letter_entry: str) -> None:
    page = open_page(size=size, path=path.format(entry=letter_entry), cuts_line=True)
    expect(page.get_by_role("heading").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture(scope="module")
def letter_entry() -> str:
    """The first entry whose letter may be signed."""
    from bot.domain.catalogue import Measure
    from bot.domain.commitment import is_risky
    from tests.real import load_real_knowledge

    catalogue = load_real_knowledge().catalogue
    return next(
        entry.id
        for entry in catalogue.entries.values()
        if entry.measure is Measure.COMMITMENT and not is_risky(catalogue, catalogue.matters[entry.matter_id].name)
    )


def test_a_letter_is_signed_by_an_identified_person(open_page: OpenPage, letter_entry: str) -> None:
    page = open_page(path=f"/commitments/{letter_entry}")
    expect(page.get_by_role("heading", name="五、承诺不实的责任")).to_be_visible()
    _log_in(page, "王小明", "登录后签")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="签署").click()
    expect(page.get_by_role("heading", name="已经签好")).to_be_visible()
    pdf = page.get_by_role("link", name="下载签好的承诺书").get_attribute("href")
    assert page.request.get(str(pdf)).body().startswith(b"%PDF")


def _sign_in(url: str, environ: Mapping[str, str], login: str, unit: str) -> dict[str, str]:
    command = [sys.executable, "server.py", "create-account", login, "--role", "handler", "--name", "核实员"]
    subprocess.run([*command, "--unit", unit], cwd=ROOT, env=environ, input=f"{PASSWORD}\n", text=True, check=True)
    body = json.dumps({"login": login, "password": PASSWORD}).encode()
    request = urllib.request.Request(f"{url}/api/v1/auth/sign-in", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as response:
        account: dict[str, str] = json.load(response)
    return account


def test_units_ask_and_answer_in_the_queue(
    open_page: OpenPage, service_url: str, service_environ: Mapping[str, str]
) -> None:
    from bot.domain.catalogue import Measure
    from tests.real import load_real_knowledge

    catalogue = load_real_knowledge().catalogue
    entry = next(
        item
        for item in catalogue.entries.values()
        if item.measure is Measure.VERIFY
        and catalogue.certificates[item.certificate_id].issuer_unit_id
        not in {"", catalogue.matters[item.matter_id].unit_id}
    )
    asker = _sign_in(service_url, service_environ, "asker", catalogue.matters[entry.matter_id].unit_id)
    issuer = _sign_in(
        service_url, service_environ, "issuer", catalogue.certificates[entry.certificate_id].issuer_unit_id
    )

    def sit(account: dict[str, str]) -> Page:
        page = open_page(size=DESK, path="/desk/verifications")
        page.evaluate("kept => sessionStorage.setItem('mianzheng.desk', kept)", json.dumps(account))
        page.reload()
        return page

    asking = sit(asker)
    asking.get_by_role("button", name="发起核实").click()
    asking.get_by_label("目录条目编号").fill(entry.id)
    asking.get_by_label("办件号").fill("BJ-0001")
    asking.get_by_label("申请人姓名").fill("陈桂香")
    asking.get_by_label("要核实什么").fill("是否有这项记录")
    asking.get_by_role("button", name="发出").click()
    expect(asking.get_by_text("陈*香")).to_be_visible()
    assert "陈桂香" not in asking.locator("#rows").inner_text()

    answering = sit(issuer)
    answering.get_by_role("button", name="答复").click()
    answering.get_by_label("核实到的内容").fill("经核实有这项记录")
    answering.get_by_role("button", name="盖章发送").click()
    answering.get_by_role("button", name="看全部").click()
    answering.get_by_role("button", name="打开").click()
    expect(answering.get_by_text("电子证明核实信息专用章")).to_be_visible()
    answering.get_by_role("button", name="关闭").click()
    answering.set_viewport_size({"width": 375, "height": 812})
    expect(answering.get_by_role("table")).to_be_visible()
    assert answering.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
