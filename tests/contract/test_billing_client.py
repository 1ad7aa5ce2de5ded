"""What the actions' billing client asks, the real billing system answers; what it refuses, the client names."""

import uuid
from datetime import datetime, timedelta
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


async def test_what_is_owed_is_aged_and_changes_are_explained(billing: Billing) -> None:
    """Exact money, in both languages."""
    client = await known(billing)
    ageing = await client.ageing(BAKERY)
    assert sum(bucket.amount for bucket in ageing.buckets) == ageing.total == Decimal("3101.18")
    assert [bucket.name for bucket in ageing.buckets] == ["current", "1-30", "31-60", "61-90", "over-90"]
    previous = (await client.invoice_details("34820788")).previous
    assert previous is not None
    difference = sum((change.now or 0) - (change.before or 0) for change in previous.changes)
    assert difference == Decimal("25.52")
    biggest = (await client.invoices(sort="-balance", limit=1)).items[0]
    assert biggest.balance == Decimal("1284.50")


async def test_payments_are_paged_and_filtered(billing: Billing) -> None:
    """By the invoice they were for."""
    client = await known(billing)
    (bank,) = await client.bank_accounts(BAKERY)
    today = datetime.now(COMPANY.zone).date()
    order = {"account": BAKERY, "bank_account": bank.id, "date": today.isoformat(), "language": "fr"}
    payment = await client.pay(order | {"allocations": [{"invoice": "34821907", "amount": "100.29"}]}, "key")
    page = await client.payment_page(invoice="34821907", limit=5)
    assert ([one.reference for one in page.items], page.next_cursor) == ([payment.reference], None)
    assert (await client.payment_page(invoice="34822466")).items == ()
    assert (await client.payment_page(**{"from": (today + timedelta(days=1)).isoformat()})).items == ()
    await billing.advance("P5D")
    returned = await (await known(billing)).payment(payment.reference)
    assert (returned.status, returned.return_code, returned.remedy) == ("returned", "R29", "agent")


async def test_a_dispute_is_opened_once(billing: Billing) -> None:
    """The second hears the number of the first."""
    client = await known(billing)
    body = {"invoice": "34821907", "reason": "service", "details": "d", "language": "fr", "conversation": "c"}
    dispute = await client.open_dispute(body | {"amount": "20.00"}, "key")
    assert (await client.disputes()) == [dispute]
    assert (dispute.amount, dispute.status) == (Decimal("20.00"), "open")
    with pytest.raises(Refused, match="already-disputed") as refused:
        await client.open_dispute(body, "other-key")
    assert refused.value.facts["number"] == dispute.number
    assert (await client.invoice("34821907")).disputed
    assert [account.disputed for account in await client.accounts()] == [Decimal("1284.50")]


async def test_a_promise_is_made_within_its_options(billing: Billing) -> None:
    """Two instalments."""
    client = await known(billing)
    options = await client.plan_options(BAKERY)
    assert (options.eligible, options.reason, options.total_overdue) == (True, None, Decimal("1816.68"))
    parts = [(options.last_day - timedelta(days=9), "1000.00"), (options.last_day, "816.68")]
    instalments = [{"date": day.isoformat(), "amount": amount} for day, amount in parts]
    body = {"account": BAKERY, "instalments": instalments, "language": "fr", "conversation": "c"}
    plan = await client.make_plan(body, "key")
    assert (plan.total, plan.status, plan.instalments[1].date) == (options.total_overdue, "active", options.last_day)
    assert await client.plans() == [plan]
    assert (await client.plan_options(BAKERY)).reason == "already-promised"
    with pytest.raises(Refused, match="already-promised"):
        await client.make_plan(body, "other-key")


async def test_the_profile_is_read_and_changed(billing: Billing) -> None:
    """Language, paper, and an address waiting to be confirmed."""
    client = await known(billing)
    profile = await client.profile()
    assert (profile.language, profile.invoices_by, profile.paper_fee) == ("fr", "email", COMPANY.paper_invoice_fee)
    assert (profile.role, profile.accounts, profile.pending_email_masked) == ("administer", (BAKERY,), None)
    assert profile.last_notice is not None
    changed = await client.change_profile(language="en", invoices_by="paper")
    assert (changed.language, changed.invoices_by) == ("en", "paper")
    begun = await client.change_email("neuve@ailleurs.example", "key")
    assert (await client.profile()).pending_email_masked == begun.email_masked == "n***@ailleurs.example"
    with pytest.raises(Refused, match="email-invalid"):
        await client.change_email("neuve", "other-key")


async def test_users_are_invited_and_removed(billing: Billing) -> None:
    """Never oneself."""
    client = await known(billing)
    invited = await client.invite_user("adjointe@ailleurs.example", "view", "key")
    myself, other = await client.users()
    assert (myself.is_self, other.id, other.status, other.role) == (True, invited.id, "invited", "view")
    await client.remove_user(other.id)
    assert await client.users() == [myself]
    with pytest.raises(Refused, match="cannot-remove-self"):
        await client.remove_user(myself.id)


async def test_a_bank_account_is_removed(billing: Billing) -> None:
    """Unless a payment waits."""
    client = await known(billing, "1000557120", "admin@clinique-du-parc.example")
    (bank,) = await client.bank_accounts("1000557120")
    await client.remove_bank_account(bank.id)
    assert await client.bank_accounts("1000557120") == []
    with pytest.raises(NotFound):
        await client.remove_bank_account(bank.id)


async def test_enrolment_tells_only_what_the_number_tells(billing: Billing) -> None:
    """Known and unknown alike; a 9 is refused."""
    stranger = BillingClient(billing.http, "en")
    await stranger.request_enrolment(BAKERY)
    await stranger.request_enrolment("1999999999")
    with pytest.raises(Refused, match="account-not-covered"):
        await stranger.request_enrolment("9000318842")


async def test_a_person_is_told_when_to_call_and_how_sure_we_are_of_who_asks(billing: Billing) -> None:
    """The billing system decides it, whatever the caller says."""
    stranger, client = BillingClient(billing.http, "fr"), await known(billing)
    request = {"topic": "t", "summary": "s", "language": "fr", "channel": "web", "conversation": "c", "transcript": []}
    callback = {"from": "2026-12-01T14:00:00Z", "to": "2026-12-01T16:00:00Z"}
    assert (await client.request_contact(request | {"callback": callback}, "1")).identity == "verified"
    assert (await stranger.request_contact(request | {"reachable_at": "+15145550100"}, "2")).identity == "claimed"
    first, again = [await stranger.request_contact(request, "3") for _ in range(2)]
    assert first.identity == "none" and first == again
    with pytest.raises(Refused, match="invalid-request"):
        await client.request_contact(request | {"callback": callback | {"to": callback["from"]}}, "4")


async def test_a_session_ends_when_the_customer_says_so(billing: Billing) -> None:
    """The token opens nothing afterwards."""
    client = await known(billing)
    await client.end_session()
    with pytest.raises(IdentityNotAccepted):
        await client.accounts()
