"""Where to get a certificate."""

from dataclasses import replace

from intents.understanding import Intent, Level
from tests.city import make_city
from tests.unit.dialogue.talking import Talk, guess, values_of, words_of

WHERE = Intent.CERTIFICATE_OBTAIN


def test_it_says_who_issues_it_with_the_units_telephone(talk: Talk) -> None:
    text = words_of(talk.say("结婚证哪里办", WHERE, certificates=("marry",)))
    assert "婚姻登记机关" in text
    assert "桃源市住房局，电话0000-1234" in text


def test_without_a_telephone_it_names_the_hotline(talk: Talk) -> None:
    text = words_of(talk.say("身份证哪里办", WHERE, certificates=("id",)))
    assert "桃源市公安局" in text
    assert "12345" in text


def test_whether_one_needs_it_comes_first(talk: Talk) -> None:
    reply = talk.say("公租房的无房证明哪里开", WHERE, matter="rent", certificates=("nohouse",))
    assert words_of(reply).startswith("先不用去办：办“公租房申请”用不着您自己交")
    assert (reply.understood.verdict, reply.understood.matter) == (None, "rent")


def test_a_certificate_that_no_entry_lists_need_not_be_fetched(talk: Talk) -> None:
    text = words_of(talk.say("护照的献血证哪里开", WHERE, matter="passport", certificates=("blood",)))
    assert "目录里没有列献血证" in text


def test_what_is_needed_is_said_to_be(talk: Talk) -> None:
    text = words_of(talk.say("护照身份证哪里办", WHERE, matter="passport", certificates=("id",)))
    assert text.startswith("办“护照申领”要带居民身份证")


def test_one_from_outside_is_looked_up_first(talk: Talk) -> None:
    text = words_of(talk.say("外地结婚证", WHERE, matter="rent", certificates=("marry",), issued="outside"))
    assert "先请窗口在线查" in text


def test_without_a_matter_it_speaks_for_all_of_them(talk: Talk) -> None:
    assert "都不用您自己交" in words_of(talk.say("结婚证哪里办", WHERE, certificates=("marry",)))
    assert "先问清楚再跑" in words_of(talk.say("身份证哪里办", WHERE, certificates=("id",)))
    assert words_of(talk.say("法律文书哪里拿", WHERE, certificates=("court",))).startswith("要办的话，找人民法院")


def test_an_unclear_matter_is_left_out(talk: Talk) -> None:
    reply = talk.say(
        "身份证哪里办", WHERE, matter="rent", matter_level=Level.CONFIRM, matters=guess(rent=0.5), certificates=("id",)
    )
    assert reply.understood.matter is None


def test_national_lists_say_who_no_longer_issues_it_and_who_does(talk: Talk) -> None:
    text = words_of(talk.say("亲属证明哪里开", WHERE, certificates=("kin",)))
    assert "按民发〔2020〕20号，村（居）委会不应出具：直接看户口簿。管这一项的是公安机关" in text
    assert "按公通字〔2016〕21号，曾同户的，派出所可以出具，由户籍地派出所办" in text


def test_lists_about_single_matters_are_left_out(talk: Talk) -> None:
    assert "取消" not in words_of(talk.say("结婚证哪里办", WHERE, certificates=("marry",)))


def test_a_matter_called_after_the_certificate_is_the_way_to_it() -> None:
    city = make_city()
    named = replace(city.matters["birth"], name="献血证申领")
    talk = Talk(make_city(matters=city.matters | {"birth": named}))
    text = words_of(talk.say("献血证哪里办", WHERE, matter="birth", certificates=("blood",)))
    assert text.startswith("要这张，可以去办“献血证申领”，由公安局办")


def test_the_matter_talked_about_counts_only_where_it_lists_the_certificate(talk: Talk) -> None:
    talk.say("公租房身份证要吗", matter="rent", certificates=("id",))
    assert talk.say("献血证哪里办", WHERE, certificates=("blood",)).understood.matter is None
    talk.say("公租房身份证要吗", matter="rent", certificates=("id",))
    assert talk.say("结婚证哪里办", WHERE, certificates=("marry",)).understood.matter == "rent"


def test_several_are_told_one_by_one(talk: Talk) -> None:
    reply = talk.say("结婚证身份证哪里办", WHERE, certificates=("marry", "id"))
    assert len(reply.parts) == 2


def test_an_unnamed_certificate_is_asked_for(talk: Talk) -> None:
    reply = talk.say("哪里开", WHERE, matter="rent")
    assert (reply.asks, reply.understood.verdict) == ("certificate", "clarify")
    pressed = talk.press(values_of(reply)[0])
    assert pressed.understood.intent == "certificate_obtain"
