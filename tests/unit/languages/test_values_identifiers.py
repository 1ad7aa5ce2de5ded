"""Invoice and account numbers, one-time codes and payment references: the right length, or nothing."""

import pytest

from tests.support.values import only, stated

INVOICES = [
    ("34821907", "34821907"),
    ("facture 34821907", "34821907"),
    ("facture #34821907 svp", "34821907"),
    ("facture no 34821907", "34821907"),
    ("no de facture: 34821907", "34821907"),
    ("la 3482-1907", "34821907"),
    ("3482.1907", "34821907"),
    ("34 82 19 07", "34821907"),
    ("348 219 07", "34821907"),
    ("34-82-19-07", "34821907"),
    ("factures 34821907, 34822466 et 34823011", "34821907 34822466 34823011"),
    ("34821907/34822466", "34821907 34822466"),
    ("34821907 34822466", "34821907 34822466"),
    ("34821907-34822466", "34821907 34822466"),
    ("fact34821907", "34821907"),
    ("FACT. 34821907", "34821907"),
    ("INV-34821907", "34821907"),
    ("INV#34821907", "34821907"),
    ("invoice number 3482 1907 please", "34821907"),
    ("trois quatre huit deux un neuf zero sept", "34821907"),
    ("trois-quatre-huit-deux-un-neuf-zéro-sept", "34821907"),
    ("three four eight two one nine oh seven", "34821907"),
    ("trente-quatre quatre-vingt-deux dix-neuf zéro sept", "34821907"),
    ("thirty four eighty two nineteen oh seven", "34821907"),
    ("invoice three four eight two, one nine zero seven", "34821907"),
    ("four zero double one seven three five two", "40117352"),
    ("cest la 34821907?", "34821907"),
    ("(34821907)", "34821907"),
    ("«34821907»", "34821907"),
    ("34821907.", "34821907"),
    ("la facture se terminant... 34821907!", "34821907"),
    ("00000000", "00000000"),
    ("le numéro est 60210221", "60210221"),
    ("facture numero 6021 0235", "60210235"),
    ("six zero deux un zero deux trois cinq", "60210235"),
    ("invoice number 6021 0235", "60210235"),
]
ACCOUNTS = [
    ("1000482915", "1000482915"),
    ("9000318842", "9000318842"),
    ("compte 1000482915", "1000482915"),
    ("mon no de compte c'est le 1000 482 915", "1000482915"),
    ("1000-482-915", "1000482915"),
    ("1000.482.915", "1000482915"),
    ("10 00 48 29 15", "1000482915"),
    ("acct 1000731264", "1000731264"),
    ("acct#1000731264", "1000731264"),
    ("account number: 1000 731264", "1000731264"),
    ("it's 100 073 1264", "1000731264"),
    ("client 100-073-1264", "1000731264"),
    ("un zéro zéro zéro quatre huit deux neuf un cinq", "1000482915"),
    ("one triple zero seven three one two six four", "1000731264"),
    ("one zero zero zero, seven three one, two six four", "1000731264"),
    ("comptes 1000260477 et 1000260485", "1000260477 1000260485"),
    ("mon numéro commence par 9: 9000318842", "9000318842"),
    ("mon no client: 1000 5571 20", "1000557120"),
    ("l'autre compte 9000318842", "9000318842"),
    ("cust no 1000 2604 77", "1000260477"),
    ("the other account 9000318842", "9000318842"),
    ("compte numero un zero zero zero deux six zero quatre sept sept", "1000260477"),
    ("account number one zero zero zero two six zero four seven seven", "1000260477"),
]
CODES = [
    ("482913", "482913"),
    ("code 482913", "482913"),
    ("code 482 913", "482913"),
    ("le code c'est 482-913", "482913"),
    ("the code is 482913", "482913"),
    ("my code: 48 29 13", "482913"),
    ("j'ai recu 482913", "482913"),
    ("quatre huit deux neuf un trois", "482913"),
    ("four eight two nine one three", "482913"),
    ("quarante-huit vingt-neuf treize", "482913"),
    ("forty eight twenty nine thirteen", "482913"),
    ("000142", "000142"),
    ("ok 482913 merci", "482913"),
    ("voici: 482913.", "482913"),
    ("482913 thx", "482913"),
    ("code de vérification 482913", "482913"),
    ("verification code 482913", "482913"),
    ("2 0 4 8 5 7", "204857"),
    ("le code recu est le 5 8 2 0 3 1", "582031"),
    ("code reçu par texto: 77 31 90", "773190"),
    ("code i got is 5 8 2 0 3 1", "582031"),
    ("voici mon code quarante huit vingt neuf treize", "482913"),
    ("le code de securité 719 305 marche pas", "719305"),
    ("my code forty eight twenty nine thirteen", "482913"),
    ("security code 719 305 doesnt work", "719305"),
]
REFERENCES = [
    ("ACH-7K2M9PQX", "ACH-7K2M9PQX"),
    ("ach-7k2m9pqx", "ACH-7K2M9PQX"),
    ("ach 7k2m9pqx", "ACH-7K2M9PQX"),
    ("ACH7K2M9PQX", "ACH-7K2M9PQX"),
    ("ACH-7K2M-9PQX", "ACH-7K2M9PQX"),
    ("ach_7k2m9pqx", "ACH-7K2M9PQX"),
    ("ACH – 7K2M9PQX", "ACH-7K2M9PQX"),
    ("ACH#7K2M9PQX", "ACH-7K2M9PQX"),
    ("référence : ACH-7K2M9PQX svp", "ACH-7K2M9PQX"),
    ("where is ACH-H3D6Y1KS?", "ACH-H3D6Y1KS"),
    ("mon paiement ACH 7K2M 9PQX", "ACH-7K2M9PQX"),
    ("ACH: 7K2M9PQX", "ACH-7K2M9PQX"),
    ("ACH-12345678", "ACH-12345678"),
    ("ACH 34821907", "ACH-34821907"),
    ("ACH-7K2M9PQX et ACH-H3D6Y1KS", "ACH-7K2M9PQX ACH-H3D6Y1KS"),
    ("réf ACH-ABCDEFGH", "ACH-ABCDEFGH"),
    ("paiement ach ref ACH 9XC5R2VA statut", "ACH-9XC5R2VA"),
    ("whats happening w ACH-9XC5-R2VA", "ACH-9XC5R2VA"),
    ("a c h tiret sept k deux m neuf p q x", "ACH-7K2M9PQX"),
    ("A C H dash seven K two M nine P Q X", "ACH-7K2M9PQX"),
]
NOTHING = [
    "3482190",
    "348219077",
    "facture 123",
    "invoice 12345",
    "code 4829",
    "code 48291",
    "code 4829134",
    "2000482915",
    "5000482915",
    "0000482915",
    "compte 100048291",
    "account 10004829155",
    "100048291512",
    "514-555-0178",
    "514 555 0178",
    "(514) 555-0178",
    "1-800-555-0199",
    "1 800 555 0199",
    "+1 514 555 0178",
    "5145550178",
    "mon tel 5145550178",
    "G1K 3A9",
    "transit 08150",
    "C8145",
    "modèle 7020",
    "institution 815",
    "ACH-7K2M9PQ",
    "ACH-7K2M9PQXX",
    "ACH-7K2M9PIL",
    "paiement par ACH",
    "ACH transfer",
    "ACH payments",
    "ach paiement",
    "est-ce que ACH fonctionne",
    "TPS 123456789",
    "4500 1234 5678 9012",
    "4500123456789012",
    "quatre huit deux",
    "one two three",
    "un deux trois",
    "abc34821907def",
    "version 10.2.3",
]


