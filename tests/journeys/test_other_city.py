"""A city of four tables, invented, is served as it is: its own names and telephones, and nothing of ours."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from bot.catalogue.load import load_catalogue
from bot.dialogue.dialogue import Utterance
from bot.domain.catalogue import Catalogue
from bot.domain.conversation import Memory
from bot.services.knowledge import Knowledge
from bot.services.loading import load_knowledge
from bot.settings import Settings
from tests.city import TODAY
from tests.conftest import Client, ServiceMaker
from tests.journeys.citizen import API, Citizen

ROOT: Final = Path(__file__).parents[2]
CITY: Final = ROOT / "tests" / "data" / "small_city"
LANGUAGE, CACHE = ROOT / "intents" / "data", ROOT / "var" / "cache" / "other_cities"
TABLES: Final = ("catalogue.csv", "certificates.csv", "matters.csv", "units.csv")
# What only the first city has; its facts are added below.
FOREIGN: Final = ("宁波", "海曙", "甬", "浙", "阿拉", "81890")
# Every kind of answer: verdicts, lists, questions back, small talk, danger, and what no table of this city holds.
SAID: Final = (
    "你好",
    "你是谁",
    "公租房申请要收入证明吗",
    "公租房的判决书要带吗",
    "结婚登记要身份证吗",
    "结婚登记要单身证明吗",
    "茶园套种备案要结婚证吗",
    "户口本要带吗",
    "公租房要带什么",
    "那结婚证呢",
    "我替我妈办的",
    "结婚证是老家开的",
    "依据是什么",
    "为什么",
    "他们还是要怎么办",
    "无房证明去哪里开",
    "刷脸怎么刷",
    "什么是无证明城市",
    "我想看电子身份证",
    "我要投诉住建局",
    "我的投诉到哪一步了",
    "核实有结果了吗",
    "转人工",
    "着火了",
    "我不想活了",
    "明天天气怎么样",
    "医保卡丢了怎么挂失",
    "谢谢",
)


@pytest.fixture(scope="module", params=["official", "aliases"])
def knowledge(request: pytest.FixtureRequest) -> Knowledge:
    return load_knowledge(CITY / request.param, LANGUAGE, cache=CACHE)


@pytest.fixture(scope="module")
def foreign() -> tuple[str, ...]:
    """Words that belong to the first city: those above, its places, telephones and apps."""
    facts = load_catalogue(ROOT / "catalogue_data").facts
    own = [facts.get(key, "") for key in ("city_name", "city_short", "e_license_apps")]
    places = facts.get("places_inside", "").split("|")
    return tuple({word for word in (*FOREIGN, *own, *places) if len(word) > 1 or word in FOREIGN})


@pytest.fixture
async def citizen(start_service: ServiceMaker, tmp_path: Path) -> Citizen:
    """Somebody in the small city, served by the whole program as its settings say."""
    environ = {
        "MIANZHENG_DATABASE_URL": f"sqlite:///{tmp_path / 'test.db'}",
        "MIANZHENG_CATALOGUE": str(CITY / "aliases"),
        "MIANZHENG_INTENTS": str(LANGUAGE),
        "MIANZHENG_CACHE": str(CACHE),
    }
    client: Client = await start_service(Settings.from_environ(environ), load=None)
    return await Citizen.arrive(client)


def strings_of(content: Any) -> Iterator[str]:
    """Every text in a JSON document."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        yield from (text for value in content.values() for text in strings_of(value))
    elif isinstance(content, list):
        yield from (text for value in content for text in strings_of(value))


