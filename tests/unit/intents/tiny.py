"""A language of a few sentences and a city of a few names: an engine that is trained in a second."""

from pathlib import Path
from typing import Any

import yaml

from intents.data import LanguageData, Question
from intents.understanding import Intent
from intents.vocabulary import Asked, Named, Vocabulary

VOCABULARY = Vocabulary(
    matters=(
        Named(id="rent", name="公租房申请", aliases=("廉租房",)),
        Named(id="passport", name="护照申领", aliases=("办护照",)),
        Named(id="wedding", name="结婚登记", aliases=("领证",)),
        Named(id="poor", name="最低生活保障申请", aliases=("低保",)),
        Named(id="lost-id", name="身份证补领", aliases=("补身份证",)),
    ),
    certificates=(
        Named(id="id", name="居民身份证", aliases=("身份证",)),
        Named(id="hukou", name="居民户口簿", aliases=("户口本",)),
        Named(id="nohouse", name="无房证明", aliases=("没房子的证明",)),
        Named(id="income", name="收入证明", aliases=("工资证明",)),
        Named(id="marry", name="结婚证", aliases=("结婚证书",)),
        Named(id="notice", name="登报声明", aliases=("登报",)),
    ),
    units=(
        Named(id="housing", name="桃源市住房局", aliases=("住房局",)),
        Named(id="police", name="桃源市公安局", aliases=("公安局", "派出所")),
    ),
    pairs=frozenset(
        {
            ("rent", "id"),
            ("rent", "nohouse"),
            ("rent", "income"),
            ("rent", "marry"),
            ("passport", "id"),
            ("passport", "hukou"),
            ("wedding", "id"),
            ("wedding", "hukou"),
            ("poor", "income"),
            ("lost-id", "notice"),
            ("lost-id", "hukou"),
        }
    ),
    faq=(
        Asked(id="reform", intent="policy_faq", asks=("无证明城市是什么", "这个改革是怎么回事", "减证便民是啥意思")),
        Asked(id="face", intent="measure_how", asks=("刷脸怎么刷", "人脸识别怎么弄", "刷脸不成功怎么办")),
    ),
    places=("桃源", "东镇"),
    version="tinycity",
)

SENTENCES: dict[Intent, tuple[str, ...]] = {
    Intent.CERTIFICATE_NEEDED: (
        "{matter}要{certificate}吗",
        "{matter}还要不要带{certificate}",
        "去{matter}，{certificate}要交吗",
        "{certificate}要带吗",
        "{certificate}还用得着吗",
        "没有{certificate}能{matter}吗",
        "他们让我开{certificate}",
        "{person}去{matter}要带{certificate}吗",
    ),
    Intent.MATTER_MATERIALS: (
        "{matter}要带什么",
        "{matter}需要哪些材料",
        "我想{matter}，要准备点什么",
        "{matter}怎么办",
    ),
    Intent.CERTIFICATE_OBTAIN: ("{certificate}去哪里开", "{certificate}怎么开", "哪里能开{certificate}"),
    Intent.MEASURE_HOW: ("承诺书怎么写", "刷脸在哪里刷", "核实要多久", "电子证照怎么用"),
    Intent.POLICY_FAQ: ("什么叫无证明", "哪些单位参加了改革", "改革从哪天开始", "谁定的规定"),
    Intent.COMPLAINT_FILE: ("我要投诉", "我要举报{unit}", "{unit}非要{certificate}，我要投诉", "你们管不管"),
    Intent.COMPLAINT_TRACK: ("我的投诉怎么样了", "投诉处理好了没有", "催一下我的投诉"),
    Intent.E_LICENSE: ("看看我的电子证照", "亮一下电子{certificate}", "打开我的证照"),
    Intent.VERIFICATION_TRACK: ("核实到哪一步了", "核实有结果了吗", "查一下核实进度"),
    Intent.HUMAN: ("转人工", "我要找真人", "接人工客服"),
    Intent.SMALLTALK: ("你好", "谢谢", "再见", "你是谁"),
    Intent.EMERGENCY: ("着火了", "有人要跳楼", "快叫救护车", "我不想活了"),
    Intent.OUT_OF_SCOPE: ("明天天气怎么样", "红绿灯坏了", "唱首歌吧", "股票涨了吗", "晚饭吃什么好"),
}

