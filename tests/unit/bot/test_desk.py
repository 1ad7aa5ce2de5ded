"""The agent desk: who gets in, and what becomes of a conversation a person takes over, on both channels (row 20)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count

import httpx
import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.limits import SlidingWindow
from bot.desk.routes import TRIES_A_MINUTE
from bot.desk.staff import DEMO_PERSON, Staff, staff_of
from bot.settings import AssistantSettings
from sessions import Handover
from sessions.context import Context, TaskState
from tests.support.staff import PASSWORDS, Agent, readable
from tests.support.standin import PhoneInHand
from tests.support.twilio import Caller
from tests.support.website import Channel, Site

_NUMBERS = count(1)
_SIDS = count(1)


@pytest.fixture(autouse=True)
def _nobody_tried_before(channel: Channel) -> None:
    """Every test comes from the same address."""
    channel.desk._tries = SlidingWindow(TRIES_A_MINUTE)


@pytest.fixture
async def stranger(channel: Channel) -> AsyncIterator[Agent]:
    """Somebody with a browser."""
    agent = Agent(channel.address)
    async with agent.http:
        yield agent


@pytest.fixture
async def agent(stranger: Agent) -> Agent:
    """Camille, signed in."""
    await stranger.sign_in()
    return stranger


@pytest.fixture
async def colleague(channel: Channel) -> AsyncIterator[Agent]:
    """Dominique, signed in."""
    other = Agent(channel.address, "en")
    async with other.http:
        await other.sign_in("Dominique")
        yield other


def ask(channel: Channel, conversation: str, **details: str) -> str:
    """A customer asks for a person; the number of the request."""
    number = f"C-{next(_NUMBERS):06}"
    known = {"language": "fr", "identity": "none", "topic": "general", "summary": "une personne svp"} | details
    channel.sessions.handovers.open(Handover(number=number, conversation=conversation, **known))  # type: ignore[arg-type]  # the literals of the test
    return number


def opened(channel: Channel) -> str:
    """The conversation of the website's newest session."""
    return next(message.sender_id for message in reversed(channel.agent.heard) if message.sender_id.startswith("web:"))


async def at_the_website(channel: Channel, site: Site, **details: str) -> str:
    """A visitor who asked for a person."""
    await site.open()
    number = ask(channel, opened(channel), **details)
    channel.agent.heard.clear()
    return number


async def write(caller: Caller, channel: Channel, phone: PhoneInHand, text: str) -> None:
    """A text comes in and is served."""
    assert (await caller.text(f"SM{'d' * 20}{next(_SIDS):012}", phone.number, text)).status_code == 200
    await asyncio.to_thread(channel.settle)


async def by_text(channel: Channel, caller: Caller, phone: PhoneInHand) -> str:
    """A telephone that asked for a person."""
    await write(caller, channel, phone, "une personne")
    conversation = channel.sessions.phones.conversation_of(phone.number)
    assert conversation is not None
    channel.agent.heard.clear()
    return ask(channel, conversation)


