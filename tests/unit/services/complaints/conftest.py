"""The services of complaints over a real SQLite file, with a clock that stands until it is moved."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dialogue.errands import FileComplaint, Filed, FollowAct, FollowComplaint, Followed, Result
from bot.domain.catalogue import Catalogue
from bot.domain.complaint_case import ComplaintCase
from bot.domain.filing import Filing
from bot.domain.viewer import Role, Viewer
from bot.domain.work_order import Actor, ActorRole, Move, Outcome, Step
from bot.services.complaints.office import ComplaintOffice
from bot.services.errands import Occasion
from bot.services.knowledge import LiveKnowledge
from bot.services.metrics import Metrics
from bot.storage.cipher import Cipher
from bot.storage.complaints import SqlComplaints
from bot.storage.database import open_database
from bot.storage.local_state import LocalLimiter
from bot.storage.migrate import upgrade_database
from bot.storage.pictures import SqlPictures
from bot.storage.tables import OUTBOX
from tests.builders import CIPHER, SetClock, make_catalogue, make_viewer
from tests.complaint_builders import CALENDAR, list_terms, make_draft
from tests.scripted import script_knowledge

OPERATOR = Actor(role=ActorRole.OPERATOR, id="op")
SUPERVISOR = Actor(role=ActorRole.SUPERVISOR, id="boss")
HANDLER = Actor(role=ActorRole.HANDLER, id="hand", unit_id="housing")
XIAOWANG = make_viewer("xiaowang", role=Role.CITIZEN)


def make_city(**given: Any) -> Catalogue:
    return make_catalogue(terms=list_terms(), calendar=CALENDAR, **given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Everything that works on complaints, and short words for what tests do with it."""

    engine: AsyncEngine
    cipher: Cipher
    clock: SetClock
    complaints: SqlComplaints
    pictures: SqlPictures
    services: ComplaintOffice
    metrics: Metrics

    async def tell(self, viewer: Viewer = XIAOWANG, **draft: Any) -> Result:
        """A complaint told in the chat; what was to be stored is stored."""
        result, records = await self.services.filing.run_errand(
            self._occasion(viewer), FileComplaint(draft=make_draft(**draft))
        )
        for record in records:
            assert isinstance(record, Filing)
            await self.complaints.file(record)
        return result

    async def file(self, viewer: Viewer = XIAOWANG, **draft: Any) -> ComplaintCase:
        """A complaint that is filed whatever is like it."""
        filed = await self.tell(viewer, **{"declines_join": True, **draft})
        assert isinstance(filed, Filed)
        return await self.find(filed.number)

    async def find(self, number: str) -> ComplaintCase:
        case = await self.complaints.find(number)
        assert case is not None
        return case

    async def move(self, case: ComplaintCase, move: Move, actor: Actor, **step: Any) -> ComplaintCase:
        fresh = await self.complaints.get(case.complaint.id)
        return await self.services.moving.move(fresh, Step(move=move, **step), actor)

    async def dispatch(self, case: ComplaintCase) -> ComplaintCase:
        await self.move(case, Move.ACCEPT, OPERATOR)
        return await self.move(case, Move.DISPATCH, OPERATOR, unit_id="housing")

    async def answer(self, case: ComplaintCase, text: str = "已经纠正") -> ComplaintCase:
        """From the filing to the answer."""
        await self.dispatch(case)
        await self.move(case, Move.START, HANDLER)
        return await self.move(case, Move.ANSWER, HANDLER, text=text, outcome=Outcome.SOLVED)

    async def close(self, case: ComplaintCase) -> ComplaintCase:
        await self.answer(case)
        return await self.move(case, Move.CLOSE, OPERATOR)

    async def follow(self, act: FollowAct, viewer: Viewer = XIAOWANG, **errand: Any) -> Followed:
        result, records = await self.services.following.run_errand(
            self._occasion(viewer), FollowComplaint(act=act, **errand)
        )
        assert isinstance(result, Followed)
        assert not records
        return result

    async def list_texts(self, case: ComplaintCase, *, is_public: bool) -> list[str]:
        """The words on the timeline that the citizen reads, or those that stay inside."""
        events = await self.complaints.list_events(case.complaint.id)
        return [event.text for event in events if event.is_public is is_public]

    async def list_letters(self, case: ComplaintCase) -> list[tuple[str, str, dict[str, Any]]]:
        """Topic, key and content of each letter about a complaint, in the order of delivery."""
        of_complaint = select(OUTBOX).where(OUTBOX.c.subject_id == case.complaint.id).order_by(OUTBOX.c.id)
        async with self.engine.connect() as connection:
            rows = (await connection.execute(of_complaint)).all()
        opened = (self.cipher.open(row.body, f"outbox:{row.id}") for row in rows)
        return [(row.topic, row.key, msgspec.json.decode(body)) for row, body in zip(rows, opened, strict=True)]

    def _occasion(self, viewer: Viewer) -> Occasion:
        return Occasion(viewer=viewer, conversation_id="talk", at=self.clock.now())


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    engine = open_database(f"sqlite:///{tmp_path / 'test.db'}")
    await upgrade_database(engine)
    clock = SetClock()
    complaints, pictures = SqlComplaints(engine, CIPHER), SqlPictures(engine, CIPHER)
    knowledge = await LiveKnowledge.open(lambda: script_knowledge(make_city()))
    metrics = Metrics()
    yield Office(
        engine=engine,
        cipher=CIPHER,
        clock=clock,
        complaints=complaints,
        pictures=pictures,
        metrics=metrics,
        services=ComplaintOffice.open(
            complaints=complaints,
            pictures=pictures,
            knowledge=knowledge,
            limiter=LocalLimiter(),
            clock=clock,
            metrics=metrics,
        ),
    )
    await engine.dispose()
