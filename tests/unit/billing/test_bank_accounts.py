"""Bank accounts removed and changed, and what a returned debit does to them (behaviour.md, rows 9 and 11)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from company import COMPANY
from tests.support.billing import Billing

BAKERY = ("comptes@boulangerie-saint-roch.example", "Levain-2291-matin")
CLINIC = ("office@prairie-dental.example", "Molar-7733-prairie")
ACCOUNT = "1000482915"
TODAY = datetime.now(COMPANY.zone).date()
FORM = {"label": "Nouveau", "routing": "081500123", "account": "7654321", "account_again": "7654321"}


async def banks(billing: Billing, headers: dict[str, str]) -> list[dict[str, Any]]:
    """The bakery's bank accounts."""
    return list((await billing.get("/v1/bank-accounts", headers, account=ACCOUNT))["items"])


async def page_of(billing: Billing, headers: dict[str, str]) -> str:
    """The address of the bank-account page."""
    made = await billing.http.post("/v1/bank-account-links", json={"account": ACCOUNT}, headers=headers)
    return str(made.raise_for_status().json()["url"])


async def test_a_removed_bank_account_is_gone_and_the_customer_is_told(billing: Billing) -> None:
    """A foreign one is unknown; a second removal finds nothing and writes nothing."""
    headers = await billing.sign_in(*BAKERY)
    (bank,) = await banks(billing, headers)
    path = f"/v1/bank-accounts/{bank['id']}"
    stranger = await billing.sign_in(*CLINIC)
    assert (await billing.http.delete(path, headers=stranger)).status_code == 404
    assert [(await billing.http.delete(path, headers=headers)).status_code for _ in range(2)] == [204, 404]
    assert await banks(billing, headers) == []
    (letter,) = await billing.outbox(BAKERY[0])
    assert "4417" in letter["body"] and "retiré" in letter["subject"]


async def test_a_bank_account_with_a_payment_waiting_stays_until_it_is_sent(billing: Billing) -> None:
    """Scheduled or submitted; afterwards what was paid keeps its bank account on record."""
    headers = await billing.sign_in(*BAKERY)
    (bank,) = await banks(billing, headers)
    paid = await billing.pay(headers, ACCOUNT, TODAY + timedelta(days=10), ("34821907", "10.00"))
    refused = await billing.http.delete(f"/v1/bank-accounts/{bank['id']}", headers=headers)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/bank-account-in-use")
    assert refused.json()["reference"] == paid.json()["reference"]
    await billing.advance("P15D")
    headers = await billing.sign_in(*BAKERY)
    assert (await billing.http.delete(f"/v1/bank-accounts/{bank['id']}", headers=headers)).status_code == 204
    payment = await billing.get(f"/v1/payments/{paid.json()['reference']}", headers)
    assert payment["bank_account"]["last4"] == "4417"


async def test_the_page_lists_removes_and_adds(billing: Billing) -> None:
    """A change is the old one removed and the new one added, behind one link that adding uses up."""
    headers = await billing.sign_in(*BAKERY)
    (bank,) = await banks(billing, headers)
    page = await page_of(billing, headers)
    shown = await billing.http.get(page)
    assert "4417" in shown.text and bank["id"] in shown.text
    removed = await billing.http.post(page, data={"remove": bank["id"]})
    assert removed.status_code == 200 and 'role="status"' in removed.text and bank["id"] not in removed.text
    assert (await billing.http.post(page, data={"remove": bank["id"]})).status_code == 422
    assert (await billing.http.post(page, data=FORM)).status_code == 200
    assert (await billing.http.post(page, data=FORM)).status_code == 410
    assert [one["label"] for one in await banks(billing, headers)] == ["Nouveau"]


async def test_the_page_keeps_a_bank_account_in_use_and_says_why(billing: Billing) -> None:
    """The same rule as the API's."""
    headers = await billing.sign_in(*BAKERY)
    (bank,) = await banks(billing, headers)
    await billing.pay(headers, ACCOUNT, TODAY + timedelta(days=10), ("34821907", "10.00"))
    refused = await billing.http.post(await page_of(billing, headers), data={"remove": bank["id"]})
    assert refused.status_code == 422 and 'role="alert"' in refused.text
    assert len(await banks(billing, headers)) == 1


async def test_the_page_removes_only_of_its_own_account(billing: Billing) -> None:
    """Another customer's bank account is unknown to it."""
    stranger = await billing.sign_in(*CLINIC)
    foreign = (await billing.get("/v1/bank-accounts", stranger))["items"][0]["id"]
    page = await page_of(billing, await billing.sign_in(*BAKERY))
    assert (await billing.http.post(page, data={"remove": foreign})).status_code == 422
    assert len((await billing.get("/v1/bank-accounts", stranger))["items"]) == 1


async def test_an_old_code_removes_nothing_by_api_or_page(billing: Billing) -> None:
    """A fresh verification, as for a payment."""
    headers = await billing.sign_in_by_code(ACCOUNT, BAKERY[0])
    await billing.advance("PT11M")
    (bank,) = await banks(billing, headers)
    assert (await billing.http.delete(f"/v1/bank-accounts/{bank['id']}", headers=headers)).status_code == 403
    page = await page_of(billing, headers)
    assert bank["id"] not in (await billing.http.get(page)).text
    assert (await billing.http.post(page, data={"remove": bank["id"]})).status_code == 422
    assert len(await banks(billing, headers)) == 1


@pytest.mark.parametrize(
    ("amount", "remedy", "status"),
    [
        ("100.00", None, "active"),
        ("100.13", "retry", "active"),
        ("100.17", "other_account", "disabled"),
        ("100.29", "agent", "disabled"),
    ],
)
async def test_a_returned_debit_says_what_it_calls_for_and_stops_a_bad_bank_account(
    billing: Billing, amount: str, remedy: str | None, status: str
) -> None:
    """Closed or not authorised, it is not debited again (P11)."""
    headers = await billing.sign_in(*BAKERY)
    paid = await billing.pay(headers, ACCOUNT, TODAY, ("34821907", amount))
    assert paid.json()["remedy"] is None
    await billing.advance("P5D")
    headers = await billing.sign_in(*BAKERY)
    payment = await billing.get(f"/v1/payments/{paid.json()['reference']}", headers)
    (bank,) = await banks(billing, headers)
    assert (payment["remedy"], bank["status"]) == (remedy, status)
    again = await billing.pay(headers, ACCOUNT, TODAY + timedelta(days=5), ("34821907", "1.00"))
    assert again.status_code == (201 if status == "active" else 404)
