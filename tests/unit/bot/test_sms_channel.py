"""The SMS channel keeps its contract (http.md) and its guards (security.md, section 4), over real HTTP both ways."""

import asyncio
from datetime import timedelta
from itertools import count

import pytest
from rasa.core.channels.channel import UserMessage

from sessions import Draft, ReceivedText
from sessions.database import now
from tests.support.standin import PhoneInHand
from tests.support.twilio import Caller, text_form
from tests.support.website import Channel

EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response />'
_SIDS = count(1)


def new_sid() -> str:
    return f"SM{next(_SIDS):032}"


def heard(channel: Channel) -> list[str]:
    return [message.text for message in channel.agent.heard]


def received(sid: str, phone: PhoneInHand, text: str) -> ReceivedText:
    return ReceivedText(sid, phone.number, text)


async def write(caller: Caller, channel: Channel, phone: PhoneInHand, *texts: str) -> list[str]:
    """Send texts one after another and wait for all answers; what the phone received since."""
    before = len(phone.received())
    for text in texts:
        assert (await caller.text(new_sid(), phone.number, text)).status_code == 200
    await asyncio.to_thread(channel.settle)
    return phone.received()[before:]


# -- who may speak --------------------------------------------------------------------------------
WEBHOOKS = ["sms/incoming", "sms/status", "voice/incoming", "voice/language", "voice/fr/menu", "voice/en/offer-again",
            "voice/fr/sent", "voice/en/queued", "voice/status"]  # fmt: skip


@pytest.mark.parametrize("path", WEBHOOKS)
@pytest.mark.parametrize("wrong", ["missing", "forged", "other token", "other address", "altered", "added", "blank"])
async def test_what_twilio_did_not_sign_is_403_and_reaches_nobody(
    caller: Caller, channel: Channel, phone: PhoneInHand, path: str, wrong: str
) -> None:
    """Whoever can post here writes as any customer (T1)."""
    path = f"/webhooks/{path}"
    form = text_form(new_sid(), phone.number, "solde") | {"CallSid": "CA1", "Digits": "1", "MessageStatus": "sent"}
    if wrong == "missing":
        answer = await caller.http.post(path, data=form)
    elif wrong == "forged":
        answer = await caller.post(path, form, headers={"X-Twilio-Signature": "c2lnbmVk"})
    elif wrong == "other token":
        answer = await caller.post(path, form, token="somebody else's")
    elif wrong == "other address":
        answer = await caller.post(path, form, signed_for=f"http://elsewhere.example{path}")
    elif wrong == "altered":
        answer = await caller.post(path, form | {"Body": "payer"}, signed=form)
    elif wrong == "added":
        answer = await caller.post(path, form | {"NumMedia2": "1"}, signed=form)
    else:
        answer = await caller.post(path, form, signed={name: value for name, value in form.items() if value})
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    await asyncio.to_thread(channel.settle)
    assert channel.agent.heard == []
    assert phone.received() == []
    assert channel.sessions.calls.get("CA1") is None


async def test_the_query_is_part_of_what_is_signed(caller: Caller, channel: Channel) -> None:
    """A signature for one address opens no other."""
    form = {"MessageSid": new_sid(), "MessageStatus": "sent"}
    path = "/webhooks/sms/status?a=1&b=%C3%A9"
    assert (await caller.post(path, form)).status_code == 204
    assert (await caller.post(path, form, signed_for=f"{channel.address}/webhooks/sms/status")).status_code == 403


@pytest.mark.parametrize("headers", [{"Content-Type": "application/json"}, {"Content-Type": "text/plain"}])
async def test_what_is_no_form_is_403(caller: Caller, phone: PhoneInHand, headers: dict[str, str]) -> None:
    """There is nothing in it that could be signed."""
    answer = await caller.post("/webhooks/sms/incoming", text_form("SM1", phone.number, "a"), headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "form",
    [{"MessageSid": ""}, {"MessageSid": "S" * 65}, {"MessageSid": "a\0b"}, {"From": ""}, {"From": "whatsapp:+1"},
     {"From": "+1418\0555"}, {"Body": "a\0b"}],
    ids=repr,
)  # fmt: skip
async def test_a_signed_form_of_another_shape_is_400(
    caller: Caller, channel: Channel, phone: PhoneInHand, form: dict[str, str]
) -> None:
    """And never a crash (V4)."""
    answer = await caller.post("/webhooks/sms/incoming", text_form(new_sid(), phone.number, "a") | form)
    assert answer.status_code == 400
    assert channel.agent.heard == []


