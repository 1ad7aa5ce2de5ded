"""What an invoice is made of, how long it has been owed, and payments found again (behaviour.md, rows 3, 4 and 10)."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from company import COMPANY
from tests.support.billing import Billing

BAKERY = ("comptes@boulangerie-saint-roch.example", "Levain-2291-matin")
LAWYERS = ("ap@harbourview-legal.example", "Docket-6620-harbour")
ACCOUNT = "1000482915"
TODAY = datetime.now(COMPANY.zone).date()


async def test_a_changed_total_is_explained_line_by_line(billing: Billing) -> None:
    """The contract's lines are the same each month; prints and taxes make the difference, to the cent."""
    headers = await billing.sign_in(*BAKERY)
    invoice = await billing.get("/v1/invoices/34820788", headers)
    previous = invoice["previous"]
    assert (previous["number"], previous["total"], invoice["total"]) == ("34820112", "1284.50", "1310.02")
    names = [change["description_fr"] for change in previous["changes"]]
    assert names == ["Impressions au compteur", "TPS (5\u00a0%)", "TVQ (9,975\u00a0%)"]
    assert [change["description_en"] for change in previous["changes"]][1:] == ["GST (5%)", "QST (9.975%)"]
    difference = sum(Decimal(change["now"]) - Decimal(change["before"]) for change in previous["changes"])
    assert difference == Decimal("1310.02") - Decimal("1284.50")


async def test_every_changed_total_of_the_demo_has_a_changed_line(billing: Billing) -> None:
    """And an unchanged one has none; an account's first invoice has nothing before it."""
    headers = await billing.sign_in(*BAKERY)
    invoices = (await billing.get("/v1/invoices", headers, sort="-issued"))["items"]
    for invoice, before in zip(invoices, [*invoices[1:], None], strict=True):
        previous = (await billing.get(f"/v1/invoices/{invoice['number']}", headers))["previous"]
        assert (previous is None) == (before is None)
        if before is not None:
            assert previous["number"] == before["number"]
            assert bool(previous["changes"]) == (before["total"] != invoice["total"])


@pytest.mark.parametrize(("sort", "member"), [("-balance", "balance"), ("-total", "total")])
async def test_the_biggest_come_first_when_asked(billing: Billing, sort: str, member: str) -> None:
    """« La plus grosse » must be the first of the list."""
    headers = await billing.sign_in(*BAKERY)
    invoices = (await billing.get("/v1/invoices", headers, sort=sort))["items"]
    amounts = [Decimal(one[member]) for one in invoices]
    assert len(amounts) == 5 and amounts == sorted(amounts, reverse=True)


async def test_the_ageing_sums_to_what_is_due(billing: Billing) -> None:
    """Every bucket is there, empty or not; the due day itself is not overdue."""
    headers = await billing.sign_in(*LAWYERS)
    ageing = await billing.get("/v1/accounts/1000260477/ageing", headers)
    buckets = {one["name"]: (one["amount"], one["count"]) for one in ageing["buckets"]}
    assert buckets == {
        "current": ("712.50", 6),
        "1-30": ("712.50", 6),
        "31-60": ("950.00", 8),
        "61-90": ("0.00", 0),
        "over-90": ("0.00", 0),
    }
    assert list(buckets) == ["current", "1-30", "31-60", "61-90", "over-90"]
    assert (ageing["total"], ageing["as_of"]) == ("2375.00", TODAY.isoformat())
    assert (await billing.http.get("/v1/accounts/1000482915/ageing", headers=headers)).status_code == 404


async def test_payments_are_found_by_day_and_by_invoice(billing: Billing) -> None:
    """The history of one invoice, or of last month."""
    headers = await billing.sign_in(*BAKERY)
    later = TODAY + timedelta(days=10)
    both = await billing.pay(headers, ACCOUNT, TODAY, ("34821907", "10.00"), ("34822466", "20.00"))
    one = await billing.pay(headers, ACCOUNT, later, ("34821907", "30.00"))
    references = [answer.json()["reference"] for answer in (one, both)]

    async def found(**query: str) -> list[str]:
        return [payment["reference"] for payment in (await billing.get("/v1/payments", headers, **query))["items"]]

    assert await found() == await found(invoice="34821907") == references
    assert await found(invoice="34822466") == references[1:]
    assert await found(invoice="40117352") == []
    assert await found(**{"from": later.isoformat()}) == references[:1]
    assert await found(to=TODAY.isoformat()) == references[1:]
    assert await found(status="scheduled", invoice="34821907") == references[:1]
    assert (await billing.http.get("/v1/payments?status=lost", headers=headers)).status_code == 422


async def test_a_page_of_payments_leads_to_the_next(billing: Billing) -> None:
    """Each once."""
    headers = await billing.sign_in(*BAKERY)
    for _ in range(3):
        assert (await billing.pay(headers, ACCOUNT, TODAY, ("34821907", "1.00"))).status_code == 201
    first = await billing.get("/v1/payments", headers, limit="2")
    second = await billing.get("/v1/payments", headers, limit="2", cursor=first["next_cursor"])
    references = [payment["reference"] for page in (first, second) for payment in page["items"]]
    assert len(set(references)) == 3 and second["next_cursor"] is None
