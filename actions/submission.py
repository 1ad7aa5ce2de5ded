"""Sends a payment the customer has said yes to: once, under its own key, and followed to a known outcome.

security.md P1–P3: the key is committed before the first byte; "submitted" is said only with the billing
system's reference; an unknown outcome is looked up by its key, never sent again under another.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Literal

import structlog

from actions.billing.client import BillingClient
from actions.billing.errors import (
    BillingError,
    BillingUnavailable,
    IdentityNotAccepted,
    NotFound,
    OutcomeUnknown,
    Refused,
)
from actions.billing.records import Payment
from sessions.drafts import Draft, Drafts

log = structlog.get_logger()

LOOK_UP_AFTER = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 3600))
_watching: set[asyncio.Task[None]] = set()  # a task nobody holds may be collected before it ends

Outcome = Payment | Literal["unknown", "not_received"]


async def submit(drafts: Drafts, customer: BillingClient, draft: Draft) -> Outcome:
    """Send an authorised draft.

    Raises what was certainly not done: :class:`BillingUnavailable`,
    :class:`IdentityNotAccepted` (the draft may be authorised again), :class:`Refused`, :class:`NotFound`.
    """
    try:
        payment = await customer.pay(draft.order, draft.idempotency_key)
    except OutcomeUnknown:
        drafts.unknown(draft.id)
        return await _look_once(drafts, customer, draft)
    except (BillingUnavailable, IdentityNotAccepted):
        drafts.back_to_read_back(draft.id)
        raise
    except (Refused, NotFound):
        drafts.refused(draft.id)
        raise
    drafts.accepted(draft.id, payment.reference, told=True)
    return payment


async def look_up(drafts: Drafts, customer: BillingClient, draft: Draft) -> Outcome:
    """Ask what became of a draft. Not there means not received: the customer may say yes to it again."""
    try:
        payment = await customer.payment_by_key(draft.idempotency_key)
    except NotFound:
        drafts.not_received(draft.id)
        return "not_received"
    except BillingUnavailable:
        return "unknown"
    drafts.accepted(draft.id, payment.reference, told=True)
    return payment


async def _look_once(drafts: Drafts, customer: BillingClient, draft: Draft) -> Outcome:
    """Right after a silence "not there" proves nothing: the request may still be on its way."""
    try:
        payment = await customer.payment_by_key(draft.idempotency_key)
    except BillingError:
        return "unknown"
    drafts.accepted(draft.id, payment.reference, told=True)
    return payment


def watch(drafts: Drafts, customer: Callable[[], BillingClient], draft: Draft) -> None:
    """Look the draft up from time to time; the customer is told at their next turn."""
    task = asyncio.create_task(_watch(drafts, customer, draft))
    _watching.add(task)
    task.add_done_callback(_watching.discard)


async def _watch(drafts: Drafts, customer: Callable[[], BillingClient], draft: Draft) -> None:
    for pause in LOOK_UP_AFTER:
        await asyncio.sleep(pause.total_seconds())
        now = drafts.get(draft.id)
        if now is None or not now.is_unsettled:
            return
        try:
            payment = await customer().payment_by_key(draft.idempotency_key)
        except BillingError as error:
            log.info("payment.still_unknown", draft=draft.id, reason=str(error))
            continue
        drafts.accepted(draft.id, payment.reference, told=False)
        log.info("payment.found", draft=draft.id, reference=payment.reference)
        return
    log.error("payment.outcome_unknown", draft=draft.id)
