"""From an event in the billing system to the customer's answer, on the real processes: "payer", "details"."""

import httpx

from tests.support.product import Product
from tests.support.sms_conversation import Side, SmsConversation
from tests.support.standin import PhoneInHand

BAKERY, CLINIC = "comptes@boulangerie-saint-roch.example", "office@prairie-dental.example"


class Customer:
    """A demo customer with the telephone on file, who chose a notice by text."""

    def __init__(self, product: Product, side: Side, email: str, phone: str, kind: str) -> None:
        self.product = product
        self.email = email
        self.talk = SmsConversation(side, None)
        self.talk.website.phone = PhoneInHand(side.standin, phone)
        self.talk.website.unread()
        service = {"Authorization": f"Bearer {product.secrets['SERVICE_TOKEN']}"}
        with httpx.Client(base_url=product.billing_url, headers=service, trust_env=False) as http:
            token = {"portal_token": product.portal_token(email)}
            signed_in = http.post("/v1/portal-sessions", json=token).raise_for_status().json()
            headers = {"X-Customer-Token": signed_in["access_token"]}
            http.patch("/v1/profile", json={"notify": {"sms": [kind]}}, headers=headers).raise_for_status()

    def notified(self, after: str) -> str:
        """What came to the telephone once so much time had passed."""
        before = len(self.talk.phone.received())
        self.product.clock(after)
        self.talk.website.wait_until_received(before + 1)
        (notice,) = self.talk.website.unread()
        return notice.text

    def says_who_they_are(self) -> None:
        """By the account number and the code sent by e-mail."""
        assert "compte" in self.talk.text or "account" in self.talk.text
        self.talk.say(self.product.account_of(self.email))
        self.talk.say(self.product.code(self.email))


def test_payer_leads_by_the_identity_to_the_read_back_of_that_invoice_and_to_its_payment(
    product: Product, side: Side
) -> None:
    """Nothing is paid before the yes, and then that invoice and no other."""
    customer = Customer(product, side, BAKERY, "+14185550134", "overdue")
    notice = customer.notified("P13D")
    assert "34823011" in notice and "ARRET" in notice and "1. Payer" in notice
    customer.talk.say("payer")
    customer.says_who_they_are()
    assert "34823011" in customer.talk.text and "1 284,50 $" in customer.talk.text
    assert product.payments() == []
    customer.talk.say("oui")
    # The billing system's calendar is days ahead of the assistant's here: the first day it allows is read back.
    customer.talk.say("oui")
    (paid,) = product.payments()
    assert [(one["number"], one["amount"]) for one in paid["invoices"]] == [("34823011", "1284.50")]


def test_details_shows_that_invoice_in_the_customers_language(product: Product, side: Side) -> None:
    """After the identity, as always."""
    customer = Customer(product, side, CLINIC, "+12045550162", "due_soon")
    assert "invoice 40117352, $640.00 to be paid by" in customer.notified("P7D")
    customer.talk.say("details")
    customer.says_who_they_are()
    assert "40117352" in customer.talk.text and "$640.00" in customer.talk.text
