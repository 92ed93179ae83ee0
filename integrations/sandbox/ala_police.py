"""Plays 阿拉警察: the APP with its consent page, and the signed query that hands out what was granted."""

import json
from typing import Final

from aiohttp import web

from bot.ports import Clock
from integrations.e_license.ala_police import QUERY_PATH
from integrations.sandbox.apps import SandboxApp
from integrations.sandbox.people import find_license
from integrations.signing import Credentials, SignatureRefusedError, check_message

PREFIX: Final = "/ala-police"


class SandboxAlaPolice:
    """The APP and its server."""

    def __init__(self, *, credentials: Credentials, clock: Clock, app: SandboxApp) -> None:
        self._credentials = credentials
        self._clock = clock
        self._app = app

    def add_routes(self, app: web.Application) -> None:
        """The APP's page and the query."""
        app.router.add_post(PREFIX + QUERY_PATH, self._hand_out)
        self._app.add_routes(app)

    async def _hand_out(self, request: web.Request) -> web.Response:
        body = await request.read()
        try:
            check_message(
                self._credentials, request.headers, method="POST", path=QUERY_PATH, body=body, at=self._clock.now()
            )
        except SignatureRefusedError:
            return web.json_response({"error": "signature"}, status=401)
        content = json.loads(body)
        granted = self._app.use(content["code"])
        if granted is None or granted.holder_number != content["holderNumber"]:
            return web.json_response({"error": "grant"}, status=403)
        found = find_license(granted.holder_number, content["certificate"])
        if found is None:
            return web.json_response({"error": "none"}, status=404)
        fields = {"持有人": content["holderName"], "证照编号": found.number, "发证单位": found.issuer}
        fields |= {"发证日期": found.issued, "有效期至": found.until, **found.more}
        return web.json_response({"fields": fields, "producer": found.issuer})
