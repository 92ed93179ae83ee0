"""The catalogue, and forms filled in for one test."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bot.catalogue.forms.checking import check_form
from bot.catalogue.forms.names import Names
from bot.catalogue.forms.reading import read_form
from bot.catalogue.forms.registered import Registered
from bot.catalogue.load import load_catalogue
from bot.domain.catalogue import Catalogue
from bot.domain.forms import FormReport
from tests.unit.catalogue.forms.filling import ANNEX_2_HEADING, ANNEX_3_HEADING, ROOT, save_form


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "catalogue_data")


@pytest.fixture(scope="session")
def names(catalogue: Catalogue) -> Names:
    return Names(catalogue)


@pytest.fixture(scope="session")
def examine(catalogue: Catalogue, names: Names) -> Callable[..., FormReport]:
    """Reads and checks a workbook; `against` is an annex 2 workbook of the same unit."""

    def run(path: Path, against: Path | None = None) -> FormReport:
        registered = None
        if against is not None:
            rows = check_form(read_form(against, names), catalogue, names).accepted
            registered = {rows[0].reporter_id: Registered.from_rows(rows)}
        return check_form(read_form(path, names), catalogue, names, registered)

    return run


@pytest.fixture
def annex_2(tmp_path: Path) -> Callable[..., Path]:
    """Saves an annex 2 workbook; the first data row is row 7."""
    return partial(save_form, tmp_path / "annex2.xlsx", heading=ANNEX_2_HEADING)


@pytest.fixture
def annex_3(tmp_path: Path) -> Callable[..., Path]:
    """Saves an annex 3 workbook; the first data row is row 7."""
    return partial(save_form, tmp_path / "annex3.xlsx", heading=ANNEX_3_HEADING)
