"""A complaint is taken: from one long message or bit by bit, with corrections, questions in between, and a way out."""

from dataclasses import replace
from typing import Final

from bot.dialogue.complaint_cards import ComplaintCards
from bot.dialogue.complaint_channels import ComplaintChannels
from bot.dialogue.complaint_form import (
    fill_subject,
    find_next,
    is_required,
    make_anonymous,
    mark_asked,
    skip_field,
)
from bot.dialogue.complaint_reading import ComplaintReader
from bot.dialogue.complaint_told import read_told
from bot.dialogue.complaint_words import squeeze
from bot.dialogue.errands import Duplicate, FileComplaint, Filed, Result
from bot.dialogue.parts import text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.replies import Replies
from bot.domain.catalogue import Catalogue
from bot.domain.complaint import MOST_PICTURES, Draft, Field, Subject
from bot.domain.conversation import Part, State
from bot.domain.numbers import looks_like_number, read_number
from intents.understanding import Act, Intent

_CONFIRM: Final = "confirm"
_FEW: Final = 8
# A yes this short can be nothing else.
_BARE: Final = 2
_JOIN: Final = "complaint:join:"
_FOLLOWING: Final = "follow:"
# What somebody may want to know in between.
_ASIDES: Final = frozenset(
    {
        Intent.CERTIFICATE_NEEDED,
        Intent.MATTER_MATERIALS,
        Intent.CERTIFICATE_OBTAIN,
        Intent.MEASURE_HOW,
        Intent.POLICY_FAQ,
        Intent.E_LICENSE,
        Intent.VERIFICATION_TRACK,
        Intent.COMPLAINT_TRACK,
    }
)


