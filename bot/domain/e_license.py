"""Looking up one electronic licence for one matter: what it is for, what was agreed to, and where it stands. Pure.

A look-up always has a purpose, a matter, a certificate, the catalogue entry that lists it, a case, a unit and the
fewest fields that will do; what a citizen agrees to is exactly that. 2020 rules, articles 9, 13, 14 and 17.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.errors import ConflictError, ForbiddenError
from bot.domain.identity import Identity, IdentityLevel, mask_name, mask_number
from bot.domain.watermark import Watermark

# How long a citizen may think it over, and how long a licence is kept once it is here.
THINKING_TIME: Final = timedelta(minutes=30)
KEEPING_TIME: Final = timedelta(minutes=10)
# How long the way into an APP stays open.
HAND_OVER_TIME: Final = timedelta(minutes=5)
PURPOSE: Final = "办理本人申请的事项，核对这张证件（证明）的内容"
# Fields that are shown in part only, by the word in their name.
_NAMES: Final = ("姓名", "持有人", "户主", "配偶", "法定代表人", "经营者")
_NUMBERS: Final = ("号", "代码", "电话", "住址", "地址", "住所")


class Provider(StrEnum):
    """Where an electronic licence is kept (2020 rules, article 9 (2) and (3))."""

    ZHELIBAN = "zheliban"
    ALA_POLICE = "ala_police"
    SHARING = "sharing"

    @property
    def label(self) -> str:
        """What citizens call it."""
        return _PROVIDERS[self]


_PROVIDERS: Final = {
    Provider.ZHELIBAN: "“浙里办”APP",
    Provider.ALA_POLICE: "“阿拉警察”APP",
    Provider.SHARING: "公共数据共享平台",
}


class LicenseState(StrEnum):
    """Where a look-up stands. After `expired` nothing of the licence is kept."""

    REQUESTED = "requested"
    CONSENTED = "consented"
    REFUSED = "refused"
    HANDED_OVER = "handed_over"
    FETCHED = "fetched"
    FAILED = "failed"
    SHOWN = "shown"
    EXPIRED = "expired"


_NEXT: Final[Mapping[LicenseState, frozenset[LicenseState]]] = {
    LicenseState.REQUESTED: frozenset({LicenseState.CONSENTED, LicenseState.REFUSED, LicenseState.EXPIRED}),
    LicenseState.CONSENTED: frozenset(
        {
            LicenseState.HANDED_OVER,
            LicenseState.FETCHED,
            LicenseState.FAILED,
            LicenseState.REFUSED,
            LicenseState.EXPIRED,
        }
    ),
    LicenseState.HANDED_OVER: frozenset(
        {
            # Who came back without an answer of the APP may set out again.
            LicenseState.CONSENTED,
            LicenseState.FETCHED,
            LicenseState.FAILED,
            LicenseState.REFUSED,
            LicenseState.EXPIRED,
        }
    ),
    LicenseState.FETCHED: frozenset({LicenseState.SHOWN, LicenseState.EXPIRED}),
    LicenseState.FAILED: frozenset({LicenseState.CONSENTED, LicenseState.REFUSED, LicenseState.EXPIRED}),
    LicenseState.SHOWN: frozenset({LicenseState.EXPIRED}),
    LicenseState.REFUSED: frozenset(),
    LicenseState.EXPIRED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What the citizen agreed to, word for word by its hash, when, and as whom.

    Attributes:
        reference: by which a provider and a use record name this consent.
        text_hash: SHA-256 of what the consent page said.
    """

    reference: str
    at: datetime
    text_hash: str
    holder: Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class License:
    """A licence as it came, cut down to the fields that were agreed to.

    Attributes:
        disputed: names of fields that the citizen says are wrong; their values are not used meanwhile (article 13).
    """

    fields: Mapping[str, str] = field(repr=False)
    watermark: Watermark
    disputed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseRequest:
    """One look-up.

    Attributes:
        owner_id: the citizen's token. session: hash of the browser session in which the citizen logged in and agreed;
            nobody else sees the result.
        providers: where the licence may be had, the best first; `provider` is the chosen one.
        token: hash of the one-time token of the consent page.
        hand_over: hash of the one-time token that the APP brings back; empty before and after.
    """

    id: str
    token: str
    owner_id: str
    conversation_id: str
    purpose: str
    matter_id: str
    certificate_id: str
    entry_id: str
    case_number: str
    unit_id: str
    issuing_unit: str
    fields: tuple[str, ...]
    providers: tuple[Provider, ...]
    level: IdentityLevel
    requested_at: datetime
    expires_at: datetime
    state: LicenseState = LicenseState.REQUESTED
    provider: Provider | None = None
    consent: Consent | None = None
    session: str = ""
    hand_over: str = ""
    license: License | None = None
    failure: str = ""
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether the citizen can still do something with it."""
        return bool(_NEXT[self.state])


def move(request: LicenseRequest, state: LicenseState) -> LicenseRequest:
    """The request in its next state. Raises ConflictError where the way does not lead there."""
    if state not in _NEXT[request.state]:
        raise ConflictError(_WHY_NOT.get(request.state, "这次调取已经走到下一步了，请刷新页面看看"))
    return replace(request, state=state, version=request.version + 1)


_WHY_NOT: Final = {
    LicenseState.REFUSED: "您已经选了不同意，这次调取已经停下",
    LicenseState.EXPIRED: "这次调取已经过期，需要的话请重新问一次",
}


def agree(request: LicenseRequest, consent: Consent, provider: Provider, session: str) -> LicenseRequest:
    """The request with the citizen's consent.

    Raises:
        ForbiddenError: the login is not sure enough for this certificate, or the provider was not offered.
        ConflictError: it is too late for a consent.
    """
    if consent.holder.level < request.level:
        raise ForbiddenError(f"调这张证要“{request.level.label}”的账号，您现在的账号是“{consent.holder.level.label}”")
    if provider not in request.providers:
        raise ForbiddenError("这张证不能从那里调取")
    moved = move(request, LicenseState.CONSENTED)
    return replace(moved, consent=consent, provider=provider, session=session, failure="", hand_over="")


def hand_over(request: LicenseRequest, token_hash: str, at: datetime) -> LicenseRequest:
    """The citizen is sent into the APP, whose answer must bring the one-time token back in time."""
    moved = move(request, LicenseState.HANDED_OVER)
    return replace(moved, hand_over=token_hash, expires_at=at + HAND_OVER_TIME)


def receive(request: LicenseRequest, license: License, at: datetime) -> LicenseRequest:  # noqa: A002 - it is one
    """The licence has come; what was not agreed to is dropped, and the rest kept for minutes."""
    moved = move(request, LicenseState.FETCHED)
    kept = {name: license.fields[name] for name in request.fields if name in license.fields}
    return replace(moved, hand_over="", license=replace(license, fields=kept), expires_at=at + KEEPING_TIME)


def fail(request: LicenseRequest, why: str, at: datetime) -> LicenseRequest:
    """It could not be had; the citizen may try another way."""
    moved = move(request, LicenseState.FAILED)
    return replace(moved, hand_over="", failure=why, expires_at=at + THINKING_TIME)


def refuse(request: LicenseRequest) -> LicenseRequest:
    """The citizen does not want it: nothing is fetched, and nothing kept."""
    return replace(move(request, LicenseState.REFUSED), hand_over="", license=None, consent=None, session="")


def expire(request: LicenseRequest) -> LicenseRequest:
    """Its time is over: nothing of the licence or its holder is kept."""
    return replace(move(request, LicenseState.EXPIRED), hand_over="", license=None, consent=None, session="")


def dispute(request: LicenseRequest, name: str) -> LicenseRequest:
    """A value is no longer used while it is looked into (article 13 (4)). Raises ConflictError."""
    licence = request.license
    if licence is None or name not in licence.fields:
        raise ConflictError("这一项不在调到的内容里")
    if name in licence.disputed:
        raise ConflictError("这一项已经提过异议，正在核实")
    disputed = replace(licence, disputed=(*licence.disputed, name))
    return replace(request, license=disputed, version=request.version + 1)


def mask_field(name: str, value: str) -> str:
    """A field's value as it may stand on a screen: names and numbers in part only."""
    if any(word in name for word in _NUMBERS):
        return mask_number(value)
    return mask_name(value) if any(word in name for word in _NAMES) else value


def describe_consent(request: LicenseRequest, *, matter: str, certificate: str, unit: str, provider: str) -> str:
    """What the citizen agrees to, in the words whose hash is kept."""
    minutes = int(KEEPING_TIME.total_seconds() // 60)
    return (
        f"为了{request.purpose}（{matter}，办件号{request.case_number}），由{unit}从{provider}调取{certificate}，"
        f"由{request.issuing_unit}核发。只取这几项：{'、'.join(request.fields)}。"
        f"调到后最多保留{minutes}分钟，到时删除，不作他用。"
    )
