"""A telephone call as the one who calls hears it: TwiML fetched from the assistant and followed verb by verb."""

from typing import Literal
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from pydantic import BaseModel, Field

from twilio_standin.exchange import Exchange
from twilio_standin.texts import new_sid

State = Literal["key", "pause", "queue", "ended"]
_STEPS_AT_MOST = 20  # verbs in a row; a document that redirects to itself is a fault


class Line(BaseModel):
    """Something heard; ``kind`` is how."""

    kind: Literal["said", "pressed", "silence", "queue", "end", "error"]
    text: str
    language: str | None = None


class Call(BaseModel):
    """A call under way: what was heard, and what it waits for."""

    sid: str
    phone: str
    state: State = "ended"
    seconds: int = 0
    queue: str | None = None
    lines: list[Line] = Field(default_factory=list)


class CallLeg:
    """One call from the phone's side; every step may end it."""

    def __init__(self, exchange: Exchange, phone: str) -> None:
        self.call = Call(sid=new_sid("CA"), phone=phone)
        self._exchange = exchange
        self._base = ""
        self._rest: list[ET.Element] = []
        self._gather: ET.Element | None = None
        self._leave_queue = ""

    async def begin(self) -> None:
        """Dial."""
        await self._fetch("webhooks/voice/incoming", {"CallStatus": "ringing"})

    async def press(self, digits: str) -> None:
        """Press a key; only a question hears it."""
        self.call.lines.append(Line(kind="pressed", text=digits))
        if self._gather is not None:
            await self._answer(digits)

    async def wait(self) -> None:
        """Say and press nothing until the call goes on by itself."""
        if self._gather is not None:
            self.call.lines.append(Line(kind="silence", text=""))
            if self._gather.get("actionOnEmptyResult") == "true":
                await self._answer("")
            else:
                self._gather = None
                await self._follow()
        elif self.call.state == "pause":
            await self._follow()

    async def hang_up(self) -> None:
        """Put the receiver down."""
        if self.call.state == "queue" and self._leave_queue:
            form = {"QueueResult": "hangup", "QueueTime": "1"}
            await self._exchange.webhooks.post(self._leave_queue, self._form(form))
        if self.call.state != "ended":
            await self._end()

    async def _answer(self, digits: str) -> None:
        action = self._gather.get("action", "") if self._gather is not None else ""
        self._gather = None
        await self._fetch(urljoin(self._base, action), {"Digits": digits, "CallStatus": "in-progress"})

    async def _fetch(self, address: str, details: dict[str, str]) -> None:
        answer = await self._exchange.webhooks.post(address, self._form(details))
        if answer is None or not answer.is_success:
            await self._fail(f"{address}: {answer.status_code if answer is not None else 'no answer'}")
            return
        self._base = str(answer.url)
        try:
            document = ET.fromstring(answer.text)  # noqa: S314  our own assistant's answer, in a demo
        except ET.ParseError as broken:
            await self._fail(f"{address}: {broken}")
            return
        self._rest = list(document)
        await self._follow()

    async def _follow(self) -> None:
        """Verb after verb, until one waits for the caller or for time."""
        for _ in range(_STEPS_AT_MOST):
            if not self._rest:
                await self._end()
                return
            verb = self._rest.pop(0)
            if not await self._is_over(verb):
                continue
            return
        await self._fail("more verbs than a call should have")

    async def _is_over(self, verb: ET.Element) -> bool:
        """Follow one verb; whether the next one has to wait."""
        if verb.tag == "Say":
            self._hear(verb)
            return False
        if verb.tag == "Gather":
            for said in verb.findall("Say"):
                self._hear(said)
            self._gather = verb
            self.call.state, self.call.seconds = "key", int(verb.get("timeout", "5"))
        elif verb.tag == "Pause":
            self.call.state, self.call.seconds = "pause", int(verb.get("length", "1"))
        elif verb.tag == "Redirect":
            await self._fetch(urljoin(self._base, verb.text or ""), {"CallStatus": "in-progress"})
        elif verb.tag == "Enqueue":
            self._enter(verb)
        elif verb.tag == "Hangup":
            await self._end()
        else:
            await self._fail(f"a verb this stand-in does not know: {verb.tag}")
        return True

    def _hear(self, verb: ET.Element) -> None:
        self.call.lines.append(Line(kind="said", text=verb.text or "", language=verb.get("language")))

    def _enter(self, verb: ET.Element) -> None:
        self._leave_queue = urljoin(self._base, verb.get("action", ""))
        self.call.state, self.call.queue = "queue", verb.text or ""
        self.call.lines.append(Line(kind="queue", text=verb.text or ""))

    async def _fail(self, why: str) -> None:
        self.call.lines.append(Line(kind="error", text=why))
        await self._end()

    async def _end(self) -> None:
        self.call.state, self._gather, self._rest = "ended", None, []
        self.call.lines.append(Line(kind="end", text=""))
        await self._exchange.webhooks.post("webhooks/voice/status", self._form({"CallStatus": "completed"}))

    def _form(self, details: dict[str, str]) -> dict[str, str]:
        return {
            "CallSid": self.call.sid,
            "From": self.call.phone,
            "To": self._exchange.number,
            "Direction": "inbound",
            "CallerName": "",
        } | details
