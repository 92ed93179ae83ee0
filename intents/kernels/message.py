"""All that the models read in one message, in one call: the loops of the other kernels, one after the other."""

from typing import Final

import numpy as np
import numpy.typing as npt

from intents.compose import CERTIFICATE, MATTER, OTHER
from intents.kernels.circumstances import score_circumstances
from intents.kernels.compiler import compiled
from intents.kernels.grams import find_grams
from intents.kernels.prefetch import LINE, prefetch
from intents.kernels.roles import BEGINS, BETWEEN, Marks, Network, find_runs, measure_role, read_roles, summarise_roles
from intents.kernels.scores import Table, add_products, make_shares, rank_best, score_classes, weigh_grams
from intents.kernels.slips import count_strange
from intents.kernels.slots import LEAST_SHARE, favour_listed, join_matters
from intents.layout import CERTIFICATES, FAQ, INTENTS, LEAKS, MATTERS, OBTAIN, PERSON

Rows = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]

# Columns of the known names that stand in a message: where, the role they speak for, the model and class they name.
START, END, ROLE, MODEL, CLASS = range(5)
# Columns of a ranking: features of whether its first class is right, the probability that it is, that of each class.
RIGHT, SHARES = 3, 4
# Columns of a span: where, features of whether it names a certificate, the probability that it does, then its ranking.
SPAN_FEATURES, REAL, SPAN_RANKING = 2, 15, 16
# A matter: features of whether one is named, the probability that one is, then its ranking.
NAMED: Final = 6
# What of `Tuning` the loops need: rows of weights, bias first, filled up with zeros; and single numbers.
JUDGES: Final = ("matter_named", "matter_right", "certificate_real", "certificate_right")
BONUSES: Final = ("name_support", "exact_bonus", "listed_bonus", "context_bonus", "name_at", "begin_at")
MATTERS_WEIGHED: Final = 10
CANDIDATES: Final = 6
# A longer name makes its class no surer.
_LONGEST_NAME: Final = 6
_FAR_AHEAD: Final = 10
# So many characters before and behind a span tell whether it belongs to the matter ("户口本上的名字").
_AROUND: Final = 4
# Spans this close are a list ("户口本和身份证").
_LISTING: Final = 3
# Shares are told to so many parts of one.
_GRAINS: Final = 10_000.0
# So many pauses behind a span are many.
_PAUSES: Final = 4


@compiled
def read_message(
    padded: bytes,
    hidden: bytes,
    names: Rows,
    parting: Marks,
    least: float,
    about: int,
    sounds: Rows,
    keys: Keys,
    key_rows: Rows,
    network: Network,
    table: Table,
    summary_weights: Floats,
    lists: Rows,
    listed: Flags,
    objects: Flags,
    judges: Numbers,
    bonuses: Numbers,
) -> tuple[Floats, Numbers, Rows, tuple[float, float], bool]:
    """Roles, intents, matter and certificates of one message, by the arrays of the index, the roles and the table.

    Args:
        padded: the text between its marks, four bytes a character. hidden: the same where names of places are hidden,
            for what tells circumstances; empty where the text names none.
        names: known names in the text, see `START` and so on. parting: where names part, as for `find_runs`.
        least: probability from which a character is a certificate's.
        about: the matter of the conversation, or -1. lists: the certificates of each matter, filled up with -1.
        listed, objects: which certificates a matter lists, and which it is about getting.
        judges: weights of `Tuning`, see `JUDGES`. bonuses: numbers of `Tuning`, see `BONUSES`.

    Returns:
        Probability of each role for each character; of each intent, followed by the matter (see `NAMED`) and the spans
        (see `SPAN_FEATURES`); in order, the likeliest first, intents, matters, and for each span certificates; what
        `score_circumstances` says; whether two characters stand side by side that never do.
    """
    grams = find_grams(padded, sounds, keys, key_rows)
    fetch_rows(table, grams[0])
    support = support_roles(names, len(parting), bonuses[0])
    roles, begins = read_roles(grams[0], grams[1], network, support)
    parting = part_again(parting, begins, bonuses[5])
    intents = read_intents(table, grams, roles, summary_weights)
    spans = read_spans(names, parting, least, bonuses[1], table, grams, roles)
    matter, classes = read_matter(names, spans, intents[OBTAIN], table, grams, roles, lists, objects, judges, bonuses)
    favoured, bonus = favour(matter[NAMED], classes[0], about, bonuses)
    # Where no matter is known there is no bonus, and then neither is looked at.
    ranked, best = rank_spans(spans, roles, parting, listed[favoured], objects[favoured], bonus, judges)
    numbers = np.concatenate((intents.astype(np.float64), matter, ranked.ravel()))
    order = np.concatenate((rank_best(intents, len(intents)), classes, best.ravel()))
    told = find_grams(hidden, sounds, keys, key_rows) if len(hidden) else grams
    return roles, numbers, order, score_circumstances(table, told[0]), is_strange(padded, keys)


