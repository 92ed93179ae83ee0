"""What happens as time goes by: licences are forgotten, hand-overs end, verifications are warned of and escalated."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.e_license import LicenseState, Provider, agree, hand_over
from bot.domain.use_record import UseAct
from bot.domain.verification import VerificationState
from bot.services.knowledge import LiveKnowledge
from bot.services.license_office import LicenseOffice, Outside, open_license_office
from bot.services.metrics import Metrics
from bot.storage.database import open_database
from bot.storage.license_stores import open_license_stores
from bot.storage.migrate import upgrade_database
from tests.builders import CIPHER, NOON, SetClock
from tests.license_builders import make_consent, make_fetched, make_request, make_verification
from tests.scripted import script_knowledge


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = open_database(f"sqlite:///{tmp_path / 'test.db'}")
    await upgrade_database(engine)
    yield engine
    await engine.dispose()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def office(engine: AsyncEngine, clock: SetClock) -> LicenseOffice:
    return open_license_office(
        open_license_stores(engine, CIPHER),
        Outside(login=None, trust=None, providers={}),
        knowledge=await LiveKnowledge.open(script_knowledge),
        clock=clock,
        metrics=Metrics(),
        base_url="",
    )


async def test_a_licence_is_forgotten_after_its_minutes(office: LicenseOffice, clock: SetClock) -> None:
    request = make_fetched()
    await office.stores.licenses.add(request)
    assert await office.consents.close_over() == 0
    clock.move(minutes=10)
    assert await office.consents.close_over() == 1
    kept = await office.stores.licenses.get(request.id)
    assert kept is not None
    assert (kept.state, kept.license, kept.consent) == (LicenseState.EXPIRED, None, None)
    (record,) = await office.stores.ledger.list_about(request.id)
    assert record.use.act is UseAct.EXPIRE


async def test_who_does_not_come_back_from_the_app_may_try_another_way(office: LicenseOffice, clock: SetClock) -> None:
    request = hand_over(agree(make_request(), make_consent(), Provider.ZHELIBAN, "s"), "token", NOON)
    await office.stores.licenses.add(request)
    clock.move(minutes=6)
    await office.consents.close_over()
    kept = await office.stores.licenses.get(request.id)
    assert kept is not None
    assert (kept.state, kept.hand_over) == (LicenseState.FAILED, "")
    assert "没有等到" in kept.failure


@pytest.mark.parametrize(("minutes", "warned"), [(14, 0), (15, 50), (24, 80), (30, 100)])
async def test_a_verification_is_warned_of_at_half_at_four_fifths_and_at_its_end(
    office: LicenseOffice, clock: SetClock, minutes: int, warned: int
) -> None:
    asked = make_verification()
    await office.stores.verifications.add(asked)
    clock.move(minutes=minutes)
    assert await office.watch.warn_due() == (1 if warned else 0)
    assert await office.watch.warn_due() == 0
    kept = await office.stores.verifications.get(asked.id)
    assert (kept.warned, kept.is_escalated) == (warned, warned == 100)


async def test_what_is_late_from_the_start_is_escalated_at_once(office: LicenseOffice) -> None:
    asked = make_verification(is_late_from_start=True, due_at=NOON)
    await office.stores.verifications.add(asked)
    await office.watch.warn_due()
    assert (await office.stores.verifications.get(asked.id)).is_escalated


async def test_what_is_answered_is_warned_of_no_more(office: LicenseOffice, clock: SetClock) -> None:
    asked = make_verification(state=VerificationState.ANSWERED, ended_at=NOON + timedelta(minutes=5))
    await office.stores.verifications.add(asked)
    clock.move(hours=2)
    assert await office.watch.warn_due() == 0
