"""``make chat`` with a piped conversation: what is sent, what is shown, and what is said when something is wrong."""

from collections.abc import Iterator

import pytest
from typer.testing import CliRunner, Result

from launch.chat import commands
from launch.ports import free_port
from tests.support.fake_website import CUSTOMER, FakeWebsite


@pytest.fixture
def website() -> Iterator[FakeWebsite]:
    server = FakeWebsite()
    yield server
    server.shutdown()
    server.server_close()


def chat(address: str, *options: str, piped: str = "") -> Result:
    return CliRunner().invoke(commands, ["--url", address, *options], input=piped)


def test_a_piped_conversation_is_shown_whole(website: FakeWebsite) -> None:
    """The README's transcripts are made so: both sides, choices and documents with their address."""
    shown = chat(website.address, piped="mon solde\n\n")
    assert shown.exit_code == 0
    assert "Bonjour !\n  [1] Mon solde\n  [2] English\n" in shown.output
    assert "> mon solde\nReçu : " in shown.output
    assert "  ↓ Facture: http://x.example/d/1" in shown.output


def test_a_number_presses_the_choice_shown_with_it_and_any_other_is_text(website: FakeWebsite) -> None:
    """An amount or an invoice number typed where choices are shown is not a click."""
    chat(website.address, piped="7\n")
    chat(website.address, piped="2\n")
    assert website.received[1] == {"text": "7"}
    assert website.received[3] == {"choice": "opaque-2"}


def test_signing_in_passes_the_portal_token_on(website: FakeWebsite) -> None:
    """The page does the same: the assistant never sees the password."""
    chat(website.address, "--as", CUSTOMER["email"], "--language", "en")
    assert website.received[1] == {"language": "en", "portal_token": "portal-1"}


def test_an_unknown_customer_is_answered_with_those_there_are(website: FakeWebsite) -> None:
    shown = chat(website.address, "--as", "nobody@example.com")
    assert shown.exit_code == 1
    assert CUSTOMER["email"] in shown.output


@pytest.mark.parametrize(
    ("line", "said"),
    [("over", "Start `make chat` again"), ("too fast", "Trop de messages. (12 s)")],
)
def test_a_refusal_is_said_in_plain_words(website: FakeWebsite, line: str, said: str) -> None:
    """A traceback tells a visitor nothing."""
    shown = chat(website.address, piped=f"{line}\n")
    assert shown.exit_code == 1
    assert said in shown.output


def test_without_an_assistant_it_says_how_to_start_one() -> None:
    shown = chat(f"http://127.0.0.1:{free_port()}")
    assert shown.exit_code == 1
    assert "make run" in shown.output
