"""Every question of every task × every digression × both languages, generated (behaviour.md, "Interruptions")."""

import inspect
import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest

from actions.dialogue.task import RETRY
from actions.wiring import TASKS
from bot.replies import BilingualReplies
from sessions import Sessions
from sessions.context import Context, TaskState
from tests.support.billing import Billing
from tests.support.faulty import FaultyTransport
from tests.support.questions import QUESTIONS, Language, Message, Question, drive
from tests.support.talk import Talk

LANGUAGES = get_args(Language)
ENDS_IT = ("cancel", "restart")
DIGRESSIONS = (
    Message("greet", "bonjour à vous", "hello there"),
    Message("thank", "merci beaucoup", "thank you very much"),
    Message("goodbye", "au revoir et merci", "goodbye and thanks"),
    Message("help", "que savez-vous faire pour moi", "what can you do for me here"),
    Message("repeat", "pouvez-vous répéter svp", "can you say that again please"),
    Message("bot_challenge", "parle-t-on à un robot ici", "am I speaking with a robot"),
    Message("complain", "c'est vraiment pénible à la fin", "this is really quite tiresome"),
    Message("faq_is_it_secure", "est-ce que tout cela est sécuritaire", "is all of this really secure"),
    Message("check_balance", "combien est-ce que je dois au juste", "how much do I owe exactly"),
    Message("out_of_scope", "il neige à plein ciel ce matin", "it is snowing hard this morning"),
    # After the others: what is read back anew in the other language is another draft.
    Message("switch_language", "on peut continuer dans l'autre langue", "can we go on in the other language"),
    Message("cancel", "laissez tomber tout cela", "never mind all of that"),
    Message("restart", "recommençons depuis le début", "let us start from the beginning"),
)
# What a task notes for itself each time it puts its question: no value of the customer's.
NOTES = {"bank_words", "words", "answer", "code", "draft", "consent_key", "consent_shown_at", "consent_language"}


@pytest.fixture
async def network(
    tmp_path: Path, billing: Billing, replies: BilingualReplies
) -> AsyncIterator[tuple[FaultyTransport, Talk]]:
    """A stranger's conversation over a network that can break."""
    transport = FaultyTransport(billing.http._transport)
    async with httpx.AsyncClient(transport=transport, base_url="http://billing", headers=billing.http.headers) as http:
        yield transport, Talk(Sessions.open(f"sqlite:///{tmp_path / 'sessions.db'}"), http, replies)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
async def test_a_digression_loses_nothing(
    question: Question, language: Language, network: tuple[FaultyTransport, Talk]
) -> None:
    """Something is said, in the right language; the question comes back with all that was filled; no money moves."""
    transport, talk = network
    await drive(talk, transport, question, language)
    before, paid = talk.context, await talk.payments()
    asked = talk.last[-1].text
    for digression in DIGRESSIONS:
        talk.sessions.conversations.keep_context(talk.id, before.model_dump(mode="json"))
        await digression.say(talk, language)
        where = f"{digression.intent}: {[reply.name for reply in talk.last]}"
        assert [reply.language for reply in talk.last] == [answered_in(digression, language)] * len(talk.last), where
        assert "trouble" not in [reply.name for reply in talk.last], where
        assert digression.intent != "out_of_scope" or talk.last[-1].text != asked, where
        assert await talk.payments() == paid, where
        if digression.intent in ENDS_IT:
            assert talk.context.find(question.task) is None, where
        else:
            comes_back(talk, before, question, digression)


def answered_in(digression: Message, language: Language) -> Language:
    """The language of the answer: the other one when that is what was asked for."""
    other: Language = "en" if language == "fr" else "fr"
    return other if digression.intent == "switch_language" else language


def comes_back(talk: Talk, before: Context, question: Question, digression: Message) -> None:
    """The same task with the same values asks the same thing; another wish may first need to know who is there."""
    was, now = before.find(question.task), talk.context.find(question.task)
    where = f"{digression.intent}: {[reply.name for reply in talk.last]}"
    assert was is not None and now is not None, where
    assert filled(was).items() <= filled(now).items(), where
    assert [state.name for state in before.tasks if talk.context.find(state.name) is None] == [], where
    waits_for_identity = talk.context.current is not None and talk.context.current.name == "identify" != question.task
    if question.question != RETRY and not waits_for_identity:  # what failed is tried again: it may get further
        assert (talk.context.current, now.question) == (now, was.question), where
        assert talk.last[-1].choices or talk.last[-1].text.strip().endswith(("?", ".")), where


def filled(state: TaskState) -> Mapping[str, Any]:
    """The values a customer gave."""
    return {name: value for name, value in state.fields.items() if name not in NOTES}


@pytest.mark.parametrize(
    ("text", "intent"), [("merci", "thank"), ("English please", "switch_language"), ("mon solde", "check_balance")]
)
async def test_a_payment_not_received_keeps_its_key_after_a_word_aside(
    network: tuple[FaultyTransport, Talk], text: str, intent: str
) -> None:
    """Under another key, the first one arriving late would be paid beside it (security.md, P4)."""
    transport, talk = network
    await drive(talk, transport, next(one for one in QUESTIONS if one.question == "resend"), "fr")
    assert (await talk.says(text, intent))[-1] == "payment_not_received"
    assert await talk.says("oui", "affirm") == ["payment_submitted"]
    sent = [one for one in transport.seen if one.method == "POST" and one.url.path == "/v1/payments"]
    assert len(sent) == 2
    assert len({one.headers["Idempotency-Key"] for one in sent}) == 1


@pytest.mark.parametrize("task", TASKS)
def test_every_question_of_a_task_is_among_those_tried(task: str) -> None:
    """A question added to a task and not to the table would be tried by nobody."""
    source = inspect.getsource(inspect.getmodule(TASKS[task]) or TASKS[task])
    put = {name or "outcome" for name in re.findall(r"\.ask\(\s*(?:\"(\w+)\"|OUTCOME)", source)}
    of_the_module = {name for name, one in TASKS.items() if one.__module__ == TASKS[task].__module__}
    assert put <= {one.question for one in QUESTIONS if one.task in of_the_module}
