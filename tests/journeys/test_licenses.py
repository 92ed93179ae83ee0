"""A citizen has an electronic licence looked up for a matter: agrees, refuses, objects; and what others cannot do."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from integrations.signing import Credentials, sign_message
from tests.journeys.citizen import API
from tests.journeys.licenses import Browser, running_service

ASK = "驾照换证要用驾驶证，帮我调一下电子驾驶证"
SECRET = "s" * 32
Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    environ = {
        "MIANZHENG_DATABASE_URL": f"sqlite:///{tmp_path / 'test.db'}",
        "MIANZHENG_ZHELIBAN_SECRET": SECRET,
    }
    async with running_service(environ) as client:
        yield client


@pytest.fixture
async def browser(client: Client) -> AsyncIterator[Browser]:
    async with Browser.open(client) as browser:
        yield browser


async def _agreed(browser: Browser, who: str = "wang", provider: str = "zheliban") -> tuple[str, str]:
    """A look-up that waits for the APP: its token, and the address that opens the APP."""
    token = await browser.ask_license(ASK)
    await browser.log_in(f"/consent/{token}", who)
    status, handed = await browser.call("POST", token, "/agree", provider=provider)
    assert status == 200, handed
    return token, handed["url"]


async def _fetched(browser: Browser, provider: str = "zheliban") -> str:
    token, url = await _agreed(browser, provider=provider)
    await browser.decide_in_app(url, "wang")
    return token


@pytest.mark.parametrize("provider", ["zheliban", "ala_police"])
async def test_a_citizen_agrees_and_sees_the_licence_masked_with_its_watermark(browser: Browser, provider: str) -> None:
    token = await browser.ask_license(ASK)
    _, page = await browser.call("GET", token)
    assert page["state"] == "requested"
    assert page["certificate"] == "机动车驾驶证"
    assert {choice["provider"] for choice in page["choices"]} == {"zheliban", "ala_police"}
    assert all("10分钟" in choice["words"] and page["unit"] in choice["words"] for choice in page["choices"])
    assert page["other_ways"]

    await browser.log_in(f"/consent/{token}", "wang")
    _, page = await browser.call("GET", token)
    assert page["person"] == {"name": "王*明", "level": 3, "level_label": "高级实名"}
    _, handed = await browser.call("POST", token, "/agree", provider=provider)
    assert handed["qr"].startswith("data:image/svg+xml")
    await browser.decide_in_app(handed["url"], "wang")

    status, licence = await browser.call("POST", token, "/licence")
    assert status == 200, licence
    shown = {field["name"]: field["value"] for field in licence["fields"]}
    assert set(shown) <= set(page["fields"])
    assert shown["证照编号"].startswith("*")
    assert "王小明" not in json.dumps(licence, ensure_ascii=False)
    assert any("提取单位" in line for line in licence["watermark"])
    assert "电子证明共享信息专用章" in licence["watermark"]

    async with browser.citizen.client.get(f"{API}/me/uses", headers=browser.citizen.headers) as response:
        uses = (await response.json())["uses"]
    assert [use["act"] for use in reversed(uses)] == ["request", "consent", "hand_over", "fetch", "show"]
    assert all(use["case_number"] and use["purpose"] for use in uses)


async def test_a_citizen_who_refuses_on_the_page_gets_other_ways_and_nothing_is_fetched(browser: Browser) -> None:
    token = await browser.ask_license(ASK)
    status, page = await browser.call("POST", token, "/refuse")
    assert (status, page["state"]) == (200, "refused")
    assert len(page["other_ways"]) >= 2
    assert [use["act"] for use in page["uses"]] == ["request", "refuse"]
    await browser.log_in(f"/consent/{token}", "wang")
    assert (await browser.call("POST", token, "/agree", provider="zheliban"))[0] == 409


@pytest.mark.parametrize("word", ["不同意", "不要了"])
async def test_a_citizen_may_refuse_in_the_chat(browser: Browser, word: str) -> None:
    token = await browser.ask_license(ASK)
    answer = await browser.citizen.say(word)
    assert answer["state"] == "idle"
    assert "什么也没有调取" in answer["reply"][0]["text"]
    assert (await browser.call("GET", token))[1]["state"] == "refused"


async def test_refusing_in_the_app_counts(browser: Browser) -> None:
    token, url = await _agreed(browser)
    await browser.decide_in_app(url, "no")
    assert (await browser.call("GET", token))[1]["state"] == "refused"


async def test_another_person_in_the_app_opens_nothing(browser: Browser) -> None:
    token, url = await _agreed(browser)
    await browser.decide_in_app(url, "qian")
    _, page = await browser.call("GET", token)
    assert page["state"] == "failed"
    assert "不是同一个人" in page["failure"]


async def test_without_a_login_nobody_agrees(browser: Browser) -> None:
    token = await browser.ask_license(ASK)
    status, problem = await browser.call("POST", token, "/agree", provider="zheliban")
    assert (status, problem["code"]) == (401, "unauthenticated")


async def test_an_account_without_real_name_is_not_enough(browser: Browser) -> None:
    token = await browser.ask_license(ASK)
    await browser.log_in(f"/consent/{token}", "li")
    status, problem = await browser.call("POST", token, "/agree", provider="zheliban")
    assert status == 403
    assert "实名" in problem["detail"]


async def test_somebody_elses_browser_does_not_see_the_licence(client: Client, browser: Browser) -> None:
    token = await _fetched(browser)
    async with Browser.open(client) as other:
        assert (await other.call("POST", token, "/licence"))[0] == 403
        await other.log_in(f"/consent/{token}", "wang")
        assert (await other.call("POST", token, "/licence"))[0] == 403
        async with client.get(f"{API}/me/uses", headers=other.citizen.headers) as response:
            assert (await response.json())["uses"] == []


async def test_a_matter_whose_entry_does_not_share_it_is_refused_with_the_reason(browser: Browser) -> None:
    answer = await browser.citizen.say("帮我调取电子结婚证，办驾驶证期满换证")
    text = "\n".join(part["text"] for part in answer["reply"])
    assert answer["state"] == "idle"
    assert "目录" in text
    assert not [part for part in answer["reply"] if part["type"] == "link"]


async def test_without_a_matter_it_is_asked_for(browser: Browser) -> None:
    answer = await browser.citizen.say("帮我调一下电子驾驶证")
    assert answer["asks"] == "matter"
    answer = await browser.citizen.choose("matter:cg-renew")
    assert answer["state"] == "consent", answer


async def test_the_citizen_objects_and_a_verification_runs(browser: Browser) -> None:
    token = await _fetched(browser)
    status, taken = await browser.call("POST", token, "/objections", field="有效期至", said="应是2033年")
    assert status == 200, taken
    _, licence = await browser.call("POST", token, "/licence")
    assert [field["name"] for field in licence["fields"] if field["is_disputed"]] == ["有效期至"]
    assert (await browser.call("POST", token, "/objections", field="有效期至", said="再说一遍"))[0] == 409
    answer = await browser.citizen.say("核实到哪一步了")
    assert taken["number"] in answer["reply"][0]["text"]


def _callback(token: str, *, secret: str = SECRET, age: int = 0, number: str = "330299199003070013") -> dict[str, Any]:
    from datetime import timedelta

    from bot.services.clock import SystemClock

    body = json.dumps({"token": token, "decision": "GRANTED", "code": "x", "holderNumber": number}).encode()
    at = SystemClock().now() - timedelta(seconds=age)
    path = f"{API}/callbacks/e-licences/zheliban"
    headers = sign_message(
        Credentials(app="mianzheng", secret=secret), method="POST", path=path, body=body, at=at, message_id="m1"
    )
    return {"data": body, "headers": headers}


async def test_forged_late_and_replayed_callbacks_are_refused(client: Client, browser: Browser) -> None:
    path = f"{API}/callbacks/e-licences/zheliban"
    token, url = await _agreed(browser)
    one_time = url.split("token=")[1].split("&")[0]
    assert (await client.post(path, **_callback(one_time, secret="f" * 32))).status == 401
    assert (await client.post(path, **_callback(one_time, age=600))).status == 401
    changed = _callback(one_time)
    changed["data"] = changed["data"].replace(b"GRANTED", b"REFUSED")
    assert (await client.post(path, **changed)).status == 401
    assert (await browser.call("GET", token))[1]["state"] == "handed_over"
    await browser.decide_in_app(url, "wang")
    assert (await browser.call("GET", token))[1]["state"] == "fetched"
    assert (await client.post(path, **_callback(one_time))).status == 404
    assert (await client.post(f"{API}/callbacks/e-licences/nobody", **_callback(one_time))).status == 404


async def test_a_login_from_another_browser_is_refused(client: Client, browser: Browser) -> None:
    async with client.get(f"{API}/identity/return", params={"state": "x", "ticketId": "ST-1"}) as response:
        assert response.status == 401
    token = await browser.ask_license(ASK)
    target = {"next": f"https://evil.example/{token}"}
    async with client.get(f"{API}/identity/login", params=target, allow_redirects=False) as response:
        assert response.status == 422


async def test_an_unknown_link_says_so(browser: Browser) -> None:
    assert (await browser.call("GET", "nothing"))[0] == 404


async def test_without_any_system_the_citizen_is_told_of_other_ways(tmp_path: Path) -> None:
    environ = {"MIANZHENG_DATABASE_URL": f"sqlite:///{tmp_path / 'test.db'}", "MIANZHENG_SANDBOX": "0"}
    async with running_service(environ) as client, Browser.open(client) as browser:
        token = await browser.ask_license(ASK)
        _, page = await browser.call("GET", token)
        assert (page["choices"], len(page["other_ways"])) == ([], 3)
        target = {"next": f"/consent/{token}"}
        async with client.get(f"{API}/identity/login", params=target, allow_redirects=False) as response:
            assert response.status == 503
            assert "窗口" in (await response.json())["detail"]


async def test_when_one_provider_is_down_the_other_still_works(tmp_path: Path) -> None:
    environ = {
        "MIANZHENG_DATABASE_URL": f"sqlite:///{tmp_path / 'other.db'}",
        "MIANZHENG_ALA_POLICE_URL": "http://127.0.0.1:9",
    }
    async with running_service(environ) as other, Browser.open(other) as browser:
        token = await browser.ask_license(ASK)
        await browser.log_in(f"/consent/{token}", "wang")
        assert (await browser.call("POST", token, "/agree", provider="ala_police"))[0] == 200
        _, handed = await browser.call("POST", token, "/agree", provider="zheliban")
        await browser.decide_in_app(handed["url"], "wang")
        assert (await browser.call("POST", token, "/licence"))[0] == 200
