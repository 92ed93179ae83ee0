"""Two units verify by the clock of article 14; what is used is recorded; letters of commitment are signed."""

import json
import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.domain.catalogue import Catalogue, Entry, Handling, Measure
from bot.domain.commitment import is_risky
from bot.domain.identifiers import new_id
from bot.domain.viewer import Role, Viewer
from bot.services.clock import SystemClock
from integrations.signing import Credentials, sign_message
from server import main  # noqa: TID251
from tests.journeys.citizen import API, read_problem
from tests.journeys.licenses import Browser, running_service
from tests.real import load_real_knowledge
from web import keys

SECRET = "s" * 32
NUMBER = "330299194803120020"
Client = TestClient[web.Request, web.Application]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_real_knowledge().catalogue


@pytest.fixture(scope="module")
def entry(catalogue: Catalogue) -> Entry:
    """One that is verified with another unit, in a matter handled at once."""
    return next(
        item
        for item in catalogue.entries.values()
        if item.measure is Measure.VERIFY
        and catalogue.matters[item.matter_id].handling is Handling.IMMEDIATE
        and _issuer_of(catalogue, item) not in {"", catalogue.matters[item.matter_id].unit_id}
    )


def _issuer_of(catalogue: Catalogue, entry: Entry) -> str:
    return catalogue.certificates[entry.certificate_id].issuer_unit_id


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    environ = {
        "MIANZHENG_DATABASE_URL": f"sqlite:///{tmp_path / 'test.db'}",
        "MIANZHENG_VERIFICATION_SECRET": SECRET,
    }
    async with running_service(environ) as client:
        yield client