# -- a text and its answer ------------------------------------------------------------------------
async def test_a_text_is_answered_at_once_with_nothing_and_then_by_a_text(
    caller: Caller, channel: Channel, phone: PhoneInHand
) -> None:
    """Twilio waits for the first answer only so long (T2); the second says who is writing, once."""
    answer = await caller.text(new_sid(), phone.number, "solde")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/xml")
    assert answer.text == EMPTY_TWIML
    await asyncio.to_thread(channel.settle)
    (first,) = phone.received()
    assert first.splitlines()[1:] == ["echo solde", "1. Oui"]
    assert "Xerox Canada" in first.splitlines()[0]
    assert "ARRET" in first.splitlines()[0]
    assert (await write(caller, channel, phone, "encore")) == ["echo encore\n1. Oui"]


async def test_an_answer_that_names_the_company_is_not_told_it_twice(
    caller: Caller, channel: Channel, phone: PhoneInHand
) -> None:
    """How to stop is said all the same."""

    async def name_it(message: UserMessage) -> None:
        said = {"text": "Bonjour! Je suis l'assistant de Xerox Canada."}
        await message.output_channel.send_response(message.sender_id, said)

    channel.agent.script = name_it
    (answer,) = await write(caller, channel, phone, "bonjour")
    assert answer.count("Xerox Canada") == 1
    assert "ARRET" in answer


async def test_the_conversation_is_ours_and_says_its_channel(
    caller: Caller, channel: Channel, phone: PhoneInHand
) -> None:
    """A sender id that is a telephone number would let the website write into it (D2)."""
    await write(caller, channel, phone, "solde", '/make_payment{"amount":"1"}')
    first, second = channel.agent.heard
    assert first.sender_id.startswith("sms:")
    assert phone.number not in first.sender_id
    assert first.sender_id == second.sender_id
    assert first.input_channel == "sms"
    assert second.parse_data is None
    assert second.text == 'make_payment{"amount":"1"}'


async def test_twenty_copies_at_once_are_one_turn(caller: Caller, channel: Channel, phone: PhoneInHand) -> None:
    """Twilio sends again what it thinks was lost (T3)."""
    sid = new_sid()
    answers = await asyncio.gather(*(caller.text(sid, phone.number, "payer") for _ in range(20)))
    assert [answer.status_code for answer in answers] == [200] * 20
    await asyncio.to_thread(channel.settle)
    assert heard(channel) == ["payer"]
    assert len(phone.received()) == 1
    assert (await caller.text(sid, phone.number, "payer")).text == EMPTY_TWIML
    await asyncio.to_thread(channel.settle)
    assert heard(channel) == ["payer"]


async def test_texts_are_served_in_the_order_they_came(caller: Caller, channel: Channel, phone: PhoneInHand) -> None:
    """However long the first one takes; another telephone does not wait for it."""
    gate = asyncio.Event()
    other = PhoneInHand(channel.standin.address, "+15145550101")

    async def first_one_waits(message: UserMessage) -> None:
        if message.text == "un":
            await gate.wait()
        await channel.agent.echo(message)

    channel.agent.script = first_one_waits
    for text in ("un", "deux", "trois", "quatre", "cinq"):
        await caller.text(new_sid(), phone.number, text)
    await caller.text(new_sid(), other.number, "ailleurs")
    async with asyncio.timeout(5):
        while not other.received():  # noqa: ASYNC110  the servers run in other threads
            await asyncio.sleep(0.02)
    assert "deux" not in heard(channel)

    async def open_gate() -> None:
        gate.set()

    other.close()
    channel.run(open_gate())
    await asyncio.to_thread(channel.settle)
    answers = [text.split("echo ")[1].split("\n")[0] for text in phone.received() if "echo " in text]
    assert answers == ["un", "deux", "trois", "quatre", "cinq"]


