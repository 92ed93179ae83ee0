"""Reads a message for the complaint that is being taken, and puts what it tells into the draft. Pure."""

from dataclasses import replace
from datetime import date
from typing import Final

from bot.dialogue.complaint_form import add_contact, add_story, fill_subject, is_filled, skip_field
from bot.dialogue.complaint_told import Told, read_told
from bot.dialogue.complaint_words import ComplaintWords, squeeze
from bot.dialogue.names import is_named_after
from bot.dialogue.stories import StoryReading, Understander, read_story
from bot.domain.catalogue import Catalogue
from bot.domain.complaint import Draft, Field, Subject
from bot.domain.verdict import Circumstances, IssuedWhere, Person
from bot.violations import Demand, Story
from intents.understanding import Candidate

_CONFIRM: Final = "confirm"
# Longer than this, an answer is no name of a unit, matter or certificate, or no day.
_LONGEST_NAME: Final = 30
_LONGEST_DAY: Final = 12
_LONGEST_ANSWER: Final = 10
_NAMED: Final = frozenset({Field.UNIT.value, Field.MATTER.value, Field.CERTIFICATE.value, Field.PLACE.value})
# A guess this likely is good enough, because the citizen confirms the summary.
_LIKELY: Final = 0.35
# Where papers named without a demand are the ones that were demanded; elsewhere they may be part of the matter's name.
_PAPERS_MEANT: Final = frozenset({None, _CONFIRM, Field.STORY.value, Field.CERTIFICATE.value})


