"""Old personal data goes by the table; what is still worked on stays."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.catalogue.retention import read_retention
from bot.domain.errors import Finding
from bot.domain.retention import DEFAULT_RETENTION, DataKind, RetentionRule
from bot.domain.work_order import Move
from bot.services.knowledge import LiveKnowledge
from bot.services.retention import Retention
from bot.storage.personal_data import SqlPersonalData
from bot.storage.tables import OUTBOX
from tests.builders import CIPHER, NOON
from tests.scripted import script_knowledge
from tests.unit.services.complaints.conftest import SUPERVISOR, Office, make_city
from tests.unit.services.complaints.conftest import office as office

OLD = NOON
RULES = {**DEFAULT_RETENTION, DataKind.COMPLAINT: RetentionRule(kind=DataKind.COMPLAINT, days=100, basis="试")}


async def _retention(office: Office) -> Retention:
    city = make_city(retention=RULES)
    return Retention(
        personal_data=SqlPersonalData(office.engine, CIPHER),
        complaints=office.complaints,
        knowledge=await LiveKnowledge.open(lambda: script_knowledge(city)),
        clock=office.clock,
    )


async def _deliver_all(office: Office) -> None:
    async with office.engine.begin() as connection:
        await connection.execute(update(OUTBOX).values(state="delivered", delivered_at=office.clock.now()))


async def test_a_closed_complaint_loses_its_content_after_the_term(office: Office) -> None:
    case = await office.close(await office.file())
    await _deliver_all(office)
    retention = await _retention(office)
    office.clock.move(days=99)
    assert (await retention.purge())[DataKind.COMPLAINT] == 0
    office.clock.move(days=2)
    assert (await retention.purge())[DataKind.COMPLAINT] == 1
    assert (await office.find(case.complaint.number)).complaint.story == ""
    assert (await retention.purge())[DataKind.COMPLAINT] == 0


async def test_what_is_open_or_follows_something_open_stays(office: Office) -> None:
    first, follower = await office.file(), await office.file()
    await office.move(follower, Move.MERGE, SUPERVISOR, target_id=first.complaint.id)
    await _deliver_all(office)
    office.clock.move(days=400)
    assert (await (await _retention(office)).purge())[DataKind.COMPLAINT] == 0
    assert (await office.find(follower.complaint.number)).complaint.story


async def test_what_12345_has_not_got_yet_stays(office: Office) -> None:
    await office.close(await office.file())
    office.clock.move(days=400)
    assert (await (await _retention(office)).purge())[DataKind.COMPLAINT] == 0


def test_the_table_of_the_city_says_for_each_kind_how_long_and_why() -> None:
    findings: list[Finding] = []
    rules = read_retention(Path("catalogue_data"), findings)
    assert not findings
    assert set(rules) == set(DataKind)
    assert all(rule.basis and rule.note for rule in rules.values())
    assert rules[DataKind.MESSAGE].expires_before(OLD) == OLD - timedelta(days=180)


@pytest.mark.parametrize(
    "row", ["draft,0,试,", "draft,x,试,", "nothing,3,试,", "draft,3,,", ",3,试,", "draft,3,试,\ndraft,4,试,"]
)
def test_a_wrong_row_is_named(tmp_path: Path, row: str) -> None:
    (tmp_path / "retention.csv").write_text(f"kind,days,basis,note\n{row}\n", encoding="utf-8")
    findings: list[Finding] = []
    read_retention(tmp_path, findings)
    assert findings
    assert all(finding.place.startswith("retention.csv 第") for finding in findings)


def test_a_city_without_the_table_has_terms_all_the_same(tmp_path: Path) -> None:
    assert read_retention(tmp_path, []) == DEFAULT_RETENTION