async def test_a_late_turn_is_announced_and_answered_all_the_same(
    caller: Caller, channel: Channel, phone: PhoneInHand
) -> None:
    """On the website the answer waits in the history; a telephone has none."""

    async def late(message: UserMessage) -> None:
        await asyncio.sleep(1.3)
        await channel.agent.echo(message)

    channel.agent.script = late
    announced, answered = await write(caller, channel, phone, "solde")
    assert "plus long que prévu" in announced
    assert answered == "echo solde\n1. Oui"


async def test_a_turn_that_fails_is_answered(caller: Caller, channel: Channel, phone: PhoneInHand) -> None:
    """Nothing fails in silence (D6)."""

    async def fail(_: UserMessage) -> None:
        raise RuntimeError("boom")

    channel.agent.script = fail
    (answer,) = await write(caller, channel, phone, "solde")
    assert "mal tourné" in answer


# -- numbers and words ----------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["1", "#1", "option 1", "Oui"])
async def test_a_choice_shown_is_made_by_its_number_or_its_words(
    caller: Caller, channel: Channel, phone: PhoneInHand, typed: str
) -> None:
    """What it means was decided when it was offered."""
    await write(caller, channel, phone, "solde")
    await write(caller, channel, phone, typed)
    assert channel.agent.heard[-1].parse_data["choice"] == {"draft": "d1"}


async def test_a_number_means_what_was_shown_as_it_was_written(
    caller: Caller, channel: Channel, phone: PhoneInHand
) -> None:
    """Pressed twice, it is the same choice twice, not a choice of the answer nobody has read yet."""
    drafts = iter(["d1", "d2", "d3", "d4"])

    async def offer(message: UserMessage) -> None:
        buttons = [{"title": "Oui", "payload": f'{{"intent": "affirm", "values": {{"draft": "{next(drafts)}"}}}}'}]
        await asyncio.sleep(0.1)
        await message.output_channel.send_response(message.sender_id, {"text": "Payer?", "buttons": buttons})

    channel.agent.script = offer
    await write(caller, channel, phone, "payer")
    await write(caller, channel, phone, "1", "1")
    assert [message.parse_data["choice"]["draft"] for message in channel.agent.heard[1:]] == ["d1", "d1"]


async def test_a_number_of_an_older_answer_is_a_text(caller: Caller, channel: Channel, phone: PhoneInHand) -> None:
    """The newest answer shows no "1", so it cannot be meant."""
    await write(caller, channel, phone, "solde")

    async def plain(message: UserMessage) -> None:
        await message.output_channel.send_response(message.sender_id, {"text": "Très bien."})

    channel.agent.script = plain
    await write(caller, channel, phone, "merci")
    await write(caller, channel, phone, "1")
    assert channel.agent.heard[-1].parse_data is None
    assert channel.agent.heard[-1].text == "1"


# -- texts of other kinds -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("body", "media", "reply", "turns"),
    [
        ("", "0", "arrivé vide", 0),
        ("   ", "0", "arrivé vide", 0),
        ("", "1", "ne peux pas lire les images", 0),
        ("solde", "2", "ne peux pas lire les images", 1),
        ("x" * 1601, "0", "dépasse 1 600", 0),
        ("x" * 1600, "0", "echo", 1),
        ("👍", "0", "echo 👍", 1),
    ],
)
async def test_every_text_is_answered(
    caller: Caller, channel: Channel, phone: PhoneInHand, body: str, media: str, reply: str, turns: int
) -> None:
    """Stock Rasa answers a picture with a 500 (D13)."""
    await caller.text(new_sid(), phone.number, body, NumMedia=media)
    await asyncio.to_thread(channel.settle)
    assert reply in "\n".join(phone.received()).replace("\u00a0", " ")
    assert len(channel.agent.heard) == turns


