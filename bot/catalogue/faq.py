"""Reads the FAQ (`faq.yaml`): curated answers about the reform, each with its source."""

from pathlib import Path
from typing import Any

import yaml

from bot.domain.catalogue import FaqEntry
from bot.domain.errors import Finding

_INTENTS = ("policy_faq", "measure_how")


def read_faq(directory: Path, findings: list[Finding]) -> list[FaqEntry]:
    """The FAQ of a directory, empty where there is none; what is wrong is added to `findings`."""
    path = directory / "faq.yaml"
    if not path.is_file():
        return []
    try:
        items = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        findings.append(Finding(path.name, f"读不懂这个文件：{error}"))
        return []
    if not isinstance(items, list):
        findings.append(Finding(path.name, "应当是一份问答的列表"))
        return []
    entries: dict[str, FaqEntry] = {}
    places: dict[str, str] = {}
    for number, item in enumerate(items, 1):
        place = f"{path.name} 第{number}条"
        entry = _read_entry(item, place, findings)
        if entry is not None:
            first = places.setdefault(entry.id, place)
            if first != place:
                findings.append(Finding(place, f"编号“{entry.id}”在前面已经用过，另一处在 {first}"))
            entries[entry.id] = entry
    return list(entries.values())


def _read_entry(item: Any, place: str, findings: list[Finding]) -> FaqEntry | None:
    if not isinstance(item, dict):
        findings.append(Finding(place, "每条问答要有 id、question、asks、answer、sources"))
        return None
    missing = [name for name in ("id", "question", "answer", "sources") if not item.get(name)]
    if missing:
        findings.append(Finding(place, f"少了 {'、'.join(missing)}"))
        return None
    single = [name for name in ("asks", "sources") if not isinstance(item.get(name) or [], list)]
    if single:
        findings.append(Finding(place, f"{'、'.join(single)} 要写成列表，每行一条，前面加“- ”"))
        return None
    intent = item.get("intent", "policy_faq")
    if intent not in _INTENTS:
        findings.append(Finding(place, f"intent 只能是 {' 或 '.join(_INTENTS)}"))
        return None
    return FaqEntry(
        id=str(item["id"]),
        topic=str(item.get("topic", "")),
        intent=intent,
        question=str(item["question"]),
        asks=tuple(str(ask) for ask in item.get("asks") or ()),
        answer=str(item["answer"]).strip(),
        sources=tuple(str(source) for source in item["sources"]),
    )
