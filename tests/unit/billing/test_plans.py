"""Promises to pay: within the company's rules, kept or broken by the account's payments (behaviour.md, row 22)."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from company import COMPANY
from tests.support.billing import Billing

BAKERY = ("comptes@boulangerie-saint-roch.example", "Levain-2291-matin")
CLINIC = ("office@prairie-dental.example", "Molar-7733-prairie")
ACCOUNT = "1000482915"
TODAY = datetime.now(COMPANY.zone).date()
LIMITS = COMPANY.instalments


def day(days: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=days)


def plan(*parts: tuple[int, str], account: str = ACCOUNT) -> dict[str, Any]:
    """The body of a promise: days from today and amounts."""
    instalments = [{"date": day(days).isoformat(), "amount": amount} for days, amount in parts]
    return {"account": account, "instalments": instalments, "language": "fr", "conversation": "web:c"}


async def test_what_may_be_promised_follows_the_companys_rules(billing: Billing) -> None:
    """The limits of company.yml and what is owed now."""
    headers = await billing.sign_in(*BAKERY)
    assert await billing.get("/v1/payment-plans/options", headers, account=ACCOUNT) == {
        "eligible": True,
        "reason": None,
        "at_most": LIMITS.at_most,
        "last_day": day(LIMITS.within_days).isoformat(),
        "total_due": "3101.18",
        "total_overdue": "1816.68",
    }


async def test_a_promise_is_recorded_once_and_confirmed_by_letter(billing: Billing) -> None:
    """One instalment or several; the same key writes no second letter."""
    headers = await billing.sign_in(*BAKERY)
    body = plan((10, "900.00"), (LIMITS.within_days, "916.68"))
    first, again = [await billing.create("/v1/payment-plans", headers, body, key="same") for _ in range(2)]
    assert first.status_code == 201 and first.json() == again.json()
    made = first.json()
    assert (made["total"], made["status"], len(made["instalments"])) == ("1816.68", "active", 2)
    assert (await billing.get("/v1/payment-plans", headers))["items"] == [made]
    (letter,) = await billing.outbox(BAKERY[0])
    assert made["number"] in letter["subject"] and ACCOUNT not in letter["body"]
    options = await billing.get("/v1/payment-plans/options", headers, account=ACCOUNT)
    assert (options["eligible"], options["reason"]) == (False, "already-promised")


TOO_MANY = [(number, "1.00") for number in range(LIMITS.at_most + 1)]


@pytest.mark.parametrize(
    ("parts", "status", "code"),
    [
        (TOO_MANY, 422, "plan-too-many"),
        ([(LIMITS.within_days + 1, "1.00")], 422, "plan-too-late"),
        ([(-1, "1.00")], 422, "date-out-of-range"),
        ([(5, "1.00"), (5, "1.00")], 422, "plan-order"),
        ([(6, "1.00"), (5, "1.00")], 422, "plan-order"),
        ([(5, "3101.19")], 422, "plan-amount"),
        ([(5, "0.00")], 422, "plan-amount"),
        ([(5, "-1.00"), (6, "2.00")], 422, "plan-amount"),
        ([(5, "NaN")], 422, "plan-amount"),
        ([], 422, "invalid-request"),
    ],
)
async def test_a_promise_outside_the_rules_is_refused_with_what_they_are(
    billing: Billing, parts: list[tuple[int, str]], status: int, code: str
) -> None:
    """The conversation tells the limits from the refusal's facts."""
    headers = await billing.sign_in(*BAKERY)
    answer = await billing.create("/v1/payment-plans", headers, plan(*parts))
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{code}")
    assert (await billing.get("/v1/payment-plans", headers))["items"] == []


async def test_only_one_promise_stands_on_an_account_and_none_on_a_foreign_one(billing: Billing) -> None:
    """Ten at once too."""
    headers = await billing.sign_in(*BAKERY)
    answers = await asyncio.gather(
        *(billing.create("/v1/payment-plans", headers, plan((number, "1.00"))) for number in range(1, 11))
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9
    assert {one.json()["type"] for one in answers if one.status_code == 409} == {"/problems/already-promised"}
    foreign = await billing.create("/v1/payment-plans", headers, plan((1, "1.00"), account="1000731264"))
    assert foreign.status_code == 404


async def test_nothing_is_promised_where_nothing_is_due(billing: Billing) -> None:
    """Paid in full: no promise to make."""
    headers = await billing.sign_in("ap@harbourview-legal.example", "Docket-6620-harbour")
    account = "1000260477"
    owed = await billing.get("/v1/invoices", headers, account=account, status="open", limit="100")
    parts = [(one["number"], one["balance"]) for one in owed["items"]]
    assert (await billing.pay(headers, account, TODAY, *parts)).status_code == 201
    options = await billing.get("/v1/payment-plans/options", headers, account=account)
    assert (options["eligible"], options["reason"], options["total_due"]) == (False, "nothing-due", "0.00")
    refused = await billing.create("/v1/payment-plans", headers, plan((5, "1.00"), account=account))
    assert refused.json()["type"] == "/problems/plan-amount"


async def status_of_the_plan(billing: Billing) -> str:
    """Of the bakery's only promise."""
    headers = await billing.sign_in(*BAKERY)
    (found,) = (await billing.get("/v1/payment-plans", headers))["items"]
    return str(found["status"])


async def test_a_promise_is_kept_once_its_payments_are_settled(billing: Billing) -> None:
    """Not when they are only on their way: the bank may still send them back."""
    headers = await billing.sign_in(*BAKERY)
    await billing.create("/v1/payment-plans", headers, plan((3, "500.00"), (20, "400.00")))
    assert (await billing.pay(headers, ACCOUNT, TODAY, ("34821907", "900.00"))).status_code == 201
    await billing.advance("PT1H")
    assert await status_of_the_plan(billing) == "active"
    await billing.advance("P5D")
    assert await status_of_the_plan(billing) == "kept"
    headers = await billing.sign_in(*BAKERY)
    assert (await billing.create("/v1/payment-plans", headers, plan((30, "100.00")))).status_code == 201


async def test_a_promise_is_broken_the_day_after_an_instalment_that_did_not_come(billing: Billing) -> None:
    """On the day itself there is still time; a returned payment is no payment."""
    headers = await billing.sign_in(*BAKERY)
    await billing.create("/v1/payment-plans", headers, plan((7, "100.13")))
    assert (await billing.pay(headers, ACCOUNT, TODAY, ("34821907", "100.13"))).status_code == 201
    await billing.advance("P7D")
    assert await status_of_the_plan(billing) == "active"
    await billing.advance("P1D")
    assert await status_of_the_plan(billing) == "broken"


async def test_a_payment_made_before_the_promise_does_not_keep_it(billing: Billing) -> None:
    """What was paid already is not what was promised."""
    headers = await billing.sign_in(*BAKERY)
    assert (await billing.pay(headers, ACCOUNT, TODAY, ("34821907", "500.00"))).status_code == 201
    await billing.create("/v1/payment-plans", headers, plan((1, "500.00")))
    await billing.advance("P6D")
    assert await status_of_the_plan(billing) == "broken"
