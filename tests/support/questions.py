"""Every question a task can put, and the way there: what the generated conversations start from."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from company import COMPANY
from tests.support.faulty import FaultyTransport
from tests.support.talk import Talk

BAKERY = ("1000482915", "comptes@boulangerie-saint-roch.example")
CLINIC = ("1000731264", "office@prairie-dental.example")
ATELIER = ("1000915538", "compta@atelier-nordique.example")
LAWYERS = ("1000260477", "ap@harbourview-legal.example")

Language = Literal["fr", "en"]
Customer = tuple[str, str]


@dataclass(frozen=True)
class Message:
    """What is said on the way, in both languages, and what it was understood as."""

    intent: str
    fr: str
    en: str
    values: dict[str, str] = field(default_factory=dict)

    async def say(self, talk: Talk, language: Language) -> list[str]:
        """Say it in a language that leaves no doubt; the names of the replies."""
        return await talk.says(getattr(self, language), self.intent, language=language, **self.values)


@dataclass(frozen=True)
class Clock:
    """Time passes on the way, an ISO 8601 duration."""

    advance: str


@dataclass(frozen=True)
class Network:
    """The network breaks on the way, or is mended (``None``); see :class:`FaultyTransport`."""

    fault: str | None
    path: str = "/v1/payments"


@dataclass(frozen=True)
class Question:
    """A question of a task and the way there; ``who`` is recognised first, nobody for a stranger."""

    task: str
    question: str
    who: Customer | None
    way: tuple[Message | Clock | Network, ...]
    variant: str = ""

    @property
    def id(self) -> str:
        """Its name among the generated tests."""
        return "-".join(part for part in (self.task, self.question, self.variant) if part)


def in_days(days: int) -> str:
    """A day from today, as an entity gives it."""
    return (datetime.now(COMPANY.zone).date() + timedelta(days=days)).isoformat()


def _wish(task: str, fr: str, en: str, **values: str) -> Message:
    return Message(task, fr, en, values)


def _given(text: str, **values: str) -> Message:
    return Message("inform", text, text, values)


_YES = Message("affirm", "oui", "yes")
_BALANCE = _wish("check_balance", "mon solde svp", "my balance please")
_PAY = _wish("make_payment", "je veux payer", "I want to pay")
_PAY_ONE = _wish("make_payment", "payer la facture", "pay the invoice", invoice_number="34821907")
_MORE_TIME = _wish("request_payment_plan", "il me faut un délai", "I need more time")
_DISPUTE = _wish("dispute_invoice", "je conteste", "I dispute it", invoice_number="34821907")
_INVITE = _wish("add_user", "donner accès à ma comptable", "give my accountant access")
_EMAIL = _wish("update_email", "changer mon courriel", "change my e-mail")
_SOMEBODY = _wish("add_user", "donner accès", "give access", email="ana@exemple.ca")
_SOMEBODY_ELSE = _wish("add_user", "donner accès", "give access", email="leo@exemple.ca")
_TAKE_AWAY = _wish("add_user", "retirer un accès", "remove somebody's access")
_VIEWS = Message("inform", "seulement consulter", "view only")

QUESTIONS = (
    Question("identify", "account", None, (_BALANCE,)),
    Question("identify", "account", BAKERY, (Clock("PT61M"), _BALANCE), "expired"),
    Question("identify", "code", None, (_BALANCE, _given(BAKERY[0], account_number=BAKERY[0]))),
    Question("identify", "code", BAKERY, (_PAY_ONE, Clock("PT11M"), _YES), "fresh"),
    Question("make_payment", "account", LAWYERS, (_PAY,)),
    Question("make_payment", "what", BAKERY, (_PAY,)),
    Question("make_payment", "amount", BAKERY, (_PAY_ONE, _given("5000 $", amount="5000.00"))),
    Question("make_payment", "date", BAKERY, (_PAY_ONE, _given(in_days(90), date=in_days(90)))),
    Question("make_payment", "bank_account_added", ATELIER, (_PAY,)),
    Question("make_payment", "bank_account", LAWYERS, (_PAY, _given("60210221", invoice_number="60210221"))),
    Question("make_payment", "consent", CLINIC, (_PAY,)),
    Question("make_payment", "confirm", BAKERY, (_PAY_ONE,)),
    Question("make_payment", "outcome", BAKERY, (_PAY_ONE, Network("after:reset"), _YES)),
    Question(
        "make_payment",
        "resend",
        BAKERY,
        (_PAY_ONE, Network("before:reset"), _YES, Network(None), Message("repeat", "vérifie encore", "check again")),
    ),
    Question("make_payment", "retry", BAKERY, (Network("before:refused", "/v1/accounts"), _PAY_ONE, Network(None))),
    Question("add_bank_account", "account", LAWYERS, (_wish("add_bank_account", "un autre compte", "another bank"),)),
    Question("request_payment_plan", "account", LAWYERS, (_MORE_TIME,)),
    Question("request_payment_plan", "amount", BAKERY, (_MORE_TIME, _given("99999 $", amount="99999.00"))),
    Question("request_payment_plan", "how", BAKERY, (_MORE_TIME,)),
    Question("request_payment_plan", "how", BAKERY, (_MORE_TIME, _given("12 fois / 12 times")), "not_possible"),
    Question("request_payment_plan", "confirm", BAKERY, (_MORE_TIME, _given("3 fois / 3 times"))),
    Question("add_user", "email", BAKERY, (_INVITE,)),
    Question("add_user", "email", BAKERY, (_INVITE, _given("ana@", email="ana@"), _VIEWS), "invalid"),
    Question("add_user", "role", BAKERY, (_SOMEBODY,)),
    Question("add_user", "user", BAKERY, (_SOMEBODY, _VIEWS, _SOMEBODY_ELSE, _VIEWS, _TAKE_AWAY)),
    Question("add_user", "confirm", BAKERY, (_SOMEBODY, _VIEWS, _TAKE_AWAY)),
    Question("update_email", "email", BAKERY, (_EMAIL,)),
    Question("update_email", "email", BAKERY, (_EMAIL, _given("ana@", email="ana@")), "invalid"),
    Question(
        "change_profile_language",
        "wanted",
        BAKERY,
        (_wish("change_profile_language", "la langue de mes factures", "my invoices' language"),),
    ),
    Question("request_paper_invoices", "confirm", BAKERY, (_wish("request_paper_invoices", "sur papier", "on paper"),)),
    Question("enroll", "account", None, (_wish("enroll", "je veux m'inscrire", "I want to enrol"),)),
    Question(
        "cancel_payment",
        "confirm",
        BAKERY,
        (_PAY_ONE, _YES, _wish("cancel_payment", "annuler mon paiement", "cancel my payment")),
    ),
    Question("dispute_invoice", "which", BAKERY, (_wish("dispute_invoice", "je conteste", "I dispute it"),)),
    Question("dispute_invoice", "reason", BAKERY, (_DISPUTE,)),
    Question("dispute_invoice", "amount", BAKERY, (_DISPUTE, _given("le montant / the amount"))),
    Question(
        "dispute_invoice",
        "amount",
        BAKERY,
        (_DISPUTE, _given("le montant / the amount"), _given("9000 $", amount="9000.00")),
        "too_high",
    ),
    Question(
        "get_invoice_pdf", "which", BAKERY, (_wish("get_invoice_pdf", "le PDF", "the PDF", invoice_number="99999999"),)
    ),
    Question(
        "show_invoice", "which", BAKERY, (_wish("show_invoice", "détails", "details", invoice_number="99999999"),)
    ),
    Question("reset_password", "whose", None, (_wish("reset_password", "mot de passe oublié", "lost password"),)),
)


async def drive(talk: Talk, network: FaultyTransport, to: Question, language: Language) -> None:
    """Bring a conversation to a question; an AssertionError says where it went instead."""
    if to.who is not None:
        await _BALANCE.say(talk, language)
        assert (await talk.identify(*to.who))[0] == "identified"
    for step in to.way:
        if isinstance(step, Message):
            await step.say(talk, language)
        elif isinstance(step, Clock):
            await talk.http.post("/demo/clock", json={"advance": step.advance})
        else:
            network.fault, network.path = step.fault, step.path
    current = talk.context.current
    assert current is not None, talk.text
    assert (current.name, current.question) == (to.task, to.question), talk.text
