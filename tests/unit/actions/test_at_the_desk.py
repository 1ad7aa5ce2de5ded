"""A request for a person is on the agent desk at once, and the assistant comes back to where it was (row 20)."""

from tests.support.talk import Talk

ACCOUNT, EMAIL = "1000482915", "comptes@boulangerie-saint-roch.example"
BACK = {"intent": "greet", "values": {"opening": True, "handed_back": True}}


async def test_a_request_stands_on_the_desk_under_its_number_with_what_was_under_way(talk: Talk) -> None:
    """A stranger's too, and as one."""
    await talk.says("payer 500", "make_payment", amount="500.00")
    await talk.says("une personne svp", "talk_to_agent")
    (request,) = talk.sessions.handovers.queue()
    assert request.number in talk.text
    assert (request.conversation, request.language, request.channel) == (talk.id, "fr", "web")
    assert (request.identity, request.customer, request.topic) == ("none", None, "make_payment")
    assert "amount=500.00" in request.summary


async def test_who_proved_their_identity_is_named(talk: Talk) -> None:
    """So that a person need not ask again."""
    await talk.says("mon solde", "check_balance")
    await talk.identify(ACCOUNT, EMAIL)
    await talk.says("a person please", "talk_to_agent", language="en")
    (request,) = talk.sessions.handovers.queue()
    assert (request.identity, request.customer) == ("verified", "Boulangerie Saint-Roch")
    assert request.language == "en"


async def test_handed_back_the_question_under_way_is_put_again(talk: Talk) -> None:
    """With what was filled before."""
    await talk.says("mon solde", "check_balance")
    said = await talk.clicks(BACK)
    assert said[:2] == ["handed_back", "back_to_task"]
    assert said[2].startswith("identity_account")


async def test_handed_back_with_nothing_under_way_it_offers_what_it_can_do(talk: Talk) -> None:
    """Nobody is left before an empty page."""
    assert await talk.clicks(BACK) == ["handed_back"]
    assert talk.last[0].choices
