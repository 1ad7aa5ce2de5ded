"""Every answer the tests get from ``/v1`` is one its OpenAPI tells of."""

import re
from typing import Any

import httpx

from billing.api.documentation import MEDIA_TYPE

_NOT_ABOUT_THE_ROUTE = {404, 405}  # a path or a method there is none of


class Promised:
    """The answers an OpenAPI document promises."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._operations = [
            (method, re.compile(re.sub(r"\\{[^}]+\\}", "[^/]+", re.escape(path))), operation["responses"])
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
        ]

    async def check(self, response: httpx.Response) -> None:
        """Raise ``AssertionError`` for a status or a problem the route does not tell of."""
        request = response.request
        if not request.url.path.startswith("/v1/"):
            return
        responses = self._responses(request.method.lower(), request.url.path)
        if responses is None:
            assert response.status_code in _NOT_ABOUT_THE_ROUTE
            return
        told = responses.get(str(response.status_code))
        assert told is not None, f"{request.method} {request.url.path} does not tell of {response.status_code}"
        if response.status_code >= httpx.codes.BAD_REQUEST:
            assert response.headers["content-type"] == MEDIA_TYPE
            await response.aread()
            code = response.json()["type"].removeprefix("/problems/")
            assert code in told["content"][MEDIA_TYPE]["examples"], f"{request.url.path} does not tell of {code}"

    def _responses(self, method: str, path: str) -> dict[str, Any] | None:
        # A path without a parameter is the more particular one.
        found = [
            (pattern.pattern, told)
            for verb, pattern, told in self._operations
            if verb == method and pattern.fullmatch(path)
        ]
        return min(found, key=lambda one: "[^/]+" in one[0])[1] if found else None
