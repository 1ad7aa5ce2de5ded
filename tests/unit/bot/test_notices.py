"""Notices by text: who may hand them over, to whom they go, and that each can be answered (T4, L3, A12)."""

import asyncio
from itertools import count
from typing import Any

import httpx
import pytest

from bot.channels.sms_text import segments
from sessions import Handover
from sessions.context import Context, TaskState
from tests.support.standin import PhoneInHand
from tests.support.twilio import Caller
from tests.support.website import SERVICE_TOKEN, Channel

_IDS = count(1)
INVOICE = {"number": "34823011", "issued": "2026-11-07", "due": "2026-12-07", "total": "1284.50", "balance": "1284.50"}
OTHER = INVOICE | {"number": "34822466", "balance": "532.18"}
TEXT = "Xerox Canada : la facture 34823011 est en retard, il reste 1 284,50 $ à payer."


def notice(phone: PhoneInHand, **details: Any) -> dict[str, Any]:
    """One the billing system hands over."""
    known = {
        "id": f"{next(_IDS)}-20261208103000",
        "phone": phone.number,
        "language": "fr",
        "kind": "overdue",
        "text": TEXT,
        "invoices": [INVOICE],
        "reference": None,
    }
    return known | details


async def hand_over(channel: Channel, body: Any, token: str = SERVICE_TOKEN) -> httpx.Response:
    """As the billing system does."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with httpx.AsyncClient(base_url=channel.address, timeout=20, trust_env=False) as http:
        return await http.post("/webhooks/notices", json=body, headers=headers)


async def write(caller: Caller, channel: Channel, phone: PhoneInHand, text: str) -> list[str]:
    """A text comes in and is served; what came back."""
    before = len(phone.received())
    assert (await caller.text(f"SM{'e' * 20}{next(_IDS):012}", phone.number, text)).status_code == 200
    await asyncio.to_thread(channel.settle)
    return phone.received()[before:]


def conversation_of(channel: Channel, phone: PhoneInHand) -> str:
    """The one the telephone is in."""
    found = channel.sessions.phones.conversation_of(phone.number)
    assert found is not None
    return found


# -- who may --------------------------------------------------------------------------------------
@pytest.mark.parametrize("token", ["", "another", SERVICE_TOKEN + "x"])
async def test_only_the_billing_system_may_hand_a_notice_over(channel: Channel, phone: PhoneInHand, token: str) -> None:
    """Whoever can post here texts any telephone in the company's name."""
    assert (await hand_over(channel, notice(phone), token)).status_code == 401
    assert phone.received() == []


@pytest.mark.parametrize(
    "wrong",
    [{"phone": "5551234"}, {"phone": "+1418\0"}, {"kind": "prize"}, {"text": ""}, {"text": "a" * 401}, {"text": "a\0"},
     {"language": "de"}, {"id": "a b"}, {"more": 1}, {"invoices": [{"number": "1"}]}, {"reference": "ACH 1"}],
    ids=repr,
)  # fmt: skip
async def test_a_notice_of_another_shape_is_400_and_nothing_is_sent(
    channel: Channel, phone: PhoneInHand, wrong: dict[str, Any]
) -> None:
    """Never half a text."""
    assert (await hand_over(channel, notice(phone) | wrong)).status_code == 400
    assert phone.received() == []


# -- what is sent ---------------------------------------------------------------------------------
async def test_a_notice_says_who_writes_how_to_stop_and_what_can_be_answered(
    channel: Channel, phone: PhoneInHand
) -> None:
    """To a telephone never heard of, in the customer's language, within two segments."""
    answer = await hand_over(channel, notice(phone))
    assert answer.json() == {"outcome": "sent"}
    assert phone.received() == [f"{TEXT} (ARRET : plus de textos)\n1. Payer\n2. Détails"]
    assert segments(phone.received()[0]) <= 2
    conversation = channel.sessions.conversations.get(conversation_of(channel, phone))
    assert conversation is not None and conversation.language == "fr"


