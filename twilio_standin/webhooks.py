"""Posts forms to the assistant as Twilio does, signed with the account's token."""

from urllib.parse import urljoin

import httpx
import structlog
from twilio.request_validator import RequestValidator

log = structlog.get_logger()

_TIMEOUT = 15.0  # seconds, as Twilio's


class Webhooks:
    """The assistant's addresses under its public URL."""

    def __init__(self, public_url: str, account_sid: str, auth_token: str) -> None:
        self._base = f"{public_url.rstrip('/')}/"
        self._account = account_sid
        self._validator = RequestValidator(auth_token)
        self._http = httpx.AsyncClient(timeout=_TIMEOUT, trust_env=False)

    async def post(self, address: str, form: dict[str, str]) -> httpx.Response | None:
        """The answer of an address, absolute or below the public URL; ``None`` where nobody answers."""
        url = urljoin(self._base, address)
        form = {"AccountSid": self._account, "ApiVersion": "2010-04-01"} | form
        headers = {"X-Twilio-Signature": self._validator.compute_signature(url, form)}
        try:
            return await self._http.post(url, data=form, headers=headers)
        except httpx.TransportError as failure:
            log.warning("webhook.unanswered", url=url, why=type(failure).__name__)
            return None

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()
