"""Texts go out once, in order, and never to who opted out, whatever Twilio does (security.md, T4 and T7)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import time_machine

from bot.channels import twilio_api
from bot.channels.sms_sending import STALE_AFTER, STOPPED, SmsSender
from bot.channels.twilio_api import MaybeSent, NotSent, SendRefused, TwilioApi, twilio_http
from sessions import Sessions
from sessions.database import now
from tests.support.standin import ACCOUNT, NUMBER, TOKEN, PhoneInHand
from tests.support.website import Channel


class Office:
    """A sender on a database of its own, in front of the stand-in or of nobody."""

    def __init__(self, folder: Path, address: str) -> None:
        self.sessions = Sessions.open(f"sqlite:///{folder / 'sessions.db'}")
        self.time = 0.0
        self.connect(address)

    def connect(self, address: str) -> None:
        """As a process that starts anew would."""
        self.http = twilio_http(address, ACCOUNT, TOKEN)
        self.api = TwilioApi(self.http, ACCOUNT, NUMBER, "")
        self.sender = SmsSender(self.api, self.sessions, lambda: self.time)

    async def send(self, phone: PhoneInHand, *texts: str) -> list[str]:
        """Send texts; the states they are left in."""
        messages = await self.sender.send(phone.number, texts, "reply")
        return self.sessions.outgoing.states(messages)


@pytest.fixture
async def office(channel: Channel, tmp_path: Path) -> AsyncIterator[Office]:
    """A sender that reaches the stand-in."""
    office = Office(tmp_path, channel.standin.address)
    yield office
    await office.http.aclose()


async def nobody(office: Office, port: int) -> None:
    """From now on nobody listens where Twilio was."""
    await office.http.aclose()
    office.connect(f"http://127.0.0.1:{port}")


async def test_texts_arrive_in_order_and_are_not_kept(office: Office, phone: PhoneInHand) -> None:
    """Their words are in the transcript; a second copy is a second thing to lose."""
    assert await office.send(phone, "un", "deux", "trois") == ["accepted"] * 3
    assert phone.received() == ["un", "deux", "trois"]
    assert office.sessions.outgoing.waiting(phone.number) == []


async def test_a_wrong_credential_is_a_refusal(channel: Channel, phone: PhoneInHand) -> None:
    """The stand-in checks as Twilio does."""
    async with twilio_http(channel.standin.address, ACCOUNT, "wrong") as http:
        with pytest.raises(SendRefused) as refused:
            await TwilioApi(http, ACCOUNT, NUMBER, "").send(phone.number, "a")
    assert refused.value.code == 20003


async def test_without_a_connection_texts_wait_and_are_sent_later_once(
    office: Office, channel: Channel, phone: PhoneInHand, unused_tcp_port: int
) -> None:
    """Nothing was sent, so sending it is no repetition."""
    await nobody(office, unused_tcp_port)
    assert await office.send(phone, "un", "deux") == ["waiting", "waiting"]
    await office.http.aclose()
    office.connect(channel.standin.address)
    await office.sender.flush_all()
    await office.sender.flush_all()
    assert phone.received() == ["un", "deux"]


async def test_a_text_behind_one_that_waits_waits_too(
    office: Office, channel: Channel, phone: PhoneInHand, unused_tcp_port: int
) -> None:
    """An answer must not overtake the answer before it."""
    await nobody(office, unused_tcp_port)
    await office.send(phone, "un")
    await office.http.aclose()
    office.connect(channel.standin.address)
    await office.send(phone, "deux")
    assert phone.received() == ["un", "deux"]


async def test_429_is_obeyed_and_then_sent_once(office: Office, phone: PhoneInHand) -> None:
    """Twilio says when it wants to hear of us again."""
    phone.breaks(kind="too many", seconds=7)
    assert await office.send(phone, "un") == ["waiting"]
    office.time = 6.9
    await office.sender.flush_all()
    assert phone.received() == []
    office.time = 7.1
    await office.sender.flush_all()
    assert phone.received() == ["un"]


async def test_a_text_that_may_have_been_sent_is_not_sent_again(office: Office, phone: PhoneInHand) -> None:
    """Twice the same "payment submitted" is worse than once none."""
    phone.breaks(kind="lost answer")
    assert await office.send(phone, "un") == ["unknown"]
    await office.sender.flush_all()
    assert phone.received() == ["un"]
    phone.breaks(kind="lost request")
    assert await office.send(phone, "deux") == ["unknown"]
    phone.breaks(kind="error")
    assert await office.send(phone, "trois") == ["unknown"]
    await office.sender.flush_all()
    assert phone.received() == ["un"]


async def test_a_slow_twilio_is_waited_for_only_so_long(
    office: Office, phone: PhoneInHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And holds up no other telephone."""
    monkeypatch.setattr(twilio_api, "TIMEOUT", 0.2)
    other = PhoneInHand(str(office.http.base_url), "+15145550102")
    phone.breaks(kind="slow", seconds=2)
    slow = asyncio.create_task(office.send(phone, "lent"))
    while not phone.received():  # noqa: ASYNC110  the stand-in runs in another thread
        await asyncio.sleep(0.01)
    assert await office.send(other, "vite") == ["accepted"]
    assert await slow == ["unknown"]
    other.close()


