"""Processes killed, frozen and restarted under a customer's hands: no double debit, no false success, no silence."""

import time
from collections.abc import Callable
from threading import Event

import httpx
import pytest

from languages.formats import Language
from tests.support.billing_proxy import Fault
from tests.support.conversation import Conversation, plain
from tests.support.product import Product

BAKERY_MAIL = "comptes@boulangerie-saint-roch.example"
ASKS: dict[Language, str] = {"fr": "payer la facture 34821907", "en": "pay invoice 34821907"}
YES: dict[Language, str] = {"fr": "oui", "en": "yes"}
BALANCE: dict[Language, str] = {"fr": "quel est mon solde?", "en": "what is my balance?"}
DUE: dict[Language, str] = {"fr": "3 101,18 $", "en": "$3,101.18"}
APOLOGY: dict[Language, str] = {"fr": "je ne sais pas si c'est fait", "en": "I don't know whether it was done"}
BOTH = pytest.mark.parametrize("language", ["fr", "en"])
_WITHIN_S = 10.0


def read_back(product: Product, language: Language) -> Conversation:
    """A signed-in customer, up to the question for a yes."""
    talk = product.conversation(language, BAKERY_MAIL)
    talk.say(ASKS[language])
    assert "34821907" in talk.text and len(talk.choices) == 2
    return talk


def until(happened: Callable[[], bool]) -> None:
    """Wait for what another process is about to do."""
    deadline = time.monotonic() + _WITHIN_S
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        Event().wait(0.05)


def says_and_hangs_up(talk: Conversation, text: str) -> None:
    """The laptop is closed before the answer comes."""
    with pytest.raises(httpx.ReadTimeout):
        talk.website.http.post(
            "/webhooks/web/message",
            json={"text": text},
            headers={"Authorization": f"Bearer {talk.website.session}"},
            timeout=0.3,
        )


def history(talk: Conversation) -> list[str]:
    """What was said so far, by either side."""
    return [plain(message["text"]) for message in talk.website.history()]


@BOTH
def test_billing_killed_before_it_made_the_payment(product: Product, language: Language) -> None:
    """It hung, then died: the outcome is unknown, then known as not received, and a new yes makes one payment."""
    talk = read_back(product, language)
    product.freeze("billing")
    talk.say(YES[language])
    assert "ACH-" not in talk.text and talk.choices
    product.crash("billing")
    product.start("billing")
    assert product.payments() == []
    talk.choose(1)
    assert "ACH-" not in talk.text and "284" in talk.text
    assert product.payments() == []
    talk.say(YES[language])
    assert [payment["reference"] in talk.text for payment in product.payments()] == [True]


@BOTH
def test_billing_killed_after_it_made_the_payment(product: Product, language: Language) -> None:
    """Committed, then dead before anybody heard: found under its key, never made twice."""
    talk = read_back(product, language)
    product.breaks(Fault("POST /v1/payments", "slow"))
    says_and_hangs_up(talk, YES[language])
    until(lambda: len(product.payments()) == 1)
    product.crash("billing")
    until(lambda: len(history(talk)) == 5)  # greeting, wish, read-back, yes, and what became of it
    assert "ACH-" not in history(talk)[-1]
    product.start("billing")
    talk.say(ASKS[language])
    (payment,) = product.payments()
    assert payment["reference"] in talk.text
    talk.say(ASKS[language])
    assert len(product.payments()) == 1


@BOTH
def test_actions_killed_after_the_payment_was_made(product: Product, language: Language) -> None:
    """The customer hears an apology that claims nothing; asked again, the payment is found."""
    talk = read_back(product, language)
    product.breaks(Fault("POST /v1/payments", "slow"))
    says_and_hangs_up(talk, YES[language])
    until(lambda: len(product.payments()) == 1)
    product.crash("actions")
    until(lambda: APOLOGY[language] in history(talk)[-1])
    product.start("actions")
    talk.say(YES[language])
    (payment,) = product.payments()
    assert payment["reference"] in talk.text


@BOTH
def test_actions_frozen_at_the_payment(product: Product, language: Language) -> None:
    """Whoever waits is told that work goes on; the answer comes into the history, and the payment is one."""
    talk = read_back(product, language)
    product.freeze("actions")
    says_and_hangs_up(talk, YES[language])
    assert product.payments() == []
    product.thaw("actions")
    until(lambda: "ACH-" in history(talk)[-1])
    assert len(product.payments()) == 1


@BOTH
def test_a_dead_action_server_is_not_silence(product: Product, language: Language) -> None:
    """An apology in the customer's language, and the conversation goes on when it is back."""
    talk = product.conversation(language, BAKERY_MAIL)
    product.stop("actions")
    talk.say(BALANCE[language])
    assert APOLOGY[language] in talk.text and "1-800-275-9376" in talk.text
    assert talk.language == language
    product.start("actions")
    talk.say(BALANCE[language])
    assert DUE[language] in talk.text


@BOTH
def test_a_conversation_outlives_the_assistant(product: Product, language: Language) -> None:
    """Session, choices, identity and the payment under way are all kept elsewhere than in its memory."""
    talk = read_back(product, language)
    product.stop("assistant")
    product.start("assistant")
    assert plain(talk.website.history()[-1]["text"]) == talk.text
    talk.choose(1)
    assert [payment["reference"] in talk.text for payment in product.payments()] == [True]


@BOTH
def test_a_payment_outlives_the_customer_who_hangs_up(product: Product, language: Language) -> None:
    """It completes, once, and its reference waits in the history."""
    talk = read_back(product, language)
    product.breaks(Fault("POST /v1/payments", "slow"))
    says_and_hangs_up(talk, YES[language])
    until(lambda: len(product.payments()) == 1)
    product.wire.mend()
    until(lambda: "ACH-" in history(talk)[-1])
    (payment,) = product.payments()
    assert payment["reference"] in history(talk)[-1]
