"""Option 4 over real TwiML: a caller with keys in hand, a telephone that may or may not take texts (T8)."""

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from xml.etree import ElementTree as ET

import pytest

from bot.channels.sms_clock import KEPT, SmsClock
from bot.channels.twilio_signature import Form
from bot.channels.voice_menu import TEXTS_A_DAY, VoiceMenu
from bot.channels.voice_prompts import Prompts
from bot.importer import REPLIES, read_replies
from sessions import Call, ReceivedText
from sessions.database import now
from tests.support.standin import CallInEar, PhoneInHand
from tests.support.twilio import Caller
from tests.support.website import Channel

_SIDS = count(1)
NINE_MINUTES, ELEVEN_MINUTES, TWENTY_ONE_MINUTES = (timedelta(minutes=minutes) for minutes in (9, 11, 21))


def kept(channel: Channel, call: CallInEar) -> Call:
    """The call as it is recorded."""
    found = channel.sessions.calls.get(call.now["sid"])
    assert found is not None
    return found


def settled(channel: Channel) -> None:
    channel.settle()
    channel.standin.settle()


def test_the_language_is_asked_in_both_and_the_menu_goes_on_in_one(channel: Channel, phone: PhoneInHand) -> None:
    """French first, English equal."""
    call = phone.dial()
    assert "faites le 1" in call.heard
    assert "press 2" in call.heard
    assert call.tongues == ["fr-CA", "en-CA"]
    assert "press 4" in call.press("2")
    assert call.tongues == ["en-CA"]
    assert kept(channel, call).language == "en"


@pytest.mark.parametrize(
    ("key", "offered", "greeting", "speaks"),
    [
        ("1", "Pour continuer par texto, faites le 1", "vous avez appelé", "fr"),
        ("2", "To go on by text, press 1", "you called", "en"),
    ],
)
def test_option_4_and_1_go_on_by_text_in_the_language_chosen(
    channel: Channel, phone: PhoneInHand, key: str, offered: str, greeting: str, speaks: str
) -> None:
    """The conversation starts at once and knows why they called (behaviour.md, row 24)."""
    call = phone.dial()
    call.press(key)
    assert offered in call.press("4")
    call.press("1")
    (text,) = phone.received()
    assert text.startswith("echo")  # the agent of these tests says what it is told; the greeting is the real one's
    assert channel.agent.heard[-1].parse_data["choice"] == {"opening": True, "called": True}
    conversation = channel.sessions.conversations.get(channel.agent.heard[-1].sender_id)
    assert conversation is not None
    assert conversation.language == speaks
    assert greeting in channel.agent.nlg.render("sms_called", speaks, {})["text"]
    assert kept(channel, call).outcome == "texted"
    (proof,) = channel.sessions.consents.proofs(phone.number)
    assert (proof.how, proof.said, proof.sid) == ("keypress", f"1 ({speaks})", call.now["sid"])


def test_who_stays_on_the_line_hears_whether_the_text_arrived(channel: Channel, phone: PhoneInHand) -> None:
    """And can still go to a person."""
    call = phone.dial()
    for key in "141":
        call.press(key)
    assert call.now["state"] == "pause"
    settled(channel)
    assert "faites le 2" in call.wait()
    assert "quelqu'un va vous répondre" in call.press("2")
    assert call.now["queue"] == "agents-fr"
    assert kept(channel, call).outcome == "agent"


def test_who_does_not_answer_hears_goodbye(channel: Channel, phone: PhoneInHand) -> None:
    """The call ends, the conversation waits."""
    call = phone.dial()
    for key in "241":
        call.press(key)
    settled(channel)
    call.wait()
    assert "Thank you" in call.wait()
    assert call.now["state"] == "ended"
    assert kept(channel, call).outcome == "texted"


