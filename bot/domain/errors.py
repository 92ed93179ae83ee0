"""The tree of domain errors. They know no HTTP; `web/problems.py` maps them to statuses.

DomainError
├── InvalidInputError        what came in cannot be used (fields say which part)
│   ├── EmptyTextError, TextTooLongError
│   └── DataFindingsError    catalogue or intent data is inconsistent (findings say where)
│       └── UnusableSettingError  what a setting names turns out to be no good when it is opened
├── UnauthenticatedError     no valid token
│   └── WrongCredentialsError  login and password do not fit
├── ForbiddenError           known, but not allowed
├── NotFoundError
├── ConflictError
├── TooManyRequestsError
└── UnavailableError         a store or an outside system does not answer
"""

from collections.abc import Sequence
from dataclasses import dataclass


class DomainError(Exception):
    """Base of all errors of the domain: a stable code and a Chinese text that a person can act on."""

    code = "domain-error"
    title = "请求没有办成"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title


class InvalidInputError(DomainError):
    """Something the caller sent cannot be used; `fields` maps a field's path to what is wrong with it."""

    code = "invalid-input"
    title = "请求内容有误"

    def __init__(self, detail: str = "", fields: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.fields = fields or {}


class EmptyTextError(InvalidInputError):
    """A message without any visible character."""

    code = "empty-text"
    title = "您还没有输入内容"


class TextTooLongError(InvalidInputError):
    """A message longer than a conversation can use."""

    code = "text-too-long"
    title = "内容太长了，请分几次说"


class UnauthenticatedError(DomainError):
    """No token, or one that is expired or forged."""

    code = "unauthenticated"
    title = "登录已失效，请刷新页面再试"


class WrongCredentialsError(UnauthenticatedError):
    """Login and password do not fit; says not which of the two."""

    code = "wrong-credentials"
    title = "账号或密码不对"


class ForbiddenError(DomainError):
    """The person is known but may not do this."""

    code = "forbidden"
    title = "您没有权限做这一步"


class NotFoundError(DomainError):
    """Nothing by that id, or nothing that this person may know of."""

    code = "not-found"
    title = "没有找到"


class ConflictError(DomainError):
    """The state of things does not allow this now."""

    code = "conflict"
    title = "现在不能这样操作"


class TooManyRequestsError(DomainError):
    """More requests than one person can make; `retry_after` is in seconds."""

    code = "too-many-requests"
    title = "发得太快了，请稍等再试"

    def __init__(self, detail: str = "", retry_after: int = 1) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class UnavailableError(DomainError):
    """A store or an outside system does not answer."""

    code = "unavailable"
    title = "系统暂时繁忙，请稍后再试"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a data file, in words that its editor understands.

    Attributes:
        place: file and row or entry, such as `matters.csv 第12行`.
        message: what is wrong and what to do.
    """

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}：{self.message}"


class DataFindingsError(InvalidInputError):
    """Data files that must not be used; `findings` names every place."""

    code = "data-findings"
    title = "数据文件有错误，没有启用"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("；".join(str(finding) for finding in findings[:5]))
        self.findings = tuple(findings)


class UnusableSettingError(DataFindingsError):
    """What a setting names cannot be used, as only opening it shows; `findings` name the setting."""

    code = "unusable-setting"
    title = "设置有误，没有启动"
