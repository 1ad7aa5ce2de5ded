"""Words that point at an invoice, and where a message is cut into requests."""

import pytest

from languages.clauses import clauses
from languages.periods import days_of
from languages.pointers import size_meant, that_one_meant, those_shown_meant


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("la plus grosse svp", "biggest"),
        ("PAYER LA PLUS ÉLEVÉE", "biggest"),
        ("the most expensive one", "biggest"),
        ("celle qui est la moins chère", "smallest"),
        ("pay the smallest first", "smallest"),
        ("la plus récente", None),
        ("je suis plus capable", None),
        ("pourquoi la dernière est plus chère que l'autre", None),
    ],
)
def test_a_size_is_told_from_other_words(text: str, size: str | None) -> None:
    """The most recent is a matter of dates."""
    assert size_meant(text) == size


@pytest.mark.parametrize("text", ["all of them", "pay both", "toutes", "les deux", "celles-là", "send me those"])
def test_those_shown_are_meant(text: str) -> None:
    """A pronoun points at what is on the screen."""
    assert those_shown_meant(text)


@pytest.mark.parametrize("text", ["la payer", "pay it", "celle-là svp", "payez-la demain"])
def test_the_one_spoken_of_is_meant(text: str) -> None:
    """Nobody repeats eight digits."""
    assert that_one_meant(text)


@pytest.mark.parametrize("text", ["la facture de mars", "payer", "the last invoice"])
def test_another_one_is_meant(text: str) -> None:
    """An article is no pronoun."""
    assert not that_one_meant(text)


@pytest.mark.parametrize("text", ["toutes mes factures", "pay everything", "tout payer", "all my invoices"])
def test_everything_is_not_the_list(text: str) -> None:
    """Who says "mes factures" means the account."""
    assert not those_shown_meant(text)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("mon solde", ["mon solde"]),
        ("mon solde et le PDF", ["mon solde", "et le PDF"]),
        ("What's my balance? Also send the last invoice.", ["What's my balance?", "Also send the last invoice."]),
        ("payer 1 284,50 $ demain", ["payer 1 284,50 $ demain"]),
        ("bonjour, mon solde", ["bonjour", "mon solde"]),
    ],
)
def test_a_message_is_cut_where_one_thing_is_added_to_another(text: str, pieces: list[str]) -> None:
    """A comma inside an amount adds nothing."""
    assert [text[start:end] for start, end in clauses(text)] == pieces


def test_a_story_is_not_cut() -> None:
    """Many pieces are somebody explaining, not listing wishes."""
    assert clauses("a, b, c, d, e, f, g") == [(0, 19)]


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("2026-02", ("2026-02-01", "2026-02-28")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2025", ("2025-01-01", "2025-12-31")),
        ("2026-07-01/2026-09-30", ("2026-07-01", "2026-09-30")),
    ],
)
def test_a_period_covers_its_days(period: str, days: tuple[str, str]) -> None:
    """Both ends included, leap years too."""
    assert days_of(period) == days
