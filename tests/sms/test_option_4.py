"""From a telephone call to a paid invoice, by keys and texts alone, on the real processes (behaviour.md, row 24)."""

import pytest

from tests.support.product import Product
from tests.support.sms_conversation import SmsConversation


@pytest.mark.parametrize(
    ("key", "offer", "greeting", "account", "email", "wish", "receipt"),
    [
        (
            "1",
            "Pour continuer par texto, faites le 1",
            "vous avez appelé au sujet de la facturation",
            "1000557120",
            "admin@clinique-du-parc.example",
            "Je veux payer la facture 72008841",
            "Paiement de 389,99 $ soumis",
        ),
        (
            "2",
            "To go on by text, press 1",
            "you called about billing",
            "1000557120",
            "admin@clinique-du-parc.example",
            "I want to pay invoice 72008841",
            "Payment of $389.99 submitted",
        ),
    ],
    ids=["fr", "en"],
)
def test_a_caller_pays_an_invoice_without_waiting_for_anybody(
    product: Product,
    talk: SmsConversation,
    key: str,
    offer: str,
    greeting: str,
    account: str,
    email: str,
    wish: str,
    receipt: str,
) -> None:
    """The promise of option 4, kept in the language chosen on the telephone."""
    call = talk.phone.dial()
    call.press(key)
    assert offer in call.press("4")
    call.press("1")
    talk.heard("[option 4]", talk.website.unread())
    assert greeting in talk.text
    assert len(talk.choices) == 6
    talk.say(wish)
    talk.say(account)
    talk.say(product.code(email))
    assert "3306" in talk.text
    assert account not in talk.text
    talk.say("1")
    assert receipt in talk.text
    (payment,) = product.payments()
    assert (payment["amount"], payment["last4"]) == ("389.99", "3306")
    assert payment["reference"] in talk.text
    assert talk.side.sessions.calls.get(call.now["sid"]).outcome == "answered"  # type: ignore[union-attr]  # it was made above


def test_a_caller_who_stays_on_the_line_is_never_texted(talk: SmsConversation) -> None:
    """Nobody is made to text."""
    call = talk.phone.dial()
    for key in "242":
        call.press(key)
    assert call.now["queue"] == "agents-en"
    assert talk.phone.received() == []


def test_why_they_called_is_known_to_the_person_they_ask_for(talk: SmsConversation) -> None:
    """Whoever takes over finds the call in the transcript."""
    call = talk.phone.dial()
    for key in "141":
        call.press(key)
    talk.website.unread()
    talk.say("Je veux parler à quelqu'un")
    conversation = talk.side.sessions.phones.conversation_of(talk.phone.number)
    assert conversation is not None
    said = [message["text"] for message in talk.side.sessions.transcript.all(conversation)]
    assert "vous avez appelé au sujet de la facturation" in said[0]
