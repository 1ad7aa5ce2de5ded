"""The bot is talked to at random: whatever is said, it answers, in the right language, and no money moves unasked."""

import asyncio
import json
import re
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.replies import BilingualReplies
from sessions import Sessions
from sessions.context import SHOWN_AT_MOST, TASKS_AT_MOST, WAITING_AT_MOST, WORDINGS_AT_MOST
from tests.support.billing import billing_in_process
from tests.support.questions import ATELIER, BAKERY, CLINIC, LAWYERS, Customer, Language, in_days
from tests.support.talk import Talk

Run = Callable[[Coroutine[Any, Any, Any]], Any]

CONTEXT_AT_MOST = 60_000  # characters
READ_BACKS = ("read_back", "read_back_again")
NO_WORDS: dict[Language, str] = {"fr": "", "en": ""}
NO_MEANING: dict[Language, str] = {"fr": "il neige à plein ciel", "en": "it is snowing hard"}
INVOICES = ("34821907", "34822466", "34820112", "40117352", "60210221", "51900273", "99999999")
ACCOUNTS = (BAKERY[0], CLINIC[0], LAWYERS[0], "1000260485", "9000318842")


# What was said, in both languages, as its intent; "{}" is where a value stands.
WISHES: dict[str, dict[Language, str]] = {
    "check_balance": {"fr": "combien est-ce que je dois", "en": "how much do I owe"},
    "list_invoices": {"fr": "montrez-moi mes factures ouvertes", "en": "show me my open invoices"},
    "list_overdue_invoices": {"fr": "ce qui est en retard svp", "en": "what is late please"},
    "show_invoice": {"fr": "expliquez-moi cette facture-là", "en": "explain that invoice to me"},
    "get_invoice_pdf": {"fr": "envoyez-moi le PDF svp", "en": "send me the PDF please"},
    "make_payment": {"fr": "je veux faire un paiement", "en": "I want to make a payment"},
    "payment_status": {"fr": "où en est mon paiement donc", "en": "where is my payment now"},
    "cancel_payment": {"fr": "je veux arrêter mon dernier paiement", "en": "I want to stop my last payment"},
    "dispute_invoice": {"fr": "je veux contester une facture", "en": "I want to dispute an invoice"},
    "request_payment_plan": {"fr": "il me faut plus de temps", "en": "I need some more time"},
    "reset_password": {"fr": "j'ai oublié mon mot de passe", "en": "I forgot my password again"},
    "add_bank_account": {"fr": "ajouter un compte à la banque", "en": "add an account at the bank"},
    "update_email": {"fr": "je veux changer de courriel", "en": "I want to change my e-mail"},
    "change_profile_language": {"fr": "changer la langue de mes factures", "en": "change my invoices' language"},
    "request_paper_invoices": {"fr": "je veux mes factures sur papier", "en": "I want my invoices on paper"},
    "add_user": {"fr": "donner un accès à ma comptable", "en": "give my accountant some access"},
    "enroll": {"fr": "je veux m'inscrire chez vous", "en": "I want to enrol with you"},
    "talk_to_agent": {"fr": "je veux parler à une personne", "en": "I want to speak with someone"},
}
WORDS_ASIDE: dict[str, dict[Language, str]] = {
    "greet": {"fr": "bonjour à vous tous", "en": "hello there my friend"},
    "thank": {"fr": "merci beaucoup pour tout", "en": "thank you for all that"},
    "help": {"fr": "que savez-vous faire pour moi", "en": "what can you do for me"},
    "repeat": {"fr": "pouvez-vous redire cela svp", "en": "can you say that once more"},
    "bot_challenge": {"fr": "parle-t-on à un robot ici", "en": "am I speaking with a robot"},
    "complain": {"fr": "c'est vraiment pénible à la fin", "en": "this is really quite tiresome"},
    "goodbye": {"fr": "au revoir tout le monde", "en": "goodbye to all of you"},
    "faq_is_it_secure": {"fr": "est-ce que tout cela est sûr", "en": "is all of this really safe"},
    "faq_contact": {"fr": "à quel numéro vous joint-on", "en": "at which number are you reached"},
}
VALUES: dict[str, st.SearchStrategy[str]] = {
    "invoice_number": st.sampled_from(INVOICES),
    "account_number": st.sampled_from(ACCOUNTS),
    "amount": st.sampled_from(("25.00", "532.18", "118.75", "99999.00")),
    "date": st.sampled_from((0, 5, 40, 90)).map(in_days),
    "selector": st.sampled_from(("latest", "all", "overdue", "1", "2", "9")),
    "period": st.sampled_from(("2026", "2019-03")),
    "email": st.sampled_from(("ana@exemple.ca", "ana@")),
    "otp_code": st.just("000000"),
    "payment_reference": st.just("ACH-7K2M9QXR"),
}
# What somebody who wants to get on answers to a question, by its name.
ANSWERS: dict[str, tuple[dict[Language, str], dict[str, str]]] = {
    "account": (NO_WORDS, {"account_number": LAWYERS[0]}),
    "what": (NO_WORDS, {"amount": "25.00"}),
    "amount": (NO_WORDS, {"amount": "25.00"}),
    "date": (NO_WORDS, {"date": in_days(3)}),
    "bank_account": ({"fr": "General", "en": "General"}, {}),
    "how": ({"fr": "en trois versements", "en": "in three instalments"}, {}),
    "email": (NO_WORDS, {"email": "ana@exemple.ca"}),
    "role": ({"fr": "consulter", "en": "view only"}, {}),
    "wanted": ({"fr": "anglais", "en": "French"}, {}),
    "which": (NO_WORDS, {"selector": "latest"}),
    "reason": ({"fr": "le montant est erroné", "en": "the amount is wrong"}, {}),
}
languages = st.sampled_from(("fr", "en"))
some_values = st.lists(st.sampled_from(sorted(VALUES)), max_size=2, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: VALUES[name] for name in names})
)


