"""Tables of holidays and terms that are wrong, in the words in which their editors are told."""

from typing import Any

import pytest

SOURCE = "国办发明电〔2025〕7号"
FESTIVALS = {
    "2026-01-01": "元旦",
    "2026-02-17": "春节",
    "2026-04-04": "清明节",
    "2026-05-01": "劳动节",
    "2026-06-19": "端午节",
    "2026-10-01": "国庆节、中秋节",
}


def day_row(day: str, name: str, kind: str = "holiday", **cells: str) -> dict[str, str]:
    return {"year": "2026", "date": day, "kind": kind, "name": name, "source": SOURCE} | cells


def term_row(**cells: str) -> dict[str, str]:
    default = {
        "key": "answer_any",
        "applies_to": "any",
        "step": "answer",
        "amount": "5",
        "time_unit": "working_days",
        "clock": "working",
        "pausable": "true",
        "extension_max": "10",
        "rule": "本市某规定",
        "is_default": "true",
    }
    return default | cells


@pytest.fixture
def days(city: Any) -> list[dict[str, str]]:
    """The holiday table of a city, without mistakes."""
    city.tables["holidays"] = [day_row(day, name) for day, name in FESTIVALS.items()]
    city.tables["holidays"].append(day_row("2026-10-10", "国庆节、中秋节", "makeup"))
    rows: list[dict[str, str]] = city.tables["holidays"]
    return rows


def test_a_city_may_do_without_both_tables(city: Any) -> None:
    assert city.errors() == []


def test_a_whole_year_is_no_finding(city: Any, days: list[dict[str, str]]) -> None:
    days.insert(0, day_row("2025-12-31", "元旦"))
    city.tables["terms"] = [term_row()]
    assert city.errors() == city.remarks() == []


@pytest.mark.parametrize(
    ("row", "errors"),
    [
        (
            day_row("2026-10-12", "国庆节", "makeup"),
            ["holidays.csv 第9行：2026-10-12 是周一，调休上班只能是周六、周日，请核对日期"],
        ),
        (
            day_row("2026-10-10", "国庆节"),
            ["holidays.csv 第9行：2026-10-10 这一天在前面已经写过，另一处在 holidays.csv 第8行"],
        ),
        (
            day_row("2026-10-02", "国庆节", year="2025"),
            [
                "holidays.csv 第9行：2026-10-02 不在2025年的放假安排里，请核对“year”和“date”",
                "holidays.csv：2025年没有写元旦、春节、清明、劳动节、端午、中秋的放假，请按通知补全，没公布的年份整年不写",
            ],
        ),
        (
            day_row("2025-11-30", "元旦"),
            ["holidays.csv 第9行：2025-11-30 不在2026年的放假安排里，请核对“year”和“date”"],
        ),
        (day_row("2026-10-02", "国庆节", source=""), ["holidays.csv 第9行：“source”一列是空的，请写明是哪份通知"]),
        (day_row("2026-13-01", "国庆节"), ["holidays.csv 第9行：“date”一列写的“2026-13-01”不是认得的值"]),
        (day_row("", "国庆节"), ["holidays.csv 第9行：“date”一列是空的，请补上"]),
        (day_row("2026-10-02", ""), ["holidays.csv 第9行：“name”一列是空的，请补上"]),
        (day_row("2026-10-02", "国庆节", "放假"), ["holidays.csv 第9行：“kind”一列写的“放假”不是认得的值"]),
        (day_row("2026-10-02", "国庆节", year="今年"), ["holidays.csv 第9行：“year”一列写的“今年”不是认得的值"]),
    ],
)
def test_a_wrong_day_is_named(city: Any, days: list[dict[str, str]], row: dict[str, str], errors: list[str]) -> None:
    days.append(row)
    assert city.errors() == errors


def test_a_year_must_be_entered_whole(city: Any, days: list[dict[str, str]]) -> None:
    del days[1]
    assert city.errors() == [
        "holidays.csv：2026年没有写春节的放假，请按通知补全，没公布的年份整年不写",
    ]


@pytest.mark.parametrize(
    ("cells", "errors"),
    [
        ({"amount": "0"}, ["“amount”一列要写1到1000的整数"]),
        ({"amount": ""}, ["“amount”一列是空的，请补上"]),
        ({"amount": "五"}, ["“amount”一列写的“五”不是认得的值"]),
        ({"amount": "99999999999"}, ["“amount”一列要写1到1000的整数"]),
        ({"extension_max": "-1"}, ["“extension_max”一列要写0到1000的整数"]),
        ({"extension_max": ""}, []),
        ({"step": "答复"}, ["“step”一列写的“答复”不是认得的值"]),
        ({"applies_to": ""}, ["“applies_to”一列是空的，请补上"]),
        ({"time_unit": "weeks"}, ["“time_unit”一列写的“weeks”不是认得的值"]),
        ({"rule": ""}, ["“rule”一列是空的，请补上"]),
        ({"is_default": "是"}, ["“is_default”一列写的“是”不是认得的值"]),
        ({"clock": "calendar"}, ["“time_unit”写“working_days”，“clock”就不能写“calendar”"]),
        ({"time_unit": "days"}, ["“time_unit”写“days”，“clock”就不能写“working”"]),
        ({"time_unit": "hours"}, []),
        ({"time_unit": "minutes", "clock": "calendar"}, []),
    ],
)
def test_a_wrong_term_is_named(city: Any, cells: dict[str, str], errors: list[str]) -> None:
    city.tables["terms"] = [term_row(**cells)]
    assert city.errors() == [f"terms.csv 第2行：{error}" for error in errors]


def test_a_step_has_one_term_for_a_kind(city: Any) -> None:
    city.tables["terms"] = [term_row(), term_row(key="other"), term_row(step="close")]
    assert city.errors() == [
        "terms.csv 第3行：“any”的“answer”在前面已经有期限，只能留一条，另一处在 terms.csv 第2行",
        "terms.csv 第4行：编号“answer_any”在前面已经用过，另一处在 terms.csv 第2行",
    ]


def test_a_table_without_its_columns_is_refused(city: Any) -> None:
    city.tables["terms"] = [{"key": "a", "step": "answer"}]
    assert city.errors() == ["terms.csv：少了这些列：applies_to、amount、time_unit、clock、rule、is_default"]
