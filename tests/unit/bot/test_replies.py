"""Every reply is said in both languages, alike, and never with a hole in it."""

import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.importer import REPLIES, InvalidReplies, read_replies
from bot.replies import BilingualReplies, UnknownReply
from languages.templates import variables

RESPONSES = read_replies(REPLIES)
ACTIONS = Path(__file__).parents[3] / "actions"


def texts(name: str) -> dict[str, str]:
    """The first wording of a reply in each language."""
    return {language: wordings[0] for language, wordings in all_wordings(name).items()}


def all_wordings(name: str) -> dict[str, list[str]]:
    """Every wording of a reply by language."""
    said: dict[str, list[str]] = {}
    for variation in RESPONSES[name]:
        said.setdefault(variation["condition"][0]["value"], []).append(variation["text"])
    return said


@pytest.fixture
def replies() -> BilingualReplies:
    """The generator on the project's own replies."""
    return BilingualReplies(None, Domain.from_dict({"responses": RESPONSES}))


@pytest.mark.parametrize("name", RESPONSES)
def test_french_and_english_use_the_same_values(name: str) -> None:
    """A value said in one language only is a fact half the customers miss."""
    wanted = [variables(wording) for wordings in all_wordings(name).values() for wording in wordings]
    assert all(one == wanted[0] for one in wanted)


@pytest.mark.parametrize("name", RESPONSES)
def test_no_reply_asks_for_a_word_that_silences_a_telephone(name: str) -> None:
    """Carriers take these words as opt-out (behaviour.md, "Short"; security.md, T5)."""
    asks = r"(?i)(?:répondez|dites|écrivez|answer|reply|say|type|text)\W+(?:stop|cancel|end|quit|annuler|arr[eê]t)\b"
    assert not any(re.search(asks, text) for wordings in all_wordings(name).values() for text in wordings)


@pytest.mark.parametrize("name", RESPONSES)
def test_company_facts_are_not_spelled_out(name: str) -> None:
    """Another company replaces company.yml and nothing else."""
    for text in [wording for wordings in all_wordings(name).values() for wording in wordings]:
        assert not re.search(r"(?i)xerox|1[ -]800|5[.,]00|\b24 (?:h|hours|heures)\b", text)


def test_every_reply_an_action_names_exists() -> None:
    """An unknown name would leave the customer with an apology instead of an answer."""
    code = "\n".join(file.read_text(encoding="utf-8") for file in sorted(ACTIONS.rglob("*.py")))
    named = set(re.findall(r"say\.reply\(\s*\"(\w+)\"", code)) | set(
        re.findall(r"\.ask\(\s*\"\w+\",\s*\"(\w+)\"", code)
    )
    titles = set(re.findall(r"\bChoice\(\s*\"(\w+)\"", code)) | set(re.findall(r"self\.choice\(\s*\"(\w+)\"", code))
    assert len(named) > 20
    assert not {name for name in named if f"utter_{name}" not in RESPONSES}
    assert not {name for name in titles if f"utter_choice_{name}" not in RESPONSES}


def test_every_question_has_a_second_wording() -> None:
    """Never twice the same sentence (behaviour.md, "Manners")."""
    code = "\n".join(file.read_text(encoding="utf-8") for file in sorted(ACTIONS.rglob("*.py")))
    asked = set(re.findall(r"\.ask\(\s*\"\w+\",\s*\"(\w+)\"", code))
    assert asked
    assert not {name for name in asked if f"utter_{name}_again" not in RESPONSES}


async def test_the_language_an_action_names_wins_over_the_slot(replies: BilingualReplies) -> None:
    """The slot is set after the reply of the very turn that changes the language."""
    tracker = DialogueStateTracker("web:1", slots=[])
    draft = await replies.generate("utter_welcome", tracker, "web", language="en", values={})
    assert draft["text"] == texts("utter_welcome")["en"]


async def test_a_choice_is_titled_in_the_language_of_its_reply(replies: BilingualReplies) -> None:
    """A French question with English buttons is a question half asked."""
    choice = {"name": "pay_yes", "values": {"amount": "12.00"}, "command": {"intent": "affirm", "values": {}}}
    tracker = DialogueStateTracker("web:1", slots=[])
    draft = await replies.generate("utter_welcome", tracker, "web", language="fr", values={}, choices=[choice])
    assert draft["buttons"][0]["title"] == "Oui, payer 12,00\u00a0$"


def test_a_missing_value_or_name_is_an_error_not_a_silence(replies: BilingualReplies) -> None:
    """Rasa's own generator says nothing at all then."""
    with pytest.raises(UndefinedError):
        replies.render("identified", "fr", {})
    with pytest.raises(UnknownReply):
        replies.render("no_such_reply", "fr", {})


@pytest.mark.parametrize("name", [name for name in RESPONSES if len(RESPONSES[name]) > 2])
def test_the_wordings_of_a_reply_differ(name: str) -> None:
    """Two wordings that are alike are one sentence said twice."""
    for wordings in all_wordings(name).values():
        assert len(set(wordings)) == len(wordings)


def test_wordings_take_turns(replies: BilingualReplies) -> None:
    """Said again, a reply with two wordings is heard in the other one, then in the first again."""
    said = [replies.render("goodbye", "en", {}, wording)["text"] for wording in range(3)]
    assert said[0] != said[1]
    assert said[0] == said[2]


def test_fr_ca_is_french_and_an_unknown_language_too(replies: BilingualReplies) -> None:
    """French first when nothing tells."""
    assert replies.render("welcome", "fr-CA", {}) == replies.render("welcome", "", {})


@pytest.mark.parametrize(
    "content",
    [
        "replies: {a: {fr: x}}",
        "replies: {a: {fr: x, en: ''}}",
        "replies:\n  a: {fr: x, en: y}\n  a: {fr: x, en: y}",
        "replies: {a: {fr: [x, y], en: [z]}}",
        "replies: {a: {fr: [], en: []}}",
        "answers: {a: {fr: x, en: y}}",
    ],
)
def test_a_reply_half_said_or_said_twice_stops_the_training(content: str, tmp_path: Path) -> None:
    """YAML and Rasa both keep the last of two in silence."""
    (tmp_path / "one.yml").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidReplies):
        read_replies(tmp_path)


def test_the_same_reply_in_two_files_stops_the_training(tmp_path: Path) -> None:
    """Rasa alone overwrites it in silence."""
    for name in ("one.yml", "two.yml"):
        (tmp_path / name).write_text("replies: {a: {fr: x, en: y}}", encoding="utf-8")
    with pytest.raises(InvalidReplies):
        read_replies(tmp_path)
