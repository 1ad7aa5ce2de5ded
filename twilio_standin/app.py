"""The one place where the stand-in is put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from twilio_standin import messages_api, phone_api
from twilio_standin.exchange import Exchange
from twilio_standin.settings import StandinSettings

STATIC = Path(__file__).parent / "static"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


def create_app(settings: StandinSettings) -> FastAPI:
    """Twilio's API, the phone's API and its page."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.exchange = Exchange(settings)
        app.state.calls = {}
        async with httpx.AsyncClient(base_url=settings.billing_url, timeout=3.0, trust_env=False) as billing:
            app.state.billing = billing
            yield
        await app.state.exchange.close()

    app = FastAPI(title="Stand-in for Twilio", openapi_url=None, lifespan=lifespan)
    app.include_router(messages_api.router)
    app.include_router(phone_api.router, prefix="/api")
    app.mount("/static", StaticFiles(directory=STATIC))

    @app.get("/")
    async def page() -> FileResponse:
        return FileResponse(STATIC / "index.html", headers=HEADERS)

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    return app
