"""The fault matrix of a payment (security.md, P3): no double debit, no false success, the customer hears in time."""

import asyncio
import time
from datetime import timedelta

import httpx
import pytest

from actions import submission
from actions.billing.client import BillingClient
from actions.recovery import follow_again
from actions.wiring import Doors
from tests.support.faulty import FaultyTransport
from tests.support.talk import Talk

HOWS = ["reset", "blackhole", "500", "502", "garbage", "truncated", "another shape"]
BAKERY, BAKERY_MAIL = "1000482915", "comptes@boulangerie-saint-roch.example"


async def read_back(talk: Talk) -> None:
    """Up to the question for a yes."""
    await talk.says("payer 34821907", "make_payment", invoice_number="34821907")
    assert (await talk.identify(BAKERY, BAKERY_MAIL))[-1] == "read_back"


@pytest.mark.parametrize("how", HOWS)
async def test_a_payment_lost_on_its_way_back_is_found_and_never_made_twice(
    network: tuple[FaultyTransport, Talk], how: str
) -> None:
    """Committed, but the answer never came: told as unknown, then found under its key."""
    transport, talk = network
    await read_back(talk)
    transport.fault = f"after:{how}"
    begun = time.monotonic()
    assert await talk.says("oui", "affirm") == ["payment_unknown"]
    assert time.monotonic() - begun < 3
    assert "ACH-" not in talk.text
    transport.fault = None
    (payment,) = await talk.payments()
    assert await talk.chooses("look_again") == ["payment_submitted"]
    assert payment["reference"] in talk.text
    assert len(await talk.payments()) == 1


@pytest.mark.parametrize("how", HOWS)
async def test_a_payment_lost_on_its_way_there_is_sent_again_under_the_same_key_after_a_new_yes(
    network: tuple[FaultyTransport, Talk], how: str
) -> None:
    """Not received: said so, and nothing is sent again without a yes."""
    transport, talk = network
    await read_back(talk)
    transport.fault = f"before:{how}"
    assert await talk.says("oui", "affirm") == ["payment_unknown"]
    transport.fault = None
    assert await talk.says("vérifie", "inform") == ["payment_not_received"]
    assert await talk.payments() == []
    assert await talk.says("oui", "affirm") == ["payment_submitted"]
    keys = {
        one.headers["Idempotency-Key"]
        for one in transport.seen
        if one.method == "POST" and one.url.path == "/v1/payments"
    }
    assert len(keys) == 1
    assert len(await talk.payments()) == 1


async def test_found_at_once_when_only_the_answer_was_lost(network: tuple[FaultyTransport, Talk]) -> None:
    """One lookup in the same turn is often enough: the customer never hears of it."""
    transport, talk = network
    await read_back(talk)
    inner = transport.handle_async_request

    async def lose_one_answer(request: httpx.Request) -> httpx.Response:
        transport.fault = "after:reset" if request.method == "POST" else None
        return await inner(request)

    transport.handle_async_request = lose_one_answer  # type: ignore[method-assign]
    assert await talk.says("oui", "affirm") == ["payment_submitted"]
    assert len(await talk.payments()) == 1


async def test_a_refused_connection_sends_nothing_and_keeps_the_task(
    network: tuple[FaultyTransport, Talk],
) -> None:
    """Nothing was sent, so trying again is all it takes."""
    transport, talk = network
    await read_back(talk)
    transport.fault = "before:refused"
    assert await talk.says("oui", "affirm") == ["billing_down"]
    assert await talk.payments() == []
    transport.fault = None
    assert await talk.says("réessaie", "repeat") == ["payment_submitted"]
    assert len(await talk.payments()) == 1


@pytest.mark.parametrize(("text", "intent"), [("laisse faire", "cancel"), ("recommencer", "restart")])
async def test_letting_go_of_a_payment_of_unknown_outcome_claims_nothing(
    network: tuple[FaultyTransport, Talk], text: str, intent: str
) -> None:
    """To say that nothing was done would be a guess; what was found out is told at the next turn, once."""
    transport, talk = network
    await read_back(talk)
    transport.fault = "after:reset"
    await talk.says("oui", "affirm")
    (said,) = await talk.says(text, intent)
    assert said.endswith("_unknown")
    assert "Rien n'a été fait" not in talk.text
    transport.fault = None
    (draft,), (payment,) = talk.sessions.drafts.unsettled(talk.id), await talk.payments()
    talk.sessions.drafts.accepted(draft.id, payment["reference"], told=False)
    assert await talk.says("merci", "thank") == ["payment_found", "welcome"]
    assert payment["reference"] in talk.text and "1 284,50 $" in talk.text
    assert await talk.says("merci", "thank") == ["welcome"]