def understood_of(answer: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(answer["understood"][key] for key in ("matter", "certificates", "verdict"))


# The tables


@pytest.mark.parametrize("kind", ["official", "aliases"])
def test_four_tables_are_a_city(kind: str) -> None:
    assert sorted(path.name for path in (CITY / kind).iterdir()) == sorted(TABLES)
    catalogue = load_catalogue(CITY / kind)
    assert (len(catalogue.units), len(catalogue.matters), len(catalogue.certificates)) == (6, 12, 10)
    assert not (catalogue.faq or catalogue.facts or catalogue.articles or catalogue.measures or catalogue.national)


def test_the_two_copies_differ_in_aliases_only() -> None:
    plain, named = (load_catalogue(CITY / kind) for kind in ("official", "aliases"))
    assert plain.entries == named.entries
    for table in ("matters", "certificates", "units"):
        one, other = getattr(plain, table), getattr(named, table)
        assert {key: item.name for key, item in one.items()} == {key: item.name for key, item in other.items()}
        assert not any(item.aliases for item in one.values())
        assert all(item.aliases for item in other.values())


def test_the_columns_are_those_of_the_first_city() -> None:
    for table in TABLES:
        with (
            (CITY / "aliases" / table).open(encoding="utf-8") as own,
            (ROOT / "catalogue_data" / table).open(encoding="utf-8-sig") as first,
        ):
            assert set(next(csv.reader(own))) <= set(next(csv.reader(first)))


# Over HTTP


@pytest.mark.parametrize(
    ("text", "matter", "certificate", "verdict"),
    [
        ("办公租房还要开无房证明吗", "yx-rent", "yx-nohouse", "not_needed"),
        ("吃低保要收入证明吗", "yx-poor", "yx-income", "not_needed"),
        ("领结婚证身份证要带吗", "yx-marry", "yx-id", "needed"),
        ("公租房申请判决书要带吗", "yx-rent", "yx-verdict", "needed"),
        ("小额信用贷款结婚证要带吗", "yx-loan", "yx-marriage", "needed"),
        ("茶园套种备案要结婚证吗", "yx-tea", "yx-marriage", "not_listed"),
    ],
)
async def test_questions_are_answered_from_the_citys_own_entries(
    citizen: Citizen, text: str, matter: str, certificate: str, verdict: str
) -> None:
    answer = await citizen.say(text)
    assert understood_of(answer) == (matter, [certificate], verdict)
    if verdict != "not_listed":
        (card,) = [part for part in answer["reply"] if part["type"] == "verdict"]
        assert card["entries"]
        assert any("云溪市办法" in basis for basis in card["basis"])


async def test_a_matter_brings_its_own_list(citizen: Citizen) -> None:
    answer = await citizen.say("公租房要带什么")
    (listed,) = [part for part in answer["reply"] if part["type"] == "materials"]
    items = [item["certificate"] for group in listed["groups"] for item in group["items"]]
    assert sorted(items) == ["yx-id", "yx-income", "yx-marriage", "yx-nohouse", "yx-verdict"]


async def test_units_are_told_with_their_own_names_and_telephones(citizen: Citizen) -> None:
    answer = await citizen.say("单身证明去哪里开")
    shown = "\n".join(strings_of(answer["reply"]))
    assert "云溪市民政局" in shown
    assert "0799-8210220" in shown


async def test_suggestions_are_of_this_city(citizen: Citizen, foreign: tuple[str, ...]) -> None:
    async with citizen.client.get(f"{API}/suggestions") as response:
        shown = "\n".join(strings_of(await response.json()))
    assert shown
    assert [word for word in foreign if word in shown] == []


async def test_no_reply_says_a_word_of_the_first_city(citizen: Citizen, foreign: tuple[str, ...]) -> None:
    for text in SAID:
        answer = await citizen.say(text)
        shown = "\n".join(strings_of(answer["reply"]))
        assert shown, text
        assert [word for word in foreign if word in shown] == [], text


async def test_no_reply_has_a_hole_where_a_table_is_missing(citizen: Citizen) -> None:
    for text in SAID:
        for shown in strings_of((await citizen.say(text))["reply"]):
            assert "{" not in shown, text
            assert "None" not in shown, text
            assert "（）" not in shown, text
            assert "“”" not in shown, text


# How well it understands


def count_right(knowledge: Knowledge) -> int:
    right = 0
    for line in (CITY / "questions.jsonl").read_text("utf-8").splitlines():
        label = json.loads(line)
        heard = knowledge.engine.understand(label["text"])
        right += ([heard.matter], list(heard.certificates)) == (label["matters"], label["certificates"])
    return right


def test_official_names_alone_work_decently_and_aliases_better() -> None:
    total = len((CITY / "questions.jsonl").read_text("utf-8").splitlines())
    plain, named = (
        count_right(load_knowledge(CITY / kind, LANGUAGE, cache=CACHE)) / total for kind in ("official", "aliases")
    )
    assert plain >= 0.3, plain
    assert named >= 0.8, named
    assert named > plain


def test_official_names_said_in_full_are_understood(knowledge: Knowledge) -> None:
    catalogue: Catalogue = knowledge.catalogue
    wrong = [
        f"{matter.name}/{certificate.name}"
        for matter in catalogue.matters.values()
        for certificate in catalogue.certificates.values()
        if (heard := knowledge.engine.understand(f"{matter.name}要{certificate.name}吗")).matter != matter.id
        or heard.certificates != (certificate.id,)
    ]
    assert len(wrong) <= 0.1 * len(catalogue.matters) * len(catalogue.certificates), wrong


def test_without_a_faq_questions_about_the_reform_are_still_answered_in_words(knowledge: Knowledge) -> None:
    for text in ("什么是无证明城市", "刷脸怎么刷", "承诺书怎么写"):
        reply, _ = knowledge.dialogue.respond(Utterance(text=text), Memory(), TODAY)
        assert reply.text
        assert reply.understood.verdict is None
