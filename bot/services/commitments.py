"""告知承诺: shows the letter of an entry, and lets an identified person sign it."""

from bot.domain.case_numbers import NumberKind, draw_number, hash_token
from bot.domain.commitment import CommitmentLetter, SignedCommitment, find_letter, sign_letter
from bot.domain.errors import ConflictError, ForbiddenError, NotFoundError, UnauthenticatedError, UnavailableError
from bot.domain.identifiers import new_id
from bot.domain.identity import IdentityLevel
from bot.domain.use_record import Use, UseAct
from bot.license_ports import CommitmentStore, IdentitySessions, TrustSource
from bot.ports import Clock
from bot.services.knowledge import LiveKnowledge


class Commitments:
    """Letters of commitment.

    Args:
        trust: the only source that may exclude a person; without one nobody can sign here.
    """

    def __init__(
        self,
        *,
        commitments: CommitmentStore,
        identities: IdentitySessions,
        trust: TrustSource | None,
        knowledge: LiveKnowledge,
        clock: Clock,
    ) -> None:
        self._commitments = commitments
        self._identities = identities
        self._trust = trust
        self._knowledge = knowledge
        self._clock = clock

    def find_letter(self, entry_id: str) -> CommitmentLetter:
        """The letter of an entry. Raises NotFoundError, ForbiddenError for a matter of high risk."""
        return find_letter(self._knowledge.current.catalogue, entry_id)

    async def sign(self, entry_id: str, session: str, text_hash: str) -> SignedCommitment:
        """The letter, signed by whoever has logged in in this browser.

        Args:
            text_hash: of the letter that the signer has read; another version must be read anew.

        Raises:
            UnauthenticatedError: nobody has logged in. ForbiddenError: the account has no real name, or its holder has
            a false promise not made good. ConflictError: the letter has changed. UnavailableError: cannot be checked.
        """
        letter, now = self.find_letter(entry_id), self._clock.now()
        identity = await self._identities.find(hash_token(session), now) if session else None
        if identity is None:
            raise UnauthenticatedError("请先登录确认您是谁，再签")
        if identity.level < IdentityLevel.REAL_NAME:
            raise ForbiddenError("签承诺书要实名的账号，您的账号还没有实名；也可以到窗口当面签")
        if letter.hash != text_hash:
            raise ConflictError("承诺书刚刚更新过，请重新看一遍再签")
        if self._trust is None:
            raise UnavailableError("网上签署还没有开通，请到窗口当面签")
        if await self._trust.has_false_promise(identity):
            raise ForbiddenError("记录里有一次承诺不实还没有修复，这次不能用告知承诺，请按窗口要求提供证明或者先修复")
        signed = sign_letter(
            letter,
            id_=hash_token(f"{session}:{new_id()}"),
            number=draw_number(NumberKind.COMMITMENT, now),
            owner_id=hash_token(session),
            name=identity.name,
            holder=identity.number,
            level=int(identity.level),
            at=now,
        )
        await self._commitments.add(signed, self._record(signed, entry_id))
        return signed

    async def get(self, commitment_id: str, session: str) -> SignedCommitment:
        """A letter that was signed in this browser. Raises NotFoundError."""
        signed = await self._commitments.find(commitment_id)
        if signed is None or not session or signed.owner_id != hash_token(session):
            raise NotFoundError("没有找到这份承诺书，或者登录已经过期")
        return signed

    def _record(self, signed: SignedCommitment, entry_id: str) -> Use:
        entry = self._knowledge.current.catalogue.entries[entry_id]
        return Use(
            at=signed.signed_at,
            act=UseAct.SIGN,
            actor_id="citizen",
            actor_role="citizen",
            about=signed.id,
            matter_id=entry.matter_id,
            certificate_id=entry.certificate_id,
            entry_id=entry_id,
            case_number=signed.number,
            purpose="以承诺代替证明",
        )
