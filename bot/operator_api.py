"""Rasa's own HTTP API for the operator: not there without a token, nothing of it without that token."""

import hmac
from typing import Any

from rasa.core.agent import Agent
from rasa.server import create_app
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

OURS = ("/", "/health", "/static/", "/webhooks/", "/demo/", "/desk", "/desk/")


class SpeakingAgent(Agent):
    """Rasa's agent, whose parse always names the language, ``None`` where nothing tells."""

    async def parse_message(self, message_data: str) -> dict[str, Any]:
        """Rasa's parse with ``language``."""
        return {"language": None} | await super().parse_message(message_data)


def app_with_api(token: str | None) -> Sanic:
    """The app everything is mounted on; Rasa's API is on it only when there is a token."""
    if token is None:
        return Sanic("assistant", configure_logging=False)
    app = create_app(auth_token=token, cors_origins=[])

    @app.middleware("request")
    async def only_with_the_token(request: Request) -> HTTPResponse | None:
        given = request.args.get("token") or ""
        if is_ours(request.path) or hmac.compare_digest(given.encode(), token.encode()):
            return None
        return json({"status": "failure", "reason": "NotAuthenticated", "code": 401}, status=401)

    return app


def is_ours(path: str) -> bool:
    """Whether a path is the product's and not Rasa's."""
    return any(path == one or (one != "/" and one.endswith("/") and path.startswith(one)) for one in OURS)
