"""What the page of a commitment letter calls: the letter, signing it, and the signed letter as PDF."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Final

from aiohttp import web
from msgspec import Meta, Struct

from bot.domain.commitment import CommitmentLetter, SignedCommitment
from bot.domain.identity import mask_name
from bot.domain.viewer import Viewer
from bot.services.clock import CHINA_TIME
from web import keys
from web.auth import spend_connection
from web.browser_session import find_session
from web.commitment_pdf import draw_letter
from web.license_payloads import KnownPerson, render_person
from web.operations import API, Operation, respond
from web.reading import read_body

_LETTER: Final = f"{API}/commitments/{{entry_id}}"


class LetterContent(Struct, frozen=True, kw_only=True):
    """The letter, and who has logged in to sign it. `hash` is of its text and must come back with the signature."""

    entry_id: str
    matter: str
    certificate: str
    unit: str
    basis: tuple[str, ...]
    proves: str
    promises: tuple[str, ...]
    liability: tuple[str, ...]
    checks: str
    hash: str
    person: KnownPerson | None


class Signature(Struct, frozen=True):
    """The hash of the letter that was read."""

    hash: Annotated[str, Meta(min_length=64, max_length=64)]


class SignedLetter(Struct, frozen=True, kw_only=True):
    """What was signed, when, by whom; `signature` is the hash over letter, signer and time."""

    id: str
    number: str
    signed_at: datetime
    signer: str
    text_hash: str
    signature: str
    pdf: str


async def show_letter(request: web.Request, _viewer: Viewer) -> web.Response:
    """The letter of an entry."""
    await spend_connection(request)
    office = request.app[keys.LICENSES]
    letter = office.commitments.find_letter(request.match_info["entry_id"])
    person = await office.logins.find(find_session(request))
    return respond(_render(letter, render_person(person)))


async def sign_letter(request: web.Request, _viewer: Viewer) -> web.Response:
    """Signs it electronically."""
    await spend_connection(request)
    text_hash = (await read_body(request, Signature)).hash
    signed = await request.app[keys.LICENSES].commitments.sign(
        request.match_info["entry_id"], find_session(request), text_hash
    )
    return respond(_render_signed(signed), HTTPStatus.CREATED)


async def show_signed_pdf(request: web.Request, _viewer: Viewer) -> web.Response:
    """The signed letter as PDF, to the browser in which it was signed."""
    await spend_connection(request)
    signed = await request.app[keys.LICENSES].commitments.get(
        request.match_info["commitment_id"], find_session(request)
    )
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'inline; filename="{signed.number}.pdf"'}
    return web.Response(body=draw_letter(signed.letter, signed), content_type="application/pdf", headers=headers)


async def show_blank_pdf(request: web.Request, _viewer: Viewer) -> web.Response:
    """The letter as PDF to print and sign at the counter."""
    await spend_connection(request)
    letter = request.app[keys.LICENSES].commitments.find_letter(request.match_info["entry_id"])
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'inline; filename="{letter.entry_id}.pdf"'}
    return web.Response(body=draw_letter(letter, None), content_type="application/pdf", headers=headers)


def _render(letter: CommitmentLetter, person: KnownPerson | None) -> LetterContent:
    return LetterContent(
        entry_id=letter.entry_id,
        matter=letter.matter,
        certificate=letter.certificate,
        unit=letter.unit,
        basis=letter.basis,
        proves=letter.proves,
        promises=letter.promises,
        liability=letter.liability,
        checks=letter.checks,
        hash=letter.hash,
        person=person,
    )


def _render_signed(signed: SignedCommitment) -> SignedLetter:
    return SignedLetter(
        id=signed.id,
        number=signed.number,
        signed_at=signed.signed_at.astimezone(CHINA_TIME),
        signer=mask_name(signed.signer_name),
        text_hash=signed.letter.hash,
        signature=signed.signature,
        pdf=f"{API}/signed-commitments/{signed.id}/letter.pdf",
    )


_PROBLEMS: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
OPERATIONS: Final = (
    Operation(
        method="GET",
        path=_LETTER,
        handler=show_letter,
        summary="The letter of commitment of a catalogue entry",
        tag="commitments",
        answer=LetterContent,
        problems=_PROBLEMS,
    ),
    Operation(
        method="POST",
        path=f"{_LETTER}/signatures",
        handler=sign_letter,
        summary="Sign the letter",
        tag="commitments",
        body=Signature,
        answer=SignedLetter,
        status=HTTPStatus.CREATED,
        problems=_PROBLEMS,
    ),
    Operation(
        method="GET",
        path=f"{_LETTER}/letter.pdf",
        handler=show_blank_pdf,
        summary="The letter to print and sign at the counter",
        tag="commitments",
        answer="application/pdf",
        problems=_PROBLEMS,
    ),
    Operation(
        method="GET",
        path=f"{API}/signed-commitments/{{commitment_id}}/letter.pdf",
        handler=show_signed_pdf,
        summary="The signed letter",
        tag="commitments",
        answer="application/pdf",
        problems=_PROBLEMS,
    ),
)
