"""The dialogue's fixtures: the real billing app in-process on a database of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import structlog
from rasa.shared.core.domain import Domain
from talk import Talk

from billing.app import create_app
from billing.settings import BillingSettings
from bot.importer import REPLIES, read_replies
from bot.replies import BilingualReplies
from sessions import Sessions

structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()])

TOKEN = "a-service-token-of-the-tests"


@pytest.fixture(scope="session")
def replies() -> BilingualReplies:
    """The project's own replies."""
    return BilingualReplies(None, Domain.from_dict({"responses": read_replies(REPLIES)}))


@pytest.fixture
async def talk(tmp_path: Path, replies: BilingualReplies) -> AsyncIterator[Talk]:
    """A stranger's conversation with the demo's billing system as new."""
    settings = BillingSettings(data_dir=tmp_path, service_token=TOKEN, billing_demo=True)
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://billing", headers=headers) as http:
            yield Talk(Sessions.open(f"sqlite:///{tmp_path / 'sessions.db'}"), http, replies)
