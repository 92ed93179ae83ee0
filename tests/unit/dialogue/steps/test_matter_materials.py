"""Lists of materials."""

from intents.understanding import Intent, Level
from tests.city import make_city, make_entry
from tests.unit.dialogue.talking import Talk, guess, parts_of, values_of, words_of

LIST = Intent.MATTER_MATERIALS


def test_what_is_spared_comes_first_by_measure_then_what_is_needed(talk: Talk) -> None:
    reply = talk.say("公租房要带什么", LIST, matter="rent")
    (listed,) = parts_of(reply, "materials")
    assert [(group.title, group.verdict) for group in listed.groups] == [
        ("不用交，已经取消了（取消）", "not_needed"),
        ("不用带，窗口在线查（共享）", "not_needed"),
        ("不用另开，用别的材料代替（替代）", "not_needed"),
        ("不用交，签一份承诺书（承诺）", "not_needed"),
        ("不用带，窗口刷脸等核验（其他）", "not_needed"),
        ("还要带", "needed"),
    ]
    assert [item.name for item in listed.groups[1].items] == ["登记查询证明", "结婚证"]
    assert (reply.understood.verdict, reply.understood.matter) == (None, "rent")


def test_every_item_says_what_to_do(talk: Talk) -> None:
    (listed,) = parts_of(talk.say("公租房要带什么", LIST, matter="rent"), "materials")
    items = [item for group in listed.groups for item in group.items]
    assert len(items) == 9
    assert all(item.action and item.entry for item in items)


def test_the_text_counts_and_names_them_all(talk: Talk) -> None:
    text = words_of(talk.say("公租房要带什么", LIST, matter="rent"))
    assert text.startswith("办“公租房申请”，7样不用您自己带，2样还要带。")
    for name in ("登记查询证明", "生效法律文书", "示例数据"):
        assert name in text


def test_circumstances_change_the_list(talk: Talk) -> None:
    (listed,) = parts_of(talk.say("替我妈办公租房带什么", LIST, matter="rent", person="agent"), "materials")
    assert "居民身份证" in [item.name for item in listed.groups[-1].items]
    (listed,) = parts_of(talk.say("证都是外地的", LIST, matter="rent", issued="outside"), "materials")
    assert [group.title for group in listed.groups][-2:] == ["看情况", "还要带"]


def test_an_unclear_matter_is_confirmed(talk: Talk) -> None:
    reply = talk.say("租房带什么", LIST, matter="rent", matter_level=Level.CONFIRM, matters=guess(rent=0.5, loan=0.3))
    assert (reply.asks, reply.understood.matter, reply.understood.verdict) == ("confirm", "rent", "clarify")
    assert parts_of(talk.press("confirm:yes"), "materials")


def test_an_open_matter_is_asked_for(talk: Talk) -> None:
    reply = talk.say("房子的事带什么", LIST, matter_level=Level.OPEN, matters=guess(rent=0.3, loan=0.2))
    assert (reply.asks, reply.understood.matter, values_of(reply)) == ("matter", None, ["matter:rent", "matter:loan"])
    assert parts_of(talk.press("matter:loan"), "materials")


def test_no_matter_at_all_is_asked_for_in_words(talk: Talk) -> None:
    reply = talk.say("要带什么", LIST)
    assert (reply.asks, reply.understood.verdict, values_of(reply)) == ("matter", "clarify", [])


def test_a_matter_without_entries_says_so() -> None:
    talk = Talk(make_city(make_entry("rent", "id", make_city().entries["rent-id"].measure)))
    assert "没有列证件和证明" in words_of(talk.say("护照要带什么", LIST, matter="passport"))
