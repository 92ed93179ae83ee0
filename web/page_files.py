"""The pages and their files, with the headers that keep browsers strict."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from aiohttp import web

from web import keys

_PAGES: Final = Path(__file__).parent / "pages"
_FILES: Final = "/static"
# What a page may load: only what we serve. Inline styles and scripts are refused too.
_POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors "
)


def add_pages(app: web.Application) -> None:
    """Serves every page at its address, and the files of all pages under `/static`."""
    app.router.add_get("/", _page("chat"))
    app.router.add_get("/desk", _page("desk"))
    app.router.add_get("/desk/verifications", _page("verifications"))
    app.router.add_get("/consent/{token}", _page("consent"))
    app.router.add_get("/commitments/{entry_id}", _page("commitment"))
    app.router.add_get("/desk/complaints", _page("casework"))
    app.router.add_get("/desk/supervision", _page("supervision"))
    app.router.add_static(_FILES, _PAGES)
    app.on_response_prepare.append(_set_headers)


def _page(name: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    path = _PAGES / name / "index.html"

    async def show_page(_request: web.Request) -> web.StreamResponse:
        if not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path)

    return show_page


async def _set_headers(request: web.Request, response: web.StreamResponse) -> None:
    headers = response.headers
    headers["X-Content-Type-Options"] = "nosniff"
    if "Cache-Control" in headers:
        return
    # Files carry an ETag: a browser asks each time, and gets a short "not changed".
    headers["Cache-Control"] = "no-cache"
    headers["Content-Security-Policy"] = _POLICY + request.app[keys.FRAME_ANCESTORS]
    headers["Referrer-Policy"] = "no-referrer"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), payment=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
