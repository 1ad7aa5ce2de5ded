"""The one place where the billing system is put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
import structlog
from fastapi import Depends, FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import SQLAlchemyError

from billing.api import bank_accounts, disputes, identity, invoices, payments, plans, profile, requests, users
from billing.api.dependencies import System, require_service
from billing.api.documentation import describe_problems
from billing.api.errors import answer_problems
from billing.clock import Clock
from billing.demo import routes as demo
from billing.demo.customers import check_or_mark, seed
from billing.mail.delivery import deliver
from billing.mail.texts import deliver_texts
from billing.passing_time import let_time_pass
from billing.portal import routes as portal
from billing.portal.pages import STATIC, STATIC_PATH
from billing.services.idempotency import Idempotency
from billing.settings import BillingSettings
from billing.storage.database import Database

log = structlog.get_logger()

TICK = 5.0  # seconds between looks at what time has done


def create_app(settings: BillingSettings) -> FastAPI:
    """The whole billing system on the database of its settings; opened by its lifespan."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        system = await run_in_threadpool(_open, settings)
        app.state.system = system
        async with httpx.AsyncClient(headers={"Authorization": f"Bearer {system.key}"}, trust_env=False) as http:
            ticking = asyncio.create_task(_tick(system, http))
            yield
            ticking.cancel()
            with suppress(asyncio.CancelledError):
                await ticking
        system.database.close()

    app = FastAPI(title="Reference billing system", version="1", lifespan=lifespan)
    for module in (identity, profile, users, invoices, disputes, plans, bank_accounts, payments, requests):
        app.include_router(module.router, prefix="/v1", dependencies=[Depends(require_service)])
    app.include_router(portal.router)
    app.mount(STATIC_PATH, StaticFiles(directory=STATIC))
    if settings.billing_demo:
        app.include_router(demo.router)
    app.add_api_route("/health", _health(app), include_in_schema=True, tags=["health"])
    answer_problems(app)
    describe_problems(app)
    return app


def _open(settings: BillingSettings) -> System:
    database = Database(settings.billing_database_url)
    database.migrate()
    clock = Clock(database)
    if settings.billing_demo:
        with database.write() as session:
            if check_or_mark(session):
                seed(session, clock.today())
    return System(settings, database, clock, Idempotency(database))


def _health(app: FastAPI) -> Any:
    def health() -> JSONResponse:
        """Whether the billing system can do its work."""
        try:
            app.state.system.database.ping()
        except SQLAlchemyError as error:
            return JSONResponse({"status": "down", "database": type(error).__name__}, 503)
        return JSONResponse({"status": "ok", "database": "ok"})

    return health


async def _tick(system: System, http: httpx.AsyncClient) -> None:
    """Let time have its effects and send what waits in the outbox, for as long as the system runs."""
    while True:
        try:
            await run_in_threadpool(_let_time_pass, system)
            await deliver(system.database, system.clock, system.settings.smtp_url)
            await deliver_texts(system.database, system.clock, http, system.settings.notices_url)
        except (SQLAlchemyError, OSError) as error:
            log.warning("tick.failed", kind=type(error).__name__)  # the next tick tries again
        await asyncio.sleep(TICK)


def _let_time_pass(system: System) -> None:
    with system.database.write() as session:
        let_time_pass(session, system.clock.now(), system.settings.billing_public_url)