class Conversation(RuleBasedStateMachine):
    """One customer; after each message the promises of behaviour.md are held against what was said and done."""

    def __init__(self, run: Run, new_talk: Callable[[], Coroutine[Any, Any, Talk]]) -> None:
        super().__init__()
        self.run = run
        self.talk: Talk = run(new_talk())
        self.language: Language = "fr"
        self.choices: list[dict[str, Any]] = []
        self.read_back: dict[str, Any] | None = None
        self.agreed_to: dict[str, Any] | None = None
        self.paid = 0
        self.who: Customer = BAKERY

    @initialize(who=st.sampled_from((BAKERY, CLINIC, ATELIER, LAWYERS)))
    def somebody(self, who: Customer) -> None:
        """A customer who begins as most do."""
        self.who = who
        self.says("check_balance", WISHES["check_balance"], {})
        self.proves_who_they_are()

    @rule(intent=st.sampled_from(sorted(WISHES)), values=some_values, language=st.none() | languages)
    def wishes(self, intent: str, values: dict[str, str], language: Language | None) -> None:
        """A wish, perhaps with values, perhaps in the other language."""
        self.says(intent, WISHES[intent], values, language)

    @rule(values=some_values.filter(bool))
    def gives_a_value(self, values: dict[str, str]) -> None:
        """An answer, or a correction of one."""
        self.says("inform", NO_WORDS, values)

    @rule(intent=st.sampled_from(sorted(WORDS_ASIDE)))
    def says_a_word_aside(self, intent: str) -> None:
        """Nothing filled is lost by it."""
        before = self.talk.context
        self.says(intent, WORDS_ASIDE[intent], {})
        if len(self.talk.last) > 1 and "back_to_task" not in self.names:
            return
        after = self.talk.context
        ended = {state.name for state in before.tasks} - {state.name for state in after.tasks}
        assert not ended or len(self.names) > 2, f"{ended} were lost: {self.names}"
        for state in after.tasks:
            was = before.find(state.name)
            lost = {name for name in (was.fields if was else {}) if name in FILLED and name not in state.fields}
            assert not lost, f"{state.name} lost {lost}: {self.names}"

    @rule()
    def says_something_else(self) -> None:
        """Never twice the same sentence."""
        before = self.talk.last[-1].text if self.talk.last else ""
        self.says("out_of_scope", NO_MEANING, {})
        assert self.talk.last[-1].text != before, f"said twice: {before}"

    @rule(clear=st.booleans())
    def agrees(self, clear: bool) -> None:
        """A yes; money moves on a clear one only, and only what was read back last."""
        current = self.talk.context.current
        asked = current is not None and current.name == "make_payment" and current.question in ("confirm", "resend")
        if clear and asked:
            self.agreed_to = self.read_back
        texts: dict[Language, str] = {"fr": "oui" if clear else "ok peut-être", "en": "yes" if clear else "ok maybe"}
        self.says("affirm", texts, {})

    @rule(intent=st.sampled_from(("deny", "deny", "cancel", "restart")))
    def refuses(self, intent: str) -> None:
        """A no, a change of mind."""
        texts: dict[str, dict[Language, str]] = {
            "deny": {"fr": "non", "en": "no"},
            "cancel": {"fr": "laissez faire tout cela", "en": "never mind all that"},
            "restart": {"fr": "recommençons depuis le début", "en": "let us start over now"},
        }
        if intent != "restart":
            self.agreed_to = None
        self.says(intent, texts[intent], {})

    @rule()
    def asks_for_the_other_language(self) -> None:
        """In the middle of whatever is under way."""
        before = self.talk.context.find("change_profile_language")
        other: Language = "en" if self.language == "fr" else "fr"
        self.language = other
        self.run(self.talk.says("on change de langue / the other language", "switch_language"))
        self.look()
        kept = self.talk.context.find("change_profile_language") is not None
        assert before is None or kept or "dropped" in self.names

    @precondition(lambda self: self.choices)
    @rule(data=st.data())
    def presses_any_choice_ever_offered(self, data: st.DataObject) -> None:
        """Also one long gone by."""
        choice = data.draw(st.sampled_from(self.choices), label="choice")
        if choice["name"] in ("pay_yes", "resend_yes") and self.is_of_now(choice):
            self.agreed_to = self.read_back
        if choice["command"]["intent"] == "switch_language":
            self.language = choice["command"]["values"]["language"]
        self.run(self.talk.clicks(choice["command"]))
        self.look()

    @precondition(lambda self: self.question in ("confirm", "code"))
    @rule(advance=st.sampled_from(("PT11M", "PT16M", "PT61M", "P1D")))
    def time_passes(self, advance: str) -> None:
        """Codes, identities and payments grow old."""
        self.run(self.talk.http.post("/demo/clock", json={"advance": advance}))

    @precondition(lambda self: self.asked_who_is_there)
    @rule()
    def proves_who_they_are(self) -> None:
        """The account number, then the code that was sent."""
        if self.question == "account":
            self.says("inform", NO_WORDS, {"account_number": self.who[0]})
        if self.question == "code":
            outbox = self.run(self.talk.http.get("/demo/outbox", params={"to": self.who[1]})).json()
            if outbox and re.search(r"\b\d{6}\b", outbox[0]["body"]):
                self.says("inform", NO_WORDS, {"otp_code": self.run(self.talk.code(self.who[1]))})

    @precondition(lambda self: self.question in ANSWERS and not self.asked_who_is_there)
    @rule()
    def answers_the_question(self) -> None:
        """As somebody who wants to get on."""
        texts, values = ANSWERS[str(self.question)]
        self.says("inform", texts, values)

    @precondition(lambda self: self.question in ("confirm", "resend", "consent"))
    @rule()
    def agrees_to_what_is_asked(self) -> None:
        """A clear yes in its place."""
        self.agrees(clear=True)

    @rule(what=st.sampled_from(({"invoice_number": "34821907"}, {"selector": "all"}, {"amount": "25.00"}, {})))
    def pays(self, what: dict[str, str]) -> None:
        """Money is what matters most."""
        self.says("make_payment", WISHES["make_payment"], what)

    @rule(first=st.sampled_from(sorted(WISHES)), second=st.sampled_from(sorted(WISHES | {"faq_contact": {}})))
    def asks_for_two_things_at_once(self, first: str, second: str) -> None:
        """Both are served in order."""
        texts = {**WISHES, **WORDS_ASIDE}
        self.run(self.talk.asks((texts[first][self.language], first, {}), (texts[second][self.language], second, {})))
        self.look()

    # -- what must be so ------------------------------------------------------------------------------
    def says(
        self, intent: str, texts: dict[Language, str], values: dict[str, str], language: Language | None = None
    ) -> None:
        """A message in the conversation's language, or in one that leaves no doubt."""
        self.language = language or self.language
        text = " ".join(part for part in (texts[self.language], *values.values()) if part)
        self.run(self.talk.says(text, intent, language=language, **values))
        self.look()

    def look(self) -> None:
        """What is true of every answer."""
        self.choices += [choice for reply in self.talk.last for choice in reply.choices]
        assert {reply.language for reply in self.talk.last} == {self.language}, self.names
        assert "trouble" not in self.names
        self.look_at_the_money()

    def look_at_the_money(self) -> None:
        """A new payment is the one a clear yes was said to, and there is one of it."""
        new = self.run(self.talk.payments())[self.paid :]
        self.paid += len(new)
        assert len(new) <= 1
        for payment in new:
            assert self.agreed_to is not None, f"paid without a yes: {payment}"
            assert essence(payment) == essence_read_back(self.agreed_to)
            self.agreed_to = None
        said = [reply for reply in self.talk.last if reply.name in READ_BACKS]
        if said:
            self.read_back, self.agreed_to = said[-1].values, None

    @invariant()
    def the_context_is_bounded(self) -> None:
        """An endless conversation costs the same at every turn."""
        context = self.talk.context
        assert len(context.tasks) <= TASKS_AT_MOST
        assert len(context.waiting) <= WAITING_AT_MOST
        assert len(context.shown_invoices) <= SHOWN_AT_MOST
        assert len(context.wordings) <= WORDINGS_AT_MOST
        assert len(json.dumps(context.model_dump(mode="json"))) < CONTEXT_AT_MOST

    @property
    def names(self) -> list[str]:
        """The replies of the last answer."""
        return [reply.name for reply in self.talk.last]

    @property
    def question(self) -> str | None:
        """What the task under way asked for last."""
        current = self.talk.context.current
        return current.question if current is not None else None

    @property
    def asked_who_is_there(self) -> bool:
        """Whether the question of identity waits."""
        current = self.talk.context.current
        return current is not None and current.name == "identify"

    def is_of_now(self, choice: dict[str, Any]) -> bool:
        """Whether a yes that is pressed is for the payment read back last, and that one still waits for it."""
        state = self.talk.context.find("make_payment")
        waits = state is not None and state.question in ("confirm", "resend")
        return waits and state is not None and choice["command"]["values"]["draft"] == state.fields["draft"]


