"""One citizen turn: check it, lock the conversation, let the dialogue answer, store both messages, remember."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.dialogue.dialogue import Utterance
from bot.domain.complaint import KeptDraft
from bot.domain.conversation import Author, Memory, Message, Reply
from bot.domain.errors import ConflictError, EmptyTextError, InvalidInputError
from bot.domain.filing import Record
from bot.domain.identifiers import new_id
from bot.domain.message_text import clean_text
from bot.domain.personal_data import mask_personal_data
from bot.domain.viewer import Viewer
from bot.ports import Clock, ConversationStore, MemoryStore
from bot.services.errands import Errands, Occasion
from bot.services.knowledge import LiveKnowledge
from bot.services.metrics import Metrics
from bot.services.transcripts import require_owner

_LONGEST_CHOICE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The answer to a turn; `message_id` is that of the bot's message."""

    conversation_id: str
    message_id: str
    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    viewer: Viewer
    conversation_id: str
    opens: bool
    utterance: Utterance
    client_message_id: str | None


class Answering:
    """Answers turns. Stateless: all state is behind the ports."""

    def __init__(
        self,
        *,
        conversations: ConversationStore,
        memories: MemoryStore,
        knowledge: LiveKnowledge,
        clock: Clock,
        metrics: Metrics,
        errands: Errands,
    ) -> None:
        self._conversations = conversations
        self._memories = memories
        self._knowledge = knowledge
        self._clock = clock
        self._metrics = metrics
        self._errands = errands

    async def answer(
        self,
        viewer: Viewer,
        *,
        conversation_id: str | None = None,
        text: str | None = None,
        choice: str | None = None,
        client_message_id: str | None = None,
    ) -> Answered:
        """The answer to one message. When it returns, both messages are durable.

        Args:
            conversation_id: None opens a new conversation.
            text: what the person wrote; may accompany a choice, as its label.
            client_message_id: a message that was sent before is not answered anew: the answer it got is given again.

        Raises:
            InvalidInputError, EmptyTextError, TextTooLongError: the message cannot be answered.
            NotFoundError: no such conversation of this person.
            UnavailableError: a store does not answer; nothing was stored.
        """
        turn = _Turn(
            viewer=viewer,
            conversation_id=conversation_id or new_id(),
            opens=not conversation_id,
            utterance=_read_utterance(text, choice),
            client_message_id=client_message_id,
        )
        if turn.opens:
            return await self._take_turn(turn, Memory())
        await require_owner(self._conversations, viewer, turn.conversation_id)
        async with self._memories.lock(turn.conversation_id):
            return await self._take_turn(turn, await self._recall(turn.conversation_id))

    async def _recall(self, conversation_id: str) -> Memory:
        """What is remembered; of a conversation that was forgotten at least the complaint that was being taken."""
        memory = await self._memories.load(conversation_id)
        if memory != Memory():
            return memory
        return Memory(draft=await self._conversations.find_draft(conversation_id))

    async def _take_turn(self, turn: _Turn, memory: Memory) -> Answered:
        question = await self._write_question(turn)
        reply, memory, records = await self._respond(turn, memory, question.at)
        answer = Message(
            id=new_id(),
            conversation_id=turn.conversation_id,
            author=Author.BOT,
            text=reply.text,
            at=self._clock.now(),
            reply=reply,
        )
        try:
            await self._conversations.append_turn(turn.viewer.id, question, answer, opens=turn.opens, records=records)
        except ConflictError:
            return await self._repeat_answer(turn)
        await self._memories.save(turn.conversation_id, memory)
        self._metrics.count("turns", status=reply.status, intent=reply.understood.intent)
        return Answered(conversation_id=turn.conversation_id, message_id=answer.id, reply=reply)

    async def _respond(self, turn: _Turn, before: Memory, at: datetime) -> tuple[Reply, Memory, tuple[Record, ...]]:
        """Reply and memory, and what must be stored together with the turn."""
        turned = self._knowledge.current.dialogue.begin(turn.utterance, before, at.date())
        reply, memory = turned.reply, turned.memory
        records: tuple[Record, ...] = ()
        if turned.errand is not None and turned.resume is not None:
            occasion = Occasion(viewer=turn.viewer, conversation_id=turn.conversation_id, at=at)
            result, brought = await self._errands.run(occasion, turned.errand)
            reply, memory = turned.resume(result)
            records = tuple(brought)
        if memory.draft != before.draft:
            records += (KeptDraft(conversation_id=turn.conversation_id, at=at, draft=memory.draft),)
        return reply, memory, records

    async def _write_question(self, turn: _Turn) -> Message:
        text = turn.utterance.text or await self._find_label(turn)
        return Message(
            id=new_id(),
            conversation_id=turn.conversation_id,
            author=Author.CITIZEN,
            text=mask_personal_data(text),
            at=self._clock.now(),
            client_message_id=turn.client_message_id,
        )

    async def _find_label(self, turn: _Turn) -> str:
        """What stood on the button that was pressed, as far as the last reply offered it."""
        value = turn.utterance.choice or ""
        last = () if turn.opens else await self._conversations.list_messages(turn.conversation_id, limit=1)
        offered = [
            choice for message in last if message.reply for part in message.reply.parts for choice in part.choices
        ]
        return next((choice.label for choice in offered if choice.value == value), value)

    async def _repeat_answer(self, turn: _Turn) -> Answered:
        """The store decides what has been sent before: no other order of steps is safe against two at once."""
        if turn.client_message_id is not None:
            answer = await self._conversations.find_answer(turn.viewer.id, turn.client_message_id)
            if answer is not None and answer.reply is not None:
                self._metrics.count("repeated_messages")
                return Answered(conversation_id=answer.conversation_id, message_id=answer.id, reply=answer.reply)
        raise ConflictError("这段对话刚刚有变化，请刷新后再试")


def _read_utterance(text: str | None, choice: str | None) -> Utterance:
    if choice is None:
        return Utterance(text=clean_text(text or ""))
    if not (choice and choice.isprintable() and len(choice) <= _LONGEST_CHOICE):
        raise InvalidInputError("没有这个选项", {"choice": "请从给出的选项中选一个"})
    try:
        return Utterance(text=clean_text(text or ""), choice=choice)
    except EmptyTextError:
        return Utterance(choice=choice)
