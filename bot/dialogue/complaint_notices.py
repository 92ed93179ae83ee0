"""Words what others have done about a complaint as a message of the bot, which the citizen did not ask for. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.complaint_ratings import rating_part
from bot.dialogue.parts import choices_part
from bot.dialogue.replies import Replies
from bot.domain.conversation import Choice, Happening, Part, Reply, Understood
from bot.domain.conversation import State as Talking
from bot.domain.work_order import State
from intents.understanding import Intent


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing that happened to a complaint. `may_rate`: it was not rated before."""

    number: str
    state: State
    label: str
    text: str
    at: datetime
    may_rate: bool = False


def write_notice(happened: Happened, facts: Mapping[str, str]) -> Reply:
    """The message: what happened, and what may be done now.

    Args:
        facts: local facts of the catalogue.
    """
    say = Replies.load(facts)
    line = say("complaint.notice.line", name=happened.label, statement=happened.text).rstrip("：")
    card = Part(
        type="ticket",
        number=happened.number,
        title=say("complaint.notice.title"),
        state=happened.state.label,
        text=say("complaint.notice.text", number=happened.number, statement=line),
        timeline=(Happening(at=happened.at, label=happened.label, text=happened.text),),
    )
    return Reply(
        status="answered_notice",
        understood=Understood(
            intent=Intent.COMPLAINT_TRACK.value,
            matter=None,
            certificate=None,
            certificates=(),
            verdict=None,
            confidence=1.0,
        ),
        state=Talking.IDLE,
        asks=None,
        parts=(card, *_offer(happened, say)),
    )


def _offer(happened: Happened, say: Replies) -> tuple[Part, ...]:
    """A closed complaint may be rated; one that was answered may be far from solved."""
    if happened.state is State.CLOSED and happened.may_rate:
        return (rating_part(say, happened.number),)
    acts = ["look", "reopen"] if happened.state is State.ANSWERED else ["look"]
    choices = [Choice(label=say(f"complaint.follow.{act}"), value=f"follow:{act}:{happened.number}") for act in acts]
    return (choices_part(say("complaint.follow.next"), choices),)
