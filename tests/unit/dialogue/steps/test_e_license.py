"""Electronic licences."""

from intents.understanding import Intent
from tests.city import FACTS, make_city
from tests.unit.dialogue.talking import Talk, parts_of, words_of


def test_it_names_the_apps_and_the_licence(talk: Talk) -> None:
    reply = talk.say("我的电子结婚证在哪看", Intent.E_LICENSE, certificates=("marry",))
    assert "“桃源办”" in words_of(reply)
    assert "结婚证" in words_of(reply)
    assert reply.understood.certificates == ("marry",)


def test_without_a_name_it_is_any_licence(talk: Talk) -> None:
    assert "电子证照" in words_of(talk.say("电子证照在哪", Intent.E_LICENSE))


def test_a_link_is_given_where_the_city_has_one(talk: Talk) -> None:
    assert parts_of(talk.say("电子证照", Intent.E_LICENSE), "link") == []
    linked = Talk(make_city(facts=FACTS | {"e_license_url": "https://example.org/"}))
    (link,) = parts_of(linked.say("电子证照", Intent.E_LICENSE), "link")
    assert link.url == "https://example.org/"
