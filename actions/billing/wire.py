"""The wire to the billing system: deadlines, what is asked again, and what each answer means.

A customer hears from us within 3 s, so all calls of one turn share :data:`TURN_BUDGET`.
Only questions are asked again, and only when no connection was made; a change is sent once per call.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Self, TypeVar

import httpx
import stamina
from pydantic import ValidationError

from actions.billing.errors import (
    BillingError,
    BillingUnavailable,
    IdentityNotAccepted,
    NotFound,
    OutcomeUnknown,
    Refused,
)
from languages.formats import Language

TURN_BUDGET = 2.5  # seconds, for all the calls of one turn
CHANGE_AT_MOST = 1.8  # seconds, so that a change without an answer can still be looked up in its turn
_LEAST = 0.2  # seconds: a call that is still made gets a chance to be answered
_CONNECT = 0.5

T = TypeVar("T")


class Wire:
    """Speaks for the service within one turn, and for one customer where a ``token`` is given."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        language: Language,
        token: str | None = None,
        until: float | None = None,
    ) -> None:
        self._http = http
        self._language = language
        self._token = token
        self._until = until if until is not None else asyncio.get_running_loop().time() + TURN_BUDGET

    def speaking_for(self, token: str) -> Self:
        """The same client, with the same time left, with a customer's access token."""
        return type(self)(self._http, self._language, token, self._until)

    def with_time(self) -> Self:
        """The same client with the time of a new turn, for work that outlives this one."""
        return type(self)(self._http, self._language, self._token)

    async def _ask(self, read: Callable[[Any], T], path: str, query: dict[str, Any] | None = None) -> T:
        """A question: nothing changes, so a connection that failed is tried once more."""

        @stamina.retry(on=httpx.ConnectError, attempts=2, wait_initial=0.1, wait_max=0.2)
        async def attempt() -> httpx.Response:
            return await self._http.get(path, params=query, headers=self._headers(), timeout=_timeout(left))

        left = self._time_left()
        try:
            async with asyncio.timeout(left):
                response = await attempt()
        except (httpx.TransportError, TimeoutError) as failure:
            raise BillingUnavailable(str(failure)) from failure
        return _content(response, read, BillingUnavailable)

    async def _change(
        self, read: Callable[[Any], T], path: str, body: dict[str, Any] | None = None, key: str | None = None,
        *, method: str = "POST",
    ) -> T:  # fmt: skip
        """A change: sent once. Without a connection nothing was sent; afterwards nobody knows."""
        headers = self._headers() | ({"Idempotency-Key": key} if key else {})
        left = min(self._time_left(), CHANGE_AT_MOST)
        try:
            async with asyncio.timeout(left):
                response = await self._http.request(method, path, json=body, headers=headers, timeout=_timeout(left))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as failure:
            raise BillingUnavailable(str(failure)) from failure
        except (httpx.TransportError, TimeoutError) as failure:
            raise OutcomeUnknown(str(failure)) from failure
        return _content(response, read, OutcomeUnknown)

    def _time_left(self) -> float:
        return max(self._until - asyncio.get_running_loop().time(), _LEAST)

    def _headers(self) -> dict[str, str]:
        spoken = {"Accept-Language": f"{self._language}-CA"}
        return spoken | ({"X-Customer-Token": self._token} if self._token else {})


def _timeout(left: float) -> httpx.Timeout:
    return httpx.Timeout(left, connect=min(left, _CONNECT))


def _content(response: httpx.Response, read: Callable[[Any], T], broken: type[BillingError]) -> T:
    """What a success says; otherwise the error its status and problem code mean."""
    body = _json_of(response)
    if response.is_success and body is not None:
        try:
            return read(body)
        except (ValidationError, KeyError, TypeError) as garbage:
            raise broken(f"an answer of another shape from {response.request.url.path}") from garbage
    if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR or not isinstance(body, dict):
        raise broken(f"{response.status_code} from {response.request.url.path}")
    raise _refusal(response.status_code, body)


def _refusal(status: int, body: dict[str, Any]) -> BillingError:
    """The error a problem document means, by the last segment of its ``type``."""
    code = str(body.get("type", "")).rsplit("/", 1)[-1]
    if code == "customer-unauthorised":
        return IdentityNotAccepted()
    if code == "fresh-verification-required":
        return IdentityNotAccepted(fresh=True)
    if code == "idempotency-in-progress":
        return OutcomeUnknown(code)
    if status == httpx.codes.NOT_FOUND:
        return NotFound(code)
    return Refused(code, body)


def _json_of(response: httpx.Response) -> Any:
    """The body as JSON, an empty object for no content, ``None`` for what is no JSON."""
    if not response.content:
        return {}
    try:
        return response.json()
    except ValueError:
        return None
