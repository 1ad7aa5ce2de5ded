"""Whatever happens in whatever order, nothing is sent to who has opted out but the one confirmation (T4, V1)."""

import asyncio
import tempfile
from pathlib import Path

import httpx
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.channels.sms_sending import STOPPED, SmsSender, opt_out_by_carrier
from bot.channels.twilio_api import TwilioApi
from sessions import Sessions
from tests.support.standin import ACCOUNT, NUMBER

PHONES = ("+15145550101", "+15145550102")
phones = st.sampled_from(PHONES)


class OptingOut(RuleBasedStateMachine):
    """A sender, two telephones, and a Twilio that is sometimes down, slow to believe, or knows better."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.sessions = Sessions.open(f"sqlite:///{Path(self._folder.name) / 'sessions.db'}")
        self.time = 0.0
        self.weather = "fine"
        self.out: set[str] = set()
        self.wrong: list[str] = []
        self.http = httpx.AsyncClient(transport=httpx.MockTransport(self._twilio), base_url="http://twilio")
        self.sender = SmsSender(TwilioApi(self.http, ACCOUNT, NUMBER, ""), self.sessions, lambda: self.time)

    def _twilio(self, request: httpx.Request) -> httpx.Response:
        """Takes messages as the weather lets it; notes what must not have come."""
        form = httpx.QueryParams(request.content.decode())
        if self.weather == "down":
            raise httpx.ConnectError("down", request=request)
        if self.weather == "busy":
            return httpx.Response(429, headers={"Retry-After": "1"})
        if form["To"] in self.out and form["Body"] != STOPPED:
            self.wrong.append(form["Body"])
        if self.weather == "knows better":
            return httpx.Response(400, json={"code": 21610})
        if self.weather == "silent":
            raise httpx.ReadTimeout("silent", request=request)
        return httpx.Response(201, json={"sid": f"SM{len(form['Body'])}"})

    @rule(weather=st.sampled_from(["fine", "down", "busy", "silent", "knows better"]))
    def changes(self, weather: str) -> None:
        self.weather = weather

    @rule(phone=phones)
    def answers(self, phone: str) -> None:
        asyncio.run(self.sender.send(phone, ["un", "deux"], "reply"))
        self._hear_of_carriers()

    @rule(phone=phones)
    def stops(self, phone: str) -> None:
        """As the line does it: recorded first, confirmed once."""
        news = self.sessions.consents.take_back(phone, "keyword", said="STOP", sid="SM0")
        self.sessions.outgoing.withhold_all(phone)
        self.out.add(phone)
        if news:
            asyncio.run(self.sender.send(phone, [STOPPED], STOPPED))

    @rule(phone=phones)
    def starts(self, phone: str) -> None:
        self.sessions.consents.give(phone, "keyword", said="START", sid="SM1")
        self.out.discard(phone)

    @rule(phone=phones)
    def is_told_by_a_callback(self, phone: str) -> None:
        opt_out_by_carrier(self.sessions, phone, sid="SM2")
        self.out.add(phone)

    @rule(seconds=st.sampled_from([0.5, 2.0, 10.0]))
    def waits(self, seconds: float) -> None:
        self.time += seconds
        asyncio.run(self.sender.flush_all())
        self._hear_of_carriers()

    @precondition(lambda self: self.weather == "fine")
    @rule()
    def clears_up(self) -> None:
        """With fine weather and time, nothing waits for ever."""
        self.time += 100
        asyncio.run(self.sender.flush_all())
        assert self.sessions.outgoing.phones_waiting() == []

    @invariant()
    def nothing_went_to_who_opted_out(self) -> None:
        assert self.wrong == []

    @invariant()
    def what_is_known_is_what_was_said_last(self) -> None:
        assert {phone for phone in PHONES if self.sessions.consents.opted_out(phone)} == self.out

    def _hear_of_carriers(self) -> None:
        self.out |= {phone for phone in PHONES if self.sessions.consents.opted_out(phone)}

    def teardown(self) -> None:
        asyncio.run(self.http.aclose())
        self._folder.cleanup()


TestOptingOut = OptingOut.TestCase
TestOptingOut.settings = settings(max_examples=25, stateful_step_count=25)
