"""The page at ``/`` and what the demo adds to it."""

from pathlib import Path

import httpx
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, file, json

from bot.settings import AssistantSettings

WEB = Path(__file__).parent.parent / "web"


def headers(public_url: str) -> dict[str, str]:
    """The page loads nothing from elsewhere; its charts come from ``public_url``, by whatever name it was opened."""
    policy = (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: {public_url}; "
        "connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
    }


def serve_pages(app: Sanic, settings: AssistantSettings) -> None:
    """Mount the page; with the demo, the sign-in of its customers too."""
    own = headers(settings.public_url.rstrip("/"))

    @app.middleware("request")
    async def page(request: Request) -> HTTPResponse | None:
        # Before routing, because Rasa's API has a greeting of its own at this address.
        if request.path == "/" and request.method in ("GET", "HEAD"):
            return await file(WEB / "index.html", headers=own)
        return None

    @app.middleware("response")
    async def guarded(request: Request, response: HTTPResponse) -> None:
        if request.path.startswith("/static/"):
            response.headers.update(own)

    app.static("/static", WEB)
    if settings.billing_demo:
        _serve_demo(app, settings.billing_url.rstrip("/"))


def _serve_demo(app: Sanic, billing_url: str) -> None:
    """Sign in as a demo customer; the published passwords stay on this side."""

    @app.get("/demo/customers")
    async def customers(_: Request) -> HTTPResponse:
        everybody = await _everybody(billing_url)
        return json(
            [{name: one[name] for name in ("name", "language", "email")} for one in everybody if one["portal_password"]]
        )

    @app.post("/demo/sign-in")
    async def sign_in(request: Request) -> HTTPResponse:
        email = request.json.get("email") if isinstance(request.json, dict) else None
        found = [one for one in await _everybody(billing_url) if one["email"] == email]
        if not found:
            return json({"error": "no such demo customer"}, 404)
        credentials = {"email": email, "password": found[0]["portal_password"] or ""}
        async with httpx.AsyncClient(base_url=billing_url, timeout=3.0) as http:
            answer = await http.post("/demo/portal-token", json=credentials)
        return json(answer.json(), answer.status_code)


async def _everybody(billing_url: str) -> list[dict[str, str]]:
    async with httpx.AsyncClient(base_url=billing_url, timeout=3.0) as http:
        answer = await http.get("/demo/customers")
    return list(answer.raise_for_status().json())
