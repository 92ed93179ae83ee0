"""What is read in whole stories, with the real language and catalogue."""

from datetime import date

import pytest

from bot.dialogue.stories import StoryReading, read_story
from bot.dialogue.story_words import load_words
from bot.dialogue.told_classes import load_classes
from bot.domain.verdict import IssuedWhere, Person
from bot.violations import Demand
from intents.understanding import Context, Understanding
from tests.real import load_real_knowledge

TODAY = date(2026, 11, 25)


def read(text: str) -> StoryReading:
    knowledge = load_real_knowledge()
    return read_story(text, knowledge.engine, knowledge.catalogue, TODAY)


def test_nothing_is_learned_while_the_first_story_waits() -> None:
    load_words.cache_clear()
    load_classes.cache_clear()
    load_real_knowledge.__wrapped__()
    learned = load_words.cache_info().misses, load_classes.cache_info().misses
    read("窗口非要结婚证原件。我说能查，他说不行！")
    assert (load_words.cache_info().misses, load_classes.cache_info().misses) == learned == (1, 1)


class Counting:
    """The real engine, with the texts that it was asked about."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def understand(self, text: str, context: Context | None = None) -> Understanding:
        self.asked.append(text)
        return load_real_knowledge().engine.understand(text, context)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("窗口非要结婚证原件。", ["窗口非要结婚证原件。"]),
        ("窗口非要结婚证！我没有。", ["窗口非要结婚证！我没有。", "窗口非要结婚证", "我没有"]),
        ("？", ["？"]),
    ],
)
def test_a_story_of_one_sentence_is_understood_once(text: str, asked: list[str]) -> None:
    engine = Counting()
    read_story(text, engine, load_real_knowledge().catalogue, TODAY)
    assert engine.asked == asked


def test_a_story_tells_matter_certificate_unit_and_day() -> None:
    reading = read("上周三下午我去段塘派出所给女儿报户口，窗口非要结婚证原件。我说能查，他说不行！")
    assert (reading.story.matter_id, reading.story.certificate_ids) == ("rk-birth", ("marry",))
    assert reading.story.unit_id == "gongan"
    assert reading.day_of_visit(TODAY) == date(2026, 11, 18)
    assert reading.story.demand is Demand.DEMANDED


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("公证处非要我自己去派出所开亲属关系证明", "gongzheng"),
        ("我在段塘街道便民服务中心被要求开困难证明", "t-duantang"),
        ("石碶派出所办小孩上户口要计生证明", "gongan"),
        ("民政局请派出所协助核实，派出所不理", "gongan"),
        ("窗口要我交结婚证", None),
    ],
)
def test_the_unit_that_demands_comes_before_the_one_that_issues(text: str, unit: str | None) -> None:
    assert read(text).story.unit_id == unit


def test_circumstances_are_taken_from_any_sentence() -> None:
    reading = read("我妈走不动。我替她去办公积金租房提取。窗口要她的身份证。")
    assert reading.story.circumstances.person is Person.AGENT
    assert read("结婚证是在安徽领的。报户口要我交。").story.circumstances.issued is IssuedWhere.OUTSIDE


@pytest.mark.parametrize(
    ("text", "demand"),
    [
        ("公租房申请还要收入证明吗", Demand.ASKED),
        ("公租房窗口没有要我交收入证明", Demand.DENIED),
        ("公租房窗口没有要我交收入证明，但是要我交无房证明", Demand.DEMANDED),
        ("窗口要我交收入证明，这合理吗？", Demand.DEMANDED),
        ("平台调出来的信息是错的，把我写成已婚", Demand.UNTOLD),
    ],
)
def test_it_is_told_whether_anything_was_demanded(text: str, demand: Demand) -> None:
    assert read(text).story.demand is demand


def test_what_the_matter_itself_is_about_was_not_demanded() -> None:
    assert read("我去补办行驶证，他们要我开个证明才给办").story.certificate_ids == ()


def test_a_paper_of_a_court_is_taken_for_one() -> None:
    assert read("离婚登记窗口要法院的调解书").story.certificate_ids == ("court",)


def test_what_comes_from_outside_is_the_certificate_for_it() -> None:
    assert read("老公是美国人，结婚登记要他的单身证明").story.certificate_ids == ("wmarital",)


def test_a_long_story_is_read_to_its_end() -> None:
    reading = read("我先说说那天的天气。" * 80 + "公租房窗口非要我交无房证明。")
    assert (reading.story.matter_id, reading.story.certificate_ids) == ("zjj-rent", ("nohouse",))


@pytest.mark.parametrize("text", ["。", "？？？", "😀", "a" * 4_000, "，，，。。。"])
def test_nonsense_is_read_as_nothing(text: str) -> None:
    story = read(text).story
    assert (story.told, story.hinted, story.unit_id) == ((), (), None)
