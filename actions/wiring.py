"""The one place where the action server's parts are put together."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import httpx

from actions.balance import CheckBalance
from actions.bank_accounts import AddBankAccount
from actions.billing.client import BillingClient
from actions.dialogue.task import Task
from actions.disputes import DisputeInvoice
from actions.documents import GetInvoicePdf
from actions.enrolment import Enroll
from actions.handoff import TalkToAgent
from actions.identity import Identify
from actions.invoice_details import ShowInvoice
from actions.invoices import ListInvoices, ListOverdueInvoices
from actions.password import ResetPassword
from actions.payment_history import CancelPayment, PaymentStatus
from actions.payments import MakePayment
from actions.plans import RequestPaymentPlan
from actions.profile import ChangeProfileLanguage, RequestPaperInvoices, UpdateEmail
from actions.settings import ActionsSettings
from actions.users import AddUser
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
    DisputeInvoice,
    RequestPaymentPlan,
    AddBankAccount,
    UpdateEmail,
    ChangeProfileLanguage,
    RequestPaperInvoices,
    AddUser,
    Enroll,
    TalkToAgent,
    Identify,
)
TASKS: Mapping[str, type[Task]] = {task.name: task for task in _SERVED}


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
