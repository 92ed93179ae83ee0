"""Plain full-text searches over what people call matters and certificates: what the engine is measured against."""

from collections.abc import Callable, Sequence

import bm25s
import jieba
import tantivy

Cut = Callable[[str], list[str]]
Search = Callable[[list[str]], object]
_SHOWN = 5


def list_documents(groups: Sequence[Sequence[str]]) -> list[list[str]]:
    """The tokens of each document, one document for all names of one thing."""
    return [[word for name in names for word in jieba.lcut(name)] for names in groups]


def index_bm25s(documents: Sequence[Sequence[str]]) -> Search:
    """BM25 on sparse matrices."""
    retriever = bm25s.BM25()
    retriever.index([list(document) for document in documents], show_progress=False)
    known = set().union(*documents)

    def search(tokens: list[str]) -> object:
        kept = [token for token in tokens if token in known]
        return retriever.retrieve([kept], k=_SHOWN, show_progress=False) if kept else None

    return search


def index_tantivy(documents: Sequence[Sequence[str]]) -> Search:
    """BM25 on an inverted index in Rust."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=False, tokenizer_name="whitespace")
    index = tantivy.Index(builder.build())
    writer = index.writer(num_threads=1)
    for document in documents:
        writer.add_document(tantivy.Document(body=" ".join(document)))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(tokens: list[str]) -> object:
        terms = [tantivy.Query.term_query(index.schema, "body", token) for token in tokens]
        return searcher.search(tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms]), _SHOWN)

    return search
