"""The action server: rasa-sdk's executor behind a credential, on loopback.

rasa-sdk's own server takes calls from anybody, inflates what it is sent and answers an error with the
whole tracker (security.md, D16); this one does none of it.
"""

import hmac

import structlog
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.rasa_actions import TakeConversation, TakeQuestion, TakeRestart, TakeTask
from actions.recovery import follow_again
from actions.settings import ActionsSettings
from actions.wiring import doors

log = structlog.get_logger()


def create_app(settings: ActionsSettings) -> Sanic:
    """The app with its three routes' worth: ``POST /webhook`` and ``GET /health``."""
    app = Sanic("actions", configure_logging=False)
    executor = ActionExecutor()
    for action in (TakeTask, TakeQuestion, TakeConversation, TakeRestart):
        executor.register_action(action)
    credential = f"Bearer {settings.service_token.get_secret_value()}"

    @app.post("/webhook")
    async def webhook(request: Request) -> HTTPResponse:
        if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), credential.encode()):
            return json({"error": "unauthorised"}, status=401)
        if not isinstance(request.json, dict) or "next_action" not in request.json:
            return json({"error": "no action named"}, status=400)
        try:
            return json(await executor.run(request.json))
        except ActionNotFoundException as unknown:
            log.warning("action.unknown", action=unknown.action_name)
            return json({"error": unknown.message, "action_name": unknown.action_name}, status=404)
        except ActionExecutionRejection as rejection:
            return json({"error": rejection.message, "action_name": rejection.action_name}, status=400)

    @app.get("/health")
    async def health(_: Request) -> HTTPResponse:
        return json({"status": "ok"})

    @app.before_server_start
    async def open_doors(*_: object) -> None:
        follow_again(doors())

    @app.after_server_stop
    async def close_doors(*_: object) -> None:
        await doors().http.aclose()

    return app
