"""The website channel keeps its contract (http.md) and its guards (security.md, D1–D9, V4)."""

import asyncio
import json

import httpx
import pytest
from rasa.core.channels.channel import UserMessage

from tests.support.website import Site


async def test_a_session_opens_with_a_greeting_in_french_first(site: Site) -> None:
    """Nothing tells a language yet; the customer has said nothing yet."""
    answer = await site.open()
    assert answer.status_code == 201
    assert answer.json()["expires_in"] > 0
    assert site.greeting[0]["from"] == "assistant"
    assert site.agent.heard[0].parse_data["choice"] == {"opening": True}
    assert [message["from"] for message in await site.history()] == ["assistant"]


async def test_the_sender_id_is_ours_and_not_the_callers(site: Site) -> None:
    """Whoever chooses a sender id reads somebody else's conversation (D2)."""
    assert (await site.open(sender="web:somebody-else")).status_code == 400
    await site.open()
    assert (await site.post({"text": "a", "sender": "x"})).status_code == 400
    await site.post({"text": "a"})
    assert site.agent.heard[-1].sender_id.startswith("web:")
    assert len(site.agent.heard[-1].sender_id) > 20


@pytest.mark.parametrize("prefix", ["", " ", "\u00a0", "\u3000", "\u2028", "//", " / "])
async def test_a_typed_payload_is_plain_text(site: Site, prefix: str) -> None:
    """`/make_payment{…}` typed by a customer must not be executed as code (D1)."""
    await site.open()
    await site.post({"text": f'{prefix}/make_payment{{"amount":"1"}}'})
    message: UserMessage = site.agent.heard[-1]
    assert message.parse_data is None
    assert message.text == 'make_payment{"amount":"1"}'


async def test_only_slashes_are_still_an_answerable_text(site: Site) -> None:
    """Nothing is left of them, and silence is no answer."""
    await site.open()
    answer = await site.post({"text": "///"})
    assert answer.json()["messages"]
    assert site.agent.heard[-1].text == "?"


async def test_a_choice_stands_for_its_command_in_its_own_conversation_only(site: Site) -> None:
    """The id is opaque; another conversation's is as unknown as none."""
    await site.open()
    choice = site.greeting[0]["choices"][0]
    assert set(choice) == {"id", "title"}
    await site.post({"choice": choice["id"]})
    assert site.agent.heard[-1].parse_data["intent"]["name"] == "affirm"
    assert site.agent.heard[-1].parse_data["choice"] == {"draft": "d1"}
    await site.open()
    heard = len(site.agent.heard)
    assert (await site.post({"choice": choice["id"]})).status_code == 404
    assert len(site.agent.heard) == heard


MALFORMED = [
    {}, [], "text", 1, {"text": 1}, {"text": None}, {"choice": 1}, {"text": ""}, {"text": "  \n "},
    {"text": "a", "choice": "b"}, {"text": ["a"]}, {"text": "a\x00b"}, {"choice": "a\x00b"},
    {"text": "a", "metadata": {}},
]  # fmt: skip


@pytest.mark.parametrize("body", MALFORMED, ids=repr)
async def test_a_malformed_message_is_refused_and_reaches_nobody(site: Site, body: object) -> None:
    """The contract's 400, as a problem, and nothing changed."""
    await site.open()
    heard, said = len(site.agent.heard), await site.history()
    answer = await site.post(body)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= set(answer.json())
    assert len(site.agent.heard) == heard
    assert await site.history() == said


@pytest.mark.parametrize(
    "content", [b"null", b"{", b"\xff\xfe", b'{"text": "\\ud800"}', b"[" * 5000, b'{"text": "a"} x'], ids=repr
)
async def test_what_is_no_json_is_refused(site: Site, content: bytes) -> None:
    """Also JSON ten thousand brackets deep."""
    await site.open()
    headers = {"Authorization": f"Bearer {site.token}", "Content-Type": "application/json"}
    answer = await site.http.post("/webhooks/web/message", content=content, headers=headers)
    assert answer.status_code == 400


async def test_another_media_type_is_415(site: Site) -> None:
    """A form cannot be posted from a foreign page."""
    await site.open()
    headers = {"Authorization": f"Bearer {site.token}"}
    answer = await site.http.post("/webhooks/web/message", data={"text": "a"}, headers=headers)
    assert answer.status_code == 415


async def test_a_text_too_long_is_413_and_lost_on_nobody(site: Site) -> None:
    """1,000 characters pass, one more does not, and neither does a body beyond all measure (D9)."""
    await site.open()
    assert (await site.post({"text": "é" * 1000})).status_code == 200
    assert (await site.post({"text": "é" * 1001})).status_code == 413
    assert (await site.post({"text": "é" * 100_000})).status_code == 413


