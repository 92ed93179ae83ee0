"""The engine: from a message and its context to what is meant, with a confidence and a trace."""

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from intents.choose import INTENTS
from intents.circumstances import CircumstanceReader
from intents.compose import MATTER, Amounts
from intents.cues import ActReader, list_cue_words
from intents.data import LanguageData
from intents.decode import Decoder, Reading, Seen, contradicts
from intents.families import fold_variants
from intents.kernels.compiler import keep_kernels, use_one_core
from intents.kernels.roles import measure_role
from intents.kernels.scores import make_shares, rank_best
from intents.layout import FAQ
from intents.model import FORMAT, Model, load_model, save_model
from intents.normalise import Normaliser
from intents.reranker import Embedder, Reranker
from intents.resolve import Resolver
from intents.slips import SlipFinder
from intents.spotter import Spotter, longest_only
from intents.training import train_model
from intents.tuning import Tuning
from intents.understanding import Candidate, Context, Intent, Mention, Understanding
from intents.vocabulary import Named, Phrases, Vocabulary, gather_phrases, names_of

_log: Final = logging.getLogger(__name__)
_FAQ_SHOWN: Final = 3
# Places of the intents that want a curated answer.
_POLICY_FAQ, _MEASURE_HOW = map(INTENTS.index, (Intent.POLICY_FAQ, Intent.MEASURE_HOW))
_LONGEST: Final = 600
# Names of so many characters are known by their sound too ("户口奔").
_HEARD_LEAST: Final = 3
# A message for no one.
_WARMING: Final = "你好，办公租房要无房证明吗，不带行吗"
_FRESH: Final = Context()


class Engine:
    """Understands messages about one catalogue. Immutable; may be used from several threads.

    Args:
        reranker: weighs anew what the model leaves unsure; without it the model decides alone.

    Attributes:
        normaliser: brings text into the form in which the engine compares everything.

    Raises:
        ValueError: the model was trained for another vocabulary.
    """

    def __init__(
        self, data: LanguageData, vocabulary: Vocabulary, model: Model, reranker: Reranker | None = None
    ) -> None:
        self.version = f"{data.version}-{vocabulary.version}"
        vocabulary, self._families = fold_variants(vocabulary)
        sizes = (
            len(vocabulary.matters) + 1,
            len(vocabulary.certificates),
            len(Intent),
            max(len(vocabulary.faq), 1),
            2,
            2,
        )
        if tuple(np.diff(model.table.cuts).tolist()) != sizes:
            raise ValueError("the model was trained for another vocabulary")
        self.matter_ids = tuple(item.id for item in vocabulary.matters)
        self.certificate_ids = tuple(item.id for item in vocabulary.certificates)
        self.normaliser = Normaliser(data.rewrites, model.spelling)
        self._model = model
        self._reranker = reranker
        self._tuning = Tuning.from_data(data.tuning)
        words = _list_words(data, vocabulary, self.normaliser)
        names = [word for word in words if word[0] in {"matter", "certificate"}]
        self._spotter = Spotter(words, heard=[name for name in names if len(name[2]) >= _HEARD_LEAST])
        self._slips = SlipFinder(names, model.index)
        self._acts = ActReader(data.acts)
        self._indexes = {
            **{("matter", item.id): place for place, item in enumerate(vocabulary.matters)},
            **{("certificate", item.id): place for place, item in enumerate(vocabulary.certificates)},
        }
        objects = _find_objects(vocabulary)
        self._faq = tuple(asked.id for asked in vocabulary.faq)
        self._decoder = Decoder(
            model, self._indexes, self._mark_pairs(vocabulary.pairs), self._mark_pairs(objects), self._tuning
        )
        self._circumstances = CircumstanceReader(data, vocabulary, self.normaliser.apply, self._tuning)
        self._resolver = Resolver(
            vocabulary,
            self._families,
            objects,
            data.general,
            data.cues.get("nothing_named", {}).get("regexes", ()),
            data.cues.get("only_wished", {}).get("regexes", ()),
            self._tuning,
        )

    def understand(self, text: str, context: Context | None = None) -> Understanding:
        """What the message means in its context.

        Args:
            text: as the citizen sent it, any length; only the first `_LONGEST` characters are read.
            context: what the conversation settled so far.
        """
        context = context or _FRESH
        normalised = self.normaliser.apply(text[:_LONGEST])
        act, choice = self._acts.read(normalised)
        about = self._families.fold(context.matter)
        reading = self.read(normalised, about)
        is_missed = self._resolver.misses_a_slot(reading, context)
        found = self._slips.spot(
            normalised, reading.seen.mentions, is_missed=is_missed, is_strange=reading.seen.is_strange
        )
        slips = [
            slip
            for slip in found
            if not contradicts(slip, reading.seen.roles)
            and not self._resolver.asked.says_nothing(normalised, slip.start, slip.end)
        ]
        if is_missed or slips:
            reading = self.read(normalised, about, slips, again=is_missed)
        if self._reranker is not None:
            reading = self._reranker.rerank(text[:_LONGEST], reading)
        return self._resolver.resolve(reading, context=context, act=act, choice=choice, length=len(text.strip()))

    def read(
        self, normalised: str, about: str | None = None, slips: Sequence[Mention] = (), *, again: bool = False
    ) -> Reading:
        """What the models see in a normalised text, before any threshold; calibration is fitted on this.

        Args:
            about: id of the matter that the conversation is about. slips: names that seem to be typed with a slip.
            again: as for `Decoder.read`.
        """
        mentions = self._spotter.spot(normalised)
        mentions = longest_only([*mentions, *slips]) if slips else mentions
        place = self._indexes.get(("matter", about)) if about else None
        # A slip has cost its name what the models know it by, so that it speaks twice.
        twice = [mention for mention in mentions if mention in slips] if slips else []
        hidden = self._circumstances.mask.apply(normalised, mentions)
        seen, decoded = self._decoder.read(
            normalised, mentions, place, hidden="" if hidden == normalised else hidden, again=again, twice=twice
        )
        signs = self._circumstances.read(normalised, mentions, seen.circumstances)
        return Reading(seen, decoded, self._find_faq(seen), signs, again=again, slips=tuple(twice))

    def warm_up(self) -> None:
        """Calls every compiled loop that a message may need, so that nobody waits while one is compiled or loaded."""
        text = self.understand(_WARMING).trace.normalised
        roles = self.read(text).seen.roles
        measure_role(roles, MATTER, 0, len(roles))
        self._slips.spot(text)
        self._model.index.knows(text[:2])
        if self._faq:
            self._rank_faq(text)

    def normalise(self, text: str) -> str:
        """The text in the form in which the engine compares everything."""
        return self.normaliser.apply(text)

    def _mark_pairs(self, pairs: Iterable[tuple[str, str]]) -> npt.NDArray[np.bool_]:
        """Which pairs (matter, certificate) are among these. Shape (matters, certificates)."""
        marked = np.zeros((len(self.matter_ids), len(self.certificate_ids)), dtype=np.bool_)
        for matter, certificate in pairs:
            marked[self._indexes["matter", matter], self._indexes["certificate", certificate]] = True
        return marked

    def _find_faq(self, seen: Seen) -> tuple[Candidate, ...]:
        """The curated answers that fit best; looked for only where the message may want one."""
        if not self._faq or seen.intents[_POLICY_FAQ] + seen.intents[_MEASURE_HOW] < self._tuning.faq_sought_at:
            return ()
        return self._rank_faq(seen.text)

    def _rank_faq(self, text: str) -> tuple[Candidate, ...]:
        rows = self._model.index.extract(text).rows
        shares = self._model.table.score(FAQ, rows, np.ones(len(rows), dtype=np.float32))
        make_shares(shares)
        order = rank_best(shares, _FAQ_SHOWN).tolist()
        return tuple(Candidate(id=self._faq[place], score=round(float(shares[place]), 4)) for place in order)


