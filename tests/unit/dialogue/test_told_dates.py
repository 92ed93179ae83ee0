"""The day of which somebody tells."""

from datetime import date, timedelta

import pytest

from bot.dialogue.festivals import FESTIVALS, find_festival
from bot.dialogue.told_dates import PartOfDay, find_told_day

# A Wednesday.
TODAY = date(2026, 11, 25)
MORNING, NOON, AFTERNOON, EVENING = PartOfDay

TOLD = {
    "今天上午去的": ("2026-11-25", MORNING),
    "今早去了趟窗口": ("2026-11-25", MORNING),
    "刚刚从窗口出来": ("2026-11-25", None),
    "今朝去办": ("2026-11-25", None),
    "昨天": ("2026-11-24", None),
    "昨天上午": ("2026-11-24", MORNING),
    "昨日下午三点多": ("2026-11-24", AFTERNOON),
    "昨晚": ("2026-11-24", EVENING),
    "昨么下昼去的": ("2026-11-24", AFTERNOON),
    "前天中午": ("2026-11-23", NOON),
    "大前天": ("2026-11-22", None),
    "三天前": ("2026-11-22", None),
    "10天前": ("2026-11-15", None),
    "十天以前": ("2026-11-15", None),
    "一个礼拜前": ("2026-11-18", None),
    "两周前": ("2026-11-11", None),
    "上周三下午": ("2026-11-18", AFTERNOON),
    "上週三下午": ("2026-11-18", AFTERNOON),
    "上个星期五": ("2026-11-20", None),
    "上礼拜六": ("2026-11-21", None),
    "上个礼拜天": ("2026-11-22", None),
    "上上周五": ("2026-11-13", None),
    "这周一": ("2026-11-23", None),
    "本周二上午九点半": ("2026-11-24", MORNING),
    "周五": ("2026-11-20", None),
    "星期3": ("2026-11-25", None),
    "礼拜四": ("2026-11-19", None),
    "10月8号": ("2026-10-08", None),
    "10月8日下午2点": ("2026-10-08", AFTERNOON),
    "１０月８號": ("2026-10-08", None),
    "十月八号": ("2026-10-08", None),
    "十一月二十日": ("2026-11-20", None),
    "10月8去的": ("2026-10-08", None),
    "11/20": ("2026-11-20", None),
    "12月30号": ("2025-12-30", None),
    "2月29号": ("2024-02-29", None),
    "今年3月5日": ("2026-03-05", None),
    "去年10月8号": ("2025-10-08", None),
    "前年的12月1号": ("2024-12-01", None),
    "2020年12月30日": ("2020-12-30", None),
    "20年9月2号": ("2020-09-02", None),
    "二〇二〇年十月八号": ("2020-10-08", None),
    "2020-12-30": ("2020-12-30", None),
    "2020/9/3": ("2020-09-03", None),
    "8号": ("2026-11-08", None),
    "本月8号": ("2026-11-08", None),
    "28号下午": ("2026-10-28", AFTERNOON),
    "二十八号": ("2026-10-28", None),
    "上个月20号": ("2026-10-20", None),
    "上月五号": ("2026-10-05", None),
    "上上个月3号": ("2026-09-03", None),
    "国庆前一天": ("2026-09-30", None),
    "国庆节前两天": ("2026-09-29", None),
    "国庆节后第一天": ("2026-10-02", None),
    "去年国庆节那天": ("2025-10-01", None),
    "元旦那天": ("2026-01-01", None),
    "五一前一天下午": ("2026-04-30", AFTERNOON),
    "双十一当天": ("2026-11-11", None),
    "中秋节当天": ("2026-09-25", None),
    "端午前一天": ("2026-06-18", None),
    "清明节第二天": ("2026-04-06", None),
    "春节前夕": ("2026-02-16", None),
    "除夕那天": ("2026-02-16", None),
    "平安夜那天": ("2025-12-24", None),
    # Of several the one of the visit.
    "10月8号我妈走的，昨天去销户": ("2026-11-24", None),
    "上周三去过一趟，昨天下午又去": ("2026-11-24", AFTERNOON),
    "今天打电话反映一下，昨天上午去的": ("2026-11-24", MORNING),
    "昨天去过一趟，今天又去还是要": ("2026-11-25", None),
    "孩子11月3号出生，上周五去报户口": ("2026-11-20", None),
    "上周五去3号窗口": ("2026-11-20", None),
}
NOTHING = [
    "",
    "窗口要我开证明",
    "前几天",
    "前两天去的吧",
    "上个月",
    "半个月前",
    "国庆期间",
    "10月份",
    "周末",
    "每周一都开门",
    "明天",
    "后天上午",
    "下周三再去",
    "下个礼拜五",
    "3号窗口",
    "8号楼",
    "2019年就取消了",
    "从2020年9月1日起施行",
    "9月1日起就不用交了",
    "2030年1月1日",
    "2月30号",
    "13月1号",
    "孩子是11月3号出生的",
    "甬海司〔2019〕27号",
]


@pytest.mark.parametrize(("text", "told"), TOLD.items(), ids=TOLD)
def test_a_day_is_read_as_people_tell_it(text: str, told: tuple[str, PartOfDay | None]) -> None:
    found = find_told_day(text, TODAY)
    assert (found.day and found.day.isoformat(), found.part) == told


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_vague_or_still_to_come_or_no_visit_is_no_day(text: str) -> None:
    assert find_told_day(text, TODAY).day is None


def test_the_part_of_the_day_counts_without_a_day() -> None:
    assert find_told_day("前几天下午去的", TODAY).part is AFTERNOON


@pytest.mark.parametrize("text", TOLD)
@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 3, 31), date(2027, 12, 31)])
def test_no_day_is_ever_still_to_come(text: str, today: date) -> None:
    found = find_told_day(text, today)
    assert found.day is None or found.day <= today


@pytest.mark.parametrize(
    ("text", "has_year"), [("2020年12月30日", True), ("去年10月8号", True), ("10月8号", False), ("昨天", False)]
)
def test_it_is_told_whether_the_year_was_said(text: str, has_year: bool) -> None:
    assert find_told_day(text, TODAY).has_year is has_year


@pytest.mark.parametrize("weekday", range(7))
def test_a_bare_day_of_the_week_is_one_of_the_last_seven(weekday: int) -> None:
    today = TODAY + timedelta(days=weekday)
    day = find_told_day("礼拜二去的", today).day
    assert day is not None
    assert day.weekday() == 1
    assert timedelta(0) <= today - day < timedelta(days=7)


@pytest.mark.parametrize("name", FESTIVALS)
def test_every_festival_has_a_day_in_the_years_of_the_table(name: str) -> None:
    assert all(find_festival(name, year) for year in range(2019, 2029))


def test_a_moving_festival_of_an_unlisted_year_dates_nothing() -> None:
    assert find_festival("中秋", 2050) is None
    assert find_told_day("中秋节当天", date(2050, 12, 1)).day is None
