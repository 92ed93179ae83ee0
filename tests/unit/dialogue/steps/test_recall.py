"""What a message leans on, and what it drops."""

from dataclasses import replace

from bot.domain.catalogue import Matter
from intents.understanding import Act, Intent, Level
from tests.city import MATTERS, make_city
from tests.unit.dialogue.talking import Talk, guess, parts_of, values_of


def test_an_agent_stays_one_for_the_same_matter(talk: Talk) -> None:
    talk.say("我替我妈办公租房，身份证要吗", matter="rent", certificates=("id",), person="agent")
    assert talk.say("那执照呢", matter="rent", certificates=("lic",)).understood.verdict == "needed"


def test_a_new_matter_drops_the_agent(talk: Talk) -> None:
    talk.say("我替我妈办护照，无房证明要吗", matter="passport", certificates=("nohouse",), person="agent")
    assert talk.say("公租房身份证要吗", matter="rent", certificates=("id",)).understood.verdict == "not_needed"


def test_correcting_the_matter_keeps_the_agent(talk: Talk) -> None:
    talk.say("我替我妈办护照，无房证明要吗", matter="passport", certificates=("nohouse",), person="agent")
    reply = talk.say("不对，是公租房", matter="rent", certificates=("id",), act=Act.CORRECT)
    assert reply.understood.verdict == "needed"


def test_the_agent_is_remembered_while_the_matter_is_asked_for(talk: Talk) -> None:
    talk.say("我帮我爸办，身份证要带吗", certificates=("id", "marry"), person="agent")
    assert talk.press("matter:rent").understood.verdict == "needed"


def test_going_oneself_after_all_takes_the_agent_back(talk: Talk) -> None:
    talk.say("替我妈办公租房", matter="rent", certificates=("id",), person="agent")
    reply = talk.say("算了她自己去", matter="rent", certificates=("id",), person="self")
    assert reply.understood.verdict == "not_needed"


def test_where_it_was_issued_holds_for_that_certificate_alone(talk: Talk) -> None:
    talk.say("公租房结婚证要吗", matter="rent", certificates=("marry",))
    told = talk.say("我结婚证湖南领的", matter="rent", certificates=("marry",), issued="outside")
    assert told.understood.verdict == "depends"
    assert talk.say("那无房证明呢", matter="rent", certificates=("nohouse",)).understood.verdict == "not_needed"
    assert talk.say("结婚证呢", matter="rent", certificates=("marry",)).understood.verdict == "not_needed"


def test_a_list_asked_for_without_a_matter_is_that_of_the_matter_talked_about(talk: Talk) -> None:
    talk.say("公租房身份证要吗", matter="rent", certificates=("id",))
    assert talk.say("那还要带什么", Intent.MATTER_MATERIALS).understood.matter == "rent"


def test_where_to_get_it_is_about_the_certificate_talked_about(talk: Talk) -> None:
    talk.say("护照要身份证吗", matter="passport", certificates=("id",))
    reply = talk.say("那去哪里办", Intent.CERTIFICATE_OBTAIN)
    assert (reply.understood.certificate, reply.understood.matter) == ("id", "passport")


def test_a_circumstance_after_a_list_changes_the_list(talk: Talk) -> None:
    talk.say("公租房要带什么", Intent.MATTER_MATERIALS, matter="rent")
    reply = talk.say("我替我妈办的", Intent.MATTER_MATERIALS, person="agent")
    (listed,) = parts_of(reply, "materials")
    needed = next(group for group in listed.groups if group.verdict == "needed")
    assert "居民身份证" in [item.name for item in needed.items]


def test_words_that_point_to_an_offered_matter_settle_it(talk: Talk) -> None:
    assert "matter:passport" in values_of(talk.say("身份证要带吗", certificates=("id",)))
    reply = talk.say(
        "出国那个",
        certificates=("id",),
        matter="birth",
        matter_level=Level.CONFIRM,
        matters=guess(birth=0.5, passport=0.3),
    )
    assert (reply.understood.matter, reply.understood.verdict) == ("passport", "needed")


def test_a_matter_called_after_another_certificate_answers_for_the_one_asked_about() -> None:
    city = make_city()
    named = replace(city.matters["passport"], name="结婚证换领")
    talk = Talk(make_city(matters=city.matters | {"passport": named}))
    talk.say("身份证要吗", certificates=("id",))
    reply = talk.say("换结婚证用的", matter="passport", certificates=("marry",))
    assert (reply.understood.certificates, reply.understood.verdict) == (("id",), "needed")


