"""Ids and keys that stand twice: both places are named."""

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("table", "first", "second"),
    [("units", 2, 5), ("matters", 2, 5), ("certificates", 2, 6), ("measures", 2, 9)],
)
def test_an_id_used_twice_is_named_at_both_places(city: Any, table: str, first: int, second: int) -> None:
    row = city.tables[table][0]
    city.tables[table].append(row | {"name": "另一个名称"})
    assert city.errors() == [
        f"{table}.csv 第{second}行：编号“{row['id']}”在前面已经用过，另一处在 {table}.csv 第{first}行"
    ]


def test_a_certificate_listed_twice_for_a_matter_is_named_at_both_places(city: Any) -> None:
    city.tables["catalogue"].append(city.tables["catalogue"][0] | {"id": "c9"})
    assert city.errors() == ["catalogue.csv 第6行（c9）：和 catalogue.csv 第2行（c1） 是同一事项同一证明，只能留一条"]


def test_an_entry_of_the_faq_written_twice_is_named_at_both_places(city: Any) -> None:
    for number in range(2):
        city.ask("same", "签字就行。", [f"第{number}种问法"])
    assert city.errors() == ["faq.yaml 第2条：编号“same”在前面已经用过，另一处在 faq.yaml 第1条"]


def test_a_term_of_keeping_written_twice_is_named_at_both_places(city: Any) -> None:
    city.tables["retention"] = [{"kind": "draft", "days": days, "basis": "规定"} for days in ("7", "8")]
    assert city.errors() == ["retention.csv 第3行：“draft”在前面已经写过，另一处在 retention.csv 第2行"]
