"""Each question of the company's e-billing FAQ, the reply that answers it, and the facts it must state."""

import re
from dataclasses import dataclass

import pytest
from rasa.shared.core.domain import Domain

from bot.importer import REPLIES, read_replies
from bot.replies import BilingualReplies
from company import COMPANY
from languages.formats import LANGUAGES, Language, money
from languages.templates import variables
from tests.support.reply_examples import examples

PREFIX = re.escape(COMPANY.ebilling_account_prefix)
PHONE = re.escape(COMPANY.telephone)
OPTION = rf"option {COMPANY.menu_option}\b"
NAME = re.escape(COMPANY.name)
HOURS = {"fr": rf"\b{COMPANY.debit_within_hours} heures", "en": rf"\b{COMPANY.debit_within_hours} hours"}
FEE: dict[Language, str] = {
    language: re.escape(money(COMPANY.paper_invoice_fee, language).replace("\u00a0", " ")) for language in LANGUAGES
}
CENTRE = {language: re.escape(COMPANY.contact_centre[language]) for language in LANGUAGES}


@dataclass(frozen=True)
class Answer:
    """The replies that answer a question together, and what they must say in each language, as patterns."""

    replies: tuple[str, ...]
    fr: tuple[str, ...]
    en: tuple[str, ...]


# The key is our name for a question of the FAQ, in its order there.
ANSWERS = {
    "contact": Answer(
        ("faq_contact",),
        (CENTRE["fr"], PHONE, re.escape(COMPANY.telephone_words), "langue", OPTION),
        (CENTRE["en"], PHONE, re.escape(COMPANY.telephone_words), "language", OPTION),
    ),
    "not_enrolled_or_invitation_lost": Answer(
        ("enrol_account", "enrol_sent", "enrol_not_covered"),
        (rf"commencent par {PREFIX}", "invitation", "adresse courriel"),
        (rf"begin with {PREFIX}", "invitation", "e-mail address"),
    ),
    "forgotten_password": Answer(
        ("reset_whose", "reset_sent"),
        ("numéro de compte", "un lien", "question de sécurité"),
        ("account number", "a link", "security question"),
    ),
    "invitation_never_came": Answer(
        ("enrol_sent", "faq_contact"), ("invitation", PHONE, OPTION), ("invitation", PHONE, OPTION)
    ),
    "adding_users": Answer(
        ("user_email", "user_role", "user_invited"), ("invitation", "consulter"), ("invitation", "view")
    ),
    "language_of_the_profile": Answer(
        ("profile_language", "profile_language_changed"), ("factures", "langue"), ("invoices", "language")
    ),
    "what_it_is": Answer(
        ("faq_what_is_ebilling",),
        ("portail sécurisé", NAME, "à toute heure", "plusieurs jours avant", "précédentes", rf"commence par {PREFIX}"),
        ("secure portal", NAME, "at any hour", "several days before", "past invoices", rf"begins with {PREFIX}"),
    ),
    "is_it_secure": Answer(
        ("faq_is_it_secure",),
        (r"^Oui", "chiffré", "TLS", "pare-feu", "ACH"),
        (r"^Yes", "encrypted", "TLS", "firewall", "ACH"),
    ),
    "paper_preferred": Answer(
        ("faq_paper_fee",),
        ("imprimez", "sans frais", "rien n'est plus posté", FEE["fr"], "par facture"),
        ("print", "free of charge", "nothing is mailed", FEE["en"], "each invoice"),
    ),
    "does_it_cost": Answer(("faq_cost",), (r"^Non", "gratuite"), (r"^No", "free")),
    "accounts_covered": Answer(
        ("faq_covered_accounts",),
        (
            rf"seuls les comptes dont le numéro commence par {PREFIX}",
            "autre chiffre ne le sont pas",
            "une seule adresse",
        ),
        (rf"only accounts whose number begins with {PREFIX}", "another digit are not", "one e-mail address"),
    ),
    "seeing_what_is_overdue": Answer(
        ("overdue_list", "balance"), ("en souffrance", "en tout", "solde total"), ("overdue", "in all", "total balance")
    ),
    "past_invoices": Answer(
        ("faq_invoice_history",),
        (r"^Oui", "précédentes", "historique", "en tout temps"),
        (r"^Yes", "past", "history", "any time"),
    ),
    "e_mail_when_ready": Answer(
        ("faq_email_notification",),
        (r"^Oui", "adresse courriel de votre profil", "consultez aussi le portail", "date de facturation habituelle"),
        (r"^Yes", "e-mail address in your profile", "check the portal too", "usual billing date"),
    ),
    "no_e_mail_came": Answer(
        ("faq_missing_notification",),
        ("deux raisons", "adresse courriel", "indésirable", NAME, "contacts", "filtres"),
        ("two things", "e-mail address", "junk", NAME, "contacts", "filters"),
    ),
    "printing_the_original": Answer(
        ("pdf_latest", "faq_paper_fee"), ("facture", "le lien", "imprimez"), ("invoice", "the link", "print")
    ),
    "ways_to_pay": Answer(
        ("faq_payment_options",),
        ("ACH", "compte bancaire", "à autoriser la première fois", "DPA", "crédit-bail seulement", "TÉF", "chèque"),
        ("ACH", "bank account", "authorized the first time", "PAD", "lease invoices only", "EFT", "cheque"),
    ),
    "what_ach_is": Answer(
        ("faq_what_is_ach",),
        ("chambre de compensation automatisée", "réseau électronique", "institution financière peut vous le confirmer"),
        ("Automated Clearing House", "electronic network", "financial institution can confirm"),
    ),
    "was_it_submitted": Answer(
        ("faq_payment_confirmation",),
        ("courriel", "numéro de référence", "tout seul", "sommaire"),
        ("e-mail", "reference number", "by itself", "summary"),
    ),
    "when_debited": Answer(("faq_debit_timing",), (HOURS["fr"], "soumission"), (HOURS["en"], "submitting")),
    "when_it_fails": Answer(
        ("faq_failed_payment",),
        ("courriel automatique", "membre de notre équipe", "votre banque", "avec elle"),
        ("automatic e-mail", "member of our team", "your bank", "with the bank"),
    ),
    "changing_the_bank_account": Answer(
        ("bank_page",), ("page sécurisée", "ajouter, changer"), ("secure page", "add, change")
    ),
    "changing_the_account": Answer(
        ("faq_change_account_details",),
        ("comptes bancaires", "adresse courriel", "dénomination sociale", "adresse", CENTRE["fr"], PHONE, OPTION),
        ("bank accounts", "e-mail address", "legal name", "address", CENTRE["en"], PHONE, OPTION),
    ),
}


