"""A real Chromium against the real service, started once with an empty database."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.browser.desk_page import LOGIN, NAME, PASSWORD, DeskPage

ROOT: Final = Path(__file__).parents[2]
PHONE: Final = (375, 812)
DESK: Final = (1280, 800)
_QUIET: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# A start after a change of the language data learns them anew.
_START_SECONDS: Final = 900
# What the browser itself reports when a test cuts the line.
_CUT_LINE: Final = ("Failed to load resource", "WebSocket connection to")

Account = dict[str, str]
OpenPage = Callable[..., Page]
SitDown = Callable[..., DeskPage]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser; without one the tests are skipped, or fail where services are required."""
    path = shutil.which("chromium")
    if path is None:
        reason = "chromium is not installed (on Debian: apt-get install chromium)"
        if os.environ.get("MIANZHENG_TEST_REQUIRE_SERVICES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def service_environ(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The environment of the running service, for commands that work on its database."""
    return make_environ(tmp_path_factory.mktemp("service"))


@pytest.fixture(scope="session")
def service_url(chromium: str, service_environ: Mapping[str, str]) -> Iterator[str]:
    """The address of a running service."""
    with run_service(service_environ) as url:
        yield url


# A module at a time: while Playwright runs, its event loop keeps asynchronous tests from running.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """The browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*_QUIET])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, service_url: str) -> Iterator[OpenPage]:
    """Opens the chat page as a new person; afterwards nothing may have been complained of in the console.

    Give `cuts_line=True` where the test itself breaks connections, `prepare` to set routes before the page is fetched.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        *,
        size: tuple[int, int] = PHONE,
        theme: str = "light",
        path: str = "/",
        cuts_line: bool = False,
        prepare: Callable[[Page], None] | None = None,
    ) -> Page:
        context = browser.new_context(
            base_url=service_url,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if theme == "dark" else "light",
            locale="zh-CN",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)

        def note_console(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"} and not (cuts_line and message.text.startswith(_CUT_LINE)):
                complaints.append(message.text)

        page.on("console", note_console)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if prepare:
            prepare(page)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def operator(service_url: str, service_environ: Mapping[str, str]) -> Account:
    """An operator of the running service, as the service answers the sign-in."""
    return make_account(service_url, service_environ, LOGIN, PASSWORD, "--role", "operator", "--name", NAME)


@pytest.fixture
def sit_down(open_page: OpenPage, operator: Account) -> SitDown:
    """Opens the desk with the operator at it; arguments as for `open_page`."""

    def sit_down(**options: Any) -> DeskPage:
        desk = DeskPage(open_page(**{"size": DESK, "path": "/desk", **options}))
        desk.resume(operator)
        return desk

    return sit_down


def make_environ(folder: Path, **given: str) -> Mapping[str, str]:
    """The environment of a service with an empty database in this folder."""
    default = {
        "MIANZHENG_PORT": str(_find_free_port()),
        "MIANZHENG_DATABASE_URL": f"sqlite:///{folder / 'browser.db'}",
        "MIANZHENG_PID_FILE": str(folder / "service.pid"),
    }
    outside = {name: value for name, value in os.environ.items() if not name.startswith("MIANZHENG_")}
    return outside | default | given


@contextmanager
def run_service(environ: Mapping[str, str]) -> Iterator[str]:
    """A service with this environment; its address."""
    url = f"http://127.0.0.1:{environ['MIANZHENG_PORT']}"
    log_file = Path(environ["MIANZHENG_PID_FILE"]).with_name("service.log")
    command = [sys.executable, "server.py", "serve"]
    with (
        log_file.open("w") as log,
        subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log) as service,
    ):
        try:
            _await_answer(f"{url}/api/v1/about", service, log_file)
            yield url
        finally:
            service.terminate()


def make_account(url: str, environ: Mapping[str, str], login: str, password: str, *given: str) -> Account:
    """Somebody at work, as the service answers the sign-in; `given` are further arguments of the command."""
    command = [sys.executable, "server.py", "create-account", login, *given]
    subprocess.run(command, cwd=ROOT, env=environ, input=f"{password}\n", text=True, check=True)
    body = json.dumps({"login": login, "password": password}).encode()
    request = urllib.request.Request(f"{url}/api/v1/auth/sign-in", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as response:
        account: Account = json.load(response)
    return account


def _find_free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await_answer(url: str, service: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if service.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the service did not start:\n{log.read_text()}")
