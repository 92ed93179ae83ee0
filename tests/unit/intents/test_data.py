"""Language data is read strictly: whatever cannot be used is named with file and place, and nothing else happens."""

from collections.abc import Callable
from pathlib import Path

import pytest

from intents.data import DataError, LanguageData, read_language
from intents.understanding import Intent
from tests.unit.intents import tiny

YAML_FILES = ("human.yaml", "lexicon.yaml", "cues.yaml", "acts.yaml", "fillers.yaml", "tuning.yaml")
CSV_FILES = ("spoken/matters.csv", "spoken/certificates.csv")
Spoil = Callable[[str, str | bytes], list[str]]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tiny.write_language(tmp_path)


@pytest.fixture
def spoil(directory: Path) -> Spoil:
    """Writes something else into one file, and gives what is then wrong, as place: message."""

    def write(name: str, content: str | bytes) -> list[str]:
        path = directory / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with pytest.raises(DataError) as caught:
            read_language(directory)
        return [f"{problem.place}: {problem.message}" for problem in caught.value.problems]

    return write


def test_what_is_written_is_what_is_read(directory: Path) -> None:
    data = read_language(directory)
    expected = tiny.make_language(version=data.version, trained_on=data.trained_on, tuning={"answer_at": (0.7,)})
    for name in LanguageData.__dataclass_fields__:
        assert getattr(data, name) == getattr(expected, name), name


def test_what_a_city_may_leave_out_may_be_missing(directory: Path) -> None:
    (directory / "questions.csv").unlink()
    (directory / "general.yaml").unlink()
    data = read_language(directory)
    assert (data.questions, data.general) == ((), {})


def test_sentences_about_circumstances_are_read_where_there_are_any(directory: Path) -> None:
    assert read_language(directory).circumstances == {}
    (directory / "circumstances.yaml").write_text('note: 说明\nagent: ["{person}去"]\noutside: ["{here}的"]\n', "utf-8")
    assert read_language(directory).circumstances == {"agent": ("{person}去",), "outside": ("{here}的",)}


def test_circumstances_that_nobody_knows_are_refused(spoil: Spoil) -> None:
    (side,) = spoil("circumstances.yaml", "somebody: [我去]\n")
    assert side.startswith("circumstances.yaml somebody: 没有这一组")
    (slot,) = spoil("circumstances.yaml", 'agent: ["{planet}去"]\n')
    assert "planet" in slot


@pytest.mark.parametrize("name", [*YAML_FILES, *CSV_FILES, *(f"{intent}.yaml" for intent in Intent)])
def test_a_file_that_is_missing_is_named(directory: Path, name: str) -> None:
    (directory / name).unlink()
    with pytest.raises(DataError, match="找不到") as caught:
        read_language(directory)
    assert [problem.place for problem in caught.value.problems] == [name]


def test_in_an_empty_directory_every_file_is_missed(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_language(tmp_path)
    assert {problem.place for problem in caught.value.problems} >= {*YAML_FILES, *CSV_FILES}


@pytest.mark.parametrize("name", [*YAML_FILES, *CSV_FILES, "questions.csv", "general.yaml"])
def test_a_file_that_is_not_utf8_is_named(spoil: Spoil, name: str) -> None:
    (problem,) = spoil(name, "事项".encode("gbk"))
    assert problem.startswith(f"{name}: 读不懂这个文件")


@pytest.mark.parametrize("content", ["a: [b\n", "- 甲\n", "5\n", "", "a: b: c\n", "\tx: 1\n"])
@pytest.mark.parametrize("name", YAML_FILES)
def test_a_file_that_is_no_mapping_is_named(spoil: Spoil, name: str, content: str) -> None:
    assert spoil(name, content)[0].startswith(name)


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("human.yaml", "intent: human\nsentences: 转人工\n", "human.yaml sentences"),
        ("human.yaml", "intent: human\nsentences:\n  - 转人工: 好\n", "human.yaml sentences"),
        ("acts.yaml", "affirm: 是的\n", "acts.yaml affirm"),
        ("fillers.yaml", "person: 我妈\n", "fillers.yaml person"),
        ("general.yaml", "登记: 结婚登记\n", "general.yaml 登记"),
        ("lexicon.yaml", "dialect: 啥西\n", "lexicon.yaml dialect"),
        ("lexicon.yaml", "dialect: {啥西: [什么]}\n", "lexicon.yaml dialect 啥西"),
        ("lexicon.yaml", "dialect: {啥西: }\n", "lexicon.yaml dialect 啥西"),
        ("cues.yaml", "agent: 代办\n", "cues.yaml agent"),
        ("cues.yaml", "agent: {words: 代办}\n", "cues.yaml agent words"),
        ("tuning.yaml", "answer_at: 0.7\n", "tuning.yaml answer_at"),
    ],
)
def test_a_word_where_a_list_belongs_and_the_like_is_named(spoil: Spoil, name: str, content: str, place: str) -> None:
    problem = spoil(name, content)[0]
    assert problem.startswith(f"{place}: ")
    assert "应当是" in problem


def test_sentences_under_another_intent_are_refused(spoil: Spoil) -> None:
    (problem,) = spoil("human.yaml", "intent: smalltalk\nsentences: [你好]\n")
    assert problem.startswith("human.yaml: intent 应当写 human")


