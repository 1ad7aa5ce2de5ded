"""Each failure of the billing system names one reply; what is logged and what is said live apart."""

import structlog

from actions.billing.errors import BillingError, NotFound, OutcomeUnknown, Refused

log = structlog.get_logger()

_REFUSALS = {
    "amount-above-due": "refused_amount_above_due",
    "invoice-paid": "refused_invoice_paid",
    "date-out-of-range": "refused_date",
    "amount-invalid": "refused_amount",
    "too-many-codes": "refused_too_many_codes",
}


def reply_for(error: BillingError) -> str:
    """The name of the reply that tells a customer of this error."""
    if isinstance(error, NotFound):
        return "not_found"
    if isinstance(error, Refused):
        return _REFUSALS.get(error.code, "billing_refused")
    if isinstance(error, OutcomeUnknown):
        return "billing_slow"
    return "billing_down"


def record(error: BillingError, conversation: str) -> None:
    """Log a failure without anything the customer said."""
    log.warning("billing.failed", conversation=conversation, kind=type(error).__name__, reason=str(error))
