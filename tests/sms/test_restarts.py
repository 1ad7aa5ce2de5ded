"""What SMS promises across crashes, on the real processes (security.md, T2 and T3)."""

from concurrent.futures import ThreadPoolExecutor

from tests.support.product import Product
from tests.support.sms_conversation import SmsConversation, texted


def test_twenty_copies_of_one_text_at_once_are_one_turn(talk: SmsConversation) -> None:
    """And one more after a restart of the assistant is none."""
    with ThreadPoolExecutor(20) as copies:
        answers = list(copies.map(lambda _: talk.phone.write("Bonjour", sid="SM" + "7" * 32), range(20)))
    assert {answer["status"] for answer in answers} == {"received"}
    talk.website.wait_until_served("SM" + "7" * 32)
    assert len(talk.phone.received()) == 1


def test_a_copy_that_comes_after_a_crash_is_not_served_again(product: Product, talk: SmsConversation) -> None:
    """The ids are in the database, not in a process."""
    first = talk.phone.write("Bonjour")
    talk.website.wait_until_served(first["sid"])
    product.crash("assistant")
    product.start("assistant")
    talk.phone.write("Bonjour", sid=first["sid"])
    talk.say("merci")
    assert len(talk.phone.received()) == 2


def test_a_conversation_goes_on_after_a_crash(product: Product, talk: SmsConversation) -> None:
    """Numbers shown before it still mean what they meant."""
    talk.say("Bonjour")
    product.crash("assistant")
    product.start("assistant")
    talk.say("1")
    assert "numéro de compte" in talk.text


def test_answers_wait_for_a_twilio_that_wants_a_pause_and_then_come_in_order(talk: SmsConversation) -> None:
    """What could certainly not be sent is sent once it can be."""
    talk.phone.breaks(kind="too many", seconds=1, times=1)
    first = talk.phone.write("Est-ce que c'est sécuritaire?")
    second = talk.phone.write("Combien coûte une facture papier?")
    for sent in (first, second):
        talk.website.wait_until_served(sent["sid"])
    talk.website.wait_until_received(2)
    secure, paper = talk.phone.received()
    assert "TLS" in secure
    assert texted("5,00 $") in texted(paper)


def test_stop_holds_across_a_crash(product: Product, talk: SmsConversation) -> None:
    """A power cut is no consent."""
    talk.say("Bonjour")
    talk.phone.write("ARRÊT")
    talk.website.wait_until_received(2)
    assert "vous ne recevrez plus de textos" in talk.website.unread()[0].text
    product.crash("assistant")
    product.start("assistant")
    assert talk.say("solde") == []
    talk.say("DEBUT")
    assert "de nouveau nos textos" in talk.text
