"""The page of complaints as people at work use it."""

import json

from playwright.sync_api import Page, expect


class CaseworkPage:
    """What operators, handlers and supervisors see and do there."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.rows = page.locator("#rows .row")
        self.case = page.locator("#case")
        self.state = page.locator("#case .badge").first
        self.title = page.locator(".case__title")
        self.timeline = page.locator(".timeline .event")
        self.notice = page.locator("#notice")
        self.caller = page.get_by_role("dialog", name="代来电人登记投诉")

    def resume(self, account: dict[str, str]) -> None:
        """Comes back where this person has signed in before."""
        self.page.evaluate("(kept) => sessionStorage.setItem('mianzheng.desk', kept)", json.dumps(account))
        self.page.reload()
        expect(self.page.locator("#filters")).to_be_visible()

    def filter(self, label: str) -> None:
        """Lists other complaints."""
        with self.page.expect_response(lambda response: "/desk/complaints?" in response.url):
            self.page.get_by_role("button", name=label, exact=True).click()

    def open(self, number: str) -> None:
        """Opens a complaint of the list."""
        self.page.locator(f"[data-number='{number}']").click()
        expect(self.page.locator(".case__line")).to_contain_text(number)

    def move(self, label: str, state: str, *, text: str = "", **chosen: str) -> None:
        """Makes a move by its form; `chosen` are labels of selects with the option to choose."""
        self.case.get_by_role("button", name=label, exact=True).click()
        for name, option in chosen.items():
            self.case.get_by_label(name).select_option(label=option)
        if text:
            self.case.locator("textarea").fill(text)
        self.case.get_by_role("button", name=f"确定{label}").click()
        expect(self.state).to_have_text(state)