def test_another_certificate_named_with_the_matter_is_a_new_question(talk: Talk) -> None:
    talk.say("身份证要吗", certificates=("id",))
    reply = talk.say("公租房要结婚证吗", matter="rent", certificates=("marry",))
    assert reply.understood.certificates == ("marry",)


def test_a_fragment_with_an_unclear_matter_stays_on_the_matter(talk: Talk) -> None:
    talk.say("公租房身份证要吗", matter="rent", certificates=("id",))
    reply = talk.say(
        "那结婚证呢", matter="birth", matter_level=Level.CONFIRM, matters=guess(birth=0.5), certificates=("marry",)
    )
    assert (reply.understood.matter, reply.understood.verdict) == ("rent", "not_needed")


def test_an_unclear_matter_called_after_the_certificate_is_no_new_one() -> None:
    city = make_city()
    named = replace(city.matters["birth"], name="结婚证补领")
    talk = Talk(make_city(matters=city.matters | {"birth": named}))
    talk.say("公租房身份证要吗", matter="rent", certificates=("id",))
    reply = talk.say(
        "那么我再问一句哦结婚证的话要不要一起带过去",
        matter="birth",
        matter_level=Level.CONFIRM,
        matters=guess(birth=0.5),
        certificates=("marry",),
    )
    assert reply.understood.matter == "rent"


def test_a_matter_heard_only_in_the_name_of_the_certificate_is_no_new_one() -> None:
    city = make_city()
    named = replace(city.matters["passport"], name="结婚证补领")
    talk = Talk(make_city(matters=city.matters | {"passport": named}))
    talk.say("公租房身份证要吗", matter="rent", certificates=("id",))
    assert talk.say("结婚证呢", matter="passport", certificates=("marry",)).understood.matter == "rent"


def test_a_whole_question_with_an_unclear_matter_is_confirmed(talk: Talk) -> None:
    talk.say("公租房身份证要吗", matter="rent", certificates=("id",))
    reply = talk.say(
        "还有一件别的事情，小孩子报出生的时候结婚证要不要带过去",
        matter="birth",
        matter_level=Level.CONFIRM,
        matters=guess(birth=0.5),
        certificates=("marry",),
    )
    assert (reply.asks, reply.understood.matter) == ("confirm", "birth")


def test_who_goes_on_about_the_matter_to_be_confirmed_has_said_yes(talk: Talk) -> None:
    unsure = {"matter": "rent", "matter_level": Level.CONFIRM, "certificates": ("id",)}
    assert talk.say("租房子身份证要吗", **unsure).asks == "confirm"
    reply = talk.say("我替我妈办", certificates=("id",), person="agent")
    assert (reply.understood.matter, reply.understood.verdict) == ("rent", "needed")


def test_who_talks_of_something_else_has_not(talk: Talk) -> None:
    unsure = {"matter": "rent", "matter_level": Level.CONFIRM, "certificates": ("id",)}
    talk.say("租房子身份证要吗", **unsure)
    assert talk.say("你好", Intent.SMALLTALK).understood.matter is None
    assert talk.memory.matter is None


def test_say_it_again_gives_the_same_answer(talk: Talk) -> None:
    first = talk.say("公租房身份证要吗", matter="rent", certificates=("id",), person="agent")
    again = talk.say("再说一遍", Intent.SMALLTALK, act=Act.REPEAT)
    assert (again.understood.intent, again.understood.verdict) == ("certificate_needed", "needed")
    assert again.entries == first.entries


def test_say_it_again_at_the_start_is_small_talk(talk: Talk) -> None:
    assert talk.say("再说一遍", Intent.SMALLTALK, act=Act.REPEAT).understood.intent == "smalltalk"


def test_acting_for_another_is_no_matter_of_its_own() -> None:
    matters = (*MATTERS, Matter(id="agent", name="窗口代办登记", unit_id="housing"))
    talk = Talk(make_city(matters={item.id: item for item in matters}))
    talk.say("公租房无房证明要吗", matter="rent", certificates=("nohouse",))
    reply = talk.say("那身份证呢，我去替她办", matter="agent", certificates=("id",), person="agent")
    assert (reply.understood.matter, reply.understood.verdict) == ("rent", "needed")


def test_a_certificate_asked_on_about_is_no_matter_called_after_it() -> None:
    matters = (*MATTERS, Matter(id="copy", name="登记查询证明出具", unit_id="housing"))
    talk = Talk(make_city(matters={item.id: item for item in matters}))
    talk.say("公租房身份证要吗", matter="rent", certificates=("id",))
    assert talk.say("登记查询证明呢", matter="copy", certificates=("nohouse",)).understood.matter == "rent"
