"""告知承诺: the letter that takes the place of a certificate, who may sign it, and what signing it leaves behind. Pure.

2020 rules, article 10; 国办发〔2020〕42号: written notice of what must be proved, what is promised, the liability and
how it is checked; the applicant may choose; not for matters of high risk, nor for people with a false promise that
they have not made good, as an authorised source records it.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.domain.catalogue import Catalogue, Entry, Measure
from bot.domain.errors import ForbiddenError, NotFoundError

_LIABILITY: Final = (
    "承诺不实的，行政机关将依法终止办理、责令限期整改，或者撤销已作出的决定；",
    "因此造成的后果和法律责任由承诺人承担，并按规定记入信用记录，在信用修复前不再适用告知承诺。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentLetter:
    """The letter of one catalogue entry, before it is signed.

    Attributes:
        proves: what the certificate would prove and by which law. promises: what the signer promises.
        checks: how it is checked afterwards. version: of the catalogue it was made from.
    """

    entry_id: str
    matter: str
    certificate: str
    unit: str
    basis: tuple[str, ...]
    proves: str
    promises: tuple[str, ...]
    liability: tuple[str, ...]
    checks: str
    version: str

    @property
    def text(self) -> str:
        """The whole letter in one piece; its hash is what is signed."""
        return "\n".join(
            (
                f"{self.certificate}告知承诺书",
                f"办理事项：{self.matter}",
                f"办理单位：{self.unit}",
                f"一、要证明什么：{self.proves}",
                f"二、依据：{'；'.join(self.basis)}",
                "三、承诺人承诺：" + "".join(self.promises),
                f"四、怎么核查：{self.checks}",
                "五、承诺不实的责任：" + "".join(self.liability),
                f"目录版本：{self.version}",
            )
        )

    @property
    def hash(self) -> str:
        """SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCommitment:
    """A letter that somebody signed, as whom and when; `signature` is the hash over letter, signer and time."""

    id: str
    number: str
    owner_id: str
    letter: CommitmentLetter
    signed_at: datetime
    signer_name: str = field(repr=False)
    signer_number: str = field(repr=False)
    level: int
    signature: str


def find_letter(catalogue: Catalogue, entry_id: str) -> CommitmentLetter:
    """The letter of an entry.

    Raises:
        NotFoundError: no such entry, or no promise takes the place of its certificate.
        ForbiddenError: the matter is one of high risk, where a promise is not enough.
    """
    entry = catalogue.entries.get(entry_id)
    if entry is None or entry.measure is not Measure.COMMITMENT:
        raise NotFoundError("这一项不适用告知承诺")
    matter = catalogue.matters[entry.matter_id]
    if is_risky(catalogue, matter.name):
        raise ForbiddenError(f"“{matter.name}”风险较大，不适用告知承诺，请按窗口要求提供材料")
    return _write(catalogue, entry)


def is_risky(catalogue: Catalogue, matter: str) -> bool:
    """Whether a matter belongs to those where a promise is not enough (国办发〔2020〕42号)."""
    words = catalogue.fact("commitment_risk_words")
    return any(word in matter for word in words.split("|") if word)


def sign_letter(
    letter: CommitmentLetter, *, id_: str, number: str, owner_id: str, name: str, holder: str, level: int, at: datetime
) -> SignedCommitment:
    """The signed letter; the signer was identified by a login of at least the second level."""
    text = "\n".join((letter.hash, name, holder, at.isoformat()))
    return SignedCommitment(
        id=id_,
        number=number,
        owner_id=owner_id,
        letter=letter,
        signed_at=at,
        signer_name=name,
        signer_number=holder,
        level=level,
        signature=hashlib.sha256(text.encode()).hexdigest(),
    )


def _write(catalogue: Catalogue, entry: Entry) -> CommitmentLetter:
    matter, certificate = catalogue.matters[entry.matter_id], catalogue.certificates[entry.certificate_id]
    unit = catalogue.unit_of(matter.id)
    demand = f"（{entry.demand_basis}）" if entry.demand_basis else ""
    return CommitmentLetter(
        entry_id=entry.id,
        matter=matter.name,
        certificate=certificate.name,
        unit=unit.name if unit else "",
        basis=(*entry.legal_basis, *catalogue.cite("commitment")),
        proves=f"申请人办理“{matter.name}”，依法应当具备“{certificate.name}”所证明的情况{demand}。",
        promises=(
            "已经看清上面告知的内容；",
            f"自己的情况符合“{certificate.name}”所要证明的要求；",
            "所填写和提供的内容真实、准确、完整；",
            "愿意接受核查，并承担承诺不实的责任；",
            "以上承诺是本人自己的意思。",
        ),
        liability=_LIABILITY,
        checks="办理单位在办理中或者办结后，通过数据共享、向出证单位核实、抽查等方式核查；核查不再要您另交这张证明。",
        version=catalogue.version,
    )
