"""What the actions' billing client asks, the real billing system answers; what it refuses, the client names."""

import uuid
from datetime import datetime
from decimal import Decimal

import pytest

from actions.billing.client import BillingClient
from actions.billing.errors import IdentityNotAccepted, NotFound, Refused
from company import COMPANY
from tests.support.billing import Billing

BAKERY, BAKERY_MAIL = "1000482915", "comptes@boulangerie-saint-roch.example"
CLINIC, CLINIC_MAIL = "1000731264", "office@prairie-dental.example"


async def known(billing: Billing, account: str = BAKERY, email: str = BAKERY_MAIL) -> BillingClient:
    """A client that speaks for a customer proven by code."""
    service = BillingClient(billing.http, "fr")
    verification = await service.send_code(account, "email")
    signed_in = await service.confirm_code(verification.verification_id, await billing.code(email))
    assert signed_in.method == "code"
    assert account in signed_in.customer.accounts
    return service.speaking_for(signed_in.access_token)


async def test_accounts_and_invoices_come_as_records(billing: Billing) -> None:
    """Exact money, real dates."""
    client = await known(billing)
    (account,) = await client.accounts()
    assert (account.total_due, account.overdue_count) == (Decimal("3101.18"), 2)
    page = await client.invoices(status="overdue", sort="due", limit=1)
    assert (page.total_count, page.total_balance, page.next_cursor is None) == (2, Decimal("1816.68"), False)
    details = await client.invoice_details("34823011")
    assert details.subtotal + sum(tax.amount for tax in details.taxes) == details.total == Decimal("1284.50")
    assert sum(line.amount for line in details.lines) == details.subtotal
    assert details.previous is not None
    assert (await client.invoice("34821907")).status == "overdue"


async def test_a_payment_is_made_found_by_its_key_and_cancelled(billing: Billing) -> None:
    """The whole way, under one key."""
    client = await known(billing)
    (bank,) = await client.bank_accounts(BAKERY)
    order = {
        "account": BAKERY,
        "bank_account": bank.id,
        "date": datetime.now(COMPANY.zone).date().isoformat(),
        "allocations": [{"invoice": "34821907", "amount": "500.00"}],
        "language": "fr",
    }
    key = str(uuid.uuid4())
    payment = await client.pay(order, key)
    assert (payment.amount, payment.status, payment.invoices[0].number) == (Decimal("500.00"), "submitted", "34821907")
    assert (await client.payment_by_key(key)).reference == payment.reference
    assert [one.reference for one in await client.payments(3)] == [payment.reference]
    assert (await client.cancel_payment(payment.reference, str(uuid.uuid4()))).status == "cancelled"
    with pytest.raises(Refused, match="already-sent"):
        await client.cancel_payment(payment.reference, str(uuid.uuid4()))


async def test_a_consent_is_shown_and_kept(billing: Billing) -> None:
    """In the language the client speaks."""
    client = await known(billing, CLINIC, CLINIC_MAIL)
    (bank,) = await client.bank_accounts(CLINIC)
    text = await client.authorization_text(bank.id)
    assert text.language == "fr"
    body = {"bank_account": bank.id, "version": text.version, "language": "fr", "evidence": {"said": "oui"}}
    await client.authorize_debits(body, "key-1")
    await client.authorize_debits(body, "key-1")
    assert [one.authorized for one in await client.bank_accounts(CLINIC)] == [True]


async def test_links_and_requests_are_made(billing: Billing) -> None:
    """Each with an address or a number."""
    client = await known(billing)
    document = await client.document_link(["34821907"], "direct")
    assert (document.title, document.media_type) == ("Facture 34821907", "application/pdf")
    assert (await client.bank_account_link(BAKERY)).url.startswith("http")
    await client.request_password_reset(BAKERY_MAIL)
    request = {"topic": "t", "summary": "s", "language": "fr", "channel": "web", "conversation": "c", "transcript": []}
    assert (await client.request_contact(request, "key")).number


async def test_each_refusal_has_its_error(billing: Billing) -> None:
    """The family of actions/billing/errors.py."""
    stranger = BillingClient(billing.http, "fr")
    with pytest.raises(IdentityNotAccepted):
        await stranger.accounts()
    with pytest.raises(IdentityNotAccepted):
        await stranger.speaking_for("no-such-token").accounts()
    verification = await stranger.send_code(BAKERY, "email")
    with pytest.raises(Refused, match="wrong-code") as wrong:
        await stranger.confirm_code(verification.verification_id, "x")
    assert wrong.value.facts["attempts_left"] == 4
    client = await known(billing)
    with pytest.raises(NotFound):
        await client.invoice("40117352")
    with pytest.raises(NotFound):
        await client.payment_by_key("no-such-key")
    await billing.advance("PT11M")
    (bank,) = await client.bank_accounts(BAKERY)
    order = {
        "account": BAKERY,
        "bank_account": bank.id,
        "date": "2026-01-01",
        "allocations": [{"invoice": "34821907", "amount": "1.00"}],
    }
    with pytest.raises(IdentityNotAccepted) as refused:
        await client.pay(order, "key")
    assert refused.value.fresh
