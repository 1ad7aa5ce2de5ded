"""A conversation whose network can be made to fail."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from rasa.shared.core.domain import Domain

from bot.importer import REPLIES, read_replies
from bot.replies import BilingualReplies
from sessions import Sessions
from tests.support.billing import billing_in_process
from tests.support.faulty import FaultyTransport
from tests.support.talk import Talk


@pytest.fixture
async def network(tmp_path: Path) -> AsyncIterator[tuple[FaultyTransport, Talk]]:
    """The faulty network and a stranger's conversation over it."""
    replies = BilingualReplies(None, Domain.from_dict({"responses": read_replies(REPLIES)}))
    async with billing_in_process(tmp_path) as billing:
        transport = FaultyTransport(billing.http._transport)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://billing", headers=billing.http.headers
        ) as http:
            yield transport, Talk(Sessions.open(f"sqlite:///{tmp_path / 'sessions.db'}"), http, replies)
