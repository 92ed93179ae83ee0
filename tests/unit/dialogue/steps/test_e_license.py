"""Electronic licences."""

from typing import Any

import pytest

from bot.dialogue.dialogue import Turned, Utterance
from bot.dialogue.errands import LicenseOffered, LicenseRefused, RefuseLicense, RequestLicense
from bot.domain.catalogue import Catalogue
from bot.domain.conversation import Memory, State
from intents.understanding import Intent
from tests.city import FACTS, TODAY, make_city
from tests.unit.dialogue.talking import Talk, make_understanding, parts_of, words_of


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


def test_fetching_one_for_a_matter_that_shares_it_is_an_errand() -> None:
    turned = _begin(make_city(), "帮我调一下结婚证", matter="birth", certificates=("marry",))
    assert turned.errand == RequestLicense(matter_id="birth", certificate_id="marry")
    assert turned.resume is not None
    offered = LicenseOffered(url="/consent/t", minutes=30, providers=("“浙里办”APP",))
    reply, memory = turned.resume(offered)
    assert (reply.state, memory.state) == (State.CONSENT, State.CONSENT)
    assert [part.url for part in parts_of(reply, "link")] == ["/consent/t"]
    assert "“浙里办”APP" in words_of(reply)


def test_where_nobody_can_fetch_it_the_apps_are_named(talk: Talk) -> None:
    reply = talk.say("帮我调一下结婚证", Intent.E_LICENSE, matter="birth", certificates=("marry",))
    assert "“桃源办”" in words_of(reply)


def test_without_a_matter_it_is_asked_and_then_goes_on(talk: Talk) -> None:
    assert talk.say("帮我调一下结婚证", Intent.E_LICENSE, certificates=("marry",)).asks == "matter"
    turned = talk.dialogue.begin(Utterance(choice="matter:birth"), talk.memory, TODAY)
    assert turned.errand == RequestLicense(matter_id="birth", certificate_id="marry")


@pytest.mark.parametrize(("matter", "certificate"), [("rent", "id"), ("rent", "income"), ("rent", "blood")])
def test_an_entry_that_does_not_share_it_is_declined_with_the_reason(matter: str, certificate: str) -> None:
    turned = _begin(make_city(), "帮我调一下", matter=matter, certificates=(certificate,))
    assert turned.errand is None
    assert "不从电子证照里调" in words_of(turned.reply)
    links = [part.url for part in parts_of(turned.reply, "link")]
    assert links == (["/commitments/rent-income"] if certificate == "income" else [])


def test_a_no_while_consent_is_waited_for_stops_it() -> None:
    turned = Talk().dialogue.begin(Utterance(choice="act:refuse_license"), Memory(state=State.CONSENT), TODAY)
    assert turned.errand == RefuseLicense()
    assert turned.resume is not None
    reply, memory = turned.resume(LicenseRefused())
    assert "什么也没有调取" in words_of(reply)
    assert memory.state is State.IDLE


def _begin(city: Catalogue, text: str, **understood: Any) -> Turned:
    talk = Talk(city)
    talk.engine.understanding = make_understanding(Intent.E_LICENSE, **understood)
    return talk.dialogue.begin(Utterance(text=text), Memory(), TODAY)
