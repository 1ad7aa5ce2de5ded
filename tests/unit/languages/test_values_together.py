"""Several values in one message, and messages that state none."""

from collections import Counter

import pytest

from tests.support.values import stated

TOGETHER = [
    ("payez 500 piasses vendredi sur la 3482 1907", "amount=500.00 date=2026-11-27 invoice_number=34821907"),
    ("pay $500 on 34821907 next friday", "amount=500.00 invoice_number=34821907 date=2026-11-27"),
    ("jveux payer la 34821907 et la 34822466 demain", "invoice_number=34821907 invoice_number=34822466 date=2026-11-25"),
    ("pay all overdue on december 1", "selector=overdue date=2026-12-01"),
    ("toutes les factures en retard le 1er décembre", "selector=overdue date=2026-12-01"),
    ("200 $ sur la première et 300 $ sur la deuxième", "amount=200.00 selector=1 amount=300.00 selector=2"),
    ("put 200 on the first one and 300 on the second one", "amount=200.00 selector=1 amount=300.00 selector=2"),
    ("compte 1000482915 code 315224", "account_number=1000482915 otp_code=315224"),
    ("ACH-7K2M9PQX de 640 $ hier", "payment_reference=ACH-7K2M9PQX amount=640.00 date=2026-11-23"),
    ("envoie la dernière à info@lulu.example", "selector=latest email=info@lulu.example"),
    ("email my latest invoice to ap@shop.example", "selector=latest email=ap@shop.example"),
    ("factures de mars 2026 en anglais", "period=2026-03 language=en"),
    ("all 2025 invoices in french please", "selector=all period=2025 language=fr"),
    ("100 $ le 1er de chaque mois", "amount=100.00"),
    ("trois paiements de 400 $ à partir du 1er décembre", "amount=400.00 date=2026-12-01"),
    ("three payments of four hundred dollars starting december first", "amount=400.00 date=2026-12-01"),
    ("la 34821907 de 1 284,50 $ due le 8 octobre 2026", "invoice_number=34821907 amount=1284.50 date=2026-10-08"),
    ("invoice 34821907 for 1284.50 was due 2026-10-08", "invoice_number=34821907 amount=1284.50 date=2026-10-08"),
    ("cancel my payment of $640 scheduled for the 30th", "amount=640.00 date=2026-11-30"),
    ("annulez le paiement de 640 $ prévu le 30", "amount=640.00 date=2026-11-30"),
    ("je paye la moitié vendredi pis le reste le 15", "date=2026-11-27 date=2026-12-15"),
    ("half friday and the rest on the 15th", "date=2026-11-27 date=2026-12-15"),
    ("1000482915, 34821907, 500 $", "account_number=1000482915 invoice_number=34821907 amount=500.00"),
    ("34821907 500$ demain", "invoice_number=34821907 amount=500.00 date=2026-11-25"),
    ("34821907 $500 tomorrow", "invoice_number=34821907 amount=500.00 date=2026-11-25"),
    ("rappelez-moi au 514 555-0178 demain", "date=2026-11-25"),
    ("call me at 204-555-0162 about 34821907", "invoice_number=34821907"),
    ("pourquoi la facture de mars est 100 $ de plus que celle de février", "period=2026-03 amount=100.00 period=2026-02"),
    ("why is my march bill $100 higher than february's", "period=2026-03 amount=100.00 period=2026-02"),
    ("ok pay the last one in full tomorrow", "selector=latest date=2026-11-25"),
    ("la facture 34821907 au complet", "invoice_number=34821907"),
    ("pay invoice 34821907 in full", "invoice_number=34821907"),
    ("j'ai payé 932,18 $ le 3 novembre 2026 par ach-h3d6y1ks",
     "amount=932.18 date=2026-11-03 payment_reference=ACH-H3D6Y1KS"),
    ("change my email from a@x.example to b@y.example today", "email=a@x.example email=b@y.example date=2026-11-24"),
    ("mon code est 482913 et mon compte 1000 915 538", "otp_code=482913 account_number=1000915538"),
    ("euh mettons deux cents piasses vendredi sur la deuxième", "amount=200.00 date=2026-11-27 selector=2"),
    ("uh let's do like two hundred bucks friday on the second one", "amount=200.00 date=2026-11-27 selector=2"),
    ("pay mon overdue demain", "selector=overdue date=2026-11-25"),
    ("facture de 2 450,00 $ de juillet", "amount=2450.00 period=2026-07"),
    ("the $2,450.00 July invoice", "amount=2450.00 period=2026-07"),
]  # fmt: skip
NOTHING = [
    "bonjour, j'ai une question",
    "hello there",
    "merci beaucoup, bonne journée!",
    "combien je dois",
    "how much do I owe",
    "j'ai oublié mon mot de passe",
    "I forgot my password",
    "je veux parler à quelqu'un",
    "my printer is broken",
    "c'est quoi ACH",
    "what are your opening hours",
    "oui",
    "yes please",
    "ok",
    "non merci",
    "laisse faire",
    "👍",
    "",
    "   ",
    "???",
    "123",
    "a",
    "j'ai 2 imprimantes au 3e étage",
    "le solde svp",
    "can you help me",
    "on est 12 dans le bureau",
    "six of us work here",
    "il est 10 h 15",
    "Il y a un problème avec la facture",
    "the total is wrong",
]


@pytest.mark.parametrize(("text", "values"), TOGETHER)
def test_every_value_of_a_message_is_found(text: str, values: str) -> None:
    """People say what, how much and when in one breath."""
    assert stated(text) == Counter(tuple(one.split("=")) for one in values.split())


@pytest.mark.parametrize("text", NOTHING)
def test_a_message_without_values_states_none(text: str) -> None:
    """A value out of thin air starts a wrong payment."""
    assert not stated(text)