async def test_a_pasted_secret_reaches_neither_tracker_nor_transcript_nor_database(
    caller: Caller, channel: Channel, phone: PhoneInHand
) -> None:
    """A password or a card number is masked before anything is kept (A10)."""
    await write(caller, channel, phone, "mon mot de passe est Levain-2291, carte 4111 1111 1111 1111")
    conversation = channel.sessions.phones.conversation_of(phone.number)
    assert conversation is not None
    kept = f"{channel.sessions.transcript.all(conversation)}{heard(channel)}"
    kept += f"{channel.sessions.consents.proofs(phone.number)}"
    assert "Levain" not in kept
    assert "4111" not in kept


async def test_too_many_texts_are_told_so_once(caller: Caller, channel: Channel, phone: PhoneInHand) -> None:
    """Each answer is paid for; a script that writes all night is told once a minute."""
    await write(caller, channel, phone, *(f"texte {number}" for number in range(12)))
    assert len(channel.agent.heard) == 8
    assert sum("Beaucoup de messages" in text for text in phone.received()) == 1
    assert len(phone.received()) == 9


# -- consent --------------------------------------------------------------------------------------
async def test_stop_is_confirmed_once_and_then_nothing_is_sent(
    caller: Caller, channel: Channel, phone: PhoneInHand
) -> None:
    """Opting out is an order, and saying it twice is not a reason to write twice (T4)."""
    await write(caller, channel, phone, "solde")
    (confirmation,) = await write(caller, channel, phone, "Arrêt", "STOP", "solde", "aide", "1")
    assert "vous ne recevrez plus de textos" in confirmation
    assert heard(channel) == ["solde"]
    assert channel.sessions.consents.opted_out(phone.number)


async def test_stop_ends_the_conversation_and_the_identity(
    caller: Caller, channel: Channel, phone: PhoneInHand
) -> None:
    """Whoever has the telephone afterwards starts as a stranger (A6)."""
    await write(caller, channel, phone, "solde")
    before = channel.sessions.phones.conversation_of(phone.number)
    assert before is not None
    await write(caller, channel, phone, "STOP", "START", "solde")
    after = channel.sessions.phones.conversation_of(phone.number)
    assert after != before
    assert channel.sessions.identities.get(before) is None


@pytest.mark.parametrize(
    ("language", "word", "confirmation"),
    [("en", "STOP", "no more texts"), ("en", "arret", "plus de textos"), ("fr", "CANCEL", "plus de textos"),
     ("fr", "unsubscribe", "plus de textos"), (None, "UNSUBSCRIBE", "no more texts"), (None, "STOP", "plus de textos")],
)  # fmt: skip
async def test_the_confirmation_is_in_the_language_of_the_conversation_or_of_the_word(
    caller: Caller, channel: Channel, phone: PhoneInHand, language: str | None, word: str, confirmation: str
) -> None:
    """A French word tells; an English one is used by everybody."""
    if language is not None:
        await write(caller, channel, phone, "solde")
        conversation = channel.sessions.phones.conversation_of(phone.number)
        channel.sessions.conversations.set_language(conversation or "", "en" if language == "en" else "fr")
    (text,) = await write(caller, channel, phone, word)
    assert confirmation in text


async def test_start_takes_it_back_with_one_confirmation(caller: Caller, channel: Channel, phone: PhoneInHand) -> None:
    """In French too; and the conversation goes on from there."""
    await write(caller, channel, phone, "stop")
    (introduced,) = await write(caller, channel, phone, "Début")
    assert "vous recevrez de nouveau nos textos" in introduced
    assert (await write(caller, channel, phone, "solde"))[0].startswith("echo solde")
    assert [(proof.given, proof.how, proof.said) for proof in channel.sessions.consents.proofs(phone.number)] == [
        (False, "keyword", "stop"),
        (True, "keyword", "Début"),
    ]


