"""A small city without mistakes; each test spoils one thing in it and says what `check-data` must find."""

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.catalogue.check import Report, check_data
from intents.understanding import Intent

Rows = list[dict[str, str]]
RULES, PLAN = "山城市免证规定", "山减〔2019〕1号"


def small_tables() -> dict[str, Rows]:
    """Three units, three matters, four certificates and four entries that keep every rule."""
    return {
        "units": [
            {"id": "min", "name": "山城市民政局", "short_name": "民政局", "batch": "1", "phone": "", "regime": "适用"},
            {"id": "gong", "name": "山城市公安局", "short_name": "公安局", "batch": "1", "phone": "", "regime": "适用"},
            {"id": "bank", "name": "山城银行", "short_name": "山城行", "batch": "other", "regime": "参照适用（某条）"},
        ],
        "matters": [
            {"id": "dibao", "name": "最低生活保障申请", "aliases": "吃低保", "unit": "min", "handling": "承诺件"},
            {"id": "luohu", "name": "投靠落户", "aliases": "迁户口", "unit": "gong", "handling": "即办"},
            {"id": "kaihu", "name": "开立账户", "aliases": "开折子", "unit": "bank", "handling": "承诺件"},
        ],
        "certificates": [
            certificate("id", "居民身份证", "身份证", "gong", "本市政务服务单位"),
            certificate("marry", "结婚证", "红本本", "min", "本市政务服务单位"),
            certificate("income", "收入证明", "工资证明", "", "社会机构或企业"),
            certificate("court", "判决书", "法院判决", "", "司法机关"),
        ],
        "catalogue": [
            entry("c1", "dibao", "id", "其他", "人脸识别身份可信认证", f"{RULES} 第三条第一项")
            | {"citizen_action": "本人刷脸，或者出示电子证照；代办的仍要带身份证"},
            entry(
                "c2",
                "luohu",
                "marry",
                "核实",
                "市电子证明共享核查平台电子证明",
                f"{PLAN} 一（3）；{RULES} 第三条第三项",
            )
            | {"verify_time_limit": "半小时内"},
            entry("c3", "dibao", "income", "承诺", "告知承诺制等其他", f"{PLAN} 一（5）")
            | {"scope": "仅2019年方案", "effective_from": "2019-12-31"},
            entry("c4", "kaihu", "id", "其他", "人脸识别身份可信认证", f"{RULES} 第三条第一项")
            | {"scope": "参照适用", "citizen_action": "本人刷脸，或者出示电子证照；代办的要带身份证"},
        ],
        "measures": [
            {"id": "m1", "name": "取消", "doc": PLAN, "article": "一（1）"},
            {"id": "m2", "name": "共享", "doc": PLAN, "article": "一（2）"},
            {"id": "m3", "name": "核实", "doc": PLAN, "article": "一（3）"},
            {"id": "m5", "name": "承诺", "doc": PLAN, "article": "一（5）"},
            {"id": "m7", "name": "暂时无法实现", "doc": PLAN, "article": "附件3"},
            {"id": "face", "name": "刷脸", "doc": RULES, "article": "第三条第一项"},
            {"id": "verify", "name": "核查平台", "doc": RULES, "article": "第三条第三项"},
        ],
        "articles": [{"key": "no_creation", "document": RULES, "article": "第二条第一款", "summary": "不得创设"}],
        "documents": [
            {"document": RULES, "in_force_from": "2020-09-01", "articles": "第一条|第二条（2款）|第三条（5项）"},
            {"document": PLAN, "in_force_from": "2019-07-26", "articles": "一（1）|一（2）|一（3）|一（5）|附件3"},
        ],
        "local_facts": [
            {"key": "limit_instant", "label": "即办时限", "value": "半小时内"},
            {"key": "limit_promise", "label": "承诺件时限", "value": "24小时内，最迟前一个工作日"},
            {"key": "batch1", "label": "第一批单位数", "value": "44", "said_as": "第一批#家"},
            {"key": "start", "label": "施行日期", "value": "2020-09-01", "said_as": "从#起"},
            {"key": "hotline", "label": "热线", "value": "12345"},
            {"key": "commitment_risk_words", "label": "风险领域", "value": "烟花|枪"},
        ],
    }


