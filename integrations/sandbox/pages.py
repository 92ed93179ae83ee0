"""The plain pages of the sandbox: a login and a consent page as other systems would show them."""

from collections.abc import Iterable
from html import escape

_STYLE = (
    "body{margin:0;background:#eef2f7;color:#1c2733;font:18px/1.6 system-ui,sans-serif}"
    "header{padding:12px 20px;background:#7a4b00;color:#fff}"
    "main{max-width:30rem;margin:24px auto;padding:20px;border-radius:12px;background:#fff}"
    "h1{margin:0 0 8px;font-size:24px}dt{color:#55606b}dd{margin:0 0 10px;font-weight:600}"
    "button{display:block;width:100%;min-height:52px;margin:10px 0;border:2px solid #1a4f8b;border-radius:10px;"
    "background:#1a4f8b;color:#fff;font:inherit;font-weight:600}"
    "button.plain{background:#fff;color:#1a4f8b}small{display:block;font-weight:400}"
)


def render_page(title: str, body: str) -> str:
    """A whole page; the banner says that nothing here is real."""
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<link rel="icon" href="data:,">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><header>演示环境：人和证照都是编的，没有连接真的系统</header><main><h1>{escape(title)}</h1>{body}"
        "</main></body></html>"
    )


def render_choices(action: str, hidden: dict[str, str], buttons: Iterable[tuple[str, str, str, str]]) -> str:
    """A form with one button for each choice: its name, value, words and small words."""
    fields = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in hidden.items()
    )
    choices = "".join(
        f'<button name="{escape(name)}" value="{escape(value)}"{" class=plain" if value == "no" else ""}>'
        f"{escape(words)}{f'<small>{escape(small)}</small>' if small else ''}</button>"
        for name, value, words, small in buttons
    )
    return f'<form method="post" action="{escape(action)}">{fields}{choices}</form>'


def render_facts(facts: Iterable[tuple[str, str]]) -> str:
    """Names and values."""
    return "<dl>" + "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts) + "</dl>"