class Worker:
    """Somebody with a role, of one unit."""

    def __init__(self, client: Client, role: Role, unit_id: str | None = None) -> None:
        self.client = client
        viewer = Viewer(id=new_id(), role=role, name="某人", unit_id=unit_id)
        token = client.app[keys.TOKENS].issue(viewer).text
        self.headers = {"Authorization": f"Bearer {token}"}

    async def call(self, method: str, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
        async with self.client.request(
            method, f"{API}/desk/{path}", json=body or None, headers=self.headers
        ) as response:
            return response.status, await response.json(content_type=None)


@pytest.fixture
def asker(client: Client, catalogue: Catalogue, entry: Entry) -> Worker:
    return Worker(client, Role.HANDLER, catalogue.matters[entry.matter_id].unit_id)


@pytest.fixture
def issuer(client: Client, catalogue: Catalogue, entry: Entry) -> Worker:
    return Worker(client, Role.HANDLER, _issuer_of(catalogue, entry))


async def _ask(asker: Worker, entry: Entry) -> dict[str, Any]:
    status, row = await asker.call(
        "POST",
        "verifications",
        entry_id=entry.id,
        case_number="BJ-1",
        name="陈桂香",
        number=NUMBER,
        facts="是否有这项记录",
    )
    assert status == 201, row
    return row


async def test_a_matter_handled_at_once_is_due_in_half_an_hour_and_the_answer_is_sealed(
    asker: Worker, issuer: Worker, entry: Entry
) -> None:
    row = await _ask(asker, entry)
    asked, due = datetime.fromisoformat(row["requested_at"]), datetime.fromisoformat(row["due_at"])
    assert due - asked == timedelta(minutes=30)
    assert (row["moves"], row["person"]) == ([], "陈*香 **************0020")

    (waiting,) = (await issuer.call("GET", "verifications"))[1]["rows"]
    assert waiting["moves"] == ["accept", "answer", "cannot_verify"]
    path = f"verifications/{row['id']}/moves"
    assert (await issuer.call("POST", path, move="accept"))[1]["state"] == "accepted"
    status, answered = await issuer.call("POST", path, move="answer", finding="true", facts="记录属实")
    assert (status, answered["state"], answered["is_late"]) == (200, "answered", False)
    assert (await issuer.call("POST", path, move="answer", finding="true", facts="再答一次"))[0] == 409

    _, detail = await asker.call("POST", f"verifications/{row['id']}/read", purpose="办理申请的事项")
    assert (detail["name"], detail["answer"], detail["finding"]) == ("陈桂香", "记录属实", "情况属实")
    assert "电子证明核实信息专用章" in detail["watermark"]
    _, figures = await issuer.call("GET", "verifications/statistics")
    assert [(item["asked"], item["in_time"], item["late"]) for item in figures["units"]] == [(1, 1, 0)]


async def test_nobody_can_refuse_and_who_finds_nothing_says_why(asker: Worker, issuer: Worker, entry: Entry) -> None:
    row = await _ask(asker, entry)
    path = f"verifications/{row['id']}/moves"
    assert (await issuer.call("POST", path, move="refuse"))[0] == 422
    status, problem = await issuer.call("POST", path, move="cannot_verify", reason="无")
    assert status == 422
    assert "不能拒绝" in problem["detail"]
    status, ended = await issuer.call("POST", path, move="cannot_verify", reason="档案里没有这个人的记录")
    assert (status, ended["state"]) == (200, "cannot_verify")


async def test_other_units_see_and_move_nothing(
    client: Client, asker: Worker, entry: Entry, catalogue: Catalogue
) -> None:
    row = await _ask(asker, entry)
    units = {catalogue.matters[entry.matter_id].unit_id, _issuer_of(catalogue, entry)}
    stranger = Worker(client, Role.HANDLER, next(unit for unit in catalogue.units if unit not in units))
    nobody = Worker(client, Role.HANDLER)
    for worker in (stranger, nobody):
        assert (await worker.call("GET", "verifications"))[1]["rows"] == []
        assert (await worker.call("POST", f"verifications/{row['id']}/moves", move="accept"))[0] == 404
        assert (await worker.call("POST", f"verifications/{row['id']}/read", purpose="办理申请的事项"))[0] == 404
    assert (await asker.call("POST", f"verifications/{row['id']}/moves", move="accept"))[0] == 403
    assert (await Worker(client, Role.OPERATOR).call("GET", "verifications"))[0] == 403
    status, _ = await stranger.call(
        "POST", "verifications", entry_id=entry.id, case_number="B", name="陈", facts="有没有"
    )
    assert status == 403


async def test_another_purpose_is_turned_away_and_shows_up_in_the_report(
    client: Client, asker: Worker, entry: Entry
) -> None:
    row = await _ask(asker, entry)
    status, problem = await asker.call("POST", f"verifications/{row['id']}/read", purpose="招商联络")
    assert status == 403
    assert "第二十条第八项" in problem["detail"]
    _, report = await Worker(client, Role.SUPERVISOR).call("GET", "uses/misuse")
    assert ["招商联络" in item["what"] for item in report["suspicions"]] == [True]


async def test_the_exported_chain_is_checked_by_a_command(
    client: Client, asker: Worker, issuer: Worker, entry: Entry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = await _ask(asker, entry)
    await issuer.call("POST", f"verifications/{row['id']}/moves", move="accept")
    status, export = await Worker(client, Role.SUPERVISOR).call("GET", "uses")
    assert (status, export["last_seq"]) == (200, 2)
    assert "陈桂香" not in json.dumps(export, ensure_ascii=False)
    assert NUMBER not in json.dumps(export)
    file = tmp_path / "uses.json"
    file.write_text(json.dumps(export), "utf-8")
    assert main(["verify-uses", str(file)], {}) == 0
    for change in (
        lambda: export["records"][0]["use"].update(purpose="别的"),
        lambda: export["records"].pop(),
    ):
        change()
        file.write_text(json.dumps(export), "utf-8")
        assert main(["verify-uses", str(file)], {}) == 1
    assert "这一条的内容被改过" in capsys.readouterr().out
    assert main(["verify-uses", str(tmp_path / "nothing")], {}) == 1
    assert (await asker.call("GET", "uses"))[0] == 403


def _news(number: str, *, secret: str = SECRET, age: int = 0, **more: Any) -> dict[str, Any]:
    at = SystemClock().now() - timedelta(seconds=age)
    news = {"eventId": "e1", "number": number, "happenedAt": at.isoformat(), **more}
    body, path = json.dumps(news).encode(), f"{API}/callbacks/verification"
    credentials = Credentials(app="mianzheng", secret=secret)
    headers = sign_message(credentials, method="POST", path=path, body=body, at=at, message_id="e1")
    return {"data": body, "headers": headers}


async def test_the_platform_answers_and_forged_late_or_repeated_news_are_refused(
    client: Client, asker: Worker, entry: Entry
) -> None:
    number = (await _ask(asker, entry))["number"]
    path, answer = f"{API}/callbacks/verification", {"status": "ANSWERED", "finding": "true", "facts": "属实"}
    await read_problem(await client.post(path, **_news(number, secret="f" * 32, **answer)), 401, "signature-refused")
    await read_problem(await client.post(path, **_news(number, age=600, **answer)), 401, "signature-refused")
    await read_problem(await client.post(path, **_news("HS26-0000-0000", **answer)), 404, "not-found")
    assert (await client.post(path, **_news(number, **answer))).status == 200
    await read_problem(await client.post(path, **_news(number, **answer)), 409, "conflict")
    _, queue = await asker.call("GET", "verifications?all=true")
    assert [row["state"] for row in queue["rows"]] == ["answered"]


@pytest.fixture(scope="module")
def letter(catalogue: Catalogue) -> Entry:
    return next(
        item
        for item in catalogue.entries.values()
        if item.measure is Measure.COMMITMENT and not is_risky(catalogue, catalogue.matters[item.matter_id].name)
    )


async def test_a_letter_is_signed_and_kept_as_pdf_by_its_signer_alone(client: Client, letter: Entry) -> None:
    async with Browser.open(client) as browser:
        url = f"{browser.origin}{API}/commitments/{letter.id}"
        async with browser.session.get(url) as response:
            text_hash = (await response.json())["hash"]
        async with browser.session.post(f"{url}/signatures", json={"hash": text_hash}) as response:
            assert response.status == 401
        await browser.log_in(f"/commitments/{letter.id}", "chen")
        async with browser.session.post(f"{url}/signatures", json={"hash": "0" * 64}) as response:
            assert response.status == 409
        async with browser.session.post(f"{url}/signatures", json={"hash": text_hash}) as response:
            signed = await response.json()
        assert (response.status, signed["signer"], signed["text_hash"]) == (201, "陈*香", text_hash)
        async with browser.session.get(browser.origin + signed["pdf"]) as response:
            assert (await response.read()).startswith(b"%PDF")
        assert (await client.get(signed["pdf"])).status == 404
        async with client.get(f"{API}/commitments/{letter.id}/letter.pdf") as response:
            assert (await response.read()).startswith(b"%PDF")


@pytest.mark.parametrize(("who", "word"), [("qian", "还没有修复"), ("li", "没有实名")])
async def test_who_broke_a_promise_or_has_no_real_name_does_not_sign(
    client: Client, letter: Entry, who: str, word: str
) -> None:
    async with Browser.open(client) as browser:
        await browser.log_in(f"/commitments/{letter.id}", who)
        url = f"{browser.origin}{API}/commitments/{letter.id}"
        async with browser.session.get(url) as response:
            text_hash = (await response.json())["hash"]
        async with browser.session.post(f"{url}/signatures", json={"hash": text_hash}) as response:
            assert response.status == 403
            assert word in (await response.json())["detail"]


async def test_nothing_personal_is_logged(
    client: Client, asker: Worker, issuer: Worker, entry: Entry, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with Browser.open(client) as browser:
        token = await browser.ask_license("驾照换证要用驾驶证，帮我调一下电子驾驶证")
        await browser.log_in(f"/consent/{token}", "wang")
        _, handed = await browser.call("POST", token, "/agree", provider="zheliban")
        await browser.decide_in_app(handed["url"], "wang")
        await browser.call("POST", token, "/licence")
    row = await _ask(asker, entry)
    await issuer.call("POST", f"verifications/{row['id']}/moves", move="answer", finding="true", facts="记录属实")
    metrics = await (await client.get("/metrics")).text()
    ours = [item.getMessage() for item in caplog.records if item.name.split(".")[0] in {"bot", "web", "integrations"}]
    for word in ("王小明", "陈桂香", NUMBER, "330299199003070013", token, "记录属实", "SL-DL"):
        assert word not in "\n".join(ours)
        assert word not in metrics
