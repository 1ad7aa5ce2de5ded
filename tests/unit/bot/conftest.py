"""The channels under test, one server for the session."""

from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count

import httpx
import pytest

from tests.support.standin import PhoneInHand, StandinServer
from tests.support.twilio import Caller
from tests.support.website import Channel, Site

_NUMBERS = count(1000)


@pytest.fixture(scope="session")
def channel(tmp_path_factory: pytest.TempPathFactory, unused_tcp_port_factory: Callable[[], int]) -> Iterator[Channel]:
    """One server for the session, with what stands in for Twilio beside it."""
    port = unused_tcp_port_factory()
    standin = StandinServer(unused_tcp_port_factory(), f"http://127.0.0.1:{port}")
    standin.start()
    channel = Channel(tmp_path_factory.mktemp("channel"), port, standin)
    channel.start()
    yield channel
    channel.stop()
    standin.stop()


@pytest.fixture
async def site(channel: Channel) -> AsyncIterator[Site]:
    """A website before its first session, with an agent that echoes."""
    channel.agent.script, channel.agent.heard, channel.agent.finished = channel.agent.echo, [], 0
    async with httpx.AsyncClient(base_url=channel.address, timeout=10) as http:
        yield Site(http, channel.agent, channel.sessions)


@pytest.fixture
async def caller(channel: Channel) -> AsyncIterator[Caller]:
    """Twilio, posting to the channels in front of an agent that echoes."""
    channel.agent.script, channel.agent.heard, channel.agent.finished = channel.agent.echo, [], 0
    caller = Caller(channel.address)
    async with caller.http:
        yield caller


@pytest.fixture
def phone(channel: Channel) -> Iterator[PhoneInHand]:
    """A telephone nobody had before; the agent that echoes answers it."""
    channel.agent.script, channel.agent.heard = channel.agent.echo, []
    channel.telephone.line._sender._not_before = 0.0  # whatever an earlier test made Twilio say
    number = f"+1418555{next(_NUMBERS):04}"
    phone = PhoneInHand(channel.standin.address, number)
    yield phone
    channel.settle()
    phone.reset()
    phone.close()
