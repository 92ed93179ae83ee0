"""Made-up citizens with their made-up licences. None of them lives anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpCitizen:
    """Somebody whom the sandbox lets log in.

    Attributes:
        level: 1 registered, 2 real name, 3 advanced. has_false_promise: not made good, as the authorised source says.
        lacks: certificates that the citizen does not have.
    """

    id: str
    name: str
    number: str
    phone: str
    level: int
    story: str
    has_false_promise: bool = False
    lacks: frozenset[str] = frozenset()


CITIZENS: Final = (
    MadeUpCitizen(
        id="wang", name="王小明", number="330299199003070013", phone="13900000001", level=3, story="证照齐全"
    ),
    MadeUpCitizen(
        id="chen", name="陈桂香", number="330299194803120020", phone="13900000002", level=2, story="只做了普通实名"
    ),
    MadeUpCitizen(id="li", name="李未名", number="", phone="13900000003", level=1, story="注册了，没有实名"),
    MadeUpCitizen(
        id="qian",
        name="钱多多",
        number="330299198511230031",
        phone="13900000004",
        level=3,
        story="有一次承诺不实，还没有修复；名下没有证照",
        has_false_promise=True,
        lacks=frozenset({"*"}),
    ),
)
BY_ID: Final[Mapping[str, MadeUpCitizen]] = {citizen.id: citizen for citizen in CITIZENS}
BY_NUMBER: Final[Mapping[str, MadeUpCitizen]] = {citizen.number: citizen for citizen in CITIZENS if citizen.number}


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpLicense:
    """What the sandbox knows of one licence; `more` are fields that only this kind has."""

    number: str
    issuer: str = "示例发证单位"
    issued: str = "2021-05-20"
    until: str = "2031-05-19"
    more: Mapping[str, str] = field(default_factory=dict)


def find_license(holder_number: str, certificate_id: str) -> MadeUpLicense | None:
    """The licence of this kind that the citizen has, made up from both; None where there is none."""
    citizen = BY_NUMBER.get(holder_number)
    if citizen is None or "*" in citizen.lacks or certificate_id in citizen.lacks:
        return None
    number = f"SL-{certificate_id.upper()}-{holder_number[-4:]}"
    more = {"证照名称": f"示例证照（{certificate_id}）", "登记日期": "2021-05-20", "经营者": citizen.name}
    more |= {"名称": f"{citizen.name[0]}记小店（示例）", "统一社会信用代码": "91350100M000100Y43"}
    more |= {"配偶姓名": "示例配偶", "准驾车型": "C1", "号牌号码": "示A·00000", "居住地址": "示例路1号"}
    return MadeUpLicense(number=number, more=more)