async def test_an_english_customer_is_written_to_in_english(channel: Channel, phone: PhoneInHand) -> None:
    """The company's words come from the billing system, ours beside them."""
    await hand_over(channel, notice(phone, language="en", text="Xerox Canada: it is overdue."))
    assert phone.received() == ["Xerox Canada: it is overdue. (STOP: no more texts)\n1. Pay\n2. Details"]


async def test_a_full_account_number_is_never_texted(channel: Channel, phone: PhoneInHand) -> None:
    """Even should the billing system write one (A12)."""
    await hand_over(channel, notice(phone, text="Xerox Canada : compte 1000482915."))
    assert "***2915" in phone.received()[0] and "1000482915" not in phone.received()[0]


async def test_handed_over_twice_or_at_once_it_is_sent_once(channel: Channel, phone: PhoneInHand) -> None:
    """The billing system asks again when an answer was lost."""
    body = notice(phone)
    answers = await asyncio.gather(*(hand_over(channel, body) for _ in range(10)))
    assert {answer.json()["outcome"] for answer in answers} == {"sent"}
    assert len(phone.received()) == 1


async def test_who_opted_out_gets_none_and_the_billing_system_hears_why(
    channel: Channel, caller: Caller, phone: PhoneInHand
) -> None:
    """Whatever the profile says; START takes it back."""
    await write(caller, channel, phone, "ARRET")
    before = phone.received()
    assert (await hand_over(channel, notice(phone))).json() == {"outcome": "opted_out"}
    assert phone.received() == before
    assert channel.sessions.phones.conversation_of(phone.number) is None  # nor is a conversation begun
    await write(caller, channel, phone, "DEBUT")
    assert (await hand_over(channel, notice(phone))).json() == {"outcome": "sent"}


async def test_stop_in_answer_to_a_notice_stops_the_next(channel: Channel, caller: Caller, phone: PhoneInHand) -> None:
    """As the notice says."""
    await hand_over(channel, notice(phone))
    await write(caller, channel, phone, "ARRÊT")
    assert (await hand_over(channel, notice(phone))).json() == {"outcome": "opted_out"}


async def test_of_stop_and_a_notice_at_once_nothing_is_sent_after_the_stop(
    channel: Channel, caller: Caller, phone: PhoneInHand
) -> None:
    """In whichever order they are served."""
    await write(caller, channel, phone, "bonjour")
    stopping = caller.text(f"SM{'f' * 20}{next(_IDS):012}", phone.number, "STOP")
    await asyncio.gather(stopping, *(hand_over(channel, notice(phone)) for _ in range(5)))
    await asyncio.to_thread(channel.settle)
    received = phone.received()
    stopped = next(place for place, text in enumerate(received) if "plus de textos de ce numéro" in text)
    assert received[stopped + 1 :] == []


async def test_what_twilio_knows_of_an_opt_out_is_told_too(channel: Channel, phone: PhoneInHand) -> None:
    """21610."""
    phone.is_special(blocked=True)
    assert (await hand_over(channel, notice(phone))).json() == {"outcome": "opted_out"}


# -- not between a question and its answer --------------------------------------------------------
async def test_a_customer_in_the_middle_of_something_is_not_interrupted(
    channel: Channel, caller: Caller, phone: PhoneInHand
) -> None:
    """A "yes" or a "1" after the notice would be heard as the answer to the question before it."""
    await write(caller, channel, phone, "payer")
    conversation = conversation_of(channel, phone)
    busy = Context(tasks=[TaskState(name="make_payment", question="confirm")])
    channel.sessions.conversations.keep_context(conversation, busy.model_dump(mode="json"))
    before = phone.received()
    body = notice(phone)
    answer = await hand_over(channel, body)
    assert answer.status_code == 409 and answer.headers["retry-after"] == "60"
    assert phone.received() == before
    channel.sessions.conversations.keep_context(conversation, Context().model_dump(mode="json"))
    assert (await hand_over(channel, body)).json() == {"outcome": "sent"}


