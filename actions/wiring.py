"""The one place where the action server's parts are put together."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import httpx

from actions.balance import CheckBalance
from actions.billing.client import BillingClient
from actions.dialogue.task import Task
from actions.documents import GetInvoicePdf
from actions.handoff import NotHereYet, TalkToAgent
from actions.identity import Identify
from actions.invoice_details import ShowInvoice
from actions.invoices import ListInvoices, ListOverdueInvoices
from actions.password import ResetPassword
from actions.payment_history import CancelPayment, PaymentStatus
from actions.payments import MakePayment
from actions.settings import ActionsSettings
from languages.formats import Language
from sessions import Sessions
from sessions.settings import SessionsSettings

_SERVED: tuple[type[Task], ...] = (
    CheckBalance,
    ListInvoices,
    ListOverdueInvoices,
    ShowInvoice,
    GetInvoicePdf,
    ResetPassword,
    MakePayment,
    PaymentStatus,
    CancelPayment,
    TalkToAgent,
    Identify,
)
_NOT_YET = (
    "dispute_invoice",
    "request_payment_plan",
    "add_bank_account",
    "update_email",
    "change_profile_language",
    "request_paper_invoices",
    "add_user",
    "enroll",
)
TASKS: Mapping[str, type[Task]] = {task.name: task for task in _SERVED} | dict.fromkeys(_NOT_YET, NotHereYet)


@dataclass(frozen=True)
class Doors:
    """What an action needs beyond the turn itself."""

    sessions: Sessions
    http: httpx.AsyncClient

    def billing(self, language: Language) -> BillingClient:
        """A client for one turn."""
        return BillingClient(self.http, language)


@cache
def doors() -> Doors:
    """Opened once per process, when the first action needs them: Rasa builds actions without arguments."""
    settings = ActionsSettings()
    http = httpx.AsyncClient(
        base_url=settings.billing_url,
        headers={"Authorization": f"Bearer {settings.service_token.get_secret_value()}"},
    )
    return Doors(Sessions.open(SessionsSettings().sessions_database_url), http)
