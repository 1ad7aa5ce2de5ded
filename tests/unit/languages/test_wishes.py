"""What short answers mean to the task that asked."""

from decimal import Decimal

import pytest

from languages.wishes import (
    bare_amount,
    bare_count,
    delivery_meant,
    instalments_meant,
    reason_meant,
    role_meant,
    user_wish,
)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("plutôt 500", "500.00"),
        ("non 1 284,50", "1284.50"),
        ("$1,200.75", "1200.75"),
        ("make it 300 please", "300.00"),
        ("le compte 4417", None),
        ("the one ending in 2088", None),
        ("300 ou 400", None),
        ("oui", None),
    ],
)
def test_one_number_is_an_amount(text: str, amount: str | None) -> None:
    """The digits of a bank account must never become money."""
    assert bare_amount(text) == (Decimal(amount) if amount else None)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("en trois versements", 3),
        ("2 payments", 2),
        ("moitié moitié", 2),
        ("half now, half later", 2),
        ("bientôt", None),
    ],
)
def test_instalments_are_counted(text: str, count: int | None) -> None:
    """Said in words as often as in figures."""
    assert instalments_meant(text) == count


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("on m'a facturé deux fois", "billed_twice"),
        ("this isn't ours, we never ordered it", "not_ours"),
        ("le technicien n'est jamais venu", "service"),
        ("way too high", "wrong_amount"),
        ("voilà", None),
    ],
)
def test_a_reason_is_told_by_its_words(text: str, reason: str | None) -> None:
    """Nothing told, nothing guessed: then the reasons are offered."""
    assert reason_meant(text) == reason


@pytest.mark.parametrize(
    ("text", "delivery"),
    [
        ("je veux recevoir mes factures par la poste", "paper"),
        ("je ne veux plus de papier", "email"),
        ("stop mailing them", "email"),
        ("send me paper bills", "paper"),
        ("changez ça", None),
    ],
)
def test_paper_is_told_from_no_more_paper(text: str, delivery: str | None) -> None:
    """Both hold the word "papier"."""
    assert delivery_meant(text) == delivery


def test_roles_and_wishes_about_users() -> None:
    """Who may do most is named; taking access away is never the default."""
    assert [role_meant(text) for text in ("juste consulter", "payer aussi", "tout gérer", "hmm")] == [
        "view",
        "pay",
        "administer",
        None,
    ]
    assert [user_wish(text) for text in ("ajouter Ana", "Ana est partie", "remove Bob")] == ["add", "remove", "remove"]


@pytest.mark.parametrize(
    ("text", "count"), [("non trois", 3), ("2", 2), ("two or three", None), ("le 2026-12-01", None)]
)
def test_a_bare_number_answers_how_many(text: str, count: int | None) -> None:
    """One small number and no date."""
    assert bare_count(text) == count