async def test_a_conversation_with_a_person_is_not_interrupted_either(
    channel: Channel, caller: Caller, phone: PhoneInHand
) -> None:
    """The person has it."""
    await write(caller, channel, phone, "une personne")
    conversation = conversation_of(channel, phone)
    channel.sessions.handovers.open(Handover("C-NOTICE", conversation, "fr", "none", "general", ""))
    channel.sessions.handovers.take("C-NOTICE", "Camille")
    assert (await hand_over(channel, notice(phone))).status_code == 409


# -- answering ------------------------------------------------------------------------------------
@pytest.mark.parametrize("word", ["payer", "PAYER SVP", "1", "1.", "Payer"])
async def test_payer_means_that_invoice(channel: Channel, caller: Caller, phone: PhoneInHand, word: str) -> None:
    """The wish with the invoice in it, as a choice of ours."""
    await hand_over(channel, notice(phone))
    channel.agent.heard.clear()
    await write(caller, channel, phone, word)
    (heard,) = channel.agent.heard
    assert heard.parse_data["intent"]["name"] == "make_payment"
    assert heard.parse_data["choice"] == {"invoice_number": ["34823011"]}


@pytest.mark.parametrize(
    ("details", "intent", "values"),
    [
        ({}, "show_invoice", {"invoice_number": "34823011"}),
        ({"invoices": [INVOICE, OTHER]}, "list_overdue_invoices", {}),
        ({"invoices": [INVOICE, OTHER], "kind": "due_soon"}, "list_invoices", {}),
        ({"invoices": [], "kind": "payment_settled", "reference": "ACH-7K2M9XQ4"}, "payment_status",
         {"payment_reference": "ACH-7K2M9XQ4"}),
        ({"kind": "payment_returned", "reference": "ACH-7K2M9XQ4"}, "payment_status",
         {"payment_reference": "ACH-7K2M9XQ4"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("word", ["détails", "details"])
async def test_details_means_what_the_notice_was_about(
    channel: Channel, caller: Caller, phone: PhoneInHand, details: dict[str, Any], intent: str, values: Any, word: str
) -> None:
    """With or without its accent."""
    await hand_over(channel, notice(phone, **details))
    channel.agent.heard.clear()
    await write(caller, channel, phone, word)
    (heard,) = channel.agent.heard
    assert (heard.parse_data["intent"]["name"], heard.parse_data["choice"]) == (intent, values)


async def test_a_settled_payment_offers_nothing_to_pay(channel: Channel, phone: PhoneInHand) -> None:
    """There is nothing left of it."""
    await hand_over(channel, notice(phone, kind="payment_settled", invoices=[], reference="ACH-7K2M9XQ4"))
    assert "Payer" not in phone.received()[0] and "1. Détails" in phone.received()[0]


async def test_the_invoice_is_in_hand_for_what_is_said_in_other_words(channel: Channel, phone: PhoneInHand) -> None:
    """It can be pointed at: "la payer vendredi"; of several, each has its place."""
    await hand_over(channel, notice(phone))
    conversation = conversation_of(channel, phone)
    context = Context.model_validate(channel.sessions.conversations.context(conversation))
    assert context.in_hand == "34823011"
    await hand_over(channel, notice(phone, invoices=[INVOICE, OTHER]))
    context = Context.model_validate(channel.sessions.conversations.context(conversation))
    assert [one.number for one in context.shown_invoices] == ["34823011", "34822466"] and context.in_hand is None


async def test_a_notice_stands_in_the_transcript(channel: Channel, phone: PhoneInHand) -> None:
    """Whoever takes the conversation over sees what the customer answers to."""
    await hand_over(channel, notice(phone))
    (said,) = channel.sessions.transcript.all(conversation_of(channel, phone))
    assert said["from"] == "assistant" and "34823011" in said["text"]
