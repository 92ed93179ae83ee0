"""`datapackage.json`: Frictionless Data Package, version 2.

Version 2 because there keys are always lists, a table says that it is one (`type`), and `$schema` names the version
that a reader is to expect; readers of version 1 still find `resources`, `path`, `schema` and `hash` where they were.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.catalogue.data_package.schema import describe_table
from bot.catalogue.data_package.tables import PackageTable
from bot.domain.catalogue import Catalogue

_PACKAGE_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_RESOURCE_PROFILE: Final = "https://datapackage.org/profiles/2.0/dataresource.json"
# The shape of the package. The catalogue's own version follows as build metadata: 1.0.0+0123456789ab.
_SHAPE: Final = "1.0.0"
_OTHER_FILES: Final = {
    "catalogue.jsonld": ("linked-data", "目录的关联数据（CPSV-AP、CCCEV、SKOS）", "jsonld", "application/ld+json"),
    "faq.yaml": ("faq-source", "常见问答的原文件", "yaml", "application/yaml"),
    "README.md": ("readme", "说明", "md", "text/markdown"),
}


def version_of(catalogue: Catalogue) -> str:
    """The package's version: the same data always has the same."""
    return f"{_SHAPE}+{catalogue.version}"


def describe_package(
    catalogue: Catalogue, tables: Sequence[PackageTable], files: Mapping[str, bytes], since: str | None
) -> bytes:
    """The descriptor.

    Args:
        files: the package's other files by path.
        since: the version that `changes.csv` compares with, or None.
    """
    names = [table.kind.name for table in tables]
    resources = [_describe_table(table, names, files) for table in tables]
    resources += [_describe_file(path, files[path]) for path in _OTHER_FILES if path in files]
    package: dict[str, Any] = {
        "$schema": _PACKAGE_PROFILE,
        "name": "no-certificate-catalogue",
        "title": "无证件（证明）办事：法定证明事项数据包",
        "description": "办什么事、哪张证明不用交、用什么办法代替。来源、示例和使用说明见 README.md。",
        "version": version_of(catalogue),
        "keywords": ["无证件办事", "无证明办事", "证明事项", "减证便民"],
        **_describe_licence(catalogue),
        "sources": [{"title": document} for document in _list_documents(catalogue)],
        "resources": resources,
    }
    if since is not None:
        package["previousVersion"] = since
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _describe_table(table: PackageTable, names: list[str], files: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "$schema": _RESOURCE_PROFILE,
        "name": table.kind.name,
        "type": "table",
        "path": table.kind.path,
        "title": table.kind.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_measure(files[table.kind.path]),
        "schema": describe_table(table.kind, table.columns, names),
    }


def _describe_file(path: str, content: bytes) -> dict[str, Any]:
    name, title, format_, mediatype = _OTHER_FILES[path]
    return {
        "$schema": _RESOURCE_PROFILE,
        "name": name,
        "path": path,
        "title": title,
        "format": format_,
        "mediatype": mediatype,
        "encoding": "utf-8",
        **_measure(content),
    }


def _measure(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _describe_licence(catalogue: Catalogue) -> dict[str, Any]:
    """Only the publisher can grant a licence; it does so in the fact `data_licence`."""
    name = catalogue.fact("data_licence")
    return {"licenses": [{"name": name, "title": name}]} if name else {}


def _list_documents(catalogue: Catalogue) -> list[str]:
    cited = (article.document for article in catalogue.articles.values())
    explained = (text.document for text in catalogue.measures.values())
    return list(dict.fromkeys((*cited, *explained)))