# The values a customer gives; what else a task notes for itself is its own business.
FILLED = {"which", "amount", "date", "account", "bank_account", "reason", "email", "role", "wanted", "count", "days"}
FILLED |= {"reference", "user", "whose"}


def essence(payment: dict[str, Any]) -> Any:
    """Amount, day, bank account and invoices of a payment made."""
    parts = sorted((one["number"], one["amount"]) for one in payment["invoices"])
    return payment["amount"], payment["date"], payment["last4"], parts


def essence_read_back(values: dict[str, Any]) -> Any:
    """The same of a payment read back."""
    parts = sorted((one["invoice"], one["amount"]) for one in values["parts"])
    return str(values["amount"]), values["date"], values["last4"], parts


@pytest.fixture
def run() -> Iterator[Run]:
    """Runs the asynchronous parts, all on one loop."""
    with asyncio.Runner() as runner:
        yield runner.run


def test_whatever_is_said_the_promises_hold(tmp_path: Path, replies: BilingualReplies, run: Run) -> None:
    """Hundreds of random messages, the same ones in CI each time."""
    stack = AsyncExitStack()
    billing = run(stack.enter_async_context(billing_in_process(tmp_path)))
    sessions = Sessions.open(f"sqlite:///{tmp_path / 'sessions.db'}")

    async def new_talk() -> Talk:
        (await billing.http.post("/demo/reset")).raise_for_status()
        return Talk(sessions, billing.http, replies)

    try:
        run_state_machine_as_test(
            lambda: Conversation(run, new_talk),  # type: ignore[arg-type]  # a factory will do, says its documentation
            settings=settings(max_examples=40, stateful_step_count=30),
        )
    finally:
        run(stack.aclose())
