"""The form behind a complaint: what is filled by what was told, and what to ask for next. Pure."""

from dataclasses import replace
from typing import Final

from bot.dialogue.complaint_told import Told
from bot.domain.complaint import Contact, Draft, Field, Protection, Subject
from bot.domain.personal_data import mask_personal_data

_LONGEST_STORY: Final = 4_000
# Asked for in this order; place and name only show in the summary, where they may be added: who has told all that
# matters is not kept any longer.
_ASKED: Final = (Field.STORY, Field.UNIT, Field.MATTER, Field.CERTIFICATE, Field.DATE, Field.PHONE)
# Without these nothing is filed (contract: a unit and a story, and a phone unless it is anonymous).
_REQUIRED: Final = frozenset({Field.STORY, Field.UNIT, Field.PHONE})


def is_filled(draft: Draft, field: Field) -> bool:
    """Whether the draft holds this, or need not."""
    subject = draft.subject
    return {
        Field.STORY: bool(draft.story),
        Field.UNIT: bool(subject.unit_id or subject.unit_told),
        Field.MATTER: bool(subject.matter_id or subject.matter_told),
        Field.CERTIFICATE: bool(subject.certificate_ids or subject.certificate_told),
        Field.DATE: subject.happened_on is not None or bool(subject.time_told),
        Field.PLACE: bool(subject.place),
        Field.NAME: bool(draft.contact.name),
        Field.PHONE: bool(draft.contact.phone) or draft.protection is Protection.ANONYMOUS,
    }[field]


def is_required(field: Field) -> bool:
    """Whether nothing can be filed without it."""
    return field in _REQUIRED


def find_next(draft: Draft) -> Field | None:
    """What to ask for next; None where all is there that is needed, and the rest was asked for once."""
    for field in _ASKED:
        if not is_filled(draft, field) and (field in _REQUIRED or field not in (*draft.asked, *draft.skipped)):
            return field
    return None


def mark_asked(draft: Draft, field: Field) -> Draft:
    """The draft after a field was asked for."""
    return draft if field in draft.asked else replace(draft, asked=(*draft.asked, field))


def skip_field(draft: Draft, field: Field) -> Draft:
    """The citizen would rather not tell it; without a telephone number a complaint is anonymous."""
    if field is Field.PHONE:
        return make_anonymous(draft)
    return draft if field in _REQUIRED else replace(draft, skipped=(*draft.skipped, field))


def make_anonymous(draft: Draft) -> Draft:
    """Nobody is to know: what was told of the person is forgotten."""
    return replace(draft, protection=Protection.ANONYMOUS, contact=Contact(wants_callback=False))


def add_contact(draft: Draft, told: Told) -> Draft:
    """The draft with what a message tells of who complains. A number told later ends anonymity."""
    if told.protection is Protection.ANONYMOUS and told.phone is None:
        return make_anonymous(draft)
    contact = Contact(
        name=told.name or draft.contact.name,
        phone=told.phone or draft.contact.phone,
        wants_callback=draft.contact.wants_callback if told.wants_callback is None else told.wants_callback,
    )
    protection = told.protection or draft.protection
    if told.phone and protection is Protection.ANONYMOUS:
        protection = Protection.HIDDEN
    return replace(draft, contact=contact, protection=protection)


def add_story(draft: Draft, text: str) -> Draft:
    """The draft with one more statement; numbers that identify somebody are masked in it."""
    statement = mask_personal_data(text.strip())
    if not statement or statement in draft.story:
        return draft
    return replace(draft, story="\n".join(filter(None, (draft.story, statement)))[:_LONGEST_STORY])


def fill_subject(draft: Draft, told: Subject, *, overrides: bool) -> Draft:
    """The draft with what was told of the subject.

    Args:
        overrides: what is told now replaces what stood there; otherwise it fills gaps only.
    """
    old = draft.subject
    first, second = (told, old) if overrides else (old, told)
    has_unit = bool(first.unit_id or first.unit_told)
    has_matter = bool(first.matter_id or first.matter_told)
    has_certificate = bool(first.certificate_ids or first.certificate_told)
    has_date = first.happened_on is not None or bool(first.time_told)
    unit, matter = (first if has_unit else second), (first if has_matter else second)
    certificate, day = (first if has_certificate else second), (first if has_date else second)
    return replace(
        draft,
        subject=Subject(
            unit_id=unit.unit_id,
            unit_told=unit.unit_told,
            matter_id=matter.matter_id,
            matter_told=matter.matter_told,
            certificate_ids=certificate.certificate_ids,
            certificate_told=certificate.certificate_told,
            happened_on=day.happened_on,
            time_told=day.time_told,
            place=first.place or second.place,
        ),
    )
