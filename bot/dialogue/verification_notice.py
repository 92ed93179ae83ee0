"""Words the end of a verification as a message of the bot, which the citizen did not ask for. Pure."""

from bot.dialogue.parts import text_part
from bot.dialogue.replies import Replies, join_sentences
from bot.domain.catalogue import Catalogue
from bot.domain.conversation import Reply, State, Understood
from bot.domain.verification import Verification
from intents.understanding import Intent


def describe_end(catalogue: Catalogue, verification: Verification) -> Reply:
    """What came of it, without anything that the answer says of the person."""
    say = Replies.load(catalogue.facts)
    certificate = catalogue.certificates.get(verification.certificate_id)
    unit = catalogue.units.get(verification.issuing_unit_id)
    line = say(
        "verification.line",
        number=verification.number,
        certificate=certificate.name if certificate else verification.certificate_id,
        unit=unit.name if unit else verification.issuing_unit_id,
        state=verification.state.label,
    )
    return Reply(
        status="answered_notice",
        understood=Understood(
            intent=Intent.VERIFICATION_TRACK.value,
            matter=verification.matter_id or None,
            certificate=verification.certificate_id or None,
            certificates=(verification.certificate_id,) if verification.certificate_id else (),
            verdict=None,
            confidence=1.0,
        ),
        state=State.IDLE,
        asks=None,
        parts=(text_part(join_sentences([say("verification.ended"), line, say("verification.next")])),),
    )
