"""What people call the things of a catalogue; another city inherits what is said of the same things."""

import pytest

from intents.compose import Amounts
from intents.engine import build_engine
from intents.vocabulary import Named, Vocabulary, gather_phrases, names_of
from tests.unit.intents.tiny import CERTIFICATES, MATTERS, VOCABULARY, make_language

SPOKEN = {"公租房租赁补贴申请": ("租房子补钱",), "公租房申请": ("便宜房子",), "新生儿出生登记（落户）": ("报户口",)}


def phrases_of(name: str, *aliases: str, beside: str = "别的事") -> tuple[str, ...]:
    items = (Named(id="a", name=name, aliases=aliases), Named(id="b", name=beside))
    return gather_phrases(items, SPOKEN).by_id["a"]


def test_names_are_the_official_one_the_one_without_brackets_and_the_aliases() -> None:
    item = Named(id="a", name="新生儿出生登记（落户）", aliases=("上户口", "", "新生儿出生登记"))
    assert names_of(item) == ("新生儿出生登记（落户）", "新生儿出生登记", "上户口")


def test_spoken_phrases_come_behind_the_names() -> None:
    assert phrases_of("公租房申请", "廉租房", "便宜房子") == ("公租房申请", "廉租房", "便宜房子")


@pytest.mark.parametrize("name", ["公租房申请", "公租房的申请", "新生儿出生登记(落户)", "新生儿出生登记"])
def test_another_city_inherits_by_equal_or_near_name(name: str) -> None:
    assert set(phrases_of(name)) & {"便宜房子", "报户口"}


@pytest.mark.parametrize("name", ["护照申领", "公租房"])
def test_a_far_name_inherits_nothing(name: str) -> None:
    assert phrases_of(name) == (name,)


def test_of_names_that_differ_in_brackets_only_none_is_guessed() -> None:
    spoken = {"入学报名（户籍生）": ("本地娃上学",), "入学报名（随迁子女）": ("外地娃上学",)}
    (item,) = (Named(id="a", name="入学报名"),)
    assert gather_phrases([item], spoken).by_id["a"] == ("入学报名",)


def test_phrases_are_not_taken_from_what_this_city_has_itself() -> None:
    assert phrases_of("公租房的申请", beside="公租房申请") == ("公租房的申请",)


def test_every_item_has_at_least_its_name() -> None:
    gathered = gather_phrases(VOCABULARY.certificates, {}).by_id
    assert all(gathered[item.id][0] == item.name for item in VOCABULARY.certificates)


def test_another_city_is_understood_in_words_that_only_the_language_has() -> None:
    village = Vocabulary(
        matters=(Named(id="v1", name="公租房申请"), Named(id="v2", name="护照的申领"), Named(id="v3", name="放羊许可")),
        certificates=tuple(Named(id=f"v-{item.id}", name=item.name) for item in VOCABULARY.certificates),
        pairs=frozenset({("v1", "v-income"), ("v2", "v-hukou")}),
        version="village",
    )
    assert "放羊许可" not in MATTERS
    assert village.certificates[0].name in CERTIFICATES
    engine = build_engine(make_language(), village, amounts=Amounts(per_matter=40, per_certificate=40, per_sentence=12))
    housing = engine.understand("租政府的便宜房子，工资单要交吗")
    assert (housing.matter, housing.certificates) == ("v1", ("v-income",))
    assert engine.understand("出国的本子要带什么").matter == "v2"
    assert engine.understand("放羊许可要带什么").matter == "v3"