class TakeComplaint:
    """Answers `complaint_file`, and every message while a complaint is being taken."""

    def __init__(self, catalogue: Catalogue, say: Replies, reader: ComplaintReader, cards: ComplaintCards) -> None:
        self._catalogue = catalogue
        self._say = say
        self._reader = reader
        self._words = reader.words
        self._cards = cards
        self._channels = ComplaintChannels(say, reader.words, cards)

    def __call__(self, turn: Turn) -> Turn | Answer:
        draft, intent = turn.memory.draft, turn.heard.intent
        choice = turn.utterance.choice or ""
        if draft is None:
            return self._start(turn)
        text = squeeze(turn.utterance.text)
        if turn.heard.act is Act.ABANDON or self._words.shows("abandon", text) or choice == "complaint:abandon":
            return self._abandon(turn)
        if choice.startswith("complaint:"):
            return self._press(turn, draft, choice.removeprefix("complaint:"))
        if draft.is_paused:
            return self._resume(turn, draft) if self._comes_back(turn) else turn
        if (intent is Intent.HUMAN and not self._tells_contact(turn)) or choice or self._is_aside(turn):
            return _pause(turn, draft)
        return self._continue(turn, draft)

    def remind(self, turn: Turn, answer: Answer) -> Answer:
        """After an answer in between: that the complaint waits, and how to go on with it."""
        draft = turn.memory.draft
        if draft is None or not draft.is_paused or answer.ends_draft or answer.draft is not None:
            return answer
        return replace(answer, parts=(*answer.parts, *self._cards.offer_resuming()))

    def _start(self, turn: Turn) -> Turn | Answer:
        """Opens a complaint where the message is one; what is told of one filed before is for the next step."""
        text, heard = squeeze(turn.utterance.text), turn.heard
        if heard.intent is not Intent.COMPLAINT_FILE:
            return self._channels.find_asked_for(turn) or turn
        if any(value.startswith(_FOLLOWING) for value in turn.memory.pending) and turn.memory.asks == Field.STORY:
            return turn
        if self._words.shows("again", text):
            return replace(turn, heard=replace(heard, intent=Intent.COMPLAINT_TRACK))
        return self._open(turn)

    def _tells_contact(self, turn: Turn) -> bool:
        return read_told(turn.utterance.text, self._words, turn.memory.asks).tells_contact

    def _open(self, turn: Turn) -> Answer:
        """A new draft, with what the conversation has settled so far."""
        memory, text = turn.memory, turn.utterance.text
        channel = self._channels.find(turn)
        if channel is not None:
            return channel
        draft = Draft(person=memory.person, issued=memory.issued)
        if text:
            draft, _ = self._reader.read(draft, text, None, turn.today)
        draft = self._reader.infer_unit(self._prefill(draft, turn))
        return self._go_on(draft, turn, lead=self._say("complaint.lead"))

    def _prefill(self, draft: Draft, turn: Turn) -> Draft:
        """The conversation's matter and certificate, where the message names no other."""
        heard, memory, subject = turn.heard, turn.memory, draft.subject
        matter = subject.matter_id or heard.clear_matter or memory.matter
        is_same = subject.matter_id in {None, memory.matter}
        certificates = subject.certificate_ids or heard.clear_certificates or (memory.certificates if is_same else ())
        return fill_subject(draft, Subject(matter_id=matter, certificate_ids=certificates), overrides=False)

    def _continue(self, turn: Turn, draft: Draft) -> Answer:
        text, asks = turn.utterance.text, turn.memory.asks or find_next(draft) or _CONFIRM
        channel = self._channels.find(turn)
        if channel is not None:
            return channel
        joined = self._choose_joining(turn, draft)
        if joined is not None:
            return joined
        if asks == _CONFIRM:
            if turn.heard.act is Act.AFFIRM or self._words.shows("affirmed", squeeze(text)):
                return self._file(draft)
            if turn.heard.act is Act.DENY:
                return self._answer(draft, [text_part(self._say("complaint.what_is_wrong"))], _CONFIRM)
        read, told = self._reader.read(draft, text, asks, turn.today)
        is_skipped = turn.heard.act is Act.SKIP or self._words.shows("unknown", squeeze(text))
        if is_skipped and asks in set(Field) and not told.tells_contact:
            return self._skip(turn, draft, Field(asks))
        if self._is_small_talk(turn, read):
            is_back = turn.memory.asks is None
            return self._go_on(draft, turn, lead=self._say("complaint.resume.back") if is_back else "")
        if told.has_bad_phone:
            return self._answer(draft, [text_part(self._say("complaint.bad_phone"))], Field.PHONE)
        return self._go_on(read, turn)

    def _choose_joining(self, turn: Turn, draft: Draft) -> Answer | None:
        """The answer to the offer to join a complaint about the same thing, in words."""
        offered = next((value for value in turn.memory.offered if value.startswith(_JOIN)), None)
        if offered is None:
            return None
        text, act = squeeze(turn.utterance.text), turn.heard.act
        if self._words.names("apart", text) or act is Act.DENY:
            return self._file(replace(draft, declines_join=True))
        if self._words.names("joined", text) or act is Act.AFFIRM:
            return self._file(replace(draft, joins=offered.removeprefix(_JOIN)))
        return None

    def _is_small_talk(self, turn: Turn, after: Draft) -> bool:
        """Whether a few words mean nothing for the complaint (“好的”, “谢谢”)."""
        is_short = len(turn.words) <= _FEW and turn.memory.asks != Field.STORY
        if not is_short or turn.heard.intent is not Intent.SMALLTALK or turn.heard.act not in {None, Act.AFFIRM}:
            return False
        if turn.heard.act is Act.AFFIRM and len(turn.words) <= _BARE:
            return True
        before = turn.memory.draft or Draft()
        return (after.subject, after.contact, after.protection) == (before.subject, before.contact, before.protection)

    def _go_on(self, draft: Draft, turn: Turn, *, lead: str = "") -> Answer:
        """The next question, or the summary to confirm."""
        first = [text_part(lead)] if lead else []
        field = find_next(draft)
        if field is None:
            before = turn.memory.draft or Draft()
            is_judged = turn.memory.asks == _CONFIRM and before.subject == draft.subject
            summary = self._cards.summarise(draft, turn.today, is_judged=is_judged)
            return self._answer(draft, [*first, *summary], _CONFIRM)
        question = self._cards.ask(draft, field, turn.today)
        return self._answer(mark_asked(draft, field), [*first, *question], field)

    def _skip(self, turn: Turn, draft: Draft, field: Field) -> Answer:
        if is_required(field) and field is not Field.PHONE:
            return self._answer(draft, [text_part(self._say(f"complaint.required.{field}"))], field)
        return self._go_on(skip_field(draft, field), turn)

    def _press(self, turn: Turn, draft: Draft, value: str) -> Answer:
        """A button of ours."""
        kind, _, rest = value.partition(":")
        draft = replace(draft, is_paused=False)
        match kind:
            case "file":
                return self._file(draft)
            case "join":
                return self._file(replace(draft, joins=rest))
            case "separate":
                return self._file(replace(draft, declines_join=True))
            case "picture" if rest:
                return self._add_picture(draft, turn, rest)
            case "anonymous":
                return self._go_on(make_anonymous(draft), turn)
            case "skip" if rest in set(Field):
                return self._skip(turn, draft, Field(rest))
            case "matter" if rest in self._catalogue.matters:
                return self._go_on(self._reader.choose_matter(draft, rest), turn)
            case "certificate" if rest in self._catalogue.certificates:
                return self._go_on(fill_subject(draft, Subject(certificate_ids=(rest,)), overrides=True), turn)
            case _:
                return self._go_on(draft, turn)

    def _add_picture(self, draft: Draft, turn: Turn, picture_id: str) -> Answer:
        """A picture was sent and kept; its id joins the draft. Whose it is, the service checks when filing."""
        pictures = tuple(dict.fromkeys((*draft.pictures, picture_id)))
        if len(pictures) > MOST_PICTURES:
            return self._go_on(draft, turn, lead=self._say("complaint.picture.full"))
        draft = replace(draft, pictures=pictures)
        return self._go_on(draft, turn, lead=self._say("complaint.picture.added", count=len(pictures)))

    def _resume(self, turn: Turn, draft: Draft) -> Answer:
        """Back to the complaint; “这个” is what was talked about in between."""
        draft = replace(draft, is_paused=False)
        text = turn.utterance.text
        if text:
            draft, _ = self._reader.read(draft, text, None, turn.today)
        return self._go_on(self._reader.infer_unit(self._prefill(draft, turn)), turn)

    def _file(self, draft: Draft) -> Answer:
        missing = find_next(replace(draft, asked=tuple(Field)))
        if missing is not None:
            return self._answer(draft, [text_part(self._say(f"complaint.required.{missing}"))], missing)
        waiting = [text_part(self._say("complaint.not_here"))]
        answer = self._answer(draft, waiting, _CONFIRM)
        return replace(answer, errand=FileComplaint(draft=draft), report=self._report)

    def _report(self, turn: Turn, result: Result) -> Answer:
        """What became of the filing; without a world to file in, the summary still stands."""
        draft = turn.memory.draft or Draft()
        if isinstance(result, Duplicate):
            return self._answer(draft, self._cards.offer_joining(result), _CONFIRM)
        if not isinstance(result, Filed):
            return self._answer(draft, [text_part(self._say("complaint.not_here"))], _CONFIRM)
        return Answer(
            status="answered_filed",
            parts=tuple(self._cards.tell_filed(result, draft.protection)),
            intent=Intent.COMPLAINT_FILE,
            matter=draft.subject.matter_id,
            certificates=draft.subject.certificate_ids,
            ends_draft=True,
        )

    def _abandon(self, turn: Turn) -> Answer:
        parts = (text_part(self._say("complaint.abandoned")),)
        return Answer(status="answered", parts=parts, intent=Intent.COMPLAINT_FILE, ends_draft=True, keeps_topic=True)

    def _comes_back(self, turn: Turn) -> bool:
        is_told = self._words.shows("resume", squeeze(turn.utterance.text))
        return is_told or turn.heard.intent is Intent.COMPLAINT_FILE

    def _is_aside(self, turn: Turn) -> bool:
        """Whether it is a question of its own and no part of the story."""
        text = squeeze(turn.utterance.text)
        if looks_like_number(text) or read_number(text):
            return True
        if turn.heard.intent not in _ASIDES or not self._words.shows("question", text):
            return False
        return not self._words.shows("demand", text) or self._words.shows("aside", text)

    def _answer(self, draft: Draft, parts: list[Part], asks: str) -> Answer:
        return Answer(
            status=f"clarify_{asks}",
            parts=tuple(parts),
            state=State.COMPLAINT,
            asks=str(asks),
            intent=Intent.COMPLAINT_FILE,
            matter=draft.subject.matter_id,
            certificates=draft.subject.certificate_ids,
            draft=draft,
            keeps_topic=True,
        )


def _pause(turn: Turn, draft: Draft) -> Turn:
    """Goes aside; “这个证明” is then the one that the complaint is about."""
    subject, memory = draft.subject, turn.memory
    memory = replace(
        memory,
        draft=replace(draft, is_paused=True),
        asks=None,
        offered=(),
        matter=subject.matter_id or memory.matter,
        certificates=subject.certificate_ids or memory.certificates,
        intent=Intent.CERTIFICATE_NEEDED.value,
    )
    return replace(turn, memory=memory)
