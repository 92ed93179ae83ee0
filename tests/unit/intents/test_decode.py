"""Matter and certificates are decided together: what the catalogue lists together is more likely meant together."""

from typing import Final

import numpy as np
import pytest

from intents.decode import Ranked, Reading, contradicts
from intents.engine import Engine, build_engine
from intents.tuning import Tuning
from intents.understanding import Mention
from tests.unit.intents.conftest import ENOUGH
from tests.unit.intents.tiny import VOCABULARY, make_language

MATTERS: Final = [item.id for item in VOCABULARY.matters]
CERTIFICATES: Final = [item.id for item in VOCABULARY.certificates]


def read(engine: Engine, text: str, about: str | None = None) -> Reading:
    return engine.read(engine.normalise(text), about)


def share_of(ranked: Ranked, ids: list[str], key: str) -> float:
    shares = {ids[place]: share for place, share in zip(ranked.classes, ranked.scores, strict=True)}
    return shares.get(key, 0.0)


@pytest.fixture(scope="module")
def trusting() -> Engine:
    """Believes the catalogue's pairs more than words."""
    return build_engine(make_language(tuning={"listed_bonus": (30.0,)}), VOCABULARY, amounts=ENOUGH)


@pytest.fixture(scope="module")
def doubting() -> Engine:
    """Does not look at the catalogue's pairs."""
    tuning = {"listed_bonus": (0.0,), "context_bonus": (0.0,)}
    return build_engine(make_language(tuning=tuning), VOCABULARY, amounts=ENOUGH)


def test_the_matter_makes_its_own_certificates_likelier(trusting: Engine, doubting: Engine) -> None:
    text = "最低生活保障申请要那张证明吗"
    shares = [
        share_of(read(engine, text).decoded.certificates[0].ranked, CERTIFICATES, "income")
        for engine in (doubting, trusting)
    ]
    assert shares[1] > shares[0]


def test_a_certificate_makes_its_own_matters_likelier(trusting: Engine, doubting: Engine) -> None:
    text = "补一张要登报声明吗"
    shares = [share_of(read(engine, text).decoded.matter, MATTERS, "lost-id") for engine in (doubting, trusting)]
    assert shares[1] > shares[0]


def test_what_the_conversation_is_about_speaks_where_no_matter_is_named(engine: Engine) -> None:
    text = "那张证明要带吗"
    alone, about = read(engine, text), read(engine, text, "poor")
    assert share_of(about.decoded.certificates[0].ranked, CERTIFICATES, "income") > share_of(
        alone.decoded.certificates[0].ranked, CERTIFICATES, "income"
    )


def test_a_pair_outside_the_catalogue_can_be_meant(engine: Engine) -> None:
    assert ("passport", "marry") not in VOCABULARY.pairs
    decoded = read(engine, "护照申领要结婚证吗").decoded
    assert MATTERS[decoded.matter.classes[0]] == "passport"
    assert CERTIFICATES[decoded.certificates[0].ranked.classes[0]] == "marry"


@pytest.mark.parametrize(
    ("kind", "roles", "is_contradicted"),
    [
        ("matter", (0.1, 0.0, 0.9), True),
        ("matter", (0.5, 0.0, 0.5), False),
        ("matter", (0.1, 0.9, 0.0), False),
        ("certificate", (0.1, 0.9, 0.0), True),
        ("certificate", (0.9, 0.1, 0.0), False),
    ],
)
def test_a_slip_is_not_believed_where_something_else_is_surely_named(
    kind: str, roles: tuple[float, ...], *, is_contradicted: bool
) -> None:
    read_as = np.array([(1.0, 0.0, 0.0), roles, roles], dtype=np.float32)
    assert contradicts(Mention(kind, "any", 1, 3, "工会"), read_as) is is_contradicted


def test_who_names_the_certificate_that_a_matter_is_about_may_not_mean_the_matter(engine: Engine) -> None:
    about, other = read(engine, "身份证要带吗"), read(engine, "结婚证要带吗")
    assert MATTERS[about.decoded.matter.classes[0]] == "lost-id"
    assert about.decoded.features[-1] > 0.5
    assert other.decoded.features[-1] == 0


def test_several_certificates_are_read_where_they_stand(engine: Engine) -> None:
    text = "公租房申请，身份证、收入证明跟结婚证要带吗"
    found = read(engine, text)
    names = [found.seen.text[item.start : item.end] for item in found.decoded.certificates]
    assert names == ["身份证", "收入证明", "结婚证"]
    assert all(item.is_exact for item in found.decoded.certificates)


def test_a_name_with_and_in_it_is_one_name() -> None:
    pair = VOCABULARY.certificates[0].__class__(id="both", name="收入和资产证明", aliases=())
    vocabulary = VOCABULARY.__class__(
        matters=VOCABULARY.matters, certificates=(*VOCABULARY.certificates, pair), version="and"
    )
    engine = build_engine(make_language(), vocabulary, amounts=ENOUGH)
    found = read(engine, "办低保要收入和资产证明吗")
    assert [found.seen.text[item.start : item.end] for item in found.decoded.certificates] == ["收入和资产证明"]


def test_shares_are_probabilities_best_first(engine: Engine) -> None:
    decoded = read(engine, "公租房申请要身份证吗").decoded
    for ranked in (decoded.matter, decoded.certificates[0].ranked):
        assert list(ranked.scores) == sorted(ranked.scores, reverse=True)
        # Each is rounded to four digits.
        assert 0 < sum(ranked.scores) <= 1 + 5e-5 * len(ranked.scores)
        assert 0 <= ranked.right <= 1
        assert len(set(ranked.classes)) == len(ranked.classes)


def test_a_matter_that_is_named_is_told_from_none(engine: Engine) -> None:
    named = read(engine, "公租房申请要身份证吗").decoded.named
    unnamed = read(engine, "身份证要带吗").decoded.named
    assert 0 <= unnamed < named <= 1


def test_what_is_surely_a_certificate_is_told_from_what_only_sounds_so(engine: Engine) -> None:
    real = read(engine, "身份证要带吗").decoded.certificates[0].real
    vague = [item.real for item in read(engine, "那个东西要带吗").decoded.certificates]
    assert all(item < real for item in vague)


def test_features_are_as_many_as_the_weights_expect(engine: Engine) -> None:
    decoded, tuning = read(engine, "公租房申请要身份证吗").decoded, Tuning()
    assert len(decoded.features) == len(tuning.matter_named) - 1
    assert len(decoded.matter.features) == len(tuning.matter_right) - 1
    assert len(decoded.certificates[0].features) == len(tuning.certificate_real) - 1
    assert len(decoded.certificates[0].ranked.features) == len(tuning.certificate_right) - 1


def test_of_no_text_nothing_is_read(engine: Engine) -> None:
    decoded = read(engine, "").decoded
    assert decoded.certificates == ()
    assert decoded.named < 0.5
