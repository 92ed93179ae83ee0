"""Questions back: at most two in a row about the same thing, then a person."""

from bot.domain.catalogue import Matter, Measure, Unit
from intents.understanding import Intent, Level
from tests.city import CERTIFICATES, make_city, make_entry
from tests.unit.dialogue.talking import Talk, guess, parts_of, values_of, words_of


def test_after_two_questions_a_person_is_offered(talk: Talk) -> None:
    assert talk.say("证明要吗").status == "clarify_matter"
    assert talk.say("就是那个证明").status == "clarify_matter"
    reply = talk.say("我也说不清")
    assert (reply.status, reply.asks, reply.state) == ("handoff_offered", None, "idle")
    assert "12345" in words_of(reply)
    assert parts_of(reply, "link")[0].url == "tel:12345"


def test_then_it_starts_anew(talk: Talk) -> None:
    for _ in range(3):
        talk.say("证明要吗")
    assert talk.say("证明要吗").status == "clarify_matter"


def test_a_new_question_is_not_counted_with_the_old_one(talk: Talk) -> None:
    for certificate in ("id", "income", "id"):
        assert talk.say("要吗", certificates=(certificate,)).status == "clarify_matter"


def test_an_answer_in_between_resets_the_count(talk: Talk) -> None:
    talk.say("证明要吗")
    talk.say("证明要吗")
    talk.say("你好", Intent.SMALLTALK)
    assert talk.say("证明要吗").status == "clarify_matter"


def test_different_questions_about_one_thing_count_together(talk: Talk) -> None:
    unsure = {"matter": "rent", "matter_level": Level.CONFIRM, "certificates": ("nohouse",)}
    assert talk.say("要无房证明吗", **unsure).status == "clarify_confirm"
    assert talk.press("confirm:no").status == "clarify_matter"
    assert talk.say("我也不知道", certificates=("nohouse",), matter_level=Level.OPEN).status == "handoff_offered"


def test_at_most_four_matters_are_offered_one_of_each_unit_first() -> None:
    matters = [Matter(id=f"m{number}", name=f"事项{number}", unit_id=f"u{number // 3}") for number in range(9)]
    entries = [
        make_entry(item.id, "id", Measure.NOT_YET if number else Measure.CANCEL) for number, item in enumerate(matters)
    ]
    city = make_city(
        *entries,
        units={f"u{number}": Unit(id=f"u{number}", name="单位", short_name="单位") for number in range(3)},
        matters={item.id: item for item in matters},
        certificates={item.id: item for item in CERTIFICATES},
    )
    reply = Talk(city).say("身份证要吗", certificates=("id",))
    assert values_of(reply) == ["matter:m0", "matter:m3", "matter:m6", "matter:m1"]


def test_guesses_that_list_the_certificate_come_first(talk: Talk) -> None:
    reply = talk.say("身份证要吗", certificates=("id",), matters=guess(birth=0.4, passport=0.2, rent=0.01))
    assert values_of(reply) == ["matter:passport", "matter:rent"]


def test_a_matter_without_entries_asks_without_buttons() -> None:
    talk = Talk(make_city(make_entry("rent", "id", Measure.OTHER)))
    reply = talk.say("护照还要证明吗", matter="passport")
    assert (reply.asks, values_of(reply)) == ("certificate", [])


def test_an_empty_catalogue_still_asks() -> None:
    talk = Talk(make_city(entries={}))
    assert talk.say("证明要吗").asks == "matter"


def test_what_is_asked_is_remembered_with_its_buttons(talk: Talk) -> None:
    reply = talk.say("身份证要吗", certificates=("id",), person="agent", issued="outside", matters=guess(rent=0.3))
    assert talk.memory.offered == tuple(values_of(reply))
    assert (talk.memory.person, talk.memory.issued) == ("agent", "outside")


def test_what_is_to_be_confirmed_is_not_settled_yet(talk: Talk) -> None:
    talk.say("要无房证明吗", matter="rent", matter_level=Level.CONFIRM, certificates=("nohouse",))
    assert (talk.memory.matter, talk.memory.certificates, talk.memory.pending) == (
        None,
        ("nohouse",),
        ("matter:rent",),
    )
