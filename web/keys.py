"""What is kept on the application, typed."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from weakref import WeakSet

from aiohttp import web

from bot.domain.hotline import HotlineNews
from bot.domain.verification_news import VerificationNews
from bot.license_ports import Grant
from bot.ports import AuditTrail, Clock, ConversationStore, HotlineDesk, Outbox, RateLimiter
from bot.services.answering import Answering
from bot.services.civic_requests import CivicDesk
from bot.services.complaints.desk import ComplaintDesk
from bot.services.complaints.office import ComplaintOffice
from bot.services.desk import Desk
from bot.services.knowledge import LiveKnowledge
from bot.services.license_office import LicenseOffice
from bot.services.metrics import Metrics
from bot.services.pictures import PictureTaking
from bot.services.privacy import Privacy
from bot.services.sign_in import SignIn
from bot.services.statistics import Statistics
from web.listeners import Listeners
from web.tokens import Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one person may ask, and how a person's address is found; see `Settings`."""

    token_messages: int
    address_messages: int
    address_guests: int
    trusted_proxies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Asks a store whether it answers. Without a required one the service is not ready."""

    ping: Callable[[], Awaitable[bool]]
    is_required: bool


# Checks method, path, headers and body of a callback and reads its news. Raises a DomainError for what is unsound.
ReadNews = Callable[[str, str, Mapping[str, str], bytes], HotlineNews]
ReadGrant = Callable[[str, str, Mapping[str, str], bytes], Grant]
ReadVerificationNews = Callable[[str, str, Mapping[str, str], bytes], VerificationNews]


@dataclass(frozen=True, slots=True, kw_only=True)
class HotlineCallback:
    """How callbacks of 12345 are read, and who hears them."""

    read: ReadNews
    desk: HotlineDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class Open311:
    """The GeoReport server: who may post with which key, and the division code that is our jurisdiction."""

    desk: CivicDesk
    api_keys: Mapping[str, str] = field(repr=False)
    division: str


ANSWERING: web.AppKey[Answering] = web.AppKey("answering", Answering)
AUDIT: web.AppKey[AuditTrail] = web.AppKey("audit")
# How people reach the service; empty means as each of them does.
BASE_URL: web.AppKey[str] = web.AppKey("base_url", str)
CHECKS: web.AppKey[Mapping[str, Check]] = web.AppKey("checks")
CLOCK: web.AppKey[Clock] = web.AppKey("clock")
COMPLAINT_DESK: web.AppKey[ComplaintDesk] = web.AppKey("complaint_desk", ComplaintDesk)
COMPLAINTS: web.AppKey[ComplaintOffice] = web.AppKey("complaints", ComplaintOffice)
CONVERSATIONS: web.AppKey[ConversationStore] = web.AppKey("conversations")
DESK: web.AppKey[Desk] = web.AppKey("desk", Desk)
FRAME_ANCESTORS: web.AppKey[str] = web.AppKey("frame_ancestors", str)
GRANTS: web.AppKey[Mapping[str, ReadGrant]] = web.AppKey("grants")
HOTLINE_CALLBACK: web.AppKey[HotlineCallback] = web.AppKey("hotline_callback", HotlineCallback)
KNOWLEDGE: web.AppKey[LiveKnowledge] = web.AppKey("knowledge", LiveKnowledge)
LISTENERS: web.AppKey[Listeners] = web.AppKey("listeners", Listeners)
LICENSES: web.AppKey[LicenseOffice] = web.AppKey("licenses", LicenseOffice)
LIMITER: web.AppKey[RateLimiter] = web.AppKey("limiter")
LIMITS: web.AppKey[Limits] = web.AppKey("limits", Limits)
METRICS: web.AppKey[Metrics] = web.AppKey("metrics", Metrics)
OPEN311: web.AppKey[Open311] = web.AppKey("open311", Open311)
OUTBOX: web.AppKey[Outbox] = web.AppKey("outbox")
PICTURES: web.AppKey[PictureTaking] = web.AppKey("pictures", PictureTaking)
PRIVACY: web.AppKey[Privacy] = web.AppKey("privacy", Privacy)
# Tells the other processes of this service, if there are any, that the data has changed.
SHARE_RELOAD: web.AppKey[Callable[[], None]] = web.AppKey("share_reload")
SIGN_IN: web.AppKey[SignIn] = web.AppKey("sign_in", SignIn)
SOCKETS: web.AppKey["WeakSet[web.WebSocketResponse]"] = web.AppKey("sockets")
STATISTICS: web.AppKey[Statistics] = web.AppKey("statistics", Statistics)
TOKENS: web.AppKey[Tokens] = web.AppKey("tokens", Tokens)
VERIFICATION_NEWS: web.AppKey[ReadVerificationNews] = web.AppKey("verification_news")
