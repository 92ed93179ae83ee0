"""Pictures over HTTP: sent, attached, seen by whom they concern, sealed at rest."""

import io
from pathlib import Path

import pytest
from aiohttp import FormData
from PIL import Image

from bot.domain.viewer import Role
from tests.conftest import Client
from tests.journeys.people import Person, arrive

PATH = "/api/v1/pictures"


def _picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (60, 40), "blue").save(written, "PNG")
    return written.getvalue()


@pytest.fixture
def citizen(service: Client) -> Person:
    return arrive(service, Role.CITIZEN)


async def _send(client: Client, person: Person, content: bytes | FormData | None = None) -> str:
    data = _picture() if content is None else content
    async with client.post(PATH, data=data, headers=person.headers) as response:
        assert response.status == 201, await response.text()
        id_: str = (await response.json())["id"]
        return id_


async def _show(client: Client, person: Person, id_: str) -> int:
    async with client.get(f"{PATH}/{id_}", headers=person.headers) as response:
        return response.status


async def test_a_picture_goes_with_a_complaint_to_those_who_work_on_it(service: Client, citizen: Person) -> None:
    id_ = await _send(service, citizen)
    number = await citizen.file(pictures=[id_])
    operator, stranger = arrive(service, Role.OPERATOR), arrive(service, Role.CITIZEN)
    handler, other = arrive(service, Role.HANDLER, "housing"), arrive(service, Role.HANDLER, "police")

    assert (await operator.get(f"/desk/complaints/{number}"))["pictures"] == [id_]
    await operator.move(number, "accept")
    await operator.move(number, "dispatch", unit_id="housing")

    statuses = [await _show(service, person, id_) for person in (citizen, operator, handler, other, stranger)]
    assert statuses == [200, 200, 200, 404, 404]


async def test_the_picture_shown_is_a_jpeg_that_no_page_runs(service: Client, citizen: Person) -> None:
    id_ = await _send(service, citizen)
    async with service.get(f"{PATH}/{id_}", headers=citizen.headers) as response:
        assert response.headers["Content-Type"] == "image/jpeg"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-store"
        assert Image.open(io.BytesIO(await response.read())).size == (60, 40)


async def test_a_form_may_send_it(service: Client, citizen: Person) -> None:
    form = FormData()
    form.add_field("file", _picture(), filename="a.png", content_type="image/png")
    assert await _send(service, citizen, form)


@pytest.mark.parametrize(
    ("content", "media", "status"),
    [
        (b"no picture", "image/png", 422),
        (b"", "image/png", 422),
        (b"broken", "multipart/form-data", 422),
        (b"--x--\r\n", "multipart/form-data; boundary=x", 422),
        (bytes(5 * 1024 * 1024 + 1), "image/png", 413),
    ],
)
async def test_what_is_no_picture_is_refused(
    service: Client, citizen: Person, content: bytes, media: str, status: int
) -> None:
    headers = citizen.headers | {"Content-Type": media}
    async with service.post(PATH, data=io.BytesIO(content), headers=headers) as response:
        assert response.status == status, await response.text()
        assert (await response.json(content_type="application/problem+json"))["detail"]


async def test_nobody_fills_the_store_with_pictures(service: Client, citizen: Person) -> None:
    for _ in range(12):
        await _send(service, citizen)
    async with service.post(PATH, data=_picture(), headers=citizen.headers) as response:
        assert response.status == 429


async def test_anothers_picture_does_not_go_along(service: Client, citizen: Person) -> None:
    id_ = await _send(service, arrive(service, Role.CITIZEN))
    number = await citizen.file(pictures=[id_])
    operator = arrive(service, Role.OPERATOR)
    assert (await operator.get(f"/desk/complaints/{number}"))["pictures"] == []
    assert await _show(service, operator, id_) == 404


async def test_pictures_are_sealed_at_rest(service: Client, citizen: Person, tmp_path: Path) -> None:
    id_ = await _send(service, citizen)
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("test.db*"))
    assert id_.encode() in stored
    assert b"JFIF" not in stored
