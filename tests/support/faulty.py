"""The network between the actions and the billing system, failing on purpose."""

import asyncio
from collections.abc import Callable

import httpx

Fault = Callable[[httpx.AsyncBaseTransport, httpx.Request], "asyncio.Future[httpx.Response]"]


class FaultyTransport(httpx.AsyncBaseTransport):
    """Passes requests on, except those to ``path``, which meet a fault while one is set."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.fault: str | None = None
        self.path = "/v1/payments"
        self.seen: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request, perhaps to its doom."""
        self.seen.append(request)
        if self.fault is None or not request.url.path.startswith(self.path):
            return await self._inner.handle_async_request(request)
        before, _, how = self.fault.partition(":")
        if before == "after":
            await (await self._inner.handle_async_request(request)).aread()
        return await self._fail(how, request)

    @staticmethod
    async def _fail(how: str, request: httpx.Request) -> httpx.Response:
        if how == "refused":
            raise httpx.ConnectError("refused", request=request)
        if how == "reset":
            raise httpx.ReadError("reset", request=request)
        if how == "blackhole":
            await asyncio.Event().wait()
        answers = {
            "500": (500, b'{"type": "/problems/boom", "status": 500}'),
            "502": (502, b"<html>Bad Gateway</html>"),
            "garbage": (200, b"<html>OK</html>"),
            "truncated": (201, b'{"reference": "ACH-'),
            "another shape": (201, b'{"status": "submitted"}'),
        }
        status, body = answers[how]
        return httpx.Response(status, content=body, request=request)
