"""The profile: language, e-mail or paper, and a new address confirmed from there (behaviour.md, rows 13–15)."""

import pytest

from company import COMPANY
from tests.support.billing import Billing

BAKERY = ("comptes@boulangerie-saint-roch.example", "Levain-2291-matin")
CLINIC = ("office@prairie-dental.example", "Molar-7733-prairie")
NEW = "facturation@boulangerie-saint-roch.example"


async def ask(billing: Billing, headers: dict[str, str], email: str = NEW, key: str = "") -> int:
    """Ask for another address; the status."""
    answer = await billing.create("/v1/email-changes", headers, {"email": email, "language": "fr"}, key)
    return answer.status_code


async def test_a_profile_shows_no_address_in_full(billing: Billing) -> None:
    """What a conversation may show, and when a notice last went out."""
    profile = await billing.get("/v1/profile", await billing.sign_in(*BAKERY))
    assert profile["last_notice"].pop("sent_at")
    assert profile == {
        "name": "Boulangerie Saint-Roch",
        "language": "fr",
        "email_masked": "c***@boulangerie-saint-roch.example",
        "phone_masked": "***-0134",
        "invoices_by": "email",
        "paper_fee": str(COMPANY.paper_invoice_fee),
        "accounts": ["1000482915"],
        "role": "administer",
        "last_notice": {"kind": "overdue"},
        "notify": {"email": ["invoice_ready", "overdue", "payment_settled", "payment_returned"], "sms": []},
        "pending_email_masked": None,
    }


async def test_the_language_changes_letters_and_documents_from_now_on(billing: Billing) -> None:
    """The letter that says so speaks the new one; asked again, nothing changes and nothing is written."""
    headers = await billing.sign_in(*BAKERY)
    for _ in range(2):
        changed = await billing.http.patch("/v1/profile", json={"language": "en"}, headers=headers)
        assert changed.json()["language"] == "en"
    (letter,) = await billing.outbox(BAKERY[0])
    assert letter["subject"] == "Your invoices will be in English"
    link = await billing.create("/v1/document-links", headers, {"invoices": ["34821907"]})
    assert link.json()["title"] == "Invoice 34821907"
    assert (await billing.get("/v1/profile", await billing.sign_in(*CLINIC)))["language"] == "en"


async def test_paper_is_told_with_its_fee_and_ends_likewise(billing: Billing) -> None:
    """From the company's facts."""
    headers = await billing.sign_in(*CLINIC)
    for way, told in (("paper", f"${COMPANY.paper_invoice_fee}"), ("email", "free of charge")):
        changed = await billing.http.patch("/v1/profile", json={"invoices_by": way}, headers=headers)
        assert changed.json()["invoices_by"] == way
        assert told in (await billing.outbox(CLINIC[0]))[0]["body"]


@pytest.mark.parametrize("body", [{"language": "de"}, {"invoices_by": "fax"}, {"email": NEW}])
async def test_a_profile_takes_nothing_else(billing: Billing, body: dict[str, str]) -> None:
    """An unknown member is an error, not a wish ignored."""
    headers = await billing.sign_in(*BAKERY)
    assert (await billing.http.patch("/v1/profile", json=body, headers=headers)).status_code == 422


async def test_a_new_address_counts_once_it_is_confirmed_from_there(billing: Billing) -> None:
    """Looking changes nothing; the old address is told; letters and sign-in move; sessions stay."""
    headers = await billing.sign_in(*BAKERY)
    assert [await ask(billing, headers, key="same") for _ in range(2)] == [202, 202]
    assert len(await billing.outbox(NEW)) == 1
    masked = "f***@boulangerie-saint-roch.example"
    assert (await billing.get("/v1/profile", headers))["pending_email_masked"] == masked
    link = await billing.link(NEW, "email")
    for method in ("HEAD", "GET", "GET"):
        assert (await billing.http.request(method, link)).status_code == 200
    assert (await billing.get("/v1/profile", headers))["email_masked"] != masked
    assert (await billing.http.post(link)).status_code == 200
    assert (await billing.http.post(link)).status_code == 410
    profile = await billing.get("/v1/profile", headers)
    assert (profile["email_masked"], profile["pending_email_masked"]) == (masked, None)
    assert masked in (await billing.outbox(BAKERY[0]))[0]["body"]
    assert await billing.sign_in(NEW, BAKERY[1])
    await billing.begin("1000482915")
    assert (await billing.outbox(NEW))[0]["subject"] == "Votre code de vérification"


@pytest.mark.parametrize(
    "email", ["", "nobody", "a b@c.example", "a@b", "é@c.example", "a@c.example\nBcc: d@e.example"]
)
async def test_what_is_no_address_is_refused(billing: Billing, email: str) -> None:
    """A line break in an address would let it write headers."""
    headers = await billing.sign_in(*BAKERY)
    assert await ask(billing, headers, email) == 422
    assert (await billing.http.get("/demo/outbox")).json() == []


async def test_another_customers_address_is_answered_like_any_other(billing: Billing) -> None:
    """Only its owner, who gets the link, learns that it is taken; both keep what they have (A9)."""
    headers = await billing.sign_in(*BAKERY)
    strange = await billing.create("/v1/email-changes", headers, {"email": "neuve@ailleurs.example"})
    taken = await billing.create("/v1/email-changes", headers, {"email": CLINIC[0].upper()})
    assert taken.status_code == strange.status_code == 202
    assert set(taken.json()) == set(strange.json())
    link = await billing.link(CLINIC[0], "email")
    assert (await billing.http.post(link)).status_code == 422
    assert await billing.sign_in(*CLINIC) and await billing.sign_in(*BAKERY)
    assert (await billing.create("/v1/email-changes", headers, {"email": BAKERY[0]})).status_code == 409


async def test_only_the_newest_link_works_and_for_twenty_minutes(billing: Billing) -> None:
    """A slip of the pen corrected must not come back."""
    headers = await billing.sign_in(*BAKERY)
    await ask(billing, headers, "faute@boulangerie-saint-roch.example")
    await ask(billing, headers)
    wrong = await billing.link("faute@boulangerie-saint-roch.example", "email")
    assert (await billing.http.post(wrong)).status_code == 410
    await billing.advance("PT20M")
    assert (await billing.http.post(await billing.link(NEW, "email"))).status_code == 410
    headers = await billing.sign_in(*BAKERY)
    assert (await billing.get("/v1/profile", headers))["pending_email_masked"] is None


async def test_an_old_code_changes_no_address_and_nobody_is_mailed_without_end(billing: Billing) -> None:
    """A fresh verification, as for a payment; five an hour."""
    headers = await billing.sign_in_by_code("1000482915", BAKERY[0])
    await billing.advance("PT11M")
    assert await ask(billing, headers) == 403
    headers = await billing.sign_in(*BAKERY)
    assert [await ask(billing, headers, f"n{place}@ailleurs.example") for place in range(6)] == [202] * 5 + [429]
