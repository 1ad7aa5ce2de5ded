"""Disputes: a case each, and no chasing meanwhile (behaviour.md, row 21)."""

import asyncio
from datetime import datetime
from typing import Any

import pytest

from company import COMPANY
from tests.support.billing import Billing

BAKERY = ("comptes@boulangerie-saint-roch.example", "Levain-2291-matin")
ACCOUNT = "1000482915"
TODAY = datetime.now(COMPANY.zone).date()


def objection(invoice: str = "34821907", **values: Any) -> dict[str, Any]:
    """The body of a dispute."""
    return {
        "invoice": invoice,
        "reason": "wrong_amount",
        "details": "Le compteur est celui d'un autre appareil.",
        "language": "fr",
        "conversation": "web:c",
    } | values


async def test_a_dispute_has_a_case_number_and_its_invoice_is_marked(billing: Billing) -> None:
    """It still counts as owed: nothing was decided yet."""
    headers = await billing.sign_in(*BAKERY)
    answer = await billing.create("/v1/disputes", headers, objection(amount="100.00"))
    assert answer.status_code == 201
    case = answer.json()
    assert (case["invoice"], case["reason"], case["amount"], case["status"]) == (
        "34821907", "wrong_amount", "100.00", "open",
    )  # fmt: skip
    assert (await billing.get("/v1/disputes", headers))["items"] == [case]
    invoices = (await billing.get("/v1/invoices", headers, status="overdue"))["items"]
    assert {one["number"]: one["disputed"] for one in invoices} == {"34821907": True, "34822466": False}
    account = await billing.get(f"/v1/accounts/{ACCOUNT}", headers)
    assert (account["disputed"], account["total_due"], account["total_overdue"]) == ("1284.50", "3101.18", "1816.68")
    (letter,) = await billing.outbox(BAKERY[0])
    assert case["number"] in letter["subject"] and "100,00" in letter["body"]


@pytest.mark.parametrize(
    ("values", "status", "code"),
    [
        ({"invoice": "40117352"}, 404, "not-found"),
        ({"invoice": "99999999"}, 404, "not-found"),
        ({"amount": "1284.51"}, 422, "amount-above-total"),
        ({"amount": "0.00"}, 422, "amount-invalid"),
        ({"amount": "-1.00"}, 422, "amount-invalid"),
        ({"reason": "because"}, 422, "invalid-request"),
        ({"details": "x" * 1001}, 422, "invalid-request"),
    ],
)
async def test_what_cannot_be_disputed_is_refused_and_opens_no_case(
    billing: Billing, values: dict[str, str], status: int, code: str
) -> None:
    """Foreign is as unknown as nonexistent; nobody disputes more than they were billed."""
    headers = await billing.sign_in(*BAKERY)
    answer = await billing.create("/v1/disputes", headers, objection(**values))
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{code}")
    assert (await billing.get("/v1/disputes", headers))["items"] == []
    assert await billing.outbox(BAKERY[0]) == []


async def test_a_paid_invoice_can_be_disputed_too(billing: Billing) -> None:
    """Money paid for nothing is to come back; what is owed is not touched."""
    headers = await billing.sign_in(*BAKERY)
    answer = await billing.create("/v1/disputes", headers, objection("34820112", reason="billed_twice"))
    assert (answer.status_code, answer.json()["amount"]) == (201, None)
    assert (await billing.get(f"/v1/accounts/{ACCOUNT}", headers))["disputed"] == "0.00"


async def test_an_invoice_has_one_open_dispute_and_the_second_is_told_its_number(billing: Billing) -> None:
    """Ten at once too; the same key is answered as before and writes no second letter (P12)."""
    headers = await billing.sign_in(*BAKERY)
    answers = await asyncio.gather(*(billing.create("/v1/disputes", headers, objection()) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9
    number = next(answer.json()["number"] for answer in answers if answer.status_code == 201)
    refused = [answer.json() for answer in answers if answer.status_code == 409]
    assert {(one["type"], one["number"]) for one in refused} == {("/problems/already-disputed", number)}
    other = objection("34822466")
    first, again = [await billing.create("/v1/disputes", headers, other, key="same") for _ in range(2)]
    assert first.json() == again.json() and again.headers["Idempotency-Replayed"] == "true"
    assert len(await billing.outbox(BAKERY[0])) == 2


async def test_a_disputed_invoice_can_still_be_paid_by_name(billing: Billing) -> None:
    """A customer may pay first and argue later."""
    headers = await billing.sign_in(*BAKERY)
    await billing.create("/v1/disputes", headers, objection())
    assert (await billing.pay(headers, ACCOUNT, TODAY, ("34821907", "1284.50"))).status_code == 201
    assert (await billing.get(f"/v1/accounts/{ACCOUNT}", headers))["disputed"] == "0.00"
