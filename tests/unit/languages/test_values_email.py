"""E-mail addresses, written or said aloud."""

import pytest

from tests.support.values import only, stated

ADDRESSES = [
    ("marie@lpl.example", "marie@lpl.example"),
    ("MARIE.Lapointe@LPL.Example", "marie.lapointe@lpl.example"),
    ("mon courriel est marie@lpl.example.", "marie@lpl.example"),
    ("my email's bob@garage.example!", "bob@garage.example"),
    ("<bob@garage.example>", "bob@garage.example"),
    ("mailto:bob@garage.example", "bob@garage.example"),
    ("courriel:bob@garage.example,merci", "bob@garage.example"),
    ("changez pour jean-guy_2@plomberie-nord.qc.ca svp", "jean-guy_2@plomberie-nord.qc.ca"),
    ("luc+factures@videocite.example", "luc+factures@videocite.example"),
    ("o'brien@shop.example", "o'brien@shop.example"),
    ("a@b.ca", "a@b.ca"),
    ("de vieux@x.example à neuf@y.example", "vieux@x.example neuf@y.example"),
    ("from old@x.example to new@y.example", "old@x.example new@y.example"),
    ("bob @ garage.example", "bob@garage.example"),
    ("bob@garage .example", "bob@garage.example"),
    ("bob arobase garage point example", "bob@garage.example"),
    ("bob arobas garage point ca", "bob@garage.ca"),
    ("bob a commercial garage point com", "bob@garage.com"),
    ("bob point tremblay arobase garage point qc point ca", "bob.tremblay@garage.qc.ca"),
    ("c'est info arobase atelier tiret nordique point ca", "info@atelier-nordique.ca"),
    ("marie tiret bas roy arobase gmail point com", "marie_roy@gmail.com"),
    ("bob at garage dot com", "bob@garage.com"),
    ("bob dot smith at garage dot com", "bob.smith@garage.com"),
    ("my email is bob underscore smith at gmail dot com", "bob_smith@gmail.com"),
    ("it's ap at harbour dash legal dot ca", "ap@harbour-legal.ca"),
    ("jane at gmail.com", "jane@gmail.com"),
    ("jane(at)gmail.com", "jane@gmail.com"),
    ("jane [at] gmail [dot] com", "jane@gmail.com"),
    ("jane arobase gmail.com", "jane@gmail.com"),
    ("accounts payable at prairie dental dot ca", "payable@prairiedental.ca"),
    ("compta22 arobase videotron point ca", "compta22@videotron.ca"),
    ("bob at garage point ca", "bob@garage.ca"),
    ("mon courriel a changé pour m.gagnon@toiture.example", "m.gagnon@toiture.example"),
    ("c'est julie point roy arobase toiture tiret pro point ca", "julie.roy@toiture-pro.ca"),
    ("my new email is m dot gagnon at roofing dot ca", "m.gagnon@roofing.ca"),
    ("julie.roy AT roofing-pro.ca", "julie.roy@roofing-pro.ca"),
    ("envoie-le a comptes tiret payables arobase ville point qc point ca", "comptes-payables@ville.qc.ca"),
    ("send it to accounts dash payable at town dot ca", "accounts-payable@town.ca"),
]
NOTHING = [
    "je n'ai pas de courriel",
    "@",
    "bob@",
    "@garage.example",
    "bob@garage",
    "call me at the office",
    "I'm at work",
    "meet at 5 dot",
    "look at that dot com boom",
    "arobase",
    "c'est quoi un arobase",
    "www.garage.example",
    "https://garage.example/bob",
]


@pytest.mark.parametrize(("text", "addresses"), ADDRESSES)
def test_an_address_is_found_written_or_said_aloud(text: str, addresses: str) -> None:
    """A notice sent to the wrong address is a notice lost."""
    assert stated(text) == only("email", addresses)


@pytest.mark.parametrize("text", NOTHING)
def test_half_an_address_is_none(text: str) -> None:
    """The assistant asks again rather than guess."""
    assert not [value for entity, value in stated(text) if entity == "email"]