@pytest.mark.parametrize("token", ["x", "IndlYjphYmMi.forged"])
async def test_a_wrong_session_is_401(site: Site, token: str) -> None:
    """Unknown, altered or none at all."""
    assert (await site.http.post("/webhooks/web/message", json={"text": "a"})).status_code == 401
    assert (await site.http.get("/webhooks/web/history")).status_code == 401
    await site.open()
    site.token = token
    assert (await site.post({"text": "a"})).status_code == 401


async def test_too_many_messages_are_429_with_a_time_to_wait(site: Site) -> None:
    """In the language of the conversation."""
    await site.open(language="en")
    answers = [await site.post({"text": "a"}) for _ in range(9)]
    assert [answer.status_code for answer in answers] == [200] * 8 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "messages" in answers[-1].json()["detail"]


async def test_a_portal_token_nobody_can_check_is_503(site: Site) -> None:
    """The billing system does not listen: neither a stranger's session nor a crash."""
    answer = await site.open(portal_token="x")
    assert answer.status_code == 503


async def test_a_silent_turn_is_answered(site: Site) -> None:
    """Rasa swallows what fails in an action; the customer hears of it all the same (D6)."""
    await site.open()

    async def nothing(_: UserMessage) -> None:
        """Say nothing."""

    site.agent.script = nothing
    assert "mal tourné" in (await site.post({"text": "a"})).json()["messages"][0]["text"]


async def test_a_failing_turn_is_answered_in_the_customers_language(site: Site) -> None:
    """Whatever is raised."""
    await site.open(language="en")

    async def fail(_: UserMessage) -> None:
        raise RuntimeError("boom")

    site.agent.script = fail
    assert "went wrong" in (await site.post({"text": "a"})).json()["messages"][0]["text"]


async def test_a_turn_outlives_a_client_that_hangs_up(site: Site) -> None:
    """A payment is not cut in two by a closed laptop; the answer is in the history (D7)."""
    await site.open()

    async def slow(message: UserMessage) -> None:
        await asyncio.sleep(0.4)
        await site.agent.echo(message)

    site.agent.script = slow
    finished = site.agent.finished
    with pytest.raises(httpx.ReadTimeout):
        await site.http.post(
            "/webhooks/web/message",
            json={"text": "payer"},
            headers={"Authorization": f"Bearer {site.token}"},
            timeout=0.1,
        )
    async with asyncio.timeout(5):
        while site.agent.finished == finished:  # noqa: ASYNC110  the server runs in another thread
            await asyncio.sleep(0.02)
    assert (await site.history())[-1]["text"] == "echo payer"


async def test_a_late_turn_is_announced_and_its_answer_kept(site: Site) -> None:
    """Past the deadline the customer hears that work goes on."""
    await site.open(language="en")

    async def late(message: UserMessage) -> None:
        await asyncio.sleep(1.3)
        await site.agent.echo(message)

    site.agent.script = late
    answer = await site.post({"text": "a"})
    assert "taking longer" in answer.json()["messages"][0]["text"]
    async with asyncio.timeout(5):
        while (await site.history())[-1]["text"] != "echo a":  # noqa: ASYNC110  the server runs in another thread
            await asyncio.sleep(0.05)


async def test_turns_of_one_conversation_run_one_after_another(site: Site) -> None:
    """Two tabs, two clicks: the second waits for the first, and a fourth is told to wait."""
    await site.open()
    running = 0

    async def alone(message: UserMessage) -> None:
        nonlocal running
        running += 1
        assert running == 1
        await asyncio.sleep(0.1)
        running -= 1
        await site.agent.echo(message)

    site.agent.script = alone
    answers = await asyncio.gather(*(site.post({"text": str(number)}) for number in range(5)))
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [200, 200, 200, 429, 429]
    assert all("echo" in one.json()["messages"][0]["text"] for one in answers if one.status_code == 200)


async def test_messages_are_streamed_as_they_come(site: Site) -> None:
    """Each as its own event, then done."""
    await site.open()

    async def twice(message: UserMessage) -> None:
        await site.agent.echo(message)
        await site.agent.echo(message)

    site.agent.script = twice
    answer = await site.post({"text": "a"}, Accept="text/event-stream")
    events = [block.split("\n", 1) for block in answer.text.strip().split("\n\n")]
    assert [name for name, _ in events] == ["event: message", "event: message", "event: done"]
    assert json.loads(events[0][1].removeprefix("data: "))["text"] == "echo a"


async def test_the_history_holds_both_sides_without_pasted_secrets(site: Site) -> None:
    """A password or a card number is masked before the tracker, the transcript and the log (A10)."""
    await site.open()
    await site.post({"text": "mon mot de passe est Levain-2291"})
    await site.post({"text": "carte 4111 1111 1111 1111, facture 34821907, compte 1000482915"})
    kept = json.dumps(await site.history(), ensure_ascii=False) + "".join(one.text for one in site.agent.heard)
    assert "Levain" not in kept
    assert "4111" not in kept
    assert "34821907" in kept
    assert "1000482915" in kept
    assert [one["from"] for one in await site.history()] == [
        "assistant",
        "customer",
        "assistant",
        "customer",
        "assistant",
    ]