async def test_help_says_who_writes_and_how_to_stop_beside_the_answer(
    caller: Caller, channel: Channel, phone: PhoneInHand
) -> None:
    """Carriers want the one, customers the other."""
    (answer,) = await write(caller, channel, phone, "AIDE")
    assert "echo AIDE" in answer
    assert "1-800-275-9376" in answer
    assert "ARRET" in answer


async def test_the_first_text_is_kept_as_proof_of_consent(caller: Caller, channel: Channel, phone: PhoneInHand) -> None:
    """When, in which words, in which message (L3)."""
    before = now()
    await write(caller, channel, phone, "solde svp", "et le pdf")
    (proof,) = channel.sessions.consents.proofs(phone.number)
    assert (proof.given, proof.how, proof.said) == (True, "wrote", "solde svp")
    assert before <= proof.at <= now()
    assert proof.sid.startswith("SM")


async def test_an_answer_under_way_does_not_reach_who_opted_out_meanwhile(
    caller: Caller, channel: Channel, phone: PhoneInHand
) -> None:
    """STOP does not wait in line behind a slow turn."""
    gate = asyncio.Event()

    async def wait(message: UserMessage) -> None:
        await gate.wait()
        await channel.agent.echo(message)

    channel.agent.script = wait
    await caller.text(new_sid(), phone.number, "solde")
    await caller.text(new_sid(), phone.number, "STOP")
    assert channel.sessions.consents.opted_out(phone.number)

    async def open_gate() -> None:
        gate.set()

    channel.run(open_gate())
    await asyncio.to_thread(channel.settle)
    (confirmation,) = phone.received()
    assert "plus de textos" in confirmation


async def test_an_answer_of_before_a_stop_does_not_come_after_the_start(
    caller: Caller, channel: Channel, phone: PhoneInHand
) -> None:
    """It belongs to a conversation that is over, and perhaps to an identity that is."""
    gate = asyncio.Event()

    async def wait(message: UserMessage) -> None:
        await gate.wait()
        await channel.agent.echo(message)

    channel.agent.script = wait
    for text in ("solde", "STOP", "START"):
        await caller.text(new_sid(), phone.number, text)

    async def open_gate() -> None:
        gate.set()

    channel.run(open_gate())
    await asyncio.to_thread(channel.settle)
    stopped, started = phone.received()
    assert "vous ne recevrez plus" in stopped
    assert "vous recevrez de nouveau" in started


async def test_stop_and_start_in_a_storm_leave_what_was_said_last(
    caller: Caller, channel: Channel, phone: PhoneInHand
) -> None:
    """Whatever is sent after the last STOP is its one confirmation."""
    await write(caller, channel, phone, "solde", "STOP", "START", "STOP", "solde")
    await write(caller, channel, phone, "solde")
    assert channel.sessions.consents.opted_out(phone.number)
    assert "echo" not in phone.received()[-1]


# -- restarts -------------------------------------------------------------------------------------
async def test_what_was_taken_before_the_end_is_served_after_it(
    caller: Caller, channel: Channel, phone: PhoneInHand
) -> None:
    """Twilio had its answer: nobody else would ever serve the message."""
    channel.sessions.received.take(received("SM-left", phone, "solde"))

    async def resume() -> None:
        channel.telephone.line.resume()

    channel.run(resume())
    await asyncio.to_thread(channel.settle)
    assert heard(channel) == ["solde"]
    await caller.text("SM-left", phone.number, "solde")
    await asyncio.to_thread(channel.settle)
    assert heard(channel) == ["solde"]


async def test_what_was_begun_before_the_end_is_not_done_twice(
    caller: Caller, channel: Channel, phone: PhoneInHand
) -> None:
    """It may have paid; the customer is told to ask."""
    await write(caller, channel, phone, "bonjour")
    channel.sessions.received.take(received("SM-begun", phone, "payer"))
    channel.sessions.received.begin("SM-begun")

    async def resume() -> None:
        channel.telephone.line.resume()

    channel.run(resume())
    await asyncio.to_thread(channel.settle)
    assert heard(channel) == ["bonjour"]
    assert "demandez-moi d'abord" in phone.received()[-1]


