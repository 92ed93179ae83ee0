"""The operator's desk as an operator uses it."""

import json
from typing import Final

from playwright.sync_api import Locator, Page, expect

LOGIN: Final = "wangfang"
NAME: Final = "王芳"
PASSWORD: Final = "leave-the-desk-tidy-7"


class DeskPage:
    """What an operator sees and does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.login = page.get_by_label("账号")
        self.password = page.get_by_label("密码")
        self.problem = page.locator("#sign-in-problem")
        self.box = page.get_by_role("textbox", name="来电人的问题")
        self.say = page.locator(".say__words")
        self.slips = page.locator(".ruling")
        self.choices = page.locator("button.choice")
        self.rows = page.locator(".materials .row")
        self.notice = page.locator("#notice")
        self.trace = page.locator("#trace-body")
        self.past = page.locator("button.past")
        self.announcer = page.locator("#announcer")

    def sign_in(self, login: str = LOGIN, password: str = PASSWORD) -> None:
        """Fills the form and presses Enter."""
        self.login.fill(login)
        self.password.fill(password)
        self.page.keyboard.press("Enter")

    def enter(self) -> None:
        """Signs in and waits for the desk."""
        self.sign_in()
        expect(self.box).to_be_focused()

    def resume(self, account: dict[str, str]) -> None:
        """Comes back to a desk where somebody has signed in before: the service counts how often one signs in."""
        self.page.evaluate("(kept) => sessionStorage.setItem('mianzheng.desk', kept)", json.dumps(account))
        self.page.reload()
        expect(self.box).to_be_focused()

    def ask(self, text: str) -> None:
        """Types in place of what stands there, and waits for the answer to these words."""
        with self.page.expect_response(lambda response: "/desk/search" in response.url and response.ok):
            self.box.fill(text)
        expect(self.page.locator("#answer")).to_have_attribute("aria-busy", "false")

    def press(self, *keys: str) -> None:
        """Presses keys one after the other; each that asks again is waited for by what the test expects."""
        for key in keys:
            self.page.keyboard.press(key)

    def switch(self, group: str, option: str) -> Locator:
        """A switch such as 谁来办 / 代理人."""
        return self.page.get_by_role("group", name=group).get_by_role("radio", name=option)
