"""Citations such as `某规定（试行） 第九条第三项、第十三条`: the document must be known, and must have that article."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from bot.catalogue.tables import Table
from bot.domain.errors import Finding

# 第二十条（2款8项）: an article that has two paragraphs and eight items.
_LISTED: Final = re.compile(r"(.+?)(?:（(?:(\d+)款)?(?:(\d+)项)?）)?")
_CITED: Final = re.compile(r"(第\w+?条)(?:第(\w+?)款)?(?:第(\w+?)项)?")
# What a citation may say beside the article: a heading in quotation marks, a column of a form, a long note at the end.
_HEADINGS: Final = re.compile(r"“[^”]*”栏?|（[^（）]{3,}）$")
_SEPARATORS: Final = re.compile(r"[、及]")
_DIGITS: Final = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}


@dataclass(frozen=True, slots=True)
class _Extent:
    """How many paragraphs and items an article has."""

    paragraphs: int
    items: int


@dataclass(frozen=True, slots=True)
class _Document:
    name: str
    in_force_from: date | None
    articles: dict[str, _Extent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """The documents that answers may rest on.

    Attributes:
        own: documents of `documents.csv`; where articles are listed there, no other may be cited.
        known: titles and numbers of every other document that the tables name.
    """

    own: dict[str, _Document]
    known: frozenset[str]

    def list_articles(self, citation: str) -> tuple[tuple[str, str], ...]:
        """What a citation names, as (document, article); nothing where the document's articles are not listed."""
        document = self._find(citation)
        return tuple((document.name, article) for article in _split(citation, document.name)) if document else ()

    def find_problem(self, citation: str) -> str | None:
        """What is wrong with a citation, or None. Without `documents.csv` nothing can be said."""
        if not self.own:
            return None
        document = self._find(citation)
        if document is None:
            known = any(title in _plain(citation) for title in self.known)
            return None if known else f"没有见过“{citation}”这份文件，请核对名称或者文号；新文件请加进 documents.csv"
        articles = _split(citation, document.name) if document.articles else ()
        wrong = next((article for article in articles if not _has(document, article)), None)
        return f"“{document.name}”没有“{wrong}”，请核对条款" if wrong else None

    def earliest_start(self, citations: Iterable[str]) -> date | None:
        """The first day on which one of the cited documents was in force, as far as it is known."""
        documents = (self._find(citation) for citation in citations)
        return min((item.in_force_from for item in documents if item and item.in_force_from), default=None)

    def _find(self, citation: str) -> _Document | None:
        return next((item for name, item in self.own.items() if citation.startswith(name)), None)


def read_documents(directory: Path, known: Iterable[str], findings: list[Finding]) -> Documents:
    """The documents of `documents.csv`; none where a city has no such table.

    Args:
        known: titles and numbers of documents that other tables name.
    """
    path = directory / "documents.csv"
    if not path.is_file():
        return Documents(own={}, known=frozenset())
    table = Table(path, ("document", "articles"))
    own: dict[str, _Document] = {}
    for row in table:
        name = row.required("document")
        start = row.converted("in_force_from", date.fromisoformat, None)
        own[name] = _Document(name, start, dict(map(_read_extent, row.listed("articles", "|"))))
    findings += table.findings
    return Documents(own=own, known=frozenset(filter(None, map(_plain, known))))


def check_references(documents: Documents, citations: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Findings about citations, each given as (place, citation)."""
    for place, citation in citations:
        problem = documents.find_problem(citation)
        if problem:
            yield Finding(place, problem)


def _read_extent(text: str) -> tuple[str, _Extent]:
    match = _LISTED.fullmatch(text)
    if match is None:
        return text, _Extent(1, 0)
    return match[1], _Extent(int(match[2] or 1), int(match[3] or 0))


def _plain(citation: str) -> str:
    return citation.replace("《", "").replace("》", "").strip()


def _split(citation: str, document: str) -> list[str]:
    """The articles that follow the document's name."""
    rest = _HEADINGS.sub("", citation.removeprefix(document)).strip()
    return [piece.strip() for piece in _SEPARATORS.split(rest) if piece.strip()]


def _has(document: _Document, article: str) -> bool:
    if article in document.articles:
        return True
    match = _CITED.fullmatch(article)
    if match is None or match[1] not in document.articles:
        return False
    extent = document.articles[match[1]]
    return _number(match[2]) <= extent.paragraphs and _number(match[3]) <= extent.items


def _number(text: str | None) -> int:
    """一 to 九十九 as a number; 0 for nothing."""
    if not text:
        return 0
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