def test_a_slot_that_does_not_exist_is_refused(spoil: Spoil) -> None:
    (problem,) = spoil("human.yaml", 'intent: human\nsentences: ["{planet}在哪"]\n')
    assert problem == "human.yaml “{planet}在哪”: 没有叫 planet 的槽位"


@pytest.mark.parametrize(("name", "key"), [("acts.yaml", "affirm"), ("cues.yaml", "agent")])
def test_what_is_no_regular_expression_is_refused(spoil: Spoil, name: str, key: str) -> None:
    content = "affirm: ['(好']\n" if name == "acts.yaml" else "agent: {regexes: ['(好']}\n"
    (problem,) = spoil(name, content)
    assert problem.startswith(f"{name} {key}: “(好”不是有效的正则表达式")


def test_an_act_that_does_not_exist_is_refused(spoil: Spoil) -> None:
    (problem,) = spoil("acts.yaml", "dance: [跳舞]\n")
    assert problem.startswith("acts.yaml dance: 没有这种动作")


def test_a_breach_is_a_number(spoil: Spoil) -> None:
    (problem,) = spoil("cues.yaml", "breaches: {乱来: [乱来]}\n")
    assert problem.startswith("cues.yaml breaches 乱来")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("answer_at: [高]", "只能写数"),
        ("answer_at: [.nan]", "只能写数"),
        ("answer_at: [.inf]", "只能写数"),
        ("answer_at: []", "应当有1个数"),
        ("answer_at: [0.5, 0.6]", "应当有1个数"),
        ("intent_right: [0.5]", "应当有3个数"),
        ("nothing: [0.5]", "没有叫这个名字的数"),
    ],
)
def test_numbers_that_do_not_fit_are_refused(spoil: Spoil, content: str, message: str) -> None:
    problem = spoil("tuning.yaml", content)[-1]
    assert problem.startswith(f"tuning.yaml {content.partition(':')[0]}: ")
    assert message in problem


@pytest.mark.parametrize("row", ["公租房申请", "公租房申请,便宜房子,多了", "公租房申请,", " ,便宜房子"])
@pytest.mark.parametrize("name", CSV_FILES)
def test_a_row_of_phrases_that_is_not_two_cells_is_named_by_its_number(spoil: Spoil, name: str, row: str) -> None:
    (problem,) = spoil(name, f"name,phrase\n护照,本子\n\n{row}\n")
    assert problem.startswith(f"{name} 第4行: ")


@pytest.mark.parametrize("row", [",,human", ",,human,转人工,多了", ",,nothing,转人工", ",,human,"])
def test_a_question_that_is_not_four_cells_is_named_by_its_number(spoil: Spoil, row: str) -> None:
    (problem,) = spoil("questions.csv", f"matter,certificates,intent,question\n{row}\n")
    assert problem.startswith("questions.csv 第2行: ")


def test_every_problem_is_told_at_once(directory: Path, spoil: Spoil) -> None:
    (directory / "cues.yaml").unlink()
    problems = spoil("acts.yaml", "dance: ['(x']\naffirm: 好\n")
    assert len(problems) == 4


def test_the_message_of_the_error_names_the_first_places(directory: Path) -> None:
    (directory / "cues.yaml").unlink()
    with pytest.raises(DataError, match=r"cues\.yaml：找不到这个文件"):
        read_language(directory)


def test_notes_for_editors_cells_with_spaces_and_byte_order_marks_are_passed_over(directory: Path) -> None:
    (directory / "cues.yaml").write_text("note: 说明\nagent: {note: 谁来办, words: [代办]}\n", "utf-8")
    (directory / "spoken" / "matters.csv").write_bytes("\ufeffname,phrase\n 护照申领 , 本本 \n".encode())
    rows = "matter,certificates,intent,question\n, 结婚证 | 收入证明,certificate_needed, 要吗 \n"
    (directory / "questions.csv").write_text(rows, "utf-8")
    data = read_language(directory)
    assert data.cues == {"agent": {"words": ("代办",)}}
    assert data.matters == {"护照申领": ("本本",)}
    assert (data.questions[0].text, data.questions[0].certificates) == ("要吗", ("结婚证", "收入证明"))


def test_of_two_sections_of_the_lexicon_the_first_wins(directory: Path) -> None:
    (directory / "lexicon.yaml").write_text("english: {id: 身份证}\ninitials: {id: 编号}\n", "utf-8")
    assert read_language(directory).rewrites == {"id": "身份证"}


def test_the_version_changes_with_every_file_and_training_only_with_what_is_learned(directory: Path) -> None:
    before = read_language(directory)
    (directory / "tuning.yaml").write_text("answer_at: [0.8]\n", "utf-8")
    tuned = read_language(directory)
    assert tuned.version != before.version
    assert tuned.trained_on == before.trained_on
    (directory / "spoken" / "matters.csv").write_text("name,phrase\n护照申领,本本\n", "utf-8")
    assert read_language(directory).trained_on != before.trained_on


def test_other_files_in_the_directory_change_nothing(directory: Path) -> None:
    before = read_language(directory)
    (directory / "README.md").write_text("说明", "utf-8")
    assert read_language(directory).version == before.version
