"""Hands text messages that are notices to the assistant, which sends them: it knows who wants no texts, and answers."""

from datetime import timedelta
from typing import Any

import httpx
import structlog
from fastapi.concurrency import run_in_threadpool

from billing.clock import Clock
from billing.mail.delivery import claim, mark, waiting
from billing.services.outbox import language_of
from billing.services.preferences import wants
from billing.storage.database import Database
from billing.storage.tables import Customer, Outgoing

log = structlog.get_logger()

TIMEOUT = 10.0  # seconds; less than a claim lasts
STALE_AFTER = timedelta(hours=24)  # what was true then may not be true any more

_UNDECIDED = (Outgoing.notice.is_not(None), Outgoing.withheld.is_(None))
_LATER = (httpx.codes.UNAUTHORIZED, httpx.codes.NOT_FOUND, httpx.codes.CONFLICT, httpx.codes.TOO_MANY_REQUESTS)


async def deliver_texts(database: Database, clock: Clock, http: httpx.AsyncClient, notices_url: str) -> int:
    """Hand over what waits; how many were taken.

    What the assistant cannot take now (it is down, or in the middle of something with that customer) is
    offered again when its claim is over; the assistant knows by the id what it has taken before.
    """
    if not notices_url:
        return 0
    taken = 0
    for number in await run_in_threadpool(waiting, database, "sms", *_UNDECIDED):
        text = await run_in_threadpool(claim, database, number)
        if text is None:
            continue
        body = await run_in_threadpool(_prepared, database, clock, text)
        if body is not None:
            taken += await _hand_over(database, clock, http, notices_url, text, body)
    return taken


def _prepared(database: Database, clock: Clock, text: Outgoing) -> dict[str, Any] | None:
    """The notice as the assistant takes it; ``None`` and noted when it is not wanted or not true any more."""
    with database.read() as session:
        customer = session.get(Customer, text.customer_id)
    why = None
    if customer is None or not wants(customer, "sms", text.notice or ""):
        why = "not_wanted"
    elif text.created_at + STALE_AFTER < clock.now():
        why = "stale"
    if customer is None or why is not None:
        mark(database, text.number, withheld=why)
        log.warning("notice.withheld", text=text.number, why=why)
        return None
    return {
        "id": f"{text.number}-{text.created_at:%Y%m%d%H%M%S%f}",
        "phone": text.to,
        "language": language_of(customer),
        "kind": text.notice,
        "text": text.body,
        **(text.facts or {}),
    }


async def _hand_over(
    database: Database, clock: Clock, http: httpx.AsyncClient, notices_url: str, text: Outgoing, body: dict[str, Any]
) -> bool:
    """Whether the assistant took it."""
    try:
        answer = await http.post(notices_url, json=body, timeout=TIMEOUT)
    except httpx.HTTPError as failure:
        log.warning("notice.not_handed_over", text=text.number, kind=type(failure).__name__)
        return False
    if answer.is_success:
        outcome = _outcome(answer)
        if outcome == "sent":
            await run_in_threadpool(mark, database, text.number, delivered_at=clock.now())
            return True
        await run_in_threadpool(mark, database, text.number, withheld=outcome)
        log.info("notice.withheld", text=text.number, why=outcome)
    elif answer.is_client_error and answer.status_code not in _LATER:
        await run_in_threadpool(mark, database, text.number, withheld="refused")
        log.error("notice.refused", text=text.number, status=answer.status_code)
    return False


def _outcome(answer: httpx.Response) -> str:
    try:
        body = answer.json()
    except ValueError:
        return "unknown"
    outcome = body.get("outcome") if isinstance(body, dict) else None
    return outcome[:16] if isinstance(outcome, str) else "unknown"