@compiled
def is_strange(padded: bytes, keys: Keys) -> bool:
    """Whether in the text between its marks two characters stand side by side that never do."""
    return bool(count_strange(np.frombuffer(padded, np.int32)[1:-1], keys)[-1] > 0)


@compiled
def favour(named: float, best: int, about: int, bonuses: Numbers) -> tuple[int, float]:
    """The matter whose certificates are likelier (the one named, else that of the conversation); their log-odds."""
    if named >= bonuses[4]:
        return best, bonuses[2]
    return about, bonuses[3] if about >= 0 else 0.0


@compiled
def part_again(parting: Marks, begins: Floats, least: float) -> Marks:
    """Where names of a list part, also by what the network reads: many people leave out the joint ("户口结婚证")."""
    parted = parting.copy()
    for place in range(len(parted)):
        if parted[place] != BETWEEN and begins[place] >= least:
            parted[place] = BEGINS
    return parted


@compiled
def read_intents(table: Table, grams: tuple[Rows, Rows, Rows], roles: Floats, summary_weights: Floats) -> Floats:
    """Probability of each intent."""
    intents = score_role(table, INTENTS, grams, roles, OTHER, 0, len(roles))
    add_products(intents, summarise_roles(roles, MATTER), summary_weights)
    make_shares(intents)
    return intents


@compiled
def read_matter(
    names: Rows,
    spans: tuple[Rows, Floats, Floats],
    obtaining: float,
    table: Table,
    grams: tuple[Rows, Rows, Rows],
    roles: Floats,
    lists: Rows,
    objects: Flags,
    judges: Numbers,
    bonuses: Numbers,
) -> tuple[Numbers, Rows]:
    """Features of whether a matter is named, the probability that it is, and the ranking; the likeliest matters."""
    every = score_role(table, MATTERS, grams, roles, MATTER, 0, len(roles))
    matters = every[:-1]
    is_named = add_names(matters, names, MATTERS, 0, len(roles), bonuses[1])
    _, certificates, facts = spans
    classes, shares, alone = join_matters(matters, certificates, facts[:, 0], lists, bonuses[2], MATTERS_WEIGHED)
    peak, amount = measure_role(roles, MATTER, 0, len(roles))
    lead = (matters.max() - every[-1]) / _FAR_AHEAD
    naming = np.zeros(NAMED + 1)
    naming[0], naming[1], naming[2] = peak, min(amount / _LONGEST_NAME, 1.0), max(-1.0, min(1.0, lead))
    naming[3], naming[4] = is_named, obtaining
    # Who names a certificate says little of the matter of getting it.
    for span in range(len(certificates)):
        if objects[classes[0], certificates[span].argmax()]:
            naming[5] = max(naming[5], facts[span, 0])
    naming[NAMED] = judge(judges[0], naming[:NAMED])
    return np.concatenate((naming, describe_ranking(shares, alone, judges[1]))), classes


@compiled
def read_spans(
    names: Rows, parting: Marks, least: float, bonus: float, table: Table, grams: tuple[Rows, Rows, Rows], roles: Floats
) -> tuple[Rows, Floats, Floats]:
    """Spans that may name a certificate; the probability of each certificate in each; facts about each span.

    The facts are its mean role, and 1 where a known name stands there. Where no span is found, a known name is one.
    """
    spans = find_runs(roles, CERTIFICATE, least, parting)
    if len(spans) == 0:
        for name in range(len(names)):
            if names[name, MODEL] == CERTIFICATES:
                spans = names[name : name + 1, START : END + 1].copy()
                break
    certificates = np.empty((len(spans), table[3][CERTIFICATES + 1] - table[3][CERTIFICATES]), np.float32)
    facts = np.empty((len(spans), 2), np.float32)
    for span in range(len(spans)):
        start, end = spans[span]
        certificates[span] = score_role(table, CERTIFICATES, grams, roles, CERTIFICATE, start, end)
        facts[span, 1] = add_names(certificates[span], names, CERTIFICATES, start, end, bonus)
        make_shares(certificates[span])
        facts[span, 0] = measure_role(roles, CERTIFICATE, start, end)[1] / max(end - start, 1)
    return spans, certificates, facts


@compiled
def score_role(
    table: Table, model: int, grams: tuple[Rows, Rows, Rows], roles: Floats, role: int, start: int, end: int
) -> Floats:
    """Scores of one model's classes for the characters of a role between two places."""
    strengths = weigh_grams(grams[1], grams[2], roles, role, start, end, LEAKS[role])
    return score_classes(table, model, grams[0], strengths)


@compiled
def support_roles(names: Rows, length: int, bonus: float) -> Floats:
    """Scores for the role that each known name speaks for, at its characters. Shape (length, roles)."""
    support = np.zeros((length, len(LEAKS)), np.float32)
    for name in range(len(names)):
        for place in range(names[name, START], names[name, END]):
            support[place, names[name, ROLE]] += np.float32(bonus)
    return support


