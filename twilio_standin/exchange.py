"""The telephone exchange: carries texts between the phones and the assistant, and tells what became of them."""

import asyncio

from twilio_standin.faults import Fault, Faults
from twilio_standin.settings import StandinSettings
from twilio_standin.texts import Text, Texts, new_sid
from twilio_standin.webhooks import Webhooks

_LANDLINE = 30006


class Exchange:
    """Everything the stand-in knows."""

    def __init__(self, settings: StandinSettings) -> None:
        self.account = settings.twilio_account_sid
        self.token = settings.twilio_auth_token.get_secret_value()
        self.number = settings.twilio_number
        self.texts = Texts()
        self.faults = Faults()
        self.webhooks = Webhooks(settings.public_url, self.account, self.token)
        self._running: set[asyncio.Task[None]] = set()

    async def send(self, phone: str, body: str, media: int = 0, sid: str | None = None) -> Text:
        """A phone writes to the assistant; a ``sid`` that was used before is Twilio sending a message again."""
        text = Text(sid=sid or new_sid("SM"), phone=phone, direction="sent", body=body, status="received")
        if self.texts.find(text.sid) is None:
            self.texts.add(text)
        form = {"MessageSid": text.sid, "SmsSid": text.sid, "From": phone, "To": self.number, "Body": body}
        answer = await self.webhooks.post("webhooks/sms/incoming", form | self._details(media))
        text.status = "received" if answer is not None and answer.is_success else "failed"
        text.error_code = None if answer is not None and answer.is_success else 11200
        return text

    def deliver(self, text: Text, callback: str, fault: Fault | None) -> None:
        """Carry a text to its phone and tell the assistant, as fast as nobody waits for it."""
        self.texts.add(text)
        task = asyncio.create_task(self._carry(text, callback, fault))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def settle(self) -> None:
        """Let every delivery under way come to its end."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    async def close(self) -> None:
        """Settle, and let go of the connections."""
        await self.settle()
        await self.webhooks.close()

    async def _carry(self, text: Text, callback: str, fault: Fault | None) -> None:
        steps = self._steps(text, fault)
        for status, code in steps:
            text.error_code = code
            if text.status not in ("delivered", "undelivered"):
                text.status = status
            if callback:
                await self._tell(text, callback, status, code)

    def _steps(self, text: Text, fault: Fault | None) -> list[tuple[str, int | None]]:
        steps: list[tuple[str, int | None]] = [("sent", None), ("delivered", None)]
        if self.texts.phone(text.phone).landline:
            steps = [("sent", None), ("undelivered", _LANDLINE)]
        elif fault is not None and fault.kind == "undelivered":
            steps = [("sent", None), ("undelivered", fault.code)]
        if fault is not None and fault.kind == "callbacks reversed":
            steps.reverse()
        if fault is not None and fault.kind == "callbacks twice":
            steps = [step for step in steps for _ in range(2)]
        if fault is not None and fault.kind == "no callbacks":
            steps.clear()
        return steps

    async def _tell(self, text: Text, callback: str, status: str, code: int | None) -> None:
        form = {"MessageSid": text.sid, "MessageStatus": status, "To": text.phone, "From": self.number}
        await self.webhooks.post(callback, form | ({"ErrorCode": str(code)} if code else {}))

    @staticmethod
    def _details(media: int) -> dict[str, str]:
        """What else Twilio sends, blank members included: the signature covers them."""
        return {"NumMedia": str(media), "NumSegments": "1", "FromCity": "", "FromState": "", "FromCountry": "CA"}