@pytest.mark.parametrize("code", [21211, 21408, 21614, 30034])
async def test_a_refusal_is_recorded_and_the_next_text_goes_on(office: Office, phone: PhoneInHand, code: int) -> None:
    """What Twilio will not send today it will not send in a minute."""
    phone.breaks(kind="refused", code=code)
    assert await office.send(phone, "un", "deux") == ["refused", "accepted"]
    assert phone.received() == ["deux"]
    assert not office.sessions.consents.opted_out(phone.number)


async def test_21610_is_an_opt_out(office: Office, phone: PhoneInHand) -> None:
    """The carrier heard the STOP, not we; the proof says so, and what waits is let go."""
    phone.is_special(blocked=True)
    assert await office.send(phone, "un", "deux") == ["refused", "withheld"]
    (proof,) = office.sessions.consents.proofs(phone.number)
    assert (proof.given, proof.how, proof.said) == (False, "carrier", "21610")
    phone.is_special(blocked=False)
    assert await office.send(phone, "trois") == ["withheld"]
    assert phone.received() == []


async def test_an_opt_out_holds_for_what_already_waits(
    office: Office, channel: Channel, phone: PhoneInHand, unused_tcp_port: int
) -> None:
    """Consent is looked at as the text leaves, not as it was written."""
    await nobody(office, unused_tcp_port)
    waiting = await office.sender.send(phone.number, ["un"], "reply")
    office.sessions.consents.take_back(phone.number, "keyword", said="STOP", sid="SM1")
    confirmation = await office.sender.send(phone.number, ["c'est fait"], STOPPED)
    await office.http.aclose()
    office.connect(channel.standin.address)
    await office.sender.flush_all()
    assert office.sessions.outgoing.states([*waiting, *confirmation]) == ["withheld", "accepted"]
    assert phone.received() == ["c'est fait"]


async def test_an_answer_too_late_to_answer_anything_is_let_go(
    office: Office, phone: PhoneInHand, unused_tcp_port: int
) -> None:
    """After an hour of outage nobody wants the answer to a question long forgotten."""
    await nobody(office, unused_tcp_port)
    messages = await office.sender.send(phone.number, ["un"], "reply")
    office.time = 10.0
    with time_machine.travel(now() + STALE_AFTER + timedelta(seconds=1)):
        await office.sender.flush_all()
    assert office.sessions.outgoing.states(messages) == ["withheld"]


async def test_what_a_process_was_sending_as_it_ended_is_not_sent_again(office: Office, phone: PhoneInHand) -> None:
    """It may have been sent; what merely waited goes out after the restart."""
    begun, waiting = office.sessions.outgoing.add(phone.number, ["un", "deux"], "reply")
    office.sessions.outgoing.begin(begun)
    office.sessions.outgoing.give_up_unfinished()
    await office.sender.flush_all()
    assert office.sessions.outgoing.states([begun, waiting]) == ["unknown", "accepted"]
    assert phone.received() == ["deux"]


@pytest.mark.parametrize("kind", ["callbacks reversed", "callbacks twice"])
async def test_deliveries_told_in_any_order_end_as_delivered(channel: Channel, phone: PhoneInHand, kind: str) -> None:
    """Through the real callback, which may come before the answer to the call that made the message."""
    phone.breaks(kind=kind)
    sender = channel.telephone.line._sender
    channel.run(sender.send(phone.number, ["un"], "reply"))
    await asyncio.to_thread(channel.standin.settle)
    sid = phone.shown()[-1]["sid"]
    delivery = channel.sessions.deliveries.get(sid)
    assert delivery is not None
    assert delivery.status == "delivered"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.Response(429), NotSent),
        (httpx.Response(503), MaybeSent),
        (httpx.Response(201, content=b"<html>OK</html>"), MaybeSent),
        (httpx.Response(201, json=["SM1"]), MaybeSent),
        (httpx.Response(400, content=b"no"), SendRefused),
    ],
)
async def test_an_answer_that_is_not_twilios_is_told_from_one_that_is(
    answer: httpx.Response, error: type[Exception]
) -> None:
    """A proxy in between speaks too."""
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: answer), base_url="http://x") as http:
        with pytest.raises(error):
            await TwilioApi(http, ACCOUNT, NUMBER, "").send("+15145550100", "a")


async def test_a_messaging_service_sends_in_its_own_name() -> None:
    """Its id takes the place of the number."""
    sent: list[bytes] = []

    def note(request: httpx.Request) -> httpx.Response:
        sent.append(request.content)
        return httpx.Response(201, json={"sid": "SM1"})

    async with httpx.AsyncClient(transport=httpx.MockTransport(note), base_url="http://x") as http:
        assert await TwilioApi(http, ACCOUNT, "MG123", "http://y/status").send("+15145550100", "é") == "SM1"
    assert b"MessagingServiceSid=MG123" in sent[0]
    assert b"From=" not in sent[0]
    assert b"StatusCallback=http%3A%2F%2Fy%2Fstatus" in sent[0]
