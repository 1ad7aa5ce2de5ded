"""Notices: an invoice that is ready, an invoice overdue; each once, and not to whom it should not go (row 13)."""

from datetime import datetime, timedelta

import pytest

from billing.storage.tables import Invoice
from company import COMPANY
from tests.support.billing import Billing

BAKERY = ("comptes@boulangerie-saint-roch.example", "Levain-2291-matin")
ACCOUNT = "1000482915"
TODAY = datetime.now(COMPANY.zone).date()
FALLS_DUE = 12  # days from today: the bakery's invoice 34823011, by demo.yml


def issue(billing: Billing, number: str, issued: int, account: str = ACCOUNT) -> None:
    """A new invoice, as the company's accounting would put it there."""
    day = TODAY + timedelta(days=issued)
    invoice = Invoice(
        number=number, account=account, issued=day, due=day + timedelta(days=30), total=10000, paid_before=0
    )
    with billing.database.write() as session:
        session.add(invoice)


async def subjects(billing: Billing, to: str = BAKERY[0]) -> list[str]:
    """What was written to the bakery, newest first."""
    return [letter["subject"] for letter in await billing.outbox(to)]


async def test_a_new_invoice_is_announced_once(billing: Billing) -> None:
    """On the day it is issued, not before, and not years later."""
    issue(billing, "99000001", 0)
    issue(billing, "99000002", 3)
    issue(billing, "99000003", -20)
    await billing.advance("PT1S")
    await billing.advance("PT1H")
    assert await subjects(billing) == ["Votre facture 99000001 est prête"]
    await billing.advance("P3D")
    assert (await subjects(billing))[0] == "Votre facture 99000002 est prête"
    profile = await billing.get("/v1/profile", await billing.sign_in(*BAKERY))
    assert profile["last_notice"]["kind"] == "invoice_ready"


async def test_who_chose_paper_or_is_not_covered_gets_no_such_e_mail(billing: Billing) -> None:
    """Paper goes by mail; back to e-mail, only what comes from then on is announced."""
    headers = await billing.sign_in(*BAKERY)
    await billing.http.patch("/v1/profile", json={"invoices_by": "paper"}, headers=headers)
    issue(billing, "99000001", 0)
    issue(billing, "99000004", 0, "9000318842")
    for step in ("P1D", "P8D"):
        await billing.advance(step)
    headers = await billing.sign_in(*BAKERY)
    await billing.http.patch("/v1/profile", json={"invoices_by": "email"}, headers=headers)
    await billing.advance("PT1H")
    assert not any("prête" in subject for subject in await subjects(billing))
    assert await subjects(billing, "hello@old-mill-press.example") == []


async def test_an_invoice_just_overdue_is_chased_once(billing: Billing) -> None:
    """The day after its due date; those overdue before the demo began are not chased again."""
    await billing.advance(f"P{FALLS_DUE}D")
    assert await subjects(billing) == []
    for _ in range(3):
        await billing.advance("P1D")
    (letter,) = await billing.outbox(BAKERY[0])
    assert "34823011" in letter["body"] and "34821907" not in letter["body"]


@pytest.mark.parametrize("day", [0, FALLS_DUE + 10])
async def test_an_invoice_paid_or_about_to_be_is_not_chased(billing: Billing, day: int) -> None:
    """A payment scheduled for later is a payment coming."""
    headers = await billing.sign_in(*BAKERY)
    await billing.pay(headers, ACCOUNT, TODAY + timedelta(days=day), ("34823011", "1284.50"))
    await billing.advance(f"P{FALLS_DUE + 2}D")
    assert not any("retard" in subject for subject in await subjects(billing))


async def test_a_disputed_invoice_is_not_chased(billing: Billing) -> None:
    """Row 21."""
    headers = await billing.sign_in(*BAKERY)
    body = {"invoice": "34823011", "reason": "other", "details": "", "language": "fr", "conversation": "c"}
    await billing.create("/v1/disputes", headers, body)
    await billing.advance(f"P{FALLS_DUE + 2}D")
    assert not any("retard" in subject for subject in await subjects(billing))


async def test_while_a_promise_stands_nothing_is_chased_and_once_broken_all_of_it_is(billing: Billing) -> None:
    """Row 22."""
    headers = await billing.sign_in(*BAKERY)
    last = (TODAY + timedelta(days=FALLS_DUE + 10)).isoformat()
    body = {"account": ACCOUNT, "instalments": [{"date": last, "amount": "3101.18"}]}
    await billing.create("/v1/payment-plans", headers, body | {"language": "fr", "conversation": "c"})
    await billing.advance(f"P{FALLS_DUE + 10}D")
    assert not any("retard" in subject for subject in await subjects(billing))
    await billing.advance("P1D")
    chased = [letter for letter in await billing.outbox(BAKERY[0]) if "retard" in letter["subject"]]
    assert len(chased) == 1 and all(number in chased[0]["body"] for number in ("34821907", "34822466", "34823011"))
