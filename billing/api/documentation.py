"""Problems as documents, and how the OpenAPI tells of them: every route with what it may refuse."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from fastapi import FastAPI

from billing.api.models import ProblemSeen
from company import Language

MEDIA_TYPE = "application/problem+json"

_SCHEMA = "#/components/schemas/ProblemSeen"
_ALWAYS = ("service-unauthorised", "invalid-request", "unavailable")
_OF_KEYS = ("idempotency-key-required", "idempotency-key-reused", "idempotency-in-progress")
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "The same key and body have one effect and one answer for 24 hours.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "example": "5f0c1f6e-3d0b-4f43-9f5a-0a8a3d0a9f10",
}


def as_document(code: str, language: Language) -> dict[str, Any]:
    """What RFC 9457 wants of a problem; its facts come beside."""
    problem = _problems()[code]
    title, detail = problem[language]
    return {"type": f"/problems/{code}", "title": title, "status": problem["status"], "detail": detail}


def documented(*codes: str, customer: bool = True, creating: bool = False) -> dict[str, Any]:
    """The keyword arguments of a route that may refuse for these reasons, beside those of every route.

    ``customer``: it takes a customer's token. ``creating``: it takes an ``Idempotency-Key``.
    """
    every = [*_ALWAYS, *(["customer-unauthorised"] if customer else []), *(_OF_KEYS if creating else []), *codes]
    by_status: dict[int, list[str]] = {}
    for code in every:
        by_status.setdefault(_problems()[code]["status"], []).append(code)
    route: dict[str, Any] = {"responses": {status: _refusal(by_status[status]) for status in sorted(by_status)}}
    return route | ({"openapi_extra": {"parameters": [_KEY]}} if creating else {})


def describe_problems(app: FastAPI) -> None:
    """Put the shape of a problem, which no route answers by itself, among the OpenAPI's own."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        document = generate()
        document["components"]["schemas"]["ProblemSeen"] = ProblemSeen.model_json_schema()
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to extend the OpenAPI


def _refusal(codes: list[str]) -> dict[str, Any]:
    examples = {code: {"summary": as_document(code, "en")["title"], "value": as_document(code, "en")} for code in codes}
    content = {MEDIA_TYPE: {"schema": {"$ref": _SCHEMA}, "examples": examples}}
    return {"description": "; ".join(as_document(code, "en")["title"] for code in codes), "content": content}


@cache
def _problems() -> dict[str, dict[str, Any]]:
    problems: dict[str, dict[str, Any]] = yaml.safe_load(
        Path(__file__).with_name("problems.yml").read_text(encoding="utf-8")
    )
    return problems
