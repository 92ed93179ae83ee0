"""The holder of a licence says that a value is wrong (article 13 (4)): a verification opens, the value is not used."""

from bot.domain.case_numbers import hash_token
from bot.domain.e_license import dispute
from bot.domain.errors import ConflictError, ForbiddenError, NotFoundError
from bot.domain.objection import word_question
from bot.domain.use_record import UseAct
from bot.domain.verification import Verification
from bot.license_ports import LicenseStore
from bot.ports import Clock
from bot.services.licenses.uses import record_use
from bot.services.verifications.opening import VerificationOpening


class Objecting:
    """Takes objections."""

    def __init__(self, *, licenses: LicenseStore, opening: VerificationOpening, clock: Clock) -> None:
        self._licenses = licenses
        self._opening = opening
        self._clock = clock

    async def object(self, token: str, session: str, *, name: str, said: str) -> Verification:
        """The verification that looks into the value.

        Raises:
            NotFoundError, ForbiddenError: not the look-up of this browser.
            ConflictError: no licence is here, or the value is in dispute already. InvalidInputError: nothing was said.
        """
        request = await self._licenses.find_by_token(hash_token(token))
        if request is None:
            raise NotFoundError("这个链接不对，请回到聊天里重新打开")
        if not session or request.session != hash_token(session):
            raise ForbiddenError("只有调取这张证的本人能提异议")
        disputed = dispute(request, name)
        question = word_question(request, name, said)
        opened = self._opening.prepare(
            entry_id=request.entry_id,
            question=question,
            case_number=request.case_number,
            requested_by=request.owner_id,
            owner_id=request.owner_id,
            license_id=request.id,
        )
        if opened is None:
            raise ConflictError("目录里没有写明由哪家单位核实，请打12345反映")
        verification, letters, use = opened
        now = self._clock.now()
        await self._licenses.change(
            disputed, record_use(disputed, UseAct.OBJECT, now), use, verification=verification, letters=letters
        )
        return verification