@compiled
def add_names(scores: Floats, names: Rows, model: int, start: int, end: int, bonus: float) -> bool:
    """Adds to the scores of classes that names in a stretch of text name, the more the longer; whether there is one."""
    is_named = False
    for name in range(len(names)):
        first, last = names[name, START], names[name, END]
        if names[name, MODEL] == model and first < end and start < last:
            scores[names[name, CLASS]] += np.float32(bonus * min(last - first, _LONGEST_NAME))
            is_named = True
    return is_named


@compiled
def fetch_rows(table: Table, rows: Rows) -> None:
    """Asks for the rows of a table that will be read."""
    levels, steps, _, cuts = table
    width, read = levels.shape[1], cuts[FAQ]
    for gram in range(len(rows)):
        for place in range(0, read, LINE):
            prefetch(levels, rows[gram] * width + place)
        prefetch(levels, rows[gram] * width + cuts[PERSON])
        prefetch(steps, rows[gram] * steps.shape[1])


@compiled
def rank_spans(
    found: tuple[Rows, Floats, Floats],
    roles: Floats,
    parting: Marks,
    listed: Flags,
    objects: Flags,
    bonus: float,
    judges: Numbers,
) -> tuple[Numbers, Rows]:
    """Each span (see `SPAN_FEATURES`) and its likeliest classes, where those that are listed have a bonus.

    Args:
        listed, objects: certificates that the matter lists, and those that it is about getting.
        bonus: log-odds of a listed certificate; 0 where no matter is known.
    """
    spans, certificates, facts = found
    count = min(CANDIDATES, certificates.shape[1])
    ranked = np.empty((len(spans), SPAN_RANKING + SHARES + count))
    best = np.empty((len(spans), count), np.int32)
    for span in range(len(spans)):
        own = certificates[span]
        favoured = favour_listed(own, listed, bonus)
        best[span] = rank_best(favoured, count)
        first = best[span, 0]
        features = describe_span(span, spans, facts, roles, parting)
        features[2] = own.max() + LEAST_SHARE
        features[6], features[7] = bonus > 0 and objects[first], bonus > 0 and listed[first]
        ranked[span, 0], ranked[span, 1] = spans[span, 0], spans[span, 1]
        ranked[span, SPAN_FEATURES:REAL] = features
        ranked[span, REAL] = judge(judges[2], features)
        ranked[span, SPAN_RANKING:] = describe_ranking(favoured[best[span]], own[first] + LEAST_SHARE, judges[3])
    return ranked, best


@compiled
def describe_span(span: int, spans: Rows, facts: Floats, roles: Floats, parting: Marks) -> Numbers:
    """What tells whether a span names a certificate that is asked about, and is not a word of the matter.

    In order: its mean role; its length; the probability of its likeliest certificate (left 0); the highest mean role of
    another span; how much matter there is right before it and right behind it; whether the matter is about getting this
    certificate (left 0); whether it is listed (left 0); where it lies; whether it stands in a list; pauses behind it;
    whether it is the only one; whether a known name stands there.
    """
    start, end = spans[span]
    rival, is_list = np.float32(0.0), 0.0
    for other in range(len(spans)):
        if other != span:
            rival = max(rival, facts[other, 0])
            gap = max(spans[other, 0] - end, start - spans[other, 1])
            is_list = 1.0 if gap <= _LISTING else is_list
    pauses = 0
    for place in range(end, len(parting)):
        pauses += parting[place] == BETWEEN
    features = np.zeros(REAL - SPAN_FEATURES)
    features[0], features[1], features[3] = facts[span, 0], min((end - start) / _LONGEST_NAME, 1.0), rival
    features[4] = mean_role(roles, MATTER, max(start - _AROUND, 0), start)
    features[5] = mean_role(roles, MATTER, end, min(end + _AROUND, len(roles)))
    features[8], features[9] = start / len(roles), is_list
    features[10], features[11] = min(pauses, _PAUSES) / _PAUSES, len(spans) == 1
    features[12] = facts[span, 1]
    return features


@compiled
def mean_role(roles: Floats, role: int, start: int, end: int) -> float:
    """Mean probability of a role among some characters; 0 for none."""
    return measure_role(roles, role, start, end)[1] / max(end - start, 1)


@compiled
def describe_ranking(shares: Floats, alone: float, weights: Numbers) -> Numbers:
    """The first class's share, lead and share before joining; how likely it is right; each class's share, rounded."""
    described = np.empty(SHARES + len(shares))
    described[0] = shares[0]
    described[1] = described[0] - shares[1] if len(shares) > 1 else 1.0
    described[2] = alone
    described[RIGHT] = judge(weights, described[:RIGHT])
    for place in range(len(shares)):
        described[SHARES + place] = np.floor(shares[place] * _GRAINS + 0.5) / _GRAINS
    return described


@compiled
def judge(weights: Numbers, features: Numbers) -> float:
    """Probability of a logistic model, as `tuning.logistic`."""
    score = weights[0]
    for place in range(len(features)):
        score += weights[place + 1] * features[place]
    return float(1.0 / (1.0 + np.exp(-max(-30.0, min(30.0, score)))))
