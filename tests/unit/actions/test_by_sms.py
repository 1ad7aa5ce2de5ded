"""What the actions do otherwise when they are spoken to by SMS (security.md, A3, A5 and A11)."""

from datetime import timedelta

import httpx
import pytest

from tests.support.talk import Talk

ACCOUNT, EMAIL, PHONE = "1000482915", "comptes@boulangerie-saint-roch.example", "+14185550134"


@pytest.fixture
def by_sms(talk: Talk) -> Talk:
    """The same conversation, from a telephone."""
    talk.id = talk.sessions.conversations.open("sms", "fr", timedelta(hours=1)).id
    return talk


async def test_sms_unenrolled_codes_go_to_the_other_address_and_nowhere_else(by_sms: Talk) -> None:
    """A code on the telephone that asks for it proves only who holds that telephone."""
    await by_sms.says("mon solde", "check_balance")
    await by_sms.says(ACCOUNT, "inform", account_number=ACCOUNT)
    offered = {choice["name"] for reply in by_sms.last for choice in reply.choices}
    assert offered == {"code_again"}
    assert (await by_sms.http.get("/demo/outbox", params={"to": PHONE})).json() == []
    assert await by_sms.code(EMAIL)


async def test_on_the_website_the_mobile_on_file_may_still_be_chosen(talk: Talk) -> None:
    """There it is another device."""
    await talk.says("mon solde", "check_balance")
    await talk.says(ACCOUNT, "inform", account_number=ACCOUNT)
    assert "code_by_sms" in {choice["name"] for reply in talk.last for choice in reply.choices}


async def test_a_document_comes_as_a_page_that_looking_at_does_not_use_up(by_sms: Talk) -> None:
    """Telephones open addresses on their own to show what is behind them."""
    await by_sms.says("la facture en pdf", "get_invoice_pdf")
    await by_sms.identify(ACCOUNT, EMAIL)
    (document,) = [document for reply in by_sms.last for document in reply.documents]
    path = httpx.URL(document["url"]).path
    for _ in range(3):
        looked = await by_sms.http.get(path)
        assert looked.headers["content-type"].startswith("text/html")
    assert (await by_sms.http.post(path)).content.startswith(b"%PDF")
    assert (await by_sms.http.post(path)).status_code == 410


async def test_a_caller_is_greeted_by_what_they_called_about(by_sms: Talk) -> None:
    """And with nothing of an account, even where the telephone was known a minute ago."""
    await by_sms.says("mon solde", "check_balance")
    await by_sms.identify(ACCOUNT, EMAIL)
    await by_sms.says("payer la facture 34821907", "make_payment", invoice_number="34821907")
    assert "4417" in by_sms.text
    assert await by_sms.clicks({"intent": "greet", "values": {"opening": True, "called": True}}) == ["sms_called"]
    assert not any(fact in by_sms.text for fact in ("Boulangerie", "34821907", "4417", "1 284,50"))


async def test_a_first_hello_is_a_greeting_with_choices_and_a_second_one_is_not(by_sms: Talk) -> None:
    """A text has no page around it that says who is there."""
    assert await by_sms.says("bonjour", "greet") == ["greet"]
    assert by_sms.last[0].choices
    assert await by_sms.says("bonjour", "greet") == ["greet_again"]