@pytest.mark.parametrize(("text", "numbers"), INVOICES)
def test_eight_digits_are_an_invoice_however_they_are_spaced_or_said(text: str, numbers: str) -> None:
    """A number copied from paper comes with spaces, signs and words around it."""
    assert stated(text) == only("invoice_number", numbers)


@pytest.mark.parametrize(("text", "numbers"), ACCOUNTS)
def test_ten_digits_beginning_with_one_or_nine_are_an_account(text: str, numbers: str) -> None:
    """No other account number exists."""
    assert stated(text) == only("account_number", numbers)


@pytest.mark.parametrize(("text", "codes"), CODES)
def test_six_digits_are_a_code(text: str, codes: str) -> None:
    """A code is typed alone as often as in a sentence."""
    assert stated(text) == only("otp_code", codes)


@pytest.mark.parametrize(("text", "references"), REFERENCES)
def test_a_payment_reference_is_found_in_any_case_and_spacing(text: str, references: str) -> None:
    """References are read from an e-mail and typed on a telephone."""
    assert stated(text) == only("payment_reference", references)


@pytest.mark.parametrize("text", NOTHING)
def test_a_number_of_another_length_or_kind_is_nothing(text: str) -> None:
    """Seven digits are a slip, ten beginning with 5 a telephone number: asking again is better than guessing."""
    assert not stated(text)
