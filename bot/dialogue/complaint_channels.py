"""Matters that have a channel of their own: the right door instead of a work order. Pure."""

from dataclasses import replace
from typing import Final

from bot.dialogue.complaint_cards import ComplaintCards
from bot.dialogue.complaint_words import ComplaintWords, squeeze
from bot.dialogue.parts import call_part, text_part
from bot.dialogue.pipeline import Answer, Turn
from bot.dialogue.replies import Replies, join_sentences
from intents.understanding import Intent

_COMPLAINTS: Final = frozenset({Intent.COMPLAINT_FILE, Intent.COMPLAINT_TRACK})


class ComplaintChannels:
    """Lawsuits, petitions, discipline and the like (国务院办公厅 on the hotline service); no work order helps there."""

    def __init__(self, say: Replies, words: ComplaintWords, cards: ComplaintCards) -> None:
        self._say = say
        self._words = words
        self._cards = cards

    def find(self, turn: Turn) -> Answer | None:
        """The channel of a complaint; one that was being taken waits: it may be about a certificate all the same."""
        kind = self._words.find_channel(squeeze(turn.utterance.text))
        if kind is None or turn.heard.clear_certificates:
            return None
        draft = turn.memory.draft
        text = join_sentences([self._say(f"complaint.channel.{kind}.text"), self._say("complaint.here")])
        number = self._say(f"complaint.channel.{kind}.number")
        call = [call_part(self._say("complaint.channel.link", number=number), number)] if number else []
        return Answer(
            status="answered_channel",
            parts=(text_part(text), *call, *(self._cards.offer_resuming() if draft else ())),
            intent=Intent.COMPLAINT_FILE if draft or turn.heard.intent in _COMPLAINTS else None,
            draft=replace(draft, is_paused=True) if draft else None,
            keeps_topic=True,
        )

    def find_asked_for(self, turn: Turn) -> Answer | None:
        """The channel that somebody asks for in other words than a complaint (“我要上访”)."""
        text = squeeze(turn.utterance.text)
        if turn.heard.clear_matter or not self._words.shows("wants_channel", text):
            return None
        return self.find(turn)
