"""Decides what the first models leave unsure by the meaning of whole sentences, where a city has an embedding model."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from intents.decode import CertificateReading, Ranked, Reading
from intents.features import Floats
from intents.keeping import keep_file, mark_used
from intents.linear import scale
from intents.tuning import Tuning, logistic
from intents.vocabulary import Phrases

# As the shares of other readings.
_DIGITS: Final = 4
_TINY: Final = 1e-6


class Embedder(Protocol):
    """Something that embeds texts."""

    @property
    def version(self) -> str:
        """Names the model; another model has another."""
        ...

    def embed(self, texts: Sequence[str]) -> Floats:
        """Vectors of length 1, the closer the more alike in meaning. Shape (texts, size)."""
        ...


class Meanings(NamedTuple):
    """Vectors of the phrases of every class of one kind, class after class.

    Attributes:
        vectors: less `centre`, of length 1. Shape (phrases, size). cuts: where each class begins, and the end.
    """

    vectors: Floats
    cuts: npt.NDArray[np.int64]
    centre: Floats

    @classmethod
    def gather(cls, phrases: Phrases, vectors: Floats) -> "Meanings":
        """The vectors of all phrases, in their order; their mean tells nothing apart and is taken away."""
        cuts = np.cumsum([0, *map(len, phrases.by_id.values())])
        centre: Floats = vectors.mean(axis=0)
        return cls(scale(vectors - centre), cuts, centre)

    def compare(self, vector: Floats, classes: Sequence[int]) -> list[float]:
        """How like a text is to the closest phrase of each class, -1 to 1."""
        own = scale(vector - self.centre)
        spans = [(self.cuts[place], self.cuts[place + 1]) for place in classes]
        return [float((self.vectors[begin:end] @ own).max()) if end > begin else -1.0 for begin, end in spans]


class Reranker:
    """Weighs the candidates of unsure slots anew, by how like the message is to what people call each.

    Args:
        matters, certificates: what the classes are called, in the order of the classes.
        cache: directory where the vectors of the phrases are kept, since making them takes minutes.
    """

    def __init__(
        self, embedder: Embedder, matters: Phrases, certificates: Phrases, tuning: Tuning, cache: Path | None = None
    ) -> None:
        self._embedder = embedder
        self._tuning = tuning
        phrases = [phrase for group in (matters, certificates) for own in group.by_id.values() for phrase in own]
        vectors = _recall(embedder, phrases, cache) if cache else embedder.embed(phrases)
        count = sum(map(len, matters.by_id.values()))
        self._matters = Meanings.gather(matters, vectors[:count])
        self._certificates = Meanings.gather(certificates, vectors[count:])

    def rerank(self, text: str, reading: Reading) -> Reading:
        """The reading with its unsure slots weighed anew; the same one where it is sure of all that is named.

        Args:
            text: the message as it was typed.
        """
        decoded = reading.decoded
        is_unsure = decoded.named >= self._tuning.name_at and self._doubts(decoded.matter)
        spans = [place for place, item in enumerate(decoded.certificates) if self._is_unsure(item)]
        if not is_unsure and not spans:
            return reading
        vector = self._embedder.embed([text])[0]
        matter = decoded.matter
        if is_unsure:
            matter = self._weigh(matter, self._matters, vector, self._tuning.matter_right)
        certificates = list(decoded.certificates)
        for place in spans:
            item = certificates[place]
            ranked = self._weigh(item.ranked, self._certificates, vector, self._tuning.certificate_right)
            certificates[place] = item._replace(ranked=ranked)
        return reading._replace(
            decoded=decoded._replace(matter=matter, certificates=tuple(certificates)),
            reranked=(*(["matter"] if is_unsure else []), *(f"certificate {place + 1}" for place in spans)),
        )

    def _doubts(self, ranked: Ranked) -> bool:
        return ranked.right < self._tuning.rerank_below and len(ranked.classes) > 1

    def _is_unsure(self, item: CertificateReading) -> bool:
        return (item.real >= self._tuning.name_at or item.is_exact) and self._doubts(item.ranked)

    def _weigh(self, ranked: Ranked, meanings: Meanings, vector: Floats, judge: Sequence[float]) -> Ranked:
        """The candidates by log share + weight * likeness; they keep together the share that they had together."""
        shares = np.array(ranked.scores)
        scores = np.log(shares + _TINY) + self._tuning.rerank_weight * np.array(
            meanings.compare(vector, ranked.classes)
        )
        weighed = np.exp(scores - scores.max())
        weighed *= shares.sum() / weighed.sum()
        order = np.argsort(-weighed, kind="stable")
        first, second = weighed[order[:2]].tolist()
        # What the first models say of a candidate alone is known only of their own first.
        features = (first, first - second, ranked.features[2] if order[0] == 0 else 0.0)
        return Ranked(
            classes=tuple(ranked.classes[place] for place in order),
            scores=tuple(weighed[order].round(_DIGITS).tolist()),
            right=logistic(judge, features),
            features=features,
        )


def _recall(embedder: Embedder, phrases: Sequence[str], cache: Path) -> Floats:
    """The kept vectors of just these phrases by this model, or new ones, which are kept for the next start."""
    digest = hashlib.sha256("\n".join(phrases).encode()).hexdigest()[:12]
    path = cache / f"phrases-{embedder.version}-{digest}.npy"
    try:
        kept: Floats = np.load(path).astype(np.float32)
        mark_used(path)
    except (OSError, ValueError, EOFError):
        kept = np.empty((0, 0), dtype=np.float32)
    if kept.ndim == 2 and len(kept) == len(phrases):
        return kept
    vectors = embedder.embed(phrases).astype(np.float16)  # exact enough to compare by
    keep_file(path, "phrases-*.npy", lambda file: np.save(file, vectors))
    return vectors.astype(np.float32)
