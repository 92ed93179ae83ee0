"""Letters of commitment: from the entry, not for high risk, and bound to what was read."""

from dataclasses import replace

import pytest

from bot.domain.commitment import find_letter, sign_letter
from bot.domain.errors import ForbiddenError, NotFoundError
from tests.builders import NOON
from tests.city import FACTS, make_city

ENTRY = "rent-income"


def test_a_letter_says_what_is_proved_promised_risked_and_checked() -> None:
    letter = find_letter(make_city(), ENTRY)
    for word in ("收入证明", "公租房申请", "桃源市住房局", "规定 第九条", "真实、准确", "撤销", "抽查"):
        assert word in letter.text


def test_only_a_promise_has_a_letter() -> None:
    for entry in ("rent-nohouse", "nothing"):
        with pytest.raises(NotFoundError):
            find_letter(make_city(), entry)


def test_matters_of_high_risk_have_none() -> None:
    with pytest.raises(ForbiddenError, match="风险"):
        find_letter(make_city(facts=FACTS | {"commitment_risk_words": "危险|公租房"}), ENTRY)


def test_the_signature_is_bound_to_letter_signer_and_time() -> None:
    letter = find_letter(make_city(), ENTRY)
    given = {"id_": "1", "number": "CN", "owner_id": "o", "name": "王小明", "holder": "x", "level": 2}
    first = sign_letter(letter, **given, at=NOON)  # type: ignore[arg-type]
    assert first == sign_letter(letter, **given, at=NOON)  # type: ignore[arg-type]
    others = [
        sign_letter(replace(letter, version="v2"), **given, at=NOON),  # type: ignore[arg-type]
        sign_letter(letter, **given | {"name": "王晓明"}, at=NOON),  # type: ignore[arg-type]
        sign_letter(letter, **given, at=NOON.replace(hour=13)),  # type: ignore[arg-type]
    ]
    assert first.signature not in {item.signature for item in others}