@pytest.fixture(scope="module")
def replies() -> BilingualReplies:
    """The project's own replies."""
    return BilingualReplies(None, Domain.from_dict({"responses": read_replies(REPLIES)}))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", ANSWERS)
def test_the_answer_states_the_facts(question: str, language: Language, replies: BilingualReplies) -> None:
    """A short answer that leaves out a fact sends the customer back to the telephone."""
    answer = ANSWERS[question]
    said = " ".join(rendered(name, language, replies) for name in answer.replies)
    missing = [fact for fact in getattr(answer, language) if not re.search(fact, said)]
    assert not missing, f"{missing} not in: {said}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_tells_of_encryption_as_it_was_in_the_nineties(language: Language, replies: BilingualReplies) -> None:
    """The FAQ's own wording is of SSL with keys of 40 and 128 bits; saying so today would be untrue."""
    assert not re.search(r"SSL|\b(?:40|128)[ -]bit", rendered("faq_is_it_secure", language, replies))


def test_every_question_of_the_faq_that_is_understood_answers_one_of_the_seed() -> None:
    """An answer that goes back to no fact of the company's would be made up."""
    asked = {name.removeprefix("utter_") for name in read_replies(REPLIES) if name.startswith("utter_faq_")}
    assert asked == {name for answer in ANSWERS.values() for name in answer.replies if name.startswith("faq_")}


def rendered(name: str, language: Language, replies: BilingualReplies) -> str:
    """A reply as a customer reads it, with example values and plain spaces."""
    texts = read_replies(REPLIES)[f"utter_{name}"]
    wanted = {value for text in texts for value in variables(text["text"])}
    return str(replies.render(name, language, examples(f"utter_{name}", wanted))["text"]).replace("\u00a0", " ")