async def test_a_stop_taken_before_the_end_holds_after_it(channel: Channel, phone: PhoneInHand) -> None:
    """An order is not forgotten by a power cut."""
    channel.sessions.received.take(received("SM-stop", phone, "ARRÊT"))

    async def resume() -> None:
        channel.telephone.line.resume()

    channel.run(resume())
    await asyncio.to_thread(channel.settle)
    assert channel.sessions.consents.opted_out(phone.number)


# -- conversations end ----------------------------------------------------------------------------
async def test_after_a_long_silence_a_new_conversation_begins_in_the_same_language(
    caller: Caller, channel: Channel, phone: PhoneInHand
) -> None:
    """What was half done yesterday is not taken up by a word of today."""
    await write(caller, channel, phone, "balance")
    before = channel.sessions.phones.conversation_of(phone.number) or ""
    channel.sessions.conversations.set_language(before, "en")
    channel.sessions.conversations.extend(before, timedelta(seconds=-1))
    (answer,) = await write(caller, channel, phone, "balance")
    after = channel.sessions.conversations.get(channel.sessions.phones.conversation_of(phone.number) or "")
    assert after is not None
    assert (after.id != before, after.language) == (True, "en")
    assert "billing assistant (a program)" in answer


async def test_a_payment_whose_outcome_is_not_told_yet_keeps_its_conversation(
    caller: Caller, channel: Channel, phone: PhoneInHand
) -> None:
    """Else nobody would ever tell the customer that it was received."""
    await write(caller, channel, phone, "payer")
    before = channel.sessions.phones.conversation_of(phone.number) or ""
    draft: Draft = channel.sessions.drafts.read_back(before, {"amount": "1.00"})
    channel.sessions.drafts.authorise(draft.id)
    channel.sessions.conversations.extend(before, timedelta(seconds=-1))
    await write(caller, channel, phone, "bonjour")
    assert channel.sessions.phones.conversation_of(phone.number) == before


# -- deliveries -----------------------------------------------------------------------------------
async def test_callbacks_out_of_order_or_twice_take_nothing_back(caller: Caller, channel: Channel) -> None:
    """Twilio promises no order (T3)."""
    sid = new_sid()
    for status in ("sent", "delivered", "sent", "queued", "delivered", "sending"):
        assert (await caller.status(sid, status)).status_code == 204
    delivery = channel.sessions.deliveries.get(sid)
    assert delivery is not None
    assert delivery.status == "delivered"


@pytest.mark.parametrize("code", [30003, 30004, 30005, 30006, 30007, 30008])
async def test_a_text_that_did_not_arrive_is_recorded_with_its_reason(
    caller: Caller, channel: Channel, code: int
) -> None:
    """Switched off, blocked, unknown, a landline, filtered (T7)."""
    sid = new_sid()
    await caller.status(sid, "undelivered", ErrorCode=str(code))
    await caller.status(sid, "sent")
    delivery = channel.sessions.deliveries.get(sid)
    assert delivery is not None
    assert (delivery.status, delivery.error_code) == ("undelivered", code)


async def test_an_opt_out_only_the_carrier_heard_of_is_recorded(
    caller: Caller, channel: Channel, phone: PhoneInHand
) -> None:
    """Told by a callback: from now on nothing is sent (T4)."""
    await caller.status(new_sid(), "failed", ErrorCode="21610", To=phone.number)
    assert channel.sessions.consents.opted_out(phone.number)
    assert await write(caller, channel, phone, "solde") == []


@pytest.mark.parametrize("form", [{"MessageSid": ""}, {"MessageStatus": ""}, {"MessageStatus": "x" * 40}], ids=repr)
async def test_a_callback_of_another_shape_is_400(caller: Caller, form: dict[str, str]) -> None:
    """And an unknown status is no reason to fail."""
    given = {"MessageSid": new_sid(), "MessageStatus": "sent"} | form
    assert (await caller.post("/webhooks/sms/status", given)).status_code == 400
    assert (await caller.status(new_sid(), "teleported")).status_code == 204
