"""The OpenAPI 3.1 document, made from the operations and their models."""

import inspect
import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

import msgspec
from aiohttp import web

from bot.domain.viewer import Viewer
from web.operations import Operation, respond
from web.problems import Problem

_REFERENCE: Final = "#/components/schemas/{name}"
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_JSON: Final = "application/json"
_PROBLEM: Final = "application/problem+json"


def describe_operation(operations: Sequence[Operation]) -> Operation:
    """The operation that shows the document of these operations."""
    document = build_document(operations)

    async def show_document(_request: web.Request, _viewer: Viewer) -> web.Response:
        return respond(document)

    return Operation(
        method="GET",
        path="/openapi.json",
        handler=show_document,
        summary="This document",
        tag="health",
        answer=_JSON,
    )


def build_document(operations: Sequence[Operation]) -> dict[str, Any]:
    """The whole document as plain values."""
    models = _list_models(operations)
    references, schemas = msgspec.json.schema_components(models, ref_template=_REFERENCE)
    by_model = dict(zip(models, references, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _describe(operation, by_model)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "免证办 Mianzheng",
            "version": "1",
            "description": "Which certificates citizens need no longer bring, and how each is checked instead.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def _list_models(operations: Sequence[Operation]) -> list[Any]:
    used = (model for operation in operations for model in (operation.body, operation.answer))
    return list(dict.fromkeys([Problem, *(model for model in used if isinstance(model, type))]))


def _describe(operation: Operation, by_model: dict[Any, dict[str, Any]]) -> dict[str, Any]:
    description: dict[str, Any] = {
        "operationId": operation.handler.__name__,
        "summary": operation.summary,
        "tags": [operation.tag],
        "responses": _describe_responses(operation, by_model),
    }
    if operation.description:
        description["description"] = inspect.cleandoc(operation.description)
    if operation.roles:
        description["security"] = [{"bearer": sorted(operation.roles)}]
    if parameters := [*_describe_path(operation.path), *_describe_query(operation.query)]:
        description["parameters"] = parameters
    if operation.body:
        description["requestBody"] = {"required": True, "content": {_JSON: {"schema": by_model[operation.body]}}}
    return description


def _describe_responses(operation: Operation, by_model: dict[Any, dict[str, Any]]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    if isinstance(operation.answer, str):
        content = {operation.answer: {}}
    elif operation.answer is not None:
        content = {_JSON: {"schema": by_model[operation.answer]}}
    responses = {str(operation.status.value): {"description": operation.summary, "content": content}}
    of_token = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN) if operation.roles else ()
    for status in sorted({*operation.problems, *of_token}):
        responses[str(status.value)] = {
            "description": status.phrase,
            "content": {_PROBLEM: {"schema": by_model[Problem]}},
        }
    return responses


def _describe_path(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _PLACEHOLDER.findall(path)
    ]


def _describe_query(query: type[Any] | None) -> list[dict[str, Any]]:
    if query is None:
        return []
    _, schemas = msgspec.json.schema_components([query], ref_template=_REFERENCE)
    schema = schemas[query.__name__]
    return [
        {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": content}
        for name, content in schema["properties"].items()
    ]
