"""What the engine says about one message."""

import math
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pytest

from intents.engine import Engine, build_engine
from intents.understanding import Context, Intent, Understanding
from tests.unit.intents.conftest import ENOUGH
from tests.unit.intents.tiny import VOCABULARY, make_language

ASKED: Final = (
    ("办公租房要无房证明吗", "rent", ("nohouse",)),
    ("公租房申請還要不要帶結婚證", "rent", ("marry",)),
    ("租政府的便宜房子，工资单要交吗", "rent", ("income",)),
    ("ｓｆｚ護照申领要带伐", "passport", ("id",)),
    ("没有户口本能结婚登记吗", "wedding", ("hukou",)),
    ("jiehun dengji yao dai hukouben ma", "wedding", ("hukou",)),
    ("他们让我开无房证明", None, ("nohouse",)),
    ("户口本和身份证要带吗", None, ("hukou", "id")),
    ("结婚登记，身份证、户口本、结婚证要带吗", "wedding", ("id", "hukou", "marry")),
)


@pytest.mark.parametrize(("text", "matter", "certificates"), ASKED)
def test_slots_are_heard(engine: Engine, text: str, matter: str | None, certificates: tuple[str, ...]) -> None:
    heard = engine.understand(text)
    assert (heard.intent, heard.matter, heard.certificates) == (Intent.CERTIFICATE_NEEDED, matter, certificates)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("护照申领要带啥西", Intent.MATTER_MATERIALS),
        ("无房证明去哪里开", Intent.CERTIFICATE_OBTAIN),
        ("刷脸怎么刷", Intent.MEASURE_HOW),
        ("无证明城市是什么", Intent.POLICY_FAQ),
        ("我要举报住房局", Intent.COMPLAINT_FILE),
        ("催一下我的投诉", Intent.COMPLAINT_TRACK),
        ("看看我的电子证照", Intent.E_LICENSE),
        ("核实有结果了吗", Intent.VERIFICATION_TRACK),
        ("我要找真人", Intent.HUMAN),
        ("谢谢", Intent.SMALLTALK),
        ("有人要跳楼", Intent.EMERGENCY),
        ("股票涨了吗", Intent.OUT_OF_SCOPE),
    ],
)
def test_intents_are_heard(engine: Engine, text: str, intent: Intent) -> None:
    assert engine.understand(text).intent is intent


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("公祖房申请要带什么", "rent"),
        ("护照申要带什么", "passport"),
        ("结登婚记要带什么", "wedding"),
        ("最低生活保章申请", "poor"),
    ],
)
def test_a_slip_in_a_name_is_forgiven(engine: Engine, text: str, matter: str) -> None:
    assert engine.understand(text).matter == matter


@pytest.mark.parametrize(
    ("text", "certificate"), [("办护照要户口奔吗", "hukou"), ("结婚正要带吗", "marry"), ("无房政明呢", "nohouse")]
)
def test_a_name_is_known_by_its_sound(engine: Engine, text: str, certificate: str) -> None:
    assert engine.understand(text).certificates == (certificate,)


def test_units_are_told(engine: Engine) -> None:
    assert engine.understand("公安局和住房局都要我的身份证").units == ("police", "housing")


def test_curated_answers_that_fit_are_told_best_first(engine: Engine) -> None:
    found = engine.understand("刷脸怎么刷").faq
    assert found[0].id == "face"
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    assert engine.understand("办公租房要无房证明吗").faq == ()


def test_candidates_are_given_best_first(engine: Engine) -> None:
    heard = engine.understand("公租房申请要身份证吗")
    for candidates in (heard.matters, heard.certificate_candidates):
        scores = [item.score for item in candidates]
        assert scores == sorted(scores, reverse=True)
        assert len({item.id for item in candidates}) == len(candidates) > 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "😀",
        "，，。",
        "\x00",
        "?",
        "a",
        "证",
        "13800138000",
        "啊" * 20_000,
        "公租房要身份证吗" * 500,
        "那这" * 400,
        "\ud800",
    ],
)
@pytest.mark.parametrize("context", [Context(), Context(matter="rent", certificates=("id",), intent=Intent.SMALLTALK)])
def test_anything_is_answered_soon_and_with_a_probability(engine: Engine, text: str, context: Context) -> None:
    begun = time.perf_counter()
    heard = engine.understand(text, context)
    assert time.perf_counter() - begun < 2
    assert isinstance(heard.intent, Intent)
    assert 0 <= heard.confidence <= 1
    assert all(0 <= item.score <= 1 and not math.isnan(item.score) for item in (*heard.matters, *heard.faq))


@pytest.mark.parametrize("text", ["", "😀", "。。。", "啊", "嗯"])
def test_where_nothing_is_said_nothing_is_heard(engine: Engine, text: str) -> None:
    heard = engine.understand(text)
    assert (heard.matter, heard.certificates) == (None, ())


def test_a_context_that_the_city_does_not_know_does_no_harm(engine: Engine) -> None:
    heard = engine.understand("办护照要身份证吗", Context(matter="gone", intent=Intent.CERTIFICATE_NEEDED))
    assert heard.matter == "passport"


def test_the_same_words_are_understood_alike_from_several_threads(engine: Engine) -> None:
    texts = [text for text, _, _ in ASKED] * 20
    alone = [engine.understand(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(engine.understand, texts)) == alone


def test_the_version_names_language_and_city(engine: Engine) -> None:
    assert engine.version == "tinywords-tinycity"


# Another build


def test_two_engines_of_the_same_data_understand_the_same(engine: Engine) -> None:
    again = build_engine(make_language(), VOCABULARY, amounts=ENOUGH)

    def hear(one: Engine) -> list[Understanding]:
        return [one.understand(text) for text, _, _ in ASKED]

    assert hear(again) == hear(engine)


def test_what_staff_add_is_understood_after_the_next_build() -> None:
    matters = {**make_language().matters, "护照申领": ("飞出去要的小红书", "飞出去用的小红书")}
    taught = build_engine(make_language(matters=matters), VOCABULARY, amounts=ENOUGH)
    assert taught.understand("飞出去要的小红书要带什么").matter == "passport"