def build_engine(
    data: LanguageData,
    vocabulary: Vocabulary,
    *,
    cache: Path | None = None,
    amounts: Amounts | None = None,
    embedder: Embedder | None = None,
) -> Engine:
    """An engine for this language data and vocabulary.

    Args:
        cache: directory of trained models; one of exactly this data is loaded from there, else trained and kept.
        amounts: how much is composed for training; the default suits a city's catalogue.
        embedder: for a re-ranker of what the model leaves unsure; without one there is none.
    """
    use_one_core()
    if cache:
        keep_kernels(cache / "kernels")
    path = cache / f"engine-{FORMAT}-{data.trained_on}-{vocabulary.version}.npz" if cache else None
    model = _find_model(path)
    if model is None:
        _log.info("正在从语言数据里学习，要几分钟；学好就存起来，下次几秒钟就能启动")
        matters, certificates = _gather_all(data, vocabulary)
        model = train_model(data, fold_variants(vocabulary)[0], matters, certificates, amounts or Amounts())
        if path is not None:
            save_model(model, path)
    reranker = (
        Reranker(embedder, *_gather_all(data, vocabulary), Tuning.from_data(data.tuning), cache) if embedder else None
    )
    engine = Engine(data, vocabulary, model, reranker)
    engine.warm_up()
    if embedder is not None:
        embedder.embed([_WARMING])
    return engine


def _gather_all(data: LanguageData, vocabulary: Vocabulary) -> tuple[Phrases, Phrases]:
    """What people call the matters, a family as one, and the certificates, in the order of their classes."""
    matters = gather_phrases(fold_variants(vocabulary)[0].matters, data.matters)
    return matters, gather_phrases(vocabulary.certificates, data.certificates)


def _find_objects(vocabulary: Vocabulary) -> frozenset[tuple[str, str]]:
    """Pairs (matter, certificate) where the matter is about getting that certificate, seen from the names."""
    names = [(item.id, name) for item in vocabulary.certificates for name in names_of(item)]
    known = {matter.id: "\n".join(names_of(matter)) for matter in vocabulary.matters}
    return frozenset(
        (matter, certificate) for matter, own in known.items() for certificate, name in names if name in own
    )


def _find_model(path: Path | None) -> Model | None:
    """The kept model, or None where there is none or it cannot be read: then it is trained anew."""
    if path is None:
        return None
    try:
        return load_model(path)
    except (OSError, ValueError, KeyError):
        return None


def _list_words(data: LanguageData, vocabulary: Vocabulary, normaliser: Normaliser) -> list[tuple[str, str, str]]:
    words: list[tuple[str, str, str]] = []
    groups: tuple[tuple[str, tuple[Named, ...]], ...] = (
        ("matter", vocabulary.matters),
        ("certificate", vocabulary.certificates),
        ("unit", vocabulary.units),
    )
    for kind, items in groups:
        words += [(kind, item.id, normaliser.apply(name)) for item in items for name in names_of(item)]
    words += [("town", place, normaliser.apply(place)) for place in vocabulary.places]
    words += [("general", word, normaliser.apply(word)) for word in data.general]
    words += list_cue_words(data.cues, vocabulary.places, normaliser.apply)
    return [(kind, key, word) for kind, key, word in words if len(word) > 1]
