"""Problems as RFC 9457 documents, in the caller's language."""

from collections.abc import Mapping

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from billing.api.dependencies import caller_language
from billing.api.documentation import MEDIA_TYPE, as_document
from billing.problems import Problem

log = structlog.get_logger()


def answer_problems(app: FastAPI) -> None:
    """Everything refused or failed is answered as a problem."""

    @app.exception_handler(Problem)
    async def refused(request: Request, problem: Problem) -> JSONResponse:
        return _answer(request, problem)

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        members = [".".join(str(part) for part in one["loc"]) for one in error.errors()]
        return _answer(request, Problem("invalid-request", members=members))

    @app.exception_handler(SQLAlchemyError)
    async def down(request: Request, error: SQLAlchemyError) -> JSONResponse:
        log.error("database.failed", path=request.url.path, kind=type(error).__name__)
        return _answer(request, Problem("unavailable"))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        code = "not-found" if error.status_code == 404 else "invalid-request"
        # FastAPI says 400 of a body that is no JSON and 422 of one of another form; to a caller both are one.
        status = None if error.status_code == 400 else error.status_code
        return _answer(request, Problem(code), status, error.headers)


def _answer(
    request: Request, problem: Problem, status: int | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    language = caller_language(request.headers.get("accept-language", ""))
    body = as_document(problem.code, language) | problem.facts
    body["status"] = status or body["status"]
    retry = {"Retry-After": str(problem.retry_after)} if problem.retry_after is not None else {}
    return JSONResponse(body, body["status"], headers={**(headers or {}), **retry}, media_type=MEDIA_TYPE)
