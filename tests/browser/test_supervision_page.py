"""The supervisor's page in a real browser, over complaints that were stored before."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, Final
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from bot.domain.filing import Change, Filing
from bot.domain.viewer import Role
from bot.domain.work_order import SYSTEM, Actor, ActorRole, Move, Outcome, State
from bot.services.clock import SystemClock
from bot.settings import Settings
from bot.storage.cipher import Cipher
from bot.storage.complaints import SqlComplaints
from bot.storage.database import open_database
from tests.browser.conftest import DESK, PHONE, ROOT, make_account, make_environ, run_service
from tests.browser.desk_page import PASSWORD
from tests.browser.measures import (
    find_low_contrast,
    find_nameless,
    find_small_targets,
    list_heading_levels,
    measure_overflow,
)
from tests.complaint_builders import make_complaint, make_event, make_filing, make_subject

pytestmark = pytest.mark.browser

LOGIN: Final = "chenduban"
# Unit, certificate, how many told of it, of how many the term ran out.
TOLD: Final = (
    ("zhujian", "nohouse", 23, 6),
    ("zhujian", "income", 9, 1),
    ("gongan", "hukou", 12, 0),
    ("minzheng", "income", 3, 2),
)
HANDLER: Final = Actor(role=ActorRole.HANDLER, id="h")

SignedIn = Callable[..., Page]


async def _store(settings: Settings) -> None:
    engine = open_database(settings.database_url)
    store = SqlComplaints(engine, Cipher(settings.data_keys))
    for unit, certificate, count, late in TOLD:
        for number in range(count):
            filing = _make_filing(unit, certificate, number)
            await store.file(filing)
            await store.save(_answer(filing, unit, is_late=number < late))
    await engine.dispose()


def _make_filing(unit: str, certificate: str, number: int) -> Filing:
    subject = make_subject(unit_id=unit, certificate_ids=(certificate,))
    complaint = make_complaint(subject=subject, filed_at=SystemClock().now() - timedelta(days=number % 7 + 1))
    outcome, rating = list(Outcome)[number % 3], (5, 5, 4, 2, None)[number % 5]
    return make_filing(complaint, state=State.CLOSED, unit_id=unit, outcome=outcome, rating=rating)


def _answer(filing: Filing, unit: str, *, is_late: bool) -> Change:
    order = filing.order
    told: Sequence[dict[str, Any]] = (
        {"move": Move.DISPATCH, "state": State.DISPATCHED, "actor": HANDLER},
        *([{"move": Move.ESCALATE, "state": State.HANDLING, "actor": SYSTEM}] if is_late else []),
        {"move": Move.ANSWER, "state": State.ANSWERED, "actor": HANDLER},
    )
    events = tuple(
        make_event(order, order.changed_at + timedelta(minutes=place), unit_id=unit, **event)
        for place, event in enumerate(told, 1)
    )
    return Change(order=type(order)(**{**_fields_of(order), "version": order.version + 1}), events=events)


def _fields_of(order: Any) -> dict[str, Any]:
    return {name: getattr(order, name) for name in order.__dataclass_fields__}


# A service of its own: other tests file complaints too, and these would count.
@pytest.fixture(scope="module")
def service_environ(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return make_environ(tmp_path_factory.mktemp("supervision"), MIANZHENG_SANDBOX="0")


@pytest.fixture(scope="module")
def service_url(chromium: str, service_environ: Mapping[str, str]) -> Iterator[str]:
    with run_service(service_environ) as url:
        yield url


@pytest.fixture(scope="module")
def supervisor(service_url: str, service_environ: Mapping[str, str]) -> dict[str, str]:
    """A supervisor of the running service, which then holds complaints."""
    role = Role.SUPERVISOR.value
    command = [sys.executable, "server.py", "create-account", LOGIN, "--role", role, "--name", "陈督"]
    subprocess.run(command, cwd=ROOT, env=service_environ, input=f"{PASSWORD}\n", text=True, check=True)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _store(Settings.from_environ(service_environ))).result()
    body = json.dumps({"login": LOGIN, "password": PASSWORD}).encode()
    request = Request(f"{service_url}/api/v1/auth/sign-in", body, {"Content-Type": "application/json"})
    with urlopen(request, timeout=10) as response:
        account: dict[str, str] = json.load(response)
    return account


@pytest.fixture
def look(open_page: Callable[..., Page], supervisor: dict[str, str]) -> Iterator[SignedIn]:
    """Opens the page as the supervisor; arguments as for `open_page`."""

    def look(**options: Any) -> Page:
        page = open_page(**{"size": DESK, "path": "/desk/supervision", **options})
        page.evaluate("(kept) => sessionStorage.setItem('mianzheng.desk', kept)", json.dumps(supervisor))
        page.reload()
        expect(page.locator(".tile").first).to_be_visible()
        return page

    yield look


def test_the_heat_table_tells_counts_and_hides_few(look: SignedIn) -> None:
    page = look()
    row = page.locator(".heat tbody tr").first
    expect(row.locator("th")).to_have_text("区住建局")
    expect(row.locator("td").first).to_have_text("23")
    expect(page.locator(".heat__few").first).to_have_text("<5")


def test_each_chart_is_a_table_too(look: SignedIn) -> None:
    page = look()
    panel = page.get_by_role("region", name="各单位按时答复", exact=True)
    expect(panel.locator("svg.bars__bar").first).to_be_visible()
    expect(panel.locator(".bars__row").first).to_contain_text("超期 7")
    panel.get_by_role("button", name="看表格").click()
    expect(panel.get_by_role("row").nth(1)).to_contain_text("21.9%")
    expect(panel.locator(".chart")).to_be_hidden()


def test_another_period_shows_its_own_numbers(look: SignedIn) -> None:
    page = look()
    page.get_by_label("至", exact=True).fill("2020-01-31")
    page.get_by_label("登记于").fill("2020-01-01")
    expect(page.locator(".tile dd").first).to_have_text("0")
    page.get_by_role("button", name="近30天").click()
    expect(page.locator(".tile dd").first).to_have_text("47")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK])
def test_everybody_can_read_and_use_it(look: SignedIn, size: tuple[int, int], theme: str) -> None:
    page = look(size=size, theme=theme)
    for _ in range(2):
        assert find_low_contrast(page) == []
        assert find_nameless(page) == []
        assert find_small_targets(page, 24) == []
        assert measure_overflow(page) == 0
        for toggle in page.get_by_role("button", name="看表格").all():
            toggle.click()
    assert set(list_heading_levels(page)) == {1, 2}


def test_an_operator_is_told_whose_page_it_is(
    open_page: Callable[..., Page], service_url: str, service_environ: Mapping[str, str]
) -> None:
    operator = make_account(service_url, service_environ, "huawu", PASSWORD, "--role", "operator", "--name", "王芳")
    page = open_page(path="/desk/supervision", cuts_line=True)
    page.evaluate("(kept) => sessionStorage.setItem('mianzheng.desk', kept)", json.dumps(operator))
    page.reload()
    expect(page.get_by_text("这一页给督办人员看")).to_be_visible()
