"""The assistant process: Rasa's agent behind our channels, the page and the operator's API."""

from pathlib import Path

import structlog
from rasa.core.channels.channel import register
from rasa.core.lock_store import InMemoryLockStore
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.charts import Charts
from bot.channels.portal import Portal
from bot.channels.turns import Turns
from bot.channels.web import WebChannel
from bot.desk.desk import Desk
from bot.desk.routes import DeskPages
from bot.desk.staff import staff_of
from bot.health import serve_health
from bot.operator_api import SpeakingAgent, app_with_api
from bot.pages import serve_pages
from bot.replies import BilingualReplies
from bot.settings import AssistantSettings
from bot.telephone import Telephone
from bot.tracker_store import WindowedTrackerStore
from sessions import Sessions
from sessions.database import open_engine
from sessions.settings import SessionsSettings

log = structlog.get_logger()

BODY_AT_MOST = 16_384  # bytes; a megabyte of text froze stock Rasa for 8 s (security.md, D9)


class NoModel(Exception):
    """There is no trained model where the settings say."""


def create_server(settings: AssistantSettings) -> Sanic:
    """Everything mounted; the agent is loaded as the server starts."""
    token = settings.assistant_api_token
    app = app_with_api(token.get_secret_value() if token else None)
    app.config.REQUEST_MAX_SIZE = BODY_AT_MOST
    app.config.RESPONSE_TIMEOUT = int(settings.turn_seconds) + 20
    engine = open_engine(SessionsSettings().sessions_database_url)
    sessions = Sessions(engine)
    portal = Portal(settings.billing_url, settings.service_token.get_secret_value())
    telephone = Telephone(settings, sessions, lambda: app.ctx.turns) if settings.has_twilio else None
    website = WebChannel(settings, sessions, portal, lambda: app.ctx.turns)
    register([website, *(telephone.channels() if telephone else ())], app, route="/webhooks/")
    charts = Charts(settings.session_secret.get_secret_value(), settings.public_url)
    charts.serve(app)
    serve_pages(app, settings)
    _serve_desk(app, settings, sessions, telephone)
    serve_health(app, sessions, settings.actions_url)

    @app.exception(SanicException)
    async def refused(_: Request, error: SanicException) -> HTTPResponse:
        body = {"type": "about:blank", "title": str(error), "status": error.status_code, "detail": str(error)}
        return json(body, error.status_code, content_type="application/problem+json")

    @app.before_server_start
    async def load(*_: object) -> None:
        app.ctx.agent = load_agent(settings, WindowedTrackerStore(None, engine))
        app.ctx.turns = Turns(app.ctx.agent, sessions, settings.turn_seconds, charts)
        if telephone is not None:
            telephone.begin()

    @app.before_server_stop
    async def finish(*_: object) -> None:
        if telephone is not None:
            await telephone.finish()
        await app.ctx.turns.finish()

    return app


def _serve_desk(app: Sanic, settings: AssistantSettings, sessions: Sessions, telephone: Telephone | None) -> None:
    """Where nobody may sign in there is no desk."""
    staff = staff_of(settings)
    if staff:
        desk = Desk(sessions, lambda: app.ctx.turns, telephone.conversations if telephone else None)
        secure = settings.public_url.startswith("https:")
        DeskPages(sessions, staff, desk, lambda: app.ctx.turns.replies, secure=secure).serve(app)


def load_agent(settings: AssistantSettings, tracker_store: WindowedTrackerStore) -> SpeakingAgent:
    """The agent of the newest model; raises :class:`NoModel`."""
    headers = {"Authorization": f"Bearer {settings.service_token.get_secret_value()}"}
    actions = EndpointConfig(
        f"{settings.actions_url.rstrip('/')}/webhook", headers=headers, enable_selective_domain=True
    )
    agent = SpeakingAgent(domain=Domain.empty(), lock_store=InMemoryLockStore(), action_endpoint=actions)
    # Rasa would wrap the store in one that falls back to memory in silence (security.md, D11).
    agent.tracker_store = tracker_store
    agent.load_model(newest_model(settings.model_path))
    agent.nlg = agent.processor.nlg = BilingualReplies(None, agent.domain)
    return agent


def newest_model(path: Path) -> Path:
    """The model itself, or the newest of a folder."""
    models = [path] if path.is_file() else sorted(path.glob("*.tar.gz"), key=lambda one: one.stat().st_mtime)
    if not models:
        raise NoModel(f"no model at {path}: run `make train`")
    return models[-1]