@pytest.mark.parametrize(
    ("keys", "queue"), [("142", "agents-fr"), ("242", "agents-en"), ("10", "agents-fr"), ("20", "agents-en")]
)
def test_staying_on_the_line_goes_to_an_agent_of_ones_language(
    channel: Channel, phone: PhoneInHand, keys: str, queue: str
) -> None:
    """Nobody is made to text."""
    call = phone.dial()
    for key in keys:
        call.press(key)
    assert call.now["queue"] == queue
    assert (kept(channel, call).outcome, kept(channel, call).reason) == ("agent", "asked")
    assert phone.received() == []


@pytest.mark.parametrize("keys", ["", "1", "2", "14", "24"])
@pytest.mark.parametrize("wrong", ["9", "#", None])
def test_a_wrong_key_or_none_is_asked_again_and_then_a_person_answers(
    channel: Channel, phone: PhoneInHand, keys: str, wrong: str | None
) -> None:
    """At every question; whoever cannot press a key needs a person most."""
    call = phone.dial()
    for key in keys:
        call.press(key)

    def fails() -> str:
        return call.wait() if wrong is None else call.press(wrong)

    assert re.search("choix valable|valid choice", fails())
    assert call.now["state"] == "key"
    fails()
    assert call.now["state"] == "queue"
    assert (kept(channel, call).outcome, kept(channel, call).reason) == ("agent", "no_key")


@pytest.mark.parametrize("keys", ["91", "194"])
def test_a_wrong_key_can_be_made_good(phone: PhoneInHand, keys: str) -> None:
    """One slip costs nothing."""
    call = phone.dial()
    for key in keys:
        call.press(key)
    assert call.now["state"] == "key"


@pytest.mark.parametrize("number", ["anonymous", "+266696687", "", "+18005550100", "+33123456789", "Restricted"])
def test_a_caller_whose_telephone_takes_no_texts_goes_to_an_agent(channel: Channel, number: str) -> None:
    """A number withheld, free of charge, or of a fixed line by its plan."""
    phone = PhoneInHand(channel.standin.address, number or "%20")
    call = phone.dial()
    call.press("1")
    assert "quelqu'un va vous répondre" in call.press("4")
    assert call.now["queue"] == "agents-fr"
    assert kept(channel, call).reason == "no_mobile"
    phone.close()


async def test_a_landline_found_out_after_the_text_goes_to_an_agent(
    channel: Channel, caller: Caller, phone: PhoneInHand
) -> None:
    """In North America only the network knows; 30006 comes seconds later, while the caller waits."""
    phone.breaks(kind="no callbacks")
    call = phone.dial()
    for key in "141":
        call.press(key)
    sid = phone.shown()[-1]["sid"]
    await caller.status(sid, "undelivered", ErrorCode="30006", To=phone.number)
    assert kept(channel, call).outcome == "undeliverable"
    assert "n'a pas pu être envoyé" in call.wait()
    assert call.now["queue"] == "agents-fr"
    assert (kept(channel, call).outcome, kept(channel, call).reason) == ("agent", "not_sent")


def test_a_landline_found_out_before_twilios_answer_goes_to_an_agent_at_once(
    channel: Channel, phone: PhoneInHand
) -> None:
    """Two messages of Twilio overtake each other."""
    phone.is_special(landline=True)
    phone.breaks(kind="slow", seconds=0.5)
    call = phone.dial()
    for key in "14":
        call.press(key)
    assert "n'a pas pu être envoyé" in call.press("1")
    assert kept(channel, call).reason == "not_sent"


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "refused", "code": 21614},
        {"kind": "refused", "code": 21211},
        {"kind": "lost answer"},
        {"kind": "error"},
        {"kind": "too many", "seconds": 0},
    ],
    ids=repr,
)
def test_when_the_text_cannot_be_sent_the_caller_goes_to_an_agent(
    channel: Channel, phone: PhoneInHand, fault: dict[str, object]
) -> None:
    """Never "a text is on its way" when none is."""
    phone.breaks(**fault)
    call = phone.dial()
    for key in "24":
        call.press(key)
    assert "could not be sent" in call.press("1")
    assert call.now["queue"] == "agents-en"
    assert kept(channel, call).reason == "not_sent"


