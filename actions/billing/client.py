"""The client of the billing system's ``/v1``: one method per question, records out, the error family raised.

How long a call may take and what its answer means is the matter of :mod:`actions.billing.wire`.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import httpx

from actions.billing.records import (
    Account,
    Ageing,
    AuthorizationText,
    BankAccount,
    ContactRequest,
    Dispute,
    DocumentLink,
    EmailChange,
    Invitation,
    Invoice,
    InvoiceDetails,
    InvoicePage,
    Link,
    Payment,
    PaymentPage,
    Plan,
    PlanOptions,
    PortalUser,
    Profile,
    Record,
    SignedIn,
    Verification,
)
from actions.billing.wire import Wire

R = TypeVar("R", bound=Record)


class BillingClient(Wire):
    """Everything the actions ask the billing system."""

    # -- identity ---------------------------------------------------------------------------------
    async def send_code(self, account: str, channel: str) -> Verification:
        """Have a code sent to the address on file, if there is such an account."""
        body = {"account_number": account, "channel": channel, "language": self._language}
        return await self._change(Verification.model_validate, "/v1/verifications", body)

    async def confirm_code(self, verification: str, code: str) -> SignedIn:
        """Raises :class:`Refused` ``wrong-code``, ``locked`` or ``verification-expired``."""
        path = f"/v1/verifications/{verification}/confirm"
        return await self._change(SignedIn.model_validate, path, {"code": code})

    async def request_password_reset(self, identifier: str) -> None:
        """The answer is the same whether or not the login exists."""
        await self._change(_nothing, "/v1/password-resets", {"identifier": identifier, "language": self._language})

    async def request_enrolment(self, account: str) -> None:
        """Have the e-mail on file invited to the portal, or told how to sign in; always the same answer.

        Raises :class:`Refused` ``account-not-covered`` for a number e-billing does not cover.
        """
        await self._change(_nothing, "/v1/enrolments", {"account_number": account, "language": self._language})

    async def end_session(self) -> None:
        """Sign the customer out, everywhere."""
        await self._change(_nothing, "/v1/session", method="DELETE")

    # -- what is owed -----------------------------------------------------------------------------
    async def accounts(self) -> list[Account]:
        """The customer's accounts with what is owed on each."""
        return await self._ask(_many(Account), "/v1/accounts")

    async def ageing(self, account: str) -> Ageing:
        """What is owed on an account by how long it has been overdue."""
        return await self._ask(Ageing.model_validate, f"/v1/accounts/{account}/ageing")

    async def invoices(self, **filters: str | int | None) -> InvoicePage:
        """``account``, ``status``, ``sort``, ``cursor``, ``limit``, ``from``, ``to`` as the OpenAPI names them."""
        return await self._ask(InvoicePage.model_validate, "/v1/invoices", _given(filters))

    async def invoice(self, number: str) -> Invoice:
        """One invoice; raises :class:`NotFound` for one that is another customer's."""
        return await self._ask(Invoice.model_validate, f"/v1/invoices/{number}")

    async def invoice_details(self, number: str) -> InvoiceDetails:
        """One invoice with its lines, taxes and the invoice before it."""
        return await self._ask(InvoiceDetails.model_validate, f"/v1/invoices/{number}")

    async def document_link(self, numbers: list[str], delivery: str) -> DocumentLink:
        """A one-time link to one PDF, or to a zip of several."""
        body = {"invoices": numbers, "delivery": delivery, "language": self._language}
        return await self._change(DocumentLink.model_validate, "/v1/document-links", body)

    # -- paying -----------------------------------------------------------------------------------
    async def bank_accounts(self, account: str) -> list[BankAccount]:
        """The bank accounts payments of an account can be drawn on."""
        return await self._ask(_many(BankAccount), "/v1/bank-accounts", {"account": account})

    async def bank_account_link(self, account: str) -> Link:
        """A one-time link to the portal's bank-account page."""
        return await self._change(Link.model_validate, "/v1/bank-account-links", {"account": account})

    async def remove_bank_account(self, bank_account: str) -> None:
        """Raises :class:`Refused` ``bank-account-in-use`` while a payment from it has not left yet."""
        await self._change(_nothing, f"/v1/bank-accounts/{bank_account}", method="DELETE")

    async def authorization_text(self, bank_account: str) -> AuthorizationText:
        """The debit authorization a customer must see before consenting."""
        query = {"bank_account": bank_account, "language": self._language}
        return await self._ask(AuthorizationText.model_validate, "/v1/debit-authorizations/text", query)

    async def authorize_debits(self, body: dict[str, Any], key: str) -> None:
        """Store a consent with its evidence; harmless to repeat under the same key."""
        await self._change(_nothing, "/v1/debit-authorizations", body, key)

    async def pay(self, order: dict[str, Any], key: str) -> Payment:
        """Submit a payment. Raises :class:`OutcomeUnknown` when it may or may not have been received."""
        return await self._change(Payment.model_validate, "/v1/payments", order, key)

    async def payment_by_key(self, key: str) -> Payment:
        """The payment made under an idempotency key; :class:`NotFound` if none was."""
        return await self._ask(Payment.model_validate, f"/v1/payments/by-idempotency-key/{key}")

    async def payment(self, reference: str) -> Payment:
        """A payment by its reference."""
        return await self._ask(Payment.model_validate, f"/v1/payments/{reference}")

    async def payments(self, limit: int) -> list[Payment]:
        """The last payments, newest first."""
        return await self._ask(_many(Payment), "/v1/payments", {"limit": limit})

    async def payment_page(self, **filters: str | int | None) -> PaymentPage:
        """``account``, ``status``, ``invoice``, ``cursor``, ``limit``, ``from``, ``to`` as the OpenAPI names them."""
        return await self._ask(PaymentPage.model_validate, "/v1/payments", _given(filters))

    async def cancel_payment(self, reference: str, key: str) -> Payment:
        """Stop a payment; raises :class:`Refused` ``already-sent``. Harmless to repeat under the same key."""
        return await self._change(Payment.model_validate, f"/v1/payments/{reference}/cancellation", {}, key)

    # -- disputes and promises --------------------------------------------------------------------
    async def open_dispute(self, body: dict[str, Any], key: str) -> Dispute:
        """Object to an invoice; raises :class:`Refused` ``already-disputed`` with the case's ``number``."""
        return await self._change(Dispute.model_validate, "/v1/disputes", body, key)

    async def disputes(self) -> list[Dispute]:
        """The customer's disputes, newest first."""
        return await self._ask(_many(Dispute), "/v1/disputes")

    async def plan_options(self, account: str) -> PlanOptions:
        """What may be promised on an account."""
        return await self._ask(PlanOptions.model_validate, "/v1/payment-plans/options", {"account": account})

    async def make_plan(self, body: dict[str, Any], key: str) -> Plan:
        """Promise instalments; raises :class:`Refused` ``plan-…`` or ``already-promised``."""
        return await self._change(Plan.model_validate, "/v1/payment-plans", body, key)

    async def plans(self) -> list[Plan]:
        """What the customer has promised, newest first."""
        return await self._ask(_many(Plan), "/v1/payment-plans")

    # -- the profile ------------------------------------------------------------------------------
    async def profile(self) -> Profile:
        """What the customer set for themselves."""
        return await self._ask(Profile.model_validate, "/v1/profile")

    async def change_profile(self, **changes: str) -> Profile:
        """``language`` (``fr``, ``en``) and ``invoices_by`` (``email``, ``paper``), from now on."""
        return await self._change(Profile.model_validate, "/v1/profile", changes, method="PATCH")

    async def change_email(self, email: str, key: str) -> EmailChange:
        """Have a link sent to a new address; raises :class:`Refused` ``email-invalid`` or ``email-unchanged``."""
        body = {"email": email, "language": self._language}
        return await self._change(EmailChange.model_validate, "/v1/email-changes", body, key)

    async def users(self) -> list[PortalUser]:
        """Who may sign in to the portal for this customer."""
        return await self._ask(_many(PortalUser), "/v1/users")

    async def invite_user(self, email: str, role: str, key: str) -> Invitation:
        """Raises :class:`Refused` ``email-invalid``, ``user-exists`` or ``role-not-allowed``."""
        body = {"email": email, "role": role, "language": self._language}
        return await self._change(Invitation.model_validate, "/v1/user-invitations", body, key)

    async def remove_user(self, user: str) -> None:
        """End a user's access; raises :class:`Refused` ``cannot-remove-self`` or ``cannot-remove-owner``."""
        await self._change(_nothing, f"/v1/users/{user}", method="DELETE")

    # -- people -----------------------------------------------------------------------------------
    async def request_contact(self, body: dict[str, Any], key: str) -> ContactRequest:
        """Ask for a person to get in touch, at a time where ``callback`` (``from``, ``to``) says so."""
        return await self._change(ContactRequest.model_validate, "/v1/contact-requests", body, key)

    async def healthy(self) -> bool:
        """Whether the billing system says it can do its work."""
        try:
            return bool((await self._http.get("/health", timeout=1.0)).status_code == httpx.codes.OK)
        except httpx.HTTPError:
            return False


def _given(filters: dict[str, str | int | None]) -> dict[str, str | int]:
    return {name: value for name, value in filters.items() if value is not None}


def _many(record: type[R]) -> Callable[[Any], list[R]]:
    return lambda body: [record.model_validate(item) for item in body["items"]]


def _nothing(_: Any) -> None:
    """For a change whose answer says no more than that it was made."""
