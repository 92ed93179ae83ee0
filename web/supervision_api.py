"""What the supervisor's page and the public's programs call for numbers about complaints."""

from datetime import date, timedelta
from http import HTTPStatus
from typing import Final

from aiohttp import web
from msgspec import Struct, field

from bot.domain.case_facts import Period
from bot.domain.catalogue import Catalogue
from bot.domain.errors import InvalidInputError
from bot.domain.small_counts import LEAST
from bot.domain.viewer import Role, Viewer
from bot.domain.working_time import china_day
from bot.services.complaints.naming import name_unit_id
from bot.services.open_statistics import COLUMNS
from bot.services.supervision import Overview
from web import keys
from web.auth import find_address, spend_message
from web.operations import API, Operation, respond
from web.reading import read_query

_USUAL_DAYS: Final = 90
_LONGEST_DAYS: Final = 366
_YEARS: Final = range(2000, 2200)
_OPEN_DATA: Final = "/open-data"
_CSV: Final = "text/csv"


class PeriodQuery(Struct, frozen=True, kw_only=True):
    """Days of filing, both included; without them the last 90 days."""

    first: date | None = field(default=None, name="from")
    last: date | None = field(default=None, name="to")


class Named(Struct, frozen=True):
    """A unit or certificate."""

    id: str
    name: str


class Cell(Struct, frozen=True):
    """`count` is null where there are fewer than `least`, but some."""

    unit: str
    certificate: str
    count: int | None


class TermsRow(Struct, frozen=True, kw_only=True):
    """How one unit kept its terms."""

    unit: Named
    given: int
    answered: int
    late: int
    late_share: float | None
    returned: int
    reopened: int


class Count(Struct, frozen=True):
    """A bar of a chart."""

    key: str
    label: str
    count: int


class SupervisionView(Struct, frozen=True, kw_only=True):
    """All numbers of a period; what each counts is told in the README."""

    first: date = field(name="from")
    last: date = field(name="to")
    least: int
    filed: int
    open: int
    overdue: int
    answered: int
    withdrawn: int
    reopened: int
    returned: int
    poor: int
    satisfied_share: float | None
    units: tuple[Named, ...]
    certificates: tuple[Named, ...]
    cells: tuple[Cell, ...]
    terms: tuple[TermsRow, ...]
    late_steps: tuple[Count, ...]
    outcomes: tuple[Count, ...]
    ratings: tuple[Count, ...]


class MonthFile(Struct, frozen=True):
    """A month's file."""

    month: str
    url: str


class MonthIndex(Struct, frozen=True, kw_only=True):
    """All months that are published. `-` in a file: withheld, since few could be worked out from it."""

    title: str
    columns: tuple[str, ...]
    least: int
    files: tuple[MonthFile, ...]


_LEVELS: Final = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}


async def show_supervision(request: web.Request, viewer: Viewer) -> web.Response:
    """The numbers of a period."""
    await spend_message(request, viewer)
    period = _read_period(request)
    overview = await request.app[keys.STATISTICS].supervision.view(period)
    return respond(_render(overview, period, request.app[keys.KNOWLEDGE].current.catalogue))


async def list_months(request: web.Request, _viewer: Viewer) -> web.Response:
    """The index of open statistics."""
    await _admit(request)
    months = await request.app[keys.STATISTICS].months.list_months()
    files = tuple(MonthFile(month, f"{_OPEN_DATA}/complaints-{month}.csv") for month in months)
    return respond(MonthIndex(title="投诉办理月度统计", columns=COLUMNS, least=LEAST, files=files))


async def show_month(request: web.Request, _viewer: Viewer) -> web.Response:
    """The open statistics of a month."""
    await _admit(request)
    month = request.match_info["month"]
    text = await request.app[keys.STATISTICS].months.write_month(month)
    # The mark at the start lets spreadsheet programs read the Chinese.
    headers = {
        "Content-Type": f"{_CSV}; charset=utf-8",
        "Content-Disposition": f'attachment; filename="complaints-{month}.csv"',
        "Cache-Control": "public, max-age=3600",
    }
    return web.Response(body=text.encode("utf-8-sig"), headers=headers)


async def _admit(request: web.Request) -> None:
    await spend_message(request, Viewer(id=f"open-data-from:{find_address(request)}", role=Role.CITIZEN))


def _read_period(request: web.Request) -> Period:
    query = read_query(request, PeriodQuery)
    last = query.last or china_day(request.app[keys.CLOCK].now())
    if last.year not in _YEARS or (query.first and query.first.year not in _YEARS):
        raise InvalidInputError("日期不对", {"from": "请写近些年的日期"})
    first = query.first or last - timedelta(days=_USUAL_DAYS - 1)
    if not 0 <= (last - first).days < _LONGEST_DAYS:
        raise InvalidInputError("时间段不对", {"from": f"要早于结束日期，最长 {_LONGEST_DAYS} 天"})
    return Period(first=first, last=last)


def _render(overview: Overview, period: Period, catalogue: Catalogue) -> SupervisionView:
    def name_unit(id_: str) -> Named:
        return Named(id_, name_unit_id(catalogue, id_))

    def name_certificate(id_: str) -> Named:
        known = catalogue.certificates.get(id_)
        return Named(id_, known.name if known else id_)

    return SupervisionView(
        first=period.first,
        last=period.last,
        least=LEAST,
        filed=overview.filed,
        open=overview.open,
        overdue=overview.overdue,
        answered=overview.answered,
        withdrawn=overview.withdrawn,
        reopened=overview.reopened,
        returned=overview.returned,
        poor=overview.poor,
        satisfied_share=overview.satisfied_share,
        units=tuple(map(name_unit, overview.units)),
        certificates=tuple(map(name_certificate, overview.certificates)),
        cells=tuple(Cell(cell.unit_id, cell.certificate_id, cell.count) for cell in overview.cells),
        terms=tuple(
            TermsRow(
                unit=name_unit(row.unit_id),
                given=row.given,
                answered=row.answered,
                late=row.late,
                late_share=row.late_share,
                returned=row.returned,
                reopened=row.reopened,
            )
            for row in overview.terms
        ),
        late_steps=tuple(Count(step, step, count) for step, count in overview.late_steps),
        outcomes=tuple(Count(outcome.value, outcome.label, count) for outcome, count in overview.outcomes),
        ratings=tuple(Count(str(level), _LEVELS[level], count) for level, count in overview.ratings),
    )


_BUSY: Final = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
OPERATIONS: Final = (
    Operation(
        method="GET",
        path=f"{API}/desk/supervision",
        handler=show_supervision,
        summary="Demands, terms, outcomes and ratings of the complaints filed in a period",
        tag="supervision",
        roles=frozenset({Role.SUPERVISOR}),
        query=PeriodQuery,
        answer=SupervisionView,
        problems=(HTTPStatus.UNPROCESSABLE_ENTITY, *_BUSY),
    ),
    Operation(
        method="GET",
        path=_OPEN_DATA,
        handler=list_months,
        summary="Index of the monthly open statistics",
        tag="supervision",
        answer=MonthIndex,
        problems=_BUSY,
    ),
    Operation(
        method="GET",
        path=f"{_OPEN_DATA}/complaints-{{month}}.csv",
        handler=show_month,
        summary="Open statistics of a finished month",
        tag="supervision",
        description="UTF-8 with a byte order mark. Counts below five are not told and cannot be worked out.",
        answer=_CSV,
        problems=(HTTPStatus.NOT_FOUND, *_BUSY),
    ),
)