def certificate(key: str, name: str, aliases: str, unit: str, kind: str) -> dict[str, str]:
    """A row of `certificates.csv`."""
    return {"id": key, "name": name, "aliases": aliases, "issuer_unit_id": unit, "issuer_kind": kind}


def entry(key: str, matter: str, certificate_id: str, measure: str, channel: str, basis: str) -> dict[str, str]:
    """A row of `catalogue.csv`."""
    return {
        "id": key,
        "matter_id": matter,
        "certificate_id": certificate_id,
        "measure_2019": measure,
        "channel_2020": channel,
        "legal_basis": basis,
        "reason": "能查到",
        "citizen_action": "不用带",
        "scope": "适用",
        "origin": "illustrative",
        "effective_from": "2020-09-01",
    }


def small_language() -> dict[str, Any]:
    """One sentence an intent, and lists of words that keep every rule."""
    sentences = {intent.value: [f"{intent.value}说的一句话"] for intent in Intent}
    return sentences | {
        "lexicon": {"dialect": {"啥西": "什么"}, "initials": {"sfz": "身份证"}},
        "cues": {"agent": {"note": "谁来办", "words": ["代办"], "not_agent": ["帮我查"], "patterns": ["替{person}"]}},
        "acts": {"affirm": ["(是|对)的?"]},
        "fillers": {"opening": ["请问"], "person": ["我妈"]},
        "tuning": {},
    }


@dataclass
class City:
    """Data files in the making. What a test changes here is written when it asks for the report."""

    directory: Path
    tables: dict[str, Rows] = field(default_factory=small_tables)
    language: dict[str, Any] = field(default_factory=small_language)
    spoken: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: {"matters": [], "certificates": []})
    questions: list[tuple[str, str, str, str]] = field(default_factory=list)
    faq: list[dict[str, Any]] = field(default_factory=list)

    def change(self, table: str, key: str, **cells: str) -> None:
        """New cells in the row with this id."""
        row = next(row for row in self.tables[table] if row.get("id", row.get("key")) == key)
        row.update(cells)

    def ask(self, key: str, answer: str, asks: list[str], **fields: Any) -> None:
        """One more entry of the FAQ."""
        sources = fields.pop("sources", [f"{RULES} 第一条"])
        question = fields.pop("question", f"{key}的问题")
        self.faq.append({"id": key, "question": question, "asks": asks, "answer": answer, "sources": sources} | fields)

    def report(self) -> Report:
        """What the rules find in the city as it now is."""
        tables, language = self.directory / "tables", self.directory / "language"
        (language / "spoken").mkdir(parents=True, exist_ok=True)
        tables.mkdir(exist_ok=True)
        for name, rows in self.tables.items():
            _write_table(tables / f"{name}.csv", rows)
        for name, content in self.language.items():
            _write_language(language / f"{name}.yaml", name, content)
        for name, phrases in self.spoken.items():
            _write_cells(language / "spoken" / f"{name}.csv", [("name", "phrase"), *phrases])
        _write_cells(language / "questions.csv", [("matter", "certificates", "intent", "question"), *self.questions])
        if self.faq:
            text = yaml.safe_dump(self.faq, allow_unicode=True, sort_keys=False)
            (tables / "faq.yaml").write_text(text, "utf-8")
        return check_data(tables, language)

    def errors(self) -> list[str]:
        """The errors as `check-data` prints them."""
        return [str(error) for error in self.report().errors]

    def remarks(self) -> list[str]:
        """The remarks as `check-data` prints them, without those that so small a city must draw."""
        remarks = (str(remark) for remark in self.report().remarks)
        return [remark for remark in remarks if "种叫法，不到" not in remark and "句，不到" not in remark]


def _write_table(path: Path, rows: Rows) -> None:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_cells(path: Path, rows: list[Any]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def _write_language(path: Path, name: str, content: Any) -> None:
    """Text as it stands; anything else as YAML, under `sentences` where it is an intent's."""
    if not isinstance(content, str):
        whole = {"intent": name, "sentences": content} if name in set(Intent) else content
        content = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)
    path.write_text(content, "utf-8")


@pytest.fixture
def city(tmp_path: Path) -> City:
    """A city without mistakes."""
    return City(tmp_path)
