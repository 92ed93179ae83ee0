"""All that the models read in one message, in one call: the loops of the other kernels, one after the other."""

from typing import Final

import numpy as np
import numpy.typing as npt

from intents.compose import CERTIFICATE, MATTER, OTHER
from intents.kernels.compiler import compiled
from intents.kernels.grams import find_grams
from intents.kernels.roles import find_runs, measure_role, read_roles, summarise_roles
from intents.kernels.scores import Table, add_products, make_shares, score_classes, weigh_grams
from intents.kernels.slots import join_matters
from intents.layout import CERTIFICATES, INTENTS, LEAKS, MATTERS

Rows = npt.NDArray[np.int32]
Keys = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

# Columns of the known names that stand in a message: where, the role they speak for, the model and class they name.
START, END, ROLE, MODEL, CLASS = range(5)
_MATTERS_WEIGHED: Final = 10
# A longer name makes its class no surer.
_LONGEST_NAME: Final = 6


@compiled
def read_message(
    padded: bytes,
    names: Rows,
    parting: Flags,
    least: float,
    bonuses: tuple[float, float, float],
    index: tuple[Rows, Keys, Rows],
    voices: tuple[Floats, Floats],
    table: Table,
    summary_weights: Floats,
    listed: Flags,
) -> tuple[Floats, Floats, Rows, Floats, Floats, Rows, Floats, Floats]:
    """Roles, intents, matters and certificates of one message.

    Args:
        padded: the text between its marks, four bytes a character. names: known names in it, see `START` and so on.
        parting: characters between two names of a list. least: probability from which a character is a certificate's.
        bonuses: score of a name for its role; for its class, a character; log-odds of a pair that the catalogue lists.
        index: as for `find_grams`. voices: weights and bias of roles.

    Returns:
        Probability of each role for each character; of each intent; the likeliest matters and their probabilities;
        facts about naming a matter; spans that may name a certificate, probability of each certificate in each, and
        facts about each.
    """
    by_name, by_character, by_catalogue = bonuses
    length = len(parting)
    grams = find_grams(padded, *index)
    support = support_roles(names, length, by_name)
    roles = read_roles(grams[0], grams[1], voices[0], voices[1], support)
    intents = score_role(table, INTENTS, grams, roles, OTHER, 0, length)
    add_products(intents, summarise_roles(roles, MATTER), summary_weights)
    make_shares(intents)
    spans, certificates, facts = read_spans(names, parting, least, by_character, table, grams, roles)
    every = score_role(table, MATTERS, grams, roles, MATTER, 0, length)
    matters = every[:-1]
    is_named = add_names(matters, names, MATTERS, 0, length, by_character)
    classes, shares, alone = join_matters(matters, certificates, facts[:, 0], listed, by_catalogue, _MATTERS_WEIGHED)
    peak, amount = measure_role(roles, MATTER, 0, length)
    naming = np.array([alone, peak, amount, matters.max() - every[-1], is_named], np.float32)
    return roles, intents, classes, shares, naming, spans, certificates, facts


@compiled
def read_spans(
    names: Rows, parting: Flags, least: float, bonus: float, table: Table, grams: tuple[Rows, Rows, Rows], roles: Floats
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