def test_who_opted_out_is_not_offered_a_text(channel: Channel, phone: PhoneInHand) -> None:
    """A key on the telephone does not undo a STOP."""
    channel.sessions.consents.take_back(phone.number, "keyword", said="STOP", sid="SM0")
    call = phone.dial()
    call.press("1")
    assert "ne plus recevoir nos textos" in call.press("4")
    assert call.now["state"] == "queue"


def test_a_caller_id_cannot_be_used_to_send_texts_all_day(phone: PhoneInHand) -> None:
    """It can be forged; after some the caller gets a person."""
    for _ in range(TEXTS_A_DAY):
        call = phone.dial()
        for key in "141":
            call.press(key)
    call = phone.dial()
    for key in "14":
        call.press(key)
    assert call.now["state"] == "queue"
    assert len(phone.received()) == TEXTS_A_DAY


async def test_a_step_asked_twice_sends_one_text(channel: Channel, caller: Caller, phone: PhoneInHand) -> None:
    """Twilio repeats a request that it thinks was lost."""
    sid = f"CA{next(_SIDS):032}"
    for step, digits in (("incoming", None), ("language", "1"), ("fr/menu", "4")):
        assert (await caller.call(step, sid, phone.number, digits)).status_code == 200
    answers = await asyncio.gather(*(caller.call("fr/offer", sid, phone.number, "1") for _ in range(5)))
    assert {answer.status_code for answer in answers} == {200}
    await asyncio.to_thread(channel.settle)
    assert len(phone.received()) == 1


async def test_every_step_is_twiml(caller: Caller, phone: PhoneInHand) -> None:
    """Twilio reads nothing else."""
    sid = f"CA{next(_SIDS):032}"
    for step, digits in (
        ("incoming", None),
        ("language", "2"),
        ("en/menu", "4"),
        ("en/offer", "2"),
        ("en/queued", None),
    ):
        answer = await caller.call(step, sid, phone.number, digits)
        assert answer.headers["content-type"].startswith("text/xml")
        assert ET.fromstring(answer.text).tag == "Response"  # noqa: S314  our own answer
    assert (await caller.call("en/elsewhere", sid, phone.number)).status_code == 404
    assert (await caller.post("/webhooks/voice/incoming", {"From": phone.number})).status_code == 400


def test_who_hangs_up_before_choosing_is_recorded(channel: Channel, phone: PhoneInHand) -> None:
    """Every call has an outcome."""
    call = phone.dial()
    call.press("1")
    call.hang_up()
    assert kept(channel, call).outcome == "hung_up"


@pytest.mark.parametrize("result", ["queue-full", "system-error"])
async def test_a_queue_that_takes_nobody_says_so(caller: Caller, phone: PhoneInHand, result: str) -> None:
    """Music for ever is no answer."""
    answer = await caller.call("fr/queued", f"CA{next(_SIDS):032}", phone.number, QueueResult=result)
    assert "Personne ne peut prendre votre appel" in answer.text


# -- the hours ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("moment", "closed"),
    [
        (datetime(2026, 11, 25, 15, 0, tzinfo=UTC), False),  # Wednesday, 10:00 in Toronto
        (datetime(2026, 11, 25, 23, 30, tzinfo=UTC), True),  # 18:30
        (datetime(2026, 11, 28, 15, 0, tzinfo=UTC), True),  # Saturday
    ],
)
async def test_out_of_hours_a_caller_hears_when_somebody_answers(
    channel: Channel, moment: datetime, closed: bool
) -> None:
    """And keeps a place in the line all the same."""
    prompts = Prompts(channel.agent.nlg, channel.address, "agents")
    menu = VoiceMenu(channel.sessions, channel.telephone.line, prompts, timedelta(minutes=10), lambda: moment)
    form = _form(CallSid=f"CA{next(_SIDS):032}", From="anonymous", Digits="0")
    heard = str(await menu.take("menu", form, "fr"))
    assert ("fermés" in heard) is closed
    assert "<Enqueue" in heard


