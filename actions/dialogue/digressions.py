"""What can be said at any point of a conversation without losing the task under way."""

from collections.abc import Collection

from actions.dialogue.desk import Desk
from actions.pointing import pointed
from actions.say import Choice
from languages.formats import LANGUAGES, Language

_GUESSES = 2
_STARTERS = ("check_balance", "list_overdue_invoices", "get_invoice_pdf", "make_payment", "reset_password")


def main_choices() -> list[Choice]:
    """The wishes the assistant offers when it does not know what is wanted."""
    return [Choice(intent, intent) for intent in _STARTERS]


class Digressions:
    """Greetings, help, repetition, language, and what to say when nothing was understood."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._say = desk.say
        self._by_intent = {
            "greet": self._greet,
            "goodbye": lambda: self._say.reply("goodbye"),
            "thank": lambda: self._say.reply("welcome"),
            "help": lambda: self._say.reply("help", *main_choices()),
            "repeat": self._repeat,
            "restart": self._restart,
            "switch_language": self._switch_language,
            "bot_challenge": lambda: self._say.reply("i_am_a_bot", Choice("agent", "talk_to_agent")),
            "complain": lambda: self._say.reply("sorry_to_hear", Choice("agent", "talk_to_agent")),
        }

    def is_about_the_conversation(self) -> bool:
        """Whether the intent is one of these."""
        return self._desk.turn.intent in self._by_intent

    def serve(self) -> None:
        """Say what the intent asks for."""
        self._desk.context.refusals = 0
        self._by_intent[self._desk.turn.intent]()

    def answer_without_a_question(self) -> None:
        """A yes, a no or a value when nothing was asked."""
        submitted = self._submitted_before()
        if submitted is not None:
            self._say.reply("already_submitted", reference=submitted)
        elif self._desk.turn.intent == "deny":
            self._say.reply("nothing_else")
        elif self._desk.turn.intent == "affirm":
            self._say.reply("yes_to_what", *main_choices())
        else:
            self._offer_for_the_value()

    def refuse(self, tasks: Collection[str]) -> None:
        """Not understood: two guesses as choices, other words the second time, then a person."""
        context = self._desk.context
        context.refusals += 1
        if context.refusals > _GUESSES:
            context.refusals = 0
            self._say.reply("not_understood_person", Choice("agent", "talk_to_agent"), Choice("help", "help"))
            return
        guesses = set(tasks) - {"talk_to_agent"}  # a person is offered beside the guesses
        likely = [name for name in self._desk.turn.ranking if name in guesses or name.startswith("faq_")]
        likely += [name for name in _STARTERS if name not in likely]
        choices = [Choice(name, name) for name in likely[:_GUESSES]]
        self._say.reply(f"not_understood_{context.refusals}", *choices, Choice("agent", "talk_to_agent"))

    def _submitted_before(self) -> str | None:
        """The reference of a payment whose yes was said or pressed once more."""
        if self._desk.turn.choice is None and self._desk.turn.clear_answer == "yes":
            submitted = [said for said in self._desk.context.last_said if said.name == "payment_submitted"]
            return str(submitted[-1].values["reference"]) if submitted else None
        draft = self._desk.sessions.drafts.get((self._desk.turn.choice or {}).get("draft", ""))
        own = draft is not None and draft.conversation == self._desk.turn.conversation
        return draft.reference if draft is not None and own else None

    def _greet(self) -> None:
        opening = self._desk.turn.choice or {}
        if opening.get("handed_back"):
            self._say.reply("handed_back", *([] if self._desk.context.current else main_choices()))
            return
        if not opening.get("opening") and self._desk.context.last_said:
            self._say.reply("greet_again")
            return
        identity = self._desk.identity
        other: Language = next(known for known in LANGUAGES if known != self._desk.language)
        language = Choice(f"speak_{other}", "switch_language", {"language": other})
        if opening.get("called"):
            self._let_go()
            self._say.reply("sms_called", *main_choices(), language)
        elif identity is not None:
            self._say.reply("greet_known", *main_choices(), language, name=identity.name)
        else:
            self._say.reply("greet", *main_choices(), language)

    def _repeat(self) -> None:
        for said in self._desk.context.last_said or []:
            self._say.again(said)
        if not self._desk.context.last_said:
            self._say.reply("nothing_to_repeat")

    def _restart(self) -> None:
        self._let_go()
        unsettled = self._desk.sessions.drafts.unsettled(self._desk.turn.conversation)
        self._say.reply("restarted_unknown" if unsettled else "restarted", *main_choices())

    def _let_go(self) -> None:
        """Of everything under way: a question put again could tell whoever is there now of an account."""
        self._desk.context.tasks = []
        self._desk.context.waiting = []
        self._desk.context.show([])

    def _switch_language(self) -> None:
        """With nothing under way, what can be done is offered in the new language."""
        offers = main_choices() if self._desk.context.current is None else []
        self._say.reply("language_switched", *offers)

    def _offer_for_the_value(self) -> None:
        """An invoice pointed at with nothing asked: offer what can be done with it."""
        pointer = pointed(self._desk.turn, self._desk.context)
        if pointer is None or len(pointer.numbers) != 1:
            self._say.reply("value_for_what", *main_choices())
            return
        (number,) = pointer.numbers
        values = {"invoice_number": number}
        self._say.reply(
            "invoice_for_what",
            Choice("pdf_of_it", "get_invoice_pdf", values),
            Choice("pay_it", "make_payment", values),
            number=number,
        )
