"""Checks a city's tables and the language data against every rule; what is wrong is said in its editors' words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.catalogue.checks import (
    answers,
    circumstances,
    citations,
    entries,
    entry_remarks,
    names,
    sentences,
    times,
    words,
)
from bot.catalogue.checks.places import place_entries, read_phrases
from bot.catalogue.checks.shapes import check_shapes
from bot.catalogue.load import load_catalogue
from bot.catalogue.tables import place_rows
from bot.catalogue.vocabulary import vocabulary_of
from bot.domain.catalogue import Catalogue, IssuerKind
from bot.domain.errors import DataFindingsError, Finding
from intents.data import DataError, LanguageData, read_language
from intents.normalise import Normaliser
from intents.vocabulary import Vocabulary, gather_phrases

_GOVERNMENT: Final = frozenset({IssuerKind.CITY_UNIT, IssuerKind.CITY_UTILITY})
_FAQ: Final = "faq.yaml"
_QUESTIONS: Final = "questions.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the rules found: errors must be mended before the data is used, remarks are for somebody to look at."""

    errors: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()

    def __add__(self, other: "Report") -> "Report":
        return Report(errors=self.errors + other.errors, remarks=self.remarks + other.remarks)


def check_data(tables: Path, language: Path) -> Report:
    """Everything that is wrong, or worth a look, with a city's tables and the language data.

    What a loader refuses ends the check of that half: its rows cannot be understood.

    Args:
        tables: directory of the catalogue. language: directory of the language data.
    """
    catalogue, report = _load_catalogue(tables)
    data, refused = _load_language(language)
    report += refused
    if catalogue is not None:
        report += _check_catalogue(catalogue, tables)
    if data is not None:
        report += _check_words(data, language)
    if catalogue is not None and data is not None:
        report += _check_speech(vocabulary_of(catalogue), data, tables, language)
    return report


def _load_catalogue(directory: Path) -> tuple[Catalogue | None, Report]:
    try:
        return load_catalogue(directory), Report()
    except DataFindingsError as error:
        return None, Report(errors=error.findings)


def _load_language(directory: Path) -> tuple[LanguageData | None, Report]:
    misshapen = (*check_shapes(directory), *words.check_patterns(directory))
    if misshapen:
        return None, Report(errors=misshapen)
    try:
        return read_language(directory), Report()
    except DataError as error:
        return None, Report(errors=tuple(Finding(problem.place, problem.message) for problem in error.problems))


def _check_catalogue(catalogue: Catalogue, tables: Path) -> Report:
    findings: list[Finding] = []
    documents = citations.read_documents(tables, _list_titles(catalogue), findings)
    figures = answers.read_figures(tables)
    rows = place_rows(tables / "catalogue.csv")
    asked = place_entries(tables / _FAQ)
    return Report(
        errors=(
            *findings,
            *entries.check_entries(catalogue, documents, rows),
            *citations.check_references(documents, _list_citations(catalogue, tables, rows, asked)),
            *_check_issuers(catalogue, place_rows(tables / "certificates.csv")),
            *answers.check_answers(catalogue, figures, asked),
            *times.check_times(tables),
        ),
        remarks=(
            *entry_remarks.remark_entries(catalogue, documents, rows),
            *answers.remark_answers(catalogue, figures, asked),
        ),
    )


def _check_words(data: LanguageData, language: Path) -> Report:
    normalise, plain = Normaliser(data.rewrites).apply, Normaliser({}).apply
    return Report(
        errors=(
            *words.check_lexicon(language, normalise, plain),
            *words.check_cues(language),
            *words.check_fillers(language),
            *circumstances.check_circumstances(language, normalise),
        ),
        remarks=tuple(circumstances.remark_circumstances(language)),
    )


def _check_speech(vocabulary: Vocabulary, data: LanguageData, tables: Path, language: Path) -> Report:
    """What people say, beside what the catalogue calls things."""
    normalise, plain = Normaliser(data.rewrites).apply, Normaliser({}).apply
    groups = _gather_groups(vocabulary, tables, language, normalise)
    matters, certificates, _ = groups
    written = tuple(sentences.read_sentences(language, normalise))
    asks = tuple(sentences.read_asks(tables / _FAQ, normalise))
    questions = tuple(sentences.read_questions(language / _QUESTIONS, normalise))
    said = (*written, *(ask for _, ask in (*asks, *questions)), *sentences.read_names(matters, certificates))
    return Report(
        errors=(
            *(finding for group in groups for finding in names.check_names(group)),
            *(finding for group in groups for finding in words.check_broken_names(group, normalise, plain)),
            *sentences.check_asks(asks),
            *sentences.check_asks(questions),
            *sentences.check_utterances(said),
        ),
        remarks=(
            *(finding for group in groups for finding in names.remark_names(group)),
            *names.remark_few_names(matters, gather_phrases(vocabulary.matters, data.matters)),
            *names.remark_few_names(certificates, gather_phrases(vocabulary.certificates, data.certificates)),
            *sentences.remark_sentences(written),
            *sentences.remark_questions(language / _QUESTIONS, matters, certificates),
        ),
    )


def _gather_groups(
    vocabulary: Vocabulary, tables: Path, language: Path, normalise: Callable[[str], str]
) -> tuple[names.Group, names.Group, names.Group]:
    """What matters, certificates and units are called."""
    spoken = {table: tuple(read_phrases(language / "spoken" / f"{table}.csv")) for table in ("matters", "certificates")}
    places = {table: place_rows(tables / f"{table}.csv") for table in (*spoken, "units")}
    return (
        names.gather_group("事项", vocabulary.matters, places["matters"], spoken["matters"], normalise),
        names.gather_group("证明", vocabulary.certificates, places["certificates"], spoken["certificates"], normalise),
        names.gather_group("单位", vocabulary.units, places["units"], (), normalise),
    )


def _check_issuers(catalogue: Catalogue, places: dict[str, str]) -> Iterator[Finding]:
    for certificate in catalogue.certificates.values():
        if certificate.issuer_kind in _GOVERNMENT and not certificate.issuer_unit_id:
            message = f"“{certificate.name}”由{certificate.issuer_kind}出具，请在“issuer_unit_id”一列写明是哪个单位"
            yield Finding(places[certificate.id], message)


def _list_titles(catalogue: Catalogue) -> Iterator[str]:
    """Titles and numbers of the documents that the tables name."""
    yield from (article.document for article in catalogue.articles.values())
    yield from (text.document for text in catalogue.measures.values())
    for item in catalogue.national:
        yield from (item.document, item.list_name)


def _list_citations(
    catalogue: Catalogue, tables: Path, rows: dict[str, str], asked: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Every citation with its place."""
    for entry in catalogue.entries.values():
        yield from ((f"{rows[entry.id]}（{entry.id}）", citation) for citation in entry.legal_basis)
    for answer in catalogue.faq.values():
        yield from ((f"{asked.get(answer.id, _FAQ)}（{answer.id}）", citation) for citation in answer.sources)
    articles = place_rows(tables / "articles.csv", "key")
    yield from ((articles[key], article.citation) for key, article in catalogue.articles.items())
    measures = place_rows(tables / "measures.csv")
    yield from ((measures[key], text.citation) for key, text in catalogue.measures.items())