class ComplaintReader:
    """Fills drafts from words, by the same reading as `assess` and the desk."""

    def __init__(self, catalogue: Catalogue, engine: Understander) -> None:
        self._catalogue = catalogue
        self._engine = engine
        self._town_levels = {catalogue.units[town.unit_id].level for town in catalogue.towns.values()}
        self.words = ComplaintWords.load()

    def read(self, draft: Draft, text: str, asked: str | None, today: date) -> tuple[Draft, Told]:
        """The draft with all that a message tells, and what it told beside the story."""
        told = read_told(text, self.words, asked)
        # Before anything was told there is nothing to correct: “不是要证明，是态度差” is the story.
        told = replace(told, is_correction=told.is_correction and bool(draft.story))
        if told.has_bad_phone:
            return draft, told
        with_contact = add_contact(draft, told)
        if not (told.rest and told.meant):
            return with_contact, told
        filled = self._read_subject(with_contact, told, asked, today)
        return self._keep_words(with_contact, filled, told, asked), told

    def story_of(self, draft: Draft, today: date) -> Story:
        """What `assess` judges: the words of the whole story, with the slots that the draft settled."""
        story = self._read(draft.story, today).story if draft.story else Story()
        subject = draft.subject
        return replace(
            story,
            matter_id=subject.matter_id,
            certificate_ids=subject.certificate_ids,
            unit_id=subject.unit_id,
            circumstances=Circumstances(
                person=Person(draft.person) if draft.person else story.circumstances.person,
                issued=IssuedWhere(draft.issued) if draft.issued else story.circumstances.issued,
            ),
        )

    def guess(self, draft: Draft, field: Field, today: date) -> tuple[Candidate, ...]:
        """What a slot that is still open may be, best first."""
        if len(draft.story) <= _LONGEST_ANSWER:
            return ()
        reading = self._read(draft.story, today)
        return reading.matters if field is Field.MATTER else reading.certificates

    def infer_unit(self, draft: Draft) -> Draft:
        """The unit that handles the matter, where none was told; which of the towns it was is never guessed."""
        subject = draft.subject
        if is_filled(draft, Field.UNIT) or subject.matter_id is None:
            return draft
        unit = self._catalogue.unit_of(subject.matter_id)
        if unit is None or unit.level in self._town_levels:
            return draft
        return replace(draft, subject=replace(subject, unit_id=unit.id))

    def _read(self, text: str, today: date) -> StoryReading:
        return read_story(text, self._engine, self._catalogue, today)

    def _read_subject(self, draft: Draft, told: Told, asked: str | None, today: date) -> Draft:
        """What the message says now, then what the whole story says of gaps that are left.

        What stands is overridden by a correction only, and a certificate by what is said to have been demanded.
        """
        now = self._read(told.meant, today)
        said = self._subject_of(now, told, asked)
        is_answer = asked == _CONFIRM or len(told.meant) <= _LONGEST_ANSWER
        draft = self._fill(draft, said, overrides=told.is_correction or is_answer)
        if said.certificate_ids and self.words.shows("demand", told.meant):
            draft = fill_subject(draft, Subject(certificate_ids=said.certificate_ids), overrides=True)
        if draft.story:
            whole = self._read(f"{draft.story}\n{told.meant}", today)
            draft = self._fill(draft, self._subject_of(whole, told, None), overrides=False)
        circumstances = now.story.circumstances
        draft = replace(draft, person=circumstances.person or draft.person, issued=circumstances.issued or draft.issued)
        if now.story.demand is Demand.DENIED or self.words.shows("no_paper", squeeze(told.rest)):
            draft = skip_field(draft, Field.CERTIFICATE)
        return self.infer_unit(draft)

    def choose_matter(self, draft: Draft, matter_id: str) -> Draft:
        """The draft about this matter, and its unit where none was told."""
        return self.infer_unit(self._fill(draft, Subject(matter_id=matter_id), overrides=True))

    def _fill(self, draft: Draft, said: Subject, *, overrides: bool) -> Draft:
        """As `fill_subject`; a unit that only followed from the matter goes with it."""
        filled = fill_subject(draft, said, overrides=overrides)
        old, new = draft.subject, filled.subject
        if new.matter_id in {None, old.matter_id} or new.unit_id != old.unit_id or old.matter_id is None:
            return filled
        followed = self._catalogue.unit_of(old.matter_id)
        is_inferred = followed is not None and followed.id == new.unit_id and said.unit_id != new.unit_id
        return replace(filled, subject=replace(new, unit_id=None)) if is_inferred else filled

    def _subject_of(self, reading: StoryReading, told: Told, asked: str | None) -> Subject:
        """The slots of a reading; a short answer to a question is kept in the citizen's words where nothing is known
        by them."""
        story, words = reading.story, told.meant
        matter = story.matter_id or (_likeliest(reading.matters) if asked == Field.MATTER else None)
        certificates = self._certificates_of(reading, words, asked)
        if asked != Field.MATTER and self._is_only_issue(matter, certificates):
            matter = None
        unit_told = "" if story.unit_id else self.words.find("unit", words) or ""
        is_day = bool(reading.when.text) and len(words) <= len(reading.when.text) + 1
        is_bare = len(words) <= _LONGEST_NAME and not (story.unit_id or unit_told or is_day)
        bare = words if is_bare else ""
        return Subject(
            unit_id=story.unit_id,
            unit_told=unit_told or (bare if asked == Field.UNIT and matter is None else ""),
            matter_id=matter,
            matter_told=bare if asked == Field.MATTER and matter is None else "",
            certificate_ids=certificates,
            certificate_told=bare if asked == Field.CERTIFICATE and not certificates else "",
            happened_on=reading.when.day,
            time_told=str(reading.when.part or "") if reading.when.day else reading.when.text,
            place=told.place or "",
        )

    def _is_only_issue(self, matter: str | None, certificates: tuple[str, ...]) -> bool:
        """Whether the matter is but the issuing of what was demanded: “让我去开无房证明” does not tell what for."""
        if matter is None:
            return False
        named = self._catalogue.matters[matter]
        return any(is_named_after(named, self._catalogue.certificates[item]) for item in certificates)

    def _certificates_of(self, reading: StoryReading, words: str, asked: str | None) -> tuple[str, ...]:
        """The certificates that were demanded, as far as the words tell of papers at all."""
        is_demanded = self.words.shows("demand", words)
        if not (is_demanded or (asked in _PAPERS_MEANT and self.words.shows("paper", words))):
            return ()
        found = reading.story.certificate_ids
        if found or not (is_demanded or asked == Field.CERTIFICATE):
            return found
        guess = _likeliest(reading.certificates)
        return () if guess is None else (guess,)

    def _keep_words(self, before: Draft, after: Draft, told: Told, asked: str | None) -> Draft:
        """The words join the story, unless they only tell the day or mend a slot; a correction is marked as one."""
        is_mended = after.subject != before.subject
        if self.words.shows("demand", told.meant):
            return add_story(after, told.rest)
        if told.is_correction:
            return add_story(after, f"更正：{told.rest}") if is_mended else after
        if self._only_names(before, told, asked) and is_mended:
            return after
        is_day = after.subject.happened_on != before.subject.happened_on and len(told.meant) <= _LONGEST_DAY
        is_way_back = self.words.shows("resume", told.meant) and len(told.meant) <= _LONGEST_DAY
        return after if is_day or is_way_back or (is_mended and asked == _CONFIRM) else add_story(after, told.rest)

    def _only_names(self, before: Draft, told: Told, asked: str | None) -> bool:
        """A few words that name a unit, matter or certificate: as an answer, or before any story (“投诉鼓楼街道”)."""
        is_told = len(before.story) > _LONGEST_ANSWER
        is_name = (asked in _NAMED and is_told) or (asked is None and not before.story)
        return is_name and len(told.meant) <= _LONGEST_ANSWER


def _likeliest(candidates: tuple[Candidate, ...]) -> str | None:
    return candidates[0].id if candidates and candidates[0].score >= _LIKELY else None
