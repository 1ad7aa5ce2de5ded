"""Twilio's side of a webhook, as a test writes it down: a form, and the signature the twilio library makes for it."""

from typing import Any
from urllib.parse import urlencode

import httpx
from twilio.request_validator import RequestValidator

from tests.support.standin import NUMBER, TOKEN


class Caller:
    """Posts forms to the assistant's webhooks; ``signed_for`` and ``token`` say what is wrong with a signature."""

    def __init__(self, assistant: str) -> None:
        self._assistant = assistant
        self.http = httpx.AsyncClient(base_url=assistant, timeout=20, trust_env=False)

    async def post(
        self,
        path: str,
        form: dict[str, str],
        *,
        token: str = TOKEN,
        signed_for: str | None = None,
        signed: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """One request; ``signed`` is the form the signature is made for, when it is not the one sent."""
        url = signed_for or f"{self._assistant}{path}"
        signature = RequestValidator(token).compute_signature(url, form if signed is None else signed)
        sent = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"} | (headers or {})
        return await self.http.post(path, content=urlencode(form), headers=sent)

    async def text(self, sid: str, phone: str, body: str, **details: str) -> httpx.Response:
        """A text comes in, with the blank members Twilio sends along."""
        return await self.post("/webhooks/sms/incoming", text_form(sid, phone, body) | details)

    async def status(self, sid: str, status: str, **details: Any) -> httpx.Response:
        """A delivery callback."""
        return await self.post("/webhooks/sms/status", {"MessageSid": sid, "MessageStatus": status} | details)

    async def call(self, step: str, sid: str, phone: str, digits: str | None = None, **details: str) -> httpx.Response:
        """A step of a telephone call."""
        form = {"CallSid": sid, "From": phone, "To": NUMBER} | details
        return await self.post(f"/webhooks/voice/{step}", form | ({} if digits is None else {"Digits": digits}))


def text_form(sid: str, phone: str, body: str) -> dict[str, str]:
    """The form of a text that comes in."""
    return {"MessageSid": sid, "From": phone, "To": NUMBER, "Body": body, "NumMedia": "0", "FromCity": ""}
