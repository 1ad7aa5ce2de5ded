"""The table of segments per reply and language in docs/sms.md: ``python -m tests.support.sms_table`` writes it anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rasa.shared.core.domain import Domain

from bot.channels.sms_text import encoding, normalised, segments, without_full_numbers
from bot.importer import REPLIES, read_replies
from bot.replies import BilingualReplies
from languages.formats import LANGUAGES, Language
from languages.templates import variables
from tests.support.reply_examples import examples

DOCUMENT = Path(__file__).parents[2] / "docs" / "sms.md"
BEGIN, END = "<!-- the table: begin -->", "<!-- the table: end -->"
NOT_TEXTED = ("utter_voice_", "utter_error_", "utter_choice_")  # spoken, HTTP problems, and lines beside a number
TEXTED_ALL_THE_SAME = ("utter_error_too_many",)
BUDGET = 2  # segments (behaviour.md, "Short"; security.md, T6)


@dataclass(frozen=True)
class Measured:
    """The longest wording of a reply in a language, as it is texted."""

    reply: str
    language: Language
    text: str

    @property
    def segments(self) -> int:
        """How many are paid for."""
        return segments(self.text)

    @property
    def cell(self) -> str:
        """As the table shows it."""
        wide = "" if encoding(self.text) == "gsm-7" else " u"
        return f"{len(self.text)}{wide} → {self.segments}"


def measured() -> Iterator[Measured]:
    """Every reply that is texted, in both languages."""
    responses = read_replies(REPLIES)
    replies = BilingualReplies(None, Domain.from_dict({"responses": responses}))
    for name, variations in responses.items():
        if name.startswith(NOT_TEXTED) and name not in TEXTED_ALL_THE_SAME:
            continue
        values = examples(name, set().union(*(variables(variation["text"]) for variation in variations)))
        for language in LANGUAGES:
            texts = [
                without_full_numbers(normalised(replies.render(name, language, values, wording)["text"]))
                for wording in range(len(variations) // len(LANGUAGES))
            ]
            yield Measured(name, language, max(texts, key=segments))


def table() -> str:
    """The table, with what it adds up to above it."""
    rows: dict[str, dict[Language, Measured]] = {}
    for one in measured():
        rows.setdefault(one.reply.removeprefix("utter_"), {})[one.language] = one
    within = {language: sum(row[language].segments <= BUDGET for row in rows.values()) for language in LANGUAGES}
    lines = [
        f"{len(rows)} replies; within {BUDGET} segments: {within['fr']} in French, {within['en']} in English.",
        "",
        "| reply | French | English |",
        "|---|---|---|",
        *(f"| `{name}` | {row['fr'].cell} | {row['en'].cell} |" for name, row in sorted(rows.items())),
    ]
    return "\n".join(lines)


def written(document: str) -> str:
    """The document with the table as it is now."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
