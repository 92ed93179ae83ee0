"""What `ask` and `evaluate` print."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

from bot.domain.errors import DataFindingsError
from bot.services.knowledge import Knowledge
from bot.settings import Settings
from cli import ask, evaluate
from intents.understanding import Candidate, Intent, Mention, Trace
from tests.city import TODAY, make_city
from tests.unit.dialogue.talking import Talk, make_understanding

TRACE = Trace(
    normalised="公租房要无房证明吗",
    segments=("公租房/事项", "无房证明/证明"),
    mentions=(Mention(kind="matter", id="rent", start=0, end=3, text="公租房"),),
    scores={"intent": (Candidate(id="certificate_needed", score=0.9),), "faq": ()},
    decided_by=("model:intent",),
    thresholds={"answer_at": 0.6},
)


def test_everything_about_an_answer_is_printed() -> None:
    talk = Talk()
    reply = talk.say("公租房要无房证明吗", matter="rent", certificates=("nohouse",))
    understanding = make_understanding(
        Intent.CERTIFICATE_NEEDED, person="agent", units=("housing",), explain=lambda: TRACE
    )
    knowledge = Knowledge(catalogue=make_city(), engine=talk.engine, dialogue=talk.dialogue)
    text = ask.describe(knowledge, understanding, reply)
    for word in (
        "听成：certificate_needed，把握 0.90",
        "事项：公租房申请 rent",
        "证明：登记查询证明 nohouse",
        "结论：not_needed（answered）",
        "条目：rent-nohouse",
        "1. 这件事的材料清单",
        "整理后：公租房要无房证明吗",
        "认出：公租房=matter:rent",
        "候选 intent：certificate_needed 0.90",
        "情形：agent",
        "单位：桃源市住房局",
        "决定：model:intent",
        "门槛：answer_at=0.60",
        "版本：script-peachblossom",
    ):
        assert word in text


def test_a_question_back_names_the_slot() -> None:
    talk = Talk()
    reply = talk.say("身份证要吗", certificates=("id",))
    knowledge = Knowledge(catalogue=make_city(), engine=talk.engine, dialogue=talk.dialogue)
    text = ask.describe(knowledge, make_understanding(Intent.CERTIFICATE_NEEDED), reply)
    assert "结论：clarify（clarify_matter，在等 matter）" in text
    assert "事项：没有\n" in text


def test_without_a_question_it_says_how_to_ask(capsys: pytest.CaptureFixture[str]) -> None:
    parser = ArgumentParser()
    ask.add_arguments(parser)
    assert ask.run(parser.parse_args([]), Settings()) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "--batch" in captured.err


LABEL = {"id": "q", "text": "要吗", "intent": "certificate_needed", "matters": ["rent"], "certificates": ["id"]}


def write_labels(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_labels_are_read_line_by_line(tmp_path: Path) -> None:
    path = write_labels(tmp_path / "q.jsonl", json.dumps(LABEL), "", json.dumps(LABEL))
    assert len(evaluate.read_labels(path)) == 2


def test_lines_that_are_no_labels_are_named(tmp_path: Path) -> None:
    path = write_labels(tmp_path / "q.jsonl", json.dumps(LABEL), "{", json.dumps({"id": 1}))
    with pytest.raises(DataFindingsError) as caught:
        evaluate.read_labels(path)
    assert [finding.place for finding in caught.value.findings] == ["q.jsonl 第2行", "q.jsonl 第3行"]


def test_a_file_that_is_not_there_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(DataFindingsError):
        evaluate.read_labels(tmp_path / "none.jsonl")


def test_scores_are_told_for_people_and_programs() -> None:
    talk = Talk()
    talk.engine.understanding = make_understanding(Intent.CERTIFICATE_NEEDED, matter="rent", certificates=("id",))
    labels = [
        LABEL | {"verdict": "not_needed", "tags": ["plain"]},
        LABEL | {"id": "bad", "verdict": "needed", "tags": ["agent"]},
    ]
    judged = evaluate.judge_all(talk.dialogue, labels, TODAY)
    report = evaluate.to_json(judged)
    assert (report["verdict"], report["whole"], report["dangerous"], report["questions"]) == (0.5, 0.5, 0.5, 2)
    assert report["tags"] == {"agent": (0, 1), "plain": (1, 1)}
    assert report["calibration_error"] == 0.4
    text = evaluate.describe(judged, errors=5)
    assert "whole             1/2      50.00%" in text
    assert "- bad 要吗" in text
    assert "[verdict,dangerous]" in text
    assert "- bad" not in evaluate.describe(judged, errors=0)
