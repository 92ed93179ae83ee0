"""A complaint already filed is followed: looked at, urged, added to, withdrawn, reopened, rated."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.dialogue.complaint_cards import ComplaintCards
from bot.dialogue.complaint_told import read_told
from bot.dialogue.complaint_words import ComplaintWords, squeeze
from bot.dialogue.errands import FollowAct, FollowComplaint, Followed, Result
from bot.dialogue.parts import call_part, choices_part, text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.replies import Replies
from bot.domain.complaint import Field
from bot.domain.conversation import Choice, Part
from bot.domain.numbers import looks_like_number, read_number
from intents.understanding import Act, Intent

_CONFIRM: Final = "confirm"
_STORY: Final = Field.STORY.value
_PHONE: Final = Field.PHONE.value
# The button that confirms a withdrawal.
_WITHDRAWN: Final = "withdrawn"
# What wants words of its own before anything is done.
_NEEDS_TEXT: Final = frozenset({FollowAct.ADD, FollowAct.REOPEN})
# In this order: who says 不满意 and 没解决 wants it reopened, not rated.
_ACTS: Final = (FollowAct.WITHDRAW, FollowAct.URGE, FollowAct.REOPEN, FollowAct.ADD, FollowAct.RATE)


class FollowUpComplaint:
    """Answers `complaint_track`, a complaint's number, and what was asked for in following one.

    What waits for an answer stands in `pending` as `follow:ACT:NUMBER`.
    """

    def __init__(self, say: Replies, cards: ComplaintCards, words: ComplaintWords) -> None:
        self._say = say
        self._cards = cards
        self._words = words

    def __call__(self, turn: Turn) -> Turn | Answer:
        choice = turn.utterance.choice or ""
        if choice.startswith("follow:"):
            return self._press(turn, choice)
        text = turn.utterance.text
        waiting = _read_pending(turn.memory.pending)
        if waiting is not None:
            answer = self._take_answer(turn, *waiting)
            if answer is not None:
                return answer
        number = read_number(text)
        if number is None and looks_like_number(text):
            return self._say_only("complaint.follow.bad_number")
        if turn.heard.intent is not Intent.COMPLAINT_TRACK and number is None and not self._asks_on(turn):
            return turn
        return self._ask_world(turn, self._find_act(text), number)

    def _asks_on(self, turn: Turn) -> bool:
        """After a complaint was filed or followed, “到哪一步了” is about it."""
        is_about = turn.memory.intent in {Intent.COMPLAINT_FILE, Intent.COMPLAINT_TRACK}
        return is_about and bool(turn.utterance.text) and self._words.names("look", squeeze(turn.utterance.text))

    def _press(self, turn: Turn, choice: str) -> Answer:
        """A button: `follow:ACT:NUMBER`, with the level behind where it is a rating."""
        _, act_name, number, *rest = (*choice.split(":"), "")
        if act_name == _WITHDRAWN:
            return self._run(turn, FollowComplaint(act=FollowAct.WITHDRAW, number=number))
        act = next((item for item in FollowAct if item == act_name), FollowAct.LOOK)
        if act is FollowAct.RATE and rest and rest[0].isdigit():
            return self._run(turn, FollowComplaint(act=act, number=number, rating=int(rest[0])))
        if act is FollowAct.RATE:
            return self._ask(_CONFIRM, self._cards.ask_rating(number), act, number)
        if act in _NEEDS_TEXT:
            return self._ask(_STORY, [text_part(self._say(f"complaint.follow.ask_{act}"))], act, number)
        if act is FollowAct.WITHDRAW:
            return self._confirm_withdrawal(number)
        return self._run(turn, FollowComplaint(act=act, number=number))

    def _ask_world(self, turn: Turn, act: FollowAct, number: str | None) -> Answer:
        text = turn.utterance.text
        phone = read_told(text, self._words, None).phone
        rating = self._words.find_rating(squeeze(text)) if act is FollowAct.RATE else None
        if act is FollowAct.WITHDRAW and number is not None:
            return self._confirm_withdrawal(number)
        if act in _NEEDS_TEXT or act is FollowAct.WITHDRAW or (act is FollowAct.RATE and rating is None):
            # First which one is meant; then what to add, why, or how many stars.
            return self._run(turn, FollowComplaint(act=FollowAct.LOOK, number=number, phone=phone), wanted=act)
        return self._run(turn, FollowComplaint(act=act, number=number, phone=phone, rating=rating))

    def _take_answer(self, turn: Turn, act: FollowAct, number: str) -> Answer | None:
        """What was asked for: a telephone number, words, or a yes; None where the message is about something else."""
        text, asks = turn.utterance.text, turn.memory.asks
        if turn.heard.act is Act.ABANDON and act is not FollowAct.WITHDRAW:
            return self._say_only("leave.text")
        if asks == _PHONE:
            phone = read_told(text, self._words, _PHONE).phone
            return self._run(turn, FollowComplaint(act=act, number=number, phone=phone), wanted=act) if phone else None
        if asks == _STORY and act in _NEEDS_TEXT and text:
            return self._run(turn, FollowComplaint(act=act, number=number, text=text))
        if asks == _CONFIRM and act is FollowAct.WITHDRAW:
            if turn.heard.act is Act.AFFIRM or turn.utterance.choice == "confirm:yes":
                return self._run(turn, FollowComplaint(act=act, number=number))
            is_kept = turn.heard.act is Act.DENY or self._words.names("kept", squeeze(text))
            return self._say_only("complaint.follow.kept") if is_kept else None
        rating = self._words.find_rating(squeeze(text)) if asks == _CONFIRM and act is FollowAct.RATE else None
        return self._run(turn, FollowComplaint(act=act, number=number, rating=rating)) if rating else None

    def _find_act(self, text: str) -> FollowAct:
        squeezed = squeeze(text)
        return next((act for act in _ACTS if self._words.names(act.value, squeezed)), FollowAct.LOOK)

    def _confirm_withdrawal(self, number: str) -> Answer:
        yes = Choice(label=self._say("complaint.follow.withdraw_yes"), value=f"follow:{_WITHDRAWN}:{number}")
        no = Choice(label=self._say("complaint.follow.withdraw_no"), value=f"follow:look:{number}")
        text = self._say("complaint.follow.ask_withdraw", number=number)
        return self._ask(_CONFIRM, [choices_part(text, [yes, no])], FollowAct.WITHDRAW, number)

    def _run(self, turn: Turn, errand: FollowComplaint, *, wanted: FollowAct | None = None) -> Answer:
        errand = replace(errand, phone=errand.phone or turn.memory.proven_phone)
        waiting = self._say_only("complaint.track")

        def report(turn: Turn, result: Result) -> Answer:
            return self._report(turn, errand, wanted or errand.act, result)

        return Answer(
            status=waiting.status,
            parts=waiting.parts,
            intent=Intent.COMPLAINT_TRACK,
            keeps_topic=True,
            errand=errand,
            report=report,
        )

    def _report(self, turn: Turn, errand: FollowComplaint, wanted: FollowAct, result: Result) -> Answer:
        if not isinstance(result, Followed):
            return self._say_only("complaint.track")
        if result.needs_phone:
            text = self._say("complaint.follow.ask_phone", number=errand.number or "")
            return self._ask(_PHONE, [text_part(text)], wanted, errand.number or "")
        if not result.found:
            return self._tell_nothing(errand, wanted, result.refusal)
        if len(result.found) > 1:
            return self._answer(self._cards.choose_from(result.found, wanted))
        answer = self._tell(turn, errand, wanted, result)
        return replace(answer, proven_phone=errand.phone if errand.number else None)

    def _tell_nothing(self, errand: FollowComplaint, wanted: FollowAct, refusal: str) -> Answer:
        """Nothing of the citizen's own; or number and telephone number do not fit, and another one may be told."""
        key = "complaint.follow.none" if errand.number is None else "complaint.follow.not_found"
        told = self._say_only(key)
        parts = (text_part(refusal), *told.parts[1:]) if refusal else told.parts
        if errand.number is not None:
            return self._ask(_PHONE, parts, wanted, errand.number)
        complain = Choice(label=self._say("next.complaint"), value="act:complaint")
        return replace(told, parts=(*parts, choices_part(self._say("complaint.follow.next"), [complain])))

    def _tell(self, turn: Turn, errand: FollowComplaint, wanted: FollowAct, result: Followed) -> Answer:
        view = result.found[0]
        if result.refusal:
            return self._answer([text_part(result.refusal), *self._cards.show(view)])
        if wanted is not errand.act:
            return self._press(turn, f"follow:{wanted}:{view.number}")
        done = self._say(f"complaint.done.{errand.act}") if result.done and errand.act is not FollowAct.LOOK else ""
        return self._answer([*([text_part(done)] if done else []), *self._cards.show(view)])

    def _say_only(self, key: str) -> Answer:
        call = call_part(self._say("complaint.link"), self._say.fact("hotline"))
        return self._answer([text_part(self._say(key)), *([call] if key.startswith("complaint.") else [])])

    def _answer(self, parts: Sequence[Part]) -> Answer:
        return Answer(status="answered", parts=tuple(parts), intent=Intent.COMPLAINT_TRACK)

    def _ask(self, asks: str, parts: Sequence[Part], act: FollowAct, number: str) -> Answer:
        return Answer(
            status=f"clarify_{asks}",
            parts=tuple(parts),
            asks=asks,
            intent=Intent.COMPLAINT_TRACK,
            pending=(f"follow:{act}:{number}",),
            keeps_topic=True,
        )


def _read_pending(pending: tuple[str, ...]) -> tuple[FollowAct, str] | None:
    """What waits for an answer, and for which number."""
    for value in pending:
        kind, _, rest = value.partition(":")
        act, _, number = rest.partition(":")
        if kind == "follow" and act in set(FollowAct):
            return FollowAct(act), number
    return None
