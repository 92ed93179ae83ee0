"""Rules for what people say: a sentence may want one thing only, wherever it stands."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.catalogue.checks.comparing import form_of
from bot.catalogue.checks.names import Group
from bot.catalogue.checks.places import Said, read_cells, read_strings
from bot.domain.errors import Finding
from intents.understanding import Intent

_ENOUGH_SENTENCES: Final = 100
# Matter, certificates, intent, question.
_QUESTION_WIDTH: Final = 4


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sentence with what it wants. `bare` is a name and nothing else: what it wants is a convention."""

    intent: str
    said: Said
    form: str
    bare: bool = False


def read_sentences(directory: Path, normalise: Callable[[str], str]) -> Iterator[Utterance]:
    """The sentences of every intent file."""
    for intent in Intent:
        for trail, said in read_strings(directory / f"{intent}.yaml"):
            if trail[0] == "sentences":
                yield Utterance(intent, said, form_of(said.text, normalise))


def read_asks(path: Path, normalise: Callable[[str], str]) -> Iterator[tuple[str, Utterance]]:
    """The id of each entry of the FAQ with each way of asking it; nothing where there is no FAQ."""
    if not path.is_file():
        return
    entries: dict[str, dict[str, str]] = {}
    asks: list[tuple[str, Said]] = []
    for trail, said in read_strings(path):
        if trail[1] in {"question", "asks"}:
            asks.append((trail[0], said))
        elif len(trail) == 2:
            entries.setdefault(trail[0], {})[trail[1]] = said.text
    for number, said in asks:
        entry = entries[number]
        intent = entry.get("intent", Intent.POLICY_FAQ)
        yield entry["id"], Utterance(intent, said, form_of(said.text, normalise))


def read_questions(path: Path, normalise: Callable[[str], str]) -> Iterator[tuple[str, Utterance]]:
    """What each question of `questions.csv` is about, with the question; nothing where there is no such file."""
    for (matter, certificates, intent, text), place in read_cells(path, _QUESTION_WIDTH):
        yield f"{matter}＋{certificates}", Utterance(intent, Said(text, place), form_of(text, normalise))


def read_names(matters: Group, certificates: Group) -> Iterator[Utterance]:
    """What the engine makes of a name said alone: a matter asks for its list, a certificate whether it is needed."""
    for group, intent in ((matters, Intent.MATTER_MATERIALS), (certificates, Intent.CERTIFICATE_NEEDED)):
        for claim in group.claims:
            yield Utterance(intent, claim.said, claim.form, bare=True)


def check_utterances(utterances: Iterable[Utterance]) -> Iterator[Finding]:
    """Sentences that want two things, stand twice, or of which nothing is left."""
    seen: dict[str, list[Utterance]] = {}
    for utterance in utterances:
        words, place = f"“{utterance.said.text}”", utterance.said.place
        if not utterance.form:
            if not utterance.bare:
                yield Finding(place, f"{words}去掉符号、表情和长数字以后什么也不剩，学不到东西，请删掉")
            continue
        earlier = seen.setdefault(utterance.form, [])
        other = next((item for item in earlier if _contradict(item, utterance)), None)
        if other is not None:
            both = f"既写在 {utterance.intent}，又写在 {other.intent}"
            yield Finding(place, f"{words}{both}，只能归一种意图；另一处在 {other.said.place}（“{other.said.text}”）")
        same = next((item for item in earlier if _repeats(item, utterance)), None)
        if same is not None:
            yield Finding(place, f"{words}写了两遍，请删掉一处；另一处在 {same.said.place}")
        earlier.append(utterance)


def check_asks(asks: Iterable[tuple[str, Utterance]]) -> Iterator[Finding]:
    """One way of asking under two entries of the FAQ, or one question about two things."""
    seen: dict[str, tuple[str, Said]] = {}
    for entry, ask in asks:
        first, said = seen.setdefault(ask.form, (entry, ask.said))
        if first != entry:
            words = f"“{ask.said.text}”既是“{entry}”的问法，又是“{first}”的问法"
            yield Finding(ask.said.place, f"{words}，只能归一条；另一处在 {said.place}")


def remark_questions(path: Path, matters: Group, certificates: Group) -> Iterator[Finding]:
    """Questions about what this catalogue does not have: nothing is learned from them."""
    for (matter, asked, _, _), place in read_cells(path, _QUESTION_WIDTH):
        wrong = [matter] if matter and not matters.is_listed(matter) else []
        wrong += [name for name in asked.split("|") if name and not certificates.is_listed(name)]
        for name in wrong:
            yield Finding(place, f"目录里没有叫“{name}”的事项或者证明，这一句暂时用不上")


def remark_sentences(sentences: Iterable[Utterance]) -> Iterator[Finding]:
    """Intents with few sentences."""
    counts = dict.fromkeys(Intent, 0)
    for sentence in sentences:
        counts[Intent(sentence.intent)] += 1
    for intent, count in counts.items():
        if count < _ENOUGH_SENTENCES:
            yield Finding(f"{intent}.yaml", f"只有 {count} 句，不到 {_ENOUGH_SENTENCES} 句，请再写一些不同的说法")


def _contradict(first: Utterance, second: Utterance) -> bool:
    """Matters and certificates share names by nature; the conversation tells them apart."""
    return first.intent != second.intent and not (first.bare and second.bare)


def _repeats(first: Utterance, second: Utterance) -> bool:
    """The same words in one file. Sentences that only normalisation makes equal are harmless."""
    same_file = first.said.place.partition(" ")[0] == second.said.place.partition(" ")[0]
    return same_file and first.said.text.strip() == second.said.text.strip() and not second.bare
