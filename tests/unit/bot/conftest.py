"""The website channel under test, one server for the session."""

from collections.abc import AsyncIterator, Callable, Iterator

import httpx
import pytest

from tests.support.website import Channel, Site


@pytest.fixture(scope="session")
def channel(tmp_path_factory: pytest.TempPathFactory, unused_tcp_port_factory: Callable[[], int]) -> Iterator[Channel]:
    """One server for the session."""
    channel = Channel(tmp_path_factory.mktemp("channel"), unused_tcp_port_factory())
    channel.start()
    yield channel
    channel.stop()


@pytest.fixture
async def site(channel: Channel) -> AsyncIterator[Site]:
    """A website before its first session, with an agent that echoes."""
    channel.agent.script, channel.agent.heard, channel.agent.finished = channel.agent.echo, [], 0
    async with httpx.AsyncClient(base_url=channel.address, timeout=10) as http:
        yield Site(http, channel.agent, channel.sessions)