MATTERS = {
    "公租房申请": ("租政府的便宜房子", "申请公租房", "公家的房子租一套"),
    "护照申领": ("办本护照", "出国的本子"),
    "结婚登记": ("登记结婚", "跟对象领红本本"),
    "最低生活保障申请": ("吃低保", "困难户申请"),
    "身份证补领": ("身份证丢了补一张",),
}
CERTIFICATES = {
    "居民身份证": ("身份证原件", "有照片的那张卡"),
    "居民户口簿": ("户口簿", "家里的户口册子"),
    "无房证明": ("没房证明", "名下没有房子的单子"),
    "收入证明": ("挣多少钱的证明", "工资单"),
    "结婚证": ("红本子",),
    "登报声明": ("登个报",),
}
REWRITES = {"啥西": "什么", "啥": "什么", "阿拉": "我们", "阿拉伯": "阿拉伯", "sfz": "身份证", "id card": "身份证"}
QUESTIONS = (
    Question("[单身的时候开的那张]去<领红本>还要不要", Intent.CERTIFICATE_NEEDED, "结婚登记", ("居民户口簿",)),
    Question(
        "<租公家便宜房子>的[工资单]和[红本子]带不带", Intent.CERTIFICATE_NEEDED, "公租房申请", ("收入证明", "结婚证")
    ),
    Question("家里穷得揭不开锅了要拿点什么去申请", Intent.MATTER_MATERIALS, "最低生活保障申请", ()),
    Question("外星人登记要身份证吗", Intent.CERTIFICATE_NEEDED, "外星人登记", ("居民身份证",)),
)
CUES: dict[str, dict[str, tuple[str, ...]]] = {
    "agent": {
        "words": ("代办",),
        "patterns": ("替{person}", "帮{person}办"),
        "persons": ("我妈", "老板"),
        "not_agent": ("帮我办", "替代"),
    },
    "self": {"words": ("本人去", "我自己")},
    "out_of_city": {"markers": ("老家", "外地", "外省", "桃源"), "provinces": ("安徽",), "not_places": ("安徽路",)},
    "in_city": {"words": ("本市",)},
    "breaches": {"2": ("自己定的",), "4": ("指南还写着",)},
}
ACTS = {"choose": ("第?([一二三])个",), "affirm": ("对|是的",), "abandon": ("算了",), "correct": ("(不对|错了).*",)}
GENERAL = {"登记": ("结婚登记", "身份证补领"), "户籍": ("外星人登记",), "红本子": ("结婚证", "居民户口簿")}
FILLERS = {"opening": ("请问",), "person": ("我妈", "老板"), "place": ("安徽",), "date": ("昨天",), "number": ("三号",)}


def make_language(**given: Any) -> LanguageData:
    """The small language; with other parts by name."""
    default: dict[str, Any] = {
        "sentences": SENTENCES,
        "questions": QUESTIONS,
        "matters": MATTERS,
        "certificates": CERTIFICATES,
        "rewrites": REWRITES,
        "cues": CUES,
        "acts": ACTS,
        "general": GENERAL,
        "fillers": FILLERS,
        "version": "tinywords",
        "trained_on": "tinywords",
    }
    return LanguageData(**default | given)


def write_language(directory: Path) -> Path:
    """The small language as the files that staff edit."""
    for intent, sentences in SENTENCES.items():
        _write_yaml(directory / f"{intent}.yaml", {"intent": intent.value, "sentences": list(sentences)})
    _write_yaml(directory / "lexicon.yaml", {"dialect": REWRITES})
    _write_yaml(directory / "cues.yaml", {name: _listed(kinds) for name, kinds in CUES.items()})
    _write_yaml(directory / "acts.yaml", _listed(ACTS))
    _write_yaml(directory / "fillers.yaml", _listed(FILLERS))
    _write_yaml(directory / "general.yaml", _listed(GENERAL))
    _write_yaml(directory / "tuning.yaml", {"answer_at": [0.7]})
    for kind, spoken in (("matters", MATTERS), ("certificates", CERTIFICATES)):
        lines = ["name,phrase", *(f"{name},{phrase}" for name, phrases in spoken.items() for phrase in phrases)]
        _write_lines(directory / "spoken" / f"{kind}.csv", lines)
    rows = (f"{item.matter},{'|'.join(item.certificates)},{item.intent},{item.text}" for item in QUESTIONS)
    _write_lines(directory / "questions.csv", ["matter,certificates,intent,question", *rows])
    return directory


def _listed(words: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {name: list(group) for name, group in words.items()}


def _write_yaml(path: Path, content: Any) -> None:
    _write_lines(path, [yaml.safe_dump(content, allow_unicode=True)])


def _write_lines(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
