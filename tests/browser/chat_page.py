"""The chat page as a person uses it, and replies that the real service would need many turns to give."""

from typing import Any, Final

from playwright.sync_api import Locator, Page, Route, WebSocketRoute, expect

VERDICTS: Final = {
    "not_needed": "不用带",
    "needed": "要带",
    "depends": "看情况",
    "not_listed": "目录里没有这一项",
    "clarify": "请再说一点",
}
_MATERIAL: Final = {
    "certificate": "hukou",
    "name": "居民户口簿",
    "verdict": "not_needed",
    "measure": "共享",
    "action": "窗口在线调取",
    "entry": "c0002",
}
# Every type of part, every verdict, and a type that a later version may bring.
EVERY_PART: Final[list[dict[str, Any]]] = [
    {"type": "text", "text": "第一段。\n\n第二段，" + "很长的话说明一下。" * 20},
    *(
        {
            "type": "verdict",
            "text": "说明",
            "title": "居民户口簿",
            "verdict": verdict,
            "measure": "共享",
            "matter": "出生登记",
            "action": "窗口在线调取后请您核对",
            "basis": ["第九条第三项", "第十三条"],
            "entries": ["c0002", "c0003", "c0004", "c0005"],
            "version": "2020-09-01",
            "is_sample": verdict == "not_needed",
        }
        for verdict in VERDICTS
    ),
    {
        "type": "materials",
        "text": "先看不用带的",
        "title": "出生登记",
        "groups": [
            {"title": "不用带的", "verdict": "not_needed", "items": [_MATERIAL, _MATERIAL]},
            {"title": "要带的", "verdict": "needed", "items": [{**_MATERIAL, "verdict": "needed"}]},
        ],
        "version": "2020-09-01",
        "is_sample": True,
    },
    {"type": "ticket", "number": "TS26-4821-7730-5916", "text": "已经记下。"},
    {
        "type": "ticket",
        "number": "TS26-4821-7730-5916",
        "title": "区住建局：不动产登记信息查询证明",
        "state": "办理中",
        "text": "编号 TS26-4821-7730-5916",
        "details": ["12345的工单号：330203261122000123", "这一步最迟11月27日17:00"],
        "timeline": [
            {"at": f"2026-11-2{day}T09:30:00+08:00", "label": label, "text": text}
            for day, label, text in [
                (2, "登记", "您的投诉已经登记，正在转给12345"),
                (3, "受理", "已受理"),
                (4, "派单", "已派给区住建局办理"),
                (5, "开始办理", "区住建局开始办理，工作人员会在三个工作日里核实当天的情况"),
            ]
        ],
    },
    {
        "type": "choices",
        "text": "这件办得怎么样？",
        "choices": [
            {"label": label, "value": f"follow:rate:TS26-4821-7730-5916:{level}"}
            for level, label in [(5, "非常满意"), (4, "满意"), (3, "基本满意"), (2, "不满意"), (1, "非常不满意")]
        ],
    },
    {"type": "link", "text": "打电话问", "label": "打电话问", "url": "tel:12345"},
    {"type": "link", "text": "网上办", "label": "网上办", "url": "https://example.org/"},
    {"type": "link", "text": "不该是链接", "label": "不该是链接", "url": "javascript:alert(1)"},
    {"type": "hologram", "text": "<b>还不认得的一种</b>"},
    {
        "type": "choices",
        "text": "您要办哪一件？",
        "choices": [{"label": "出生登记", "value": "matter:a"}, {"label": "都不是", "value": "none"}],
    },
]


class ChatPage:
    """What a person sees and does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.field = page.get_by_role("textbox", name="您的问题")
        self.questions = page.locator(".message--citizen")
        self.answers = page.locator(".message--bot")
        self.cards = page.locator(".slip[data-verdict]")
        self.choices = page.locator("button.choice")
        self.suggestions = page.locator("button.suggestion")
        self.resend = page.get_by_role("button", name="没发出去，点这里重发")

    def ask(self, text: str) -> Locator:
        """Types a question, presses Enter, and waits for the answer."""
        count = self.answers.count()
        self.type(text)
        return self.await_answer(count)

    def type(self, text: str) -> None:
        """Types and presses Enter."""
        self.field.focus()
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Enter")

    def await_answer(self, count: int) -> Locator:
        """The answer after `count` others."""
        answer = self.answers.nth(count)
        expect(answer).to_be_visible()
        return answer

    def press_menu(self, name: str) -> None:
        """Opens the menu and presses one of its buttons."""
        self.page.get_by_role("button", name="菜单", exact=True).click()
        self.page.get_by_role("navigation", name="菜单").get_by_role("button", name=name).click()

    def reload(self) -> None:
        """Loads the page again and waits for the past."""
        with self.page.expect_response("**/messages*"):
            self.page.reload()


def refuse_sockets(page: Page) -> None:
    """No WebSocket gets through, as behind some company proxies."""

    def refuse(socket: WebSocketRoute) -> None:
        socket.close()

    page.route_web_socket("**/chat/ws", refuse)


def answer_with(parts: list[dict[str, Any]]) -> Any:
    """Prepares a page whose every question is answered with these parts."""

    def prepare(page: Page) -> None:
        refuse_sockets(page)
        page.route("**/chat/messages", lambda route: route.fulfill(json=_answer(route, parts)))

    return prepare


def _answer(route: Route, parts: list[dict[str, Any]]) -> dict[str, Any]:
    body = route.request.post_data_json or {}
    return {"conversation_id": "conversation", "message_id": f"to-{body['client_message_id']}", "reply": parts}
