"""A verification is accepted, answered or honestly not answerable; it is never refused (article 16)."""

from datetime import timedelta
from itertools import product

import pytest

from bot.domain import verification as rules
from bot.domain.errors import ConflictError, ForbiddenError, InvalidInputError
from bot.domain.verification import Finding, VerificationMove, VerificationState, list_moves, may_see
from bot.domain.viewer import Role
from bot.domain.watermark import SealKind
from tests.builders import NOON, make_viewer
from tests.license_builders import NUMBER, make_verification

ISSUER = make_viewer(role=Role.HANDLER, unit_id="registry")


def _answer(asked: rules.Verification) -> rules.Verification:
    return rules.answer(asked, Finding.TRUE, "名下无房", requester="住房局", producer="登记中心", by="h", at=NOON)


def test_there_is_no_move_that_refuses() -> None:
    assert {move.value for move in VerificationMove} == {"accept", "answer", "cannot_verify"}


@pytest.mark.parametrize(("state", "move"), list(product(VerificationState, VerificationMove)))
def test_only_an_open_request_moves(state: VerificationState, move: VerificationMove) -> None:
    asked = make_verification(state=state)
    is_open = state in {VerificationState.SENT, VerificationState.ACCEPTED}
    allowed = state is VerificationState.SENT if move is VerificationMove.ACCEPT else is_open
    assert (move in list_moves(asked, ISSUER)) == allowed


def test_only_people_of_the_issuing_unit_move_it() -> None:
    asked = make_verification()
    assert list_moves(asked, make_viewer(role=Role.HANDLER, unit_id="housing")) == ()
    assert list_moves(asked, make_viewer(role=Role.SUPERVISOR)) == ()
    with pytest.raises(ForbiddenError):
        rules.require_issuer(asked, make_viewer(role=Role.HANDLER, unit_id="housing"))


def test_both_units_and_supervisors_see_it_and_nobody_else() -> None:
    asked = make_verification()
    assert all(may_see(asked, make_viewer(role=Role.HANDLER, unit_id=unit)) for unit in ("housing", "registry"))
    assert may_see(asked, make_viewer(role=Role.SUPERVISOR))
    assert not may_see(asked, make_viewer(role=Role.HANDLER, unit_id="police"))
    assert not may_see(asked, make_viewer(role=Role.OPERATOR))


def test_an_answer_carries_the_seal_and_both_units() -> None:
    answered = _answer(make_verification())
    assert answered.answer is not None
    watermark = answered.answer.watermark
    assert watermark.seal is SealKind.VERIFICATION
    assert watermark.lines == (
        "提取单位：住房局",
        "制作单位：登记中心",
        "提取时间：2026-11-22 12:00",
        "电子证明核实信息专用章",
    )


def test_an_answer_stands() -> None:
    with pytest.raises(ConflictError):
        rules.cannot_verify(_answer(make_verification()), "没有这个人的记录", by="h", at=NOON)


@pytest.mark.parametrize("reason", ["", "  ", "没有"])
def test_who_cannot_verify_says_why(reason: str) -> None:
    with pytest.raises(InvalidInputError, match="不能拒绝"):
        rules.cannot_verify(make_verification(), reason, by="h", at=NOON)


def test_at_the_full_time_it_goes_to_the_supervisors() -> None:
    warned = rules.warn(make_verification(), 80)
    assert (warned.warned, warned.is_escalated) == (80, False)
    assert rules.warn(warned, 100).is_escalated


def test_late_is_measured_at_its_end() -> None:
    asked = make_verification()
    assert not asked.is_late(NOON + timedelta(minutes=30))
    assert asked.is_late(NOON + timedelta(minutes=31))
    assert not _answer(asked).is_late(NOON + timedelta(days=1))


def test_nobody_is_named_in_a_printed_form() -> None:
    printed = repr(_answer(make_verification()))
    assert "王小明" not in printed
    assert NUMBER not in printed
    assert "无房" not in printed
