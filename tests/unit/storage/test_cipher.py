"""Sealed values are read only with their key and in their place."""

import pytest

from bot.storage.cipher import Cipher, SealBrokenError

OLD, NEW = b"o" * 32, b"n" * 32


def test_what_is_sealed_is_opened_in_its_place_and_nowhere_else() -> None:
    cipher = Cipher({"k1": OLD})
    sealed = cipher.seal("13900001234", "complaints:1")
    assert "13900001234" not in sealed
    assert cipher.open(sealed, "complaints:1") == "13900001234"
    with pytest.raises(SealBrokenError):
        cipher.open(sealed, "complaints:2")


def test_the_same_words_are_never_sealed_alike() -> None:
    cipher = Cipher({"k1": OLD})
    assert cipher.seal("一样", "x") != cipher.seal("一样", "x")


def test_a_new_key_in_front_seals_while_the_old_one_still_opens_and_finds() -> None:
    before, after = Cipher({"k1": OLD}), Cipher({"k2": NEW, "k1": OLD})
    assert after.open(before.seal("旧", "x"), "x") == "旧"
    assert after.index("13900001234", "phone") == before.index("13900001234", "phone")
    with pytest.raises(SealBrokenError):
        before.open(after.seal("新", "x"), "x")


def test_a_changed_seal_is_noticed() -> None:
    cipher = Cipher({"k1": OLD})
    sealed = cipher.seal("内容", "x")
    broken = sealed[:-6] + ("AAAAAA" if not sealed.endswith("AAAAAA") else "BBBBBB")
    with pytest.raises(SealBrokenError):
        cipher.open(broken, "x")


def test_open_words_that_only_look_sealed_are_told_apart() -> None:
    assert not Cipher({"k1": OLD}).is_sealed("sealed: 这是我写的")
