"""Builds a version of the knowledge from the data files."""

from functools import lru_cache
from pathlib import Path

from bot.catalogue.check import check_data
from bot.catalogue.load import load_catalogue
from bot.catalogue.vocabulary import vocabulary_of
from bot.dialogue.catalogue_dialogue import CatalogueDialogue
from bot.dialogue.remembered import RememberedDialogue
from bot.dialogue.stories import prepare_reading
from bot.domain.errors import DataFindingsError, Finding, UnusableSettingError
from bot.services.knowledge import Knowledge
from intents.data import DataError, LanguageData, read_language
from intents.engine import build_engine
from intents.onnx_embedder import EmbedderError, OnnxEmbedder


def load_knowledge(
    catalogue_directory: Path, intents_directory: Path, *, cache: Path | None = None, reranker: Path | None = None
) -> Knowledge:
    """Reads, checks and builds everything; takes seconds, so the service calls it in a thread.

    Args:
        cache: where the engine keeps what it learned, so that the same data need not be learned again.
        reranker: folder of a sentence-embedding model that decides where the engine is unsure.

    Raises:
        DataFindingsError: the data must not be used; every place is named.
        UnusableSettingError: the folder holds no model that can be used.
        OSError: a directory cannot be read.
    """
    catalogue = load_catalogue(catalogue_directory)
    embedder = _open_embedder(reranker) if reranker else None
    engine = build_engine(_read_language(intents_directory), vocabulary_of(catalogue), cache=cache, embedder=embedder)
    prepare_reading()
    return Knowledge(
        catalogue=catalogue, engine=engine, dialogue=RememberedDialogue(CatalogueDialogue(catalogue, engine))
    )


def reload_knowledge(
    catalogue_directory: Path, intents_directory: Path, *, cache: Path | None = None, reranker: Path | None = None
) -> Knowledge:
    """As `load_knowledge`, for data that somebody has just edited: every rule of `check-data` must hold.

    Raises:
        DataFindingsError: the data must not be used; every place is named.
        UnusableSettingError: as there.
        OSError: a directory cannot be read.
    """
    errors = check_data(catalogue_directory, intents_directory).errors
    if errors:
        raise DataFindingsError(errors)
    return load_knowledge(catalogue_directory, intents_directory, cache=cache, reranker=reranker)


@lru_cache(maxsize=1)
def _open_embedder(folder: Path) -> OnnxEmbedder:
    """The model of a folder; once a process, since it takes seconds and no data change touches it."""
    try:
        return OnnxEmbedder(folder)
    except EmbedderError as error:
        raise UnusableSettingError([Finding("MIANZHENG_RERANKER", str(error))]) from error


def _read_language(directory: Path) -> LanguageData:
    try:
        return read_language(directory)
    except DataError as error:
        raise DataFindingsError([Finding(problem.place, problem.message) for problem in error.problems]) from error
