"""Face recognition is never the only way: every answer of the whole catalogue that names it names another."""

from datetime import date

from bot.dialogue.cards import Cards
from bot.dialogue.replies import Replies
from bot.domain.verdict import Circumstances
from bot.verdict import decide
from tests.real import load_real_knowledge


def test_every_answer_that_names_the_face_names_another_way() -> None:
    catalogue = load_real_knowledge().catalogue
    cards = Cards(catalogue, Replies.load(catalogue.facts), "v")
    alone = []
    for entry in catalogue.entries.values():
        verdict = decide(
            catalogue,
            matter_id=entry.matter_id,
            certificate_id=entry.certificate_id,
            circumstances=Circumstances(),
            on=date(2026, 11, 22),
        )
        text = cards.make(verdict, "").text
        if ("刷脸" in text or "人脸" in text) and not ("电子证照" in text or "也可以" in text):
            alone.append((entry.id, text))
    assert alone == []
