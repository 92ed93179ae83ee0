"""Plays 浙里办 and the gateway: login in both dialects, licences, data sharing and the record of promises."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Awaitable, Callable
from email.utils import parsedate_to_datetime
from typing import Any, Final

from aiohttp import web

from bot.ports import Clock
from integrations.e_license.sharing_platform import QUERY_PATH as SHARE_PATH
from integrations.e_license.sharing_platform import TRUST_PATH
from integrations.e_license.zheliban import QUERY_PATH
from integrations.identity import zheliban, zheliban_older
from integrations.irs_gateway import (
    ACCESS_KEY,
    DATE_TIME,
    SIGNATURE,
    TOLERANCE_SECONDS,
    format_date,
    make_signature,
)
from integrations.sandbox.apps import SandboxApp
from integrations.sandbox.pages import render_choices, render_page
from integrations.sandbox.people import BY_ID, BY_NUMBER, CITIZENS, MadeUpCitizen, find_license
from integrations.signing import Credentials

PREFIX: Final = "/zheliban"
_Answerer = Callable[[dict[str, Any]], dict[str, Any]]


class SandboxZheliban:
    """The portal and the gateway.

    Args:
        app: where licences are granted.
    """

    def __init__(self, *, credentials: Credentials, clock: Clock, app: SandboxApp) -> None:
        self._credentials = credentials
        self._clock = clock
        self._app = app
        self._tickets: dict[str, MadeUpCitizen] = {}
        self._tokens: dict[str, MadeUpCitizen] = {}

    def add_routes(self, app: web.Application) -> None:
        """Login page, gateway and the APP."""
        router = app.router
        for path in (zheliban.LOGIN_PATH, zheliban_older.LOGIN_PATH):
            router.add_get(PREFIX + path, self._show_login)
            router.add_post(PREFIX + path, self._log_in)
        answers: dict[str, _Answerer] = {
            zheliban.TOKEN_PATH: self._exchange,
            zheliban.USER_PATH: self._tell_user,
            QUERY_PATH: self._hand_out,
            SHARE_PATH: self._share,
            TRUST_PATH: self._tell_promises,
        }
        for path, answer in answers.items():
            router.add_post(PREFIX + path, self._behind_gateway(answer))
        router.add_post(PREFIX + zheliban_older.AUTH_PATH, self._authenticate_older)
        self._app.add_routes(app)

    def issue_ticket(self, citizen: MadeUpCitizen) -> str:
        """A ticket as the login page gives it: good once."""
        ticket = f"ST-{secrets.token_hex(12)}"
        self._tickets[ticket] = citizen
        return ticket

    async def _show_login(self, request: web.Request) -> web.Response:
        target = request.query.get("sp") or request.query.get("goto", "")
        buttons = [("who", citizen.id, citizen.name, citizen.story) for citizen in CITIZENS]
        body = "<p>选一个编出来的人登录：</p>" + render_choices("", {"sp": target}, buttons)
        return web.Response(text=render_page("浙里办 · 登录", body), content_type="text/html")

    async def _log_in(self, request: web.Request) -> web.Response:
        form = await request.post()
        ticket, target = self.issue_ticket(BY_ID[str(form["who"])]), str(form["sp"])
        name = "ticketId" if request.path.endswith(zheliban.LOGIN_PATH) else "ticket"
        raise web.HTTPSeeOther(f"{target}{'&' if '?' in target else '?'}{name}={ticket}")

    def _behind_gateway(self, answer: _Answerer) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            refusal = self._find_refusal(request)
            if refusal:
                return web.json_response({"message": refusal}, status=401, headers=self._date())
            return web.json_response(answer(json.loads(await request.read())), headers=self._date())

        return handle

    def _find_refusal(self, request: web.Request) -> str:
        headers = request.headers
        date = headers.get(DATE_TIME, "")
        try:
            behind = abs((parsedate_to_datetime(date) - self._clock.now()).total_seconds())
        except ValueError:
            return "HMAC signature cannot be verified, a valid date header is required"
        if behind > TOLERANCE_SECONDS:
            return "HMAC signature cannot be verified, clock skew exceeded"
        if headers.get(ACCESS_KEY) != self._credentials.app:
            return "invalid access key"
        path = request.path.removeprefix(PREFIX)
        signature = make_signature(self._credentials, method=request.method, path=path, query={}, date=date)
        return "" if hmac.compare_digest(signature, headers.get(SIGNATURE, "")) else "invalid signature"

    def _date(self) -> dict[str, str]:
        return {"Date": format_date(self._clock.now())}

    def _exchange(self, content: dict[str, Any]) -> dict[str, Any]:
        citizen = self._tickets.pop(content["ticketId"], None)
        if citizen is None or content["appId"] != self._credentials.app:
            return {"success": False, "errorCode": "10001", "errorMsg": "ticket不存在或已失效", "data": None}
        token = secrets.token_hex(16)
        self._tokens[token] = citizen
        return {"success": True, "errorCode": "0", "errorMsg": "", "data": {"accessToken": token}}

    def _tell_user(self, content: dict[str, Any]) -> dict[str, Any]:
        citizen = self._tokens.pop(content["token"], None)
        if citizen is None:
            return {"success": False, "errorCode": "10002", "errorMsg": "token无效", "data": None}
        person = {
            "userId": citizen.id,
            "userName": citizen.name,
            "idType": "1",
            "idNo": citizen.number,
            "phone": citizen.phone,
            "attributes": {"authLevel": str(citizen.level)},
        }
        return {"success": True, "errorCode": "0", "errorMsg": "", "data": {"userType": "PERSON", "personInfo": person}}

    def _hand_out(self, content: dict[str, Any]) -> dict[str, Any]:
        granted = self._app.use(content["grantCode"])
        if granted is None or granted.holder_number != content["certificateHolderCode"]:
            return {"success": False, "errorCode": "20001", "errorMsg": "授权码无效", "data": None}
        found = find_license(granted.holder_number, content["certificateTypeCode"])
        record = found and {
            "certificateHolderName": content["certificateHolderName"],
            "certificateNumber": found.number,
            "certificateIssuingAuthorityName": found.issuer,
            "certificateIssuedDate": found.issued,
            "certificateExpiringDate": found.until,
            "extendedFields": dict(found.more),
        }
        return {"success": True, "errorCode": "0", "data": {"certificates": [record] if record else []}}

    def _share(self, content: dict[str, Any]) -> dict[str, Any]:
        found = find_license(content["holder_identity_num"], content["license_item_code"])
        record = found and {
            "holder_name": content["holder_name"],
            "license_code": found.number,
            "issue_org_name": found.issuer,
            "issue_date": found.issued,
            "expiry_date": found.until,
            "data_fields": dict(found.more),
        }
        return {"status": {"code": "0", "text": "成功"}, "data": [record] if record else []}

    def _tell_promises(self, content: dict[str, Any]) -> dict[str, Any]:
        citizen = BY_NUMBER.get(content["holder_identity_num"])
        records = [{"year": 2025, "is_repaired": False}] if citizen and citizen.has_false_promise else []
        return {"status": {"code": "0", "text": "成功"}, "data": records}

    async def _authenticate_older(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        text = f"{self._credentials.app}{self._credentials.secret}{form.get('time', '')}"
        if form.get("sign") != hashlib.md5(text.encode(), usedforsecurity=False).hexdigest():
            return web.json_response({"result": "3001", "errmsg": "签名错误"})
        if form["method"] == "ticketValidation":
            citizen = self._tickets.pop(form["st"], None)
            if citizen is None:
                return web.json_response({"result": "2001", "errmsg": "票据无效"})
            token = secrets.token_hex(16)
            self._tokens[token] = citizen
            return web.json_response({"result": "0", "errmsg": "成功", "token": token})
        return web.json_response(self._describe_older(self._tokens.pop(form["token"], None)))

    def _describe_older(self, citizen: MadeUpCitizen | None) -> dict[str, Any]:
        if citizen is None:
            return {"result": "2002", "errmsg": "token无效"}
        return {
            "result": "0",
            "errmsg": "成功",
            "userid": citizen.id,
            "username": citizen.name,
            "idnum": citizen.number,
            "idtype": "1",
            "authlevel": str(citizen.level),
            "mobile": citizen.phone,
        }
