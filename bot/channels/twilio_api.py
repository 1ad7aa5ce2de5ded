"""Sends text messages by Twilio's REST API, within a deadline and never twice.

::

    TwilioError › NotSent       certainly not sent: no connection, or 429; may be sent again later
                › SendRefused   Twilio will not send it (code)
                › MaybeSent     no answer, or none that says; must not be sent again
"""

import asyncio

import httpx
import stamina

TIMEOUT = 5.0  # seconds for one message, connecting and trying again included
_CONNECT = 2.0
_PAUSE_AT_MOST = 60  # seconds a Retry-After is believed

OPTED_OUT = 21610


class TwilioError(Exception):
    """A message was not accepted."""


class NotSent(TwilioError):
    """Twilio was not reached, or asked for a pause of ``retry_after`` seconds."""

    def __init__(self, why: str, retry_after: int = 0) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class SendRefused(TwilioError):
    """Twilio's error ``code``, such as 21610 for a telephone that opted out."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class MaybeSent(TwilioError):
    """Nobody knows whether it was sent."""


class TwilioApi:
    """One account's messages from one number, or from one messaging service (``MG…``)."""

    def __init__(self, http: httpx.AsyncClient, account_sid: str, number: str, status_callback: str) -> None:
        self._http = http
        self._path = f"/2010-04-01/Accounts/{account_sid}/Messages.json"
        sender = "MessagingServiceSid" if number.startswith("MG") else "From"
        self._fixed = {sender: number, "StatusCallback": status_callback}

    async def send(self, to: str, body: str) -> str:
        """Twilio's id of the message; raises :class:`TwilioError`."""
        form = self._fixed | {"To": to, "Body": body}
        try:
            async with asyncio.timeout(TIMEOUT):
                answer = await self._post(form)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as failure:
            raise NotSent(type(failure).__name__) from failure
        except (httpx.TransportError, TimeoutError) as failure:
            raise MaybeSent(type(failure).__name__) from failure
        return _sid_of(answer)

    @stamina.retry(on=httpx.ConnectError, attempts=2, wait_initial=0.1, wait_max=0.3)
    async def _post(self, form: dict[str, str]) -> httpx.Response:
        return await self._http.post(self._path, data=form, timeout=httpx.Timeout(TIMEOUT, connect=_CONNECT))


def twilio_http(api_url: str, account_sid: str, auth_token: str) -> httpx.AsyncClient:
    """The connection to Twilio, or to what stands in for it."""
    return httpx.AsyncClient(base_url=api_url, auth=(account_sid, auth_token), trust_env=False)


def _sid_of(answer: httpx.Response) -> str:
    """What an answer says; raises what it means."""
    body = _json_of(answer)
    if answer.is_success and isinstance(body.get("sid"), str):
        return str(body["sid"])
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        pause = answer.headers.get("Retry-After", "")
        raise NotSent("429", min(int(pause), _PAUSE_AT_MOST) if pause.isdecimal() else 1)
    if answer.is_client_error:
        code = body.get("code")
        raise SendRefused(code if isinstance(code, int) else answer.status_code)
    raise MaybeSent(f"{answer.status_code} without an id")


def _json_of(answer: httpx.Response) -> dict[str, object]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