# -- nobody answers -------------------------------------------------------------------------------
@pytest.fixture
def clock(channel: Channel) -> Callable[[timedelta], None]:
    """Lets the clock of the SMS channel look as if it were later."""

    def look(later: timedelta) -> None:
        line = channel.telephone.line
        channel.run(SmsClock(channel.sessions, line._sender, line, lambda: now() + later).look())

    return look


def test_without_an_answer_there_is_one_reminder_and_then_an_end(
    channel: Channel, phone: PhoneInHand, clock: Callable[[timedelta], None]
) -> None:
    """Whoever looks at the deadlines: they are stored, so a restart in between changes nothing."""
    call = phone.dial()
    for key in "141":
        call.press(key)
    clock(NINE_MINUTES)
    assert len(phone.received()) == 1
    clock(ELEVEN_MINUTES)
    clock(ELEVEN_MINUTES)
    _greeting, reminder = phone.received()
    assert "depuis votre appel" in reminder
    assert kept(channel, call).outcome == "texted"
    clock(TWENTY_ONE_MINUTES)
    clock(TWENTY_ONE_MINUTES)
    assert len(phone.received()) == 2
    assert kept(channel, call).outcome == "unanswered"


@pytest.mark.parametrize(("answer", "outcome"), [("solde", "answered"), ("STOP", "opted_out")])
def test_who_answers_is_not_reminded(
    channel: Channel, phone: PhoneInHand, clock: Callable[[timedelta], None], answer: str, outcome: str
) -> None:
    """A STOP is an answer too."""
    call = phone.dial()
    for key in "241":
        call.press(key)
    phone.write(answer)
    settled(channel)
    before = len(phone.received())
    clock(ELEVEN_MINUTES)
    clock(TWENTY_ONE_MINUTES)
    assert len(phone.received()) == before
    assert kept(channel, call).outcome == outcome


def test_an_outage_past_both_deadlines_ends_the_call_without_a_late_reminder(
    channel: Channel, phone: PhoneInHand, clock: Callable[[timedelta], None]
) -> None:
    """Nobody wants to be reminded of a call of yesterday."""
    call = phone.dial()
    for key in "141":
        call.press(key)
    clock(timedelta(days=1))
    assert len(phone.received()) == 1
    assert kept(channel, call).outcome == "unanswered"


def test_ids_of_texts_are_kept_as_long_as_they_may_come_again(
    channel: Channel, phone: PhoneInHand, clock: Callable[[timedelta], None]
) -> None:
    """Seven days, and no longer (T3)."""
    sid = f"SM-old-{next(_SIDS)}"
    received = ReceivedText(sid, phone.number, "a")
    assert channel.sessions.received.take(received)
    channel.sessions.received.done(sid)
    clock(KEPT - timedelta(minutes=1))
    assert not channel.sessions.received.take(received)
    clock(KEPT + timedelta(minutes=1))
    assert channel.sessions.received.take(received)
    channel.sessions.received.done(sid)


# -- what is said ---------------------------------------------------------------------------------
def test_nothing_of_an_account_is_ever_said_on_the_telephone() -> None:
    """The only values a prompt may hold are the company's own facts."""
    for name, variations in read_replies(REPLIES).items():
        if name.startswith("utter_voice_"):
            for variation in variations:
                held = set(re.findall(r"\{\{\s*([\w.]+)", variation["text"]))
                assert {value.split(".")[0] for value in held} <= {"company", "hours"}, name


def _form(**members: str) -> Form:
    return Form({name: [value] for name, value in members.items()})
