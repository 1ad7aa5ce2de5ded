"""The real billing app in-process, spoken to over HTTP's shapes without a socket."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from billing.app import create_app
from billing.settings import BillingSettings

TOKEN = "a-service-token-of-the-tests"


class Billing:
    """A caller with the service's credential, and a customer's token once signed in."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def sign_in(self, email: str, password: str) -> dict[str, str]:
        """By the portal; the headers of that customer."""
        token = (await self.http.post("/demo/portal-token", json={"email": email, "password": password})).json()
        answer = await self.http.post("/v1/portal-sessions", json=token)
        return {"X-Customer-Token": answer.raise_for_status().json()["access_token"]}

    async def begin(self, account: str, **body: str) -> str:
        """Have a code sent; the verification's id."""
        answer = await self.http.post("/v1/verifications", json={"account_number": account} | body)
        return str(answer.raise_for_status().json()["verification_id"])

    async def code(self, to: str) -> str:
        """The newest code sent to an address."""
        return re.findall(r"\b\d{6}\b", (await self.outbox(to))[0]["body"])[0]

    async def outbox(self, to: str) -> list[dict[str, Any]]:
        """What was sent to an address, newest first."""
        return list((await self.http.get("/demo/outbox", params={"to": to})).json())

    async def advance(self, duration: str) -> None:
        """Let time pass."""
        (await self.http.post("/demo/clock", json={"advance": duration})).raise_for_status()

    async def payments(self) -> list[dict[str, Any]]:
        """Every payment."""
        return list((await self.http.get("/demo/payments")).json())


@asynccontextmanager
async def billing_in_process(folder: Path, **settings: Any) -> AsyncIterator[Billing]:
    """The demo's billing system as new, on SQLite unless told otherwise."""
    app = create_app(BillingSettings(data_dir=folder, service_token=TOKEN, billing_demo=True, **settings))
    async with app.router.lifespan_context(app):
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://billing", headers=headers
        ) as http:
            yield Billing(http)
