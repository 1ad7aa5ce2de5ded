"""The real billing app in-process, spoken to over HTTP's shapes without a socket."""

import re
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from billing.app import create_app
from billing.settings import BillingSettings
from billing.storage.database import Database
from tests.support.openapi import Promised

TOKEN = "a-service-token-of-the-tests"


class Billing:
    """A caller with the service's credential, and a customer's token once signed in.

    ``database`` is the system's own, for what no caller can bring about.
    """

    def __init__(self, http: httpx.AsyncClient, database: Database) -> None:
        self.http = http
        self.database = database

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

    async def sign_in_by_code(self, account: str, email: str) -> dict[str, str]:
        """By a code to the address on file; the headers of that customer."""
        verification = await self.begin(account)
        code = {"code": await self.code(email)}
        answer = await self.http.post(f"/v1/verifications/{verification}/confirm", json=code)
        return {"X-Customer-Token": answer.raise_for_status().json()["access_token"]}

    async def get(self, path: str, headers: dict[str, str], **query: str) -> Any:
        """What a question of a customer's is answered."""
        return (await self.http.get(path, headers=headers, params=query)).raise_for_status().json()

    async def create(self, path: str, headers: dict[str, str], body: dict[str, Any], key: str = "") -> httpx.Response:
        """A creating call, under a key of its own unless one is given."""
        return await self.http.post(path, json=body, headers=headers | {"Idempotency-Key": key or str(uuid.uuid4())})

    async def pay(self, headers: dict[str, str], account: str, day: date, *parts: tuple[str, str]) -> httpx.Response:
        """Pay parts of invoices from the account's first bank account."""
        banks = await self.get("/v1/bank-accounts", headers, account=account)
        allocations = [{"invoice": invoice, "amount": amount} for invoice, amount in parts]
        body = {"account": account, "bank_account": banks["items"][0]["id"], "date": day.isoformat()}
        return await self.create("/v1/payments", headers, body | {"allocations": allocations})

    async def link(self, to: str, page: str) -> str:
        """The address of a page in the newest letter to somebody that has one."""
        letters = [letter["body"] for letter in await self.outbox(to) if f"/portal/{page}/" in letter["body"]]
        return next(word for word in letters[0].split() if f"/portal/{page}/" in word)

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
            transport=httpx.ASGITransport(app),
            base_url="http://billing",
            headers=headers,
            event_hooks={"response": [_promised().check]},
        ) as http:
            yield Billing(http, app.state.system.database)


@cache
def _promised() -> Promised:
    """What the API promises: the same for every test, and slow to write down."""
    return Promised(create_app(BillingSettings(service_token=TOKEN, billing_database_url="sqlite://")).openapi())
