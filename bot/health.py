"""Whether the assistant can do its work: its model, its database, its action server."""

import asyncio

import httpx
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.exc import SQLAlchemyError

from sessions import Sessions


def serve_health(app: Sanic, sessions: Sessions, actions_url: str) -> None:
    """Mount ``GET /health``: 200 when all is well, 503 with the reasons when not."""

    @app.get("/health")
    async def health(_: Request) -> HTTPResponse:
        agent = getattr(app.ctx, "agent", None)
        parts = {
            "model": "ok" if agent is not None and agent.is_ready() else "not loaded",
            "sessions": await asyncio.to_thread(_database, sessions),
            "actions": await _actions(actions_url),
        }
        well = all(state == "ok" for state in parts.values())
        return json({"status": "ok" if well else "down", **parts}, 200 if well else 503)


def _database(sessions: Sessions) -> str:
    try:
        sessions.ping()
    except SQLAlchemyError as error:
        return type(error).__name__
    return "ok"


async def _actions(url: str) -> str:
    try:
        async with httpx.AsyncClient(timeout=1.0) as http:
            answer = await http.get(f"{url.rstrip('/')}/health")
    except httpx.HTTPError as error:
        return type(error).__name__
    return "ok" if answer.is_success else f"answered {answer.status_code}"