# -- who gets in ----------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/desk", "/desk/requests/{number}"])
async def test_whoever_is_not_signed_in_sees_the_sign_in_page_and_nothing_else(
    channel: Channel, site: Site, stranger: Agent, path: str
) -> None:
    """The desk holds every customer's words."""
    number = await at_the_website(channel, site)
    answer = await stranger.http.get(path.format(number=number), follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"] == "/desk/sign-in"
    assert number not in answer.text


@pytest.mark.parametrize("what", ["take", "reply", "hand-back", "close"])
async def test_whoever_is_not_signed_in_changes_nothing(
    channel: Channel, site: Site, stranger: Agent, what: str
) -> None:
    """Nor with a cookie that is made up."""
    number = await at_the_website(channel, site)
    stranger.http.cookies.set("desk", "made-up")
    form = {"csrf": "", "text": "a", "outcome": "resolved"}
    answer = await stranger.http.post(f"/desk/requests/{number}/{what}", data=form, follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"] == "/desk/sign-in"
    assert channel.sessions.handovers.get(number).state == "waiting"  # type: ignore[union-attr]  # opened above


@pytest.mark.parametrize(
    ("name", "password"),
    [("Camille", "wrong"), ("Camille", ""), ("Nobody", PASSWORDS["Camille"]), ("", ""), ("Camille", "a\0b")],
    ids=repr,
)
async def test_a_wrong_name_or_password_is_refused_in_the_same_words(stranger: Agent, name: str, password: str) -> None:
    """Who works here is not to be found out."""
    answer = await stranger.sign_in(name, password)
    assert answer.status_code == 401
    assert "Le prénom ou le mot de passe n'est pas le bon." in readable(answer.text)
    assert "desk" not in stranger.http.cookies


async def test_guessing_is_slowed_down(stranger: Agent) -> None:
    """Also for who has guessed right by then."""
    for _ in range(TRIES_A_MINUTE):
        assert (await stranger.sign_in(password="wrong")).status_code == 401
    assert (await stranger.sign_in()).status_code == 429


async def test_the_name_may_be_typed_in_any_case_and_the_cookie_stays_at_the_desk(stranger: Agent) -> None:
    """No script reads it, no other site sends it along."""
    answer = await stranger.http.post(
        "/desk/sign-in", data={"name": " camille ", "password": PASSWORDS["Camille"]}, follow_redirects=False
    )
    assert answer.status_code == 303
    kept = answer.headers["set-cookie"]
    assert all(part in kept for part in ("HttpOnly", "SameSite=Strict", "Path=/desk", "Max-Age=28800"))


async def test_a_session_that_was_signed_out_opens_nothing_any_more(agent: Agent) -> None:
    """Its cookie may have been copied."""
    kept = agent.http.cookies["desk"]
    await agent.http.post("/desk/sign-out", data={"csrf": await agent.csrf()})
    agent.http.cookies.set("desk", kept, domain="127.0.0.1", path="/desk")
    assert (await agent.http.get("/desk", follow_redirects=False)).status_code == 303


async def test_nobody_is_signed_out_by_another_page(agent: Agent) -> None:
    """Without the token of the form nothing happens."""
    await agent.http.post("/desk/sign-out", data={})
    assert (await agent.http.get("/desk", follow_redirects=False)).status_code == 200


async def test_a_session_ends_by_itself_and_with_the_job(channel: Channel, agent: Agent) -> None:
    """After eight hours; at once for who is taken off the setting."""
    over = channel.sessions.staff.begin("Camille", timedelta(seconds=-1))
    gone = channel.sessions.staff.begin("Formerly", timedelta(hours=1))
    for token in (over, gone):
        agent.http.cookies.set("desk", token, domain="127.0.0.1", path="/desk")
        assert (await agent.http.get("/desk", follow_redirects=False)).status_code == 303


@pytest.mark.parametrize("csrf", ["", "made-up", "of another session"])
async def test_a_form_of_another_page_changes_nothing(
    channel: Channel, site: Site, agent: Agent, colleague: Agent, csrf: str
) -> None:
    """A link in an e-mail must not take a conversation over."""
    number = await at_the_website(channel, site)
    token = await colleague.csrf() if csrf == "of another session" else csrf
    answer = await agent.http.post(f"/desk/requests/{number}/take", data={"csrf": token})
    assert answer.status_code == 403
    assert channel.sessions.handovers.get(number).state == "waiting"  # type: ignore[union-attr]  # opened above


async def test_a_browser_that_says_it_was_elsewhere_is_believed(channel: Channel, site: Site, agent: Agent) -> None:
    """For signing in too: nobody is signed in as somebody else without noticing."""
    number = await at_the_website(channel, site)
    elsewhere = {"Origin": "https://elsewhere.example"}
    form = {"csrf": await agent.csrf()}
    assert (await agent.http.post(f"/desk/requests/{number}/take", data=form, headers=elsewhere)).status_code == 403
    assert (await agent.sign_in(**elsewhere)).status_code == 403
    here = {"Origin": channel.address}
    assert (await agent.http.post(f"/desk/requests/{number}/take", data=form, headers=here)).status_code == 200


async def test_every_page_is_closed_to_other_sites_and_to_caches(agent: Agent) -> None:
    """No frame, no script from elsewhere, nothing kept."""
    headers = (await agent.http.get("/desk")).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store" and headers["x-content-type-options"] == "nosniff"


def test_without_staff_there_is_no_desk_and_the_demo_has_one_agent() -> None:
    """A demo's password opens nothing where there is no demo."""
    secrets = {"service_token": "t", "session_secret": "s"}
    assert not staff_of(AssistantSettings(**secrets))  # type: ignore[arg-type]  # read as from the environment
    assert not staff_of(AssistantSettings(**secrets, desk_password="p"))  # type: ignore[arg-type]  # as above
    demo = staff_of(AssistantSettings(**secrets, desk_password="p", billing_demo=True))  # type: ignore[arg-type]  # as above
    assert demo.recognised(DEMO_PERSON, "p") == DEMO_PERSON
    own = AssistantSettings(**secrets, desk_password="p", billing_demo=True, desk_staff={"Ada": "x"})  # type: ignore[arg-type]  # as above
    assert DEMO_PERSON not in staff_of(own)
    assert Staff({"Ada": "no hash"}).recognised("Ada", "no hash") is None


# -- the queue ------------------------------------------------------------------------------------
async def test_the_queue_tells_who_asks_and_how_sure_that_is(channel: Channel, site: Site, agent: Agent) -> None:
    """In the order in which they came."""
    verified = await at_the_website(
        channel, site, identity="verified", customer="Boulangerie Saint-Roch", topic="make_payment", language="fr"
    )
    unknown = await at_the_website(channel, site, language="en", summary="a person please")
    seen = await agent.see()
    assert seen.index(verified) < seen.index(unknown)
    assert "Boulangerie Saint-Roch Identité vérifiée, Français Faire un paiement" in seen
    assert "Identité non établie Aucune identité, Anglais" in seen


async def test_the_desk_is_english_at_a_click_and_stays_so(agent: Agent) -> None:
    """Both languages."""
    assert "Demandes" in await agent.see()
    await agent.http.get("/desk", params={"language": "en"})
    assert "Requests" in await agent.see()


async def test_a_request_shows_summary_transcript_and_what_is_under_way(
    channel: Channel, site: Site, agent: Agent
) -> None:
    """And no code on its way in; whatever a customer writes is text."""
    number = await at_the_website(channel, site)
    await site.post({"text": "<script>alert(1)</script>"})
    context = Context(
        tasks=[
            TaskState(
                name="make_payment",
                fields={
                    "amount": "500.00",
                    "code": "482913",
                    "which": {"how": "numbers", "numbers": ["34821907"]},
                },
            )
        ]
    )
    channel.sessions.conversations.keep_context(
        channel.sessions.handovers.get(number).conversation,  # type: ignore[union-attr]  # opened above
        context.model_dump(mode="json"),
    )
    page = (await agent.http.get(f"/desk/requests/{number}")).text
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page
    seen = readable(page)
    assert "une personne svp" in seen and "Faire un paiement Factures : 34821907 Montant : 500.00" in seen
    assert "482913" not in seen


async def test_a_request_there_is_not_is_404(agent: Agent) -> None:
    """In words."""
    answer = await agent.http.get("/desk/requests/C-NOSUCH")
    assert answer.status_code == 404 and "Cette demande n'existe pas." in readable(answer.text)
    assert (await agent.do("C-NOSUCH", "take")).status_code == 404


# -- taking over ----------------------------------------------------------------------------------
async def test_at_the_website_the_bot_is_silent_and_the_person_is_heard(
    channel: Channel, site: Site, agent: Agent
) -> None:
    """Told once; a reply comes with the next message, once, and stands in the history."""
    number = await at_the_website(channel, site)
    assert (await agent.do(number, "take")).status_code == 200
    answer = (await site.post({"text": "Allo?"})).json()
    (told,) = answer["messages"]
    assert "Vous parlez maintenant avec Camille" in told["text"]
    assert answer["person"] == {"is_here": True, "name": "Camille"}
    assert (await site.post({"text": "Vous êtes là?"})).json()["messages"] == []
    assert channel.agent.heard == []

    sent = await agent.do(number, "reply", text="Bonjour!\r\nOui.")
    assert "attend que la page du client" in readable(sent.text)
    assert "n'a pas encore lus : 1" in readable(sent.text)
    (heard,) = (await site.post({"text": "Merci"})).json()["messages"]
    assert heard == {"text": "Bonjour!\nOui.", "from": "assistant", "person": "Camille"}
    assert (await site.post({"text": "Ok"})).json()["messages"] == []
    said = [message["text"] for message in await site.history()]
    assert said[-6:] == [told["text"], "Allo?", "Vous êtes là?", "Bonjour!\nOui.", "Merci", "Ok"]
    assert "Vous êtes là?" in await agent.see(number)


async def test_what_the_page_fetched_with_its_history_does_not_come_again(
    channel: Channel, site: Site, agent: Agent
) -> None:
    """The page looks while a person is there."""
    number = await at_the_website(channel, site)
    await agent.do(number, "take")
    await agent.do(number, "reply", text="Bonjour!")
    assert [message["text"] for message in await site.history()][-1] == "Bonjour!"
    assert (await site.post({"text": "Allo"})).json()["messages"] == []
    assert "n'a pas encore lus" not in await agent.see(number)


async def test_a_stream_brings_the_persons_words_too(channel: Channel, site: Site, agent: Agent) -> None:
    """The page reads streams."""
    number = await at_the_website(channel, site)
    await agent.do(number, "take")
    await agent.do(number, "reply", text="Bonjour!")
    stream = (await site.post({"text": "Allo"}, Accept="text/event-stream")).text
    assert "Bonjour!" in stream and '"is_here": true' in stream


async def test_a_choice_pressed_meanwhile_is_read_by_the_person_and_not_done(
    channel: Channel, site: Site, agent: Agent
) -> None:
    """A yes to a payment would move money behind the person's back."""
    number = await at_the_website(channel, site)
    choice = site.greeting[-1]["choices"][0]
    await agent.do(number, "take")
    assert (await site.post({"choice": choice["id"]})).status_code == 200
    assert channel.agent.heard == []
    assert f"{choice['title']}" in (await agent.see(number)).rpartition("Client ")[2]


async def test_passwords_are_masked_for_the_person_too(channel: Channel, site: Site, agent: Agent) -> None:
    """They do not need them (security.md, A10)."""
    number = await at_the_website(channel, site)
    await agent.do(number, "take")
    await site.post({"text": "mot de passe: Levain-2291-matin"})
    assert "Levain" not in await agent.see(number)


async def test_by_text_the_bot_is_silent_and_the_person_is_heard(
    channel: Channel, caller: Caller, phone: PhoneInHand, agent: Agent
) -> None:
    """At once, with their name: a text has nothing beside it that says who wrote it."""
    number = await by_text(channel, caller, phone)
    await agent.do(number, "take")
    assert "Vous parlez maintenant avec Camille" in phone.received()[-1]
    before = len(phone.received())
    await write(caller, channel, phone, "Allo?")
    await write(caller, channel, phone, "1")
    assert len(phone.received()) == before
    assert channel.agent.heard == []
    sent = await agent.do(number, "reply", text="Bonjour! Votre compte 1000482915 est à jour.")
    assert "partie par texto" in readable(sent.text)
    assert phone.received()[before:] == ["Camille: Bonjour! Votre compte ***2915 est à jour."]
    assert "Allo?" in await agent.see(number)


async def test_help_is_answered_even_while_a_person_is_there(
    channel: Channel, caller: Caller, phone: PhoneInHand, agent: Agent
) -> None:
    """Who is writing and how to stop must be said to whoever asks (security.md, T4)."""
    number = await by_text(channel, caller, phone)
    await agent.do(number, "take")
    await write(caller, channel, phone, "AIDE")
    assert "ARRET" in phone.received()[-1]
    assert channel.agent.heard == []


async def test_who_stopped_the_texts_gets_none_from_a_person_either(
    channel: Channel, caller: Caller, phone: PhoneInHand, agent: Agent
) -> None:
    """And the person is told that nothing was sent."""
    number = await by_text(channel, caller, phone)
    await agent.do(number, "take")
    await write(caller, channel, phone, "ARRET")
    before = phone.received()
    answer = await agent.do(number, "reply", text="Êtes-vous là?")
    assert answer.status_code == 409
    assert "Rien n'a été envoyé." in readable(answer.text) and "Êtes-vous là?" in answer.text
    assert phone.received() == before
    assert "Rien de ce que vous écrivez ne lui parviendrait" in await agent.see(number)


async def test_a_conversation_a_person_has_goes_on_however_long_it_is_silent(
    channel: Channel, caller: Caller, phone: PhoneInHand, agent: Agent
) -> None:
    """A new one would be the bot's."""
    number = await by_text(channel, caller, phone)
    await agent.do(number, "take")
    conversation = channel.sessions.phones.conversation_of(phone.number)
    assert conversation is not None
    channel.sessions.conversations.extend(conversation, timedelta(hours=-1))
    await write(caller, channel, phone, "Allo?")
    assert channel.sessions.phones.conversation_of(phone.number) == conversation
    assert channel.agent.heard == []


async def test_one_person_has_a_conversation(channel: Channel, site: Site, agent: Agent, colleague: Agent) -> None:
    """Nobody else takes it, writes in it, gives it back or closes it; not by another request of the same either."""
    number = await at_the_website(channel, site)
    another = ask(channel, channel.sessions.handovers.get(number).conversation)  # type: ignore[union-attr]  # opened above
    await agent.do(number, "take")
    refused = [
        await colleague.do(number, "take"),
        await colleague.do(number, "reply", text="Hello"),
        await colleague.do(number, "hand-back"),
        await colleague.do(number, "close", outcome="resolved"),
        await colleague.do(another, "take"),
    ]
    assert [answer.status_code for answer in refused] == [409] * 5
    assert "somebody else has it" in readable(refused[0].text)
    assert channel.sessions.handovers.get(number).person == "Camille"  # type: ignore[union-attr]  # opened above


async def test_of_twenty_who_take_it_at_once_one_has_it(channel: Channel, site: Site, agent: Agent) -> None:
    """And the customer is told once."""
    number = await at_the_website(channel, site)
    form = {"csrf": await agent.csrf()}
    path = f"/desk/requests/{number}/take"
    answers = await asyncio.gather(*(agent.http.post(path, data=form) for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 19
    assert len((await site.post({"text": "a"})).json()["messages"]) == 1


async def test_a_turn_under_way_ends_before_the_person_is_there(channel: Channel, site: Site, agent: Agent) -> None:
    """The assistant never speaks after it was said to be silent."""
    number = await at_the_website(channel, site)
    reached, go_on = asyncio.Event(), asyncio.Event()

    async def slow(message: UserMessage) -> None:
        here.call_soon_threadsafe(reached.set)
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(go_on.wait(), here))
        await channel.agent.echo(message)

    here = asyncio.get_running_loop()
    channel.agent.script = slow
    asking = asyncio.create_task(site.post({"text": "solde"}))
    await asyncio.wait_for(reached.wait(), 10)
    taking = asyncio.create_task(agent.do(number, "take"))
    async with asyncio.timeout(10):
        while not await asyncio.to_thread(channel.run, waiting(channel, number)):
            assert not taking.done(), "nobody waited for the turn under way"
    assert channel.sessions.handovers.get(number).state == "waiting"  # type: ignore[union-attr]  # opened above
    go_on.set()
    await asyncio.gather(asking, taking)
    said = [message["text"] for message in await site.history()]
    assert said.index("echo solde") < next(place for place, text in enumerate(said) if "Camille" in text)


async def waiting(channel: Channel, number: str) -> bool:
    """Whether somebody stands in line behind the turn under way."""
    request = channel.sessions.handovers.get(number)
    assert request is not None
    return channel.turns._waiting[request.conversation] > 1


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [("  ", 422, "Écrivez une réponse"), ("a" * 1001, 422, "dépasse 1 000 caractères"), ("a" * 20_000, 413, "")],
    ids=["empty", "too long", "huge"],
)
async def test_a_reply_that_cannot_be_sent_is_refused_in_words(
    channel: Channel, site: Site, agent: Agent, text: str, status: int, words: str
) -> None:
    """And nothing is written."""
    number = await at_the_website(channel, site)
    await agent.do(number, "take")
    answer = await agent.do(number, "reply", text=text)
    assert answer.status_code == status and words in readable(answer.text)
    assert not any(message.get("person") for message in await site.history())


# -- giving back ----------------------------------------------------------------------------------
async def test_handed_back_the_assistant_goes_on_and_is_heard(channel: Channel, site: Site, agent: Agent) -> None:
    """Its turn knows that it was away; the request stays open and can be taken again."""
    number = await at_the_website(channel, site)
    await agent.do(number, "take")
    await site.history()
    assert "a repris la conversation" in readable((await agent.do(number, "hand-back")).text)
    (resumed,) = channel.agent.heard
    assert resumed.parse_data["choice"] == {"opening": True, "handed_back": True}
    answer = (await site.post({"text": "solde"})).json()
    assert [message["text"] for message in answer["messages"]] == ["echo ", "echo solde"]
    assert "person" not in answer
    assert (await agent.do(number, "take")).status_code == 200


async def test_handed_back_by_text_the_assistant_is_heard_at_once(
    channel: Channel, caller: Caller, phone: PhoneInHand, agent: Agent
) -> None:
    """And answers again."""
    number = await by_text(channel, caller, phone)
    await agent.do(number, "take")
    before = len(phone.received())
    await agent.do(number, "hand-back")
    await write(caller, channel, phone, "solde")
    assert phone.received()[before:] == ["echo\n1. Oui", "echo solde\n1. Oui"]


async def test_a_request_is_closed_with_an_outcome_and_the_assistant_is_back(
    channel: Channel, site: Site, agent: Agent, colleague: Agent
) -> None:
    """What nobody has may be closed by anybody; closed is closed."""
    number = await at_the_website(channel, site)
    await agent.do(number, "take")
    assert (await agent.do(number, "close")).status_code == 422
    assert (await agent.do(number, "close", outcome="made-up")).status_code == 422
    assert (await agent.do(number, "close", outcome="resolved")).status_code == 200
    assert len(channel.agent.heard) == 1
    assert "Réglée" in await agent.see(number)
    assert (await colleague.do(number, "take")).status_code == 409
    untouched = await at_the_website(channel, site)
    assert (await colleague.do(untouched, "close", outcome="not_reached")).status_code == 200
    assert channel.agent.heard == []
    assert "Customer not reached" in await colleague.see()


async def test_while_somebody_is_waited_for_the_page_knows_and_the_bot_still_answers(
    channel: Channel, site: Site
) -> None:
    """So that it looks for a person's first words."""
    await at_the_website(channel, site)
    answer: httpx.Response = await site.post({"text": "solde"})
    assert answer.json()["person"] == {"is_here": False, "name": None}
    assert answer.json()["messages"][0]["text"] == "echo solde"
