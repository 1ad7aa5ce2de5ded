"""Problems as RFC 9457 documents, in the caller's language."""

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
        return _answer(request, Problem(code), error.status_code)


def _answer(request: Request, problem: Problem, status: int | None = None) -> JSONResponse:
    language = caller_language(request.headers.get("accept-language", ""))
    body = as_document(problem.code, language) | problem.facts
    body["status"] = status or body["status"]
    headers = {"Retry-After": str(problem.retry_after)} if problem.retry_after is not None else None
    return JSONResponse(body, body["status"], headers=headers, media_type=MEDIA_TYPE)