async def test_a_payment_found_meanwhile_is_told_and_its_task_is_done(network: tuple[FaultyTransport, Talk]) -> None:
    """Asking for it again must neither read it back nor begin another."""
    transport, talk = network
    await read_back(talk)
    transport.fault = "after:reset"
    assert await talk.says("oui", "affirm") == ["payment_unknown"]
    transport.fault = None
    (draft,), (payment,) = talk.sessions.drafts.unsettled(talk.id), await talk.payments()
    talk.sessions.drafts.accepted(draft.id, payment["reference"], told=False)
    assert await talk.says("alors?", "repeat") == ["payment_found"]
    assert talk.context.tasks == []
    assert len(await talk.payments()) == 1


async def test_a_payment_cut_off_by_a_crash_is_followed_again(
    network: tuple[FaultyTransport, Talk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody else would ever look: the task that did died with its process (P3)."""
    _, talk = network
    monkeypatch.setattr(submission, "LOOK_UP_AFTER", (timedelta(0),))
    await read_back(talk)
    draft = talk.sessions.drafts.get(talk.context.tasks[-1].fields["draft"])
    assert draft is not None and talk.identity is not None and talk.sessions.drafts.authorise(draft.id)
    customer = BillingClient(talk.http, "fr").speaking_for(talk.identity.access_token)
    paid = await customer.pay(draft.order, draft.idempotency_key)  # the last that the old process did
    follow_again(Doors(talk.sessions, talk.http))
    async with asyncio.timeout(5):
        await asyncio.gather(*submission._watching)
    assert await talk.says("mon solde", "check_balance") == ["payment_found", "balance"]
    assert paid.reference in talk.text


async def test_a_new_payment_waits_until_the_last_ones_outcome_is_known(
    network: tuple[FaultyTransport, Talk],
) -> None:
    """Asking to pay again after an unknown outcome looks the first one up."""
    transport, talk = network
    await read_back(talk)
    transport.fault = "after:blackhole"
    await talk.says("oui", "affirm")
    transport.fault = None
    await talk.says("recommencer", "restart")
    said = await talk.says("payer 34821907", "make_payment", invoice_number="34821907")
    assert said[-1] == "payment_submitted"
    assert len(await talk.payments()) == 1


@pytest.mark.parametrize("how", ["refused", "blackhole", "500", "garbage"])
async def test_a_balance_that_cannot_be_had_is_said_within_3_seconds_and_kept(
    network: tuple[FaultyTransport, Talk], how: str
) -> None:
    """Slow or down: says so, keeps the wish, serves it when asked."""
    transport, talk = network
    await talk.says("mon solde", "check_balance")
    await talk.identify(BAKERY, BAKERY_MAIL)
    transport.path, transport.fault = "/v1/accounts", f"before:{how}"
    begun = time.monotonic()
    assert await talk.says("mon solde", "check_balance") == ["billing_down"]
    assert time.monotonic() - begun < 3
    transport.fault = None
    assert await talk.chooses("retry") == ["balance"]


async def test_an_identity_that_ends_in_the_middle_is_asked_again_and_the_payment_goes_on(
    network: tuple[FaultyTransport, Talk],
) -> None:
    """Nothing filled is lost; who comes back hears the read-back again before anything is paid."""
    _, talk = network
    await talk.says("payer 500 sur 34821907", "make_payment", invoice_number="34821907", amount="500.00")
    await talk.identify(BAKERY, BAKERY_MAIL)
    await talk.http.post("/demo/clock", json={"advance": "PT20M"})
    assert await talk.says("oui", "affirm") == ["identity_account_expired"]
    assert (await talk.identify(BAKERY, BAKERY_MAIL))[-1] == "read_back"
    assert "500,00 $" in talk.text
    assert await talk.payments() == []
    assert await talk.says("oui", "affirm") == ["payment_submitted"]


async def test_a_code_of_more_than_ten_minutes_ago_is_renewed_before_money_moves(
    network: tuple[FaultyTransport, Talk],
) -> None:
    """The yes was said; the fresh code completes it."""
    _, talk = network
    await read_back(talk)
    await talk.http.post("/demo/clock", json={"advance": "PT12M"})
    assert await talk.says("oui", "affirm") == ["identity_code_fresh"]
    assert await talk.payments() == []
    code = await talk.code(BAKERY_MAIL)
    assert (await talk.says(code, "inform", otp_code=code))[-1] == "payment_submitted"
    assert len(await talk.payments()) == 1
