"""Variants of a matter by place are one for the models, and the place that is named picks the variant."""

import pytest

from intents.compose import Amounts
from intents.engine import Engine, build_engine
from intents.families import Families, fold_variants
from intents.understanding import Context
from intents.vocabulary import Named, Vocabulary
from tests.unit.intents.tiny import VOCABULARY, make_language

PLACES = ("桃源", "东镇", "西镇")


def fold(*names: str, pairs: tuple[tuple[str, str], ...] = ()) -> tuple[dict[str, str], Families]:
    """Names of the folded matters by id, and the families; ids are a, b, c in the order given."""
    matters = tuple(Named(id=key, name=name) for key, name in zip("abcdef", names, strict=False))
    vocabulary = Vocabulary(matters=matters, certificates=(), places=PLACES, pairs=frozenset(pairs))
    folded, families = fold_variants(vocabulary)
    return {item.id: item.name for item in folded.matters}, families


def test_variants_by_place_become_one_matter_without_place() -> None:
    matters, families = fold("东镇公租房申请", "西镇公租房申请", "护照申领")
    assert matters == {"a": "公租房申请", "c": "护照申领"}
    assert families.pick("a", ["西镇"]) == "b"
    assert families.pick("a", ["东镇"]) == "a"


@pytest.mark.parametrize(
    "names", [("公租房申请（东镇）", "公租房申请（西镇）"), ("桃源东镇公租房申请", "桃源·西镇公租房申请")]
)
def test_a_place_may_stand_anywhere_in_a_name(names: tuple[str, ...]) -> None:
    matters, families = fold(*names)
    assert list(matters.values()) == ["公租房申请"]
    assert families.pick("a", ["西镇"]) == "b"


def test_the_one_for_the_whole_city_stands_for_the_family() -> None:
    matters, families = fold("东镇公租房申请", "公租房申请")
    assert matters == {"b": "公租房申请"}
    assert families.pick("b", []) == "b"
    assert families.pick("b", ["东镇"]) == "a"


def test_a_single_variant_keeps_its_name() -> None:
    matters, families = fold("东镇公租房申请", "护照申领")
    assert matters == {"a": "东镇公租房申请", "b": "护照申领"}
    assert families.pick("a", ["西镇"]) == "a"


def test_namesakes_in_one_place_each_stand_for_themselves() -> None:
    matters, _ = fold("公租房申请", "公租房申请", "东镇护照", "护照（东镇）")
    assert matters.keys() == {"a", "b", "c", "d"}


def test_a_name_that_is_a_place_stays() -> None:
    assert fold("东镇", "西镇")[0] == {"a": "东镇", "b": "西镇"}


def test_no_matter_is_lost() -> None:
    names = ("公租房申请", "东镇公租房申请", "公租房申请（西镇）", "东镇护照", "结婚登记", "结婚登记")
    matters, families = fold(*names)
    reachable = matters.keys() | {key for group in families.by_place.values() for key in group.values()}
    assert reachable == set("abcdef")


def test_pairs_of_any_variant_count_for_all() -> None:
    vocabulary = Vocabulary(
        matters=(Named(id="a", name="东镇护照"), Named(id="b", name="西镇护照")),
        certificates=(),
        places=PLACES,
        pairs=frozenset({("a", "id"), ("b", "hukou")}),
    )
    assert fold_variants(vocabulary)[0].pairs == {("a", "id"), ("a", "hukou")}


def test_a_place_without_variant_and_no_place_at_all_leave_the_family() -> None:
    _, families = fold("东镇公租房申请", "西镇公租房申请")
    assert families.pick("a", ["桃源"]) == "a"
    assert families.pick("a", []) == "a"
    assert families.pick(None, ["东镇"]) is None
    assert families.pick("z", ["东镇"]) == "z"


def test_the_first_place_that_has_a_variant_is_meant() -> None:
    _, families = fold("东镇公租房申请", "西镇公租房申请")
    assert families.pick("a", ["桃源", "西镇", "东镇"]) == "b"


def test_a_variant_knows_its_family() -> None:
    _, families = fold("东镇公租房申请", "西镇公租房申请", "护照申领")
    assert [families.fold(key) for key in ("a", "b", "c", None)] == ["a", "a", "c", None]


def test_without_places_nothing_is_folded() -> None:
    matters = (Named(id="a", name="东镇护照"), Named(id="b", name="西镇护照"))
    folded, families = fold_variants(Vocabulary(matters=matters, certificates=(), places=("", "镇")))
    assert folded.matters == matters
    assert families.by_place == {}


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Public housing by town, everything else as in the small city."""
    variants = tuple(
        Named(id=f"rent-{town}", name=f"{town}公租房申请", aliases=("廉租房",)) for town in ("东镇", "西镇")
    )
    pairs = {("rent-西镇", certificate) for matter, certificate in VOCABULARY.pairs if matter == "rent"}
    vocabulary = Vocabulary(
        matters=(*variants, *VOCABULARY.matters[1:]),
        certificates=VOCABULARY.certificates,
        pairs=VOCABULARY.pairs - {pair for pair in VOCABULARY.pairs if pair[0] == "rent"} | pairs,
        places=PLACES,
        version="towns",
    )
    return build_engine(
        make_language(), vocabulary, amounts=Amounts(per_matter=40, per_certificate=40, per_sentence=12, least=0)
    )


@pytest.mark.parametrize(("place", "matter"), [("西镇", "rent-西镇"), ("东镇", "rent-东镇")])
def test_the_place_that_is_named_picks_the_variant(engine: Engine, place: str, matter: str) -> None:
    assert engine.understand(f"{place}公租房申请要带什么").matter == matter
    assert engine.understand(f"我在{place}，公租房申请要身份证吗").matter == matter


def test_the_conversation_stays_with_its_variant(engine: Engine) -> None:
    context = Context(matter="rent-西镇", certificates=("id",), intent=engine.understand("身份证要带吗").intent)
    understood = engine.understand("那结婚证呢", context)
    assert (understood.matter, understood.certificates) == ("rent-西镇", ("marry",))
