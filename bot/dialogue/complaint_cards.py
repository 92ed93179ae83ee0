"""Words a complaint for the citizen: questions, the summary to confirm, and what became of it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final

from bot.dialogue.assessing import AssessmentWords
from bot.dialogue.complaint_ratings import rating_part
from bot.dialogue.complaint_reading import ComplaintReader
from bot.dialogue.errands import ComplaintView, Duplicate, Filed
from bot.dialogue.parts import choices_part, text_part
from bot.dialogue.replies import Replies, join_sentences
from bot.domain.catalogue import Catalogue
from bot.domain.complaint import Draft, Field, Protection
from bot.domain.conversation import Choice, Happening, Part
from bot.domain.work_order import Move, State
from bot.domain.working_time import china_moment
from bot.violations import assess
from intents.understanding import Candidate

_MOST_CHOICES: Final = 4
_LEAST_LIKELY: Final = 0.15
_SHOWN_STORY: Final = 120
_SHOWN_EVENTS: Final = 4
# Buttons for what may be done with a complaint, in the order shown.
_OFFERED: Final = (Move.URGE, Move.ADD, Move.REOPEN, Move.WITHDRAW)


class ComplaintCards:
    """Makes the parts of replies about complaints from one catalogue."""

    def __init__(self, catalogue: Catalogue, say: Replies, reader: ComplaintReader) -> None:
        self._catalogue = catalogue
        self._say = say
        self._reader = reader
        self._assessments = AssessmentWords(catalogue, say)

    def ask(self, draft: Draft, field: Field, today: date) -> list[Part]:
        """The question for a field, with what it may be as buttons."""
        text = self._say(f"complaint.ask.{field}")
        choices = [*self._guess(draft, field, today), *self._ways_out(field)]
        return [choices_part(text, choices) if choices else text_part(text)]

    def summarise(self, draft: Draft, today: date, *, is_judged: bool) -> list[Part]:
        """Everything to be filed, what the catalogue says of it, and the question whether it is right.

        Args:
            is_judged: the citizen has read what the catalogue says.
        """
        lines = [self._say("complaint.summary.lead"), *self._list_lines(draft)]
        parts = [text_part("\n".join(lines))]
        judged = "" if is_judged else self.judge(draft, today)
        parts += [text_part(judged)] if judged else []
        file = Choice(label=self._say("complaint.summary.file"), value="complaint:file")
        leave = Choice(label=self._say("complaint.summary.leave"), value="complaint:abandon")
        return [*parts, choices_part(self._say("complaint.summary.ask"), [file, leave])]

    def judge(self, draft: Draft, today: date) -> str:
        """What the catalogue says of the demand, honestly where it is lawful; empty where that is open."""
        story = self._reader.story_of(draft, today)
        judged = assess(self._catalogue, story, on=draft.subject.happened_on or today)
        return "" if judged.lawful is None else self._assessments.explain(story, judged, is_filing=True)

    def tell_filed(self, filed: Filed, protection: Protection) -> list[Part]:
        """The number, and that recorded is not yet accepted. Nobody writes to those who are anonymous."""
        ticket = Part(
            type="ticket",
            number=filed.number,
            state=State.RECORDED.label,
            text=self._say("complaint.filed.ticket", number=filed.number),
        )
        is_anonymous = protection is Protection.ANONYMOUS
        lines = [self._say("complaint.filed.anonymous" if is_anonymous else "complaint.filed.text")]
        if filed.joined:
            lines.append(self._say("complaint.filed.joined", number=filed.joined))
        if filed.due_at:
            lines.append(self._say("complaint.filed.due", date=_tell_moment(filed.due_at)))
        look = Choice(label=self._say("complaint.follow.look"), value=f"follow:look:{filed.number}")
        return [ticket, text_part(join_sentences(lines)), choices_part(self._say("complaint.filed.next"), [look])]

    def offer_joining(self, duplicate: Duplicate) -> list[Part]:
        """The same was reported before: the citizen may join, and hears the answer all the same."""
        key = "own" if duplicate.is_own else "other"
        text = self._say(f"complaint.duplicate.{key}", date=_tell_day(duplicate.filed_at))
        join = Choice(label=self._say("complaint.duplicate.join"), value=f"complaint:join:{duplicate.number}")
        apart = Choice(label=self._say("complaint.duplicate.apart"), value="complaint:separate")
        return [choices_part(text, [join, apart])]

    def show(self, view: ComplaintView) -> list[Part]:
        """How a complaint stands, what happened last, and what may be done now."""
        details = tuple(self._list_details(view))
        lines = [self._say("complaint.view.title", number=view.number, title=view.title)]
        lines += [self._say("complaint.view.state", state=view.state.label), *details]
        lines += (
            self._say("complaint.view.event", date=_tell_moment(line.at), name=line.label, statement=line.text)
            for line in view.timeline[-_SHOWN_EVENTS:]
        )
        ticket = Part(
            type="ticket",
            number=view.number,
            title=view.title,
            state=view.state.label,
            text="\n".join(text.rstrip("：:") for text in lines),
            details=details,
            timeline=tuple(Happening(at=line.at, label=line.label, text=line.text) for line in view.timeline),
        )
        return [ticket, *self._offer_moves(view)]

    def _list_details(self, view: ComplaintView) -> Iterator[str]:
        if view.outcome:
            yield self._say("complaint.view.outcome", statement=view.outcome)
        if view.hotline_number:
            yield self._say("complaint.view.hotline_number", number=view.hotline_number)
        elif not view.is_accepted:
            yield self._say("complaint.view.not_accepted")
        if view.due_at:
            yield self._say("complaint.view.due", date=_tell_moment(view.due_at))

    def ask_rating(self, number: str) -> list[Part]:
        """The five levels of 好差评."""
        return [rating_part(self._say, number)]

    def choose_from(self, views: Iterable[ComplaintView], act: str) -> list[Part]:
        """Which of several complaints is meant."""
        choices = [
            Choice(label=self._say("complaint.follow.one", number=view.number, title=view.title), value=value)
            for view in views
            for value in [f"follow:{act}:{view.number}"]
        ]
        return [choices_part(self._say("complaint.follow.which"), choices[:_MOST_CHOICES])]

    def offer_resuming(self) -> list[Part]:
        """After something else: the complaint waits."""
        resume = Choice(label=self._say("complaint.resume.button"), value="complaint:resume")
        leave = Choice(label=self._say("complaint.summary.leave"), value="complaint:abandon")
        return [choices_part(self._say("complaint.resume.text"), [resume, leave])]

    def name_subject(self, draft: Draft) -> dict[str, str]:
        """Unit, matter and certificates as the summary calls them; empty where nothing was told."""
        subject, catalogue = draft.subject, self._catalogue
        certificates = "、".join(catalogue.certificates[item].name for item in subject.certificate_ids)
        return {
            "unit": catalogue.units[subject.unit_id].name if subject.unit_id else subject.unit_told,
            "matter": catalogue.matters[subject.matter_id].name if subject.matter_id else subject.matter_told,
            "certificate": certificates or subject.certificate_told,
        }

    def _list_lines(self, draft: Draft) -> Iterator[str]:
        subject, contact = draft.subject, draft.contact
        day = subject.happened_on
        values = self.name_subject(draft) | {
            "date": (f"{day.month}月{day.day}日" if day else "") + subject.time_told,
            "place": subject.place,
            "story": _shorten(draft.story.replace("\n", "；")),
            "name": contact.name,
            "phone": contact.phone,
            "protection": self._say(f"complaint.protection.{draft.protection}"),
            "callback": self._say("complaint.callback") if contact.wants_callback else "",
        }
        if draft.protection is Protection.ANONYMOUS:
            values |= {"name": "", "phone": ""}
        if draft.pictures:
            values["pictures"] = str(len(draft.pictures))
        for name, value in values.items():
            if value:
                yield self._say(f"complaint.line.{name}", statement=value)

    def _guess(self, draft: Draft, field: Field, today: date) -> list[Choice]:
        if field not in {Field.MATTER, Field.CERTIFICATE}:
            return []
        names = self._catalogue.matters if field is Field.MATTER else self._catalogue.certificates
        guesses = self._reader.guess(draft, field, today) or self._listed(draft, field)
        likely = [item.id for item in guesses if item.score >= _LEAST_LIKELY]
        if field is Field.MATTER and draft.subject.unit_id:
            likely = [item for item in likely if self._may_handle(draft.subject.unit_id, item)]
        likely = likely[:_MOST_CHOICES]
        return [Choice(label=names[item].name, value=f"complaint:{field}:{item}") for item in likely]

    def _may_handle(self, unit_id: str, matter_id: str) -> bool:
        """Whether the matter is one of the unit's; a town's counter takes in those of many units."""
        town_units = {town.unit_id for town in self._catalogue.towns.values()}
        return unit_id in town_units or self._catalogue.matters[matter_id].unit_id == unit_id

    def _listed(self, draft: Draft, field: Field) -> tuple[Candidate, ...]:
        """Certificates that offices used to ask for in the matter."""
        if field is not Field.CERTIFICATE or draft.subject.matter_id is None:
            return ()
        entries = self._catalogue.list_by_matter(draft.subject.matter_id)
        return tuple(Candidate(id=entry.certificate_id, score=1.0) for entry in entries)

    def _ways_out(self, field: Field) -> list[Choice]:
        if field is Field.PHONE:
            return [Choice(label=self._say("complaint.ask.anonymous"), value="complaint:anonymous")]
        if field in {Field.STORY, Field.UNIT}:
            return []
        return [Choice(label=self._say("complaint.ask.skip"), value=f"complaint:skip:{field}")]

    def _offer_moves(self, view: ComplaintView) -> list[Part]:
        if Move.RATE in view.moves and view.rating is None:
            return [*self.ask_rating(view.number), *self._buttons(view)]
        return self._buttons(view)

    def _buttons(self, view: ComplaintView) -> list[Part]:
        choices = [
            Choice(label=self._say(f"complaint.follow.{move}"), value=f"follow:{move}:{view.number}")
            for move in _OFFERED
            if move in view.moves
        ]
        return [choices_part(self._say("complaint.follow.next"), choices)] if choices else []


def _tell_day(at: datetime) -> str:
    local = china_moment(at)
    return f"{local.month}月{local.day}日"


def _tell_moment(at: datetime) -> str:
    local = china_moment(at)
    return f"{local.month}月{local.day}日{local:%H:%M}"


def _shorten(text: str) -> str:
    return text if len(text) <= _SHOWN_STORY else text[:_SHOWN_STORY] + "……"
